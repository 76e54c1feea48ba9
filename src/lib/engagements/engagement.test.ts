import { expect, test } from 'vitest';
import { matriceOf, type EngagementsDuPorteur } from './engagement.ts';

function partie(section: string, nom: string, textes: string[]): EngagementsDuPorteur {
	return {
		section,
		titre: nom,
		nom,
		porteur: { portee: 'organisme', organismes: [{ id: nom, nom }], libelle: '' },
		engagements: textes.map((texte, i) => ({ cle: `${section}-${i}`, texte, sous: [], noeuds: [], miroirs: [] })),
		avancement: 'vide',
		approbation: { approuve: false, instance: '', date: '', note: '' },
		redige: true,
		approuve: false
	};
}

test('a bearer that has several parts is said to have written nothing only when all are empty, and once', () => {
	const parties = [
		partie('s1', 'Département', ['Orienter']),
		partie('s2', 'Département', []),
		partie('s3', 'Région', []),
		partie('s4', 'Région', [])
	];
	const { trous, lignes } = matriceOf(parties, [], () => undefined);
	expect(lignes).toHaveLength(4);
	expect(trous.filter((trou) => trou.includes('aucun engagement écrit'))).toEqual([
		'Région\u00a0: aucun engagement écrit.'
	]);
});
