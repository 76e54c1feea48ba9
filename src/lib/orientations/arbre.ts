import * as Y from 'yjs';
import { niveauOf, type Modele } from '#lib/pactes/modele.ts';
import { byRang, rangsAt, type Ranked } from '#lib/rang.ts';
import { inNumerotation } from './numerotation.ts';

/**
 * The orientations document: `noeuds`, a map of id → { parent, rang, niveau, titre, avant? } (avant: the parent before the bin). Concurrent moves are last writer
 * wins per node; what they break (a cycle, a parent that is gone) is repaired while reading, the same way everywhere.
 */
export type ArbreDoc = Y.Doc;
type NoeudMap = Y.Map<string | Y.Text>;

/** The parent of what is kept aside. */
export const A_CLASSER = 'a_classer';
/** The parent of what was thrown away, and can be brought back for a while. */
export const CORBEILLE = 'corbeille';

export const SHAPE_ORIENTATIONS = 1;

export interface Noeud extends Ranked {
	/** Where it is shown: null for the top of the tree, `A_CLASSER`, `CORBEILLE`, or a node. */
	parent: string | null;
	niveau: string;
	titre: string;
	enfants: Noeud[];
}

export interface Arbre {
	racines: Noeud[];
	/** Set aside by someone, or orphaned by concurrent edits: nothing written is lost. */
	aClasser: Noeud[];
	/** Thrown away, with what hangs below. */
	corbeille: Noeud[];
	parId: Map<string, Noeud>;
}

export interface NouveauNoeud {
	id: string;
	parent: string | null;
	niveau: string;
	titre: string;
}

function noeudsOf(doc: ArbreDoc): Y.Map<NoeudMap> {
	return doc.getMap<NoeudMap>('noeuds');
}

/** The shared title, for those who bind an input to it. */
export function titreOf(doc: ArbreDoc, id: string): Y.Text | undefined {
	const titre = noeudsOf(doc).get(id)?.get('titre');
	return titre instanceof Y.Text ? titre : undefined;
}

/** Reads the whole tree: brothers in their order, cycles cut, orphans in `aClasser`. A pure function of the document. */
export function readArbre(doc: ArbreDoc): Arbre {
	const parId = new Map<string, Noeud>();
	for (const [id, map] of noeudsOf(doc)) {
		if (map instanceof Y.Map && id !== A_CLASSER && id !== CORBEILLE) parId.set(id, readNoeud(id, map));
	}
	return arrange(parId);
}

/** Hangs each node where it is shown: exactly once, in `racines`, in `aClasser`, in `corbeille` or below another. */
function arrange(parId: Map<string, Noeud>): Arbre {
	const racines: Noeud[] = [];
	const aClasser: Noeud[] = [];
	const corbeille: Noeud[] = [];
	const detached = nodesThatCloseACycle(parId);
	for (const noeud of parId.values()) {
		const parent = noeud.parent === null || detached.has(noeud.id) ? undefined : parId.get(noeud.parent);
		if (noeud.parent === null) racines.push(noeud);
		else if (parent) parent.enfants.push(noeud);
		else if (noeud.parent === CORBEILLE) corbeille.push(noeud);
		else aClasser.push(noeud);
	}
	for (const noeud of aClasser) noeud.parent = A_CLASSER;
	for (const brothers of [racines, aClasser, corbeille]) brothers.sort(byRang);
	for (const noeud of parId.values()) noeud.enfants.sort(byRang);
	return { racines, aClasser, corbeille, parId };
}

function readNoeud(id: string, map: NoeudMap): Noeud {
	const parent = map.get('parent');
	return {
		id,
		// A map holds no null: the top of the tree is an empty string. A node that nobody placed is set aside.
		parent: parent === '' ? null : typeof parent === 'string' ? parent : A_CLASSER,
		rang: String(map.get('rang') ?? 'a0'),
		niveau: String(map.get('niveau') ?? ''),
		titre: String(map.get('titre') ?? ''),
		enfants: []
	};
}

