import { A_CLASSER } from '#lib/orientations/arbre.ts';
import { figuresAt } from '#lib/figures/figure-archive-schema.ts';
import { piecesAt } from '#lib/pieces/piece-archive-schema.ts';
import { glossaireAt } from '#lib/glossaire/glossaire-archive-schema.ts';
import { CADRE_ENGAGEMENT } from '#lib/engagements/cadre.ts';
import { FILIATIONS } from '#lib/fiches/transformation.ts';
import { foldNom } from '#lib/organismes/fold.ts';
import { partiesAt } from '#lib/parties/parties-archive-schema.ts';
import { STATUTS } from '#lib/signatures/signature.ts';
import type {
	ArchivePacte,
	EngagementArchive,
	FicheArchive,
	NoeudArchive,
	OrganismeArchive,
	OrigineArchive,
	SignataireArchive,
	TexteImporte,
	Suite,
	ValeurChamp,
	ValeurPuces,
	ValeurTableau
} from './archive.ts';
import {
	allChamps,
	asTableau,
	contenuOf,
	niveauOf,
	type Champ,
	type ChampEnLignes,
	type ChampTableau,
	type Colonne,
	type Modele,
	type Niveau,
	type Numerotation,
	type TypeDeChamp,
	type Variante
} from './modele.ts';
import {
	ArchiveError,
	LIMITES,
	booleanAt,
	dateAt,
	filledAt,
	idAt,
	idsOf,
	integerAt,
	knownAt,
	listAt,
	objectAt,
	oneOf,
	onlyKeys,
	quoted,
	textAt,
	trueAt,
	unique,
	yearAt,
	type Source
} from './archive-values.ts';
import { schemasAt } from '#lib/schemas/schema-lie.ts';
import { scriptsAt } from '#lib/salles/salle-archive.ts';
import { phasesAt, seancesAt } from '#lib/seances/calendrier-archive.ts';
import { reponsesAt, sectionsAt } from './archive-sections.ts';
import { miseEnPageAt } from './mise-en-page.ts';

export { ArchiveError };

const CLES = [
	'format',
	'version',
	'intitule',
	'territoire',
	'debut',
	'fin',
	'modele',
	'organismes',
	'noeuds',
	'fiches',
	'signataires',
	'engagements',
	'textes',
	'figures',
	'glossaire',
	'pieces',
	'schemas',
	'sections',
	'reponses',
	'parties',
	'phases',
	'seances',
	'scripts',
	'mise_en_page'
];

/**
 * Reads a pacte that came from outside. Throws an ArchiveError at the first thing that is not as `archive.ts` says.
 * Gives a new value, its keys in the order of the export: what is read and written again gives the same bytes.
 */
export function parseArchive(json: unknown): ArchivePacte {
	const source = objectAt(json, '');
	checkFormat(source);
	onlyKeys(source, '', CLES);
	const modele = modeleAt(source.modele, 'modele');
	const organismes = organismesAt(source.organismes);
	const noeuds = noeudsAt(source.noeuds, modele);
	const schemas = schemasAt(source.schemas);
	const known = {
		modele,
		organismes: idsOf(organismes),
		noeuds: idsOf(noeuds),
		schemas: new Set(schemas.map((_, i) => `k${i + 1}`))
	};
	const { debut, fin } = periodeAt(source);
	const sections = sectionsAt(source.sections ?? [], known);
	const parties = partiesAt(source.parties, {
		...known,
		sections: new Map(sections.map(({ id, genre }) => [id, genre])),
		champsAt: (value, lieu) => champsAt(value, lieu, { ...known, modele: { ...modele, champs: CADRE_ENGAGEMENT } })
	});
	const phases = phasesAt(source.phases);
	const pieces = piecesAt(source.pieces);
	return {
		format: 'copacte/pacte',
		version: 1,
		intitule: filledAt(source.intitule, 'intitule', LIMITES.intitule),
		territoire: textAt(source.territoire, 'territoire', LIMITES.intitule),
		debut,
		fin,
		modele,
		organismes,
		noeuds,
		fiches: fichesAt(source.fiches, known),
		signataires: listAt(source.signataires, 'signataires', LIMITES.signataires, (value, lieu) =>
			signataireAt(value, lieu, known)
		),
		engagements: listAt(source.engagements, 'engagements', LIMITES.engagements, (value, lieu) =>
			engagementAt(value, lieu, known)
		),
		textes: listAt(source.textes, 'textes', LIMITES.textes, texteImporteAt),
		figures: figuresAt(source.figures),
		glossaire: glossaireAt(source.glossaire),
		pieces,
		schemas,
		// Absent from the files of before there was a plan.
		sections,
		reponses: reponsesAt(source.reponses ?? [], known),
		parties,
		phases,
		seances: seancesAt(source.seances, {
			...known,
			sections: idsOf(sections),
			instances: parties.instances.length,
			phases: phases.length
		}),
		scripts: scriptsAt(source.scripts),
		...(source.mise_en_page !== undefined && {
			mise_en_page: miseEnPageAt(source.mise_en_page, 'mise_en_page', idsOf(pieces))
		})
	};
}

