import {
	ETENDUE_MAX,
	isSafeLink,
	RETRAIT_MAX,
	type Bloc,
	type Cellule,
	type Constat,
	type Inline,
	type Paragraphe,
	type Prose,
	type Texte
} from '#lib/editor/prose.ts';
import { PROFONDEUR_MAX } from '#lib/sections/plan.ts';
import { ETATS, GENRES } from '#lib/sections/section.ts';
import type { ReponseArchive, SectionArchive } from './archive.ts';
import {
	ArchiveError,
	idAt,
	integerAt,
	knownAt,
	LIMITES,
	listAt,
	objectAt,
	oneOf,
	onlyKeys,
	textAt,
	trueAt,
	unique,
	type Source
} from './archive-values.ts';

interface Known {
	organismes: Set<string>;
	noeuds: Set<string>;
}

const SECTIONS_MAX = 2_000;
const BLOCS_MAX = 20_000;
const CONTENU_MAX = 10_000;
const CELLULES_MAX = 500;

/** The plan and its texts; parents come before what they hold. */
export function sectionsAt(value: unknown, known: Known): SectionArchive[] {
	const sections = listAt(value, 'sections', SECTIONS_MAX, (section, lieu) => sectionAt(section, lieu, known));
	unique(sections, 'sections');
	const depths = new Map<string, number>();
	sections.forEach(({ id, parent }, i) => {
		const above = parent === null ? 0 : depths.get(parent);
		if (above === undefined)
			throw new ArchiveError(`sections[${i}].parent`, 'une section vient après celle qui la contient.');
		if (above >= PROFONDEUR_MAX)
			throw new ArchiveError(`sections[${i}].parent`, `le plan a ${PROFONDEUR_MAX} niveaux au plus.`);
		depths.set(id, above + 1);
	});
	return sections;
}

const CLES = ['id', 'parent', 'genre', 'titre', 'organisme', 'noeud', 'etat', 'longueur', 'prose'];

function sectionAt(value: unknown, lieu: string, known: Known): SectionArchive {
	const source = objectAt(value, lieu);
	onlyKeys(source, lieu, CLES);
	return {
		id: idAt(source.id, `${lieu}.id`),
		parent: source.parent === null ? null : idAt(source.parent, `${lieu}.parent`),
		genre: oneOf(source.genre, `${lieu}.genre`, GENRES),
		titre: textAt(source.titre, `${lieu}.titre`, LIMITES.titre),
		organisme:
			source.organisme === null ? null : knownAt(source.organisme, `${lieu}.organisme`, known.organismes, 'organisme'),
		noeud: source.noeud === null ? null : knownAt(source.noeud, `${lieu}.noeud`, known.noeuds, 'nœud'),
		etat: oneOf(source.etat, `${lieu}.etat`, ETATS),
		longueur: textAt(source.longueur, `${lieu}.longueur`, LIMITES.nom),
		prose: proseAt(source.prose, `${lieu}.prose`)
	};
}

/** Which branch answers which constat. */
export function reponsesAt(value: unknown, known: Known): ReponseArchive[] {
	return listAt(value, 'reponses', LIMITES.noeuds, (reponse, lieu) => {
		const source = objectAt(reponse, lieu);
		onlyKeys(source, lieu, ['constat', 'noeud']);
		return {
			constat: textAt(source.constat, `${lieu}.constat`, LIMITES.nom),
			noeud: knownAt(source.noeud, `${lieu}.noeud`, known.noeuds, 'nœud')
		};
	});
}

/** Prose that came from outside: only what `prose.ts` says, its keys in one order. */
function proseAt(value: unknown, lieu: string): Prose {
	return listAt(value, lieu, BLOCS_MAX, blocAt);
}

function blocAt(value: unknown, lieu: string): Bloc {
	const source = objectAt(value, lieu);
	const type = oneOf(source.type, `${lieu}.type`, ['paragraphe', 'tableau', 'figure', 'image'] as const);
	switch (type) {
		case 'paragraphe':
			return paragrapheAt(source, lieu);
		case 'tableau': {
			onlyKeys(source, lieu, ['type', 'legende', 'rangees']);
			return {
				type,
				legende: textAt(source.legende, `${lieu}.legende`, LIMITES.titre),
				rangees: listAt(source.rangees, `${lieu}.rangees`, BLOCS_MAX, (rangee, at) =>
					listAt(rangee, at, CELLULES_MAX, celluleAt)
				)
			};
		}
		case 'figure':
			onlyKeys(source, lieu, ['type', 'figure']);
			return { type, figure: textAt(source.figure, `${lieu}.figure`, LIMITES.nom) };
		case 'image':
			onlyKeys(source, lieu, ['type', 'piece', 'alternative', 'legende']);
			return {
				type,
				piece: textAt(source.piece, `${lieu}.piece`, LIMITES.nom),
				alternative: textAt(source.alternative, `${lieu}.alternative`, LIMITES.titre),
				legende: textAt(source.legende, `${lieu}.legende`, LIMITES.titre)
			};
		default:
			return type satisfies never;
	}
}