/** In each cycle the node of smallest id is set aside, with all that hangs below it. */
function nodesThatCloseACycle(parId: ReadonlyMap<string, Noeud>): Set<string> {
	const closing = new Set<string>();
	const safe = new Set<string>();
	for (const start of parId.keys()) {
		const path: string[] = [];
		const onPath = new Set<string>();
		let id: string | null | undefined = start;
		while (id && parId.has(id) && !safe.has(id) && !onPath.has(id)) {
			path.push(id);
			onPath.add(id);
			id = parId.get(id)?.parent;
		}
		if (id && onPath.has(id)) closing.add(path.slice(path.indexOf(id)).reduce((a, b) => (a < b ? a : b)));
		for (const seen of path) safe.add(seen);
	}
	return closing;
}

/** Adds a node as the last of its brothers, or before one of them. */
export function addNoeud(doc: ArbreDoc, noeud: NouveauNoeud, before: string | null = null): void {
	doc.transact(() => {
		const [rang] = placesAmong(doc, noeud.parent, [noeud.id], before);
		const map: NoeudMap = new Y.Map();
		map.set('parent', noeud.parent ?? '');
		map.set('niveau', noeud.niveau);
		map.set('titre', new Y.Text(noeud.titre));
		map.set('rang', rang as string);
		noeudsOf(doc).set(noeud.id, map);
	});
}

/**
 * Moves a node with all that hangs below it: under `parent`, before one of the brothers there or last. Nothing is
 * written when it is there already, when the parent is gone, or when it would hang below itself.
 */
export function moveNoeud(doc: ArbreDoc, id: string, parent: string | null, before: string | null = null): void {
	const arbre = readArbre(doc);
	if (!canMove(arbre, id, parent) || isPlaced(arbre, id, parent, before)) return;
	doc.transact(() => place(doc, [id], parent, before));
}

function canMove(arbre: Arbre, id: string, parent: string | null): boolean {
	const known = parent === null || parent === A_CLASSER || parent === CORBEILLE || arbre.parId.has(parent);
	return known && arbre.parId.has(id) && !isBelow(arbre, parent, id);
}

function isPlaced(arbre: Arbre, id: string, parent: string | null, before: string | null): boolean {
	const brothers = childrenOf(arbre, parent);
	const here = brothers.findIndex((brother) => brother.id === id);
	return here >= 0 && (before === id || (brothers[here + 1]?.id ?? null) === before);
}

/** Where nodes were placed, as the document holds it. */
export type Places = ReadonlyMap<string, { parent: string; rang: string }>;

export function readPlaces(doc: ArbreDoc): Places {
	const places = new Map<string, { parent: string; rang: string }>();
	for (const [id, map] of noeudsOf(doc)) {
		if (!(map instanceof Y.Map)) continue;
		const [parent, rang] = [map.get('parent'), map.get('rang')];
		if (typeof parent === 'string' && typeof rang === 'string') places.set(id, { parent, rang });
	}
	return places;
}

/**
 * Gives their former place to nodes that have none. Yjs leaves a key empty when one undoes a value that won over
 * somebody else's of the same instant: the value before both is not put back.
 */
export function restorePlaces(doc: ArbreDoc, places: Places): void {
	for (const [id, former] of places) {
		const map = noeudsOf(doc).get(id);
		if (!map) continue;
		for (const key of ['parent', 'rang'] as const) if (map.get(key) === undefined) map.set(key, former[key]);
	}
}

/** Gives nodes another level, each its own; those that are gone stay gone. */
export function setNiveaux(doc: ArbreDoc, niveaux: Readonly<Record<string, string>>): void {
	doc.transact(() => {
		for (const [id, niveau] of Object.entries(niveaux)) {
			const map = noeudsOf(doc).get(id);
			if (map instanceof Y.Map && map.get('niveau') !== niveau) map.set('niveau', niveau);
		}
	});
}

/** What removing a node takes away, and what it only sets aside, in the order of reading. */
export interface Retrait {
	supprimes: Noeud[];
	gardes: Noeud[];
}

/**
 * A node that carries a fiche is never removed: it is set aside with all that hangs below it, because a fiche's text is
 * worth more than its place. `isEcrite`: whether one has words though its level carries no fiche any more.
 */
export function removalOf(noeud: Noeud, modele: Modele, isEcrite: (id: string) => boolean = () => false): Retrait {
	if (niveauOf(modele, noeud.niveau)?.fiche || isEcrite(noeud.id)) return { supprimes: [], gardes: [noeud] };
	const below = noeud.enfants.map((enfant) => removalOf(enfant, modele, isEcrite));
	return {
		supprimes: [noeud, ...below.flatMap(({ supprimes }) => supprimes)],
		gardes: below.flatMap(({ gardes }) => gardes)
	};
}

