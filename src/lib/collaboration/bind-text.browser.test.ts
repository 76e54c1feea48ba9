import { afterEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import * as Y from 'yjs';
import { bindText, type BindTextOptions } from './bind-text.ts';

const LOCAL = Symbol('local');

interface Bench {
	area: HTMLTextAreaElement;
	texte: Y.Text;
	other: Y.Text;
	/** Carries both sides' changes over. */
	meet: () => void;
	unbind: () => void;
}

const made: (() => void)[] = [];
afterEach(() => {
	for (const undo of made.splice(0)) undo();
});

/** A textarea bound to a shared text, and the same text at somebody else's. */
function bench(content = '', options: Partial<BindTextOptions> = {}, element = 'textarea'): Bench {
	const [mine, theirs] = [new Y.Doc(), new Y.Doc()];
	mine.getText('t').insert(0, content);
	const meet = () => {
		Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine), 'remote');
		Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs), 'remote');
	};
	meet();
	const area = document.createElement(element) as HTMLTextAreaElement;
	area.setAttribute('aria-label', 'Texte');
	document.body.append(area);
	const texte = mine.getText('t');
	const attach = bindText(texte, { edit: (change) => mine.transact(change, LOCAL), multiline: true, ...options });
	let bound = attach(area) ?? null;
	const unbind = () => {
		bound?.();
		bound = null;
	};
	made.push(() => {
		unbind();
		area.remove();
	});
	return { area, texte, other: theirs.getText('t'), meet, unbind };
}

/** What a keyboard does to an input, without the keyboard. */
function type(area: HTMLTextAreaElement, text: string, start = area.selectionStart, end = area.selectionEnd) {
	area.setRangeText(text, start, end, 'end');
	area.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: text }));
}

describe('what is typed', () => {
	test('goes into the shared text, at once', async () => {
		const { area, texte } = bench('Ouvrir places');
		area.focus();
		area.setSelectionRange(7, 7);
		await userEvent.keyboard('vingt ');
		expect(texte.toString()).toBe('Ouvrir vingt places');
		await userEvent.keyboard('{Backspace}{Delete}');
		expect(texte.toString()).toBe('Ouvrir vingtlaces');
	});

	test('an « a » typed among others lands at the caret, so that a neighbour’s text is not cut elsewhere', () => {
		const { area, texte, other, meet } = bench('aaaa');
		area.focus();
		type(area, 'a', 1, 1);
		other.insert(4, '!');
		meet();
		expect(texte.toDelta()).toEqual([{ insert: 'aaaaa!' }]);
		other.delete(1, 1); // The second « a » is the one that was typed.
		meet();
		expect(area.value).toBe('aaaa!');
		expect(area.selectionStart).toBe(1);
	});

	test('replacing a letter of a word leaves the other characters as they were', () => {
		const { area, texte } = bench('le chas dort');
		const first = Y.createRelativePositionFromTypeIndex(texte, 3);
		type(area, 'chat', 3, 7);
		expect(texte.toString()).toBe('le chat dort');
		expect(Y.createAbsolutePositionFromRelativePosition(first, texte.doc as Y.Doc)?.index).toBe(3);
	});

	test('what Word pastes comes clean, and no-break spaces stay', () => {
		const { area, texte } = bench('');
		type(area, 'Taux\u00a0: 12\u00ad\u00a0%\u000bpar an\u0007');
		expect(texte.toString()).toBe('Taux\u00a0: 12\u00a0%\npar an');
		expect(area.value).toBe(texte.toString());
		expect(area.selectionStart).toBe(area.value.length);
	});

	test('a face is replaced by another whole, though they share half of their code', () => {
		const { area, texte, other, meet } = bench('a😀b');
		type(area, '😁', 1, 3);
		meet();
		expect(texte.toString()).toBe('a😁b');
		expect(other.toString()).toBe('a😁b');
	});

	test('a readonly input writes nothing and shows the shared text again', () => {
		const { area, texte } = bench('abc');
		area.readOnly = true;
		type(area, 'x', 0, 0);
		expect([area.value, texte.toString()]).toEqual(['abc', 'abc']);
	});

	test('after unbinding, neither side follows the other', () => {
		const { area, texte, unbind } = bench('abc');
		unbind();
		type(area, 'x', 0, 0);
		texte.insert(3, 'y');
		expect([area.value, texte.toString()]).toEqual(['xabc', 'abcy']);
	});
});

