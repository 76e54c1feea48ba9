import type { ActeEnAttente, Garde } from './file-d-actes.ts';

/** What is needed of the device's own store. */
type Magasin = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/**
 * Acts kept on the device, each under a name of its own: two pages that show the same room do not erase each other's. Without a store, or
 * when it is full, they wait in the page only.
 */
export function gardeDe(room: string, magasin: () => Magasin): Garde {
	const prefix = `copacte-acte ${room} `;
	const names = () => {
		const store = magasin();
		return Array.from({ length: store.length }, (_, i) => store.key(i) ?? '')
			.filter((name) => name.startsWith(prefix))
			.sort();
	};
	const rangOf = (name: string) => Number(name.slice(prefix.length).split(' ')[0]);
	const attempt = <T>(run: () => T, otherwise: T): T => {
		try {
			return run();
		} catch {
			return otherwise;
		}
	};
	return {
		read: () =>
			attempt(
				() =>
					names().flatMap((name) => attempt(() => [JSON.parse(magasin().getItem(name) ?? '') as ActeEnAttente], [])),
				[]
			),
		add: (acte) =>
			attempt(() => {
				const rang = Math.max(0, ...names().map(rangOf)) + 1;
				magasin().setItem(`${prefix}${String(rang).padStart(9, '0')} ${acte.cle}`, JSON.stringify(acte));
			}, undefined),
		remove: (cles) =>
			attempt(() => {
				for (const name of names()) if (cles.includes(name.split(' ').at(-1) ?? '')) magasin().removeItem(name);
			}, undefined)
	};
}
