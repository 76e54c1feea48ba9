import { Extension, type AnyExtension } from '@tiptap/core';
import type { Node as ProseNode } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';
import type { NodeView } from '@tiptap/pm/view';
import { CHIFFRE_PERDU, cleDeChiffre, RENVOI_PERDU, type References } from './references.ts';

/** Shows a block that stands for something kept elsewhere: a figure, an image. Gives the way to take it off. */
export type ShowBlock = (element: HTMLElement, attrs: Record<string, string>) => () => void;

export interface Views {
	references(): References;
	figure: ShowBlock;
	image: ShowBlock;
}

/** How nodes that hold no text of their own are shown; `refresh` shows them again once what they refer to has changed. */
export class ProseViews {
	readonly #views: Views;
	readonly #inlines = new Set<() => void>();

	constructor(views: Views) {
		this.#views = views;
	}

	refresh(): void {
		for (const show of this.#inlines) show();
	}

	get extension(): AnyExtension {
		const nodeViews = {
			renvoi: (node: ProseNode) => this.#inline(node, 'renvoi', (attrs) => this.#renvoi(attrs)),
			chiffre: (node: ProseNode) => this.#inline(node, 'chiffre', (attrs) => this.#chiffre(attrs)),
			figure: (node: ProseNode) => this.#block(node, this.#views.figure),
			image: (node: ProseNode) => this.#block(node, this.#views.image)
		};
		return Extension.create({
			name: 'vues',
			addProseMirrorPlugins: () => [new Plugin({ props: { nodeViews } })]
		});
	}

	#renvoi({ cible = '' }: Record<string, string>): { texte: string; titre: string; isLost: boolean } {
		const found = this.#views.references().renvois[cible];
		return found
			? { ...found, isLost: false }
			: { texte: RENVOI_PERDU, titre: 'Ce qui était visé n’existe plus.', isLost: true };
	}

	#chiffre({ figure = '', ligne = '', serie = '' }: Record<string, string>) {
		const texte = this.#views.references().chiffres[cleDeChiffre(figure, ligne, serie)];
		return texte === undefined
			? { texte: CHIFFRE_PERDU, titre: 'Cette valeur n’est plus dans sa figure.', isLost: true }
			: { texte, titre: 'Valeur d’une figure : elle se change là-bas.', isLost: false };
	}

	#inline(
		node: ProseNode,
		name: string,
		read: (attrs: Record<string, string>) => { texte: string; titre: string; isLost: boolean }
	): NodeView {
		const dom = document.createElement('span');
		let attrs = node.attrs as Record<string, string>;
		const show = () => {
			const { texte, titre, isLost } = read(attrs);
			dom.className = isLost ? `${name} perdu` : name;
			dom.textContent = texte;
			dom.title = titre;
		};
		for (const [key, value] of Object.entries(attrs)) dom.setAttribute(`data-${key}`, value);
		this.#inlines.add(show);
		show();
		return {
			dom,
			update: (next) => {
				if (next.type !== node.type) return false;
				attrs = next.attrs as Record<string, string>;
				show();
				return true;
			},
			destroy: () => this.#inlines.delete(show)
		};
	}

	#block(node: ProseNode, show: ShowBlock): NodeView {
		const dom = document.createElement('div');
		dom.className = 'bloc';
		dom.contentEditable = 'false';
		let hide = show(dom, node.attrs as Record<string, string>);
		let shown = JSON.stringify(node.attrs);
		return {
			dom,
			update: (next) => {
				if (next.type !== node.type) return false;
				if (JSON.stringify(next.attrs) !== shown) {
					hide();
					dom.replaceChildren();
					shown = JSON.stringify(next.attrs);
					hide = show(dom, next.attrs as Record<string, string>);
				}
				return true;
			},
			ignoreMutation: () => true,
			// Buttons and links inside are theirs, not the editor's.
			stopEvent: (event) =>
				event.target instanceof Element && event.target.closest('button, a, input, textarea') !== null,
			destroy: () => hide()
		};
	}
}
