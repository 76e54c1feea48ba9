import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { MODELE_ORNE } from '#lib/pactes/modeles/structures.ts';
import { addNoeud, moveNoeud, removeNoeud, titreOf } from './arbre.ts';
import { PAUSE_MS, RemoteChanges } from './remote-changes.ts';

const NBSP = '\u00a0';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watched() {
	const doc = new Y.Doc();
	addNoeud(doc, { id: 'axe1', parent: null, niveau: 'axe', titre: 'Répondre vite' });
	addNoeud(doc, { id: 'f11', parent: 'axe1', niveau: 'action', titre: 'Un premier rendez-vous' });
	addNoeud(doc, { id: 'f12', parent: 'axe1', niveau: 'action', titre: 'Un dossier unique' });
	const said: string[] = [];
	const changes = new RemoteChanges((sentence) => said.push(sentence));
	doc.getMap('noeuds').observeDeep((events) => changes.add(events));
	return { doc, said, changes };
}

test('what others do is gathered, then said once in one sentence', () => {
	const { doc, said } = watched();
	moveNoeud(doc, 'f11', 'axe1');
	for (const letter of 'abc') titreOf(doc, 'f12')?.insert(0, letter);
	addNoeud(doc, { id: 'axe2', parent: null, niveau: 'axe', titre: 'Lever les freins' });
	expect(said).toEqual([]);
	vi.advanceTimersByTime(PAUSE_MS);
	expect(said).toEqual([
		`D’autres personnes ont modifié l’arbre${NBSP}: 1${NBSP}ajout, 1${NBSP}déplacement et 1${NBSP}titre modifié.`
	]);
});

test('it is said at most once in ten seconds, and nothing is said when nothing happened', () => {
	const { doc, said } = watched();
	for (let second = 0; second < 60; second++) {
		titreOf(doc, 'f11')?.insert(0, 'x');
		vi.advanceTimersByTime(1_000);
	}
	expect(said.length).toBeGreaterThanOrEqual(5);
	expect(said.length).toBeLessThanOrEqual(7);
	vi.advanceTimersByTime(PAUSE_MS);
	const before = said.length;
	vi.advanceTimersByTime(10 * PAUSE_MS);
	expect(said.length).toBe(before);
});

test('a removal counts the branch, and nothing is said once the page is left', () => {
	const { doc, said, changes } = watched();
	removeNoeud(doc, 'axe1', MODELE_ORNE);
	vi.advanceTimersByTime(PAUSE_MS);
	expect(said).toEqual([`D’autres personnes ont modifié l’arbre${NBSP}: 1${NBSP}suppression et 2${NBSP}déplacements.`]);
	titreOf(doc, 'f11')?.insert(0, 'x');
	changes.close();
	vi.advanceTimersByTime(10 * PAUSE_MS);
	expect(said.length).toBe(1);
});

test('it knows which nodes somebody else has touched, the one that received a newcomer included', () => {
	const { doc, changes } = watched();
	titreOf(doc, 'f11')?.insert(0, 'x');
	addNoeud(doc, { id: 'f13', parent: 'axe1', niveau: 'action', titre: '' });
	expect([...changes.touched].sort()).toEqual(['axe1', 'f11', 'f13']);
});
