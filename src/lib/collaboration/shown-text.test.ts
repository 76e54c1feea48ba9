import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { ShownText } from './shown-text.ts';

function texteOf(content: string): Y.Text {
	const texte = new Y.Doc().getText('t');
	texte.insert(0, content);
	return texte;
}

const shownOf = (content: string, multiline = true) => ShownText.of(texteOf(content).toDelta(), multiline);

describe('what an input shows of a shared text', () => {
	test('a textarea shows newlines, and every carriage return as one', () => {
		const { value, shown } = shownOf('a\r\nb\rc\nd');
		expect(value).toBe('a\nb\nc\nd');
		expect([shown.toShared(2), shown.toShared(4), shown.toShared(6)]).toEqual([3, 5, 7]);
		expect([shown.toShown(3), shown.toShown(5), shown.toShown(7)]).toEqual([2, 4, 6]);
	});

	test('an input of one line shows no newline', () => {
		const { value, shown } = shownOf('a\r\nb\nc', false);
		expect(value).toBe('abc');
		expect(shown.write({ index: 2, remove: 1, insert: 'C' })).toEqual([
			{ index: 4, remove: 0, insert: 'C' },
			{ index: 6, remove: 1, insert: '' }
		]);
	});

	test('what is in the text but not text (an embed) is neither shown nor counted wrong', () => {
		const texte = texteOf('ab');
		texte.insertEmbed(1, { image: 'x' });
		const { value, shown } = ShownText.of(texte.toDelta(), true);
		expect(value).toBe('ab');
		expect(shown.write({ index: 2, remove: 0, insert: 'c' })).toEqual([{ index: 3, remove: 0, insert: 'c' }]);
	});

	test('a caret stays after the character before it, a selection does not grow', () => {
		const { shown } = shownOf('abcd');
		shown.receive([{ retain: 2 }, { insert: 'XY' }]);
		expect(shown.toShared(2, 'left')).toBe(2);
		expect(shown.toShared(2, 'right')).toBe(4);
		expect(shown.toShared(3)).toBe(5);
	});
});

describe.each([1, 2, 3, 4])('edits of both sides meet (seed %i)', (seed) => {
	let state = seed * 7919;
	const pick = (below: number) => {
		state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
		return (state >>> 8) % below;
	};
	let sign = 0x4e00;
	/** Every character is the only one of its kind, so that each can be followed. */
	const word = () => Array.from({ length: pick(4) }, () => String.fromCharCode(sign++)).join('');

	test('each character that was typed or removed on either side is there or gone, in its place', () => {
		for (let round = 0; round < 300; round++) {
			sign = 0x4e00;
			const texte = texteOf(word() + word() + word() + word());
			const all = new Set(texte.toString());
			let { value, shown } = ShownText.of(texte.toDelta(), true);
			let writing = false;
			texte.observe((event) => writing || shown.receive(event.delta));
			const change = (length: number) => {
				const index = pick(length + 1);
				return { index, remove: Math.min(pick(4), length - index), insert: word() };
			};
			for (let step = 0; step < 12; step++) {
				const local = pick(2) === 0;
				const { index, remove, insert } = change(local ? value.length : texte.length);
				const gone = (local ? value : texte.toString()).slice(index, index + remove);
				for (const char of gone) all.delete(char);
				for (const char of insert) all.add(char);
				writing = local;
				const changes = local ? shown.write({ index, remove, insert }) : [{ index, remove, insert }];
				for (const one of changes) {
					texte.delete(one.index, one.remove);
					texte.insert(one.index, one.insert);
				}
				if (local) value = value.slice(0, index) + insert + value.slice(index + remove);
				writing = false;
			}
			const shared = texte.toString();
			expect(new Set(shared)).toEqual(all);
			expect(shared).toHaveLength(all.size);
			[...value].forEach((char, index) => {
				const at = shared.indexOf(char);
				if (at < 0) return; // Removed by the other side, and still shown.
				expect(shown.toShared(index, 'right')).toBe(at);
				expect(shown.toShared(index + 1, 'left')).toBe(at + 1);
				expect(shown.toShown(at + 1)).toBe(index + 1);
			});
		}
	});
});
