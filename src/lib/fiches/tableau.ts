import * as Y from 'yjs';
import type { ChampChoix, ChampOuiNon, ChampTableau, Colonne } from '#lib/pactes/modele.ts';
import { byRang, rangAt, rangLast, type Ranked } from '#lib/rang.ts';
import { champsOf, keyOfSuite, ligneMap, placeOf, type FicheDoc, type LigneMap, type LignesMap } from './fiche.ts';

/** A row of a live table. */
export interface Ligne extends Ranked {
	cellules: Map<string, Y.Text>;
	/** The columns whose cell goes on from the one above: nothing is written in it. */
	suites: ReadonlySet<string>;
	/** Removed by someone; shown only to whoever has the caret in it. */
	retiree: boolean;
}

function lignesMapOf(doc: FicheDoc, champ: string): LignesMap | null {
	const map = champsOf(doc).get(champ);
	return map instanceof Y.Map ? (map as LignesMap) : null;
}

/** The rows of a table, in their order. `keep`: one that is given even when somebody has removed it. */
export function lignesOf(doc: FicheDoc, champ: string, keep: string | null = null): Ligne[] {
	const lignes: Ligne[] = [];
	for (const [id, map] of lignesMapOf(doc, champ) ?? []) {
		const ligne = map instanceof Y.Map ? readLigne(id, map) : null;
		if (ligne && (!ligne.retiree || id === keep)) lignes.push(ligne);
	}
	return lignes.sort(byRang);
}

function readLigne(id: string, map: LigneMap): Ligne | null {
	const cellules = map.get('cellules');
	if (!(cellules instanceof Y.Map)) return null;
	const textes = new Map([...cellules].filter((entry): entry is [string, Y.Text] => entry[1] instanceof Y.Text));
	const isEmpty = [...textes.values()].every((texte) => texte.length === 0);
	return {
		id,
		rang: String(map.get('rang') ?? 'a0'),
		cellules: textes,
		suites: new Set(
			[...map].flatMap(([key, value]) => {
				const colonne = key.startsWith(SUITE) && value === 1 ? key.slice(SUITE.length) : null;
				// Whoever wrote in it meanwhile has made it stand alone.
				return colonne !== null && !textes.get(colonne)?.length ? [colonne] : [];
			})
		),
		retiree: map.get('retiree') === 1 && isEmpty
	};
}

const SUITE = keyOfSuite('');

/**
 * The rows in which something is written, as plain data: every column, in the order of the model. `suites`: the columns whose cell goes
 * on from the row above. The first row goes on from none.
 */
export function filledLignes(
	doc: FicheDoc,
	{ id: champ, colonnes }: Pick<ChampTableau, 'id' | 'colonnes'>
): { id: string; valeurs: Record<string, string>; suites: string[] }[] {
	return lignesOf(doc, champ)
		.map(({ id, cellules, suites }) => ({
			id,
			suites: colonnes.map((colonne) => colonne.id).filter((colonne) => suites.has(colonne)),
			valeurs: Object.fromEntries(
				colonnes.map((colonne) => [colonne.id, cellValue(colonne, cellules.get(colonne.id)?.toString() ?? '')])
			)
		}))
		.filter(({ valeurs }) => Object.values(valeurs).some((texte) => texte.trim() !== ''))
		.map((ligne, i) => (i === 0 ? { ...ligne, suites: [] } : ligne));
}

/** Makes a cell go on from the one above it, emptied, or stand alone. What somebody else types in it meanwhile makes it stand alone. */
export function setSuite(doc: FicheDoc, champ: string, ligne: string, colonne: string, suite: boolean): void {
	const map = lignesMapOf(doc, champ)?.get(ligne);
	const cellules = map?.get('cellules');
	doc.transact(() => {
		if (!suite) return map?.delete(keyOfSuite(colonne));
		const texte = cellules instanceof Y.Map ? cellules.get(colonne) : undefined;
		texte?.delete(0, texte.length);
		map?.set(keyOfSuite(colonne), 1);
	});
}

/** Moves or removes rows: a cell that would not go on from the same one any more says what it said. */
function keepingWhatIsSaid(doc: FicheDoc, champ: string, change: () => void): void {
	doc.transact(() => {
		const before = saidBySuites(lignesOf(doc, champ));
		change();
		// From the top down: a cell that says it again is what the next one goes on from.
		for (const { id } of lignesOf(doc, champ)) {
			const lignes = lignesOf(doc, champ);
			const now = saidBySuites(lignes).get(id);
			for (const [colonne, said] of before.get(id) ?? []) {
				if (!now?.has(colonne) || now.get(colonne) === said) continue;
				setSuite(doc, champ, id, colonne, false);
				lignes
					.find((ligne) => ligne.id === id)
					?.cellules.get(colonne)
					?.insert(0, said);
			}
		}
	});
}

/** What the cells that go on from another say, by row and column. */
export function saidBySuites(lignes: readonly Ligne[]): Map<string, Map<string, string>> {
	const above = new Map<string, string>();
	const said = new Map<string, Map<string, string>>();
	lignes.forEach(({ id, cellules, suites }) => {
		said.set(id, new Map([...suites].map((colonne) => [colonne, above.get(colonne) ?? ''])));
		// A row in which nothing is written is not there for those who read.
		if ([...cellules.values()].every(({ length }) => length === 0)) return;
		for (const [colonne, texte] of cellules) if (!suites.has(colonne)) above.set(colonne, texte.toString());
	});
	return said;
}

