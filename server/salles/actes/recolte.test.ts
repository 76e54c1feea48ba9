import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { vueAnimateur } from '#lib/salles/vue-animateur.ts';
import { engines, openTestApp, type TestApp } from '../../../tests/support/app.ts';
import { salleDEssai, type SalleDEssai } from '../../../tests/support/salle.ts';
import { newId } from '../../ids.ts';

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`a harvest, on ${engine}`, () => {
		let app: TestApp;
		let salle: SalleDEssai;
		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		beforeEach(async () => {
			salle = await salleDEssai(app);
			await salle.etape('tour', 1);
		});
		afterEach(() => app.clear());
		afterAll(() => app?.end());

		const doing = (acte: string, donnees: Record<string, unknown>, cle?: string) =>
			salle.acte(salle.animateur, acte, donnees, cle);
		const carte = async (texte: string) => {
			app.advance(1);
			const { carte } = (await doing('ajouterCarte', { texte })) as { carte: string };
			return carte;
		};
		const grouper = async (cartes: string[], titre = '', cle?: string) => {
			const { groupe } = (await doing('creerGroupe', { cartes, titre }, cle)) as { groupe: string };
			return groupe;
		};
		/** Titles of the groups, each with the words of its cards; those in none under « - ». */
		const groupes = async () => {
			const { groupes, cartes } = await salle.lire();
			const texts = (id: string | null) => cartes.filter(({ groupeId }) => groupeId === id).map(({ texte }) => texte);
			return Object.fromEntries([...groupes.map(({ id, titre }) => [titre, texts(id)]), ['-', texts(null)]]);
		};

		it('groups cards under the words of the first, and splits a group by making another of some of its cards', async () => {
			const [bus, velo, creche] = [await carte('Un bus le soir'), await carte('Des vélos'), await carte('Une crèche')];
			await grouper([bus, velo, creche]);
			expect(await groupes()).toEqual({ 'Un bus le soir': ['Un bus le soir', 'Des vélos', 'Une crèche'], '-': [] });
			await grouper([creche], 'Garder les enfants');
			expect(await groupes()).toEqual({
				'Un bus le soir': ['Un bus le soir', 'Des vélos'],
				'Garder les enfants': ['Une crèche'],
				'-': []
			});
		});

		it('keeps every card in one place when two group the same ones at once: the last placement wins', async () => {
			const [a, b, c] = [await carte('a'), await carte('b'), await carte('c')];
			const autre = { genre: 'animateur' as const, compteId: await salle.pacte.membre('animateur') };
			await Promise.all([
				doing('creerGroupe', { cartes: [a, b], titre: 'un' }),
				salle.acte(autre, 'creerGroupe', { cartes: [b, c], titre: 'deux' })
			]);
			const { un, deux, '-': none } = await groupes();
			expect([...(un ?? []), ...(deux ?? []), ...(none ?? [])].sort()).toEqual(['a', 'b', 'c']);
			expect(un).toContain('a');
			expect(deux).toContain('c');
		});

		it('puts a card meant for a group that was merged meanwhile where that group’s cards went', async () => {
			const [a, b, c] = [await carte('a'), await carte('b'), await carte('c')];
			const [un, deux] = [await grouper([a], 'un'), await grouper([b], 'deux')];
			await doing('reunirGroupes', { groupe: un, dans: deux });
			await doing('placerCartes', { cartes: [c], groupe: un });
			expect(await groupes()).toEqual({ deux: ['a', 'b', 'c'], '-': [] });
		});

		it('does not take a group away with a card that somebody has just put in it', async () => {
			const [a, b] = [await carte('a'), await carte('b')];
			const un = await grouper([a], 'un');
			await doing('placerCartes', { cartes: [b], groupe: un });
			await expect(doing('defaireGroupe', { groupe: un, cartes: [a] })).rejects.toThrow(/vient d’être rangée/);
			expect(await groupes()).toEqual({ un: ['a', 'b'], '-': [] });
			await doing('defaireGroupe', { groupe: un, cartes: [a, b] });
			expect(await groupes()).toEqual({ '-': ['a', 'b'] });
		});

		it('tells who renames a group that another has just renamed', async () => {
			const un = await grouper([await carte('a')], 'un');
			await doing('renommerGroupe', { groupe: un, titre: 'Mobilité', avant: 'un' });
			await expect(doing('renommerGroupe', { groupe: un, titre: 'Transport', avant: 'un' })).rejects.toThrow(
				/Mobilité/
			);
			expect(Object.keys(await groupes())).toContain('Mobilité');
		});

		it('undoes an act, and leaves what others have done since', async () => {
			const [a, b, c] = [await carte('a'), await carte('b'), await carte('c')];
			const un = await grouper([a], 'un');
			const cle = newId();
			const deux = await grouper([a, b, c], 'deux', cle);
			await doing('placerCartes', { cartes: [c], groupe: un });
			await doing('annulerRegroupement', { acte: cle });
			expect(await groupes()).toEqual({ un: ['a', 'c'], '-': ['b'] });
			expect((await salle.lire()).groupes.map(({ id }) => id)).not.toContain(deux);
		});

		it('undoes a merge and a group taken away: both are there again with their cards', async () => {
			const [a, b] = [await carte('a'), await carte('b')];
			const [un, deux] = [await grouper([a], 'un'), await grouper([b], 'deux')];
			const [reunis, defait] = [newId(), newId()];
			await doing('reunirGroupes', { groupe: un, dans: deux }, reunis);
			await doing('annulerRegroupement', { acte: reunis });
			expect(await groupes()).toEqual({ un: ['a'], deux: ['b'], '-': [] });
			await doing('defaireGroupe', { groupe: un, cartes: [a] }, defait);
			await doing('annulerRegroupement', { acte: defait });
			expect(await groupes()).toEqual({ un: ['a'], deux: ['b'], '-': [] });
		});

		it('goes on once the room is closed', async () => {
			const a = await carte('a');
			await doing('fermerSalle', {});
			await grouper([a], 'un');
			await doing('evaluer', { objet: a, impact: 1, faisabilite: 1 });
			expect(await groupes()).toEqual({ un: ['a'], '-': [] });
		});

		it('refuses those who do not lead the séance, and an undoing of nothing', async () => {
			const lecteur = { genre: 'animateur' as const, compteId: await salle.pacte.membre('redacteur') };
			const a = await carte('a');
			await expect(salle.acte(lecteur, 'creerGroupe', { cartes: [a] })).rejects.toMatchObject({ code: 'interdit' });
			await expect(salle.acte(await salle.siege(1), 'creerGroupe', { cartes: [a] })).rejects.toMatchObject({
				code: 'interdit'
			});
			await expect(doing('annulerRegroupement', { acte: newId() })).rejects.toThrow(/rien à annuler/);
		});

		it('places cards and groups in the matrix, and takes them out', async () => {
			const a = await carte('a');
			await doing('evaluer', { objet: a, impact: 4, faisabilite: 2 });
			await doing('evaluer', { objet: a, impact: 5, faisabilite: 2 });
			expect((await salle.lire()).evaluations).toEqual([{ objet: a, impact: 5, faisabilite: 2 }]);
			await expect(doing('evaluer', { objet: a, impact: 6, faisabilite: 2 })).rejects.toThrow(/de 1 à 5/);
			await expect(doing('evaluer', { objet: newId(), impact: 1, faisabilite: 2 })).rejects.toThrow();
			await doing('retirerEvaluation', { objet: a });
			expect((await salle.lire()).evaluations).toEqual([]);
		});

		describe('a vote', () => {
			const ouvrir = async (donnees: Record<string, unknown> = {}) => {
				const { scrutin } = (await doing('ouvrirScrutin', donnees)) as { scrutin: string };
				return scrutin;
			};
			const vote = async (scrutin_id: string, objet: string, points: number) => {
				const { siegeId } = await salle.siege(1);
				await app.db.insertInto('voix').values({ scrutin_id, siege_id: siegeId, objet, points }).execute();
			};

			it('is about all the groups unless one says otherwise, with about the square root of them as budget', async () => {
				const ids = [];
				for (const mot of 'abcdefghi') ids.push(await grouper([await carte(mot)]));
				await ouvrir();
				const [scrutin] = (await salle.lire()).scrutins;
				expect(scrutin).toMatchObject({ sur: 'groupes', objets: ids, budget: 3, etat: 'ouvert' });
				await expect(doing('ouvrirScrutin', {})).rejects.toThrow(/Fermez d’abord/);
			});

			it('shows nothing of what was given before it closes; then seats, hands and paper apart', async () => {
				const [un, deux] = [await grouper([await carte('a')], 'un'), await grouper([await carte('b')], 'deux')];
				const scrutin = await ouvrir({ budget: 4 });
				await vote(scrutin, deux, 3);
				await vote(scrutin, deux, 1);
				await doing('compterVoix', { scrutin, objet: un, mode: 'mains', nombre: 12 });
				await doing('compterVoix', { scrutin, objet: un, mode: 'papier', nombre: 7 });
				await doing('compterVoix', { scrutin, objet: un, mode: 'papier', nombre: 8 });
				const before = vueAnimateur(await salle.lire(), new Map());
				expect(before).toMatchObject({ resultats: [], votants: [{ id: scrutin, sieges: 2 }] });
				expect(JSON.stringify(before)).not.toContain('"points"');
				await doing('fermerScrutin', { scrutin });
				expect(vueAnimateur(await salle.lire(), new Map()).resultats).toEqual([
					{
						id: scrutin,
						resultats: [
							{ id: deux, titre: 'deux', points: 4, mains: 0, papier: 0 },
							{ id: un, titre: 'un', points: 0, mains: 12, papier: 8 }
						]
					}
				]);
				await doing('rouvrirScrutin', { scrutin });
				expect(vueAnimateur(await salle.lire(), new Map()).resultats).toEqual([]);
			});

			it('keeps the groups that it is about, and is kept once somebody has voted', async () => {
				const [un, deux] = [await grouper([await carte('a')], 'un'), await grouper([await carte('b')], 'deux')];
				const scrutin = await ouvrir();
				await expect(doing('reunirGroupes', { groupe: un, dans: deux })).rejects.toThrow(/soumis au vote/);
				await vote(scrutin, un, 1);
				await expect(doing('retirerScrutin', { scrutin })).rejects.toThrow(/Des voix/);
				await app.db.deleteFrom('voix').where('scrutin_id', '=', scrutin).execute();
				await doing('retirerScrutin', { scrutin });
				await doing('reunirGroupes', { groupe: un, dans: deux });
				expect(await groupes()).toEqual({ deux: ['a', 'b'], '-': [] });
			});

			it('refuses fewer than two things, and counts for what it is not about', async () => {
				const un = await grouper([await carte('a')], 'un');
				await expect(doing('ouvrirScrutin', {})).rejects.toThrow(/au moins deux groupes/);
				await expect(doing('ouvrirScrutin', { sur: 'cartes' })).rejects.toThrow(/au moins deux cartes/);
				await grouper([await carte('b')], 'deux');
				const scrutin = await ouvrir();
				await expect(doing('compterVoix', { scrutin, objet: newId(), mode: 'mains', nombre: 1 })).rejects.toMatchObject(
					{ code: 'introuvable' }
				);
				await expect(doing('compterVoix', { scrutin, objet: un, mode: 'mains', nombre: -1 })).rejects.toThrow();
			});
		});
	});
}
