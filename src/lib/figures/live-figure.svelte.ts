import { createSubscriber } from 'svelte/reactivity';
import type * as Y from 'yjs';
import type { Presence } from '#lib/collaboration/live-document.svelte.ts';
import type { FicheDocument } from '#lib/fiches/live-fiche.svelte.ts';
import { sentenceOf } from '#lib/fiches/textes.ts';
import { newLocalId } from '#lib/ids.ts';
import { withArticle } from '#lib/organismes/article.ts';
import {
	addLignes,
	addSeries,
	celluleOf,
	completeGrid,
	figureOf,
	formeOf,
	isPrepared,
	joinCellule,
	lignesOf,
	LIGNES_MAX,
	moveTo,
	readFigure,
	reglagesOf,
	removeLigne,
	removeSerie,
	SERIES_MAX,
	seriesOf,
	setCellule,
	setForme,
	setLibelle,
	setNom,
	setTexte,
	texteOf,
	valeurOf,
	type ChampFigure,
	type Figure,
	type Forme,
	type LigneVive,
	type SerieVive
} from './figure.ts';
import type { Cellules } from './grid.ts';

/** What a figure asks of a live document: the same as a fiche. */
export type FigureDocument = FicheDocument;

export interface LiveFigureOptions {
	document: FigureDocument;
	/** The organisme of whoever writes: colleagues are then called by their names. */
	organisme: string;
}

/** A place of the grid: a cell, the label of a row (no series), the name of a column (no row). */
export interface Place {
	ligne: string | null;
	serie: string | null;
}

/** How presence and ids name a place of the grid. */
export function champOf({ ligne, serie }: Place): string {
	return `grille:${ligne ?? ''}:${serie ?? ''}`;
}

/** What a paste did. */
export interface Collage {
	cellules: number;
	/** Rows and columns for which there was no room. */
	perdues: boolean;
}

/** A figure, live: reads that follow the document, and acts that one's own « Annuler » takes back one by one. */
export class LiveFigure {
	readonly document: FigureDocument;
	readonly #organisme: string;
	readonly #follow: () => void;
	readonly #followUndo: () => void;
	#ici = $state<string | null>(null);

