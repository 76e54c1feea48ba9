import { strToU8, zipSync } from 'fflate';
import { writeCsv } from '#lib/csv.ts';
import { fusionsOf, jourEnChiffres, type Classeur, type FeuilleDeCalcul } from './blocs.ts';
import { nomDeFichier } from './nom-de-fichier.ts';

/** A workbook of one sheet is a .csv; one of several, a .zip of them (`isZipped`). `date`: milliseconds since 1970. */
export function ecrireCsv({ feuilles }: Classeur, date: number): Uint8Array<ArrayBuffer> {
	const [only] = feuilles;
	if (feuilles.length === 1 && only) return strToU8(csvOf(only)) as Uint8Array<ArrayBuffer>;
	const files: Record<string, Uint8Array> = {};
	const taken = new Set<string>();
	for (const feuille of feuilles) files[freeName(feuille.nom, taken)] = strToU8(csvOf(feuille));
	return zipSync(files, { mtime: new Date(date) });
}

/** Whether the .csv of a workbook are in a .zip. */
export function isZipped({ feuilles }: Classeur): boolean {
	return feuilles.length !== 1;
}

/** No cell spans anything here: what a cell covers says the same words, so that each row is read alone. */
export function csvOf(feuille: FeuilleDeCalcul): string {
	const { couvertes } = fusionsOf(feuille);
	const at = (y: number, x: number) => {
		const { ligne, colonne } = couvertes.get(`${y}.${x}`) ?? { ligne: y, colonne: x };
		const cell = feuille.lignes[ligne]?.[colonne] ?? null;
		return cell instanceof Date ? jourEnChiffres(cell) : cell;
	};
	return writeCsv([
		feuille.colonnes.map(({ titre }) => titre),
		...feuille.lignes.map((_, y) => feuille.colonnes.map((_, x) => at(y, x)))
	]);
}

/** Some systems take two names that differ by their capitals for one. */
function freeName(nom: string, taken: Set<string>): string {
	let name = nomDeFichier([nom || 'Feuille'], 'csv');
	for (let n = 2; taken.has(name.toLowerCase()); n++) name = nomDeFichier([String(n), nom || 'Feuille'], 'csv');
	taken.add(name.toLowerCase());
	return name;
}
