import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import {
	A_CLASSER,
	addNoeud,
	bringBack,
	canHold,
	childrenOf,
	codeAt,
	codesOf,
	isBelow,
	moveNoeud,
	readArbre,
	removalOf,
	removeNoeud,
	throwAway,
	titreOf,
	type Arbre
} from '#lib/orientations/arbre.ts';
import { randomFrom } from '../../../tests/support/random.ts';
import type { Modele, Niveau, Numerotation } from '#lib/pactes/modele.ts';
import { MODELE_ORNE } from '#lib/pactes/modeles/structures.ts';

const MODELE = MODELE_ORNE;

/** Four named levels, I / 1 / a / 1, the last two of which carry a fiche. */
const QUATRE_NIVEAUX: Modele = {
	...MODELE,
	niveaux: [
		niveau('strategique', [null], 'I'),
		niveau('operationnel', ['strategique'], '1'),
		niveau('action', ['operationnel'], 'a', true),
		niveau('sous_action', ['action'], '1', true)
	]
};

function niveau(id: string, parents: (string | null)[], numerotation: Numerotation, fiche = false): Niveau {
	return { id, nom: id, pluriel: `${id}s`, genre: 'm', parents, numerotation, fiche };
}

type Branche = [id: string, niveau: string, ...enfants: Branche[]];

function docOf(...branches: Branche[]): Y.Doc {
	const doc = new Y.Doc();
	const plant = (parent: string | null, [id, niveau, ...enfants]: Branche) => {
		addNoeud(doc, { id, parent, niveau, titre: `Titre de ${id}` });
		for (const enfant of enfants) plant(id, enfant);
	};
	for (const branche of branches) plant(null, branche);
	return doc;
}

/** « x(y z) »: the shape of what is shown. */
function shape(noeuds: Arbre['racines']): string {
	return noeuds.map(({ id, enfants }) => (enfants.length ? `${id}(${shape(enfants)})` : id)).join(' ');
}
const placed = (doc: Y.Doc) => shape(readArbre(doc).racines);
const aside = (doc: Y.Doc) => shape(readArbre(doc).aClasser);

function exchange(...docs: Y.Doc[]): void {
	for (const from of docs) for (const to of docs) if (from !== to) Y.applyUpdate(to, Y.encodeStateAsUpdate(from));
}

/** A second person's copy. Client ids are chosen, so that who wins a conflict is known. */
function copyOf(doc: Y.Doc, clientID: number): Y.Doc {
	const copy = new Y.Doc();
	copy.clientID = clientID;
	Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
	return copy;
}

const ORNE = (): Y.Doc =>
	docOf(
		['axe1', 'axe', ['persp', 'perspective'], ['f11', 'action'], ['f12', 'action'], ['f13', 'action']],
		['axe2', 'axe', ['f21', 'action']]
	);