describe('what others type', () => {
	test('shows at once; the caret stays on its character', () => {
		const { area, other, meet } = bench('un deux trois');
		area.focus();
		area.setSelectionRange(7, 7);
		other.insert(0, 'zéro ');
		other.insert(other.length, ' quatre');
		other.delete(5, 3);
		meet();
		expect(area.value).toBe('zéro deux trois quatre');
		expect(area.value.slice(0, area.selectionStart)).toBe('zéro deux');
	});

	test('a selection keeps its characters, does not grow, and keeps its direction', () => {
		const { area, other, meet } = bench('un deux trois');
		area.focus();
		area.setSelectionRange(3, 7, 'backward');
		other.insert(7, 'IÈME');
		other.insert(3, 'LE ');
		meet();
		expect(area.value).toBe('un LE deuxIÈME trois');
		expect(area.value.slice(area.selectionStart, area.selectionEnd)).toBe('deux');
		expect(area.selectionDirection).toBe('backward');
	});

	test('a caret whose surroundings are removed stays where they were', () => {
		const { area, other, meet } = bench('un deux trois');
		area.focus();
		area.setSelectionRange(5, 5);
		other.delete(3, 5);
		meet();
		expect([area.value, area.selectionStart]).toEqual(['un trois', 3]);
	});

	test('an input that has not the focus does not take it, and keeps its caret for later', () => {
		const { area, other, meet } = bench('un deux');
		area.setSelectionRange(7, 7);
		area.blur();
		other.insert(0, 'zéro ');
		meet();
		expect(document.activeElement).not.toBe(area);
		expect([area.value, area.selectionStart]).toEqual(['zéro un deux', 12]);
	});

	test('the page does not scroll, though the text above the caret grows', () => {
		const { area, other, meet } = bench('dernière ligne');
		document.body.style.minHeight = '3000px';
		made.push(() => (document.body.style.minHeight = ''));
		area.style.marginTop = '1200px';
		area.focus();
		area.setSelectionRange(9, 9);
		window.scrollTo(0, 700);
		other.insert(0, 'ligne\n'.repeat(10));
		meet();
		expect(window.scrollY).toBe(700);
		expect(area.value.slice(area.selectionStart)).toBe('ligne');
	});

	test('signs that an input cannot show (carriage returns) shift nothing', () => {
		const { area, texte } = bench('un\r\ndeux\rtrois');
		expect(area.value).toBe('un\ndeux\ntrois');
		type(area, '!', 7, 7);
		type(area, '?', 14, 14);
		expect(texte.toString()).toBe('un\r\ndeux!\rtrois?');
	});
});

describe('composition', () => {
	test('the input is left alone until it ends; nothing that either side wrote is lost', () => {
		const { area, texte, other, meet } = bench('un trois');
		area.focus();
		area.setSelectionRange(3, 3);
		area.dispatchEvent(new CompositionEvent('compositionstart'));
		type(area, 'deu');
		other.insert(0, 'zéro ');
		other.delete(8, 3);
		meet();
		expect(area.value).toBe('un deutrois');
		expect(texte.toString()).toBe('zéro un deuis');
		type(area, 'deux ', 3, 6);
		area.dispatchEvent(new CompositionEvent('compositionend'));
		expect(area.value).toBe('zéro un deux is');
		expect(texte.toString()).toBe('zéro un deux is');
		expect(area.value.slice(0, area.selectionStart)).toBe('zéro un deux ');
	});

	test('what is composed is shared while it is composed: a word that is never ended is not lost', () => {
		const { area, texte } = bench('');
		area.focus();
		area.dispatchEvent(new CompositionEvent('compositionstart'));
		type(area, 'bonj');
		expect(texte.toString()).toBe('bonj');
	});

	test('an input that loses the focus while composing catches up', () => {
		const { area, other, meet } = bench('abc');
		area.focus();
		area.dispatchEvent(new CompositionEvent('compositionstart'));
		other.insert(0, '>');
		meet();
		expect(area.value).toBe('abc');
		area.blur();
		expect(area.value).toBe('>abc');
	});
});

