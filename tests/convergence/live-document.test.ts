import { HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { DocumentName } from '#lib/documents/document.ts';
import type * as Y from 'yjs';
import { corpsOf } from '#lib/editor/prose.ts';
import type { LostWords } from '#lib/collaboration/device-rescues.ts';
import { LiveDocument } from '#lib/collaboration/live-document.svelte.ts';
import { texteOf } from '#lib/fiches/fiche.ts';
import { NO_ACCESS } from '#server/collaboration/socket.ts';
import { LiveWorld, type Someone } from '../support/live-world.ts';
import { socketOf } from '../support/provider-socket.ts';

/** On a busy machine too. */
const eventually = (look: () => unknown) => vi.waitFor(look, { timeout: 10_000 });

let world: LiveWorld;
beforeAll(async () => {
	world = await LiveWorld.open();
});
afterAll(() => world.remove());

const cleanups: (() => void)[] = [];
const mends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
	for (const mend of mends.splice(0)) await mend();
	vi.restoreAllMocks();
	for (const clean of cleanups.splice(0).reverse()) clean();
});

/** The socket that a tab of someone shares between its documents. */
function tabOf({ cookie }: Someone): HocuspocusProviderWebsocket {
	const { url, origin } = world;
	const socket = new HocuspocusProviderWebsocket({
		url,
		WebSocketPolyfill: socketOf(cookie, origin),
		delay: 20,
		minDelay: 10,
		maxDelay: 40
	});
	cleanups.push(() => socket.destroy());
	return socket;
}

function openIn(socket: HocuspocusProviderWebsocket, someone: Someone, name: DocumentName): LiveDocument {
	const document = new LiveDocument(name, {
		compteId: someone.compteId,
		socket,
		onChange: () => undefined,
		onReleased: () => undefined
	});
	cleanups.push(() => document.destroy());
	return document;
}

function write(document: LiveDocument, text: string): void {
	document.edit(() => texteOf(document.doc, 'echeance')?.insert(0, text));
}

function textOf(document: LiveDocument): string {
	return texteOf(document.doc, 'echeance')?.toString() ?? '';
}

const becomes = (document: LiveDocument, state: LiveDocument['state']) =>
	eventually(() => expect(document.state).toBe(state));

async function aFiche(role: 'redacteur' | 'lecteur' = 'redacteur') {
	const pacte = await world.addPacte();
	const someone = await world.addSomeone('Amina', pacte.pacteId, role);
	return { ...pacte, someone };
}

async function breakTheLog(): Promise<() => Promise<unknown>> {
	vi.spyOn(console, 'error').mockImplementation(() => undefined);
	const body = sql`begin select raise(abort, 'the disk is full'); end`;
	await sql`create trigger plein before insert on mises_a_jour ${body}`.execute(world.db);
	const mend = () => sql`drop trigger if exists plein`.execute(world.db);
	mends.push(mend);
	return mend;
}

