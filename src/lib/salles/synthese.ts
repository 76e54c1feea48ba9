import * as Y from 'yjs';

/** Version of the shape of a `synthese` document: a map with one text, made once by the server. */
export const SHAPE_SYNTHESE = 1;

export function prepareSynthese(doc: Y.Doc, texte = ''): void {
	doc.getMap('synthese').set('texte', new Y.Text(texte));
}

/** What a table writes together; null until it has come. */
export function texteDeSynthese(doc: Y.Doc): Y.Text | null {
	const texte = doc.getMap('synthese').get('texte');
	return texte instanceof Y.Text ? texte : null;
}