interface Known {
	modele: Modele;
	organismes: Set<string>;
	noeuds: Set<string>;
	schemas: Set<string>;
}

function checkFormat({ format, version }: Source): void {
	if (format !== 'copacte/pacte')
		throw new ArchiveError(
			'format',
			'ce n’est pas un pacte exporté par Copacte («\u00a0copacte/pacte\u00a0» attendu).'
		);
	if (version !== 1)
		throw new ArchiveError(
			'version',
			`la version ${quoted(version)} n’est pas connue de ce Copacte, qui lit la version 1. Mettez-le à jour.`
		);
}

function periodeAt(source: Source): { debut: number | null; fin: number | null } {
	const debut = yearAt(source.debut, 'debut');
	const fin = yearAt(source.fin, 'fin');
	if (debut !== null && fin !== null && fin < debut)
		throw new ArchiveError('fin', `l’année de fin (${fin}) précède celle de début (${debut}).`);
	return { debut, fin };
}

// The model

/** Reads a model; its keys are given in one order, wherever it comes from. */
export function modeleAt(value: unknown, lieu: string): Modele {
	const source = objectAt(value, lieu);
	onlyKeys(source, lieu, ['id', 'nom', 'description', 'niveaux', 'champs', 'retires', 'variantes']);
	const niveaux = listAt(source.niveaux, `${lieu}.niveaux`, LIMITES.niveaux, niveauAt);
	unique(niveaux, `${lieu}.niveaux`);
	niveaux.forEach((niveau, i) => checkParents(niveau, niveaux, `${lieu}.niveaux[${i}].parents`));
	const champs = listAt(source.champs, `${lieu}.champs`, LIMITES.champs, champAt);
	const retires = listAt(source.retires ?? [], `${lieu}.retires`, LIMITES.champs, champAt);
	unique([...champs, ...retires], `${lieu}.champs`);
	const variantes = listAt(source.variantes ?? [], `${lieu}.variantes`, LIMITES.niveaux, (variante, at) =>
		varianteAt(variante, at, [...champs, ...retires])
	);
	unique(variantes, `${lieu}.variantes`);
	return {
		id: idAt(source.id, `${lieu}.id`),
		nom: filledAt(source.nom, `${lieu}.nom`, LIMITES.nom),
		description: textAt(source.description, `${lieu}.description`, LIMITES.titre),
		niveaux,
		champs,
		...(retires.length > 0 && { retires }),
		...(variantes.length > 0 && { variantes })
	};
}

/** What a form leaves out must be in the model. */
function varianteAt(value: unknown, lieu: string, champs: readonly Champ[]): Variante {
	const source = objectAt(value, lieu);
	onlyKeys(source, lieu, ['id', 'nom', 'sansChamps', 'sansColonnes']);
	const ids = new Set(champs.map(({ id }) => id));
	const columns = objectAt(source.sansColonnes, `${lieu}.sansColonnes`);
	return {
		id: idAt(source.id, `${lieu}.id`),
		nom: filledAt(source.nom, `${lieu}.nom`, LIMITES.nom),
		sansChamps: listAt(source.sansChamps, `${lieu}.sansChamps`, LIMITES.champs, (id, at) =>
			knownAt(id, at, ids, 'champ')
		),
		sansColonnes: Object.fromEntries(
			Object.keys(columns).map((id) => {
				const at = `${lieu}.sansColonnes.${id}`;
				const champ = champs.find((each) => each.id === id);
				if (champ?.type !== 'tableau') throw new ArchiveError(at, 'ce n’est pas un tableau du modèle.');
				const known = idsOf(champ.colonnes);
				return [
					id,
					listAt(columns[id], at, LIMITES.colonnes, (colonne, place) => knownAt(colonne, place, known, 'colonne'))
				];
			})
		)
	};
}

