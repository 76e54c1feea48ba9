import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { DeviceRescues } from './device-rescues.ts';
import { LONGEST_RESCUE } from './rescue-note.ts';
import { keyOf, type Rescue } from './rescue.ts';

const DELETION = { from: 'the server' };

/** Someone's device: a text in two passages, what it keeps, and what it sent. */
function aDevice() {
	const doc = new Y.Doc();
	doc.getArray<Y.Text>('passages').push([new Y.Text('Le premier.'), new Y.Text('Le second.')]);
	const server = new Y.Doc();
	Y.applyUpdate(server, Y.encodeStateAsUpdate(doc));
	const kept = new Map<string, Rescue>();
	const posted: Rescue[] = [];
	const rescues = new DeviceRescues({
		keep: (found) => found.forEach((rescue) => kept.set(keyOf(rescue), rescue)),
		drop: (found) => found.forEach((rescue) => kept.delete(keyOf(rescue))),
		post: (rescue) => posted.push(rescue)
	});
	const write = (texte: string) => doc.getArray<Y.Text>('passages').get(0).insert(0, texte);
	/** The server's passage goes, and this device hears it. */
	const hearDeletion = ({ isSent = false, isFromServer = true } = {}) => {
		const updates: Uint8Array[] = [];
		server.once('update', (update: Uint8Array) => updates.push(update));
		server.getArray('passages').delete(0, 1);
		doc.once('afterTransaction', (transaction: Y.Transaction) =>
			rescues.watch(transaction, { updates, isFromServer, isSent })
		);
		updates.forEach((update) => Y.applyUpdate(doc, update, DELETION));
	};
	const toServer = () => Y.applyUpdate(server, Y.encodeStateAsUpdate(doc));
	return { rescues, kept, posted, write, hearDeletion, toServer };
}

const textsOf = (rescues: Iterable<Rescue>) => [...rescues].map(({ texte }) => texte);

describe('R87. words that went with a passage before the server had them', () => {
	it('are on the device before anyone knows whether they arrive, and leave it when they did', () => {
		const { rescues, kept, posted, write, hearDeletion } = aDevice();
		write('En chemin. ');
		hearDeletion({ isSent: true });
		expect([textsOf(kept.values()), rescues.lost, rescues.pending]).toEqual([['En chemin. '], [], 0]);
		rescues.settle();
		expect([kept.size, posted]).toEqual([0, []]);
	});

	it('are sent apart once the connection that carried them has failed and all else is saved, then leave the device', () => {
		const { rescues, kept, posted, write, hearDeletion } = aDevice();
		write('Perdu. ');
		hearDeletion({ isSent: true });
		rescues.cut();
		expect([textsOf(rescues.lost), rescues.pending, posted]).toEqual([['Perdu. '], 1, []]);
		rescues.settle();
		rescues.settle();
		expect([textsOf(posted), rescues.lost, rescues.pending]).toEqual([['Perdu. '], [], 1]);
		rescues.hear({ ...(posted[0] as Rescue), sort: 'garde' });
		expect([kept.size, rescues.pending]).toEqual([0, 0]);
	});

	it('are not what the server had already: its deletion names it', () => {
		const { kept, write, hearDeletion, toServer } = aDevice();
		write('Arrivé. ');
		toServer();
		hearDeletion();
		expect(kept.size).toBe(0);
	});

	it('stay, and say why, when they are refused; they are tried again at the next connection', () => {
		const { rescues, kept, posted, write, hearDeletion } = aDevice();
		write('Perdu. ');
		hearDeletion();
		rescues.settle();
		rescues.hear({ ...(posted[0] as Rescue), sort: 'refus', raison: 'Non.' });
		expect([rescues.lost, rescues.pending, kept.size]).toMatchObject([[{ texte: 'Perdu. ', refusal: 'Non.' }], 0, 1]);
		rescues.settle();
		expect(posted.length).toBe(1);
		rescues.cut();
		rescues.settle();
		expect(posted.length).toBe(2);
	});

	it('go in pieces when they are long, one at a time, and no character is cut in two', () => {
		const { rescues, kept, posted, write, hearDeletion } = aDevice();
		const long = `${'x'.repeat(LONGEST_RESCUE - 1)}🌊${'y'.repeat(LONGEST_RESCUE)}`;
		write(long);
		hearDeletion();
		for (let sent = 0; rescues.pending > 0; sent++) {
			rescues.settle();
			expect(posted.length).toBe(sent + 1);
			rescues.hear({ ...(posted[sent] as Rescue), sort: 'garde' });
		}
		expect(textsOf(posted).join('')).toBe(long);
		expect(posted.every(({ texte }) => texte.length <= LONGEST_RESCUE && texte.isWellFormed())).toBe(true);
		expect(kept.size).toBe(0);
	});

	it('found again by a later visit are the same words', () => {
		const { rescues, kept, write, hearDeletion } = aDevice();
		write('Perdu. ');
		hearDeletion();
		rescues.restore([...kept.values()]);
		expect(textsOf(rescues.lost)).toEqual(['Perdu. ']);
		rescues.forget(rescues.lost[0] as Rescue);
		expect([rescues.lost, kept.size]).toEqual([[], 0]);
	});
});
