import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addOrganisme, readOrganismes, removeOrganisme } from '#lib/fiches/fiche.ts';
import { documentName } from '#lib/documents/document.ts';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { addFiches, inFiche } from '../../tests/support/fiches-d-essai.ts';
import { pacteDEssai, type PacteDEssai } from '../../tests/support/pacte.ts';
import { newId } from '../ids.ts';
import { annulerOperation, listOperations } from '../operations/operations.ts';
import { addSection } from '../sections/sections.ts';
import { addAlias, createOrganisme, listOrganismes, removeAlias, renameOrganisme } from './organismes.ts';
import { readUsages, reunirOrganismes } from './reunir.ts';
import { LIENS_D_ORGANISME } from './separer.ts';

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`two organismes that are one, on ${engine}`, () => {
		let app: TestApp;
		let pacte: PacteDEssai;
		let garde: string;
		let absorbe: string;
		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		beforeEach(async () => {
			pacte = await pacteDEssai(app);
			[garde, absorbe] = [await pacte.organisme('Mission locale'), await pacte.organisme('La Mission-locale (ML)')];
		});
		afterEach(() => app.clear());
		afterAll(() => app?.end());

		const act = () => ({ pacteId: pacte.pacteId, by: pacte.by, gardeId: garde, absorbeId: absorbe });

		it('are one in every table that names an organisme, those that will be added later included', async () => {
			const tables = await app.db.introspection.getTables();
			const naming = tables
				.filter(({ columns }) => columns.some(({ name }) => name === 'organisme_id'))
				.map(({ name }) => name)
				.sort();
			expect(naming).toEqual(['fiche_organismes', 'organisme_alias', ...Object.keys(LIENS_D_ORGANISME)].sort());
		});

		/** Both are named everywhere: in fiches, a section, an instance, as intermédiaires, in a signature, by someone. */
		async function nameThem() {
			const [axe] = (await pacte.axes('Se former')) as [string];
			const [one, both] = (await addFiches(app, pacte, axe, 'Un', 'Les deux')) as [string, string];
			const caf = await pacte.organisme('CAF');
			await inFiche(app, pacte, one, (doc) => {
				addOrganisme(doc, 'pilotes', absorbe);
				addOrganisme(doc, 'pilotes', caf);
			});
			await inFiche(app, pacte, both, (doc) => {
				addOrganisme(doc, 'partenaires', garde);
				addOrganisme(doc, 'partenaires', absorbe);
			});
			const { pacteId, by } = pacte;
			const section = await addSection(app, { pacteId, by }, {
				parent: null,
				titre: 'Ses engagements',
				genre: 'engagement',
				organisme: absorbe
			} as never);
			await app.db.updateTable('sections').set({ organisme_id: absorbe }).where('id', '=', section).execute();
			const instance = newId();
			await sql`insert into instances (id, pacte_id, rang, nom, type, portee, niveau, objet, presidence, frequence_periode,
				frequence_texte, composition) values (${instance}, ${pacteId}, 0, 'Comité', '', '', '', '', '', '', '', '')`.execute(
				app.db
			);
			for (const [rang, organisme_id] of [garde, absorbe].entries())
				await app.db.insertInto('instance_membres').values({ instance_id: instance, rang, organisme_id }).execute();
			await app.db
				.insertInto('intermediaires')
				.values([
					{ pacte_id: pacteId, rang: 0, organisme_id: garde, perimetre: 'Au nord' },
					{ pacte_id: pacteId, rang: 1, organisme_id: absorbe, perimetre: 'Au sud' }
				])
				.execute();
			await app.db
				.insertInto('signataires')
				.values({ pacte_id: pacteId, rang: 0, id: newId(), organisme_id: absorbe, personne: 'Nadia Roche' })
				.execute();
			await pacte.membre('partenaire', absorbe);
			return { one, both, caf, section };
		}

		it('keep each link: fiches in their order, sections, instances, signatures, séances, people', async () => {
			const { one, both, caf } = await nameThem();
			const { pacteId } = pacte;
			expect(await readUsages(app.db, pacteId, absorbe)).toEqual({
				fiches: 2,
				ailleurs: [
					{ nom: 'signatures', nombre: 1 },
					{ nom: 'sections', nombre: 1 },
					{ nom: 'instances', nombre: 1 },
					{ nom: 'organismes intermédiaires', nombre: 1 },
					{ nom: 'personnes', nombre: 1 }
				]
			});

			await reunirOrganismes(app, act());
			const inDoc = (id: string, champ: string) =>
				app.collaboration.read(documentName('fiche', id), (doc) => readOrganismes(doc, champ).organismes);
			expect(await inDoc(one, 'pilotes')).toEqual([garde, caf]);
			expect(await inDoc(both, 'partenaires')).toEqual([garde]);
			expect(await readUsages(app.db, pacteId, absorbe)).toEqual({ fiches: 0, ailleurs: [] });
			expect(await readUsages(app.db, pacteId, garde)).toMatchObject({ fiches: 2 });
			const members = await app.db.selectFrom('instance_membres').select('organisme_id').execute();
			expect(members).toEqual([{ organisme_id: garde }]);
			const [intermediaire] = await app.db.selectFrom('intermediaires').select('perimetre').execute();
			expect(intermediaire?.perimetre).toBe('Au nord\u00a0; Au sud');
			expect(await pacte.actes()).toContain('organismes_reunis');
		});

		/** All that names either of them. */
		const links = async () => {
			const rows = [];
			for (const table of [...Object.keys(LIENS_D_ORGANISME), 'fiche_organismes', 'organismes', 'organisme_alias'])
				rows.push([table, await linksIn(table)]);
			return rows;
		};
		const linksIn = async (table: string) => {
			const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(app.db);
			return rows.map((row) => JSON.stringify(row)).sort();
		};
		const undo = (operationId: string) => annulerOperation(app, { pacteId: pacte.pacteId, by: pacte.by, operationId });

		it('are two again in one gesture: names, aliases and each link, those that had become one included', async () => {
			await nameThem();
			await addAlias(app, { pacteId: pacte.pacteId, by: pacte.by, organismeId: absorbe, nom: 'MLJ' });
			const before = await links();
			const { operation } = await reunirOrganismes(app, act());
			expect(await links()).not.toEqual(before);
			expect(await listOperations(app.db, pacte.pacteId, pacte.by)).toMatchObject([
				{
					id: operation,
					libelle: '«\u00a0La Mission-locale (ML)\u00a0» réuni à «\u00a0Mission locale\u00a0»',
					annulable: true
				}
			]);
			expect(await undo(operation)).toMatchObject({ laisses: 0 });
			expect(await links()).toEqual(before);
			await expect(undo(operation)).rejects.toMatchObject({ code: 'conflit' });
		});

		it('are two again, except where somebody has changed it since: that stays, and is said', async () => {
			const { one, caf, section } = await nameThem();
			const { operation } = await reunirOrganismes(app, act());
			const { pacteId, by } = pacte;
			await inFiche(app, pacte, one, (doc) => removeOrganisme(doc, 'pilotes', garde));
			await app.db.updateTable('sections').set({ organisme_id: caf }).where('id', '=', section).execute();
			await app.db.deleteFrom('instance_membres').where('organisme_id', '=', garde).execute();
			await app.db.updateTable('intermediaires').set({ perimetre: 'Partout' }).execute();
			await renameOrganisme(app, { pacteId, by, organismeId: garde, nom: 'Missions locales' });
			expect(await undo(operation)).toMatchObject({ laisses: 3 });
			expect(await listOrganismes(app.db, pacteId)).toMatchObject([
				{ nom: 'CAF' },
				{ id: absorbe, nom: 'La Mission-locale (ML)', alias: [] },
				{ id: garde, nom: 'Missions locales', alias: ['Mission locale'] }
			]);
			expect(await readUsages(app.db, pacteId, absorbe)).toMatchObject({ fiches: 1 });
			const perimetres = await app.db.selectFrom('intermediaires').select(['organisme_id', 'perimetre']).execute();
			expect(perimetres).toContainEqual({ organisme_id: garde, perimetre: 'Partout' });
			expect(perimetres).toContainEqual({ organisme_id: absorbe, perimetre: 'Au sud' });
			expect(await linksIn('instance_membres')).toEqual([]);
		});

		it('stay one when the name is another’s by now, or the one that stayed was joined too: it says what to do first', async () => {
			const { operation } = await reunirOrganismes(app, act());
			const { pacteId, by } = pacte;
			const autre = await pacte.organisme('Réseau des missions');
			const later = await reunirOrganismes(app, { pacteId, by, gardeId: autre, absorbeId: garde });
			await expect(undo(operation)).rejects.toThrow('annulez d’abord cette réunion-là');
			await undo(later.operation);
			await removeAlias(app, { pacteId, by, organismeId: garde, nom: 'La Mission-locale (ML)' });
			const homonyme = await pacte.organisme('La mission-locale (ML)');
			await expect(undo(operation)).rejects.toThrow('renommez-le d’abord');
			await app.db.deleteFrom('organismes').where('id', '=', homonyme).execute();
			expect(await undo(operation)).toMatchObject({ laisses: 0 });
		});

		it('are found again by all the names of both', async () => {
			await addAlias(app, { pacteId: pacte.pacteId, by: pacte.by, organismeId: absorbe, nom: 'MLJ' });
			await reunirOrganismes(app, act());
			expect(await listOrganismes(app.db, pacte.pacteId)).toEqual([
				{ id: garde, nom: 'Mission locale', alias: ['La Mission-locale (ML)', 'MLJ'] }
			]);
			const { organisme, created } = await createOrganisme(app, { pacteId: pacte.pacteId, by: pacte.by, nom: 'mlj' });
			expect([organisme.id, created]).toEqual([garde, false]);
		});

		it('are joined by the équipe projet only, and not with themselves or with another pacte’s', async () => {
			const by = await pacte.membre('redacteur');
			await expect(reunirOrganismes(app, { ...act(), by })).rejects.toMatchObject({ code: 'interdit' });
			await expect(reunirOrganismes(app, { ...act(), absorbeId: garde })).rejects.toMatchObject({ code: 'invalide' });
			const autre = await pacteDEssai(app);
			const ailleurs = await autre.organisme('CAF');
			await expect(reunirOrganismes(app, { ...act(), absorbeId: ailleurs })).rejects.toMatchObject({
				code: 'introuvable'
			});
		});
	});
}