function niveauAt(value: unknown, lieu: string): Niveau {
	const source = objectAt(value, lieu);
	onlyKeys(source, lieu, ['id', 'nom', 'pluriel', 'genre', 'parents', 'numerotation', 'continue', 'seul', 'fiche']);
	return {
		id: idAt(source.id, `${lieu}.id`),
		nom: filledAt(source.nom, `${lieu}.nom`, LIMITES.nom),
		pluriel: filledAt(source.pluriel, `${lieu}.pluriel`, LIMITES.nom),
		genre: oneOf(source.genre, `${lieu}.genre`, ['m', 'f'] as const),
		parents: listAt(source.parents, `${lieu}.parents`, LIMITES.niveaux + 1, (parent, at) =>
			parent === null ? null : idAt(parent, at)
		),
		numerotation: oneOf<Numerotation>(source.numerotation, `${lieu}.numerotation`, ['aucune', '1', 'I', 'a']),
		...(source.continue !== undefined && { continue: trueAt(source.continue, `${lieu}.continue`) }),
		...(source.seul !== undefined && { seul: trueAt(source.seul, `${lieu}.seul`) }),
		fiche: booleanAt(source.fiche, `${lieu}.fiche`)
	};
}

function checkParents({ parents }: Niveau, niveaux: readonly Niveau[], lieu: string): void {
	parents.forEach((parent, i) => {
		if (parent !== null && !niveaux.some(({ id }) => id === parent))
			throw new ArchiveError(`${lieu}[${i}]`, `le niveau «\u00a0${parent}\u00a0» n’existe pas dans ce modèle.`);
	});
}

const TYPES_DE_CHAMP = [
	'puces',
	'texte',
	'court',
	'organismes',
	'schemas',
	'echeance',
	'ouinon',
	'choix',
	'tableau',
	'indicateurs',
	'montants'
] as const satisfies readonly TypeDeChamp[];

/** The keys of a field that only its type has. */
const CLES_DU_TYPE: Partial<Record<TypeDeChamp, string[]>> = {
	puces: ['puce', 'sousPoints'],
	organismes: ['ouverte'],
	tableau: ['ligne', 'colonnes'],
	choix: ['choix'],
	montants: ['annees']
};

function champAt(value: unknown, lieu: string): Champ {
	const source = objectAt(value, lieu);
	const type = oneOf(source.type, `${lieu}.type`, TYPES_DE_CHAMP);
	const own = CLES_DU_TYPE[type] ?? [];
	onlyKeys(source, lieu, ['id', 'type', 'etiquette', 'aide', 'requis', ...own]);
	const id = idAt(source.id, `${lieu}.id`);
	const etiquette = filledAt(source.etiquette, `${lieu}.etiquette`, LIMITES.nom);
	const aide = source.aide === undefined ? {} : { aide: textAt(source.aide, `${lieu}.aide`, LIMITES.titre) };
	const requis = booleanAt(source.requis, `${lieu}.requis`);
	switch (type) {
		case 'puces': {
			const puce = filledAt(source.puce, `${lieu}.puce`, LIMITES.nom);
			const sousPoints = source.sousPoints === undefined ? {} : { sousPoints: trueAt(source.sousPoints, lieu) };
			return { id, type, etiquette, ...aide, puce, ...sousPoints, requis };
		}
		case 'tableau': {
			const ligne = filledAt(source.ligne, `${lieu}.ligne`, LIMITES.nom);
			const colonnes = listAt(source.colonnes, `${lieu}.colonnes`, LIMITES.colonnes, colonneAt);
			unique(colonnes, `${lieu}.colonnes`);
			return { id, type, etiquette, ...aide, ligne, colonnes, requis };
		}
		case 'organismes':
			return { id, type, etiquette, ...aide, requis, ouverte: booleanAt(source.ouverte, `${lieu}.ouverte`) };
		case 'choix': {
			const choix = listAt(source.choix, `${lieu}.choix`, LIMITES.choix, (each, at) => filledAt(each, at, LIMITES.nom));
			return { id, type, etiquette, ...aide, requis, choix };
		}
		case 'montants': {
			const annees = listAt(source.annees, `${lieu}.annees`, LIMITES.colonnes, (annee, at) =>
				integerAt(annee, at, 1900, 2200)
			);
			return { id, type, etiquette, ...aide, requis, annees: [...new Set(annees)].sort((a, b) => a - b) };
		}
		case 'texte':
		case 'court':
		case 'echeance':
		case 'ouinon':
		case 'schemas':
		case 'indicateurs':
			return { id, type, etiquette, ...aide, requis };
		default:
			return type satisfies never;
	}
}

