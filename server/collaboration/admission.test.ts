import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import {
	addPuce,
	movePuce,
	prepareFiche,
	pucesOf,
	readFiche,
	removePuce,
	texteOf,
	addOrganisme,
	setOuverte
} from '#lib/fiches/fiche.ts';
import { addNoeud, moveNoeud, removeNoeud, titreOf } from '#lib/orientations/arbre.ts';
import type { DocumentKind } from '#lib/documents/document.ts';
import { MODELE_ORNE, MODELE_SARTHE } from '#lib/pactes/modeles/structures.ts';
import {
	bytes,
	craft,
	deletedText,
	embed,
	filler,
	format,
	hole,
	subdocument,
	text,
	type,
	values,
	type Piece
} from '../../tests/support/hostile.ts';
import { chosenSeed, randomFrom } from '../../tests/support/random.ts';
import { admit, REFUSALS, welcome, type Incoming } from './admission.ts';
import { Coming } from './ground.ts';
import { LIMITS, type Limits } from './limits.ts';
import type { OpenDocument } from './open-document.ts';
import { readUpdate } from './update-reader.ts';

const AMINA = 'amina';
const BRUNO = 'bruno';
/** The client id of the attacker, who is Bruno. */
const OWN = 4_242;

/** A document in memory, as its birth by the server left it. */
function documentOf(kind: DocumentKind): OpenDocument {
	const birth = new Y.Doc();
	if (kind === 'fiche') prepareFiche(birth, MODELE_ORNE);
	else addNoeud(birth, { id: 'axe-1', parent: null, niveau: 'axe', titre: 'Aller vers' });
	const document = new Y.Doc();
	Y.applyUpdate(document, Y.encodeStateAsUpdate(birth));
	return {
		name: `${kind}.haute-riviere`,
		document: Object.assign(document, { connections: new Map() }),
		kind,
		pacteId: 'pacte',
		ready: true,
		rows: new Set(),
		owners: new Map([[birth.clientID, null]]),
		coming: new Coming(),
		size: { bytes: 0, measuredAt: -Infinity }
	} as unknown as OpenDocument;
}

function judge(open: OpenDocument, update: Uint8Array, from: Partial<Incoming> = {}, limits: Partial<Limits> = {}) {
	const incoming = { update, isAnswer: false, compteId: BRUNO, mayRecover: false, ...from };
	return admit(open, incoming, { ...LIMITS, ...limits });
}

function reasonOf(open: OpenDocument, update: Uint8Array, from: Partial<Incoming> = {}, limits: Partial<Limits> = {}) {
	const admission = judge(open, update, from, limits);
	return admission.verdict === 'refused' ? admission.reason : admission.verdict;
}

/** What the house does with an update that passes. */
function take(open: OpenDocument, update: Uint8Array, compteId = BRUNO): void {
	const admission = judge(open, update, { compteId });
	if (admission.verdict !== 'accepted') throw new Error(JSON.stringify(admission));
	welcome(open, admission, compteId);
	if (admission.news) Y.applyUpdate(open.document, admission.news);
	open.coming.settle(open.document);
	expect(open.document.store.pendingStructs).toBeNull();
	expect(open.document.store.pendingDs).toBeNull();
}

/** Someone's tab: their document, and what it sends. */
function tabOn(open: OpenDocument): { doc: Y.Doc; updates: Uint8Array[] } {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, Y.encodeStateAsUpdate(open.document));
	const updates: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => updates.push(update));
	return { doc, updates };
}

/** The id of the shared type under a key of the root. */
function idUnder(open: OpenDocument, key: string, root = 'champs'): [number, number] {
	const value = open.document.getMap(root).get(key) as Y.Text;
	return [value._item?.id.client as number, value._item?.id.clock as number];
}

const one = (piece: Piece) => craft([{ client: OWN, clock: 0, pieces: [piece] }]);

