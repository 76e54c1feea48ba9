import { describe, expect, it } from 'vitest';
import {
	boundsOf,
	dayAt,
	instantOf,
	byQuand,
	monthsBetween,
	periodInWords,
	quandInWords,
	readQuand,
	spanInWords,
	type Precision
} from './quand.ts';

const TOUTES: Precision[] = ['jour', 'mois', 'saison'];

describe('when something is', () => {
	it('is read as people write it, to the day, the month or the season', () => {
		const read = (text: string) => readQuand(text, TOUTES);
		expect(
			['2027-03-12', '12/03/2027', '12.3.27', '12 mars 2027', 'Lundi 1er mars 2027', 'le 2 août 2027'].map(read)
		).toEqual(['2027-03-12', '2027-03-12', '2027-03-12', '2027-03-12', '2027-03-01', '2027-08-02']);
		expect(['2027-03', '03/2027', 'Mars 2027', 'en février 2027', 'sept. 2027'].map(read)).toEqual([
			'2027-03',
			'2027-03',
			'2027-03',
			'2027-02',
			'2027-09'
		]);
		expect(['À l’automne 2014', 'été 2027', '2027-hiver'].map(read)).toEqual([
			'2014-automne',
			'2027-ete',
			'2027-hiver'
		]);
	});

	it('may not be known yet', () => {
		for (const text of ['', '  ', 'à fixer', 'À définir', '-', '?']) expect(readQuand(text, ['jour'])).toBe('');
	});

	it('is refused when it is no date, or less precise than what is asked', () => {
		for (const text of ['31/02/2027', '2027-13', '12 mars', 'bientôt', '40/03/2027', 'ju 2027', 'toString 2027'])
			expect(readQuand(text, TOUTES), text).toBeNull();
		expect(readQuand('automne 2027', ['jour', 'mois'])).toBeNull();
		expect(readQuand('mars 2027', ['jour'])).toBeNull();
	});

	it('is said in words', () => {
		expect(['2027-03-12', '2027-03', '2027-ete', ''].map(quandInWords)).toEqual([
			'12 mars 2027',
			'mars 2027',
			'été 2027',
			''
		]);
		expect(periodInWords('2014-03', '2014-05')).toBe('mars à mai 2014');
		expect(periodInWords('2014-10', '2015-06')).toBe('octobre 2014 à juin 2015');
		expect(periodInWords('2027-07-02', '2027-10-07')).toBe('2 juillet au 7 octobre 2027');
		expect(periodInWords('2014-automne', '')).toBe('automne 2014');
		expect(spanInWords(['2019-07-02', '2019-10-07', ''])).toBe('juillet à octobre 2019');
		expect(spanInWords(['2019-11-27'])).toBe('27 novembre 2019');
	});

	it('covers days, by which it is put in order; what has no date comes last', () => {
		expect(boundsOf('2024-02')).toEqual({ debut: '2024-02-01', fin: '2024-02-29' });
		expect(boundsOf('2014-automne')).toEqual({ debut: '2014-09-01', fin: '2014-11-30' });
		expect(['', '2014-automne', '2014-09-12', '2014-03'].sort(byQuand)).toEqual([
			'2014-03',
			'2014-automne',
			'2014-09-12',
			''
		]);
		expect(monthsBetween('2014-11-03', '2015-02-01')).toEqual(['2014-11', '2014-12', '2015-01', '2015-02']);
	});

	it('is told in the hours of France, in winter, in summer, and on the night between', () => {
		const said = (day: string, hour: string) => new Date(instantOf(day, hour)).toISOString().slice(0, 16);
		expect([said('2027-01-12', '14:30'), said('2027-07-12', '14:30'), said('2027-03-28', '09:00')]).toEqual([
			'2027-01-12T13:30',
			'2027-07-12T12:30',
			'2027-03-28T07:00'
		]);
		expect(dayAt(Date.UTC(2027, 6, 12, 22, 30))).toBe('2027-07-13');
	});
});