function colonneAt(value: unknown, lieu: string): Colonne {
	const source = objectAt(value, lieu);
	const type = oneOf(source.type, `${lieu}.type`, ['texte', 'liste', 'nombre', 'choix'] as const);
	onlyKeys(source, lieu, ['id', 'etiquette', 'type', ...(type === 'choix' ? ['choix'] : [])]);
	const own = {
		id: idAt(source.id, `${lieu}.id`),
		etiquette: filledAt(source.etiquette, `${lieu}.etiquette`, LIMITES.nom),
		type
	};
	if (type !== 'choix') return own;
	return {
		...own,
		choix: listAt(source.choix, `${lieu}.choix`, LIMITES.choix, (choix, at) => filledAt(choix, at, LIMITES.nom))
	};
}

// What the pacte holds

function organismesAt(value: unknown): OrganismeArchive[] {
	const organismes = listAt(value, 'organismes', LIMITES.organismes, organismeAt);
	unique(organismes, 'organismes');
	const names = new Map<string, string>();
	organismes.forEach(({ nom, alias }, i) => {
		for (const spelling of [nom, ...alias]) {
			const other = names.get(foldNom(spelling));
			if (other !== undefined)
				throw new ArchiveError(
					`organismes[${i}]`,
					`«\u00a0${spelling}\u00a0» est déjà le nom d’un organisme («\u00a0${other}\u00a0»).`
				);
			names.set(foldNom(spelling), spelling);
		}
	});
	return organismes;
}

function organismeAt(value: unknown, lieu: string): OrganismeArchive {
	const source = objectAt(value, lieu);
	onlyKeys(source, lieu, ['id', 'nom', 'alias']);
	return {
		id: idAt(source.id, `${lieu}.id`),
		nom: filledAt(source.nom, `${lieu}.nom`, LIMITES.nom),
		alias: listAt(source.alias, `${lieu}.alias`, LIMITES.alias, (alias, at) => filledAt(alias, at, LIMITES.nom))
	};
}

/** Parents precede, so that no branch can hang below itself. */
function noeudsAt(value: unknown, modele: Modele): NoeudArchive[] {
	const depths = new Map<string, number>();
	return listAt(value, 'noeuds', LIMITES.noeuds, (item, lieu) => {
		const source = objectAt(item, lieu);
		onlyKeys(source, lieu, ['id', 'parent', 'niveau', 'titre', 'anciens']);
		const id = idAt(source.id, `${lieu}.id`);
		if (depths.has(id) || id === A_CLASSER)
			throw new ArchiveError(`${lieu}.id`, `l’identifiant «\u00a0${id}\u00a0» est déjà pris.`);
		const parent = source.parent === null ? null : idAt(source.parent, `${lieu}.parent`);
		depths.set(id, depthBelow(parent, depths, `${lieu}.parent`));
		const niveau = textAt(source.niveau, `${lieu}.niveau`, LIMITES.nom);
		if (!niveauOf(modele, niveau))
			throw new ArchiveError(`${lieu}.niveau`, `le niveau «\u00a0${niveau}\u00a0» n’existe pas dans le modèle.`);
		const anciens = listAt(source.anciens ?? [], `${lieu}.anciens`, LIMITES.alias, (code, at) =>
			filledAt(code, at, LIMITES.nom)
		);
		return {
			id,
			parent,
			niveau,
			titre: textAt(source.titre, `${lieu}.titre`, LIMITES.titre),
			...(anciens.length > 0 && { anciens: [...new Set(anciens)] })
		};
	});
}

function depthBelow(parent: string | null, depths: ReadonlyMap<string, number>, lieu: string): number {
	if (parent === null || parent === A_CLASSER) return 1;
	const depth = depths.get(parent);
	if (depth === undefined)
		throw new ArchiveError(lieu, `«\u00a0${parent}\u00a0» n’est pas un nœud placé avant celui-ci.`);
	if (depth >= LIMITES.profondeur)
		throw new ArchiveError(lieu, `l’arbre dépasse ${LIMITES.profondeur} niveaux de profondeur.`);
	return depth + 1;
}