describe('a live document in a tab', () => {
	it('says « enregistré » only for what the server has acknowledged, and counts the rest', async () => {
		const { someone, fiche } = await aFiche();
		const document = openIn(tabOf(someone), someone, fiche);
		expect(document.state).toBe('connexion');
		await becomes(document, 'enregistre');
		expect([document.ready, document.canWrite]).toEqual([true, true]);
		const mend = await breakTheLog();
		for (const letter of 'abc') write(document, letter);
		expect([document.state, document.pending]).toEqual(['attente', 3]);
		await becomes(document, 'panne');
		expect(document.pending).toBe(3);
		await mend();
		await becomes(document, 'enregistre');
		expect(document.pending).toBe(0);
		expect(await world.collaboration.read(fiche, (doc) => texteOf(doc, 'echeance')?.toString())).toBe('cba');
	});

	it('counts what is written without network, and does not call it saved on return before it is durable', async () => {
		const { someone, fiche } = await aFiche();
		const socket = tabOf(someone);
		const document = openIn(socket, someone, fiche);
		await becomes(document, 'enregistre');
		const mend = await breakTheLog();
		write(document, 'a');
		socket.disconnect();
		await becomes(document, 'hors_ligne');
		write(document, 'b');
		write(document, 'c');
		expect(document.pending).toBe(3);
		await socket.connect();
		await becomes(document, 'panne');
		expect(document.pending).toBe(3);
		write(document, 'd');
		expect(document.pending).toBe(4);
		await mend();
		await becomes(document, 'enregistre');
		expect(document.pending).toBe(0);
		expect(await world.collaboration.read(fiche, (doc) => texteOf(doc, 'echeance')?.toString())).toBe('dcba');
	});

	it('without a place to keep a copy it works online, and does not say that it keeps anything', async () => {
		const { someone, fiche } = await aFiche();
		const document = openIn(tabOf(someone), someone, fiche);
		await becomes(document, 'enregistre');
		write(document, 'x');
		await becomes(document, 'enregistre');
		expect(document.isKept).toBe(false);
	});

	it('shows the other people, as the server knows them, and not one’s own other tab', async () => {
		const { someone, fiche, pacteId } = await aFiche();
		const reader = await world.addSomeone('Bruno', pacteId, 'lecteur');
		const mine = openIn(tabOf(someone), someone, fiche);
		const myOtherTab = openIn(tabOf(someone), someone, fiche);
		const theirs = openIn(tabOf(reader), reader, fiche);
		mine.setChamp('objectifs');
		await eventually(() => expect(theirs.others.length).toBe(2));
		expect(theirs.others).toContainEqual({
			clientId: mine.doc.clientID,
			compteId: someone.compteId,
			nom: 'Amina',
			organisme: 'Département de la Haute-Rivière',
			champ: 'objectifs'
		});
		await eventually(() => expect(mine.others.map(({ nom }) => nom)).toEqual(['Bruno']));
		myOtherTab.destroy();
		await eventually(() => expect(theirs.others.length).toBe(1));
		mine.setChamp(null);
		await eventually(() => expect(theirs.others[0]?.champ).toBeNull());
	});

	it('two tabs of one person write at once, and undo takes back only what was written in that tab', async () => {
		const { someone, fiche } = await aFiche();
		const [one, two] = [openIn(tabOf(someone), someone, fiche), openIn(tabOf(someone), someone, fiche)];
		await Promise.all([becomes(one, 'enregistre'), becomes(two, 'enregistre')]);
		write(one, 'un ');
		await eventually(() => expect(textOf(two)).toBe('un '));
		write(two, 'deux ');
		await eventually(() => expect(textOf(one)).toBe('deux un '));
		one.undo.undo();
		await eventually(() => expect(textOf(two)).toBe('deux '));
		expect(one.undo.canUndo()).toBe(false);
		await Promise.all([becomes(one, 'enregistre'), becomes(two, 'enregistre')]);
	});

	it('someone who may only read changes nothing, and is calmly up to date', async () => {
		const { someone, fiche } = await aFiche('lecteur');
		const document = openIn(tabOf(someone), someone, fiche);
		await becomes(document, 'enregistre');
		write(document, 'non');
		expect([document.canWrite, document.pending, textOf(document)]).toEqual([false, 0, '']);
	});

	it('a writer who becomes a reader reads why; what was not saved is never called saved', async () => {
		const { someone, fiche } = await aFiche();
		const document = openIn(tabOf(someone), someone, fiche);
		await becomes(document, 'enregistre');
		await world.db
			.updateTable('participations')
			.set({ role: 'lecteur' })
			.where('compte_id', '=', someone.compteId)
			.execute();
		const mend = await breakTheLog();
		write(document, 'trop tard');
		await world.collaboration.refreshRights();
		await eventually(() => expect(document.refusal).toMatch(/lire ce texte/));
		expect(document.canWrite).toBe(false);
		await mend();
	});

	it('a document that is not theirs says so and does not open', async () => {
		const { someone } = await aFiche();
		const other = await world.addPacte();
		const document = openIn(tabOf(someone), someone, other.fiche);
		await eventually(() => expect(document.refusal).toBe(NO_ACCESS));
		expect([document.ready, document.canWrite]).toEqual([false, false]);
	});

	it('a document that is left and opened again on the same socket works, with or without network in between', async () => {
		const { someone, fiche, orientations } = await aFiche();
		const socket = tabOf(someone);
		const other = openIn(socket, someone, orientations);
		const first = openIn(socket, someone, fiche);
		await becomes(first, 'enregistre');
		first.destroy();
		const second = openIn(socket, someone, fiche);
		await becomes(second, 'enregistre');
		socket.disconnect();
		await becomes(second, 'hors_ligne');
		second.destroy();
		const third = openIn(socket, someone, fiche);
		await socket.connect();
		await becomes(third, 'enregistre');
		write(third, 'encore');
		await becomes(third, 'enregistre');
		await becomes(other, 'enregistre');
		expect(await world.collaboration.read(fiche, (doc) => texteOf(doc, 'echeance')?.toString())).toBe('encore');
	});

	/** Amina's words are on their way when she hears that Bruno deleted their passage; then the network fails. */
	async function loseWords() {
		const { pacteId, someone } = await aFiche();
		const name = await world.addSection(pacteId, [
			{ type: 'paragraphe', contenu: [{ type: 'texte', texte: 'Le passage.' }] }
		]);
		const socket = tabOf(someone);
		const document = openIn(socket, someone, name);
		await becomes(document, 'enregistre');
		const other = world.client(await world.addSomeone('Bruno', pacteId, 'redacteur'), name);
		await other.ready();
		// What leaves is held up; what comes arrives.
		const send = vi.spyOn(socket, 'send').mockImplementation(() => undefined);
		const text = () => (corpsOf(document.doc).get(0) as Y.XmlElement).get(0) as Y.XmlText;
		document.edit(() => text().insert(0, 'Écrit en chemin. '));
		corpsOf(other.doc).delete(0, 1);
		await eventually(() => expect(corpsOf(document.doc).length).toBe(0));
		expect(document.lost).toEqual([]);
		socket.disconnect();
		await eventually(() => expect(document.lost).toMatchObject([{ texte: 'Écrit en chemin. ', refusal: null }]));
		send.mockRestore();
		return { name, pacteId, someone, socket, document };
	}

	const keptOf = (name: string) =>
		world.db.selectFrom('rescapes').select(['texte', 'compte_id']).where('document', '=', name).execute();

	it('R85. own words that were on their way when their passage was deleted and the network failed are on the page, then on the server, once', async () => {
		const { name, pacteId, someone, socket, document } = await loseWords();
		expect([document.state, document.pending]).toEqual(['hors_ligne', 2]);
		await socket.connect();
		await becomes(document, 'enregistre');
		expect([document.lost, document.pending]).toEqual([[], 0]);
		await world.collaboration.settle(pacteId);
		expect(await keptOf(name)).toEqual([{ texte: 'Écrit en chemin. ', compte_id: someone.compteId }]);
	});

	it('R85. own words that are put back while the network is away are not offered once more', async () => {
		const { name, pacteId, socket, document } = await loseWords();
		document.forgetLost(document.lost[0] as LostWords);
		expect(document.lost).toEqual([]);
		await socket.connect();
		await becomes(document, 'enregistre');
		await world.collaboration.settle(pacteId);
		expect(await keptOf(name)).toEqual([]);
	});
});
