import { createSubscriber } from 'svelte/reactivity';
import * as Y from 'yjs';
import { newLocalId } from '#lib/ids.ts';
import { niveauOf, type Modele, type Niveau } from '#lib/pactes/modele.ts';
import {
	A_CLASSER,
	addNoeud,
	canHold,
	childrenOf,
	codeAt,
	codesOf,
	CORBEILLE,
	isBelow,
	moveNoeud,
	readArbre,
	readPlaces,
	removalOf,
	removeNoeud,
	restorePlaces,
	subtree,
	throwAway,
	titreOf,
	type Arbre,
	type Noeud,
	type Places
} from './arbre.ts';
import { RemoteChanges } from './remote-changes.ts';
import { shareUnchanged } from './share-unchanged.ts';
import { ACTES, duAppel, PHRASES } from './textes.ts';

/** What the tree asks of a live document; `LiveDocument` is one. */
export interface ArbreDocument {
	readonly doc: Y.Doc;
	readonly undo: Y.UndoManager;
	readonly ready: boolean;
	readonly canWrite: boolean;
	readonly others: readonly { nom: string; organisme: string; champ: string | null }[];
	edit(change: () => void): void;
	setChamp(champ: string | null): void;
}

export interface LiveArbreOptions {
	document: ArbreDocument;
	modele: Modele;
	/** Says something once, when the reader is free. */
	announce: (sentence: string) => void;
	/** Whether somebody has begun to write that fiche: then its node is set aside rather than taken back. */
	isCommencee?: (fiche: string) => boolean;
	/** Whether that node had a fiche when the tree was last projected: one with words keeps it, whatever its level says now. */
	portait?: (noeud: string) => boolean;
}

/** One's own act, as long as it can be undone from its notice. */
export interface Acte {
	/** « Fiche-action 2.3 déplacée, elle devient 3.1. » */
	fait: string;
	/** « déplacement de la fiche-action 2.3 » */
	nom: string;
	/** The node that it was done to. */
	noeud: string;
	nature: 'ajout' | 'deplacement' | 'retrait' | 'suppression';
}

/** Where something is to be added. */
export interface Emplacement {
	niveau: string;
	parent: string | null;
	before: string | null;
}

/** The origin of what mends an undo: not one of this person's acts. */
const REPARATION = Symbol('réparation');

/**
 * The orientations of a pacte, live: reads that follow the document, and acts that keep to the model. Each act is undone
 * alone, and only by the one who did it.
 */
export class LiveArbre {
	readonly document: ArbreDocument;
	#modele = $state.raw<Modele>() as Modele;
	/** Says something once, when the reader is free. */
	readonly say: (sentence: string) => void;
	readonly #isCommencee: (fiche: string) => boolean;
	readonly #portait: (noeud: string) => boolean;
	readonly #remote: RemoteChanges;
	readonly #subscribe: () => void;
	/** What each step of undo did, and where everything was before it. */
	readonly #actes = new WeakMap<object, { acte: Acte; places: Places }>();
	#read: { arbre: Arbre; codes: Map<string, string> } | null = null;
	#fresh = false;
	#distant = false;
	#acting = false;
	#dernier = $state.raw<Acte | null>(null);