describe('moving', () => {
	it('places a node under another, before the brother asked for, or last', () => {
		const doc = ORNE();
		moveNoeud(doc, 'f12', 'axe2', 'f21');
		moveNoeud(doc, 'f13', 'axe2');
		expect(placed(doc)).toBe('axe1(persp f11) axe2(f12 f21 f13)');
		expect(readArbre(doc).parId.get('f12')?.parent).toBe('axe2');
	});

	it('takes along all that hangs below', () => {
		const doc = docOf(
			['s1', 'strategique', ['o1', 'operationnel', ['a1', 'action', ['x1', 'sous_action']]]],
			['s2', 'strategique']
		);
		moveNoeud(doc, 'o1', 's2');
		expect(placed(doc)).toBe('s1 s2(o1(a1(x1)))');
	});

	it('refuses to hang a node below itself, under a parent that is gone, or under nothing known', () => {
		const doc = docOf(['s1', 'strategique', ['o1', 'operationnel']]);
		for (const parent of ['s1', 'o1', 'never']) moveNoeud(doc, 's1', parent);
		expect(placed(doc)).toBe('s1(o1)');
	});

	it('writes nothing when the node is there already', () => {
		const doc = ORNE();
		let updates = 0;
		doc.on('update', () => updates++);
		moveNoeud(doc, 'f11', 'axe1', 'f12');
		moveNoeud(doc, 'f13', 'axe1');
		moveNoeud(doc, 'f12', 'axe1', 'f12');
		moveNoeud(doc, 'axe2', null);
		expect(updates).toBe(0);
	});

	it('places between two brothers that two people put at the same place at once', () => {
		const one = ORNE();
		const two = copyOf(one, 2);
		addNoeud(one, { id: 'one', parent: 'axe2', niveau: 'action', titre: '' }, 'f21');
		addNoeud(two, { id: 'two', parent: 'axe2', niveau: 'action', titre: '' }, 'f21');
		exchange(one, two);
		expect(placed(one)).toContain('axe2(one two f21)');
		const [left, right] = childrenOf(readArbre(one), 'axe2');
		expect(left?.rang).toBe(right?.rang);
		moveNoeud(one, 'f11', 'axe2', 'two');
		expect(placed(one)).toContain('axe2(one f11 two f21)');
	});

	it('still moves beside a brother whose rank is damaged', () => {
		const doc = ORNE();
		(doc.getMap('noeuds').get('f12') as Y.Map<string>).set('rang', 'not a rank');
		const [first] = childrenOf(readArbre(doc), 'axe1');
		moveNoeud(doc, 'f21', 'axe1', first?.id);
		expect(childrenOf(readArbre(doc), 'axe1').map(({ id }) => id)).toEqual(['f21', 'persp', 'f11', 'f13', 'f12']);
	});
});

describe('concurrent moves', () => {
	it('set aside one of two nodes that were each moved below the other, the same one everywhere', () => {
		const one = docOf(['n1', 'axe'], ['n2', 'axe'], ['n3', 'axe']);
		const two = copyOf(one, 2);
		moveNoeud(one, 'n1', 'n2');
		moveNoeud(two, 'n2', 'n1');
		exchange(one, two);
		for (const doc of [one, two]) {
			expect(placed(doc)).toBe('n3');
			expect(aside(doc)).toBe('n1(n2)');
		}
		moveNoeud(one, 'n1', null, 'n3');
		expect(placed(one)).toBe('n1(n2) n3');
		expect(aside(one)).toBe('');
	});

	it('keep a node added under a branch that someone else removed at the same time', () => {
		const one = ORNE();
		const two = copyOf(one, 2);
		removeNoeud(one, 'axe2', MODELE);
		addNoeud(two, { id: 'late', parent: 'axe2', niveau: 'perspective', titre: 'Écrite pendant ce temps' });
		exchange(one, two);
		expect(placed(one)).toBe('axe1(persp f11 f12 f13)');
		expect(
			readArbre(one)
				.aClasser.map(({ id }) => id)
				.sort()
		).toEqual(['f21', 'late']);
		expect(readArbre(one).parId.get('late')).toMatchObject({ parent: A_CLASSER, titre: 'Écrite pendant ce temps' });
	});

	it('keep both people’s words in a title that was moved meanwhile', () => {
		const one = ORNE();
		const two = copyOf(one, 2);
		titreOf(one, 'f11')?.insert(0, 'Premier mot. ');
		moveNoeud(two, 'f11', 'axe2');
		titreOf(two, 'f11')?.insert(titreOf(two, 'f11')?.length ?? 0, ' Dernier mot.');
		exchange(one, two);
		expect(readArbre(one).parId.get('f11')).toMatchObject({
			parent: 'axe2',
			titre: 'Premier mot. Titre de f11 Dernier mot.'
		});
	});
});

