import { describe, expect, test } from 'vitest';
import { archiveSarthe } from '../../../tests/support/pacte-sarthe.ts';
import type { ValeurChamp } from '#lib/pactes/archive.ts';
import { parseArchive } from '#lib/pactes/archive-schema.ts';
import type { Modele } from '#lib/pactes/modele.ts';
import { MODELE_SARTHE } from '#lib/pactes/modeles/structures.ts';
import { SANS_FINANCEUR, totauxParAxe } from './montants-par-axe.ts';

const COUTS = { id: 'couts', type: 'montants', etiquette: 'Coûts', requis: false, annees: [2027, 2028] } as const;
const MODELE: Modele = { ...MODELE_SARTHE, champs: [...MODELE_SARTHE.champs, { ...COUTS, annees: [...COUTS.annees] }] };

function pacte(...couts: (ValeurChamp | undefined)[]) {
	const archive = archiveSarthe({ modele: MODELE });
	archive.organismes[2] = { id: 'o3', nom: 'CAF', alias: ['Caisse d’allocations familiales'] };
	archive.noeuds.push(
		{ id: 'n5', parent: null, niveau: 'strategique', titre: 'Habiter' },
		{ id: 'n6', parent: 'n5', niveau: 'operationnel', titre: 'Loger' },
		{ id: 'n7', parent: 'n6', niveau: 'action', titre: 'Ouvrir une pension' },
		{ id: 'n8', parent: 'a_classer', niveau: 'action', titre: 'Plus tard' }
	);
	archive.fiches.push({ noeud: 'n7', champs: {} }, { noeud: 'n8', champs: {} });
	couts.forEach((valeur, i) => {
		if (valeur) archive.fiches[i]!.champs.couts = valeur;
	});
	return parseArchive(JSON.parse(JSON.stringify(archive)));
}

describe('the amounts of the fiches', () => {
	test('add up by axe and by funder, whatever the spelling of its name; fiches kept aside do not count', () => {
		const totaux = totauxParAxe(
			pacte(
				{
					lignes: [
						{ financeur: 'CAF', a2027: '1 000', a2028: '' },
						{ financeur: 'Région', a2027: '12 k€' }
					]
				},
				{ lignes: [{ financeur: 'caisse d’allocations familiales', a2027: '0,50', a2028: '3' }, { a2028: '7' }] },
				{ lignes: [{ financeur: 'caf', a2028: '100' }] },
				{ lignes: [{ financeur: 'caf', a2028: '1 000 000' }] }
			)
		);
		expect(totaux?.annees).toEqual([2027, 2028]);
		expect(totaux?.axes.map(({ axe, total }) => [axe?.nom, total])).toEqual([
			['I\u00a0· Aller vers l’emploi', 1_301_050],
			['II\u00a0· Habiter', 10_000]
		]);
		expect(totaux?.axes[0]?.financeurs).toEqual([
			{ financeur: 'CAF', montants: [100_050, 300], total: 100_350 },
			{ financeur: 'Région', montants: [1_200_000, null], total: 1_200_000 },
			{ financeur: SANS_FINANCEUR, montants: [null, 700], total: 700 }
		]);
		expect(totaux?.ensemble).toMatchObject({ axe: null, montants: [1_300_050, 11_000], total: 1_311_050 });
		expect(totaux?.ensemble.financeurs[0]).toEqual({ financeur: 'CAF', montants: [100_050, 10_300], total: 110_350 });
	});

	test('a merged funder pays for both rows; what is no amount is told, and not counted', () => {
		const totaux = totauxParAxe(
			pacte({
				lignes: [
					{ financeur: 'CAF', a2027: '10' },
					{ financeur: '', a2027: '5', a2028: 'selon l’appel' }
				],
				suites: [{ ligne: 1, colonne: 'financeur' }]
			})
		);
		expect(totaux?.axes[0]?.financeurs).toEqual([{ financeur: 'CAF', montants: [1_500, null], total: 1_500 }]);
		expect(totaux?.horsCompte).toEqual(['selon l’appel']);
	});

	test('no amount, no total', () => {
		expect(totauxParAxe(pacte())).toBeNull();
		expect(totauxParAxe(archiveSarthe())).toBeNull();
	});
});
