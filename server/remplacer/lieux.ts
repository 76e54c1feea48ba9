import * as Y from 'yjs';
import { champsDuGenre } from '#lib/engagements/cadre.ts';
import { corpsOf } from '#lib/editor/prose.ts';
import { pucesOf, texteOf } from '#lib/fiches/fiche.ts';
import { lignesOf } from '#lib/fiches/tableau.ts';
import { figureOf } from '#lib/figures/figure.ts';
import { asTableau, contenuOf, type Champ, type ChampEnLignes } from '#lib/pactes/modele.ts';
import { titreOf } from '#lib/orientations/arbre.ts';
import { texteDeSynthese } from '#lib/salles/synthese.ts';

/** A text of a live document, and where in it. */
export interface TexteSitue {
	texte: Y.Text;
	/** « Objectifs » */
	ou: string;
	/** The end of its address. */
	ancre: string;
}

/** The texts of the fields, in the order of the form. What may only be chosen is no text. */
export function textesDeChamps(doc: Y.Doc, champs: readonly Champ[]): TexteSitue[] {
	return champs.flatMap((champ) => {
		const situe = (texte: Y.Text | undefined): TexteSitue[] =>
			texte ? [{ texte, ou: champ.etiquette, ancre: `#champ-${champ.id}` }] : [];
		if (champ.type === 'ouinon' || champ.type === 'choix') return [];
		const contenu = contenuOf(champ);
		switch (contenu) {
			case 'texte':
			case 'organismes':
			case 'schemas':
				return situe(texteOf(doc, champ.id));
			case 'puces':
				return pucesOf(doc, champ.id).flatMap(({ texte }) => situe(texte));
			case 'lignes': {
				const { colonnes } = asTableau(champ as ChampEnLignes);
				const written = colonnes.filter(({ type }) => type !== 'choix');
				return lignesOf(doc, champ.id).flatMap(({ cellules }) => written.flatMap(({ id }) => situe(cellules.get(id))));
			}
			default:
				return contenu satisfies never;
		}
	});
}

/** The texts of a section: its prose with its notes and tables, then the frame of what a partner commits to. */
export function textesDeSection(doc: Y.Doc, genre: Parameters<typeof champsDuGenre>[0]): TexteSitue[] {
	const blocs = corpsOf(doc).toArray();
	const prose = blocs.flatMap((bloc, i) =>
		[...xmlTexts(bloc)].map((texte): TexteSitue => ({ texte, ou: '', ancre: `#bloc-${i + 1}` }))
	);
	return [...prose, ...textesDeChamps(doc, champsDuGenre(genre))];
}

function* xmlTexts(node: unknown): Generator<Y.Text> {
	if (node instanceof Y.XmlText) yield node;
	else if (node instanceof Y.XmlElement) for (const child of node.toArray()) yield* xmlTexts(child);
}

const NOM_DE_CHAMP: Record<string, string> = {
	titre: 'Titre',
	phrase: 'Phrase',
	source: 'Source',
	date: 'Date',
	territoire: 'Territoire',
	unite: 'Unité'
};

/** The words of a figure: not its numbers. */
export function textesDeFigure(doc: Y.Doc): TexteSitue[] {
	const figure = figureOf(doc);
	const own = Object.entries(NOM_DE_CHAMP).flatMap(([key, ou]) => situe(figure.get(key), ou));
	return [...own, ...rows(figure.get('series'), 'nom', 'Colonnes'), ...rows(figure.get('lignes'), 'libelle', 'Lignes')];
}

function rows(map: unknown, key: string, ou: string): TexteSitue[] {
	if (!(map instanceof Y.Map)) return [];
	return [...map.values()].flatMap((row) => (row instanceof Y.Map ? situe(row.get(key), ou) : []));
}

function situe(texte: unknown, ou: string): TexteSitue[] {
	return texte instanceof Y.Text ? [{ texte, ou, ancre: '' }] : [];
}

export function textesDeSynthese(doc: Y.Doc): TexteSitue[] {
	return situe(texteDeSynthese(doc) ?? undefined, 'Synthèse de la table');
}

/** The title of a node, when it still has one. */
export function titreDeNoeud(doc: Y.Doc, id: string, ancre: string): TexteSitue[] {
	const texte = titreOf(doc, id);
	return texte ? [{ texte, ou: 'Titre', ancre }] : [];
}
