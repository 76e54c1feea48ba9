import { createSubscriber } from 'svelte/reactivity';
import type * as Y from 'yjs';
import type { LiveDocument } from '#lib/collaboration/live-document.svelte.ts';
import { titreOf } from '#lib/orientations/arbre.ts';

/** The title of a fiche, which lives in the tree, for those who may write there. */
export class Titre {
	readonly document: LiveDocument;
	readonly #noeud: string;
	readonly #follow: () => void;

	constructor(document: LiveDocument, noeud: string) {
		this.document = document;
		this.#noeud = noeud;
		const noeuds = document.doc.getMap('noeuds');
		this.#follow = createSubscriber((update) => {
			noeuds.observe(update);
			return () => noeuds.unobserve(update);
		});
	}

	/** undefined until it may be written. */
	get texte(): Y.Text | undefined {
		this.#follow();
		return this.document.ready && this.document.canWrite ? titreOf(this.document.doc, this.#noeud) : undefined;
	}
}
