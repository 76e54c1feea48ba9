import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { appliquer } from '#lib/salles/changements.ts';
import type { VueSiege } from '#lib/salles/vue-siege.ts';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { salleDEssai, type SalleDEssai } from '../../tests/support/salle.ts';
import type { Envoi, Spectateur } from './salles.ts';

/** A page that puts together what it is sent, as a device does. */
class Page {
	vue: unknown = null;
	readonly envois: Envoi[] = [];
	stop = () => {};
	readonly #waiting: (() => void)[] = [];

	static async open(app: TestApp, seanceId: string, spectateur: Spectateur): Promise<Page> {
		const page = new Page();
		page.stop = await app.salles.follow(seanceId, spectateur, (envoi) => page.#receive(envoi));
		return page;
	}

	async until(shown: (vue: VueSiege) => boolean): Promise<VueSiege> {
		while (!shown(this.vue as VueSiege)) await new Promise<void>((resolve) => this.#waiting.push(resolve));
		return this.vue as VueSiege;
	}

	/** Every byte that this page was ever sent. */
	get bytes(): string {
		return JSON.stringify(this.envois);
	}

	#receive(envoi: Envoi): void {
		this.envois.push(structuredClone(envoi));
		if (envoi.type === 'debut') this.vue = envoi.vue;
		if (envoi.type === 'suite' && envoi.changements) this.vue = appliquer(this.vue as object, envoi.changements);
		for (const resolve of this.#waiting.splice(0)) resolve();
	}
}

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`a room, on ${engine}`, () => {
		let app: TestApp;
		let salle: SalleDEssai;
		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		afterEach(() => app.clear());
		afterAll(() => app?.end());

		it('shows a card to the others of its table, and counts it once when it is sent twice', async () => {
			salle = await salleDEssai(app);
			await salle.etape('tour', 1);
			const [ici, voisin, ailleurs] = await Promise.all([salle.siege(1), salle.siege(1), salle.siege(2)]);
			const pages = await Promise.all([voisin, ailleurs].map((siege) => Page.open(app, salle.seanceId, siege)));
			const carte = { texte: 'Un bus de plus le soir', nature: 'besoin' };
			const [first, second] = [
				await salle.acte(ici, 'ajouterCarte', carte, 'cle-de-la-carte'),
				await salle.acte(ici, 'ajouterCarte', carte, 'cle-de-la-carte')
			];
			expect(second).toEqual(first);
			const shown = await pages[0]!.until(({ cartes }) => cartes.length > 0);
			expect(shown.cartes).toMatchObject([{ texte: carte.texte, nature: 'besoin', mienne: false, privee: false }]);
			const { minuteur } = await salle.lire();
			await salle.acte(salle.animateur, 'prolonger', { minutes: 1 });
			await pages[1]!.until(({ etape }) => etape?.minuteur?.fin !== minuteur?.fin);
			expect(pages[1]!.bytes).not.toContain(carte.texte);
			pages.forEach(({ stop }) => stop());
		});

		it('sends no private card to anyone but its author', async () => {
			salle = await salleDEssai(app, { ecritureSilencieuse: true });
			await salle.etape('tour', 1);
			const [ici, voisin] = [await salle.siege(1), await salle.siege(1)];
			const [mine, other] = [await Page.open(app, salle.seanceId, ici), await Page.open(app, salle.seanceId, voisin)];
			await salle.acte(ici, 'ajouterCarte', { texte: 'Je n’ose pas le dire' });
			expect((await mine.until(({ cartes }) => cartes.length > 0)).cartes).toMatchObject([
				{ mienne: true, privee: true }
			]);
			await salle.acte(voisin, 'ajouterCarte', { texte: 'Autre chose' });
			await other.until(({ cartes }) => cartes.length > 0);
			expect(other.bytes).not.toContain('Je n’ose pas');
			mine.stop();
			other.stop();
		});

		it('refuses an act that is not a seat’s, and a seat of another room', async () => {
			salle = await salleDEssai(app);
			const siege = await salle.siege(1);
			await expect(salle.acte(siege, 'ouvrirSalle')).rejects.toMatchObject({ code: 'interdit' });
			await expect(
				salle.acte({ genre: 'siege', siegeId: 'un-siege-d-ailleurs' }, 'ajouterCarte', { texte: 'x' })
			).rejects.toMatchObject({ code: 'non_connecte' });
		});
	});
}
