import * as Y from 'yjs';
import { byRang, rangsAt, rangsOf, type Ranked } from '#lib/rang.ts';

/** How a figure is drawn; whatever the form, its table goes with it. */
export const FORMES = ['barres', 'groupees', 'lignes', 'parts'] as const;
export type Forme = (typeof FORMES)[number];

/** Its texts, in the order of the form. */
export const CHAMPS_FIGURE = ['titre', 'phrase', 'source', 'date', 'territoire', 'unite'] as const;
export type ChampFigure = (typeof CHAMPS_FIGURE)[number];

/** A figure as plain data: what pages, drawings, exports and quotations read. */
export interface Figure extends Record<ChampFigure, string> {
	forme: Forme;
	/** The columns: a territory, a year, a commission. */
	series: Serie[];
	/** The rows. */
	lignes: Ligne[];
}

export interface Serie {
	id: string;
	nom: string;
}

export interface Ligne {
	id: string;
	libelle: string;
	/** As typed, by id of series. */
	valeurs: Record<string, string>;
}

/** A figure with its id here. */
export interface FigureLue extends Figure {
	id: string;
}

export const LIGNES_MAX = 1_000;
export const SERIES_MAX = 60;
export const SHAPE_FIGURE = 1;

/**
 * A figure's document: root `figure` { the texts, series: id → { rang, nom, retiree? }, lignes: id → { rang, libelle,
 * retiree?, valeurs: cell key → Y.Text } }, made once by the server; root `reglages` { forme }.
 * A cell's key is the id of its series. Two people who add a row and a column at once leave a hole where they cross;
 * whoever fills it makes a text under the id of the series, « ~ » and an id of its own: two of them are both kept.
 * Rows and columns are removed by emptying and marking them: what somebody else types in one meanwhile brings it back.
 */
export type FigureDoc = Y.Doc;
type SerieMap = Y.Map<string | number | Y.Text>;
type LigneMap = Y.Map<string | number | Y.Text | Y.Map<Y.Text>>;

const ID = /^[A-Za-z0-9_-]{1,40}$/;

export function figureOf(doc: FigureDoc): Y.Map<unknown> {
	return doc.getMap('figure');
}

export function reglagesOf(doc: FigureDoc): Y.Map<string> {
	return doc.getMap('reglages');
}

/** A figure in which nothing is written. */
export function emptyFigure(): Figure {
	return {
		titre: '',
		phrase: '',
		source: '',
		date: '',
		territoire: '',
		unite: '',
		forme: 'barres',
		series: [],
		lignes: []
	};
}

/** Something to type in at once: one column, three rows. */
export function feuilleBlanche(): Pick<Figure, 'series' | 'lignes'> {
	return {
		series: [{ id: 's1', nom: '' }],
		lignes: ['l1', 'l2', 'l3'].map((id) => ({ id, libelle: '', valeurs: {} }))
	};
}

// Birth

/** Makes all the containers, with their first values. Server only. */
export function prepareFigure(doc: FigureDoc, figure: Figure): void {
	doc.transact(() => {
		const root = figureOf(doc);
		for (const champ of CHAMPS_FIGURE) root.set(champ, new Y.Text(figure[champ]));
		root.set('series', seriesMap(figure.series));
		root.set('lignes', lignesMap(figure.lignes, figure.series));
		reglagesOf(doc).set('forme', figure.forme);
	});
}

export function isPrepared(doc: FigureDoc): boolean {
	const root = figureOf(doc);
	return CHAMPS_FIGURE.every((champ) => root.has(champ)) && root.has('series') && root.has('lignes');
}

function seriesMap(series: readonly Serie[]): Y.Map<SerieMap> {
	const map = new Y.Map<SerieMap>();
	rangsOf(series.length).forEach((rang, i) => {
		const { id, nom } = series[i] as Serie;
		map.set(id, serieMap(rang, nom));
	});
	return map;
}

function serieMap(rang: string, nom: string): SerieMap {
	const map: SerieMap = new Y.Map();
	map.set('rang', rang);
	map.set('nom', new Y.Text(nom));
	return map;
}

function lignesMap(lignes: readonly Ligne[], series: readonly Serie[]): Y.Map<LigneMap> {
	const map = new Y.Map<LigneMap>();
	const ids = series.map(({ id }) => id);
	rangsOf(lignes.length).forEach((rang, i) => {
		const ligne = lignes[i] as Ligne;
		map.set(ligne.id, ligneMap(rang, ligne, ids));
	});
	return map;
}

function ligneMap(rang: string, { libelle, valeurs }: Omit<Ligne, 'id'>, series: readonly string[]): LigneMap {
	const cells = new Y.Map<Y.Text>();
	for (const serie of series) cells.set(serie, new Y.Text(valeurs[serie] ?? ''));
	const map: LigneMap = new Y.Map();
	map.set('rang', rang);
	map.set('libelle', new Y.Text(libelle));
	map.set('valeurs', cells);
	return map;
}

// Reading

