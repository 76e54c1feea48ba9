import { Extension } from '@tiptap/core';
import type { Node as ProseNode } from '@tiptap/pm/model';
import { NodeSelection, Plugin, type Command, type EditorState } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import type { References } from './references.ts';
import type { ShowBlock } from './views.ts';

/** What an image of the text says: its attachment, its words. */
export interface ImageDuTexte {
	piece: string;
	/** Empty: it is decorative. */
	alternative: string;
	legende: string;
}

/** Shows an image with a way to change its words. */
export function imageView(
	sourceOf: (piece: string) => References['images'][string] | undefined,
	edit: (element: HTMLElement, button: HTMLElement) => void
): ShowBlock {
	return (element, { piece = '', alternative = '', legende = '' }) => {
		const box = document.createElement('figure');
		box.append(imageElement(sourceOf(piece), alternative));
		if (legende) box.append(Object.assign(document.createElement('figcaption'), { textContent: legende }));
		const button = Object.assign(document.createElement('button'), { type: 'button', textContent: 'Modifier l’image' });
		const open = () => edit(element, button);
		button.addEventListener('click', open);
		element.append(box, button);
		return () => button.removeEventListener('click', open);
	};
}

function imageElement(source: References['images'][string] | undefined, alternative: string): HTMLElement {
	if (!source) {
		const lost = alternative ? `Image retirée\u00a0: ${alternative}` : 'Image retirée';
		return Object.assign(document.createElement('p'), { className: 'perdu', textContent: lost });
	}
	const { src, largeur, hauteur } = source;
	return Object.assign(document.createElement('img'), { src, alt: alternative, width: largeur, height: hauteur });
}

/** Enter on an image that is selected changes its words. */
export function imageKeys(edit: (element: HTMLElement) => void): Extension {
	return Extension.create({
		name: 'clavierDesImages',
		addProseMirrorPlugins: () => [
			new Plugin({
				props: {
					handleKeyDown(view, event) {
						const { selection } = view.state;
						if (event.key !== 'Enter' || !(selection instanceof NodeSelection)) return false;
						if (selection.node.type.name !== 'image') return false;
						const dom = view.nodeDOM(selection.from);
						if (dom instanceof HTMLElement) edit(dom);
						return true;
					}
				}
			})
		]
	});
}

/** The image that an element shows, and its place; null when it is gone. */
export function imageAt(view: EditorView, element: HTMLElement): { node: ProseNode; position: number } | null {
	let found: { node: ProseNode; position: number } | null = null;
	view.state.doc.forEach((node, position) => {
		if (node.type.name === 'image' && view.nodeDOM(position) === element) found = { node, position };
	});
	return found;
}

/** Where a block goes: in place of an empty paragraph, else after the block of the caret. */
export function insertBloc(bloc: ProseNode): Command {
	return (state, dispatch) => {
		const { from, to } = placeOfBloc(state);
		const tr = state.tr.replaceWith(from, to, bloc);
		dispatch?.(tr.setSelection(NodeSelection.create(tr.doc, from)).scrollIntoView());
		return true;
	};
}

function placeOfBloc({ selection }: EditorState): { from: number; to: number } {
	const { $from, $to } = selection;
	if ($from.depth === 0) return { from: $to.pos, to: $to.pos };
	if ($from.depth === 1 && $from.parent.content.size === 0) return { from: $from.before(1), to: $from.after(1) };
	return { from: $to.after(1), to: $to.after(1) };
}

// Before it is sent

/** Wider than any page of the document shows. */
const COTE = 2_000;
const OCTETS = 1_000_000;

/** A photograph as large as the document needs it: the rest would only weigh. What cannot be made smaller is sent as it is. */
export async function smallerImage(file: File): Promise<File> {
	if (file.size <= OCTETS || !/^image\/(jpeg|png|webp)$/u.test(file.type)) return file;
	try {
		const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
		const scale = Math.min(1, COTE / Math.max(bitmap.width, bitmap.height));
		const canvas = document.createElement('canvas');
		canvas.width = Math.max(1, Math.round(bitmap.width * scale));
		canvas.height = Math.max(1, Math.round(bitmap.height * scale));
		canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
		bitmap.close();
		const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, file.type, 0.85));
		return blob && blob.size < file.size ? new File([blob], file.name, { type: blob.type }) : file;
	} catch {
		return file; // The server says what is wrong with it.
	}
}