/** Removes a node and what hangs below it; the fiches go to « À classer », with their titles. */
export function removeNoeud(doc: ArbreDoc, id: string, modele: Modele, isEcrite?: (id: string) => boolean): void {
	const noeud = readArbre(doc).parId.get(id);
	if (!noeud) return;
	const { supprimes, gardes } = removalOf(noeud, modele, isEcrite);
	const placed = gardes.filter(({ parent }) => parent !== A_CLASSER);
	doc.transact(() => {
		place(
			doc,
			placed.map((garde) => garde.id),
			A_CLASSER,
			null
		);
		for (const supprime of supprimes) noeudsOf(doc).delete(supprime.id);
	});
}

/** Throws a node away with all that hangs below it. Its place is remembered, for who brings it back. */
export function throwAway(doc: ArbreDoc, id: string): void {
	const noeud = readArbre(doc).parId.get(id);
	if (!noeud || noeud.parent === CORBEILLE) return;
	doc.transact(() => {
		const map = noeudsOf(doc).get(id);
		map?.set('avant', noeud.parent ?? '');
		map?.set('parent', CORBEILLE); // Its rank stays: it comes back among its brothers where it was.
	});
}

/** Brings back what was thrown away: where it was, or aside when that place is gone. */
export function bringBack(doc: ArbreDoc, id: string): void {
	const arbre = readArbre(doc);
	if (arbre.parId.get(id)?.parent !== CORBEILLE) return;
	const avant = String(noeudsOf(doc).get(id)?.get('avant') ?? A_CLASSER);
	const parent = avant === '' ? null : avant;
	const isThere = parent === null || (arbre.parId.has(parent) && !isThrown(arbre, parent));
	if (isThere) noeudsOf(doc).get(id)?.set('parent', avant);
	else doc.transact(() => place(doc, [id], A_CLASSER, null));
}

/** Whether a node, or what holds it, was thrown away. */
export function isThrown(arbre: Arbre, id: string): boolean {
	let noeud = arbre.parId.get(id);
	for (let above = noeud && parentOf(arbre, noeud); above; above = parentOf(arbre, above)) noeud = above;
	return noeud?.parent === CORBEILLE;
}

/** Takes away for good what was thrown away, with what hangs below it. */
export function forgetThrown(doc: ArbreDoc, id: string): void {
	const noeud = readArbre(doc).parId.get(id);
	if (noeud?.parent !== CORBEILLE) return;
	doc.transact(() => {
		for (const below of [...subtree(noeud)]) noeudsOf(doc).delete(below.id);
	});
}

/** Hangs nodes side by side under a parent. */
function place(doc: ArbreDoc, ids: readonly string[], parent: string | null, before: string | null): void {
	const rangs = placesAmong(doc, parent, ids, before);
	ids.forEach((id, i) => {
		const map = noeudsOf(doc).get(id);
		map?.set('rang', rangs[i] as string);
		if (map && (map.get('parent') ?? '') !== (parent ?? '')) map.set('parent', parent ?? '');
	});
}

/** The ranks that place these nodes before a brother, or last. Brothers of equal ranks get new ones on the way. */
function placesAmong(
	doc: ArbreDoc,
	parent: string | null,
	ids: readonly string[],
	before: string | null
): readonly string[] {
	const brothers = brothersIn(doc, parent).filter((brother) => !ids.includes(brother.id));
	const found = before === null ? -1 : brothers.findIndex((brother) => brother.id === before);
	const { rangs, moved } = rangsAt(brothers, found < 0 ? brothers.length : found, ids.length);
	for (const other of moved) noeudsOf(doc).get(other.id)?.set('rang', other.rang);
	return rangs;
}

/** Those who say that they hang there, in their order: cheaper than the whole tree, for lists made one by one. */
function brothersIn(doc: ArbreDoc, parent: string | null): readonly Ranked[] {
	if (parent === A_CLASSER) return readArbre(doc).aClasser;
	if (parent === CORBEILLE) return readArbre(doc).corbeille;
	const brothers: Ranked[] = [];
	for (const [id, map] of noeudsOf(doc)) {
		if (map instanceof Y.Map && (map.get('parent') ?? '') === (parent ?? '')) brothers.push(readNoeud(id, map));
	}
	return brothers.sort(byRang);
}

