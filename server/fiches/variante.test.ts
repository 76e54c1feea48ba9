import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { archiveSarthe } from '../../tests/support/pacte-sarthe.ts';
import { pacteDEssai } from '../../tests/support/pacte.ts';
import { FORME } from '#lib/fiches/ensemble.ts';
import { champsOfVariante } from '#lib/pactes/modele.ts';
import { MODELE_SARTHE } from '#lib/pactes/modeles/structures.ts';
import { archiveFromJson, readArchive } from '../export/archive.ts';
import { assemble } from '../export/assemble.ts';
import { createPacteFromArchive } from '../pactes/create-pacte.ts';
import { annulerOperation, listOperations } from '../operations/operations.ts';
import { openFiche } from './fiches.ts';
import { apercuDEnsemble, changeEnsemble } from './ensemble.ts';
import { readVariantes, setVariante, setVariantes } from './variante.ts';

const asIs = { texte: (source: string) => source.trim(), paragraphes: (source: string) => (source ? [source] : []) };
const TROIS = 'livrables_courts';

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`the form of a fiche on ${engine}${missing ? ` (${missing})` : ''}`, () => {
		let app: TestApp;
		let act: { pacteId: string; by: string };
		let fiches: string[];

		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		afterAll(() => app.end());

		beforeEach(async () => {
			const { by } = await pacteDEssai(app);
			const pacteId = await createPacteFromArchive(app, archiveSarthe(), { compteId: by, acte: 'pacte_importe' });
			act = { pacteId, by };
			const rows = await app.db
				.selectFrom('noeuds')
				.select('id')
				.where('pacte_id', '=', pacteId)
				.where('porte_fiche', '=', 1)
				.orderBy('ordre')
				.execute();
			fiches = rows.map(({ id }) => id);
		});

		const columnsOf = async (i: number) => {
			const archive = await readArchive(app, act.pacteId);
			const bloc = assemble(archive, { type: 'fiche', noeud: archive.fiches[i]!.noeud }, asIs).blocs[0];
			const champ = bloc?.type === 'fiche' && bloc.champs.find(({ etiquette }) => etiquette === 'Livrables');
			return champ && 'colonnes' in champ ? champ.colonnes : [];
		};

		it('Sarthe 6. a fiche takes the form with three columns: the others do not change, and what it does not show is kept', async () => {
			const told: string[] = [];
			app.collaboration.flux.subscribe(act.pacteId, ({ type }) => told.push(type));
			const before = await readArchive(app, act.pacteId);
			await setVariante(app, act, { fiche: fiches[0]!, variante: TROIS });
			expect(told).toEqual(['variantes']);
			expect((await openFiche(app, { id: act.pacteId, modele: MODELE_SARTHE }, fiches[0]!)).variante).toBe(TROIS);
			expect((await openFiche(app, { id: act.pacteId, modele: MODELE_SARTHE }, fiches[1]!)).variante).toBeNull();
			expect((await columnsOf(0)).map(({ nom }) => nom)).toEqual(['Livrables', 'Calendrier', 'Opérateur(s)']);
			const archive = await readArchive(app, act.pacteId);
			expect(archive.fiches.map(({ variante }) => variante)).toEqual([TROIS, undefined]);
			expect(archive.fiches[0]!.champs).toEqual(before.fiches[0]!.champs);
			// Written out and read again, the form and the hidden columns are there.
			expect(archiveFromJson(JSON.parse(JSON.stringify(archive)))).toEqual(archive);
			await setVariante(app, act, { fiche: fiches[0]!, variante: null });
			expect(await readArchive(app, act.pacteId)).toEqual(before);
		});

		it('a form that left the model is that of the others: the pacte still goes out and comes back', async () => {
			await setVariante(app, act, { fiche: fiches[0]!, variante: TROIS });
			const { variantes: _, ...modele } = MODELE_SARTHE;
			await app.db
				.updateTable('pactes')
				.set({ modele: JSON.stringify(modele) })
				.where('id', '=', act.pacteId)
				.execute();
			const archive = await readArchive(app, act.pacteId);
			expect(archive.fiches[0]).not.toHaveProperty('variante');
			expect(() => archiveFromJson(JSON.parse(JSON.stringify(archive)))).not.toThrow();
			expect(champsOfVariante(modele, TROIS)).toEqual(modele.champs);
		});

		it('several fiches take one form at once, seen before, and each has its own again in one gesture unless it was changed', async () => {
			const pacte = { id: act.pacteId, modele: MODELE_SARTHE };
			const changement = { champ: FORME, geste: 'forme', variante: TROIS } as const;
			await setVariante(app, act, { fiche: fiches[1]!, variante: TROIS });
			const nom = MODELE_SARTHE.variantes!.find(({ id }) => id === TROIS)!.nom;
			expect(await apercuDEnsemble(app, pacte, fiches, changement)).toMatchObject([
				{ id: fiches[0], avant: 'Forme courante', apres: nom },
				{ id: fiches[1], avant: nom, apres: null }
			]);
			const formes = () => readVariantes(app.db, act.pacteId);
			const one = await changeEnsemble(app, act, pacte, { fiches, changement });
			expect(one.faits).toBe(1);
			expect([...(await formes()).keys()].sort()).toEqual([...fiches].sort());
			const all = await changeEnsemble(app, act, pacte, { fiches, changement: { ...changement, variante: null } });
			expect((await formes()).size).toBe(0);
			await setVariante(app, act, { fiche: fiches[1]!, variante: TROIS });
			const undo = (operationId: string) => annulerOperation(app, { ...act, operationId });
			expect(await undo(all.operation)).toMatchObject({ repris: 1, laisses: 1 });
			expect(await undo(one.operation)).toMatchObject({ repris: 1, laisses: 0 });
			expect([...(await formes()).keys()]).toEqual([fiches[1]]);
		});

		it('only the équipe projet chooses it, among the forms of the model, for a fiche of the pacte', async () => {
			const refused = (change: Parameters<typeof setVariante>[2], by = act.by) =>
				expect(setVariante(app, { ...act, by }, change)).rejects;
			await refused({ fiche: fiches[0]!, variante: 'inconnue' }).toThrow(/n’est plus dans le modèle/);
			await refused({ fiche: 'ailleurs', variante: TROIS }).toThrow(/n’existe pas/);
			const other = await pacteDEssai(app);
			await refused({ fiche: fiches[0]!, variante: TROIS }, other.by).toThrow();
			const redacteur = await other.membre('redacteur');
			await app.db
				.insertInto('participations')
				.values({ pacte_id: act.pacteId, compte_id: redacteur, role: 'redacteur', created_at: app.now() })
				.execute();
			await refused({ fiche: fiches[0]!, variante: TROIS }, redacteur).toThrow(/équipe projet/);
			const several = setVariantes(app, { ...act, by: redacteur }, { fiches, variante: TROIS });
			await expect(several).rejects.toThrow(/équipe projet/);
			expect(await listOperations(app.db, act.pacteId, act.by)).toEqual([]);
		});
	});
}