describe('R50. an update is read before Yjs sees it, in one pass that a lie about a size or a number does not slow', () => {
	it('claims of millions of structs, deletions, values or clients cost nothing', () => {
		const open = documentOf('fiche');
		const before = process.memoryUsage().rss;
		const start = performance.now();
		const huge = 30_000_000;
		for (const update of [
			craft([{ client: OWN, clock: 0, pieces: [], count: huge }]),
			Uint8Array.of(0x80, 0x87, 0xa7, 0x0e, 1, 1, 0),
			Uint8Array.of(0, 0x80, 0x87, 0xa7, 0x0e),
			Uint8Array.of(0, 1, 1, 0x80, 0x87, 0xa7, 0x0e)
		])
			expect(reasonOf(open, update)).toBe(REFUSALS.malformed);
		expect(performance.now() - start).toBeLessThan(1_000);
		expect(process.memoryUsage().rss - before).toBeLessThan(32 * 1024 * 1024);
	});

	it('known vectors (yjs#479, #498, #516, #687), an update of the second version, and a rest are refused at once', () => {
		const open = documentOf('fiche');
		const second = new Y.Doc();
		second.getMap('champs').set('a', 1);
		for (const update of [
			Buffer.from('garbagedoc', 'base64'),
			new Uint8Array(),
			Uint8Array.of(255),
			Buffer.from('00010000000001000100010200001602000001fdffffffff7f0000', 'hex'),
			Y.encodeStateAsUpdateV2(second),
			Uint8Array.of(0, 0, 0)
		])
			expect(reasonOf(open, new Uint8Array(update))).toBe(REFUSALS.malformed);
		expect(reasonOf(open, Uint8Array.of(0, 0))).toBe('accepted');
	});

	it('structs without length, the same client id twice, and nested values without end are refused', () => {
		const open = documentOf('fiche');
		const place = { parent: idUnder(open, 'echeance') };
		for (const piece of [filler(0), hole(0), text('', place), deletedText(0, place), values([], place)])
			expect(reasonOf(open, one(piece))).toBe(REFUSALS.malformed);
		const section = { client: OWN, clock: 0, pieces: [text('a', place)] };
		expect(reasonOf(open, craft([section, section]))).toBe(REFUSALS.malformed);
		let nested: unknown = 'x';
		for (let i = 0; i < 3_000; i++) nested = [nested];
		expect(reasonOf(open, one(values([nested], { parent: idUnder(open, 'objectifs'), key: 'p1' })))).toBe(
			REFUSALS.shape
		);
	});

	const seed = chosenSeed();
	it(`it agrees with Yjs on every update that people make (seed ${seed})`, () => {
		const random = randomFrom(seed);
		for (let round = 0; round < 100; round++) {
			const doc = new Y.Doc();
			for (let i = 0; i < 20; i++) {
				const field = doc.getText('t');
				if (random.chance(0.6)) field.insert(random.int(field.length + 1), 'é😀\0x'.slice(0, 1 + random.int(5)));
				else if (field.length > 2) field.delete(random.int(field.length - 1), 1);
				doc.getMap('m').set(`k${random.int(3)}`, random.pick([1, 'a', { a: [1] }, new Y.Map(), Uint8Array.of(1)]));
			}
			const update = Y.encodeStateAsUpdate(doc);
			const ours = [...readUpdate(update).structs.values()].flat();
			const theirs = Y.decodeUpdate(update).structs;
			expect(ours.map(({ client, from, to }) => [client, from, to - from])).toEqual(
				theirs.map(({ id, length }) => [id.client, id.clock, length])
			);
		}
	});
});

