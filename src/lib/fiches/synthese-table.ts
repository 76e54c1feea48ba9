import { niveauOf, type Modele } from '#lib/pactes/modele.ts';
import type { Repere } from './synthese.ts';

/*
 * The tableau de synthèse of any model: a column for each level, from the top of the tree down to the one that carries the fiche, and
 * a row for each fiche. What holds several fiches is one cell as high as they are.
 */

/** A node on the way from the top of the tree to a fiche. */
export interface Marche extends Repere {
	niveau: string;
}

/** A fiche with what is above it, from the top; itself last. */
export type Chemin = readonly Marche[];

export interface TableDeNiveaux {
	colonnes: ColonneDeNiveau[];
	/** In the order of the fiches. */
	rangees: CelluleDeNiveau[][];
}

export interface ColonneDeNiveau {
	niveau: string;
	nom: string;
	pluriel: string;
}

/** A cell where it begins: those that go on from the row above are left out. */
export interface CelluleDeNiveau {
	x: number;
	colonnes: number;
	lignes: number;
	/** null: this fiche has nothing of that level above it. */
	noeud: Repere | null;
	/** The node of the fiche of this row. */
	fiche: boolean;
}

/** Lays fiches out, in the order of the tree. */
export function tableDeNiveaux(chemins: readonly Chemin[], modele: Modele): TableDeNiveaux {
	const keys = columnsOf(chemins, modele);
	const rangees = chemins.map((chemin) => cellsOf(chemin, keys));
	return { colonnes: keys.map((key) => colonneOf(key, modele)), rangees: mergedDown(rangees) };
}

/** Whether more than one level stands above the fiches: one alone is shown beside them. */
export function isProfonde({ colonnes }: Pick<TableDeNiveaux, 'colonnes'>): boolean {
	return colonnes.length > 2;
}

function colonneOf(key: string, modele: Modele): ColonneDeNiveau {
	const niveau = key.slice(0, key.lastIndexOf(' '));
	const { nom, pluriel } = niveauOf(modele, niveau) ?? { nom: niveau, pluriel: niveau };
	return { niveau, nom, pluriel };
}

/** The key of each step: its level, and how many of that level are above it, since a level may hold itself. */
function keysOf(chemin: Chemin): string[] {
	const counts = new Map<string, number>();
	return chemin.map(({ niveau }) => {
		const above = counts.get(niveau) ?? 0;
		counts.set(niveau, above + 1);
		return `${niveau} ${above}`;
	});
}

/** The columns that these fiches need: each level after those that stand above it somewhere; else as the model has them. */
function columnsOf(chemins: readonly Chemin[], modele: Modele): string[] {
	const paths = chemins.map(keysOf);
	const depth = new Map<string, number>();
	for (const key of paths.flat()) depth.set(key, 0);
	// As many rounds as there are levels: two that hold each other come to an end too.
	for (let round = 0; round < depth.size; round++)
		for (const path of paths)
			path.forEach((key, i) => {
				const above = i === 0 ? -1 : (depth.get(path[i - 1] as string) as number);
				depth.set(key, Math.min(depth.size, Math.max(depth.get(key) as number, above + 1)));
			});
	const place = (key: string) => modele.niveaux.findIndex(({ id }) => key.startsWith(`${id} `));
	return [...depth.keys()].sort((a, b) => (depth.get(a) as number) - (depth.get(b) as number) || place(a) - place(b));
}

interface Placee extends CelluleDeNiveau {
	/** Cells of one column that bear the same one, row after row, are one. */
	cle: string;
}

/** The cells of one row: the fiche takes what is left of the columns of levels. */
function cellsOf(chemin: Chemin, keys: readonly string[]): Placee[] {
	const steps = new Map(keysOf(chemin).map((key, i) => [key, chemin[i] as Marche]));
	const fiche = chemin.at(-1) as Marche;
	const cells: Placee[] = [];
	for (let x = 0; x < keys.length; x++) {
		const { niveau: _niveau, ...noeud } = steps.get(keys[x] as string) ?? NOBODY;
		const isFiche = noeud.id === fiche.id;
		const above = cells.at(-1)?.cle ?? '';
		cells.push({
			x,
			colonnes: isFiche ? keys.length - x : 1,
			lignes: 1,
			noeud: noeud.id === '' ? null : noeud,
			fiche: isFiche,
			cle: noeud.id === '' ? `${above}/` : isFiche ? `= ${noeud.id}` : noeud.id
		});
		if (isFiche) break;
	}
	return cells;
}

const NOBODY: Marche = { id: '', code: '', titre: '', niveau: '' };

function mergedDown(rangees: readonly Placee[][]): CelluleDeNiveau[][] {
	/** What stands in each column of the row above. */
	let above = new Map<number, Placee>();
	return rangees
		.map((rangee) => {
			const now = new Map<number, Placee>();
			const begun = rangee.filter((cell) => {
				const same = above.get(cell.x);
				const goesOn = same !== undefined && same.cle === cell.cle && same.colonnes === cell.colonnes;
				if (goesOn) same.lignes++;
				now.set(cell.x, goesOn ? same : cell);
				return !goesOn;
			});
			above = now;
			return begun;
		})
		.map((begun) => begun.map(({ cle: _cle, ...cell }) => cell));
}
