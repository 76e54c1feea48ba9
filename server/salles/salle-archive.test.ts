import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseArchive } from '#lib/pactes/archive-schema.ts';
import { MODELES } from '#lib/salles/scripts.ts';
import { resultatsDe } from '#lib/salles/scrutin.ts';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { salleDEssai, type SalleDEssai } from '../../tests/support/salle.ts';
import { readArchive } from '../export/archive.ts';
import { newId } from '../ids.ts';
import { createPacteFromArchive } from '../pactes/create-pacte.ts';
import { readSalle } from './read-salle.ts';
import { copyScript } from './scripts.ts';

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`rooms in the archive on ${engine}${missing ? ` (${missing})` : ''}`, () => {
		let app: TestApp;
		let salle: SalleDEssai;

		beforeAll(async () => {
			app = await openTestApp(engine);
			salle = await salleDEssai(app);
			await livedThrough();
		});
		afterAll(() => app.end());

		/** Cards shown, hidden, taken back; a vote that is closed, one that is open; what was poured. */
		async function livedThrough(): Promise<void> {
			const caf = await salle.pacte.organisme('CAF');
			await copyScript(app, salle.pacte, { scriptId: MODELES[0]!.id });
			const [axe] = await salle.pacte.axes('Se déplacer');
			const { seanceId: seance_id } = salle;
			const { tables, etapes, questions } = await salle.lire();
			const siege = await salle.siege(1);
			await app.db
				.updateTable('sieges')
				.set({ organisme_id: caf, organisme: 'CAF', nom: 'Lison Marchetti' })
				.where('id', '=', siege.siegeId)
				.execute();
			const groupe = newId();
			await app.db
				.insertInto('groupes')
				.values({ id: groupe, seance_id, rang: 0, titre: 'Horaires', created_at: app.now() })
				.execute();
			const card = async (texte: string, more: object = {}) => {
				const id = newId();
				await app.db
					.insertInto('cartes')
					.values({
						id,
						seance_id,
						table_id: tables[0]?.id ?? null,
						etape_id: etapes[1]?.id ?? null,
						question_id: questions[0]?.id ?? null,
						tour: 1,
						siege_id: siege.siegeId,
						nature: 'constat',
						texte,
						source: 'ecran',
						revelee: 1,
						created_at: app.now() + texte.length,
						...more
					})
					.execute();
				return id;
			};
			const shown = await card('Le car part trop tôt', { groupe_id: groupe, pepite: 1 });
			await card('Gardé pour moi', { revelee: 0 });
			await card('Repris par son auteur', { retiree_at: app.now() });
			await card('Écarté par qui anime', { moderee_at: app.now() });
			await card('En attente de lecture', { attente: 1 });
			for (const etat of ['clos', 'ouvert'] as const) {
				const scrutin_id = newId();
				await app.db
					.insertInto('scrutins')
					.values({
						id: scrutin_id,
						seance_id,
						rang: 0,
						titre: `Vote ${etat}`,
						sur: 'cartes',
						objets: JSON.stringify([shown]),
						budget: 3,
						etat,
						created_at: app.now()
					})
					.execute();
				await app.db
					.insertInto('voix')
					.values({ scrutin_id, siege_id: siege.siegeId, objet: shown, points: 2 })
					.execute();
				await app.db
					.insertInto('voix_comptees')
					.values({ scrutin_id, objet: shown, mode: 'mains', nombre: 5 })
					.execute();
			}
			await app.db.insertInto('evaluations').values({ seance_id, objet: groupe, impact: 4, faisabilite: 2 }).execute();
			await app.db
				.insertInto('versements')
				.values({
					id: newId(),
					pacte_id: salle.pacte.pacteId,
					seance_id,
					source_genre: 'carte',
					source_id: shown,
					texte: 'Le car part trop tôt',
					cible_genre: 'noeud',
					cible_id: axe as string,
					created_at: app.now()
				})
				.execute();
		}

		const exported = () => readArchive(app, salle.pacte.pacteId);

		it('come out, go in, and come out the same', async () => {
			const archive = await exported();
			const again = await createPacteFromArchive(app, parseArchive(JSON.parse(JSON.stringify(archive))), {
				compteId: null,
				acte: 'pacte_importe'
			});
			expect(JSON.stringify(await readArchive(app, again))).toBe(JSON.stringify(archive));
			expect(archive.seances[0]?.salle).toMatchObject({
				etat: 'close',
				tables: { length: 3 },
				participants: [{ libelle: 'CAF', nombre: 1 }],
				groupes: [{ titre: 'Horaires' }],
				cartes: [{ texte: 'Le car part trop tôt', groupe: 0, pepite: 1, table: 0 }],
				scrutins: [
					{
						titre: 'Vote clos',
						voix: [
							{ objet: 'carte:0', mode: 'ecran', nombre: 2 },
							{ objet: 'carte:0', mode: 'mains', nombre: 5 }
						]
					}
				],
				evaluations: [{ objet: 'groupe:0', impact: 4 }],
				versements: [{ source: 'carte:0', cible: 'noeud:n1' }]
			});

			expect(archive.scripts).toMatchObject([
				{ format: MODELES[0]!.format, etapes: { length: MODELES[0]!.etapes.length } }
			]);

			const { id } = await app.db
				.selectFrom('seances')
				.select('id')
				.where('pacte_id', '=', again)
				.executeTakeFirstOrThrow();
			const brought = await readSalle(app.db, id);
			const [scrutin] = brought?.scrutins ?? [];
			expect(brought && scrutin && resultatsDe(brought, scrutin)).toMatchObject([{ points: 2, mains: 5, papier: 0 }]);
		});

		it('tell nothing that was hidden, taken back or still being voted, nor who, nor any secret', async () => {
			const text = JSON.stringify(await exported());
			const { code } = await salle.lire();
			const { jeton, jeton_mur } = await app.db
				.selectFrom('salles')
				.select(['jeton', 'jeton_mur'])
				.where('seance_id', '=', salle.seanceId)
				.executeTakeFirstOrThrow();
			for (const secret of [
				'Gardé pour moi',
				'Repris par',
				'Écarté par',
				'En attente',
				'Vote ouvert',
				'Lison',
				code as string,
				jeton,
				jeton_mur
			])
				expect(text).not.toContain(secret);
		});

		it('are refused when they name what is not there', async () => {
			const archive = JSON.parse(JSON.stringify(await exported())) as {
				seances: { salle: { evaluations: { objet: string }[] } }[];
			};
			archive.seances[0]!.salle.evaluations[0]!.objet = 'groupe:7';
			expect(() => parseArchive(archive)).toThrow(/seances\[0\]\.salle\.evaluations\[0\]\.objet/);
		});
	});
}