describe('R51. an update is bounded: 256 kB, or 1 MiB for what one brings back; 20 000 structs; a document of 8 MiB', () => {
	it('bytes', () => {
		const open = documentOf('fiche');
		const { doc, updates } = tabOn(open);
		texteOf(doc, 'echeance')?.insert(0, 'x'.repeat(300_000));
		const update = updates[0] as Uint8Array;
		expect(reasonOf(open, update)).toBe(REFUSALS.tooLarge);
		expect(reasonOf(open, update, { isAnswer: true })).toBe('accepted');
		expect(reasonOf(open, new Uint8Array(1024 * 1024 + 1), { isAnswer: true })).toBe(REFUSALS.tooLarge);
	});

	it('structs', () => {
		const open = documentOf('fiche');
		const many = (count: number) =>
			craft([{ client: OWN, clock: 0, pieces: Array.from({ length: count }, () => filler(1)) }]);
		expect(reasonOf(open, many(20_001))).toBe(REFUSALS.tooMany);
		expect(reasonOf(open, many(20_000))).toBe('accepted');
	});

	it('the whole document: nothing is added to a full one, what is deleted still goes, and the room comes back', () => {
		const open = documentOf('fiche');
		const { doc, updates } = tabOn(open);
		texteOf(doc, 'echeance')?.insert(0, 'y'.repeat(3_000));
		take(open, updates.shift() as Uint8Array);
		open.size = { bytes: 5_000, measuredAt: -Infinity };
		const limits = { document: 4_000 };
		texteOf(doc, 'echeance')?.insert(0, 'z'.repeat(2_000));
		expect(reasonOf(open, updates.shift() as Uint8Array, {}, limits)).toBe(REFUSALS.full);
		const other = tabOn(open);
		texteOf(other.doc, 'echeance')?.delete(0, 3_000);
		expect(reasonOf(open, other.updates[0] as Uint8Array, {}, limits)).toBe('accepted');
		take(open, other.updates[0] as Uint8Array);
		open.size = { ...open.size, measuredAt: -Infinity };
		texteOf(other.doc, 'echeance')?.insert(0, 'z'.repeat(2_000));
		expect(reasonOf(open, other.updates[1] as Uint8Array, {}, limits)).toBe('accepted');
	});

	it('200 000 insertions and deletions leave a document that is as quick and small', () => {
		const open = documentOf('fiche');
		const { doc, updates } = tabOn(open);
		const field = texteOf(doc, 'echeance') as Y.Text;
		for (let burst = 0; burst < 200; burst++) {
			doc.transact(() => {
				for (let i = 0; i < 1_000; i++) field.insert(i, 'x');
				for (let i = 0; i < 1_000; i++) field.delete(0, 1);
			});
			take(open, updates.pop() as Uint8Array);
		}
		expect(Y.encodeStateAsUpdate(open.document).length).toBeLessThan(2_000);
		const start = performance.now();
		field.insert(0, 'fin');
		take(open, updates.at(-1) as Uint8Array);
		expect(performance.now() - start).toBeLessThan(1_000);
	});
});

describe('R52. a client id with new text belongs to its account, or to nobody yet; nobody writes as another', () => {
	it('filler or text under the id of an absent author is refused; their own work then passes (T1, T2)', () => {
		const open = documentOf('fiche');
		const amina = tabOn(open);
		texteOf(amina.doc, 'echeance')?.insert(0, 'en ligne');
		take(open, amina.updates.shift() as Uint8Array, AMINA);
		const clock = Y.getState(open.document.store, amina.doc.clientID);
		for (const piece of [filler(1_000), text('faux', { parent: idUnder(open, 'echeance') })])
			expect(reasonOf(open, craft([{ client: amina.doc.clientID, clock, pieces: [piece] }]))).toBe(REFUSALS.foreign);
		texteOf(amina.doc, 'echeance')?.insert(0, 'hors ligne, puis ');
		take(open, Y.encodeStateAsUpdate(amina.doc), AMINA);
		expect(texteOf(open.document, 'echeance')?.toString()).toBe('hors ligne, puis en ligne');
	});

	it('the ids of the server’s own edits belong to nobody else', () => {
		const open = documentOf('fiche');
		const [server] = idUnder(open, 'echeance');
		const clock = Y.getState(open.document.store, server);
		expect(reasonOf(open, craft([{ client: server, clock, pieces: [filler(1)] }]))).toBe(REFUSALS.foreign);
	});

	it('an id that shows someone else’s presence is theirs before they write', () => {
		const open = documentOf('fiche');
		const connection = { context: { socket: { person: { compteId: AMINA } } } };
		open.document.connections.set(connection as never, { clients: new Set([OWN]) } as never);
		const update = one(text('faux', { parent: idUnder(open, 'echeance') }));
		expect(reasonOf(open, update)).toBe(REFUSALS.foreign);
		expect(reasonOf(open, update, { compteId: AMINA })).toBe('accepted');
	});

	it('several tabs and reloads of one account pass, and what others wrote comes back with them as known', () => {
		const open = documentOf('fiche');
		const other = tabOn(open);
		texteOf(other.doc, 'echeance')?.insert(0, 'd’Amina');
		take(open, other.updates[0] as Uint8Array, AMINA);
		for (let i = 0; i < 5; i++) {
			const tab = tabOn(open);
			texteOf(tab.doc, 'echeance')?.insert(0, `${i}`);
			take(open, Y.encodeStateAsUpdate(tab.doc));
		}
		expect(texteOf(open.document, 'echeance')?.toString()).toBe('43210d’Amina');
	});

	it('a colliding client id passes: Yjs takes another, which is bound', () => {
		const open = documentOf('fiche');
		const amina = tabOn(open);
		texteOf(amina.doc, 'echeance')?.insert(0, 'a');
		take(open, amina.updates[0] as Uint8Array, AMINA);
		const twin = new Y.Doc();
		twin.clientID = amina.doc.clientID;
		Y.applyUpdate(twin, Y.encodeStateAsUpdate(open.document));
		texteOf(twin, 'echeance')?.insert(1, 'b');
		expect(twin.clientID).not.toBe(amina.doc.clientID);
		take(open, Y.encodeStateAsUpdate(twin));
		expect(open.owners.get(twin.clientID)).toBe(BRUNO);
	});

	it('after a restoration other people’s text comes back with an answer, marked, and is nobody’s until its author writes', () => {
		const open = documentOf('fiche');
		const [amina, bruno] = [tabOn(open), tabOn(open)];
		texteOf(amina.doc, 'echeance')?.insert(0, 'perdu');
		Y.applyUpdate(bruno.doc, Y.encodeStateAsUpdate(amina.doc));
		open.owners.set(amina.doc.clientID, AMINA);
		const update = Y.encodeStateAsUpdate(bruno.doc);
		expect(reasonOf(open, update, { isAnswer: true })).toBe(REFUSALS.foreign);
		const admission = judge(open, update, { isAnswer: true, mayRecover: true });
		expect(admission).toMatchObject({ verdict: 'accepted', recovered: true, newClients: [] });
	});

	it('a jump of a clock beyond what anyone writes is refused', () => {
		const open = documentOf('fiche');
		expect(reasonOf(open, one(filler(2 ** 24 + 1)))).toBe(REFUSALS.jump);
		expect(reasonOf(open, one(filler(2 ** 53)))).toBe(REFUSALS.malformed);
		expect(reasonOf(open, one(filler(200_000)))).toBe('accepted');
	});
});

