import { describe, expect, it } from 'vitest';
import { derouleDe, minutesEnMots, minutesQuiRestent } from './deroule.ts';
import type { Etape } from './salle.ts';

const MINUTE = 60_000;

function etape(id: string, minutes: number | null, commenceeAt: number | null, finieAt: number | null = null): Etape {
	return {
		id,
		genre: 'tour',
		tour: null,
		titre: id,
		consigne: '',
		duree: minutes === null ? null : minutes * 60,
		ecrire: 'tous',
		voir: 'table',
		voter: false,
		vue: 'question',
		questionId: null,
		commenceeAt,
		finieAt
	};
}

describe('the script beside what it takes', () => {
	const etapes = [etape('un', null, 0, 3 * MINUTE), etape('deux', 20, 3 * MINUTE), etape('trois', 1, null)];

	it('says what was planned and what passed, and nothing of what is to come', () => {
		const lignes = derouleDe({ etapes, etapeId: 'deux' }, 25 * MINUTE);
		expect(lignes.map(({ moment }) => moment)).toEqual(['passee', 'en_cours', 'a_venir']);
		expect(lignes.map(minutesEnMots)).toEqual([
			'sans limite, 3\u00a0min passées',
			'20\u00a0min prévues, 22\u00a0min passées',
			'1\u00a0min prévue'
		]);
		expect(minutesQuiRestent(lignes)).toBe(21);
	});

	it('shows as ahead a step that was entered by mistake, and all of them before the room opens', () => {
		const back = derouleDe(
			{ etapes: [etape('un', 5, 0), etape('deux', 5, MINUTE, MINUTE + 5_000)], etapeId: 'un' },
			MINUTE
		);
		expect(back.map(minutesEnMots)).toEqual(['5\u00a0min prévues, 1\u00a0min passée', '5\u00a0min prévues']);
		expect(derouleDe({ etapes, etapeId: null }, 0).every(({ moment }) => moment === 'a_venir')).toBe(true);
	});
});
