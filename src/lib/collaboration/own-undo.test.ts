import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { addPuce, champsOf, prepareFiche, pucesOf } from '#lib/fiches/fiche.ts';
import { MODELE_ORNE } from '#lib/pactes/modeles/structures.ts';
import { holdsOnlyOwnText } from './own-undo.ts';

const LOCAL = Symbol('local');

function twoPeople(): { ana: Y.Doc; ben: Y.Doc; undo: Y.UndoManager; meet: () => void } {
	const [ana, ben] = [new Y.Doc(), new Y.Doc()];
	prepareFiche(ana, MODELE_ORNE);
	const meet = () => {
		Y.applyUpdate(ben, Y.encodeStateAsUpdate(ana));
		Y.applyUpdate(ana, Y.encodeStateAsUpdate(ben));
	};
	meet();
	const undo = new Y.UndoManager(champsOf(ana), {
		trackedOrigins: new Set([LOCAL]),
		deleteFilter: holdsOnlyOwnText,
		captureTimeout: 0
	});
	return { ana, ben, undo, meet };
}

const objectifs = (doc: Y.Doc) => pucesOf(doc, 'objectifs').map((puce) => puce.texte.toString());

test('undoing a bullet that only I wrote takes it away, redoing brings it back', () => {
	const { ana, undo } = twoPeople();
	ana.transact(() => addPuce(ana, 'objectifs', 'a', 'À moi'), LOCAL);
	undo.undo();
	expect(objectifs(ana)).toEqual([]);
	undo.redo();
	expect(objectifs(ana)).toEqual(['À moi']);
});

test('undoing a bullet in which another has written takes my words away, and leaves theirs', () => {
	const { ana, ben, undo, meet } = twoPeople();
	ana.transact(() => addPuce(ana, 'objectifs', 'a', 'À moi'), LOCAL);
	meet();
	pucesOf(ben, 'objectifs')[0]?.texte.insert(5, ' et à Ben');
	meet();
	undo.undo();
	meet();
	expect(objectifs(ana)).toEqual([' et à Ben']);
	expect(objectifs(ben)).toEqual([' et à Ben']);
});

test('undoing a bullet that another has only moved takes it away', () => {
	const { ana, ben, undo, meet } = twoPeople();
	ana.transact(() => addPuce(ana, 'objectifs', 'a', 'À moi'), LOCAL);
	meet();
	ben.getMap<Y.Map<Y.Map<string>>>('champs').get('objectifs')?.get('a')?.set('rang', 'Zz');
	meet();
	undo.undo();
	expect(objectifs(ana)).toEqual([]);
});

test('undo takes back my words inside a text of others, and only them', () => {
	const { ana, ben, undo, meet } = twoPeople();
	addPuce(ben, 'objectifs', 'b', 'Ouvrir des places');
	meet();
	const texte = pucesOf(ana, 'objectifs')[0]?.texte;
	ana.transact(() => texte?.insert(7, 'vingt '), LOCAL);
	meet();
	pucesOf(ben, 'objectifs')[0]?.texte.insert(0, '> ');
	meet();
	undo.undo();
	expect(objectifs(ana)).toEqual(['> Ouvrir des places']);
});