	constructor({ document, organisme }: LiveFigureOptions) {
		this.document = document;
		this.#organisme = organisme;
		const roots = [figureOf(document.doc), reglagesOf(document.doc) as Y.Map<unknown>];
		this.#follow = createSubscriber((update) => {
			for (const root of roots) root.observeDeep(update);
			return () => roots.forEach((root) => root.unobserveDeep(update));
		});
		this.#followUndo = createSubscriber((update) => {
			for (const event of UNDO_EVENTS) document.undo.on(event, update);
			return () => UNDO_EVENTS.forEach((event) => document.undo.off(event, update));
		});
	}

	/** Whether there is a whole figure to show: never an empty grid in which words could be lost. */
	get ready(): boolean {
		this.#follow();
		return this.document.ready && isPrepared(this.document.doc);
	}

	get canWrite(): boolean {
		return this.ready && this.document.canWrite;
	}

	/** As plain data. */
	get figure(): Figure {
		this.#follow();
		return readFigure(this.document.doc);
	}

	get forme(): Forme {
		this.#follow();
		return formeOf(this.document.doc);
	}

	texte(champ: ChampFigure): Y.Text | undefined {
		this.#follow();
		return texteOf(this.document.doc, champ);
	}

	/** The rows; the one where the caret is stays, even when somebody else removes it. */
	get lignes(): LigneVive[] {
		this.#follow();
		return lignesOf(this.document.doc, this.#icis()[0]);
	}

	get series(): SerieVive[] {
		this.#follow();
		return seriesOf(this.document.doc, this.#icis()[1]);
	}

	#icis(): [string | null, string | null] {
		const [kind, ligne, serie] = (this.#ici ?? '').split(':');
		return kind === 'grille' ? [ligne || null, serie || null] : [null, null];
	}

	/** The shared text of a cell; none where a row and a column that were added at once cross. */
	cellule(ligne: string, serie: string): Y.Text | undefined {
		this.#follow();
		return celluleOf(this.document.doc, ligne, serie);
	}

	/** What is typed in a cell. */
	valeur(ligne: string, serie: string): string {
		this.#follow();
		return valeurOf(this.document.doc, ligne, serie);
	}

	/** Fills the holes of the grid. Not one's own act: « Annuler » does not take it back. */
	complete(): void {
		if (this.canWrite) completeGrid(this.document.doc, newLocalId);
	}

	/** Before one types in a cell: what two people typed in it without seeing one another becomes one text. */
	join(ligne: string, serie: string): void {
		this.document.edit(() => joinCellule(this.document.doc, ligne, serie));
	}

	/** Adds a row, last or before another; gives its id, or null when the figure is full. */
	addLigne(before: string | null = null): string | null {
		if (lignesOf(this.document.doc).length >= LIGNES_MAX) return null;
		const id = newLocalId();
		this.#act(() => addLignes(this.document.doc, [id], before));
		return id;
	}

	addSerie(before: string | null = null): string | null {
		if (seriesOf(this.document.doc).length >= SERIES_MAX) return null;
		const id = newLocalId();
		this.#act(() => addSeries(this.document.doc, [id], before));
		return id;
	}

	removeLigne(id: string): void {
		this.#act(() => removeLigne(this.document.doc, id));
	}

	removeSerie(id: string): void {
		this.#act(() => removeSerie(this.document.doc, id));
	}

	/** Moves a row or a column one place back (-1) or on (1); whether it moved. */
	move(axe: 'lignes' | 'series', id: string, way: -1 | 1): boolean {
		const all = axe === 'lignes' ? this.lignes : this.series;
		const to = all.findIndex((one) => one.id === id) + way;
		if (to < 0 || to >= all.length) return false;
		const before = way < 0 ? all[to]?.id : all[to + 1]?.id;
		this.#act(() => moveTo(this.document.doc, axe, id, before ?? null));
		return true;
	}

	setForme(forme: Forme): void {
		this.#act(() => setForme(this.document.doc, forme));
	}

	setTexte(champ: ChampFigure, valeur: string): void {
		this.#act(() => setTexte(this.document.doc, champ, valeur));
	}

	/** Puts pasted cells in the grid from a place on, with the rows and columns that they need: one act, one undo. */
	paste(cells: Cellules, from: Place): Collage {
		const { doc } = this.document;
		const width = Math.max(0, ...cells.map((row) => row.length));
		const top = from.ligne === null ? -1 : this.lignes.findIndex(({ id }) => id === from.ligne);
		const left = from.serie === null ? -1 : this.series.findIndex(({ id }) => id === from.serie);
		let pasted = 0;
		const perdues = top + cells.length > LIGNES_MAX || left + width > SERIES_MAX;
		this.#act(() => {
			this.#makeRoom(Math.min(LIGNES_MAX, top + cells.length), Math.min(SERIES_MAX, left + width));
			completeGrid(doc, newLocalId);
			const [lignes, series] = [lignesOf(doc), seriesOf(doc)];
			cells.forEach((row, y) =>
				row.forEach((valeur, x) => {
					const [ligne, serie] = [lignes[top + y]?.id, series[left + x]?.id];
					pasted++;
					if (top + y < 0) {
						if (serie) setNom(doc, serie, valeur);
					} else if (left + x < 0) {
						if (ligne) setLibelle(doc, ligne, valeur);
					} else if (ligne && serie) setCellule(doc, ligne, serie, valeur);
				})
			);
		});
		return { cellules: pasted, perdues };
	}

	#makeRoom(rows: number, columns: number): void {
		const { doc } = this.document;
		const ids = (count: number) => Array.from({ length: Math.max(0, count) }, () => newLocalId());
		const newSeries = ids(columns - seriesOf(doc).length);
		if (newSeries.length > 0) addSeries(doc, newSeries);
		const newLignes = ids(rows - lignesOf(doc).length);
		if (newLignes.length > 0) addLignes(doc, newLignes);
	}

	/** One act, one step of undo. */
	#act(change: () => void): void {
		const { undo } = this.document;
		undo.stopCapturing();
		this.document.edit(change);
		undo.stopCapturing();
	}

	get canUndo(): boolean {
		this.#followUndo();
		return this.document.undo.canUndo();
	}

	get canRedo(): boolean {
		this.#followUndo();
		return this.document.undo.canRedo();
	}

	annuler(): boolean {
		return this.document.undo.undo() !== null;
	}

	retablir(): boolean {
		return this.document.undo.redo() !== null;
	}

	/** Where one has the caret. */
	get ici(): string | null {
		return this.#ici;
	}

	/** Shows others where one writes. What is typed from here on is a step of undo of its own. */
	ecrireDans(champ: string | null): void {
		if (champ === this.#ici) return;
		this.#ici = champ;
		this.document.undo.stopCapturing();
		this.document.setChamp(champ);
	}

	quitter(champ: string): void {
		if (this.#ici === champ) this.ecrireDans(null);
	}

	/** « La Mission locale écrit ici », or null. */
	ecritIci(champ: string): string | null {
		const here = this.document.others.filter((other) => other.champ === champ);
		return here.length === 0 ? null : sentenceOf(here.map((other) => this.#called(other)));
	}

	#called({ organisme, nom }: Presence): string {
		return organisme === '' || organisme === this.#organisme ? nom : withArticle(organisme);
	}
}

const UNDO_EVENTS = ['stack-item-added', 'stack-item-popped', 'stack-item-updated', 'stack-cleared'] as const;
