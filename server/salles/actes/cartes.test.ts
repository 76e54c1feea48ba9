import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { vueSiege, type VueSiege } from '#lib/salles/vue-siege.ts';
import { engines, openTestApp, type TestApp } from '../../../tests/support/app.ts';
import { CAFE, salleDEssai, type SalleDEssai } from '../../../tests/support/salle.ts';
import type { ActeurDeSalle } from '../acte.ts';

type UnSiege = ActeurDeSalle & { genre: 'siege' };

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`cards of a table, on ${engine}`, () => {
		let app: TestApp;
		let salle: SalleDEssai;
		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		afterEach(() => app.clear());
		afterAll(() => app?.end());

		const vu = async (siege: UnSiege): Promise<VueSiege> => {
			const vue = vueSiege(await salle.lire(), siege.siegeId);
			if (!vue) throw new Error('This seat is shown nothing');
			return vue;
		};
		const ecrire = async (siege: ActeurDeSalle, texte: string, rest: Record<string, unknown> = {}) =>
			((await salle.acte(siege, 'ajouterCarte', { texte, ...rest })) as { carte: string }).carte;
		const textes = (cartes: { texte: string }[]) => cartes.map(({ texte }) => texte);

		it('is changed and taken back by the device that brought it, and by no other; undoing gives it back as it was', async () => {
			salle = await salleDEssai(app);
			await salle.etape('tour', 1);
			const [ici, voisin] = [await salle.siege(1), await salle.siege(1)];
			const carte = await ecrire(ici, 'Un bus');
			await salle.acte(ici, 'choisirPepite', { carte, oui: true });
			for (const acte of ['modifierCarte', 'retirerCarte'])
				await expect(salle.acte(voisin, acte, { carte, texte: 'Autre', nature: 'idee' }), acte).rejects.toMatchObject({
					code: 'interdit'
				});
			await salle.acte(ici, 'modifierCarte', { carte, texte: 'Un bus le soir', nature: 'besoin' });
			expect((await vu(voisin)).cartes).toMatchObject([{ texte: 'Un bus le soir', nature: 'besoin', pepite: 1 }]);
			await salle.acte(ici, 'retirerCarte', { carte });
			expect((await vu(voisin)).cartes).toEqual([]);
			await salle.acte(ici, 'remettreCarte', { carte });
			expect((await vu(voisin)).cartes).toMatchObject([{ texte: 'Un bus le soir', pepite: 1 }]);
		});

		it('written in silence is shown by the host of its table alone, or by the facilitator; what comes next is shown at once', async () => {
			salle = await salleDEssai(app, { ecritureSilencieuse: true });
			await salle.etape('tour', 1);
			const [hote, voisin, ailleurs] = [await salle.siege(1), await salle.siege(1), await salle.siege(2)];
			await salle.acte(hote, 'prendreHote');
			await ecrire(voisin, 'Je n’ose pas le dire');
			await ecrire(ailleurs, 'Ailleurs');
			expect(await vu(hote)).toMatchObject({ cartes: [], table: { aReveler: 1 }, etape: { prive: true } });
			expect(await vu(ailleurs)).toMatchObject({ table: { aReveler: 0 } });
			await expect(salle.acte(voisin, 'reveler')).rejects.toMatchObject({ code: 'interdit' });
			await salle.acte(hote, 'reveler');
			expect(await vu(hote)).toMatchObject({
				cartes: [{ texte: 'Je n’ose pas le dire', mienne: false }],
				etape: { prive: false }
			});
			expect((await salle.lire()).cartes.find(({ texte }) => texte === 'Ailleurs')).toMatchObject({ revelee: false });
			await ecrire(voisin, 'Ensuite');
			expect(textes((await vu(hote)).cartes)).toContain('Ensuite');
			await salle.acte(salle.animateur, 'reveler');
			expect((await salle.lire()).cartes.every(({ revelee }) => revelee)).toBe(true);
			const tard = await salle.siege(3);
			await ecrire(tard, 'Après tous');
			expect((await vu(await salle.siege(3))).cartes).toMatchObject([{ texte: 'Après tous' }]);
		});

		it('begun in a round goes to that round and to its table, even when it comes ten minutes after', async () => {
			salle = await salleDEssai(app);
			await salle.etape('tour', 1);
			const siege = await salle.siege(1);
			const { etapeId, tables } = await salle.lire();
			await salle.etape('deplacement', 2);
			await salle.acte(siege, 'choisirTable', { table: tables[1]?.id });
			await salle.etape('tour', 2);
			app.advance(10 * 60_000);
			await ecrire(siege, 'Commencée avant', { etape: etapeId, table: tables[0]?.id });
			const { cartes } = await salle.lire();
			expect(cartes).toMatchObject([{ texte: 'Commencée avant', tour: 1, tableId: tables[0]?.id, etapeId }]);
			expect(textes((await vu(await salle.siege(1))).avant)).toEqual(['Commencée avant']);
			expect(textes((await vu(siege)).ailleurs)).toEqual(['Commencée avant']);
		});

		it('that waited on a device while the room was closed is kept, without its seat', async () => {
			salle = await salleDEssai(app);
			await salle.etape('tour', 1);
			const siege = await salle.siege(1);
			const { etapeId } = await salle.lire();
			await app.db.updateTable('salles').set({ etat: 'close' }).execute();
			await ecrire(siege, 'Partie trop tard', { etape: etapeId });
			expect((await salle.lire()).cartes).toMatchObject([{ texte: 'Partie trop tard', siegeId: null }]);
			await expect(salle.acte(siege, 'appelerAnimateur', { oui: true })).rejects.toMatchObject({ code: 'conflit' });
		});

		it('is refused with its reason when it is empty, too long, or for a step in which nobody writes or that has not begun', async () => {
			salle = await salleDEssai(app);
			const siege = await salle.siege(1);
			const { etapes } = await salle.lire();
			await expect(ecrire(siege, 'À l’accueil')).rejects.toMatchObject({ code: 'conflit' });
			await salle.etape('tour', 1);
			await expect(ecrire(siege, '  ')).rejects.toMatchObject({ code: 'invalide' });
			await expect(ecrire(siege, 'é'.repeat(401))).rejects.toMatchObject({ code: 'invalide' });
			const tour2 = etapes.find(({ tour, genre }) => tour === 2 && genre === 'tour')?.id;
			await expect(ecrire(siege, 'Trop tôt', { etape: tour2 })).rejects.toMatchObject({ code: 'conflit' });
			await ecrire(siege, '🌉'.repeat(400));
			expect((await salle.lire()).cartes).toHaveLength(1);
		});

		it('in a moderated room waits for the facilitator, whatever the host shows, and again when its words change', async () => {
			salle = await salleDEssai(app, { reglages: { ...CAFE.reglages, moderation: true } });
			await salle.etape('tour', 1);
			const [ici, voisin] = [await salle.siege(1), await salle.siege(1)];
			const carte = await ecrire(ici, 'À lire');
			await salle.acte(voisin, 'prendreHote');
			await salle.acte(voisin, 'reveler');
			expect((await vu(voisin)).cartes).toEqual([]);
			expect((await vu(ici)).cartes).toMatchObject([{ attente: true }]);
			await salle.acte(salle.animateur, 'montrerCarte', { carte });
			expect((await vu(voisin)).cartes).toMatchObject([{ texte: 'À lire' }]);
			await salle.acte(ici, 'modifierCarte', { carte, texte: 'Autre chose', nature: 'idee' });
			expect((await vu(voisin)).cartes).toEqual([]);
		});

		it('is one of three pépites at most by table and round, even when two devices choose at once; the last surprise counts', async () => {
			salle = await salleDEssai(app);
			await salle.etape('tour', 1);
			const [ici, voisin, ailleurs] = [await salle.siege(1), await salle.siege(1), await salle.siege(2)];
			const cartes = [];
			for (const texte of ['a', 'b', 'c', 'd']) cartes.push(await ecrire(ici, texte));
			const choices = await Promise.allSettled(
				cartes.map((carte, i) => salle.acte(i % 2 ? ici : voisin, 'choisirPepite', { carte, oui: true }))
			);
			expect(choices.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
			const chosen = (await salle.lire()).cartes.flatMap(({ pepite }) => pepite ?? []);
			expect(chosen.sort()).toEqual([1, 2, 3]);
			for (const carte of cartes.slice(0, 2)) await salle.acte(voisin, 'choisirSurprise', { carte, oui: true });
			expect((await salle.lire()).cartes.filter(({ surprise }) => surprise)).toMatchObject([{ texte: 'b' }]);
			await expect(salle.acte(ailleurs, 'choisirSurprise', { carte: cartes[0], oui: true })).rejects.toMatchObject({
				code: 'interdit'
			});
		});

		it('typed from paper is taken back by facilitators, who take back no participant’s', async () => {
			salle = await salleDEssai(app);
			await salle.etape('tour', 1);
			const siege = await salle.siege(1);
			const { tables } = await salle.lire();
			const papier = await ecrire(salle.animateur, 'Sur un post-it', { source: 'papier', table: tables[0]?.id });
			app.advance(1);
			const sienne = await ecrire(siege, 'À l’écran');
			expect((await vu(siege)).cartes).toMatchObject([{ source: 'papier', mienne: false }, { source: 'ecran' }]);
			await salle.acte(salle.animateur, 'retirerCarte', { carte: papier });
			await expect(salle.acte(salle.animateur, 'retirerCarte', { carte: sienne })).rejects.toMatchObject({
				code: 'interdit'
			});
			expect(textes((await vu(siege)).cartes)).toEqual(['À l’écran']);
		});
	});
}
