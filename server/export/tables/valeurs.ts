import { expandSuites, valuesIn } from '#lib/fiches/suites.ts';
import type { ValeurChamp } from '#lib/pactes/archive.ts';
import { asTableau, isEnLignes, type Champ } from '#lib/pactes/modele.ts';
import type { CelluleDeCalcul, FeuilleDeCalcul, Fusion } from '../blocs.ts';
import type { Reperes } from './reperes.ts';

export type Cellule = CelluleDeCalcul;

/** A table of a pacte: a sheet, and how it is asked for. */
export interface Table extends FeuilleDeCalcul {
	id: string;
	fusions?: Fusion[];
}

/** A value as the words of one cell: a bullet or a row on each line. */
export function valeurInWords(champ: Champ, valeur: ValeurChamp | undefined, reperes: Reperes): string {
	if (!valeur) return '';
	if ('puces' in valeur) {
		const retraits = new Set(valeur.retraits ?? []);
		return lines(
			valeur.puces.map((puce, i) => (puce.trim() === '' ? '' : `${retraits.has(i) ? '   ◦' : '•'} ${puce}`))
		);
	}
	if ('lignes' in valeur) {
		const colonnes = isEnLignes(champ) ? asTableau(champ).colonnes : [];
		return lines(
			expandSuites(valeur).map((ligne) => {
				const said = colonnes.filter(({ id }) => ligne[id]?.trim());
				return said
					.map(({ id, etiquette }) => `${etiquette} : ${valuesIn(ligne[id] as string).join(', ')}`)
					.join(' ; ');
			})
		);
	}
	if ('organismes' in valeur) {
		const list = reperes.organismes(valeur.organismes);
		return lines([valeur.ouverte && list !== '' ? `${list}…` : list, valeur.texte.trim()]);
	}
	if ('schemas' in valeur) return lines([...reperes.schemas(valeur.schemas), valeur.texte.trim()]);
	return valeur.texte.trim();
}

export function lines(texts: readonly string[]): string {
	return texts.filter((text) => text !== '').join('\n');
}

const NOMBRE = /^(?:0|[1-9][\d\s\u00a0\u202f]*)(?:[.,]\d+)?$/;

/** What is a number and nothing else is counted with; « 4 ETP » stays words. */
export function countable(text: string): Cellule {
	const clean = text.trim();
	// What is longer than a number holds is a reference.
	return NOMBRE.test(clean) && clean.length <= 18 ? Number(clean.replace(/\s/gu, '').replace(',', '.')) : clean;
}

export function column(titre: string, largeur: number): { titre: string; largeur: number } {
	return { titre, largeur };
}

export function capitalised(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
