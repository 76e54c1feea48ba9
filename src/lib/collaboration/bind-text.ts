import type { Attachment } from 'svelte/attachments';
import * as Y from 'yjs';
import { growWithText } from './grow.ts';
import { ShownText } from './shown-text.ts';
import { diffAtCaret } from './text-diff.ts';
import { cleanTyped, listLines, withoutBullet } from './typed-text.ts';

type TextInput = HTMLTextAreaElement | HTMLInputElement;

export interface BindTextOptions {
	/** Runs a change as this person's own (`LiveDocument.edit`). */
	edit: (change: () => void) => void;
	/**
	 * Whether the text may hold newlines. Otherwise Enter writes none, and pasted lines are told or joined; a <textarea>
	 * of one row does better than an <input>, which glues pasted lines together before anyone sees them.
	 */
	multiline?: boolean;
	/** Enter, in a text of one line. */
	onenter?: () => void;
	/**
	 * The text is an item of a list, and a list was pasted in it: the first line and what was before the caret stay in the
	 * text; `rest` holds the others, the last one with what was after the caret, whose place in it is `caret`. Called in the
	 * same edit.
	 */
	onlines?: (rest: string[], caret: number) => void;
}

/**
 * Binds a plain <textarea> or <input> to a shared text. What is typed goes into the text at once, where it was typed; what
 * others type shows at once, with the caret and the selection kept on their characters. During a composition (accents,
 * phone keyboards, Asian scripts) the input is left alone, and catches up when it ends.
 *
 *     <textarea {@attach bindText(texte, { edit: (change) => live.edit(change) })}></textarea>
 */
export function bindText(texte: Y.Text, options: BindTextOptions): Attachment<TextInput> {
	return (input) => {
		const binding = new Binding(input, texte, options);
		return () => binding.destroy();
	};
}

class Binding {
	readonly #input: TextInput;
	readonly #texte: Y.Text;
	readonly #options: BindTextOptions;
	readonly #listening = new AbortController();
	readonly #grow: (() => void) | null;
	#shown: ShownText;
	/** What the input showed when the two were last compared. */
	#value: string;
	#composing = false;
	/** An edit of ours is under way: its event needs no answer. */
	#writing = false;