function cellValue(colonne: Colonne, texte: string): string {
	return colonne.type === 'choix' ? choiceOf(colonne, texte) : texte;
}

/** What a cell of type `choix` says. Two people who chose at once wrote both: the first of them holds. */
export function choiceOf({ choix = [] }: { choix?: readonly string[] | undefined }, texte: string): string {
	if (choix.includes(texte)) return texte;
	return choix.filter((each) => texte.startsWith(each)).sort((a, b) => b.length - a.length)[0] ?? '';
}

/** What a field that offers choices offers. */
export function choicesOfChamp(champ: ChampChoix | ChampOuiNon): readonly string[] {
	return champ.type === 'choix' ? champ.choix : OUI_NON;
}

const OUI_NON = ['oui', 'non'];

/** Adds a row, last or before another, with its empty cells. One that comes inside merged cells goes on with them. */
export function addLigne(doc: FicheDoc, champ: ChampTableau, id: string, before: string | null = null): void {
	const map = lignesMapOf(doc, champ.id);
	if (!map) return;
	doc.transact(() => {
		const brothers = lignesOf(doc, champ.id);
		const { rang, moved } = rangAt(brothers, placeOf(brothers, before));
		for (const other of moved) map.get(other.id)?.set('rang', other.rang);
		const ligne = ligneMap(
			rang,
			champ.colonnes.map((colonne) => [colonne.id, ''])
		);
		const at = placeOf(brothers, before);
		for (const colonne of at > 0 ? (brothers[at]?.suites ?? []) : []) ligne.set(keyOfSuite(colonne), 1);
		map.set(id, ligne);
	});
}

/** Gives a row the cells of the columns that its model gained since. */
export function completeLigne(doc: FicheDoc, champ: ChampTableau, id: string): void {
	const cellules = lignesMapOf(doc, champ.id)?.get(id)?.get('cellules');
	if (!(cellules instanceof Y.Map)) return;
	for (const colonne of champ.colonnes) if (!cellules.has(colonne.id)) cellules.set(colonne.id, new Y.Text());
}

/** Places a row before another, or last. Nothing is written when it is there already. */
export function moveLigne(doc: FicheDoc, champ: string, id: string, before: string | null): void {
	const map = lignesMapOf(doc, champ);
	const lignes = lignesOf(doc, champ, id);
	const here = lignes.findIndex((ligne) => ligne.id === id);
	if (!map || here < 0 || before === id || (lignes[here + 1]?.id ?? null) === before) return;
	keepingWhatIsSaid(doc, champ, () => {
		const brothers = lignes.filter((ligne) => ligne.id !== id);
		const rang =
			before === null
				? { rang: rangLast(brothers), moved: [] }
				: rangAt(
						brothers,
						brothers.findIndex((brother) => brother.id === before)
					);
		for (const other of rang.moved) map.get(other.id)?.set('rang', other.rang);
		map.get(id)?.set('rang', rang.rang);
	});
}

export function removeLigne(doc: FicheDoc, champ: string, id: string): void {
	const map = lignesMapOf(doc, champ)?.get(id);
	const cellules = map?.get('cellules');
	keepingWhatIsSaid(doc, champ, () => {
		if (cellules instanceof Y.Map) for (const texte of cellules.values()) texte.delete(0, texte.length);
		map?.set('retiree', 1);
	});
}

/** Replaces what a cell says, whole: for a choice. */
export function setCellule(texte: Y.Text, valeur: string): void {
	if (texte.toString() === valeur) return;
	texte.delete(0, texte.length);
	texte.insert(0, valeur);
}

/** A number as people write it: « 4 », « 1,5 », « 2 500 », « 4 ETP ». null: none is said. */
export function numberIn(texte: string): number | null {
	const match = /^\s*(\d[\d\s\u00a0\u202f]*(?:[.,]\d+)?)(?![\d.,])/u.exec(texte);
	return match ? Number((match[1] as string).replace(/[\s\u00a0\u202f]/gu, '').replace(',', '.')) : null;
}

export interface Total {
	etiquette: string;
	total: number;
	/** Cells that say something else than a number: they are not counted. */
	horsCompte: string[];
}

/** The sum of each column of numbers in which something is written. */
export function totalsOf(colonnes: readonly Colonne[], lignes: readonly Record<string, string>[]): Total[] {
	return colonnes.flatMap(({ id, etiquette, type }) => {
		const textes = type === 'nombre' ? lignes.map((ligne) => ligne[id] ?? '').filter((texte) => texte.trim()) : [];
		if (textes.length === 0) return [];
		const nombres = textes.map(numberIn);
		const total = nombres.reduce<number>((sum, nombre) => sum + (nombre ?? 0), 0);
		return [
			{
				etiquette,
				total: Math.round(total * 1000) / 1000,
				horsCompte: textes.filter((_, i) => nombres[i] === null)
			}
		];
	});
}