describe('R54. the keys of a row’s merged cells are flags, whatever they are called', () => {
	/** A fiche with one livrable, and what somebody sends about it. */
	function livrable() {
		const birth = new Y.Doc();
		prepareFiche(birth, MODELE_SARTHE, { livrables: { lignes: [{ livrable: 'Un car' }, { livrable: 'Un relais' }] } });
		const open = documentOf('fiche');
		const document = new Y.Doc();
		Y.applyUpdate(document, Y.encodeStateAsUpdate(birth));
		Object.assign(open, { document: Object.assign(document, { connections: new Map() }) });
		open.owners.set(birth.clientID, null);
		const row = (document.getMap('champs').get('livrables') as Y.Map<Y.Map<unknown>>).get('l2') as Y.Map<unknown>;
		return { open, row: [row._item?.id.client, row._item?.id.clock] as [number, number] };
	}

	it('an object, a text, a list or a shared type under such a key is refused; a number passes', () => {
		const { open, row } = livrable();
		const under = (key: string) => ({ parent: row, key });
		for (const value of [{ a: 1 }, 'oui', [1], null, true])
			expect(reasonOf(open, one(values([value], under('suite.livrable'))))).toBe(REFUSALS.shape);
		for (const ref of [0, 1, 2]) expect(reasonOf(open, one(type(ref, under('suite.livrable'))))).toBe(REFUSALS.shape);
		expect(reasonOf(open, one(values([1], under('suite.livrable'))))).toBe('accepted');
	});

	it('a key that names a prototype is refused bare, and misleads nobody behind « suite. »', () => {
		const { open, row } = livrable();
		for (const key of ['__proto__', 'constructor', 'toString'])
			expect(reasonOf(open, one(values([1], { parent: row, key })))).toBe(REFUSALS.shape);
		for (const [i, key] of ['suite.__proto__', 'suite.constructor', 'suite.', 'suite.inconnue'].entries())
			take(open, craft([{ client: OWN, clock: i, pieces: [values([1], { parent: row, key })] }]));
		const before = Object.keys(Object.prototype);
		const { livrables } = readFiche(open.document, MODELE_SARTHE);
		expect(livrables).toMatchObject({ lignes: [{ livrable: 'Un car' }, { livrable: 'Un relais' }] });
		expect(livrables).not.toHaveProperty('suites');
		expect(Object.keys(Object.prototype)).toEqual(before);
	});

	it('a cell, a row or a whole field is not replaced by a value', () => {
		const { open, row } = livrable();
		expect(reasonOf(open, one(values([1], { parent: row, key: 'cellules' })))).toBe(REFUSALS.shape);
		expect(reasonOf(open, one(values(['x'], { parent: idUnder(open, 'livrables'), key: 'l2' })))).toBe(REFUSALS.shape);
		expect(reasonOf(open, one(values(['x'], { parent: idUnder(open, 'liens'), key: 'liste' })))).toBe(REFUSALS.shape);
	});
});

