import { expect, it } from 'vitest';
import { documentName } from '#lib/documents/document.ts';
import { isPrepared } from '#lib/fiches/fiche.ts';
import { A_CLASSER, addNoeud, moveNoeud } from '#lib/orientations/arbre.ts';
import { MODELE_ORNE } from '#lib/pactes/modeles/structures.ts';
import { describeOnEachEngine } from '../../tests/support/engines.ts';

describeOnEachEngine('the rows of the tree', (world) => {
	const rowsOf = (pacteId: string) =>
		world().db.selectFrom('noeuds').selectAll().where('pacte_id', '=', pacteId).orderBy('ordre').execute();

	it('R24. a row per node in the order of reading, with its code; what is set aside comes last, without code', async () => {
		const { pacteId, orientations } = await world().addPacte();
		const { collaboration } = world();
		const [axe, fiche] = await rowsOf(pacteId);
		await collaboration.edit(
			orientations,
			(doc) => {
				addNoeud(doc, { id: 'noeud-loger', parent: null, niveau: 'axe', titre: 'Loger' }, axe?.id);
				addNoeud(doc, { id: 'noeud-bail', parent: 'noeud-loger', niveau: 'action', titre: 'Trouver un bail' });
				moveNoeud(doc, fiche?.id as string, A_CLASSER);
			},
			null
		);
		await collaboration.settle(pacteId);
		const rows = await rowsOf(pacteId);
		expect(rows.map(({ titre, code, parent, ordre, a_classer }) => [titre, code, parent, ordre, a_classer])).toEqual([
			['Loger', '1', null, 0, 0],
			['Trouver un bail', '1.1', 'noeud-loger', 1, 0],
			['Aller vers', '2', null, 2, 0],
			['Ouvrir un lieu à Valmorin', '', null, 3, 1]
		]);
	});

	it('R27. the fiche of a new node has every field of the model, empty, as rows too', async () => {
		const { pacteId, orientations } = await world().addPacte();
		const { collaboration, db } = world();
		const node = { id: 'noeud-soin', parent: null, niveau: 'action', titre: 'Se soigner' };
		await collaboration.edit(orientations, (doc) => addNoeud(doc, node), null);
		await collaboration.settle(pacteId);
		const name = documentName('fiche', node.id);
		expect(await collaboration.read(name, (doc) => isPrepared(doc, MODELE_ORNE))).toBe(true);
		const champs = await db.selectFrom('fiche_champs').select('champ').where('fiche_id', '=', node.id).execute();
		expect(champs.map(({ champ }) => champ).sort()).toEqual(['echeance', 'partenaires', 'pilotes']);
	});
});
