import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { documentName, type DocumentName } from '#lib/documents/document.ts';
import { texteDeSynthese } from '#lib/salles/synthese.ts';
import { vueSiege } from '#lib/salles/vue-siege.ts';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { LiveClient } from '../../tests/support/live-client.ts';
import { salleDEssai, type SalleDEssai } from '../../tests/support/salle.ts';

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`what a table writes together, on ${engine}`, () => {
		let app: TestApp;
		let server: Server;
		let origin: string;
		let salle: SalleDEssai;
		const clients: LiveClient[] = [];
		beforeAll(async () => {
			app = await openTestApp(engine);
			server = createServer().on('upgrade', (...upgrade) => app.collaboration.handleUpgrade(...upgrade));
			server.listen(0, '127.0.0.1');
			await once(server, 'listening');
			origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		});
		beforeEach(async () => {
			salle = await salleDEssai(app);
			await salle.etape('tour', 1);
		});
		afterEach(async () => {
			for (const client of clients.splice(0)) client.close();
			await app.clear();
		});
		afterAll(async () => {
			server?.close();
			await app?.end();
		});

		const synthese = async (table: number): Promise<DocumentName> => {
			const { tables } = await salle.lire();
			return documentName('synthese', tables.find(({ numero }) => numero === table)!.id);
		};
		const open = ({ token }: { token: string }, name: string): LiveClient => {
			const client = new LiveClient({
				url: `${origin.replace('http', 'ws')}/collaboration?salle=${salle.seanceId}`,
				origin,
				name,
				cookie: `copacte_siege_${salle.seanceId}=${token}`
			});
			clients.push(client);
			return client;
		};
		const texteOf = ({ doc }: LiveClient) => texteDeSynthese(doc)!;

		it('is one text for those of the table, and soon in their view', async () => {
			const [amina, bruno] = [await salle.siege(1), await salle.siege(1)];
			const name = await synthese(1);
			const [a, b] = [open(amina, name), open(bruno, name)];
			await Promise.all([a.ready(), b.ready()]);
			texteOf(a).insert(0, 'On attend le bus. ');
			await a.saved();
			await b.until(() => texteOf(b).toString() !== '', 'the words of the other');
			texteOf(b).insert(texteOf(b).length, 'Il passe trop tôt.');
			await b.saved();
			await a.until(() => texteOf(a).toString() === texteOf(b).toString(), 'the same text');
			await app.collaboration.settle(salle.pacte.pacteId);
			const vue = vueSiege(await salle.lire(), amina.siegeId);
			expect(vue?.table?.synthese).toBe('On attend le bus. Il passe trop tôt.');
		});

		it('tells nobody which seat writes', async () => {
			const [amina, bruno] = [await salle.siege(1), await salle.siege(1)];
			const name = await synthese(1);
			const [a, b] = [open(amina, name), open(bruno, name)];
			await Promise.all([a.ready(), b.ready()]);
			a.sendPresence({ champ: 'texte' });
			await b.until(() => [...b.presence.values()].some((seen) => seen?.champ === 'texte'), 'somebody');
			expect(JSON.stringify([...b.presence.values()])).not.toContain(amina.siegeId);
		});

		it('is closed to another table, and a seat opens nothing else', async () => {
			const ailleurs = await salle.siege(2);
			for (const name of [await synthese(1), documentName('orientations', salle.pacte.pacteId)]) {
				const client = open(ailleurs, name);
				await client.until(() => client.denied !== null, 'a refusal');
				expect(client.scope).toBeNull();
			}
		});

		it('is only read once the room is closed, and follows who changes tables', async () => {
			const amina = await salle.siege(1);
			const name = await synthese(1);
			const a = open(amina, name);
			await a.ready();
			expect(a.scope).toBe('read-write');
			await app.db.updateTable('salles').set({ etat: 'close' }).where('seance_id', '=', salle.seanceId).execute();
			await app.collaboration.refreshRights();
			await a.until(() => a.closed !== null, 'a change of rights');
			const again = open(amina, name);
			await again.ready();
			expect(again.scope).toBe('readonly');

			const { tables } = await salle.lire();
			await app.db.updateTable('sieges').set({ table_id: tables[1]!.id }).where('id', '=', amina.siegeId).execute();
			await app.collaboration.refreshRights();
			await again.until(() => again.closed !== null, 'a change of rights');
			const late = open(amina, name);
			await late.until(() => late.denied !== null, 'a refusal');
		});

		it('opens to nobody without a seat', async () => {
			await salle.siege(1);
			const stranger = open({ token: 'un-jeton-qui-n-ouvre-rien' }, await synthese(1));
			await stranger.until(() => stranger.closed !== null, 'a refusal');
			expect(stranger.scope).toBeNull();
		});
	});
}