/** A pure function of the document. */
export function readFigure(doc: FigureDoc): Figure {
	const series = seriesOf(doc).map(({ id, nom }) => ({ id, nom: nom.toString() }));
	const lignes = lignesOf(doc).map(({ id, libelle }) => ({
		id,
		libelle: libelle.toString(),
		valeurs: Object.fromEntries(series.map((serie) => [serie.id, valeurOf(doc, id, serie.id)]))
	}));
	const texts = Object.fromEntries(CHAMPS_FIGURE.map((champ) => [champ, texteOf(doc, champ)?.toString() ?? '']));
	return { ...(texts as Record<ChampFigure, string>), forme: formeOf(doc), series, lignes };
}

export function texteOf(doc: FigureDoc, champ: ChampFigure): Y.Text | undefined {
	const texte = figureOf(doc).get(champ);
	return texte instanceof Y.Text ? texte : undefined;
}

export function formeOf(doc: FigureDoc): Forme {
	const forme = reglagesOf(doc).get('forme');
	return FORMES.find((known) => known === forme) ?? 'barres';
}

export interface SerieVive extends Ranked {
	nom: Y.Text;
	/** Removed by someone; shown only to whoever has the caret in it. */
	retiree: boolean;
}

export interface LigneVive extends Ranked {
	libelle: Y.Text;
	retiree: boolean;
}

function childMap<T>(doc: FigureDoc, name: 'series' | 'lignes'): Y.Map<Y.Map<T>> | null {
	const map = figureOf(doc).get(name);
	return map instanceof Y.Map ? (map as Y.Map<Y.Map<T>>) : null;
}

/** The columns in their order. `keep`: one that is given even when somebody has removed it. */
export function seriesOf(doc: FigureDoc, keep: string | null = null): SerieVive[] {
	const found: SerieVive[] = [];
	for (const [id, map] of childMap(doc, 'series') ?? []) {
		const nom = map instanceof Y.Map ? map.get('nom') : null;
		if (!(nom instanceof Y.Text) || !ID.test(id)) continue;
		const retiree = map.get('retiree') === 1 && nom.length === 0 && isColumnEmpty(doc, id);
		if (!retiree || id === keep) found.push({ id, rang: String(map.get('rang') ?? 'a0'), nom, retiree });
	}
	return found.sort(byRang).slice(0, SERIES_MAX);
}

/** The rows in their order. */
export function lignesOf(doc: FigureDoc, keep: string | null = null): LigneVive[] {
	const found: LigneVive[] = [];
	for (const [id, map] of childMap(doc, 'lignes') ?? []) {
		const libelle = map instanceof Y.Map ? map.get('libelle') : null;
		if (!(libelle instanceof Y.Text) || !ID.test(id)) continue;
		const retiree = map.get('retiree') === 1 && libelle.length === 0 && isRowEmpty(doc, id);
		if (!retiree || id === keep) found.push({ id, rang: String(map.get('rang') ?? 'a0'), libelle, retiree });
	}
	return found.sort(byRang).slice(0, LIGNES_MAX);
}

function cellsOf(doc: FigureDoc, ligne: string): Y.Map<Y.Text> | null {
	const cells = childMap<unknown>(doc, 'lignes')?.get(ligne)?.get('valeurs');
	return cells instanceof Y.Map ? (cells as Y.Map<Y.Text>) : null;
}

function isRowEmpty(doc: FigureDoc, ligne: string): boolean {
	return [...(cellsOf(doc, ligne)?.values() ?? [])].every((texte) => !(texte instanceof Y.Text) || texte.length === 0);
}

function isColumnEmpty(doc: FigureDoc, serie: string): boolean {
	for (const [ligne] of childMap(doc, 'lignes') ?? []) if (textesAt(doc, ligne, serie).some(hasText)) return false;
	return true;
}

function hasText(texte: Y.Text): boolean {
	return texte.length > 0;
}

/** The texts of one cell: one, as a rule; in the order of their keys. */
function textesAt(doc: FigureDoc, ligne: string, serie: string): Y.Text[] {
	const cells = cellsOf(doc, ligne);
	if (!cells) return [];
	const first = cells.get(serie);
	const others = [...cells.keys()].filter((key) => key.startsWith(`${serie}~`)).sort();
	return [first, ...others.map((key) => cells.get(key))].filter((texte): texte is Y.Text => texte instanceof Y.Text);
}

/** The shared text of a cell: the one that holds something, else the first; none where a row and a column crossed. */
export function celluleOf(doc: FigureDoc, ligne: string, serie: string): Y.Text | undefined {
	const textes = textesAt(doc, ligne, serie);
	return textes.find(hasText) ?? textes[0];
}

/** What is typed in a cell: all of it, when two people made it at once. */
export function valeurOf(doc: FigureDoc, ligne: string, serie: string): string {
	return textesAt(doc, ligne, serie).filter(hasText).join(' ');
}

// Writing

export function setForme(doc: FigureDoc, forme: Forme): void {
	reglagesOf(doc).set('forme', forme);
}

