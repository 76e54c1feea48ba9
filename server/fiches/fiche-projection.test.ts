import { expect, it } from 'vitest';
import { addOrganisme, addPuce, setOuverte, texteOf } from '#lib/fiches/fiche.ts';
import { describeOnEachEngine } from '../../tests/support/engines.ts';

describeOnEachEngine('the rows of a fiche', (world) => {
	it('R24. a row per bullet in its order, one per text, one per list of organismes with its sentence, one per organisme', async () => {
		const { pacteId, fiche } = await world().addPacte();
		const { collaboration, db } = world();
		const id = fiche.slice('fiche.'.length);
		await collaboration.edit(
			fiche,
			(doc) => {
				addPuce(doc, 'objectifs', 'b', 'Deuxième');
				addPuce(doc, 'objectifs', 'a', 'Premier', 'b');
				texteOf(doc, 'echeance')?.insert(0, '2027 ou 2028');
				addOrganisme(doc, 'partenaires', 'o-caf');
				addOrganisme(doc, 'partenaires', 'o-mission');
				setOuverte(doc, 'partenaires', true);
				texteOf(doc, 'partenaires')?.insert(0, 'et les communes');
			},
			null
		);
		await collaboration.settle(pacteId);
		const champs = await db
			.selectFrom('fiche_champs')
			.select(['champ', 'ordre', 'texte', 'ouverte'])
			.where('fiche_id', '=', id)
			.orderBy('champ')
			.orderBy('ordre')
			.execute();
		expect(champs).toEqual([
			{ champ: 'echeance', ordre: 0, texte: '2027 ou 2028', ouverte: 0 },
			{ champ: 'objectifs', ordre: 0, texte: 'Premier', ouverte: 0 },
			{ champ: 'objectifs', ordre: 1, texte: 'Deuxième', ouverte: 0 },
			{ champ: 'partenaires', ordre: 0, texte: 'et les communes', ouverte: 1 },
			{ champ: 'pilotes', ordre: 0, texte: '', ouverte: 0 }
		]);
		const organismes = await db
			.selectFrom('fiche_organismes')
			.select(['champ', 'ordre', 'organisme_id', 'pacte_id'])
			.where('fiche_id', '=', id)
			.orderBy('ordre')
			.execute();
		expect(organismes).toEqual([
			{ champ: 'partenaires', ordre: 0, organisme_id: 'o-caf', pacte_id: pacteId },
			{ champ: 'partenaires', ordre: 1, organisme_id: 'o-mission', pacte_id: pacteId }
		]);
	});
});
