/**
 * How many signs must be changed, added, removed or swapped with the next to go from one word to the other; more than
 * `limite` is said to be `limite + 1`, without counting further.
 */
export function distanceOf(a: string, b: string, limite: number): number {
	if (Math.abs(a.length - b.length) > limite) return limite + 1;
	let before: number[] = [];
	let row = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) {
			const same = a[i - 1] === b[j - 1];
			let cost = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (same ? 0 : 1));
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1);
			next.push(cost);
		}
		if (Math.min(...next) > limite) return limite + 1;
		before = row;
		row = next;
	}
	return Math.min(row[b.length]!, limite + 1);
}

export interface Connu {
	forme: string;
	/** As the text writes it. */
	ecrit: string;
	/** How many passages have its family. */
	passages: number;
}

/** The words of a pacte that are spelt almost like this one, the nearest and most frequent first. */
export function prochesOf(forme: string, connus: Iterable<Connu>, combien = 3): Connu[] {
	const limite = forme.length < 4 ? 1 : forme.length < 8 ? 2 : 3;
	const found: { connu: Connu; distance: number }[] = [];
	for (const connu of connus) {
		if (connu.forme.length < 3) continue;
		const distance = distanceOf(forme, connu.forme, limite);
		// A word of which more than a quarter is other letters is another word.
		if (distance <= limite && distance * 4 <= Math.max(4, connu.forme.length)) found.push({ connu, distance });
	}
	found.sort((a, b) => a.distance - b.distance || b.connu.passages - a.connu.passages);
	return found.slice(0, combien).map(({ connu }) => connu);
}
