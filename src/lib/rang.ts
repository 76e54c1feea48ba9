import { generateNKeysBetween } from 'fractional-indexing';

/** Something placed among its brothers by a fractional index; equal ranks are settled by the id, the same way everywhere. */
export interface Ranked {
	id: string;
	rang: string;
}

export function byRang(a: Ranked, b: Ranked): number {
	if (a.rang !== b.rang) return a.rang < b.rang ? -1 : 1;
	return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** The rank of a newcomer placed last. */
export function rangLast(brothers: readonly Ranked[]): string {
	return rangAt(brothers, brothers.length).rang;
}

/**
 * The rank that places a newcomer before `brothers[index]` (at the end when index is their number). Brothers are sorted.
 * Two people who insert at the same place at once give equal ranks; then the brothers that share the rank of their left
 * neighbour are given new ones (`moved`), because nothing fits between equals.
 */
export function rangAt(brothers: readonly Ranked[], index: number): { rang: string; moved: Ranked[] } {
	const { rangs, moved } = rangsAt(brothers, index, 1);
	return { rang: rangs[0] as string, moved };
}

/** The same for several newcomers, placed side by side in their order. */
export function rangsAt(
	brothers: readonly Ranked[],
	index: number,
	count: number
): { rangs: string[]; moved: Ranked[] } {
	const left = brothers[index - 1]?.rang ?? null;
	let end = index;
	while (left !== null && end < brothers.length && (brothers[end] as Ranked).rang <= left) end++;
	const keys = keysBetween(left, brothers[end]?.rang ?? null, count + end - index);
	if (!keys) return rangAll(brothers, index, count);
	return { rangs: keys.slice(0, count), moved: withRangs(brothers.slice(index, end), keys.slice(count)) };
}

/** `count` ranks in order, for a list made at once. */
export function rangsOf(count: number): string[] {
	return generateNKeysBetween(null, null, count);
}

const RANG = /^[A-Za-z][0-9A-Za-z]+$/;

/** null when a neighbour's rank is not one of ours: a document can hold anything that somebody once wrote in it. */
function keysBetween(left: string | null, right: string | null, count: number): string[] | null {
	if ((left !== null && !RANG.test(left)) || (right !== null && !RANG.test(right))) return null;
	try {
		return generateNKeysBetween(left, right, count);
	} catch {
		return null;
	}
}

/** Everyone gets a new rank, in the order that they have. */
function rangAll(brothers: readonly Ranked[], index: number, count: number): { rangs: string[]; moved: Ranked[] } {
	const keys = rangsOf(brothers.length + count);
	const rangs = keys.splice(index, count);
	return { rangs, moved: withRangs(brothers, keys) };
}

function withRangs(brothers: readonly Ranked[], rangs: readonly string[]): Ranked[] {
	return brothers.map(({ id }, i) => ({ id, rang: rangs[i] as string }));
}