function fichesAt(value: unknown, known: Known): FicheArchive[] {
	const seen = new Set<string>();
	return listAt(value, 'fiches', LIMITES.noeuds, (item, lieu) => {
		const source = objectAt(item, lieu);
		onlyKeys(source, lieu, ['noeud', 'variante', 'origines', 'champs']);
		const noeud = knownAt(source.noeud, `${lieu}.noeud`, known.noeuds, 'nœud');
		if (seen.has(noeud)) throw new ArchiveError(`${lieu}.noeud`, `«\u00a0${noeud}\u00a0» a déjà une fiche.`);
		seen.add(noeud);
		const variantes = new Set((known.modele.variantes ?? []).map(({ id }) => id));
		const origines = listAt(source.origines ?? [], `${lieu}.origines`, LIMITES.alias, (value, at) =>
			origineAt(value, at, known)
		);
		return {
			noeud,
			...(source.variante !== undefined && {
				variante: knownAt(source.variante, `${lieu}.variante`, variantes, 'variante')
			}),
			...(origines.length > 0 && { origines }),
			champs: champsAt(source.champs, `${lieu}.champs`, known)
		};
	});
}

function origineAt(value: unknown, lieu: string, known: Known): OrigineArchive {
	const source = objectAt(value, lieu);
	onlyKeys(source, lieu, ['nature', 'noeud', 'titre']);
	return {
		nature: oneOf(source.nature, `${lieu}.nature`, FILIATIONS),
		noeud: source.noeud === null ? null : knownAt(source.noeud, `${lieu}.noeud`, known.noeuds, 'nœud'),
		titre: textAt(source.titre, `${lieu}.titre`, LIMITES.titre)
	};
}

/** A field that is not given is empty. */
function champsAt(value: unknown, lieu: string, known: Known): Record<string, ValeurChamp> {
	const source = objectAt(value, lieu);
	const champs = allChamps(known.modele);
	onlyKeys(
		source,
		lieu,
		champs.map(({ id }) => id)
	);
	return Object.fromEntries(
		champs.map((champ) => [
			champ.id,
			Object.hasOwn(source, champ.id)
				? valeurAt(source[champ.id], `${lieu}.${champ.id}`, champ, known)
				: emptyValeur(champ)
		])
	);
}

function valeurAt(value: unknown, lieu: string, champ: Champ, known: Known): ValeurChamp {
	const source = objectAt(value, lieu);
	const contenu = contenuOf(champ);
	switch (contenu) {
		case 'puces':
			return pucesValueAt(source, lieu);
		case 'lignes':
			return tableauAt(source, lieu, asTableau(champ as ChampEnLignes));
		case 'schemas':
			onlyKeys(source, lieu, ['schemas', 'texte']);
			return {
				schemas: listAt(source.schemas, `${lieu}.schemas`, LIMITES.organismes, (id, at) =>
					knownAt(id, at, known.schemas, 'schéma')
				),
				texte: textAt(source.texte, `${lieu}.texte`, LIMITES.texte)
			};
		case 'texte':
			onlyKeys(source, lieu, ['texte']);
			return { texte: textAt(source.texte, `${lieu}.texte`, LIMITES.texte) };
		case 'organismes': {
			onlyKeys(source, lieu, ['organismes', 'ouverte', 'texte']);
			const organismes = listAt(source.organismes, `${lieu}.organismes`, LIMITES.organismes, (id, at) =>
				knownAt(id, at, known.organismes, 'organisme')
			);
			if (new Set(organismes).size < organismes.length)
				throw new ArchiveError(`${lieu}.organismes`, 'un organisme y est deux fois.');
			return {
				organismes,
				ouverte: booleanAt(source.ouverte, `${lieu}.ouverte`),
				texte: textAt(source.texte, `${lieu}.texte`, LIMITES.texte)
			};
		}
		default:
			return contenu satisfies never;
	}
}

