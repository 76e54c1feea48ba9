import { readSeparated, separatorOf } from '#lib/figures/grid.ts';
import { foldNom } from '#lib/organismes/fold.ts';
import { readQuand } from '#lib/quand.ts';
import { PRECISIONS_DE_SEANCE } from './seance.ts';

/** An interview of a list: whom, when, and what was said to be needed. */
export interface EntretienLu {
	/** Of the list, from 1. */
	ligne: number;
	organisme: string;
	personne: string;
	/** As `quand.ts` writes it. */
	date: string;
	besoins: string;
	/** What to mend; empty: nothing. */
	erreur: string;
}

export const ENTRETIENS_AU_PLUS = 300;

type Colonne = 'organisme' | 'personne' | 'date' | 'besoins';

/** Words by which a column is named, folded. */
const NOMS: Record<Colonne, readonly string[]> = {
	organisme: ['organisme', 'structure', 'partenaire', 'institution'],
	personne: ['personne', 'nom', 'interlocuteur', 'qui', 'fonction'],
	date: ['date', 'jour', 'quand'],
	besoins: ['besoins', 'besoin', 'notes', 'compte rendu', 'objet']
};

/** Reads a list that was pasted, or a .csv: with the names of its columns, or « organisme, date, besoins, personne ». */
export function readEntretiens(texte: string): EntretienLu[] {
	const rows = readSeparated(texte, separatorOf(texte), Infinity);
	const numbered = rows.map((cells, i) => ({ cells, ligne: i + 1 })).filter(({ cells }) => cells.some(Boolean));
	const named = columnsOf(numbered[0]?.cells ?? []);
	const columns = named ?? { organisme: 0, date: 1, besoins: 2, personne: 3 };
	return numbered.slice(named ? 1 : 0).map(({ cells, ligne }) => entretienOf(cells, columns, ligne));
}

/** Where each column is; null: the first line is not their names. */
function columnsOf(cells: readonly string[]): Partial<Record<Colonne, number>> | null {
	const found: Partial<Record<Colonne, number>> = {};
	for (const colonne of Object.keys(NOMS) as Colonne[]) {
		const place = cells.findIndex((cell) => NOMS[colonne].includes(foldNom(cell)));
		if (place >= 0) found[colonne] = place;
	}
	return found.organisme !== undefined || found.personne !== undefined ? found : null;
}

function entretienOf(cells: readonly string[], columns: Partial<Record<Colonne, number>>, ligne: number): EntretienLu {
	const cell = (colonne: Colonne) => cells[columns[colonne] ?? -1] ?? '';
	const organisme = cell('organisme');
	const personne = cell('personne');
	const date = readQuand(cell('date'), PRECISIONS_DE_SEANCE);
	const erreur =
		organisme === '' && personne === ''
			? 'Indiquez l’organisme ou la personne.'
			: date === null
				? `«\u00a0${cell('date').slice(0, 40)}\u00a0» n’est pas une date\u00a0: 12/03/2027, mars 2027, ou rien.`
				: '';
	return { ligne, organisme, personne, date: date ?? '', besoins: cell('besoins'), erreur };
}

/** « Entretien : CAF », « Entretien : CAF, la directrice ». */
export function titleOfEntretien({ organisme, personne }: Pick<EntretienLu, 'organisme' | 'personne'>): string {
	return `Entretien\u00a0: ${[organisme, personne].filter(Boolean).join(', ')}`;
}
