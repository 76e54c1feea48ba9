import { afterEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { LocalCopy } from './local-copy.ts';

/** On a busy machine too. */
const eventually = (look: () => unknown) => vi.waitFor(look, { timeout: 10_000 });

const opened: LocalCopy[] = [];
afterEach(() => opened.splice(0).forEach((copy) => copy.close()));

function copyOf(name: string, doc = new Y.Doc(), pending = () => 0, factory?: IDBFactory) {
	const onChange = vi.fn();
	const copy = new LocalCopy(name, doc, { pending, onChange, factory });
	opened.push(copy);
	return { copy, doc, kept: () => eventually(() => expect(copy.isComplete).toBe(true)) };
}

function freshName(): string {
	return `copacte:essai:${Math.random()}`;
}

async function countRows(name: string): Promise<number> {
	const db = await new Promise<IDBDatabase>((resolve, reject) => {
		const request = indexedDB.open(name);
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
	const count = await new Promise<number>((resolve) => {
		const request = db.transaction('updates').objectStore('updates').count();
		request.onsuccess = () => resolve(request.result);
	});
	db.close();
	return count;
}

describe('the local copy', () => {
	it('R60. set aside, it is empty at the next visit, with nothing that waits; what it held stays apart on the device', async () => {
		const name = freshName();
		const first = copyOf(name, undefined, () => 1);
		await first.copy.load();
		first.doc.getText('t').insert(0, 'refusé');
		await first.kept();
		await first.copy.setAside();
		first.doc.getText('t').insert(0, 'trop tard');
		const second = copyOf(name);
		expect(await second.copy.load()).toMatchObject({ hasContent: false, pending: 0 });
		expect(await countRows(name)).toBe(0);
		second.doc.getText('t').insert(0, 'je reprends');
		await second.kept();
		expect(await countRows(name)).toBe(1);
	});

	it('brings back what was written, with the number of edits that nobody acknowledged and the last right', async () => {
		const name = freshName();
		let pending = 0;
		const first = copyOf(name, undefined, () => pending);
		await first.copy.load();
		for (const letter of 'abc') {
			pending++;
			first.doc.getText('t').insert(0, letter);
			await first.kept();
		}
		first.copy.rememberScope('read-write');
		first.copy.close();
		const second = copyOf(name);
		expect(await second.copy.load()).toEqual({
			hasContent: true,
			pending: 3,
			scope: 'read-write',
			rescues: [],
			unseen: []
		});
		expect(second.doc.getText('t').toString()).toBe('cba');
		second.copy.forgetPending();
		second.copy.close();
		expect(await copyOf(name).copy.load()).toMatchObject({ pending: 0 });
	});

	it('R87. brings back words that went with their passage, one’s own and others’, until they are dropped, and does not find them in the text again', async () => {
		const name = freshName();
		const first = copyOf(name);
		await first.copy.load();
		const words = [
			{ client: 1, from: 0, to: 5, texte: 'perdu' },
			{ client: 1, from: 9, to: 10, texte: '!' }
		];
		for (const word of 'abc') first.doc.getText('t').insert(0, word);
		await first.kept();
		first.copy.keepRescues(words);
		await eventually(async () => expect(await countRows(name)).toBe(1));
		first.copy.close();
		const second = copyOf(name);
		expect(await second.copy.load()).toMatchObject({ rescues: words, unseen: [] });
		second.copy.keepUnseen([{ client: 2, from: 3, to: 4 }]);
		second.copy.dropRescues(words.slice(0, 1));
		second.copy.close();
		const unseen = [{ client: 2, from: 3, to: 4 }];
		expect(await copyOf(name).copy.load()).toMatchObject({ rescues: words.slice(1), unseen });
	});

	it('says what it reads into the document while it does', async () => {
		const name = freshName();
		const first = copyOf(name);
		await first.copy.load();
		first.doc.getText('t').insert(0, 'lu');
		await first.kept();
		const second = copyOf(name);
		const read: number[] = [];
		second.doc.on('afterTransaction', () => read.push(second.copy.reading.length));
		await second.copy.load();
		expect([read, second.copy.reading.length]).toEqual([[1], 0]);
	});

	it('keeps what was written before it was open', async () => {
		const name = freshName();
		const first = copyOf(name);
		first.doc.getText('t').insert(0, 'tôt');
		expect(first.copy.isComplete).toBe(false);
		await first.copy.load();
		await first.kept();
		first.copy.close();
		const second = copyOf(name);
		await second.copy.load();
		expect(second.doc.getText('t').toString()).toBe('tôt');
	});

	it('is complete only once the browser has written everything', async () => {
		const { copy, doc, kept } = copyOf(freshName());
		await copy.load();
		expect(copy.isComplete).toBe(true);
		doc.getText('t').insert(0, 'x');
		expect(copy.isComplete).toBe(false);
		await kept();
	});

	it('two tabs write to it without losing each other’s text, and a return to the network reads the other’s', async () => {
		const name = freshName();
		const [a, b] = [copyOf(name), copyOf(name)];
		await Promise.all([a.copy.load(), b.copy.load()]);
		for (let i = 0; i < 200; i++) {
			a.doc.getText('a').insert(0, 'a');
			b.doc.getText('b').insert(0, 'b');
			await Promise.resolve();
		}
		await Promise.all([a.kept(), b.kept()]);
		await a.copy.refresh();
		expect(a.doc.getText('b').length).toBe(200);
		const third = copyOf(name);
		await third.copy.load();
		expect([third.doc.getText('a').length, third.doc.getText('b').length]).toEqual([200, 200]);
	});

	it('stays small however much is written', async () => {
		const name = freshName();
		const { copy, doc, kept } = copyOf(name);
		await copy.load();
		for (let i = 0; i < 700; i++) doc.getText('t').insert(0, 'x');
		await kept();
		await eventually(async () => expect(await countRows(name)).toBeLessThan(400));
		copy.close();
		const again = copyOf(name);
		await again.copy.load();
		expect(again.doc.getText('t').length).toBe(700);
	});

	it('says that it holds nothing where storage is forbidden, and the document still works', async () => {
		const forbidden = {
			open() {
				throw new DOMException('denied', 'SecurityError');
			}
		} as unknown as IDBFactory;
		const { copy, doc } = copyOf(freshName(), undefined, undefined, forbidden);
		expect(await copy.load()).toBeNull();
		doc.getText('t').insert(0, 'x');
		await Promise.resolve();
		expect(copy.isComplete).toBe(false);
	});

	it('says that it does not hold a change that could not be written, and holds it once it can be', async () => {
		const { copy, doc, kept } = copyOf(freshName());
		await copy.load();
		const real = IDBObjectStore.prototype.add;
		const full = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (this: IDBObjectStore, value) {
			const request = real.call(this, value);
			this.transaction.abort();
			return request;
		});
		doc.getText('t').insert(0, 'a');
		await eventually(() => expect(full).toHaveBeenCalled());
		expect(copy.isComplete).toBe(false);
		full.mockRestore();
		doc.getText('t').insert(1, 'b');
		await kept();
	});
});
