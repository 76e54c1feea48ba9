import { afterEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { LocalCopy } from '#lib/collaboration/local-copy.ts';
import { countUnsavedCopies, removeSavedCopies } from './local-copies.ts';
import { finishSignOut, noteSignOut } from './sign-out.ts';

const opened: LocalCopy[] = [];
afterEach(() => opened.splice(0).forEach((copy) => copy.close()));

/** Writes a text on this device, as an editor does; `pending` edits are not acknowledged. */
async function keep(compteId: string, name: string, pending: number): Promise<LocalCopy> {
	const doc = new Y.Doc();
	const copy = new LocalCopy(`copacte:${compteId}:${name}`, doc, { pending: () => pending, onChange: () => undefined });
	opened.push(copy);
	await copy.load();
	doc.getText('t').insert(0, 'Accueillir');
	await vi.waitFor(() => expect(copy.isComplete).toBe(true));
	return copy;
}

async function names(compteId: string): Promise<string[]> {
	const all = await indexedDB.databases();
	return all.flatMap(({ name }) => (name?.startsWith(`copacte:${compteId}:`) ? [name.split(':')[2] ?? ''] : [])).sort();
}

const fresh = () => `compte-${Math.random()}`;

test('signing out removes from this device what the server holds, and nothing of another account', async () => {
	const [elise, karim] = [fresh(), fresh()];
	(await keep(elise, 'fiche.a', 0)).close();
	(await keep(elise, 'fiche.b', 0)).close();
	(await keep(karim, 'fiche.a', 0)).close();
	await removeSavedCopies(elise);
	expect(await names(elise)).toEqual([]);
	expect(await names(karim)).toEqual(['fiche.a']);
});

test('a text with edits that the server does not have is counted, and stays', async () => {
	const elise = fresh();
	(await keep(elise, 'fiche.a', 2)).close();
	(await keep(elise, 'fiche.b', 0)).close();
	expect(await countUnsavedCopies(elise)).toBe(1);
	await removeSavedCopies(elise);
	expect(await names(elise)).toEqual(['fiche.a']);
});

test('once the server has acknowledged everything, the text can go', async () => {
	const elise = fresh();
	const copy = await keep(elise, 'fiche.a', 1);
	copy.forgetPending();
	await vi.waitFor(async () => expect(await countUnsavedCopies(elise)).toBe(0));
	await removeSavedCopies(elise);
	expect(await names(elise)).toEqual([]);
});

test('the copies go with the page after the one that signed out, once', async () => {
	const elise = fresh();
	(await keep(elise, 'fiche.a', 0)).close();
	await finishSignOut();
	expect(await names(elise)).toEqual(['fiche.a']);
	noteSignOut(elise);
	await finishSignOut();
	expect(await names(elise)).toEqual([]);
	(await keep(elise, 'fiche.a', 0)).close();
	await finishSignOut();
	expect(await names(elise)).toEqual(['fiche.a']);
});