/** Fills the holes where rows and columns that were added at once cross. Gives how many there were. */
export function completeGrid(doc: FigureDoc, newId: () => string): number {
	let holes = 0;
	doc.transact(() => {
		const series = seriesOf(doc);
		for (const { id: ligne } of lignesOf(doc)) {
			const cells = cellsOf(doc, ligne);
			for (const { id: serie } of series) {
				if (!cells || textesAt(doc, ligne, serie).length > 0) continue;
				cells.set(`${serie}~${newId()}`, new Y.Text());
				holes++;
			}
		}
	});
	return holes;
}

/** Adds rows side by side, last or before another, each with a text for each column. */
export function addLignes(doc: FigureDoc, ids: readonly string[], before: string | null = null): void {
	const map = childMap<unknown>(doc, 'lignes');
	if (!map) return;
	doc.transact(() => {
		const { rangs, moved } = rangsAt(lignesOf(doc), placeOf(lignesOf(doc), before), ids.length);
		for (const other of moved) map.get(other.id)?.set('rang', other.rang);
		const series = seriesOf(doc).map(({ id }) => id);
		ids.forEach((id, i) =>
			map.set(id, ligneMap(rangs[i] as string, { libelle: '', valeurs: {} }, series) as Y.Map<unknown>)
		);
	});
}

/** Adds columns side by side, last or before another, with a text in each row. */
export function addSeries(doc: FigureDoc, ids: readonly string[], before: string | null = null): void {
	const map = childMap<unknown>(doc, 'series');
	if (!map) return;
	doc.transact(() => {
		const { rangs, moved } = rangsAt(seriesOf(doc), placeOf(seriesOf(doc), before), ids.length);
		for (const other of moved) map.get(other.id)?.set('rang', other.rang);
		ids.forEach((id, i) => map.set(id, serieMap(rangs[i] as string, '') as Y.Map<unknown>));
		for (const { id: ligne } of lignesOf(doc)) for (const id of ids) cellsOf(doc, ligne)?.set(id, new Y.Text());
	});
}

function placeOf(brothers: readonly Ranked[], before: string | null): number {
	const found = before === null ? -1 : brothers.findIndex(({ id }) => id === before);
	return found < 0 ? brothers.length : found;
}

export function removeLigne(doc: FigureDoc, id: string): void {
	const map = childMap<unknown>(doc, 'lignes')?.get(id);
	if (!map) return;
	doc.transact(() => {
		clear(map.get('libelle'));
		for (const texte of cellsOf(doc, id)?.values() ?? []) clear(texte);
		map.set('retiree', 1);
	});
}

export function removeSerie(doc: FigureDoc, id: string): void {
	const map = childMap<unknown>(doc, 'series')?.get(id);
	if (!map) return;
	doc.transact(() => {
		clear(map.get('nom'));
		for (const [ligne] of childMap(doc, 'lignes') ?? []) textesAt(doc, ligne, id).forEach(clear);
		map.set('retiree', 1);
	});
}

/** Moves a row or a column before another, or last. */
export function moveTo(doc: FigureDoc, axe: 'lignes' | 'series', id: string, before: string | null): void {
	const map = childMap<unknown>(doc, axe);
	const all: Ranked[] = axe === 'lignes' ? lignesOf(doc) : seriesOf(doc);
	const here = all.findIndex((one) => one.id === id);
	if (!map || here < 0 || before === id || (all[here + 1]?.id ?? null) === before) return;
	doc.transact(() => {
		const brothers = all.filter((one) => one.id !== id);
		const { rangs, moved } = rangsAt(brothers, placeOf(brothers, before), 1);
		for (const other of moved) map.get(other.id)?.set('rang', other.rang);
		map.get(id)?.set('rang', rangs[0]);
	});
}

/** Gives a cell the text that was pasted in it; two texts that crossed in it become one. */
export function setCellule(doc: FigureDoc, ligne: string, serie: string, valeur: string): void {
	const [first, ...others] = textesAt(doc, ligne, serie);
	if (!first) return;
	doc.transact(() => {
		others.forEach(clear);
		replace(first, valeur);
	});
}

export function setLibelle(doc: FigureDoc, ligne: string, libelle: string): void {
	replace(childMap<unknown>(doc, 'lignes')?.get(ligne)?.get('libelle'), libelle);
}

export function setNom(doc: FigureDoc, serie: string, nom: string): void {
	replace(childMap<unknown>(doc, 'series')?.get(serie)?.get('nom'), nom);
}

export function setTexte(doc: FigureDoc, champ: ChampFigure, valeur: string): void {
	replace(texteOf(doc, champ), valeur);
}

/** Puts together what two people typed in one cell without seeing one another: the first text holds all of it. */
export function joinCellule(doc: FigureDoc, ligne: string, serie: string): void {
	const filled = textesAt(doc, ligne, serie).filter(hasText);
	const [first, ...others] = filled;
	if (!first || others.length === 0) return;
	doc.transact(() => {
		for (const other of others) {
			first.insert(first.length, ` ${other.toString()}`);
			clear(other);
		}
	});
}

function clear(texte: unknown): void {
	if (texte instanceof Y.Text && texte.length > 0) texte.delete(0, texte.length);
}

function replace(texte: unknown, valeur: string): void {
	if (!(texte instanceof Y.Text) || texte.toString() === valeur) return;
	clear(texte);
	if (valeur !== '') texte.insert(0, valeur);
}
