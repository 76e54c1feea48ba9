import { describe, expect, it } from 'vitest';
import { CAFE_DE_DEPART, type Cafe } from './cafe.ts';
import { cafeEnMots, conseilsPour, readCafe, saisieOf, type SaisieDeCafe } from './saisie-de-cafe.ts';

const ORGANISMES = [{ id: 'caf', nom: 'Caisse d’allocations familiales', alias: ['CAF'] }];
const SAISIE: SaisieDeCafe = {
	...saisieOf(CAFE_DE_DEPART),
	questions: 'Qu’est-ce qui aide à reprendre un emploi ?\n\nQu’est-ce qui manque près de chez vous ?',
	noms_des_tables: 'Se déplacer — Camille (6 places)\nSe loger - Dominique\nSe soigner',
	inscrits: 'CAF 3\nUsagers : 6\n2 Mission locale\nMaison de l’emploi'
};

function cafe(change: Partial<SaisieDeCafe> = {}): Cafe {
	const read = readCafe({ ...SAISIE, ...change }, ORGANISMES);
	if (!read.cafe) throw new Error(read.refus);
	return read.cafe;
}

describe('a café that is typed', () => {
	it('is read line by line: questions, tables with their hosts and places, people by organisme', () => {
		const { questions, tables, inscrits } = cafe();
		expect(questions.length).toBe(2);
		expect(tables.slice(0, 4)).toEqual([
			{ nom: 'Se déplacer', hote: 'Camille', places: 6 },
			{ nom: 'Se loger', hote: 'Dominique', places: null },
			{ nom: 'Se soigner', hote: '', places: null },
			{ nom: '', hote: '', places: null }
		]);
		expect(inscrits).toEqual([
			{ organismeId: 'caf', organisme: 'Caisse d’allocations familiales', nombre: 3, usager: false },
			{ organismeId: null, organisme: 'Usagers', nombre: 6, usager: true },
			{ organismeId: null, organisme: 'Mission locale', nombre: 2, usager: false },
			{ organismeId: null, organisme: 'Maison de l’emploi', nombre: 1, usager: false }
		]);
	});

	it('comes back as it was typed', () => {
		expect(cafe(saisieOf(cafe()))).toEqual(cafe());
	});

	it.each([
		[{ questions: ' \n ' }, 'Écrivez au moins une question.'],
		[{ tables: '31' }, 'Le nombre de tables va de 1 à 30.'],
		[{ tours: '0' }, 'Le nombre de tours va de 1 à 8.'],
		[{ duree: 'vingt' }, 'Un tour dure de 1 à 240\u00a0minutes.'],
		[{ tables: '2' }, 'Vous nommez 3\u00a0tables et en demandez 2\u00a0: ôtez des noms, ou ajoutez des tables.'],
		[{ inscrits: 'CAF 401' }, 'Un world café réunit 400 personnes au plus.']
	])('is refused in words that say what to do: %o', (change, refus) => {
		expect(readCafe({ ...SAISIE, ...change }, ORGANISMES)).toEqual({ cafe: null, refus });
	});

	it('is said in words, hosts counted', () => {
		expect(cafeEnMots(cafe())).toBe(
			'6\u00a0tables, 3\u00a0tours de 20\u00a0min\u00a0: 1\u00a0h\u00a006, 14\u00a0personnes'
		);
	});

	it('is read with advice: a closed question, too many at a table, an organisme that nobody knows, rounds beyond tables', () => {
		const conseils = conseilsPour(
			cafe({ questions: 'Faut-il plus de bus ?', tables: '3', tours: '4', inscrits: 'Inconnus 40' })
		);
		expect(conseils.join('\n')).toMatch(/oui ou un non/);
		expect(conseils.join('\n')).toMatch(/beaucoup pour que chacun parle/);
		expect(conseils.join('\n')).toMatch(/gardés tels quels\s: Inconnus/);
		expect(conseils.join('\n')).toMatch(/on reviendra à une table/);
		expect(conseilsPour(cafe({ inscrits: 'CAF 24' }))).toEqual([]);
	});
});