export function childrenOf(arbre: Arbre, parent: string | null): readonly Noeud[] {
	if (parent === null) return arbre.racines;
	if (parent === A_CLASSER) return arbre.aClasser;
	if (parent === CORBEILLE) return arbre.corbeille;
	return arbre.parId.get(parent)?.enfants ?? [];
}

/** Whether `id` is `ancestor` or hangs below it. */
export function isBelow(arbre: Arbre, id: string | null, ancestor: string): boolean {
	for (let noeud = id === null ? undefined : arbre.parId.get(id); noeud; noeud = parentOf(arbre, noeud)) {
		if (noeud.id === ancestor) return true;
	}
	return false;
}

/** The node that holds this one; undefined at the top of the tree and of « À classer ». */
export function parentOf(arbre: Arbre, noeud: Noeud): Noeud | undefined {
	return noeud.parent === null ? undefined : arbre.parId.get(noeud.parent);
}

/** The node, then all that hangs below it, in the order of reading. */
export function* subtree(noeud: Noeud): Generator<Noeud> {
	const rest = [noeud];
	for (let next = rest.pop(); next; next = rest.pop()) {
		yield next;
		for (let i = next.enfants.length - 1; i >= 0; i--) rest.push(next.enfants[i] as Noeud);
	}
}

/** Whether a node of this level may be placed under that parent. */
export function canHold(modele: Modele, arbre: Arbre, parent: string | null, niveau: string): boolean {
	const parents = niveauOf(modele, niveau)?.parents ?? [];
	return parents.includes(parent === null ? null : (arbre.parId.get(parent)?.niveau ?? ''));
}

/**
 * The codes of all placed nodes (« 2 », « 2.3 », « I3a »), computed from their places: nobody types them. A level without
 * a number is passed through: what it holds is counted with its own brothers.
 */
export function codesOf(arbre: Arbre, modele: Modele): Map<string, string> {
	const codes = new Map<string, string>();
	const throughout = new Map<string, number>();
	const number = (noeuds: readonly Noeud[], prefix: string, counts: Map<string, number>) => {
		for (const noeud of noeuds) {
			const niveau = niveauOf(modele, noeud.niveau);
			const numerotation = niveau?.numerotation ?? 'aucune';
			if (numerotation === 'aucune') {
				codes.set(noeud.id, '');
				number(noeud.enfants, prefix, counts);
				continue;
			}
			const counted = niveau?.continue ? throughout : counts;
			const count = (counted.get(noeud.niveau) ?? 0) + 1;
			counted.set(noeud.niveau, count);
			const code = joined(niveau?.seul ? '' : prefix, inNumerotation(count, numerotation));
			codes.set(noeud.id, code);
			number(noeud.enfants, code, new Map());
		}
	};
	number(arbre.racines, '', new Map());
	return codes;
}

/** The code that a node would have under that parent, before that brother or last. */
export function codeAt(
	arbre: Arbre,
	modele: Modele,
	id: string,
	parent: string | null,
	before: string | null = null
): string {
	const moved = arbre.parId.get(id);
	if (!moved) return '';
	const replant = (noeuds: readonly Noeud[], under: string | null): Noeud[] => {
		const kept = noeuds.filter((noeud) => noeud.id !== id);
		if (under === parent) {
			const found = kept.findIndex((noeud) => noeud.id === before);
			kept.splice(found < 0 ? kept.length : found, 0, moved);
		}
		return kept.map((noeud) => (noeud === moved ? moved : { ...noeud, enfants: replant(noeud.enfants, noeud.id) }));
	};
	return codesOf({ ...arbre, racines: replant(arbre.racines, null) }, modele).get(id) ?? '';
}

/** A dot stands only between two signs of the same nature: « 2.3 », « I3a1 ». */
function joined(prefix: string, own: string): string {
	if (prefix === '') return own;
	return /\d$/.test(prefix) === /^\d/.test(own) ? `${prefix}.${own}` : prefix + own;
}
