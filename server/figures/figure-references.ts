import { cleDeChiffre, type References } from '#lib/editor/references.ts';
import { quotesOf } from '#lib/figures/quote.ts';
import { titreOuRien } from '#lib/figures/textes.ts';
import type { Queryable } from '../database/open.ts';
import { readFigures } from './figures.ts';

/** What texts may say of figures: « figure 3 », where it is, and each of their values as it is now. */
export async function readFigureReferences(
	db: Queryable,
	pacteId: string,
	base: string
): Promise<Pick<References, 'renvois' | 'chiffres'>> {
	const figures = await readFigures(db, pacteId, { corbeille: false });
	return {
		renvois: Object.fromEntries(
			figures.map(({ id, titre }, i) => [
				`figure:${id}`,
				{ texte: `figure\u00a0${i + 1}`, titre: titreOuRien(titre), href: `${base}/figures/${id}` }
			])
		),
		chiffres: Object.fromEntries(
			figures.flatMap(quotesOf).map(({ figure, ligne, serie, texte }) => [cleDeChiffre(figure, ligne, serie), texte])
		)
	};
}
