import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../../tests/support/random.ts';
import { appliquer, changementsEntre } from './changements.ts';

describe('what changed between two views', () => {
	it('says nothing when nothing changed', () => {
		expect(changementsEntre({ a: 1, cartes: [{ id: 'x' }] }, { a: 1, cartes: [{ id: 'x' }] })).toBeNull();
	});

	it('sends one card, not the others', () => {
		const before = { cartes: [{ id: 'x', texte: 'un' }] };
		const after = { cartes: [...before.cartes, { id: 'y', texte: 'deux' }] };
		expect(changementsEntre(before, after)).toEqual({ listes: { cartes: { mis: [{ id: 'y', texte: 'deux' }] } } });
	});

	it('gives the same view again, whatever came, went, moved or changed', () => {
		for (let seed = 0; seed < 300; seed++) {
			const random = randomFrom(seed);
			const list = () =>
				Array.from({ length: random.int(8) }, () => random.int(12))
					.filter((id, i, all) => all.indexOf(id) === i)
					.map((id) => ({ id: `c${id}`, texte: String(random.int(3)) }));
			const view = () => ({ etape: random.chance(0.5) ? null : { fin: random.int(3) }, cartes: list(), mot: '' });
			const [before, after] = [view(), view()];
			const changes = changementsEntre(before, after);
			expect(changes ? appliquer(before, structuredClone(changes)) : before, `seed ${seed}`).toEqual(after);
		}
	});
});
