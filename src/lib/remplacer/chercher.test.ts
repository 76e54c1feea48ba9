import { describe, expect, it } from 'vitest';
import { extraitOf, occurrencesOf, type Exigences } from './chercher.ts';

const LARGE: Exigences = { casse: false, accents: false, mot: false };
const found = (texte: string, cherche: string, exigences: Partial<Exigences> = {}) =>
	occurrencesOf(texte, cherche, { ...LARGE, ...exigences }).map(({ debut, longueur }) =>
		texte.slice(debut, debut + longueur)
	);

describe('what a text says', () => {
	it('is found whatever the case and the accents, when nothing else is asked', () => {
		expect(found('La Région, la REGION et la région', 'region')).toEqual(['Région', 'REGION', 'région']);
	});

	it('is found only in its case, or with its accents, when that is asked', () => {
		expect(found('CAF et caf', 'CAF', { casse: true })).toEqual(['CAF']);
		expect(found('Région et Region', 'région', { accents: true })).toEqual(['Région']);
	});

	it('is found as a whole word when that is asked, beside a sign or an apostrophe too', () => {
		expect(found('réinsertion, l’insertion ; insertion', 'insertion', { mot: true })).toHaveLength(2);
		expect(found('les CAFs', 'CAF', { mot: true })).toEqual([]);
	});

	it('is the same with another space or another apostrophe', () => {
		expect(found('l’appui\u00a0: Pôle\u00a0emploi', "l'appui : pole emploi")).toEqual([
			'l’appui\u00a0: Pôle\u00a0emploi'
		]);
	});

	it('is the same whatever way its letters are encoded, and never cuts one', () => {
		expect(found('re\u0301gion', 'région', { accents: true })).toEqual(['re\u0301gion']);
		expect(found('cœur', 'coeur')).toEqual(['cœur']);
		expect(found('cœur', 'co')).toEqual([]);
	});

	it('is never found twice over the same letters', () => {
		expect(found('aaaa', 'aa')).toEqual(['aa', 'aa']);
		expect(found('tout', '  ')).toEqual([]);
	});
});

it('shows what stands around, cut at a word', () => {
	const texte = `${'mot '.repeat(40)}France Travail${' mot'.repeat(40)}`;
	const { avant, trouve, apres } = extraitOf(texte, { debut: 160, longueur: 14 });
	expect(trouve).toBe('France Travail');
	expect(avant).toMatch(/^…mot .* mot $/);
	expect(apres).toMatch(/^ mot .* mot…$/);
});
