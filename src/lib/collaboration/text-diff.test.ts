import { describe, expect, test } from 'vitest';
import { diffAtCaret, type TextChange } from './text-diff.ts';

const apply = (text: string, { index, remove, insert }: TextChange) =>
	text.slice(0, index) + insert + text.slice(index + remove);

describe('diffAtCaret', () => {
	test.each([
		[
			'an « a » typed at the start of « aaa » lands at the start',
			'aaa',
			'aaaa',
			1,
			{ index: 0, remove: 0, insert: 'a' }
		],
		['an « a » typed in the middle lands in the middle', 'aaa', 'aaaa', 2, { index: 1, remove: 0, insert: 'a' }],
		['an « a » typed at the end lands at the end', 'aaa', 'aaaa', 4, { index: 3, remove: 0, insert: 'a' }],
		['Backspace removes the character before the caret', 'aaa', 'aa', 1, { index: 1, remove: 1, insert: '' }],
		['Delete removes the character after the caret', 'abcabc', 'abcbc', 3, { index: 3, remove: 1, insert: '' }],
		['a selection is replaced', 'un deux trois', 'un DEUX trois', 7, { index: 3, remove: 4, insert: 'DEUX' }],
		[
			'a correction elsewhere than at the caret',
			'le chas dort',
			'le chat dort',
			12,
			{ index: 6, remove: 1, insert: 't' }
		],
		['nothing changed', 'abc', 'abc', 2, { index: 2, remove: 0, insert: '' }],
		['everything goes', 'abc', '', 0, { index: 0, remove: 3, insert: '' }]
	])('%s', (_rule, before, after, caret, change) => {
		expect(diffAtCaret(before, after, caret)).toEqual(change);
	});

	test('a surrogate pair is never cut, though two faces share a half', () => {
		expect(diffAtCaret('a😀b', 'a😁b', 3)).toEqual({ index: 1, remove: 2, insert: '😁' });
		// These two share their second half.
		expect(diffAtCaret('a\u{1f600}b', 'a\u{1fa00}b', 3)).toEqual({ index: 1, remove: 2, insert: '\u{1fa00}' });
		expect(diffAtCaret('😀😀', '😀😀😀', 4)).toEqual({ index: 2, remove: 0, insert: '😀' });
	});

	test.each([1, 2, 3])(
		'whatever the two texts and the caret (seed %i), the change turns one into the other and cuts no pair',
		(seed) => {
			let state = seed;
			const pick = (below: number) => {
				state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
				return (state >>> 8) % below;
			};
			const signs = ['a', 'a', 'b', '😀', '😁', '\u{1fa00}', '\n'];
			const text = () => Array.from({ length: pick(9) }, () => signs[pick(signs.length)]).join('');
			for (let i = 0; i < 3000; i++) {
				const [before, after] = [text(), text()];
				const change = diffAtCaret(before, after, pick(after.length + 1));
				expect(apply(before, change)).toBe(after);
				expect(change.insert.isWellFormed()).toBe(true);
				expect(before.slice(0, change.index).isWellFormed()).toBe(true);
				expect(before.slice(change.index + change.remove).isWellFormed()).toBe(true);
			}
		}
	);
});
