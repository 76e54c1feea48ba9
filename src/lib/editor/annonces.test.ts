import { describe, expect, test } from 'vitest';
import { AnnoncesDePresence, type EcritOu } from './annonces.ts';

const bruno: EcritOu = { compteId: 'b', nom: 'Bruno', organisme: 'CAF', titre: 'Se loger' };
const amina: EcritOu = { compteId: 'a', nom: 'Amina', organisme: '', titre: 'Se soigner' };
const toutes = { titre: 'Se loger', choix: 'toutes' as const };

describe('who writes where is said, and not more than it helps', () => {
	test('someone who comes, by name, organisme and heading; several at once are counted', () => {
		const annonces = new AnnoncesDePresence();
		expect(annonces.sentenceFor([bruno], toutes, 0)).toBe('Bruno, CAF, écrit dans «\u00a0Se loger\u00a0».');
		expect(annonces.sentenceFor([bruno, { ...amina, titre: '' }], toutes, 10_000)).toBe(
			'Amina écrit au début du texte.'
		);
		expect(new AnnoncesDePresence().sentenceFor([bruno, amina], toutes, 0)).toBe('2 personnes écrivent dans ce texte.');
	});

	test('at most one sentence in ten seconds, whatever happens, and none for who stays', () => {
		const annonces = new AnnoncesDePresence();
		let said = 0;
		for (let now = 0; now < 60_000; now += 100) {
			const titre = `Titre ${now}`;
			if (annonces.sentenceFor([{ ...bruno, titre }], toutes, now)) said++;
		}
		expect(said).toBe(6);
		const calm = new AnnoncesDePresence();
		expect(calm.sentenceFor([bruno], toutes, 0)).not.toBeNull();
		for (let now = 100; now < 60_000; now += 100) expect(calm.sentenceFor([bruno], toutes, now)).toBeNull();
	});

	test('« ma section » says only who comes under one’s own heading; « aucune » says nothing', () => {
		const own = { titre: 'Se loger', choix: 'ma_section' as const };
		const annonces = new AnnoncesDePresence();
		expect(annonces.sentenceFor([amina], own, 0)).toBeNull();
		expect(annonces.sentenceFor([amina, bruno], own, 1)).toContain('Bruno');
		expect(new AnnoncesDePresence().sentenceFor([bruno], { ...own, choix: 'aucune' }, 0)).toBeNull();
	});

	test('what was not said in time is not said later: it would no longer be true', () => {
		const annonces = new AnnoncesDePresence();
		annonces.sentenceFor([bruno], toutes, 0);
		expect(annonces.sentenceFor([bruno, amina], toutes, 5_000)).toBeNull();
		expect(annonces.sentenceFor([bruno, amina], toutes, 10_000)).toBeNull();
	});
});
