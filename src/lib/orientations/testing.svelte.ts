import * as Y from 'yjs';
import { holdsOnlyOwnText } from '#lib/collaboration/own-undo.ts';
import type { Modele } from '#lib/pactes/modele.ts';
import { MODELE_ORNE } from '#lib/pactes/modeles/structures.ts';
import { addNoeud, readArbre, type Arbre } from './arbre.ts';
import { ArbreVue } from './arbre-vue.svelte.ts';
import { LiveArbre, type ArbreDocument } from './live-arbre.svelte.ts';

/** For tests: a tree with two people in it, without a network. What the other does arrives with `meet`. */
export class DeuxPersonnes {
	readonly doc = new Y.Doc();
	readonly autre = new Y.Doc();
	readonly dit: string[] = [];
	readonly document: TestDocument;
	readonly live: LiveArbre;
	readonly vue: ArbreVue;
	remplis: Record<string, number> = $state({});

	constructor({ modele = MODELE_ORNE, canWrite = true, vide = false } = {}) {
		if (!vide) plant(this.doc);
		this.meet();
		this.document = new TestDocument(this.doc, canWrite);
		this.live = new LiveArbre({
			document: this.document,
			modele,
			announce: (sentence) => this.dit.push(sentence),
			isCommencee: (id) => (this.remplis[id] ?? 0) > 0
		});
		this.vue = this.#vueOf(modele);
		this.vue.live = this.live;
	}

	#vueOf(modele: Modele): ArbreVue {
		const vide: Arbre = { racines: [], aClasser: [], corbeille: [], parId: new Map() };
		return new ArbreVue({
			modele,
			ficheHref: (id) => `#fiche-${id}`,
			exportHref: (id) => `#export-${id}`,
			lu: () => ({ arbre: vide, codes: new Map() }),
			avancement: () => ({ total: 7, remplis: this.remplis }),
			memoire: 'copacte:plies:test'
		});
	}

	meet(): void {
		Y.applyUpdate(this.autre, Y.encodeStateAsUpdate(this.doc), 'network');
		Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(this.autre), 'network');
	}

	/** The other person does something, and it arrives here. */
	autreFait(change: (doc: Y.Doc) => void): void {
		change(this.autre);
		this.meet();
	}

	/** « axe1(p1 f11 f12) axe2 | à classer » */
	get forme(): string {
		const write = (noeuds: Arbre['racines']): string =>
			noeuds.map(({ id, enfants }) => (enfants.length > 0 ? `${id}(${write(enfants)})` : id)).join(' ');
		const { racines, aClasser } = readArbre(this.doc);
		return [write(racines), ...(aClasser.length > 0 ? [write(aClasser)] : [])].join(' | ');
	}
}

const LOCAL = Symbol('local');

class TestDocument implements ArbreDocument {
	readonly doc: Y.Doc;
	readonly undo: Y.UndoManager;
	readonly ready = true;
	canWrite: boolean = $state(true);
	others: ArbreDocument['others'] = $state.raw([]);
	champ: string | null = null;

	constructor(doc: Y.Doc, canWrite: boolean) {
		this.doc = doc;
		this.canWrite = canWrite;
		this.undo = new Y.UndoManager(doc.getMap('noeuds'), {
			trackedOrigins: new Set([LOCAL]),
			deleteFilter: holdsOnlyOwnText
		});
	}

	edit(change: () => void): void {
		this.doc.transact(change, LOCAL);
	}

	setChamp(champ: string | null): void {
		this.champ = champ;
	}
}

/** Haute-Rivière, in small: axe1(p1 f11 f12 f13) axe2(f21) axe3. */
function plant(doc: Y.Doc): void {
	const add = (id: string, parent: string | null, niveau: string, titre: string) =>
		addNoeud(doc, { id, parent, niveau, titre });
	add('axe1', null, 'axe', 'Répondre vite, répondre une fois');
	add('p1', 'axe1', 'perspective', 'Des droits lisibles dès le premier contact');
	add('f11', 'axe1', 'action', 'Un premier rendez-vous sous dix jours');
	add('f12', 'axe1', 'action', 'Un dossier raconté une seule fois');
	add('f13', 'axe1', 'action', 'Une même adresse pour toutes les demandes');
	add('axe2', null, 'axe', 'Lever les freins du quotidien');
	add('f21', 'axe2', 'action', 'Se déplacer avant l’aube');
	add('axe3', null, 'axe', 'Rapprocher les employeurs');
}