describe('removing', () => {
	it('deletes a branch, except its fiches, which go to « À classer » in the order of reading', () => {
		const doc = ORNE();
		removeNoeud(doc, 'axe1', MODELE);
		expect(placed(doc)).toBe('axe2(f21)');
		expect(aside(doc)).toBe('f11 f12 f13');
		expect(readArbre(doc).parId.has('persp')).toBe(false);
	});

	it('sets a fiche aside with the fiches that hang below it, without flattening them', () => {
		const doc = docOf(['s1', 'strategique', ['o1', 'operationnel', ['a1', 'action', ['x1', 'sous_action']]]]);
		removeNoeud(doc, 's1', QUATRE_NIVEAUX);
		expect(aside(doc)).toBe('a1(x1)');
		expect(readArbre(doc).parId.size).toBe(2);
	});

	it('never deletes a fiche, even from « À classer », and then writes nothing', () => {
		const doc = ORNE();
		removeNoeud(doc, 'f11', MODELE);
		let updates = 0;
		doc.on('update', () => updates++);
		removeNoeud(doc, 'f11', MODELE);
		expect(aside(doc)).toBe('f11');
		expect(updates).toBe(0);
	});

	it('deletes for good what carries no fiche, from « À classer » too', () => {
		const doc = ORNE();
		moveNoeud(doc, 'persp', A_CLASSER);
		expect(aside(doc)).toBe('persp');
		removeNoeud(doc, 'persp', MODELE);
		expect(readArbre(doc).parId.has('persp')).toBe(false);
	});

	it('is told beforehand: what goes and what is kept', () => {
		const axe = readArbre(ORNE()).parId.get('axe1');
		const { supprimes, gardes } = removalOf(axe!, MODELE);
		expect(supprimes.map(({ id }) => id)).toEqual(['axe1', 'persp']);
		expect(gardes.map(({ id }) => id)).toEqual(['f11', 'f12', 'f13']);
	});

	it('is undone whole: places, order and titles come back', () => {
		const doc = ORNE();
		const undo = new Y.UndoManager(doc.getMap('noeuds'));
		removeNoeud(doc, 'axe1', MODELE);
		undo.undo();
		expect(placed(doc)).toBe('axe1(persp f11 f12 f13) axe2(f21)');
		expect(titreOf(doc, 'persp')?.toString()).toBe('Titre de persp');
	});
});

describe('reading', () => {
	it('says what may hold what, from the model’s levels', () => {
		const arbre = readArbre(ORNE());
		expect(canHold(MODELE, arbre, null, 'axe')).toBe(true);
		expect(canHold(MODELE, arbre, 'axe1', 'action')).toBe(true);
		expect(canHold(MODELE, arbre, null, 'action')).toBe(false);
		expect(canHold(MODELE, arbre, 'f11', 'action')).toBe(false);
		expect(canHold(MODELE, arbre, A_CLASSER, 'axe')).toBe(false);
		expect(canHold(MODELE, arbre, 'never', 'action')).toBe(false);
	});

	it('knows what hangs below what', () => {
		const arbre = readArbre(ORNE());
		expect(isBelow(arbre, 'f11', 'axe1')).toBe(true);
		expect(isBelow(arbre, 'axe1', 'axe1')).toBe(true);
		expect(isBelow(arbre, 'axe1', 'f11')).toBe(false);
		expect(isBelow(arbre, null, 'axe1')).toBe(false);
	});

	it('survives entries that are not nodes, and nodes with nothing in them', () => {
		const doc = ORNE();
		doc.getMap('noeuds').set('junk', 'text');
		doc.getMap('noeuds').set('empty', new Y.Map());
		doc.getMap('noeuds').set(A_CLASSER, new Y.Map());
		moveNoeud(doc, 'f11', A_CLASSER);
		const arbre = readArbre(doc);
		expect(arbre.parId.has('junk')).toBe(false);
		expect(arbre.parId.get('empty')).toMatchObject({ parent: A_CLASSER, niveau: '', titre: '' });
		expect(shape(arbre.aClasser)).toBe('empty f11');
		expect(isBelow(arbre, 'f11', 'axe1')).toBe(false);
	});
});