function tableauAt(source: Source, lieu: string, champ: ChampTableau): ValeurTableau {
	onlyKeys(source, lieu, ['lignes', 'suites']);
	const lignes = listAt(source.lignes, `${lieu}.lignes`, LIMITES.lignes, (ligne, at) => ligneAt(ligne, at, champ));
	const colonnes = champ.colonnes.map(({ id }) => id);
	const suites = listAt(source.suites ?? [], `${lieu}.suites`, LIMITES.lignes * LIMITES.colonnes, (value, at) => {
		const suite = objectAt(value, at);
		onlyKeys(suite, at, ['ligne', 'colonne']);
		return {
			ligne: integerAt(suite.ligne, `${at}.ligne`, 1, lignes.length - 1),
			colonne: knownAt(suite.colonne, `${at}.colonne`, new Set(colonnes), 'colonne')
		};
	});
	const rank = ({ ligne, colonne }: Suite) => ligne * colonnes.length + colonnes.indexOf(colonne);
	// What is written in a cell is never hidden: it stands alone.
	const empty = suites.filter(({ ligne, colonne }) => lignes[ligne]?.[colonne] === '');
	const sorted = [...new Map(empty.map((suite) => [rank(suite), suite])).entries()].sort(([a], [b]) => a - b);
	return { lignes, ...(sorted.length > 0 && { suites: sorted.map(([, suite]) => suite) }) };
}

function pucesValueAt(source: Source, lieu: string): ValeurPuces {
	onlyKeys(source, lieu, ['puces', 'retraits']);
	const puces = pucesAt(source.puces, `${lieu}.puces`);
	if (source.retraits === undefined) return { puces };
	const retraits = listAt(source.retraits, `${lieu}.retraits`, puces.length, (place, at) =>
		integerAt(place, at, 1, puces.length - 1)
	);
	const sorted = [...new Set(retraits)].sort((a, b) => a - b);
	return { puces, ...(sorted.length > 0 && { retraits: sorted }) };
}

function ligneAt(value: unknown, lieu: string, { colonnes }: ChampTableau): Record<string, string> {
	const source = objectAt(value, lieu);
	onlyKeys(
		source,
		lieu,
		colonnes.map(({ id }) => id)
	);
	return Object.fromEntries(
		colonnes.map(({ id }) => [id, source[id] === undefined ? '' : textAt(source[id], `${lieu}.${id}`, LIMITES.texte)])
	);
}

/** The value of a field in which nothing is written. */
export function emptyValeur(champ: Champ): ValeurChamp {
	const contenu = contenuOf(champ);
	switch (contenu) {
		case 'puces':
			return { puces: [] };
		case 'texte':
			return { texte: '' };
		case 'schemas':
			return { schemas: [], texte: '' };
		case 'organismes':
			return { organismes: [], ouverte: false, texte: '' };
		case 'lignes':
			return { lignes: [] };
		default:
			return contenu satisfies never;
	}
}

function signataireAt(value: unknown, lieu: string, known: Known): SignataireArchive {
	const source = objectAt(value, lieu);
	onlyKeys(source, lieu, ['organisme', 'personne', 'fonction', 'statut', 'date', 'instance']);
	const { fonction = '', statut = 'pressenti', date = '', instance = '' } = source;
	return {
		organisme: knownAt(source.organisme, `${lieu}.organisme`, known.organismes, 'organisme'),
		personne: textAt(source.personne, `${lieu}.personne`, LIMITES.nom),
		fonction: textAt(fonction, `${lieu}.fonction`, LIMITES.nom),
		statut: oneOf(statut, `${lieu}.statut`, STATUTS),
		date: dateAt(date, `${lieu}.date`),
		instance: textAt(instance, `${lieu}.instance`, LIMITES.titre)
	};
}

function engagementAt(value: unknown, lieu: string, known: Known): EngagementArchive {
	const source = objectAt(value, lieu);
	onlyKeys(source, lieu, ['organisme', 'puces']);
	const organisme =
		source.organisme === null ? null : knownAt(source.organisme, `${lieu}.organisme`, known.organismes, 'organisme');
	return { organisme, puces: pucesAt(source.puces, `${lieu}.puces`) };
}

function texteImporteAt(value: unknown, lieu: string): TexteImporte {
	const source = objectAt(value, lieu);
	onlyKeys(source, lieu, ['ligne_debut', 'ligne_fin', 'texte']);
	return {
		ligne_debut: integerAt(source.ligne_debut, `${lieu}.ligne_debut`, 0, 2 ** 31 - 1),
		ligne_fin: integerAt(source.ligne_fin, `${lieu}.ligne_fin`, 0, 2 ** 31 - 1),
		texte: textAt(source.texte, `${lieu}.texte`, LIMITES.texteImporte)
	};
}

function pucesAt(value: unknown, lieu: string): string[] {
	return listAt(value, lieu, LIMITES.puces, (puce, at) => textAt(puce, at, LIMITES.texte));
}