describe('a text of one line', () => {
	test('Enter is told and writes no newline', async () => {
		const onenter = vi.fn();
		const { area, texte } = bench('titre', { multiline: false, onenter });
		area.focus();
		await userEvent.keyboard('{Enter}');
		expect(onenter).toHaveBeenCalledTimes(1);
		expect(texte.toString()).toBe('titre');
	});

	test('pasted lines are joined by a space when nobody asks for them', () => {
		const { area, texte } = bench('[]', { multiline: false });
		type(area, 'Garder \r\n les enfants\n', 1, 1);
		expect(texte.toString()).toBe('[Garder les enfants]');
		expect(area.value).toBe('[Garder les enfants]');
	});

	test('a pasted list gives its first line here and the others to the caller, with what followed the caret', () => {
		const onlines = vi.fn();
		const { area, texte } = bench('avant-après', { multiline: false, onlines });
		type(area, '\uf0b7\tUn\r\n\uf0b7\tDeux\r\n\uf0b7\tTrois', 6, 6);
		expect(texte.toString()).toBe('avant-Un');
		expect(area.value).toBe('avant-Un');
		expect(onlines).toHaveBeenCalledExactlyOnceWith(['Deux', 'Troisaprès'], 5);
	});

	test('a pasted item loses the sign of its list, a typed one keeps what is typed', () => {
		const { area, texte } = bench('', { multiline: false, onlines: () => {} });
		type(area, '• Ouvrir vingt places\r\n');
		expect(texte.toString()).toBe('Ouvrir vingt places');
		type(area, ' ');
		type(area, '-');
		expect(texte.toString()).toBe('Ouvrir vingt places -');
	});

	test('an <input> is bound as well, without the newlines that it cannot show', () => {
		const { area, texte } = bench('un\ndeux', { multiline: false }, 'input');
		expect(area.value).toBe('undeux');
		type(area, '!', 6, 6);
		type(area, '-', 2, 2);
		expect(texte.toString()).toBe('un-\ndeux!');
	});
});

describe('undo', () => {
	test('takes back one’s own words, and puts the caret where they were', () => {
		const { area, texte, other, meet } = bench('un trois');
		const undo = new Y.UndoManager(texte, { trackedOrigins: new Set([LOCAL]) });
		area.focus();
		type(area, 'deux ', 3, 3);
		meet();
		other.insert(0, 'zéro ');
		meet();
		area.setSelectionRange(0, 0);
		undo.undo();
		expect(area.value).toBe('zéro un trois');
		expect(area.selectionStart).toBe(8);
		undo.redo();
		expect(area.value).toBe('zéro un deux trois');
		expect(area.selectionStart).toBe(13);
	});
});

describe.each([11, 12, 13, 14])('two people write at random (seed %i)', (seed) => {
	let state = seed * 104729;
	const pick = (below: number) => {
		state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
		return (state >>> 8) % below;
	};
	const words = ['a', 'aa', 'é', 'mot ', '\n', 'e\u0301', '😀', ''];
	const word = () => words[pick(words.length)] as string;
	/** Somewhere that is not inside a character. */
	const place = (text: string) => {
		const index = pick(text.length + 1);
		return text.slice(0, index).isWellFormed() ? index : index - 1;
	};

	test('the input always shows the shared text, the caret stays after its character, both sides end alike', () => {
		const { area, texte, other, meet } = bench('aaa bbb aaa');
		area.focus();
		let composing = false;
		const compose = (on: boolean) => {
			if (composing === on) return;
			composing = on;
			area.dispatchEvent(new CompositionEvent(on ? 'compositionstart' : 'compositionend'));
		};
		for (let step = 0; step < 1500; step++) {
			switch (pick(6)) {
				case 0:
				case 1: {
					const start = place(area.value);
					const after = area.value.slice(start);
					type(area, word(), start, start + place(after.slice(0, 4)));
					break;
				}
				case 2: {
					const index = place(other.toString());
					other.delete(index, place(other.toString().slice(index, index + 4)));
					other.insert(index, word());
					break;
				}
				case 3: {
					compose(false);
					const caret = place(area.value);
					area.setSelectionRange(caret, caret);
					const before = Y.createRelativePositionFromTypeIndex(texte, caret, caret === 0 ? 0 : -1);
					meet();
					const { index } = Y.createAbsolutePositionFromRelativePosition(before, texte.doc as Y.Doc) ?? { index: -1 };
					expect(area.selectionStart).toBe(index);
					expect(area.selectionEnd).toBe(index);
					break;
				}
				case 4:
					compose(!composing);
					break;
				default:
					meet();
			}
			if (!composing) expect(area.value).toBe(texte.toString());
		}
		compose(false);
		meet();
		expect(area.value).toBe(other.toString());
		expect(area.value.isWellFormed()).toBe(true);
	});
});