	constructor({ document, modele, announce, isCommencee = () => false, portait = () => false }: LiveArbreOptions) {
		this.document = document;
		this.#modele = modele;
		this.say = announce;
		this.#isCommencee = isCommencee;
		this.#portait = portait;
		this.#remote = new RemoteChanges(announce);
		let changed: (() => void) | undefined;
		this.#subscribe = createSubscriber((update) => {
			changed = update;
			return () => (changed = undefined);
		});
		this.#onChange = (events, transaction) => {
			this.#fresh = false;
			this.#distant = !transaction.local;
			if (!transaction.local && document.ready) this.#remote.add(events);
			changed?.();
		};
		this.#noeuds.observeDeep(this.#onChange);
		document.undo.on('stack-item-added', this.#onStack);
		document.undo.on('stack-item-updated', this.#onStack);
	}

	close(): void {
		this.#remote.close();
		this.#noeuds.unobserveDeep(this.#onChange);
		this.document.undo.off('stack-item-added', this.#onStack);
		this.document.undo.off('stack-item-updated', this.#onStack);
	}

	readonly #onChange: (events: Y.YEvent<Y.AbstractType<unknown>>[], transaction: Y.Transaction) => void;

	/** Something else was written since: the notice would undo that instead. */
	readonly #onStack = (): void => {
		if (!this.#acting) this.#dernier = null;
	};

	get #noeuds(): Y.Map<Y.Map<unknown>> {
		return this.document.doc.getMap('noeuds');
	}

	get arbre(): Arbre {
		return this.#current().arbre;
	}

	get codes(): ReadonlyMap<string, string> {
		return this.#current().codes;
	}

	get modele(): Modele {
		return this.#modele;
	}

	/** The équipe projet has changed it: codes follow, and what is being typed stays. */
	set modele(modele: Modele) {
		if (modele === this.#modele) return;
		this.#read = null;
		this.#modele = modele;
	}

	/** One's last move or removal, while it is the next thing that « Annuler » would undo. */
	get dernier(): Acte | null {
		return this.#dernier;
	}

	/** Whether the last change came from somebody else. */
	get distant(): boolean {
		return this.#distant;
	}

	/** Closes the notice of the last act, which stays undoable. */
	oublier(): void {
		this.#dernier = null;
	}

	#current(): { arbre: Arbre; codes: Map<string, string> } {
		this.#subscribe();
		const { modele } = this;
		if (!this.#read || !this.#fresh) {
			const arbre = shareUnchanged(this.#read?.arbre, readArbre(this.document.doc));
			this.#read = { arbre, codes: codesOf(arbre, modele) };
			this.#fresh = true;
		}
		return this.#read;
	}

	get(id: string): Noeud | undefined {
		return this.arbre.parId.get(id);
	}

	niveau(noeud: Noeud): Niveau | undefined {
		return niveauOf(this.modele, noeud.niveau);
	}

	code(id: string): string {
		return this.codes.get(id) ?? '';
	}

	/** The shared title, to bind an input to. */
	titre(id: string): Y.Text | undefined {
		this.#subscribe();
		return titreOf(this.document.doc, id);
	}

	/** Who else has the caret in this title: the body, or the person when no body is known. */
	ecrivains(id: string): string[] {
		const here = this.document.others.filter(({ champ }) => champ === champDe(id));
		return here.map(({ organisme, nom }) => organisme || nom).filter((nom, i, noms) => noms.indexOf(nom) === i);
	}

	/** Says to others where the caret is. */
	ecrireDans(id: string | null): void {
		this.document.setChamp(id === null ? null : champDe(id));
	}

	/** Whether a node may hang there: its level allows it, and it would not hang below itself. */
	canPlace(id: string, parent: string | null): boolean {
		const noeud = this.get(id);
		if (!noeud || isBelow(this.arbre, parent, id)) return false;
		return parent === A_CLASSER || canHold(this.modele, this.arbre, parent, noeud.niveau);
	}

	/** Where a newcomer of a level goes by itself: after the brothers of its level, before those of the next ones. */
	endOf(parent: string | null, niveau: string): Emplacement {
		const order = (id: string) => this.modele.niveaux.findIndex((other) => other.id === id);
		const next = childrenOf(this.arbre, parent).find((brother) => order(brother.niveau) > order(niveau));
		return { niveau, parent, before: next?.id ?? null };
	}

	/** Right after a brother of the same level. */
	after(noeud: Noeud): Emplacement {
		const brothers = childrenOf(this.arbre, noeud.parent);
		const next = brothers[brothers.findIndex(({ id }) => id === noeud.id) + 1];
		return { niveau: noeud.niveau, parent: noeud.parent, before: next?.id ?? null };
	}

	/** The code that a node would have there. */
	codeAt(id: string, parent: string | null, before: string | null): string {
		return codeAt(this.arbre, this.modele, id, parent, before);
	}

	add({ niveau, parent, before }: Emplacement, titre: string, id: string = newLocalId()): boolean {
		if (!canHold(this.modele, this.arbre, parent, niveau)) return false;
		this.#act(
			() => addNoeud(this.document.doc, { id, parent, niveau, titre }, before),
			() => {
				const noeud = this.get(id) as Noeud;
				const [niveau, code] = [this.niveau(noeud), this.code(id)];
				return { fait: PHRASES.ajoute(niveau, code), nom: ACTES.ajout(niveau, code), noeud: id, nature: 'ajout' };
			},
			// The letters that follow are the same step: undoing it leaves no title of one letter.
			'open'
		);
		return true;
	}

	move(id: string, parent: string | null, before: string | null): boolean {
		const noeud = this.get(id);
		if (!noeud || !this.canPlace(id, parent)) return false;
		if (parent === A_CLASSER && noeud.parent !== A_CLASSER) return this.setAside(id);
		const [from, code, nom] = [noeud.parent, this.code(id), ACTES.deplacement(this.#du(noeud))];
		this.#act(
			() => moveNoeud(this.document.doc, id, parent, before),
			() => {
				const niveau = this.niveau(noeud);
				const fait =
					from === A_CLASSER && parent !== A_CLASSER
						? PHRASES.replace(noeud, niveau, this.code(id))
						: PHRASES.deplace(noeud, niveau, code, this.code(id));
				return { fait, nom, noeud: id, nature: 'deplacement' };
			}
		);
		return true;
	}

	canMoveUp(noeud: Noeud): boolean {
		return childrenOf(this.arbre, noeud.parent)[0]?.id !== noeud.id;
	}

	canMoveDown(noeud: Noeud): boolean {
		return childrenOf(this.arbre, noeud.parent).at(-1)?.id !== noeud.id;
	}

	moveUp(noeud: Noeud): boolean {
		const brothers = childrenOf(this.arbre, noeud.parent);
		const before = brothers[brothers.findIndex(({ id }) => id === noeud.id) - 1];
		return before !== undefined && this.move(noeud.id, noeud.parent, before.id);
	}

	moveDown(noeud: Noeud): boolean {
		if (!this.canMoveDown(noeud)) return false;
		const brothers = childrenOf(this.arbre, noeud.parent);
		const next = brothers[brothers.findIndex(({ id }) => id === noeud.id) + 2];
		return this.move(noeud.id, noeud.parent, next?.id ?? null);
	}

	/** Puts a node, with all that hangs below it, in « À classer ». */
	setAside(id: string): boolean {
		const noeud = this.get(id);
		if (!noeud || noeud.parent === A_CLASSER) return false;
		const acte: Acte = {
			fait: PHRASES.retire(noeud, this.niveau(noeud), this.code(id)),
			nom: ACTES.retrait(this.#du(noeud)),
			noeud: id,
			nature: 'retrait'
		};
		this.#act(
			() => moveNoeud(this.document.doc, id, A_CLASSER),
			() => acte
		);
		return true;
	}

	/** Throws a fiche away, with what hangs below it: it can be brought back for 30 days. */
	throwAway(id: string): boolean {
		const noeud = this.get(id);
		if (!noeud || noeud.parent === CORBEILLE) return false;
		const acte: Acte = {
			fait: PHRASES.jette(noeud, this.niveau(noeud), this.code(id)),
			nom: ACTES.suppression(this.#du(noeud)),
			noeud: id,
			nature: 'suppression'
		};
		this.#act(
			() => throwAway(this.document.doc, id),
			() => acte
		);
		return true;
	}

	/** Removes a node for good; the fiches that hang below it are set aside. A fiche itself is only set aside. */
	remove(id: string): boolean {
		const noeud = this.get(id);
		if (!noeud) return false;
		const { supprimes, gardes } = removalOf(noeud, this.modele, this.#portait);
		if (supprimes.length === 0) return this.setAside(id);
		const acte: Acte = {
			fait: PHRASES.supprime(noeud, this.niveau(noeud), this.code(id), gardes, this.modele),
			nom: ACTES.suppression(this.#du(noeud)),
			noeud: id,
			nature: 'suppression'
		};
		this.#act(
			() => removeNoeud(this.document.doc, id, this.modele, this.#portait),
			() => acte
		);
		return true;
	}

	/** Fiches at or below a node. */
	fichesOf(noeud: Noeud): Noeud[] {
		return [...subtree(noeud)].filter((below) => this.niveau(below)?.fiche);
	}

	/** Undoes one's own last act, and nothing else. */
	annuler(): void {
		const { undo } = this.document;
		const item = undo.undoStack.at(-1);
		const acte = item && this.#actes.get(item)?.acte;
		if (acte?.nature === 'ajout' && this.#isShared(acte.noeud)) return this.#keepAdded(acte.noeud);
		this.#pop('undo');
	}

	retablir(): void {
		this.#pop('redo');
	}

	/** One press, one act: what somebody else has changed since stays, and older acts wait for the next press. */
	#pop(way: 'undo' | 'redo'): void {
		const { undo, doc, canWrite } = this.document;
		if (!canWrite) return;
		const stack = way === 'undo' ? undo.undoStack : undo.redoStack;
		const opposite = way === 'undo' ? undo.redoStack : undo.undoStack;
		const item = stack.at(-1);
		if (!item) return this.say(way === 'undo' ? PHRASES.rienAAnnuler : PHRASES.rienARetablir);
		const [known, places] = [this.#actes.get(item), readPlaces(doc)];
		const older = stack.splice(0, stack.length - 1);
		const done = undo[way]();
		stack.unshift(...older);
		this.#dernier = null;
		if (!done) return this.say(PHRASES.modifieDepuis);
		const back = opposite.at(-1);
		if (known) doc.transact(() => restorePlaces(doc, known.places), REPARATION);
		if (known && back) this.#actes.set(back, { acte: known.acte, places });
		const say = way === 'undo' ? PHRASES.annule : PHRASES.retabli;
		this.say(say(known?.acte.nom ?? ACTES.saisie));
	}

	/** Taking it back would take away what others wrote. */
	#isShared(id: string): boolean {
		return this.#remote.touched.has(id) || this.#isCommencee(id);
	}

	#keepAdded(id: string): void {
		const noeud = this.get(id);
		this.document.undo.undoStack.pop();
		this.#dernier = null;
		if (!noeud || noeud.parent === A_CLASSER) return this.say(PHRASES.modifieDepuis);
		const fait = PHRASES.gardeCarEcrit(noeud, this.niveau(noeud));
		const nom = ACTES.retrait(this.#du(noeud));
		this.#act(
			() => moveNoeud(this.document.doc, id, A_CLASSER),
			() => ({ fait, nom, noeud: id, nature: 'retrait' })
		);
	}

	/** One act, one step of undo, one sentence. */
	#act(change: () => void, describe: () => Acte, step: 'closed' | 'open' = 'closed'): void {
		const { undo } = this.document;
		const before = undo.undoStack.at(-1);
		const places = readPlaces(this.document.doc);
		this.#acting = true;
		try {
			undo.stopCapturing();
			this.document.edit(change);
			if (step === 'closed') undo.stopCapturing();
		} finally {
			this.#acting = false;
		}
		const item = undo.undoStack.at(-1);
		if (!item || item === before) return;
		const acte = describe();
		this.#actes.set(item, { acte, places });
		this.#dernier = acte.nature === 'ajout' ? null : acte;
		this.say(acte.fait);
	}

	#du(noeud: Noeud): string {
		return duAppel(noeud, this.niveau(noeud), this.code(noeud.id));
	}
}

function champDe(id: string): string {
	return `noeud:${id}`;
}
