import { Editor, Extension, getSchema, type AnyExtension } from '@tiptap/core';
import { baseKeymap } from '@tiptap/pm/commands';
import { gapCursor } from '@tiptap/pm/gapcursor';
import { keymap } from '@tiptap/pm/keymap';
import type { Schema } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';
import { ySyncPlugin, ySyncPluginKey, yUndoPlugin } from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import { caretsPlugin, tellOwn, type Carets } from './carets.ts';
import { keepSelection } from './kept-selection.ts';
import { isKnown, watchUnknown, type Known } from './known-content.ts';
import { emptyNotes } from './notes.ts';
import { proseKeys } from './keys.ts';
import { readCaretFirst } from './read-caret.ts';
import { SCHEMA } from './schema.ts';
import { tablePlugin } from './table.ts';

export interface EditorOptions {
	element: HTMLElement;
	fragment: Y.XmlFragment;
	undo: Y.UndoManager;
	/** What the text is called, for who does not see it. */
	label: string;
	editable: boolean;
	carets: Carets;
	/** More than the schema: rules while typing, pasting, views of nodes. */
	extensions?: AnyExtension[];
	onUpdate(): void;
	onSelection(): void;
	/** The text holds what this page does not know: the editor is gone, the text untouched. */
	onUnknown(): void;
}

const SCHEMA_KNOWN = knownOf(getSchema([...SCHEMA]));

/** What this version of the schema knows, as the stored text names it. */
function knownOf(schema: Schema): Known {
	const elements = new Map(
		Object.values(schema.nodes).map(({ name, spec }) => [name, new Set(Object.keys(spec.attrs ?? {}))] as const)
	);
	return { elements, formats: new Set(Object.keys(schema.marks)) };
}

/**
 * An editor on a shared text, once that text is there. null when the text holds something that this version does not know:
 * bound to it, the editor would delete that for everyone.
 */
export function mountEditor(options: EditorOptions): Editor | null {
	const { element, fragment, undo, label, editable, extensions = [] } = options;
	const doc = fragment.doc as Y.Doc;
	if (!isKnown(fragment, SCHEMA_KNOWN)) {
		options.onUnknown();
		return null;
	}
	undo.addTrackedOrigin(ySyncPluginKey);
	const editor = new Editor({
		element,
		editable,
		injectCSS: false,
		extensions: [...SCHEMA, ...extensions, collaborative(options)],
		enableInputRules: true,
		enablePasteRules: false,
		editorProps: {
			attributes: {
				class: 'prose',
				lang: 'fr',
				spellcheck: 'true',
				role: 'textbox',
				'aria-multiline': 'true',
				'aria-label': label
			}
		},
		onUpdate: options.onUpdate,
		onSelectionUpdate: options.onSelection,
		onFocus: () => {
			prepareFirstLine(editor);
			tellOwn(editor.view, options.carets.show);
		},
		onBlur: () => options.carets.show(null),
		onDestroy: () => stopWatching()
	});
	const stopWatching = watchUnknown(doc, fragment, SCHEMA_KNOWN, () => {
		editor.destroy();
		options.onUnknown();
	});
	return editor;
}

/** Nothing is mandatory in the schema, so an empty text has no line to write on until someone comes to write. */
function prepareFirstLine(editor: Editor): void {
	if (!editor.isEditable || editor.state.doc.childCount > 0) return;
	const paragraphe = editor.schema.nodes.paragraphe?.create();
	if (paragraphe) editor.view.dispatch(editor.state.tr.insert(0, paragraphe).setMeta('addToHistory', false));
}

function collaborative({ fragment, undo, carets }: EditorOptions): AnyExtension {
	return Extension.create({
		name: 'collaborative',
		priority: 1_000,
		addProseMirrorPlugins() {
			return [
				readCaretFirst(fragment.doc as Y.Doc), // Before the binding, which remembers where one is.
				ySyncPlugin(fragment),
				yUndoPlugin({ undoManager: kept(undo) }),
				keepSelection(),
				caretsPlugin(carets),
				proseKeys(this.editor),
				keymap(baseKeymap),
				gapCursor(),
				tablePlugin(),
				emptyCells(),
				emptyNotes()
			].filter((plugin) => plugin instanceof Plugin);
		}
	});
}

/** The plugin ends its manager with the editor; ours belongs to the document, and outlives « mode calme ». */
function kept(undo: Y.UndoManager): Y.UndoManager {
	const added: [string, (...args: never[]) => void][] = [];
	const own: Partial<Record<string | symbol, unknown>> = {
		on(name: string, listener: (...args: never[]) => void) {
			added.push([name, listener]);
			undo.on(name as 'stack-item-added', listener as never);
		},
		destroy() {
			for (const [name, listener] of added) undo.off(name as 'stack-item-added', listener as never);
		}
	};
	return new Proxy(undo, { get: (target, key) => (key in own ? own[key] : Reflect.get(target, key, target)) });
}

/** Two people at once can leave a cell without a line: whoever writes there is given one. */
function emptyCells(): Plugin {
	return new Plugin({
		appendTransaction(transactions, _before, state) {
			// What came from others is mended when one writes oneself: else everyone would mend it at once.
			if (!transactions.some((tr) => tr.docChanged && !tr.getMeta(ySyncPluginKey))) return null;
			const { paragraphe } = state.schema.nodes;
			const places: number[] = [];
			state.doc.descendants((node, position) => {
				const role = node.type.spec.tableRole as string | undefined;
				if ((role === 'cell' || role === 'header_cell') && node.childCount === 0) places.push(position + 1);
				return role !== undefined || node.type.name === 'doc';
			});
			if (places.length === 0 || !paragraphe) return null;
			const tr = state.tr;
			for (const place of places.reverse()) tr.insert(place, paragraphe.create());
			return tr;
		}
	});
}
