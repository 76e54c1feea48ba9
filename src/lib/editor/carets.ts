import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import {
	absolutePositionToRelativePosition,
	relativePositionToAbsolutePosition,
	ySyncPluginKey
} from '@tiptap/y-tiptap';
import { fromBase64, toBase64 } from 'lib0/buffer';
import * as Y from 'yjs';
import { PREFIXE } from './champ.ts';
import type { Presence } from '#lib/collaboration/live-document.svelte.ts';

/**
 * Where the others have their carets. What travels is the presence's `champ`, « corps~ancre~tête », with positions that follow the
 * text. Carets are drawn, and hidden from assistive technology: who is here is said in words elsewhere.
 */
export interface Carets {
	/** The others, as they are now. */
	others(): readonly Presence[];
	/** Says where one's own caret is; null: nowhere here. */
	show(champ: string | null): void;
}

const key = new PluginKey<DecorationSet>('carets');

export function caretsPlugin({ others, show }: Carets): Plugin {
	return new Plugin<DecorationSet>({
		key,
		state: {
			init: () => DecorationSet.empty,
			apply(tr, set, _before, state) {
				if (tr.getMeta(key) || tr.getMeta(ySyncPluginKey)) return drawAll(state, others());
				return tr.docChanged ? set.map(tr.mapping, tr.doc) : set;
			}
		},
		props: { decorations: (state) => key.getState(state) },
		view: () => ({
			update(view, before) {
				if (!before.selection.eq(view.state.selection) || before.doc !== view.state.doc) tellOwn(view, show);
			}
		})
	});
}

/** The others moved: their carets are drawn again. */
export function redrawCarets(view: EditorView): void {
	view.dispatch(view.state.tr.setMeta(key, true).setMeta('addToHistory', false));
}

/** Tells the others where one's caret is, or that it left. */
export function tellOwn(view: EditorView, show: Carets['show']): void {
	const binding = bindingOf(view.state);
	if (!view.hasFocus() || !binding) return;
	const { anchor, head } = view.state.selection;
	const place = (position: number) =>
		encode(absolutePositionToRelativePosition(position, binding.type, binding.mapping));
	show(`${PREFIXE}${place(anchor)}~${place(head)}`);
}

/** The place of someone's caret in this editor; null when it is not in the prose. */
export function placeOfCaret(
	state: EditorView['state'],
	champ: string | null
): { anchor: number; head: number } | null {
	const binding = bindingOf(state);
	if (!binding || !champ?.startsWith(PREFIXE)) return null;
	const [ancre = '', tete = ''] = champ.slice(PREFIXE.length).split('~');
	const [anchor, head] = [ancre, tete].map((encoded) => {
		const position = decode(encoded);
		return position && relativePositionToAbsolutePosition(binding.doc, binding.type, position, binding.mapping);
	});
	if (typeof anchor !== 'number' || typeof head !== 'number') return null;
	const last = state.doc.content.size;
	return { anchor: Math.min(anchor, last), head: Math.min(head, last) };
}

function drawAll(state: EditorView['state'], others: readonly Presence[]): DecorationSet {
	const decorations: Decoration[] = [];
	for (const { clientId, compteId, nom, champ } of others) {
		const place = placeOfCaret(state, champ);
		if (!place) continue;
		const hue = hueOf(compteId);
		const [from, to] = [Math.min(place.anchor, place.head), Math.max(place.anchor, place.head)];
		if (from < to) decorations.push(Decoration.inline(from, to, { class: 'choisi', style: `--teinte: ${hue}` }));
		decorations.push(
			Decoration.widget(place.head, () => caret(nom, hue), {
				key: `${clientId}:${nom}`,
				side: -1,
				ignoreSelection: true
			})
		);
	}
	return DecorationSet.create(state.doc, decorations);
}

function caret(nom: string, hue: number): HTMLElement {
	const element = document.createElement('span');
	element.className = 'caret';
	element.ariaHidden = 'true';
	element.style.setProperty('--teinte', String(hue));
	const label = document.createElement('span');
	label.textContent = nom;
	element.append(label);
	return element;
}

/** The same for someone everywhere: a help, never the only sign. */
function hueOf(compteId: string): number {
	let hash = 0;
	for (const char of compteId) hash = (hash * 31 + char.charCodeAt(0)) % 360;
	return hash;
}

/** What ties an editor to the shared text. */
export interface Binding {
	doc: Y.Doc;
	type: Y.XmlFragment;
	mapping: Map<Y.AbstractType<unknown>, never>;
}

export function bindingOf(state: EditorView['state']): Binding | null {
	const sync = ySyncPluginKey.getState(state) as
		(Pick<Binding, 'doc' | 'type'> & { binding: Pick<Binding, 'mapping'> | null }) | undefined;
	return sync?.binding ? { doc: sync.doc, type: sync.type, mapping: sync.binding.mapping } : null;
}

/** Whether what begins in the shared text was done in this editor. */
export function isOwnTransaction(doc: Y.Doc | undefined): boolean {
	return doc?._transaction?.origin === ySyncPluginKey;
}

function encode(position: unknown): string {
	return toBase64(Y.encodeRelativePosition(Y.createRelativePositionFromJSON(position)));
}

function decode(encoded: string): Y.RelativePosition | null {
	try {
		return Y.decodeRelativePosition(fromBase64(encoded));
	} catch {
		return null; // From a page that writes it otherwise.
	}
}
