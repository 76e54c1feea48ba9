import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type * as Y from 'yjs';
import { archiveOfModele } from '#lib/pactes/modeles/new-archive.ts';
import { MODELES_DE_PACTE } from '#lib/pactes/modeles/modeles-de-pacte.ts';
import { MODELE_ORNE, MODELE_VIERGE } from '#lib/pactes/modeles/structures.ts';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { addPersonne } from '../../tests/support/personnes.ts';
import { hauteRiviere } from '../demo/haute-riviere.ts';
import { prepareDemo, removeDemo } from '../demo/demo.ts';
import { readAccueil } from './accueil.ts';
import { adoptPactes } from './adopt-pactes.ts';
import { createPacte, createPacteFromArchive } from './create-pacte.ts';
import { listPactes, openPacte, roleOf } from './pactes.ts';

const PACTE = { intitule: 'Pacte de la Haute-Rivière', territoire: 'Haute-Rivière', debut: 2027, fin: 2031 };

describe.each(await engines())('a pacte begins ($engine)', ({ engine, missing }) => {
	describe.skipIf(missing !== null)(missing ?? 'here', () => {
		let app: TestApp;
		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		afterEach(() => app.clear());
		afterAll(() => app?.end());

		const count = async (table: 'pactes' | 'documents' | 'fiches' | 'journal' | 'comptes' | 'liens') =>
			(await app.db.selectFrom(table).selectAll().execute()).length;

		test('whoever creates it is its équipe projet, and nobody else has a part in it', async () => {
			const [amina, bruno] = [await addPersonne(app, 'Amina'), await addPersonne(app, 'Bruno')];
			const id = await createPacte(app, { ...PACTE, modele: MODELE_ORNE }, amina);
			expect(await roleOf(app.db, amina, id)).toBe('equipe_projet');
			expect(await roleOf(app.db, bruno, id)).toBeNull();
			expect((await openPacte(app, amina, id)).modele).toEqual(MODELE_ORNE);
			await expect(openPacte(app, bruno, id)).rejects.toMatchObject({ code: 'introuvable' });
			expect((await listPactes(app, bruno)).length).toBe(0);
		});

		test('an empty one has its tree to write at once, and nothing to do yet', async () => {
			const amina = await addPersonne(app, 'Amina');
			const id = await createPacte(app, { ...PACTE, modele: MODELE_VIERGE }, amina);
			const kinds = await app.collaboration.read(`orientations.${id}`, (doc) => doc.getMap('noeuds').size);
			expect(kinds).toBe(0);
			expect(await readAccueil(app, id, amina, MODELE_VIERGE)).toMatchObject({ axes: [], fiches: 0, reprise: null });
		});

		test('one that begins with a process says on its first page what is ready', async () => {
			const amina = await addPersonne(app, 'Amina');
			const orne = MODELES_DE_PACTE.find(({ structure }) => structure.nom === 'Orne')!;
			const id = await createPacteFromArchive(app, archiveOfModele(PACTE, orne, '2026-04'), {
				compteId: amina,
				acte: 'pacte_cree'
			});
			const { depart } = await readAccueil(app, id, amina, orne.structure);
			expect(depart).toEqual({ sections: 14, phases: 4, instances: 8, seances: 52 });
		});

		test('all of it is written in one act, or nothing', async () => {
			const amina = await addPersonne(app, 'Amina');
			const creation = createPacteFromArchive(app, hauteRiviere(), {
				compteId: amina,
				acte: 'pacte_importe',
				also: () => Promise.reject(new Error('the power went'))
			});
			await expect(creation).rejects.toThrow('the power went');
			expect([await count('pactes'), await count('documents'), await count('fiches')]).toEqual([0, 0, 0]);
			expect(await count('journal')).toBe(0);
		});

		test('one that was imported before there was anyone goes to the first administrateur, others stay as they are', async () => {
			const options = { compteId: null, acte: 'pacte_importe' } as const;
			const orphan = await createPacteFromArchive(app, hauteRiviere(), options);
			const bruno = await addPersonne(app, 'Bruno');
			const his = await createPacte(app, { ...PACTE, modele: MODELE_ORNE }, bruno);
			const amina = await addPersonne(app, 'Amina');
			await adoptPactes(app.db, amina, app.now());
			expect(await roleOf(app.db, amina, orphan)).toBe('equipe_projet');
			expect(await roleOf(app.db, amina, his)).toBeNull();
		});

		test('the accueil leads back to the fiche where one wrote last, else to the first that is not complete', async () => {
			const amina = await addPersonne(app, 'Amina');
			const id = await createPacteFromArchive(app, hauteRiviere(), { compteId: amina, acte: 'pacte_importe' });
			const { modele } = await openPacte(app, amina, id);
			const first = (await readAccueil(app, id, amina, modele)).reprise;
			expect(first?.dejaEcrite).toBe(false);
			const other = await app.db
				.selectFrom('fiches')
				.select('id')
				.where('pacte_id', '=', id)
				.where('id', '<>', first?.id ?? '')
				.executeTakeFirstOrThrow();
			const write = (doc: Y.Doc) => void doc.getMap('champs').set('note', 'vu');
			await app.collaboration.edit(`fiche.${other.id}`, write, amina);
			expect((await readAccueil(app, id, amina, modele)).reprise).toMatchObject({ id: other.id, dejaEcrite: true });
		});

		test('the demonstration comes once, in an empty installation only, and does not come back once removed', async () => {
			await prepareDemo(app);
			expect([await count('pactes'), await count('comptes')]).toEqual([1, 6]);
			await prepareDemo(app);
			expect(await count('pactes')).toBe(1);
			await removeDemo(app);
			expect([await count('pactes'), await count('comptes'), await count('documents')]).toEqual([0, 0, 0]);
			await prepareDemo(app);
			expect(await count('pactes')).toBe(0);
		});

		test('an installation where someone is already gets no demonstration', async () => {
			await addPersonne(app, 'Amina');
			await prepareDemo(app);
			expect(await count('pactes')).toBe(0);
		});

		test('removing the demonstration leaves the real pactes', async () => {
			await prepareDemo(app);
			const amina = await addPersonne(app, 'Amina');
			const id = await createPacte(app, { ...PACTE, modele: MODELE_ORNE }, amina);
			await removeDemo(app);
			expect((await listPactes(app, amina)).map((pacte) => pacte.id)).toEqual([id]);
		});
	});
});