	constructor(input: TextInput, texte: Y.Text, options: BindTextOptions) {
		this.#input = input;
		this.#texte = texte;
		this.#options = options;
		({ value: this.#value, shown: this.#shown } = this.#read());
		input.value = this.#value;
		this.#grow = input instanceof HTMLTextAreaElement ? growWithText(input, this.#listening.signal) : null;
		texte.observe(this.#onRemote);
		const listen = { signal: this.#listening.signal };
		input.addEventListener('beforeinput', (event) => this.#onBeforeInput(event as InputEvent), listen);
		input.addEventListener('input', () => this.#write(), listen);
		input.addEventListener('compositionstart', () => (this.#composing = true), listen);
		input.addEventListener('compositionend', () => this.#endComposition(), listen);
		input.addEventListener('blur', () => this.#composing && this.#endComposition(), listen);
	}

	destroy(): void {
		this.#listening.abort();
		this.#texte.unobserve(this.#onRemote);
	}

	#read(): { value: string; shown: ShownText } {
		return ShownText.of(this.#texte.toDelta(), this.#options.multiline === true);
	}

	/** Enter in a text of one line, whatever keyboard it comes from; the one that ends a composition makes no such event. */
	#onBeforeInput(event: InputEvent): void {
		if (this.#options.multiline) return;
		if (event.inputType !== 'insertLineBreak' && event.inputType !== 'insertParagraph') return;
		event.preventDefault();
		this.#options.onenter?.();
	}

	#endComposition(): void {
		this.#composing = false;
		this.#write();
		this.#show();
	}

	/** From the input to the shared text. */
	#write(): void {
		const input = this.#input;
		if (input.value === this.#value) return;
		if (input.readOnly) return this.#show();
		const change = diffAtCaret(this.#value, input.value, input.selectionEnd ?? undefined);
		const [insert, ...rest] = this.#composing ? [change.insert] : this.#linesOf(change.insert, change.index);
		if (insert !== change.insert) {
			input.setRangeText(insert, change.index, change.index + change.insert.length, 'end');
		}
		this.#value = input.value;
		const changes = this.#shown.write({ ...change, insert });
		this.#edit(() => {
			for (const { index, remove, insert: text } of changes) {
				if (remove > 0) this.#texte.delete(index, remove);
				if (text !== '') this.#texte.insert(index, text);
			}
			if (rest.length > 0) this.#spread(change.index + insert.length, rest);
		});
		if (rest.length > 0) this.#show();
		this.#grow?.();
	}

	/** What comes in at once, as it may: one line, unless the text is an item of a list. */
	#linesOf(typed: string, index: number): [string, ...string[]] {
		const { multiline, onlines } = this.#options;
		const text = cleanTyped(typed);
		if (multiline) return [text];
		if (!text.includes('\n')) return [onlines && index === 0 && text.length > 2 ? withoutBullet(text) : text];
		if (!onlines) return [text.trim().replace(/\s*\n\s*/g, ' ')];
		const [first = '', ...rest] = listLines(text);
		// A space that parts it from what is there already.
		return [index > 0 && /^\s/.test(text) ? ` ${first}` : first, ...rest];
	}

	#edit(change: () => void): void {
		this.#writing = true;
		try {
			this.#options.edit(change);
		} finally {
			this.#writing = false;
		}
	}

	/** The lines after the first leave for texts of their own, with what follows the caret. */
	#spread(caret: number, rest: string[]): void {
		const from = this.#shown.toShared(caret);
		const tail = this.#value.slice(caret);
		const end = (rest.at(-1) as string).length;
		if (tail !== '') {
			this.#texte.delete(from, this.#texte.length - from);
			rest[rest.length - 1] += tail;
		}
		this.#options.onlines?.(rest, end);
	}

	readonly #onRemote = (event: Y.YTextEvent, transaction: Y.Transaction): void => {
		if (this.#writing) return;
		this.#shown.receive(event.delta);
		if (this.#composing) return;
		const undone = transaction.origin instanceof Y.UndoManager && this.#isFocused();
		this.#show(undone ? endOf(event.delta) : null);
	};

	/** From the shared text to the input. `caret`: where to put the caret in the shared text; otherwise it stays. */
	#show(caret: number | null = null): void {
		const input = this.#input;
		const direction = input.selectionDirection ?? undefined;
		const start = caret ?? this.#selection('start');
		const end = caret ?? this.#selection('end');
		const { value, shown } = this.#read();
		const { index, remove, insert } = diffAtCaret(input.value, value);
		if (input.value !== value) input.setRangeText(insert, index, index + remove, 'preserve');
		this.#value = input.value;
		this.#shown = shown;
		if (this.#isFocused()) input.setSelectionRange(shown.toShown(start), shown.toShown(end), direction);
		this.#grow?.();
	}

	/** An end of the selection, in the shared text. At the very start there is no character before the caret to stay with. */
	#selection(edge: 'start' | 'end'): number {
		const { selectionStart, selectionEnd } = this.#input;
		const collapsed = selectionStart === selectionEnd;
		const index = (edge === 'start' ? selectionStart : selectionEnd) ?? 0;
		const right = collapsed ? index === 0 && this.#value !== '' : edge === 'start';
		return this.#shown.toShared(index, right ? 'right' : 'left');
	}

	#isFocused(): boolean {
		return (this.#input.getRootNode() as Document | ShadowRoot).activeElement === this.#input;
	}
}

/** Where the last change of an event ends, in the text as it is after it. */
function endOf(delta: Y.YTextEvent['delta']): number {
	let at = 0;
	let end = 0;
	for (const { retain, insert } of delta) {
		if (retain !== undefined) {
			at += retain;
			continue;
		}
		if (insert !== undefined) at += typeof insert === 'string' ? insert.length : 1;
		end = at;
	}
	return end;
}