describe('codes', () => {
	it('number axes and their fiches, and leave perspectives without a number', () => {
		const codes = codesOf(readArbre(ORNE()), MODELE);
		expect(codes.get('axe1')).toBe('1');
		expect(codes.get('persp')).toBe('');
		expect(codes.get('f11')).toBe('1.1');
		expect(codes.get('f21')).toBe('2.1');
	});

	it('are written I / 1 / a / 1 without dots: I1a2', () => {
		const doc = docOf(
			['s1', 'strategique', ['o1', 'operationnel', ['a1', 'action', ['x1', 'sous_action'], ['x2', 'sous_action']]]],
			['s2', 'strategique', ['o2', 'operationnel', ['a2', 'action']]]
		);
		const codes = codesOf(readArbre(doc), QUATRE_NIVEAUX);
		expect(['s1', 'o1', 'a1', 'x2', 's2', 'a2'].map((id) => codes.get(id))).toEqual([
			'I',
			'I1',
			'I1a',
			'I1a2',
			'II',
			'II1a'
		]);
	});

	it('go on past z and past M', () => {
		const letters: Modele = { ...MODELE, niveaux: [niveau('l', [null], 'a')] };
		const romans: Modele = { ...MODELE, niveaux: [niveau('l', [null], 'I')] };
		const doc = docOf(...Array.from({ length: 49 }, (_, i): Branche => [`n${i}`, 'l']));
		const arbre = readArbre(doc);
		expect([0, 25, 26, 48].map((i) => codesOf(arbre, letters).get(`n${i}`))).toEqual(['a', 'z', 'aa', 'aw']);
		expect([3, 8, 13, 39, 48].map((i) => codesOf(arbre, romans).get(`n${i}`))).toEqual([
			'IV',
			'IX',
			'XIV',
			'XL',
			'XLIX'
		]);
	});

	it('count what hangs below an unnumbered node together with its uncles', () => {
		const modele: Modele = {
			...MODELE,
			niveaux: [
				niveau('axe', [null], '1'),
				niveau('cadre', ['axe'], 'aucune'),
				niveau('action', ['axe', 'cadre'], '1', true)
			]
		};
		const doc = docOf([
			'axe',
			'axe',
			['a', 'action'],
			['cadre', 'cadre', ['b', 'action'], ['c', 'action']],
			['d', 'action']
		]);
		const codes = codesOf(readArbre(doc), modele);
		expect(['a', 'b', 'c', 'd'].map((id) => codes.get(id))).toEqual(['1.1', '1.2', '1.3', '1.4']);
	});

	it('are foretold for a move, exactly as the move then gives them', () => {
		const moves: [string, string | null, string | null][] = [
			['f11', 'axe2', 'f21'],
			['f11', 'axe2', null],
			['f13', 'axe1', 'f11'],
			['axe2', null, 'axe1'],
			['persp', 'axe2', null]
		];
		for (const [id, parent, before] of moves) {
			const doc = ORNE();
			const foretold = codeAt(readArbre(doc), MODELE, id, parent, before);
			moveNoeud(doc, id, parent, before);
			expect([id, foretold]).toEqual([id, codesOf(readArbre(doc), MODELE).get(id)]);
		}
		expect(codeAt(readArbre(ORNE()), MODELE, 'never', null)).toBe('');
	});

	it('are not given to what is set aside', () => {
		const doc = ORNE();
		moveNoeud(doc, 'f11', A_CLASSER);
		const codes = codesOf(readArbre(doc), MODELE);
		expect(codes.has('f11')).toBe(false);
		expect(codes.get('f12')).toBe('1.1');
	});
});

