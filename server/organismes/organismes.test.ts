import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FluxEvent } from '#lib/collaboration/flux-event.ts';
import type { Role } from '#lib/documents/rights.ts';
import { MODELE_ORNE } from '#lib/pactes/modeles/structures.ts';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { DomainError } from '../errors.ts';
import { newId } from '../ids.ts';
import {
	addAlias,
	createOrganisme,
	listOrganismes,
	listOrganismesWithUses,
	removeAlias,
	renameOrganisme
} from './organismes.ts';

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`organismes of a pacte on ${engine}${missing ? ` (${missing})` : ''}`, () => {
		let app: TestApp;
		let pacteId: string;
		let by: string;
		let said: FluxEvent[];

		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		afterAll(() => app.end());

		beforeEach(async () => {
			pacteId = await addPacte();
			by = await addMembre('redacteur');
			said = [];
			app.collaboration.flux.subscribe(pacteId, (event) => said.push(event));
		});

		async function addPacte(): Promise<string> {
			const id = newId();
			await app.db
				.insertInto('pactes')
				.values({
					id,
					intitule: 'Pacte de la Haute-Rivière',
					territoire: 'Haute-Rivière',
					debut: 2026,
					fin: 2030,
					modele: JSON.stringify(MODELE_ORNE),
					demo: 0,
					created_at: app.now()
				})
				.execute();
			return id;
		}

		async function addMembre(role: Role | null): Promise<string> {
			const id = newId();
			await app.db
				.insertInto('comptes')
				.values({
					id,
					email: `${id}@haute-riviere.example`,
					nom: 'Nadia Roche',
					organisme: 'CAF',
					mot_de_passe: null,
					administrateur: 0,
					demo: 0,
					created_at: app.now()
				})
				.execute();
			if (role) {
				await app.db
					.insertInto('participations')
					.values({ pacte_id: pacteId, compte_id: id, role, created_at: app.now() })
					.execute();
			}
			return id;
		}

		const create = async (nom: string) => (await createOrganisme(app, { pacteId, by, nom })).organisme;
		const names = async () => (await listOrganismes(app.db, pacteId)).map(({ nom, alias }) => [nom, ...alias]);
		const actes = async () =>
			(await app.db.selectFrom('journal').select('acte').where('pacte_id', '=', pacteId).orderBy('id').execute()).map(
				({ acte }) => acte
			);

		test('a new one is added once, journalled and told', async () => {
			const { organisme, created } = await createOrganisme(app, { pacteId, by, nom: '  Mission  locale… ' });
			expect([organisme.nom, created]).toEqual(['Mission locale', true]);
			expect(await names()).toEqual([['Mission locale']]);
			expect(await actes()).toEqual(['organisme_cree']);
			expect(said).toEqual([{ type: 'organismes' }]);
		});

		test('another spelling of one that exists, or of its alias, gives that one', async () => {
			const ccas = await create('CCAS-CIAS');
			await addAlias(app, { pacteId, by, organismeId: ccas.id, nom: 'Centres d’action sociale' });
			for (const nom of ['ccas – cias', 'CCAS-CIAS…', "centres d'action  SOCIALE"]) {
				const { organisme, created } = await createOrganisme(app, { pacteId, by, nom });
				expect([organisme.id, created]).toEqual([ccas.id, false]);
			}
			expect(await names()).toEqual([['CCAS-CIAS', 'Centres d’action sociale']]);
			expect(said).toHaveLength(2);
		});

		test('two people who create the same one at once get the same one', async () => {
			const [one, other] = await Promise.all([create('Réseau des crèches'), create('réseau des creches')]);
			expect(one.id).toBe(other.id);
			expect(await names()).toHaveLength(1);
		});

		test('the same name lives in two pactes', async () => {
			const first = await create('CAF');
			pacteId = await addPacte();
			by = await addMembre('equipe_projet');
			expect((await create('CAF')).id).not.toBe(first.id);
		});

		test('the list follows the French alphabet', async () => {
			for (const nom of ['Région', 'État', 'Zone 10', 'Zone 2', 'CAF']) await create(nom);
			expect((await names()).map(([nom]) => nom)).toEqual(['CAF', 'État', 'Région', 'Zone 2', 'Zone 10']);
		});

		test('a renamed one keeps its former name as an alias; renaming back swaps them', async () => {
			const { id } = await create('Pôle emploi');
			await renameOrganisme(app, { pacteId, by, organismeId: id, nom: 'France Travail' });
			expect(await names()).toEqual([['France Travail', 'Pôle emploi']]);
			expect((await create('POLE EMPLOI')).id).toBe(id);
			await renameOrganisme(app, { pacteId, by, organismeId: id, nom: 'Pôle Emploi' });
			expect(await names()).toEqual([['Pôle Emploi', 'France Travail']]);
		});

		test('correcting the case or the accents of a name makes no alias', async () => {
			const { id } = await create('departement');
			await renameOrganisme(app, { pacteId, by, organismeId: id, nom: 'Département' });
			expect(await names()).toEqual([['Département']]);
		});

		test('a name that means another already is refused, and says which', async () => {
			const caf = await create('CAF');
			await addAlias(app, { pacteId, by, organismeId: caf.id, nom: 'Allocations familiales' });
			const { id } = await create('MSA');
			for (const act of [renameOrganisme, addAlias]) {
				await expect(act(app, { pacteId, by, organismeId: id, nom: 'allocations familiales' })).rejects.toThrow(
					'«\u00a0allocations familiales\u00a0» désigne déjà CAF.'
				);
			}
			expect(await names()).toEqual([['CAF', 'Allocations familiales'], ['MSA']]);
		});

		test('an alias that is there already, or is the name itself, changes nothing', async () => {
			const { id } = await create('CAF');
			said.length = 0;
			await addAlias(app, { pacteId, by, organismeId: id, nom: 'caf' });
			expect(await names()).toEqual([['CAF']]);
			expect(said).toEqual([]);
		});

		test('an alias taken back is free for another', async () => {
			const caf = await create('CAF');
			await addAlias(app, { pacteId, by, organismeId: caf.id, nom: 'MSA' });
			await removeAlias(app, { pacteId, by, organismeId: caf.id, nom: 'msa' });
			await removeAlias(app, { pacteId, by, organismeId: caf.id, nom: 'msa' });
			expect((await create('MSA')).id).not.toBe(caf.id);
		});

		test.each(['', '  ', '…', '–', '\0'])('a name without a letter (%j) is refused', async (nom) => {
			await expect(create(nom)).rejects.toMatchObject({ code: 'invalide' });
		});

		test('a name longer than the screens can show is refused', async () => {
			await expect(create('x'.repeat(201))).rejects.toMatchObject({ code: 'invalide' });
		});

		test('uses are counted in fiches, pilots apart', async () => {
			const [caf, msa] = [await create('CAF'), await create('MSA')];
			const fiches = [newId(), newId()];
			for (const id of fiches)
				await app.db.insertInto('fiches').values({ id, pacte_id: pacteId, created_at: app.now() }).execute();
			const uses: [number, string, string][] = [
				[0, 'pilotes', caf.id],
				[1, 'pilotes', caf.id],
				[0, 'partenaires', caf.id],
				[0, 'partenaires', msa.id]
			];
			for (const [fiche, champ, organisme_id] of uses)
				await app.db
					.insertInto('fiche_organismes')
					.values({
						fiche_id: fiches[fiche] as string,
						pacte_id: pacteId,
						champ,
						organisme_id,
						ordre: organisme_id === msa.id ? 1 : 0
					})
					.execute();
			await app.db
				.insertInto('signataires')
				.values({ id: newId(), pacte_id: pacteId, rang: 0, organisme_id: msa.id, personne: 'Claire Astier' })
				.execute();
			const [first, second] = await listOrganismesWithUses(app.db, pacteId);
			expect(first).toMatchObject({ nom: 'CAF', pilotees: 2, rejointes: 1, signataire: false });
			expect(second).toMatchObject({ nom: 'MSA', pilotees: 0, rejointes: 1, signataire: true });
		});

		test.each(['relecteur', 'lecteur'] as const)('a %s reads the names and gives none', async (role) => {
			const { id } = await create('CAF');
			by = await addMembre(role);
			const refused = { code: 'interdit' };
			await expect(create('MSA')).rejects.toMatchObject(refused);
			for (const act of [renameOrganisme, addAlias, removeAlias])
				await expect(act(app, { pacteId, by, organismeId: id, nom: 'X' })).rejects.toMatchObject(refused);
			expect(await names()).toEqual([['CAF']]);
		});

		test('someone without part in the pacte learns nothing, and no organisme of another pacte can be touched', async () => {
			const { id } = await create('CAF');
			const stranger = await addMembre(null);
			await expect(createOrganisme(app, { pacteId, by: stranger, nom: 'MSA' })).rejects.toMatchObject({
				code: 'introuvable'
			});
			pacteId = await addPacte();
			by = await addMembre('equipe_projet');
			await expect(renameOrganisme(app, { pacteId, by, organismeId: id, nom: 'X' })).rejects.toThrow(DomainError);
			await expect(addAlias(app, { pacteId, by, organismeId: id, nom: 'X' })).rejects.toThrow(DomainError);
		});
	});
}
