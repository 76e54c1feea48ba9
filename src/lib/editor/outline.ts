import type { Node as ProseNode } from '@tiptap/pm/model';

/** A heading of the text, as its plan shows it. */
export interface TitreDuTexte {
	niveau: number;
	texte: string;
	/** Where it begins in the editor. */
	position: number;
}

export function outlineOf(doc: ProseNode): TitreDuTexte[] {
	const titres: TitreDuTexte[] = [];
	doc.forEach((node, position) => {
		if (node.type.name === 'paragraphe' && node.attrs.titre && node.textContent.trim() !== '')
			titres.push({ niveau: node.attrs.titre as number, texte: node.textContent.trim(), position });
	});
	return titres;
}

/** The heading under which a place of the text stands; null before the first. */
export function titreAt(titres: readonly TitreDuTexte[], position: number): TitreDuTexte | null {
	return titres.findLast((titre) => titre.position <= position) ?? null;
}