describe('R53. nothing that passes can stay pending in a document, or make Yjs throw', () => {
	it('a gap, a hole, a neighbour, a parent or a deletion that nobody sent waits', () => {
		const open = documentOf('fiche');
		const parent = idUnder(open, 'echeance');
		const early = [
			craft([{ client: OWN, clock: 5, pieces: [text('a', { parent })] }]),
			craft([{ client: OWN, clock: 0, pieces: [text('a', { parent }), hole(2), text('b', { left: [OWN, 0] })] }]),
			one(text('a', { left: [777, 3] })),
			one(text('a', { parent, right: [777, 3] })),
			one(text('a', { parent: [777, 0] })),
			craft([], [[777, 0, 10]]),
			craft([], [[parent[0], 0, 1_000_000]])
		];
		for (const update of early) expect(judge(open, update).verdict).toBe('early');
	});

	it('what refers to itself, to what follows it, or in a circle is refused', () => {
		const open = documentOf('fiche');
		const parent = idUnder(open, 'echeance');
		for (const piece of [
			text('a', { left: [OWN, 0] }),
			text('a', { right: [OWN, 9] }),
			text('a', { parent: [OWN, 0] })
		])
			expect(reasonOf(open, one(piece))).toBe(REFUSALS.malformed);
		const circle = craft([
			{ client: OWN, clock: 0, pieces: [text('a', { left: [OWN + 1, 0] })] },
			{ client: OWN + 1, clock: 0, pieces: [text('b', { left: [OWN, 0] })] }
		]);
		expect(reasonOf(open, circle)).toBe(REFUSALS.malformed);
		const chain = craft([
			{ client: OWN, clock: 0, pieces: [text('a', { left: [OWN + 1, 0] })] },
			{ client: OWN + 1, clock: 0, pieces: [text('b', { parent })] }
		]);
		take(open, chain);
	});

	it('structs that are known already, with neighbours that nobody has, change nothing', () => {
		const open = documentOf('fiche');
		const parent = idUnder(open, 'echeance');
		take(open, one(text('ab', { parent })));
		take(open, one(text('ab', { left: [777, 5] })));
		take(open, craft([{ client: OWN, clock: 0, pieces: [text('abc', { parent })] }]));
		expect(texteOf(open.document, 'echeance')?.toString()).toBe('abc');
	});

	it('what is on its way to the log counts as known', () => {
		const open = documentOf('fiche');
		const { doc, updates } = tabOn(open);
		addPuce(doc, 'objectifs', 'p-neuve');
		const puce = pucesOf(doc, 'objectifs').find(({ id }) => id === 'p-neuve')?.texte;
		puce?.insert(0, 'tout de suite');
		for (const update of updates) {
			const admission = judge(open, update);
			if (admission.verdict !== 'accepted') throw new Error(JSON.stringify(admission));
			welcome(open, admission, BRUNO);
		}
		expect(judge(open, craft([{ client: OWN, clock: 0, pieces: [filler(1)] }]), { compteId: AMINA }).verdict).toBe(
			'accepted'
		);
		for (const update of updates) Y.applyUpdate(open.document, update);
		open.coming.settle(open.document);
		expect(open.coming.of(doc.clientID)).toEqual([]);
	});

	it('an adverse order of a thousand authors costs milliseconds', () => {
		const open = documentOf('fiche');
		const parent = idUnder(open, 'echeance');
		const sections = Array.from({ length: 1_000 }, (_, i) => ({
			client: OWN + i,
			clock: 0,
			pieces: Array.from({ length: 19 }, (_none, clock) =>
				clock === 0
					? text('a', i === 999 ? { parent } : { left: [OWN + i + 1, 18] as const })
					: text('a', { left: [OWN + i, clock - 1] as const })
			)
		}));
		const start = performance.now();
		expect(judge(open, craft(sections), { isAnswer: true }).verdict).toBe('accepted');
		expect(performance.now() - start).toBeLessThan(2_000);
	});
});