describe('five people at once', () => {
	/** What the rules promise of any tree: each node shown exactly once, brothers sorted, parents true. */
	function expectSound(arbre: Arbre): void {
		const shown: string[] = [];
		const visit = (noeuds: readonly { id: string; parent: string | null }[], parent: string | null) => {
			for (const noeud of noeuds) {
				expect(noeud.parent).toBe(parent);
				shown.push(noeud.id);
				expect(shown.length).toBeLessThanOrEqual(arbre.parId.size);
				visit(childrenOf(arbre, noeud.id), noeud.id);
			}
		};
		visit(arbre.racines, null);
		visit(arbre.aClasser, A_CLASSER);
		expect(shown.sort()).toEqual([...arbre.parId.keys()].sort());
	}

	function act(doc: Y.Doc, random: (below: number) => number, name: string, modele: Modele, fiches: Set<string>): void {
		const arbre = readArbre(doc);
		const ids = [...arbre.parId.keys()].sort();
		const any = () => ids[random(ids.length)];
		const id = any();
		const parent = [null, A_CLASSER, any(), any(), any()][random(5)] ?? null;
		const brothers = childrenOf(arbre, parent);
		const before = random(2) ? (brothers[random(brothers.length)]?.id ?? null) : null;
		const choice = random(10);
		if (!id || choice < 3) {
			const niveau = modele.niveaux[random(modele.niveaux.length)]!;
			addNoeud(doc, { id: name, parent, niveau: niveau.id, titre: name }, before);
			if (niveau.fiche) fiches.add(name);
		} else if (choice < 8) moveNoeud(doc, id, parent, before);
		else if (choice < 9) titreOf(doc, id)?.insert(random(titreOf(doc, id)!.length + 1), '·');
		else removeNoeud(doc, id, modele);
	}

	it.each([1, 2, 3, 4, 5])(
		'converge without loss, duplicate or cycle, updates arriving in any order (seed %i)',
		(seed) => {
			const { int: random } = randomFrom(seed);
			// Any level under any other: levels alone must not be what prevents cycles.
			const modele = QUATRE_NIVEAUX;
			const docs = Array.from({ length: 5 }, (_, i) => {
				const doc = new Y.Doc();
				doc.clientID = i + 1;
				return doc;
			});
			const waiting: Uint8Array[][] = docs.map(() => []);
			docs.forEach((doc, from) =>
				doc.on('update', (update: Uint8Array, origin: unknown) => {
					if (origin !== 'network') waiting.forEach((queue, to) => to !== from && queue.push(update));
				})
			);
			const deliver = (to: number) => {
				const [update] = waiting[to]!.splice(random(waiting[to]!.length), 1);
				if (update) Y.applyUpdate(docs[to]!, update, 'network');
			};
			const fiches = new Set<string>();
			for (let step = 0; step < 400; step++) {
				const who = random(5);
				act(docs[who]!, random, `${who}-${step}`, modele, fiches);
				for (let times = random(6); times > 0; times--) deliver(random(5));
				expectSound(readArbre(docs[who]!));
			}
			while (waiting.some((queue) => queue.length > 0)) waiting.forEach((_, to) => deliver(to));

			const [first, ...others] = docs.map(readArbre);
			expectSound(first!);
			expect(first!.parId.size).toBeGreaterThan(20);
			for (const other of others) {
				expect(shape(other.racines)).toBe(shape(first!.racines));
				expect(shape(other.aClasser)).toBe(shape(first!.aClasser));
				expect(codesOf(other, modele)).toEqual(codesOf(first!, modele));
				for (const [id, { titre }] of other.parId) expect(titre).toBe(first!.parId.get(id)?.titre);
			}
			// No fiche is lost, whatever was removed around it.
			expect([...fiches].filter((id) => !first!.parId.has(id))).toEqual([]);
			expect(fiches.size).toBeGreaterThan(10);
		}
	);
});

describe('what is thrown away', () => {
	const binned = (doc: Y.Doc) => shape(readArbre(doc).corbeille);

	it('goes with all that hangs below it, has no code, and comes back where it was', () => {
		const doc = docOf(['a', 'axe', ['p', 'perspective'], ['f', 'action']], ['b', 'axe']);
		throwAway(doc, 'a');
		expect([placed(doc), binned(doc)]).toEqual(['b', 'a(p f)']);
		expect([...codesOf(readArbre(doc), MODELE).keys()]).toEqual(['b']);
		bringBack(doc, 'a');
		expect([placed(doc), binned(doc)]).toEqual(['a(p f) b', '']);
	});

	it('goes aside when its place was thrown away too, and never hangs in what is not shown', () => {
		const doc = docOf(['a', 'axe', ['f', 'action']]);
		throwAway(doc, 'f');
		throwAway(doc, 'a');
		bringBack(doc, 'f');
		expect([aside(doc), binned(doc)]).toEqual(['f', 'a']);
	});

	it('is the same tree for two people when one throws away what the other moves', () => {
		const doc = docOf(['a', 'axe', ['f', 'action']], ['b', 'axe']);
		const other = new Y.Doc();
		exchange(doc, other);
		throwAway(doc, 'f');
		moveNoeud(other, 'f', 'b');
		exchange(doc, other);
		expect([placed(doc), binned(doc)]).toEqual([placed(other), binned(other)]);
	});
});
