import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { VueSiege } from '#lib/salles/vue-siege.ts';
import { openTestApp, type TestApp } from '../../tests/support/app.ts';
import { salleDEssai, type SalleDEssai } from '../../tests/support/salle.ts';
import { attendreEnvoi } from './attendre.ts';
import type { Envoi, Spectateur } from './salles.ts';

let app: TestApp;
let salle: SalleDEssai;
beforeAll(async () => {
	app = await openTestApp();
});
afterEach(() => app.clear());
afterAll(() => app?.end());

const ask = (spectateur: Spectateur, revision: number | null, signal = new AbortController().signal) =>
	attendreEnvoi(app.salles, { seanceId: salle.seanceId, spectateur, revision, delai: 20_000, now: app.now, signal });

it('answers a page that has nothing at once, and one that has all when something changes in its view', async () => {
	salle = await salleDEssai(app);
	await salle.etape('tour', 1);
	const [ici, voisin] = [await salle.siege(1), await salle.siege(1)];
	const first = (await ask(voisin, null)) as Extract<Envoi, { type: 'debut' }>;
	expect((first.vue as unknown as VueSiege).cartes).toEqual([]);
	const next = ask(voisin, first.revision);
	await salle.acte(ici, 'ajouterCarte', { texte: 'Un bus de plus le soir' });
	expect(JSON.stringify(await next)).toContain('Un bus de plus');
	expect(await ask(voisin, first.revision), 'a page that missed it').toMatchObject({ type: 'debut' });
});

it('says that there is nothing to say to a page that leaves, and that its seat is gone to one that has none', async () => {
	salle = await salleDEssai(app);
	const siege = await salle.siege(1);
	const { revision } = (await ask(siege, null)) as Extract<Envoi, { type: 'debut' }>;
	const leaving = new AbortController();
	const asked = ask(siege, revision, leaving.signal);
	leaving.abort();
	expect(await asked).toMatchObject({ type: 'rien', revision });
	expect(await ask({ genre: 'siege', siegeId: 'un-siege-d-ailleurs' }, null)).toEqual({ type: 'fin' });
});
