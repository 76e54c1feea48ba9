import { expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import type { Role } from '#lib/documents/rights.ts';
import {
	addLignes,
	addSeries,
	celluleOf,
	figureOf,
	reglagesOf,
	removeLigne,
	setForme,
	texteOf
} from '#lib/figures/figure.ts';
import { MAYENNE } from '#lib/figures/testing.ts';
import { REFUSALS } from '#server/collaboration/admission.ts';
import { describeOnEachEngine } from '../../tests/support/engines.ts';
import type { LiveClient } from '../../tests/support/live-client.ts';
import { newId } from '../ids.ts';
import { insertFigure } from './figures.ts';

describeOnEachEngine('a figure that people have open', (world) => {
	async function open(
		role: Role
	): Promise<{ client: LiveClient; id: string; pacteId: string; join: (other: Role) => Promise<LiveClient> }> {
		const { pacteId } = await world().addPacte();
		const id = newId();
		const birth = { id, pacteId, rang: 0, figure: MAYENNE[2]!, now: world().now() };
		await world()
			.db.transaction()
			.execute((trx) => insertFigure(trx, birth));
		const join = async (as: Role) => {
			const client = world().client(await world().addSomeone(newId(), pacteId, as), `figure.${id}`);
			await client.until(() => client.scope !== null && celluleOf(client.doc, 'l1', 's1') !== undefined);
			return client;
		};
		return { client: await join(role), id, pacteId, join };
	}

	it.each(['equipe_projet', 'redacteur', 'partenaire'] as const)(
		'%s writes cells, rows, columns and the form, and others see it',
		async (role) => {
			const { client, join, id, pacteId } = await open(role);
			const other = await join('redacteur');
			client.doc.transact(() => {
				addLignes(client.doc, ['nouvelle']);
				addSeries(client.doc, ['2020']);
				celluleOf(client.doc, 'nouvelle', '2020')?.insert(0, '12');
				setForme(client.doc, 'groupees');
				removeLigne(client.doc, 'l1');
			});
			await client.saved();
			expect(client.answers).not.toContain(false);
			await other.until(() => celluleOf(other.doc, 'nouvelle', '2020')?.toString() === '12');
			await world().collaboration.settle(pacteId);
			const valeurs = await world()
				.db.selectFrom('figure_valeurs')
				.select(['ligne_id', 'nombre'])
				.where('figure_id', '=', id)
				.execute();
			expect(valeurs).toEqual([{ ligne_id: 'nouvelle', nombre: 12 }]);
		}
	);

	it.each(['relecteur', 'lecteur'] as const)('%s reads only', async (role) => {
		const { client } = await open(role);
		expect(client.scope).toBe('readonly');
	});

	it.each<[string, (doc: Y.Doc) => void, string]>([
		['replaces the title', (doc) => figureOf(doc).set('titre', new Y.Text('à moi')), REFUSALS.shape],
		['removes the grid', (doc) => figureOf(doc).delete('lignes'), REFUSALS.fixed],
		['adds what a figure has not', (doc) => figureOf(doc).set('video', 'x'), REFUSALS.shape],
		['puts an object in the form', (doc) => (reglagesOf(doc) as Y.Map<unknown>).set('forme', { a: 1 }), REFUSALS.shape],
		['formats the title', (doc) => texteOf(doc, 'titre')?.format(0, 3, { gras: true }), REFUSALS.shape]
	])('whoever %s is refused, and the figure stays whole', async (_what, change, reason) => {
		const { client, id } = await open('redacteur');
		client.doc.transact(() => change(client.doc));
		await vi.waitFor(() => expect(client.notes.length).toBeGreaterThan(0), { timeout: 10_000 });
		expect(JSON.parse(client.notes[0] ?? '')).toEqual({ type: 'refus', raison: reason });
		await world().collaboration.read(`figure.${id}`, (doc) => {
			expect(texteOf(doc, 'titre')?.toString()).toBe('Taux de chômage');
			expect(celluleOf(doc, 'l1', 's2')?.toString()).toBe('9,1');
		});
	});
});