describe('R54. a document holds only what its kind allows: its roots, keys, types and plain values', () => {
	it('what the fiche and the tree do passes', () => {
		const fiche = documentOf('fiche');
		const { doc, updates } = tabOn(fiche);
		const undo = new Y.UndoManager(doc);
		for (const id of ['p-une', 'p-deux']) addPuce(doc, 'objectifs', id, `texte de ${id}`);
		movePuce(doc, 'objectifs', 'p-deux', 'p-une');
		removePuce(doc, 'objectifs', 'p-une');
		addOrganisme(doc, 'pilotes', 'organisme-1');
		for (const ouverte of [true, false, true])
			doc.transact(() => [true, ouverte].forEach((value) => setOuverte(doc, 'partenaires', value)));
		texteOf(doc, 'partenaires')?.insert(0, 'toutes');
		texteOf(doc, 'echeance')?.insert(0, 'fin\u0000 2028 \u202e e\u0301 \u{1f600}');
		while (undo.canUndo()) undo.undo();
		while (undo.canRedo()) undo.redo();
		for (const update of updates) take(fiche, update);
		expect(Y.encodeStateVector(fiche.document)).toEqual(Y.encodeStateVector(doc));
		const arbre = documentOf('orientations');
		const tree = tabOn(arbre);
		addNoeud(tree.doc, { id: 'axe-2', parent: null, niveau: 'axe', titre: 'Lever les freins' });
		addNoeud(tree.doc, { id: 'fiche-2', parent: 'axe-1', niveau: 'action', titre: '' });
		titreOf(tree.doc, 'fiche-2')?.insert(0, 'Garde d’enfants');
		moveNoeud(tree.doc, 'fiche-2', 'axe-2');
		removeNoeud(tree.doc, 'axe-2', MODELE_ORNE);
		for (const update of tree.updates) take(arbre, update);
		expect(arbre.document.getMap('noeuds').toJSON()).toEqual(tree.doc.getMap('noeuds').toJSON());
	});

	it('anything else is refused: roots, types, embeds, formats, bytes, documents within documents, keys of prototypes', () => {
		const open = documentOf('fiche');
		const champ = idUnder(open, 'echeance');
		const liste = idUnder(open, 'objectifs');
		const refused: Piece[] = [
			values(['x'], { parent: 'autre', key: 'a' }),
			values(['x'], { parent: '__proto__', key: 'a' }),
			text('x', { parent: 'champs' }),
			values(['x'], { parent: 'champs', key: 'echeance' }),
			type(2, { parent: 'champs', key: 'nouveau' }),
			deletedText(1, { parent: 'champs', key: 'echeance' }),
			type(3, { parent: champ }, 'script'),
			type(0, { parent: liste, key: 'p1' }),
			type(6, { parent: liste, key: 'p1' }),
			embed('{"image":"x"}', { parent: champ }),
			format('gras', 'true', { parent: champ }),
			bytes(Uint8Array.of(1), { parent: champ }),
			subdocument({ parent: liste, key: 'p1' }),
			values([JSON.parse('{"__proto__":{"isAdmin":true}}')], { parent: liste, key: 'ouverte' }),
			values(['oui'], { parent: liste, key: 'ouverte' }),
			values([1, 'deux'], { parent: liste, key: 'ouverte' }),
			values([NaN], { parent: liste, key: 'ouverte' }),
			type(1, { parent: liste, key: '__proto__' }),
			type(1, { parent: liste, key: 'constructor' }),
			type(1, { parent: liste, key: 'k'.repeat(101) })
		];
		for (const piece of refused) expect([piece, reasonOf(open, one(piece))]).toEqual([piece, REFUSALS.shape]);
		expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
		expect(reasonOf(open, one(type(1, { parent: liste, key: 'p1' })))).toBe('accepted');
	});

	it('nesting of 5 000 levels in 40 kB is refused', () => {
		const open = documentOf('fiche');
		const pieces = [type(1, { parent: idUnder(open, 'objectifs'), key: 'p1' })];
		for (let clock = 0; clock < 5_000; clock++) pieces.push(type(1, { parent: [OWN, clock], key: 'x' }));
		expect(reasonOf(open, craft([{ client: OWN, clock: 0, pieces }]))).toBe(REFUSALS.shape);
		expect(reasonOf(open, one(pieces[0] as Piece), {}, { depth: 1 })).toBe(REFUSALS.depth);
	});

	it('a rubrique of the fiche cannot be removed; its text can, by anyone who may write', () => {
		const open = documentOf('fiche');
		const { doc, updates } = tabOn(open);
		const [client, clock] = idUnder(open, 'echeance');
		expect(reasonOf(open, craft([], [[client, clock, 1]]))).toBe(REFUSALS.fixed);
		texteOf(doc, 'echeance')?.insert(0, 'effaçable');
		take(open, updates.shift() as Uint8Array, AMINA);
		texteOf(doc, 'echeance')?.delete(0, 9);
		take(open, updates.shift() as Uint8Array);
	});
});
