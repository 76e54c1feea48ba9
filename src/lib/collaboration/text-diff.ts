/** One change of a text: at `index`, `remove` units leave and `insert` comes. Units are those of JavaScript strings. */
export interface TextChange {
	index: number;
	remove: number;
	insert: string;
}

/**
 * The smallest change that turns one text into another, given where the caret stands in the result: an « a » typed in
 * the middle of « aaa » lands where it was typed, not where a plain comparison would see it. Never cuts a surrogate pair.
 */
export function diffAtCaret(before: string, after: string, caret: number = after.length): TextChange {
	// What follows the caret was not typed: it is as it was.
	const tail = Math.min(after.length - caret, before.length);
	let suffix = 0;
	while (suffix < tail && before[before.length - 1 - suffix] === after[after.length - 1 - suffix]) suffix++;
	const head = Math.min(before.length, after.length) - suffix;
	let prefix = 0;
	while (prefix < head && before[prefix] === after[prefix]) prefix++;
	// A change elsewhere than at the caret (a correction, a drop): what is left may still end alike.
	const rest = Math.min(before.length, after.length) - prefix;
	while (suffix < rest && before[before.length - 1 - suffix] === after[after.length - 1 - suffix]) suffix++;
	if (cutsPair(before, prefix) || cutsPair(after, prefix)) prefix--;
	if (cutsPair(before, before.length - suffix) || cutsPair(after, after.length - suffix)) suffix--;
	return {
		index: prefix,
		remove: before.length - suffix - prefix,
		insert: after.slice(prefix, after.length - suffix)
	};
}

function cutsPair(text: string, index: number): boolean {
	return isHigh(text.charCodeAt(index - 1)) && isLow(text.charCodeAt(index));
}

function isHigh(unit: number): boolean {
	return unit >= 0xd800 && unit <= 0xdbff;
}

function isLow(unit: number): boolean {
	return unit >= 0xdc00 && unit <= 0xdfff;
}
