import { expect, it } from 'vitest';
import { pairesProches } from './proches.ts';

const pairs = (...noms: string[]) =>
	pairesProches(noms.map((nom, i) => ({ id: String(i), nom, alias: [] }))).map(({ a, b }) => [a.nom, b.nom]);

it('finds one organisme written with an article, a plural, another order or a slip', () => {
	expect(pairs('Mission locale', 'La mission locale')).toHaveLength(1);
	expect(pairs('Centre social', 'Centres sociaux')).toHaveLength(1);
	expect(pairs('Association des maires', 'Associations de maires')).toHaveLength(1);
	expect(pairs('Département – Région', 'Région / Département')).toHaveLength(1);
	expect(pairs('France Travail', 'France Travial')).toHaveLength(1);
	expect(pairs('France Travail', 'Enfance et travail')).toHaveLength(0);
});

it('finds a sigle and what it stands for, dots or not', () => {
	expect(pairs('CAF', 'Caisse d’allocations familiales')).toHaveLength(1);
	expect(pairs('C.A.F.', 'CAF')).toHaveLength(1);
});

it('leaves apart what differs by a number, and short names that look alike', () => {
	expect(pairs('Circonscription 1', 'Circonscription 2')).toEqual([]);
	expect(pairs('CAF', 'CAP', 'MSA')).toEqual([]);
	expect(pairs('Région', 'Légion')).toHaveLength(1);
});

it('looks at other names too', () => {
	expect(
		pairesProches([
			{ id: 'a', nom: 'France Travail', alias: ['Pôle emploi'] },
			{ id: 'b', nom: 'Pole-emploi de la Haute-Rivière', alias: ['Pôle emploie'] }
		])
	).toHaveLength(1);
});
