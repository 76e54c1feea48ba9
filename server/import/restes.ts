import type { Doute, Reste } from '#lib/import/proposition.ts';
import { readEtiquettes } from './etiquettes.ts';
import { isMarked } from './jalons.ts';
import type { Ligne } from './lignes.ts';

/**
 * What no one claimed, in runs of lines exactly as they stand in the source. Blank lines and the furniture of the pages
 * neither begin nor end a run.
 */
export function findRestes(
	lignes: readonly Ligne[],
	prises: ReadonlySet<number>,
	mobilier: ReadonlySet<number>
): Reste[] {
	const restes: Reste[] = [];
	let debut = 0;
	let fin = 0;
	const close = () => {
		if (debut === 0) return;
		const texte = lignes.slice(debut - 1, fin).map(({ brut }) => brut);
		restes.push({ ligne_debut: debut, ligne_fin: fin, texte: texte.join('\n') });
		debut = 0;
	};
	for (const { numero, vide } of lignes) {
		if (vide || mobilier.has(numero)) continue;
		if (prises.has(numero)) {
			close();
			continue;
		}
		debut ||= numero;
		fin = numero;
	}
	close();
	return restes;
}

/** So many different labels, so near one another, are those of a fiche. */
const INTITULES_MINIMUM = 3;
const ECART = 40;

/** Labels of a fiche around which none was found: their words are kept elsewhere, and that is told. */
export function findFichesManquees(
	lignes: readonly Ligne[],
	prises: ReadonlySet<number>,
	mobilier: ReadonlySet<number>
): Doute[] {
	const manquees: Ligne[][] = [];
	for (const ligne of lignes) {
		if (ligne.vide || prises.has(ligne.numero) || mobilier.has(ligne.numero) || isMarked(ligne)) continue;
		const lues = readEtiquettes(ligne);
		// Labels side by side are the head of a table.
		const isole = lues.length > 0 && lues.length < INTITULES_MINIMUM && lues.some(({ cle }) => cle !== 'axe');
		if (!isole || !/^\p{Lu}/u.test(ligne.texte)) continue;
		const ouverte = manquees.at(-1);
		if (ouverte === undefined || ligne.numero - ouverte.at(-1)!.numero > ECART) manquees.push([ligne]);
		else ouverte.push(ligne);
	}
	return manquees.flatMap((groupe) => {
		const intitules = new Map(groupe.flatMap((ligne) => readEtiquettes(ligne)).map((lue) => [lue.cle, lue.etiquette]));
		if (intitules.size < INTITULES_MINIMUM) return [];
		const cites = [...intitules.values()].slice(0, INTITULES_MINIMUM).map((etiquette) => `« ${etiquette} »`);
		const message = `Des intitulés de fiche (${cites.join(', ')}…) sont ici sans qu'une fiche ait été reconnue : leur texte est gardé hors des fiches.`;
		return [{ ligne: groupe[0]!.numero, message: message.replaceAll('’', "'") }];
	});
}
