import { createSubscriber } from 'svelte/reactivity';
import type * as Y from 'yjs';
import type { Presence, SaveState } from '#lib/collaboration/live-document.svelte.ts';
import { newLocalId } from '#lib/ids.ts';
import { withArticle } from '#lib/organismes/article.ts';
import type { ValeurOrganismes } from '#lib/pactes/archive.ts';
import type { ChampTableau } from '#lib/pactes/modele.ts';
import type { Valeurs } from './completeness.ts';
import {
	addOrganisme,
	addPuces,
	champsOf,
	isPrepared,
	movePuce,
	pucesOf,
	readFiche,
	readOrganismes,
	removeOrganisme,
	removePuce,
	setOuverte,
	setRetrait,
	texteOf,
	type Cadre,
	type Puce
} from './fiche.ts';
import {
	addLigne,
	completeLigne,
	lignesOf,
	moveLigne,
	removeLigne,
	setCellule,
	setSuite,
	type Ligne
} from './tableau.ts';
import { sentenceOf } from './textes.ts';

/** What a fiche asks of a live document; `LiveDocument` is one. */
export interface FicheDocument {
	readonly doc: Y.Doc;
	readonly undo: Y.UndoManager;
	readonly ready: boolean;
	readonly canWrite: boolean;
	readonly refusal: string | null;
	/** Whether an edit was refused: that is said once, above the page. */
	readonly isRefused: boolean;
	readonly state: SaveState;
	readonly others: readonly Presence[];
	edit(change: () => void): void;
	setChamp(champ: string | null): void;
}

export interface LiveFicheOptions {
	document: FicheDocument;
	modele: Cadre;
	/** The organisme of whoever writes: colleagues are then called by their names. */
	organisme: string;
}

/** Where someone has the caret: a field, and in a list one of its bullets. */
export function champDe(champ: string, puce?: string): string {
	return puce === undefined ? champ : `${champ}:${puce}`;
}

/** The field of such a place. */
export function fieldOf(champ: string | null): string | null {
	return champ === null ? null : (champ.split(':', 1)[0] as string);
}

/** A fiche, live: reads that follow the document, and acts that one's own « Annuler » takes back one by one. */
export class LiveFiche {
	/** What it is made of: followed when the équipe projet changes it. */
	modele = $state.raw<Cadre>({ champs: [] });
	readonly document: FicheDocument;
	readonly #organisme: string;
	readonly #followFields: () => void;
	readonly #followUndo: () => void;
	#ici = $state<string | null>(null);
	#shown = false;

