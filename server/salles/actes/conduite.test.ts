import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { REGLAGES_DE_DEPART } from '#lib/salles/salle.ts';
import type { VueSiege } from '#lib/salles/vue-siege.ts';
import { engines, openTestApp, type TestApp } from '../../../tests/support/app.ts';
import { salleDEssai, type SalleDEssai } from '../../../tests/support/salle.ts';
import type { ActeurDeSalle } from '../acte.ts';

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`leading a room, on ${engine}`, () => {
		let app: TestApp;
		let salle: SalleDEssai;
		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		afterEach(() => app.clear());
		afterAll(() => app?.end());

		const anime = (acte: string, donnees: Record<string, unknown> = {}) => salle.acte(salle.animateur, acte, donnees);
		const vueDe = async (siege: ActeurDeSalle & { genre: 'siege' }) =>
			(await app.salles.look(salle.seanceId, siege))!.vue as unknown as VueSiege;
		const textes = async (siege: ActeurDeSalle & { genre: 'siege' }) =>
			(await vueDe(siege)).cartes.map(({ texte }) => texte);

		it('hides a card with a reason, that is asked for and written down, and shows it again', async () => {
			salle = await salleDEssai(app);
			await salle.etape('tour', 1);
			const [auteur, voisin] = [await salle.siege(1), await salle.siege(1)];
			const { carte } = (await salle.acte(auteur, 'ajouterCarte', { texte: 'Mme X a dit' })) as { carte: string };
			await expect(anime('masquerCarte', { carte, motif: ' ' })).rejects.toMatchObject({ code: 'invalide' });
			await anime('masquerCarte', { carte, motif: 'Nomme une personne' });
			expect(await textes(voisin)).toEqual([]);
			await anime('montrerCarte', { carte });
			expect(await textes(voisin)).toEqual(['Mme X a dit']);
			expect((await salle.pacte.actes()).filter((acte) => acte === 'carte_moderee')).toHaveLength(2);
			await expect(salle.acte(voisin, 'masquerCarte', { carte, motif: 'x' })).rejects.toMatchObject({
				code: 'interdit'
			});
		});

		it('shows a card of a moderated room to the others once it is accepted', async () => {
			salle = await salleDEssai(app, { reglages: { ...REGLAGES_DE_DEPART, moderation: true } });
			await salle.etape('tour', 1);
			const [auteur, voisin] = [await salle.siege(1), await salle.siege(1)];
			const { carte } = (await salle.acte(auteur, 'ajouterCarte', { texte: 'Un bus' })) as { carte: string };
			expect(await textes(voisin)).toEqual([]);
			await anime('montrerCarte', { carte });
			expect(await textes(voisin)).toEqual(['Un bus']);
		});

		it('says something to one table or to all, and takes it back', async () => {
			salle = await salleDEssai(app);
			await salle.etape('tour', 1);
			const [un, deux] = [await salle.siege(1), await salle.siege(2)];
			const table = (await salle.lire()).tables[0]!.id;
			await anime('envoyerMessage', { texte: 'Parlez plus fort', table });
			expect((await vueDe(un)).message?.texte).toBe('Parlez plus fort');
			expect((await vueDe(deux)).message).toBeNull();
			await anime('envoyerMessage', { texte: 'Café à 15 h' });
			expect((await vueDe(deux)).message?.texte).toBe('Café à 15 h');
			await anime('retirerMessage', { message: (await vueDe(deux)).message!.id });
			expect((await vueDe(deux)).message).toBeNull();
			await expect(anime('envoyerMessage', { texte: 'x', table: 'table-inconnue' })).rejects.toMatchObject({
				code: 'introuvable'
			});
		});

		it('chooses what the wall shows, until the next step', async () => {
			salle = await salleDEssai(app);
			await salle.etape('tour', 1);
			await anime('montrerAuMur', { vue: 'galerie', page: 2 });
			expect((await salle.lire()).mur).toEqual({ vue: 'galerie', page: 2, objet: '' });
			await anime('montrerAuMur', { vue: 'etape' });
			expect((await salle.lire()).mur).toBeNull();
			await anime('montrerAuMur', { vue: 'noir' });
			await salle.etape('deplacement', 2);
			expect((await salle.lire()).mur).toBeNull();
		});

		it('tells the facilitators neither who wrote a card nor who voted for what', async () => {
			salle = await salleDEssai(app);
			await salle.etape('tour', 1);
			const siege = await salle.siege(1);
			await salle.acte(siege, 'ajouterCarte', { texte: 'Un bus' });
			const { cartes, sieges: _, ...vue } = (await app.salles.look(salle.seanceId, { genre: 'animateur' }))!.vue;
			expect(JSON.stringify(cartes)).toContain('Un bus');
			expect(JSON.stringify([cartes, vue])).not.toContain(siege.siegeId);
		});
	});
}
