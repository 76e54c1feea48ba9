import { describe, expect, it } from 'vitest';
import { annonceDuTemps, minuteurProlonge, minuteurRepris, resteDe, resteEnChiffres, resteEnMots } from './minuteur.ts';

const MINUTE = 60_000;

describe('the timer of a step', () => {
	it('counts down to nothing, then what is over, and does not move while it is paused', () => {
		const minuteur = { debut: 0, fin: 20 * MINUTE, pauseAt: null };
		expect(resteDe(minuteur, 8 * MINUTE)).toBe(12 * MINUTE);
		expect(resteDe({ ...minuteur, pauseAt: 5 * MINUTE }, 90 * MINUTE)).toBe(15 * MINUTE);
		expect(resteDe({ ...minuteur, fin: null }, 0)).toBeNull();
		expect([684_000, 1, 0, -40_500].map(resteEnChiffres)).toEqual(['11:24', '0:01', '0:00', '\u22120:40']);
		expect([12 * MINUTE, 20_000, -1].map(resteEnMots)).toEqual(['12\u00a0min', 'moins d’une minute', 'temps écoulé']);
	});

	it('gives time to a step without limit from now on, and to one that is over', () => {
		expect(minuteurProlonge({ debut: 0, fin: null, pauseAt: null }, MINUTE, 7 * MINUTE).fin).toBe(8 * MINUTE);
		expect(minuteurProlonge({ debut: 0, fin: MINUTE, pauseAt: null }, MINUTE, 7 * MINUTE).fin).toBe(8 * MINUTE);
		expect(minuteurProlonge({ debut: 0, fin: 9 * MINUTE, pauseAt: null }, MINUTE, 7 * MINUTE).fin).toBe(10 * MINUTE);
	});

	it('is the same when it goes on without having been paused', () => {
		const minuteur = { debut: 0, fin: MINUTE, pauseAt: null };
		expect(minuteurRepris(minuteur, 30_000)).toBe(minuteur);
	});

	it('is said at five minutes, at one and at the end, once each, and never in between', () => {
		const said: string[] = [];
		for (let reste = 20 * MINUTE; reste > -2 * MINUTE; reste -= 1000) {
			const annonce = annonceDuTemps(reste + 1000, reste);
			if (annonce) said.push(annonce);
		}
		expect(said).toEqual([
			'Encore 5\u00a0minutes.',
			'Encore 1\u00a0minute.',
			'Le temps est écoulé. Finissez votre phrase.'
		]);
	});
});