function paragrapheAt(source: Source, lieu: string): Paragraphe {
	onlyKeys(source, lieu, ['type', 'titre', 'liste', 'retrait', 'citation', 'constat', 'contenu']);
	const bloc: Paragraphe = { type: 'paragraphe', contenu: [] };
	if (source.titre !== undefined) bloc.titre = integerAt(source.titre, `${lieu}.titre`, 2, 4) as 2 | 3 | 4;
	if (source.liste !== undefined) bloc.liste = oneOf(source.liste, `${lieu}.liste`, ['puce', 'numero'] as const);
	if (source.retrait !== undefined) bloc.retrait = integerAt(source.retrait, `${lieu}.retrait`, 1, RETRAIT_MAX);
	if (source.citation !== undefined) bloc.citation = trueAt(source.citation, `${lieu}.citation`);
	if (source.constat !== undefined) bloc.constat = constatAt(source.constat, `${lieu}.constat`);
	bloc.contenu = listAt(source.contenu, `${lieu}.contenu`, CONTENU_MAX, inlineAt);
	return bloc;
}

function constatAt(value: unknown, lieu: string): Constat {
	const source = objectAt(value, lieu);
	onlyKeys(source, lieu, ['cle', 'nature', 'theme', 'noeud', 'origine']);
	return {
		cle: idAt(source.cle, `${lieu}.cle`),
		nature: oneOf(source.nature, `${lieu}.nature`, ['constat', 'enjeu'] as const),
		theme: textAt(source.theme, `${lieu}.theme`, LIMITES.nom),
		noeud: textAt(source.noeud, `${lieu}.noeud`, LIMITES.nom),
		origine: textAt(source.origine, `${lieu}.origine`, LIMITES.nom)
	};
}

function celluleAt(value: unknown, lieu: string): Cellule {
	const source = objectAt(value, lieu);
	onlyKeys(source, lieu, ['entete', 'colonnes', 'lignes', 'contenu']);
	const cellule: Cellule = { contenu: [] };
	if (source.entete !== undefined) cellule.entete = trueAt(source.entete, `${lieu}.entete`);
	if (source.colonnes !== undefined) cellule.colonnes = integerAt(source.colonnes, `${lieu}.colonnes`, 2, ETENDUE_MAX);
	if (source.lignes !== undefined) cellule.lignes = integerAt(source.lignes, `${lieu}.lignes`, 2, ETENDUE_MAX);
	cellule.contenu = listAt(source.contenu, `${lieu}.contenu`, CONTENU_MAX, (ligne, at) =>
		paragrapheAt({ ...objectAt(ligne, at), type: 'paragraphe' }, at)
	);
	return cellule;
}

function inlineAt(value: unknown, lieu: string): Inline {
	const source = objectAt(value, lieu);
	const type = oneOf(source.type, `${lieu}.type`, ['texte', 'note', 'renvoi', 'chiffre', 'saut'] as const);
	const text = (key: string) => textAt(source[key], `${lieu}.${key}`, LIMITES.nom);
	switch (type) {
		case 'texte':
			return texteAt(source, lieu);
		case 'note':
			onlyKeys(source, lieu, ['type', 'contenu']);
			return {
				type,
				contenu: listAt(source.contenu, `${lieu}.contenu`, CONTENU_MAX, (run, at) => texteAt(objectAt(run, at), at))
			};
		case 'renvoi':
			onlyKeys(source, lieu, ['type', 'cible']);
			return { type, cible: text('cible') };
		case 'chiffre':
			onlyKeys(source, lieu, ['type', 'figure', 'ligne', 'serie']);
			return { type, figure: text('figure'), ligne: text('ligne'), serie: text('serie') };
		case 'saut':
			onlyKeys(source, lieu, ['type']);
			return { type };
		default:
			return type satisfies never;
	}
}

function texteAt(source: Source, lieu: string): Texte {
	onlyKeys(source, lieu, ['type', 'texte', 'gras', 'italique', 'lien']);
	oneOf(source.type, `${lieu}.type`, ['texte'] as const);
	const run: Texte = { type: 'texte', texte: textAt(source.texte, `${lieu}.texte`, LIMITES.texte) };
	if (run.texte === '') throw new ArchiveError(`${lieu}.texte`, 'un morceau de texte ne peut pas être vide.');
	if (source.gras !== undefined) run.gras = trueAt(source.gras, `${lieu}.gras`);
	if (source.italique !== undefined) run.italique = trueAt(source.italique, `${lieu}.italique`);
	if (source.lien !== undefined) {
		const lien = textAt(source.lien, `${lieu}.lien`, LIMITES.titre);
		if (!isSafeLink(lien)) throw new ArchiveError(`${lieu}.lien`, 'cette adresse ne peut pas être suivie sans danger.');
		run.lien = lien;
	}
	return run;
}
