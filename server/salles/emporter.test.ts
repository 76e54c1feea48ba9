import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { pacteDEssai } from '../../tests/support/pacte.ts';
import { salleDEssai, type SalleDEssai } from '../../tests/support/salle.ts';
import { documentName } from '#lib/documents/document.ts';
import { texteDeSynthese } from '#lib/salles/synthese.ts';
import { newId } from '../ids.ts';
import { doActe } from './acte.ts';
import { Donnees } from './donnees.ts';
import { accueillir, emporter, garderIci, rapporter } from './emporter.ts';
import { readSalle } from './read-salle.ts';
import { takeSiege } from './sieges.ts';

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`a séance that is taken to a room without Internet, on ${engine}`, () => {
		let home: TestApp;
		let laptop: TestApp;
		let salle: SalleDEssai;
		let act: { pacteId: string; by: string; seanceId: string };
		beforeAll(async () => {
			home = await openTestApp(engine);
			laptop = await openTestApp('sqlite');
		});
		afterAll(async () => {
			await home?.end();
			await laptop?.end();
		});

		/** At home: a café with one card and two people, closed again. */
		async function prepare(): Promise<void> {
			await Promise.all([home.clear(), laptop.clear()]);
			salle = await salleDEssai(home, {
				inscrits: [{ organismeId: null, organisme: 'CAF', nombre: 2, usager: false }]
			});
			act = { pacteId: salle.pacte.pacteId, by: salle.pacte.by, seanceId: salle.seanceId };
			await salle.etape('tour', 1);
			await salle.acte(await salle.siege(1), 'ajouterCarte', { texte: 'Écrite avant le départ' });
			await close(home);
		}

		const close = (app: TestApp) =>
			app.db.updateTable('salles').set({ etat: 'close', code: null }).where('seance_id', '=', act.seanceId).execute();
		const acteOf =
			(app: TestApp, by: string) =>
			(nom: string, donnees: Record<string, unknown> = {}) =>
				doActe(
					app,
					act.seanceId,
					{ genre: 'animateur', compteId: by },
					{ cle: newId(), acte: nom, donnees: new Donnees(donnees) }
				);
		const textes = async (app: TestApp) =>
			(await readSalle(app.db, act.seanceId))!.cartes.map(({ texte }) => texte).sort();

		const synthese = async (app: TestApp) =>
			documentName('synthese', (await readSalle(app.db, act.seanceId))!.tables[0]!.id);
		const writeSynthese = async (app: TestApp, texte: string) =>
			app.collaboration.edit(await synthese(app), (doc) => texteDeSynthese(doc)!.insert(0, texte), null);
		const readSynthese = async (app: TestApp) => {
			await app.collaboration.settle();
			return (await readSalle(app.db, act.seanceId))!.tables[0]!.synthese;
		};

		/** Takes it away; on the laptop, two more cards are written. Gives the file that comes back. */
		async function travel(): Promise<string> {
			const file = JSON.stringify(await emporter(home, act));
			const { by } = await pacteDEssai(laptop);
			const there = await accueillir(laptop, by, file);
			expect(there.seanceId).toBe(act.seanceId);
			await laptop.db.updateTable('salles').set({ etat: 'preparation' }).execute();
			await acteOf(laptop, by)('ouvrirSalle');
			const { tables } = (await readSalle(laptop.db, act.seanceId))!;
			const { siegeId } = await takeSiege(laptop, act.seanceId, { genre: 'personne', tableId: tables[1]!.id });
			for (const texte of ['Dite dans la salle', 'Une autre'])
				await doActe(
					laptop,
					act.seanceId,
					{ genre: 'siege', siegeId },
					{ cle: newId(), acte: 'ajouterCarte', donnees: new Donnees({ texte }) }
				);
			await writeSynthese(laptop, 'Ce que la table retient.');
			await close(laptop);
			return JSON.stringify(await emporter(laptop, { ...there, by }));
		}

		it('stands still at home, goes on elsewhere, and comes back without a duplicate, however often', async () => {
			await prepare();
			const back = await travel();
			await expect(salle.acte(salle.animateur, 'ouvrirSalle')).rejects.toMatchObject({
				code: 'conflit',
				message: expect.stringContaining('emportée') as string
			});
			expect(await rapporter(home, act, back)).toEqual({ cartes: 3, nouvelles: 2 });
			const all = ['Dite dans la salle', 'Une autre', 'Écrite avant le départ'].sort();
			expect(await textes(home)).toEqual(all);
			expect(await readSynthese(home)).toBe('Ce que la table retient.');
			expect(await rapporter(home, act, back)).toEqual({ cartes: 3, nouvelles: 0 });
			expect(await textes(home)).toEqual(all);
			expect(await readSynthese(home)).toBe('Ce que la table retient.');
		});

		it('keeps what is written here when one does not wait for it, and adds what comes back', async () => {
			await prepare();
			const back = await travel();
			await garderIci(home, act);
			await salle.acte(salle.animateur, 'ouvrirSalle');
			await salle.acte(await salle.siege(1), 'ajouterCarte', { texte: 'Écrite ici entre-temps' });
			await writeSynthese(home, 'Écrit ici.');
			await rapporter(home, act, back);
			expect(await readSynthese(home)).toBe('Écrit ici.\n\nCe que la table retient.');
			expect(await textes(home)).toEqual(
				['Dite dans la salle', 'Une autre', 'Écrite avant le départ', 'Écrite ici entre-temps'].sort()
			);
		});

		it('takes no secret along, and refuses files that are not its own', async () => {
			await prepare();
			const file = await emporter(home, act);
			const { jeton, jeton_mur } = await home.db.selectFrom('salles').selectAll().executeTakeFirstOrThrow();
			const hashes = await home.db
				.selectFrom('sieges')
				.select('jeton_hash')
				.where('jeton_hash', 'is not', null)
				.execute();
			expect(hashes.length).toBeGreaterThan(0);
			for (const secret of [jeton, jeton_mur, act.by, ...hashes.map(({ jeton_hash }) => jeton_hash as string)])
				expect(JSON.stringify(file)).not.toContain(secret);

			const refused = async (change: (copy: typeof file) => unknown) => {
				const copy = structuredClone(file);
				const changed = change(copy);
				await expect(
					rapporter(home, act, typeof changed === 'string' ? changed : JSON.stringify(copy))
				).rejects.toMatchObject({
					code: expect.stringMatching(/invalide|conflit/) as string
				});
				expect(await textes(home)).toEqual(['Écrite avant le départ']);
			};
			await refused(() => 'pas du JSON');
			await refused((copy) => (copy.depart = newId()));
			await refused((copy) => (copy.seance.id = newId()));
			await refused((copy) => (copy.tables.cartes[0]!.texte = 'x'.repeat(401)));
			await refused((copy) => (copy.tables.cartes[0]!.nature = 'insulte'));
			await refused((copy) => (copy.tables.cartes[0]!.table_id = newId()));
			// A row of another séance.
			const other = newId();
			await home.db
				.insertInto('seances')
				.values({
					id: newId(),
					pacte_id: act.pacteId,
					instance_id: null,
					rang: 1,
					titre: 'Autre',
					format: 'comite',
					created_at: 0
				})
				.execute();
			const { id } = await home.db
				.selectFrom('seances')
				.select('id')
				.where('titre', '=', 'Autre')
				.executeTakeFirstOrThrow();
			await home.db
				.insertInto('seance_questions')
				.values({ id: other, seance_id: id, rang: 0, texte: 'La leur' })
				.execute();
			await refused((copy) => copy.tables.seance_questions.push({ id: other, rang: 9, texte: 'Prise' }));
		});

		it('is not for those who only read', async () => {
			await prepare();
			const lecteur = await salle.pacte.membre('lecteur');
			await expect(emporter(home, { ...act, by: lecteur })).rejects.toMatchObject({ code: 'interdit' });
		});
	});
}
