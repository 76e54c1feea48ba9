import * as Y from 'yjs';
import { champsDuGenre } from '#lib/engagements/cadre.ts';
import { corpsOf } from '#lib/editor/prose.ts';
import { pucesOf, texteOf } from '#lib/fiches/fiche.ts';
import { lignesOf } from '#lib/fiches/tableau.ts';
import { CHAMPS_FIGURE, figureOf, type ChampFigure } from '#lib/figures/figure.ts';
import {
	allChamps,
	asTableau,
	champsOfVariante,
	contenuOf,
	type Champ,
	type ChampEnLignes,
	type Modele
} from '#lib/pactes/modele.ts';
import { titreOf } from '#lib/orientations/arbre.ts';
import type { Occurrence } from '#lib/remplacer/chercher.ts';
import { texteDeSynthese } from '#lib/salles/synthese.ts';
import { nameOfElement, plainOf, replaceText, setAttribute, signAt, type Geste } from '../operations/gestes.ts';

/** A place of a live document that says something. */
export interface Lieu {
	dit: string;
	/** « Objectifs » */
	ou: string;
	/** The end of its address. */
	ancre: string;
	/** Means this very occurrence, whatever is written around it meanwhile; `n`: its place among those of the text. */
	nameOf(occurrence: Occurrence, n: number): string;
	/** Puts these words in the place of occurrences that it has, from left to right. */
	replace(occurrences: readonly Occurrence[], par: string): Geste[];
}

/** From the end: what stands before keeps its place. */
function lieuDeTexte(texte: Y.Text, ou: string, ancre: string): Lieu {
	return {
		dit: plainOf(texte),
		ou,
		ancre,
		nameOf: ({ debut }) => signAt(texte, debut) ?? '',
		replace: (occurrences, par) =>
			occurrences.toReversed().map(({ debut, longueur }) => replaceText(texte, debut, longueur, par))
	};
}

/** Words that an element of prose carries beside its text. */
function lieuDAttribut(element: Y.XmlElement, nom: string, ou: string, ancre: string): Lieu {
	const dit = String(element.getAttribute(nom) ?? '');
	return {
		dit,
		ou,
		ancre,
		nameOf: (_, n) => `${nameOfElement(element)}.${nom}.${n}`,
		replace: (occurrences, par) =>
			occurrences
				.toReversed()
				.map((occurrence) => setAttribute(element, nom, saidWith(String(element.getAttribute(nom)), [occurrence], par)))
	};
}

/** What a text says with other words in these places. */
export function saidWith(texte: string, occurrences: readonly Occurrence[], par: string): string {
	return occurrences
		.toReversed()
		.reduce((said, { debut, longueur }) => said.slice(0, debut) + par + said.slice(debut + longueur), texte);
}

/** The texts of a fiche, those of fields that its form does not show or that were put aside included. */
export function lieuxDeFiche(doc: Y.Doc, modele: Modele, variante: string | null): Lieu[] {
	const shown = new Set(champsOfVariante(modele, variante).map(({ id }) => id));
	return allChamps(modele).flatMap((champ) =>
		lieuxDeChamps(doc, [champ]).map((lieu) =>
			shown.has(champ.id) ? lieu : { ...lieu, ou: `${lieu.ou} (mis de côté)`, ancre: '' }
		)
	);
}

/** The texts of the fields, in the order of the form. What may only be chosen is no text. */
function lieuxDeChamps(doc: Y.Doc, champs: readonly Champ[]): Lieu[] {
	return champs.flatMap((champ) => {
		const situe = (texte: Y.Text | undefined): Lieu[] =>
			texte ? [lieuDeTexte(texte, champ.etiquette, `#champ-${champ.id}`)] : [];
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

/** The texts of a section: its prose with its notes, tables and captions, then the frame of what a partner commits to. */
export function lieuxDeSection(doc: Y.Doc, genre: Parameters<typeof champsDuGenre>[0]): Lieu[] {
	const blocs = corpsOf(doc).toArray();
	return [
		...blocs.flatMap((bloc, i) => lieuxDeProse(bloc, `#bloc-${i + 1}`)),
		...lieuxDeChamps(doc, champsDuGenre(genre))
	];
}

/** What elements say beside their texts, by what they are. */
const ATTRIBUTS: Record<string, Record<string, string>> = {
	tableau: { legende: 'Légende' },
	image: { legende: 'Légende', alternative: 'Texte de remplacement' },
	paragraphe: { theme: 'Thème du constat', origine: 'Origine du constat' }
};

function lieuxDeProse(node: unknown, ancre: string): Lieu[] {
	if (node instanceof Y.XmlText) return [lieuDeTexte(node, '', ancre)];
	if (!(node instanceof Y.XmlElement)) return [];
	const own = Object.entries(ATTRIBUTS[node.nodeName] ?? {}).map(([nom, ou]) => lieuDAttribut(node, nom, ou, ancre));
	return [...own, ...node.toArray().flatMap((child) => lieuxDeProse(child, ancre))];
}

const NOM_DE_CHAMP: Record<ChampFigure, string> = {
	titre: 'Titre',
	phrase: 'Phrase',
	source: 'Source',
	date: 'Date',
	territoire: 'Territoire',
	unite: 'Unité'
};

/** The words of a figure; a cell that says no more than a number is left alone. */
export function lieuxDeFigure(doc: Y.Doc): Lieu[] {
	const figure = figureOf(doc);
	const lignes = rowsOf(figure.get('lignes'));
	const cells = lignes.flatMap((ligne) => [...((ligne.get('valeurs') as Y.Map<unknown> | undefined)?.values() ?? [])]);
	return [
		...CHAMPS_FIGURE.flatMap((champ) => situe(figure.get(champ), NOM_DE_CHAMP[champ])),
		...rowsOf(figure.get('series')).flatMap((serie) => situe(serie.get('nom'), 'Colonnes')),
		...lignes.flatMap((ligne) => situe(ligne.get('libelle'), 'Lignes')),
		...cells.flatMap((cell) => situe(cell, 'Cellules')).filter(({ dit }) => /\p{L}/u.test(dit))
	];
}

function rowsOf(map: unknown): Y.Map<unknown>[] {
	return map instanceof Y.Map ? [...map.values()].filter((row) => row instanceof Y.Map) : [];
}

function situe(texte: unknown, ou: string): Lieu[] {
	return texte instanceof Y.Text ? [lieuDeTexte(texte, ou, '')] : [];
}

export function lieuxDeSynthese(doc: Y.Doc): Lieu[] {
	return situe(texteDeSynthese(doc) ?? undefined, 'Synthèse de la table');
}

/** The title of a node, when it still has one. */
export function titreDeNoeud(doc: Y.Doc, id: string, ancre: string): Lieu[] {
	const texte = titreOf(doc, id);
	return texte ? [lieuDeTexte(texte, 'Titre', ancre)] : [];
}