	constructor({ document, modele, organisme }: LiveFicheOptions) {
		this.document = document;
		this.modele = modele;
		this.#organisme = organisme;
		const root = champsOf(document.doc);
		this.#followFields = createSubscriber((update) => {
			root.observeDeep(update);
			return () => root.unobserveDeep(update);
		});
		this.#followUndo = createSubscriber((update) => {
			for (const event of UNDO_EVENTS) document.undo.on(event, update);
			return () => {
				for (const event of UNDO_EVENTS) document.undo.off(event, update);
			};
		});
	}

	/**
	 * Whether there is a whole fiche to show: never an empty form in which words could be lost. One that is shown stays, even if the model
	 * gains a field before the fiche does: that field alone is waited for.
	 */
	get ready(): boolean {
		this.#followFields();
		this.#shown ||= this.document.ready && isPrepared(this.document.doc, this.modele);
		return this.document.ready && this.#shown;
	}

	/** Whether the fiche has that field yet. */
	has(champ: string): boolean {
		this.#followFields();
		return champsOf(this.document.doc).has(champ);
	}

	get canWrite(): boolean {
		return this.ready && this.document.canWrite;
	}

	get valeurs(): Valeurs {
		this.#followFields();
		return readFiche(this.document.doc, this.modele);
	}

	/** The shared text of a field, or the sentence of a field of organismes. */
	texte(champ: string): Y.Text | undefined {
		this.#followFields();
		return texteOf(this.document.doc, champ);
	}

	/** The bullets of a field; the one where the caret is stays, even when somebody else removes it. */
	puces(champ: string): Puce[] {
		this.#followFields();
		const here = fieldOf(this.#ici) === champ ? (this.#ici?.slice(champ.length + 1) ?? null) : null;
		return pucesOf(this.document.doc, champ, here);
	}

	organismes(champ: string): ValeurOrganismes {
		this.#followFields();
		return readOrganismes(this.document.doc, champ);
	}

	/** Adds bullets side by side, last or before another; gives their ids. */
	addPuces(champ: string, textes: readonly string[], before: string | null = null, retrait: 0 | 1 = 0): string[] {
		const puces = textes.map((texte) => ({ id: newLocalId(), texte, retrait }));
		this.#act(() => addPuces(this.document.doc, champ, puces, before));
		return puces.map(({ id }) => id);
	}

	/** Cuts a bullet in two at a place of its text; gives the id of the second half. */
	splitPuce(champ: string, { id, texte, retrait }: Puce, index: number): string {
		const second = newLocalId();
		const tail = texte.toString().slice(index);
		this.#act(() => {
			if (tail !== '') texte.delete(index, texte.length - index);
			const half = { id: second, texte: tail.trimStart(), retrait };
			addPuces(this.document.doc, champ, [half], this.#after(champ, id));
		});
		return second;
	}

	/** Puts a bullet's text at the end of the one before it; gives the place where they join. */
	joinPuce(champ: string, puce: Puce, previous: Puce): number {
		const end = previous.texte.length;
		this.#act(() => {
			previous.texte.insert(end, puce.texte.toString());
			removePuce(this.document.doc, champ, puce.id);
		});
		return end;
	}

	removePuce(champ: string, id: string): void {
		this.#act(() => removePuce(this.document.doc, champ, id));
	}

	/**
	 * Moves a bullet one place up (-1) or down (1), its sub-points with it; gives its new place, counted from 0, or null
	 * when it is at the edge.
	 */
	movePuce(champ: string, id: string, way: -1 | 1): number | null {
		const puces = this.puces(champ);
		const from = puces.findIndex((puce) => puce.id === id);
		const end = endOfBlock(puces, from);
		const to = way < 0 ? startAbove(puces, from) : end;
		if (from < 0 || to < 0 || to >= puces.length) return null;
		const block = puces.slice(from, end).map((puce) => puce.id);
		const before = (way < 0 ? puces[to] : puces[endOfBlock(puces, to, puces[from]?.retrait)])?.id ?? null;
		this.#act(() => {
			for (const each of block) movePuce(this.document.doc, champ, each, before);
		});
		return this.puces(champ).findIndex((puce) => puce.id === id);
	}

	/** Makes a bullet a sub-point of the one above (1), or a point of its own (0). */
	setRetrait(champ: string, id: string, retrait: 0 | 1): void {
		this.#act(() => setRetrait(this.document.doc, champ, id, retrait));
	}

	/** The rows of a table; the one where the caret is stays, even when somebody else removes it. */
	lignes(champ: string): Ligne[] {
		this.#followFields();
		const here = fieldOf(this.#ici) === champ ? (this.#ici?.split(':')[1] ?? null) : null;
		return lignesOf(this.document.doc, champ, here);
	}

	/** Adds an empty row, last or before another; gives its id. */
	addLigne(champ: ChampTableau, before: string | null = null): string {
		const id = newLocalId();
		this.#act(() => addLigne(this.document.doc, champ, id, before));
		return id;
	}

	/** Makes cells of a row go on from those above them, or stand alone: one act. */
	setSuites(champ: string, ligne: string, colonnes: readonly string[], suite: boolean): void {
		this.#act(() => {
			for (const colonne of colonnes) setSuite(this.document.doc, champ, ligne, colonne, suite);
		});
	}

	/** Adds a row below another that goes on from it, but for one column; gives its id. */
	continueLigne(champ: ChampTableau, ligne: string, sauf: string): string {
		const id = newLocalId();
		const lignes = this.lignes(champ.id);
		const next = lignes[lignes.findIndex((each) => each.id === ligne) + 1]?.id ?? null;
		this.#act(() => {
			addLigne(this.document.doc, champ, id, next);
			for (const colonne of champ.colonnes) setSuite(this.document.doc, champ.id, id, colonne.id, colonne.id !== sauf);
		});
		return id;
	}

	removeLigne(champ: string, id: string): void {
		this.#act(() => removeLigne(this.document.doc, champ, id));
	}

	/** The same as `movePuce`, for a row. */
	moveLigne(champ: string, id: string, way: -1 | 1): number | null {
		const lignes = this.lignes(champ);
		const to = lignes.findIndex((ligne) => ligne.id === id) + way;
		if (to < 0 || to >= lignes.length) return null;
		const before = way < 0 ? lignes[to]?.id : lignes[to + 1]?.id;
		this.#act(() => moveLigne(this.document.doc, champ, id, before ?? null));
		return to;
	}

	/** Gives a row the cells that its model gained after it was written. */
	completeLigne(champ: ChampTableau, id: string): void {
		this.document.edit(() => completeLigne(this.document.doc, champ, id));
	}

	choose(texte: Y.Text, valeur: string): void {
		this.#act(() => setCellule(texte, valeur));
	}

	#after(champ: string, id: string): string | null {
		const puces = pucesOf(this.document.doc, champ, id);
		return puces[puces.findIndex((puce) => puce.id === id) + 1]?.id ?? null;
	}

	/** The bullet after this one; null when it is the last. */
	puceAfter(champ: string, id: string): string | null {
		return this.#after(champ, id);
	}

	addOrganisme(champ: string, organisme: string): void {
		this.#act(() => addOrganisme(this.document.doc, champ, organisme));
	}

	removeOrganisme(champ: string, organisme: string): void {
		this.#act(() => removeOrganisme(this.document.doc, champ, organisme));
	}

	setOuverte(champ: string, ouverte: boolean): void {
		this.#act(() => setOuverte(this.document.doc, champ, ouverte));
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

	/** Takes back one's own last words or act; whether there was something to take back. */
	annuler(): boolean {
		return this.document.undo.undo() !== null;
	}

	retablir(): boolean {
		return this.document.undo.redo() !== null;
	}

	/** The field where one has the caret. */
	get ici(): string | null {
		return fieldOf(this.#ici);
	}

	/** Whether one has the caret exactly there. */
	estIci(place: string): boolean {
		return this.#ici === place;
	}

	/** Shows others where one writes. What is typed from here on is a step of undo of its own. */
	ecrireDans(champ: string | null): void {
		if (champ === this.#ici) return;
		this.#ici = champ;
		this.document.undo.stopCapturing();
		this.document.setChamp(champ);
	}

	/** One does not write there any more, if one did. */
	quitter(champ: string): void {
		if (this.#ici === champ) this.ecrireDans(null);
	}

	/** « La Mission locale écrit ici », or null. A whole field, or one of its bullets. */
	ecritIci(champ: string): string | null {
		const here = this.document.others.filter((other) => other.champ === champ);
		return here.length === 0 ? null : sentenceOf(here.map((other) => this.#called(other)));
	}

	/** The same for a field with all its bullets. */
	ecritDans(champ: string): string | null {
		const here = this.document.others.filter((other) => fieldOf(other.champ) === champ);
		return here.length === 0 ? null : sentenceOf(here.map((other) => this.#called(other)));
	}

	/** People are called by their body; one's own colleagues, and those without one, by their name. */
	#called({ organisme, nom }: Presence): string {
		return organisme === '' || organisme === this.#organisme ? nom : withArticle(organisme);
	}
}

const UNDO_EVENTS = ['stack-item-added', 'stack-item-popped', 'stack-item-updated', 'stack-cleared'] as const;

/** Where a bullet and its sub-points end. */
function endOfBlock(puces: readonly Puce[], from: number, retrait = puces[from]?.retrait ?? 0): number {
	let end = from + 1;
	while (retrait === 0 && puces[end]?.retrait === 1) end++;
	return end;
}

/** Where the bullet above begins: a point goes over whole points, a sub-point over one line. */
function startAbove(puces: readonly Puce[], from: number): number {
	let start = from - 1;
	while (puces[from]?.retrait === 0 && start > 0 && puces[start]?.retrait === 1) start--;
	return start;
}
