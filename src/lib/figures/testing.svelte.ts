// For the tests of figures: one figure on this screen, and the same one at somebody else's.
import { flushSync } from 'svelte';
import * as Y from 'yjs';
import type { Presence, SaveState } from '#lib/collaboration/live-document.svelte.ts';
import { holdsOnlyOwnText } from '#lib/collaboration/own-undo.ts';
import { prepareFigure, readFigure, type Figure, type FigureLue } from './figure.ts';
import { LiveFigure, type FigureDocument } from './live-figure.svelte.ts';
import { figureFrom } from './testing.ts';

const LOCAL = Symbol('local');

class TestDocument implements FigureDocument {
	readonly doc = new Y.Doc();
	readonly undo = new Y.UndoManager(this.doc, {
		trackedOrigins: new Set([LOCAL]),
		deleteFilter: holdsOnlyOwnText
	});
	ready = $state(true);
	canWrite = $state(true);
	refusal = $state<string | null>(null);
	isRefused = $state(false);
	state = $state<SaveState>('enregistre');
	others = $state.raw<Presence[]>([]);

	edit(change: () => void): void {
		if (this.canWrite) this.doc.transact(change, LOCAL);
	}

	setChamp(): void {}
}

export class DeuxMains {
	readonly document = new TestDocument();
	readonly autre = new Y.Doc();
	readonly live: LiveFigure;

	constructor(
		figure: Figure = figureFrom(
			[
				['', '2014', '2015'],
				['Nord', '1', '2'],
				['Sud', '3', '4']
			],
			{ titre: 'Accueil' }
		)
	) {
		prepareFigure(this.document.doc, figure);
		this.live = new LiveFigure({ document: this.document, organisme: 'Département' });
		this.meet();
	}

	/** What the other one does arrives here. */
	autreEcrit(change: (doc: Y.Doc) => void): void {
		this.meet();
		this.autre.transact(() => change(this.autre));
		this.meet();
		flushSync();
	}

	meet(): void {
		Y.applyUpdate(this.autre, Y.encodeStateAsUpdate(this.document.doc), 'reseau');
		Y.applyUpdate(this.document.doc, Y.encodeStateAsUpdate(this.autre), 'reseau');
	}

	/** Rows as the other one has them: « Nord|1|2 ». */
	table(): string[] {
		this.meet();
		const { series, lignes } = readFigure(this.autre);
		const names = series.map(({ nom }) => nom).join('|');
		return [
			names,
			...lignes.map(({ libelle, valeurs }) => [libelle, ...series.map(({ id }) => valeurs[id])].join('|'))
		];
	}
}

/** The figures of a page, that may change. */
export class Figures {
	all = $state.raw<readonly FigureLue[]>([]);

	constructor(all: readonly FigureLue[]) {
		this.all = all;
	}
}
