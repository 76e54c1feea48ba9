import type { Bloc, Chiffre, Constat, Inline, NatureConstat, Note, Paragraphe, Renvoi } from '#lib/editor/prose.ts';

/** Short words to write the demonstration's prose with. Strings are its runs of text. */
export type Morceau = string | Inline;

export const par = (...morceaux: Morceau[]): Paragraphe => ({ type: 'paragraphe', contenu: runs(morceaux) });
export const titre = (texte: string): Paragraphe => ({ ...par(texte), titre: 2 });
export const puces = (...textes: Morceau[]): Paragraphe[] =>
	textes.map((texte) => ({ type: 'paragraphe', liste: 'puce', contenu: runs([texte]) }));
export const citation = (texte: string): Paragraphe => ({ type: 'paragraphe', citation: true, contenu: runs([texte]) });
export const figure = (id: string): Bloc => ({ type: 'figure', figure: id });

export const gras = (texte: string): Inline => ({ type: 'texte', texte, gras: true });
export const note = (texte: string): Note => ({ type: 'note', contenu: [{ type: 'texte', texte }] });
export const chiffre = (figure: string, ligne: string, serie: string): Chiffre => ({
	type: 'chiffre',
	figure,
	ligne,
	serie
});
export const renvoi = (cible: string): Renvoi => ({ type: 'renvoi', cible });

/** The first row and the first cell of each row are headers. */
export function tableau(legende: string, rangees: string[][]): Bloc {
	return {
		type: 'tableau',
		legende,
		rangees: rangees.map((rangee, r) =>
			rangee.map((texte, c) => ({ ...((r === 0 || c === 0) && { entete: true }), contenu: [par(texte)] }))
		)
	};
}

export interface ConstatDeDemo {
	nature?: NatureConstat;
	texte: string;
	theme: string;
	/** Id of the branch that it concerns. */
	noeud?: string;
	origine?: string;
}

/** A paragraph that is a constat or an enjeu; its key is given when the whole text is put together. */
export function constat({ nature = 'constat', texte, theme, noeud = '', origine = '' }: ConstatDeDemo): Paragraphe {
	const marque: Constat = { cle: '', nature, theme, noeud, origine };
	return { type: 'paragraphe', constat: marque, contenu: runs([texte]) };
}

function runs(morceaux: readonly Morceau[]): Inline[] {
	return morceaux.map((morceau) => (typeof morceau === 'string' ? { type: 'texte', texte: morceau } : morceau));
}
