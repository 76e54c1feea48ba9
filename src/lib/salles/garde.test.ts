import { describe, expect, it } from 'vitest';
import { gardeDe } from './garde.ts';

/** As a browser's store. */
function magasin(full = false) {
	const values = new Map<string, string>();
	return {
		values,
		get length() {
			return values.size;
		},
		key: (i: number) => [...values.keys()][i] ?? null,
		getItem: (name: string) => values.get(name) ?? null,
		setItem(name: string, value: string) {
			if (full) throw new DOMException('full', 'QuotaExceededError');
			values.set(name, value);
		},
		removeItem: (name: string) => void values.delete(name)
	};
}
const acte = (cle: string) => ({ cle, acte: 'ajouterCarte', donnees: { texte: cle } });

describe('acts kept on the device', () => {
	it('come back in the order in which they were made, without those that were answered', () => {
		const store = magasin();
		const garde = gardeDe('seance siege', () => store);
		for (const cle of ['zz', 'aa', 'mm']) garde.add(acte(cle));
		garde.remove(['aa']);
		garde.add(acte('bb'));
		expect(gardeDe('seance siege', () => store).read()).toEqual(['zz', 'mm', 'bb'].map(acte));
		expect(gardeDe('seance animateur', () => store).read()).toEqual([]);
	});

	it('of two pages of one room do not erase each other', () => {
		const store = magasin();
		const [first, second] = [gardeDe('seance siege', () => store), gardeDe('seance siege', () => store)];
		first.add(acte('un'));
		second.add(acte('deux'));
		first.remove(['un']);
		expect(gardeDe('seance siege', () => store).read()).toEqual([acte('deux')]);
	});

	it('are not asked for where there is no store, nor lost with the others when one is spoilt', () => {
		const store = magasin();
		const garde = gardeDe('seance siege', () => store);
		garde.add(acte('un'));
		garde.add(acte('deux'));
		store.values.set([...store.values.keys()][0]!, 'abîmé');
		expect(garde.read()).toEqual([acte('deux')]);
		const nowhere = gardeDe('seance siege', () => {
			throw new Error('forbidden');
		});
		nowhere.add(acte('un'));
		expect(nowhere.read()).toEqual([]);
		gardeDe('seance siege', () => magasin(true)).add(acte('un'));
	});
});
