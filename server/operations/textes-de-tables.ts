import { sql } from 'kysely';
import type { FluxEvent } from '#lib/collaboration/flux-event.ts';
import { DEFINITION_MAX, DEVELOPPE_MAX, SIGLE_MAX } from '#lib/glossaire/entree.ts';
import { cleOfSigle } from '#lib/glossaire/sigles.ts';
import { LONGEST_TITLE } from '#lib/pactes/pacte-rules.ts';
import type { Partie } from '#lib/remplacer/remplacer.ts';
import type { NomDeSource } from '../recherche/sources.ts';

/** A row, as the database gives it. */
export type Rangee = Record<string, string | number>;

/** A column that holds words. */
export interface ColonneDeTexte {
	/** « compte rendu » */
	nom: string;
	/** It says something, always. */
	requis?: true;
	/** As many letters as a form takes, when it says nothing. */
	max?: number;
	/** The words are inside JSON: under these keys, or in the list itself when there is none. */
	mots?: readonly string[];
	/** A column that follows this one, and that two rows of a pacte never share. */
	cle?: { colonne: string; de: (texte: string) => string };
}

export interface TextesDeTable {
	partie: Partie;
	/** The end of the address where it is read. */
	page: (row: Rangee) => string;
	/** What makes a row the one that it is. */
	cle: readonly string[];
	colonnes: Readonly<Record<string, string | ColonneDeTexte>>;
	/** What the row is called; empty: nothing. */
	nom: ReturnType<typeof sql>;
	/** The table with those that say of which pacte it is, when it does not say it. */
	from?: ReturnType<typeof sql>;
	/** The column that says of which pacte it is. */
	pacte?: ReturnType<typeof sql>;
	/** Rows that are left alone. */
	sauf?: ReturnType<typeof sql>;
	/** What says which pages read them. */
	tells: FluxEvent;
	/** The text of the index that holds them. */
	source?: NomDeSource;
	/** It is of the room of a séance, that people may be looking at; what was said there once it is open stays. */
	salle?: true;
}

const COMPTE_RENDU_MAX = 100_000;
const RIEN = sql`''`;
const EN_CORBEILLE = sql`seances.corbeille_at is not null`;
const DEJA_OUVERTE = sql`seances.corbeille_at is not null or salles.etat <> 'preparation'`;
const PARTIES = { type: 'parties' } as const;
const SEANCES = { type: 'seances' } as const;
const SECTIONS = { type: 'sections' } as const;

const deSalle = (table: string) =>
	sql`${sql.table(table)} inner join seances on seances.id = ${sql.table(table)}.seance_id
		inner join salles on salles.seance_id = seances.id`;
const deSection = (table: string) => sql`${sql.table(table)} inner join sections on sections.id = section_id`;
const dInstance = (table: string) => sql`${sql.table(table)} inner join instances on instances.id = instance_id`;

/** The rows that hold words which people read and may replace, and those of their columns that do. */
export const TEXTES = {
	pactes: {
		partie: 'pacte',
		page: () => '',
		cle: ['id'],
		colonnes: {
			intitule: { nom: 'intitulé', requis: true, max: LONGEST_TITLE },
			territoire: { nom: 'territoire', requis: true, max: LONGEST_TITLE },
			// What may be chosen is what fiches say: it is changed in the model.
			modele: {
				nom: 'modèle des fiches',
				requis: true,
				mots: ['nom', 'pluriel', 'description', 'etiquette', 'aide', 'puce', 'ligne']
			},
			mise_en_page: { nom: 'logos et mention', mots: ['mention', 'alternative'] }
		},
		nom: RIEN,
		pacte: sql`id`,
		tells: { type: 'pacte' }
	},
	glossaire: {
		partie: 'glossaire',
		page: ({ id }) => `/glossaire#entree-${id}`,
		cle: ['id'],
		colonnes: {
			sigle: { nom: 'sigle', requis: true, max: SIGLE_MAX, cle: { colonne: 'cle', de: cleOfSigle } },
			developpe: { nom: 'développé', requis: true, max: DEVELOPPE_MAX },
			definition: { nom: 'définition', max: DEFINITION_MAX }
		},
		nom: sql`sigle`,
		tells: { type: 'glossaire' },
		source: 'glossaire'
	},
	sections: {
		partie: 'sections',
		page: ({ id }) => `/sections/${id}`,
		cle: ['id'],
		colonnes: { titre: 'titre', longueur: 'longueur attendue' },
		nom: sql`titre`,
		sauf: sql`retiree_at is not null`,
		tells: SECTIONS,
		source: 'plan'
	},
	section_signataires: {
		partie: 'sections',
		page: ({ section_id }) => `/sections/${section_id}`,
		cle: ['section_id', 'rang'],
		colonnes: { personne: 'signataire', fonction: 'fonction' },
		nom: sql`sections.titre`,
		from: deSection('section_signataires'),
		pacte: sql`sections.pacte_id`,
		sauf: sql`retiree_at is not null`,
		tells: SECTIONS
	},
	section_portees: {
		partie: 'sections',
		page: ({ section_id }) => `/sections/${section_id}`,
		cle: ['section_id'],
		colonnes: { libelle: 'qui s’engage' },
		nom: sql`sections.titre`,
		from: deSection('section_portees'),
		pacte: sql`sections.pacte_id`,
		sauf: sql`retiree_at is not null`,
		tells: PARTIES
	},
	engagement_etats: {
		partie: 'sections',
		page: ({ section_id }) => `/sections/${section_id}`,
		cle: ['section_id'],
		colonnes: { instance: 'instance qui décide', note: 'réserves' },
		nom: sql`sections.titre`,
		from: deSection('engagement_etats'),
		pacte: sql`sections.pacte_id`,
		sauf: sql`retiree_at is not null`,
		tells: PARTIES
	},
	engagements: {
		partie: 'sections',
		page: () => '/engagements',
		cle: ['pacte_id', 'rang'],
		colonnes: { puces: { nom: 'engagement importé', mots: [] } },
		nom: RIEN,
		tells: PARTIES
	},
	phases: {
		partie: 'seances',
		page: () => '/phases',
		cle: ['id'],
		colonnes: { titre: { nom: 'titre', requis: true }, sous_titre: 'sous-titre', periode: 'période' },
		nom: sql`titre`,
		sauf: sql`corbeille_at is not null`,
		tells: SEANCES
	},
	phase_contenus: {
		partie: 'seances',
		page: () => '/phases',
		cle: ['phase_id', 'rang'],
		colonnes: { texte: 'contenu' },
		nom: sql`phases.titre`,
		from: sql`phase_contenus inner join phases on phases.id = phase_id`,
		pacte: sql`phases.pacte_id`,
		sauf: sql`corbeille_at is not null`,
		tells: SEANCES
	},
	seances: {
		partie: 'seances',
		page: ({ id }) => `/seances/${id}`,
		cle: ['id'],
		colonnes: {
			titre: { nom: 'titre', requis: true },
			theme: 'thème',
			lieu: 'lieu',
			objet: 'objet',
			compte_rendu: { nom: 'compte rendu', max: COMPTE_RENDU_MAX }
		},
		nom: sql`titre`,
		sauf: EN_CORBEILLE,
		tells: SEANCES
	},
	seance_points: {
		partie: 'seances',
		page: ({ seance_id }) => `/seances/${seance_id}`,
		cle: ['seance_id', 'rang'],
		colonnes: { texte: 'ordre du jour' },
		nom: sql`seances.titre`,
		from: sql`seance_points inner join seances on seances.id = seance_id`,
		pacte: sql`seances.pacte_id`,
		sauf: EN_CORBEILLE,
		tells: SEANCES
	},
	seance_presences: {
		partie: 'seances',
		page: ({ seance_id }) => `/seances/${seance_id}`,
		cle: ['seance_id', 'rang'],
		colonnes: { libelle: 'présence' },
		nom: sql`seances.titre`,
		from: sql`seance_presences inner join seances on seances.id = seance_id`,
		pacte: sql`seances.pacte_id`,
		sauf: EN_CORBEILLE,
		tells: SEANCES
	},
	seance_questions: {
		partie: 'seances',
		page: ({ seance_id }) => `/seances/${seance_id}`,
		cle: ['id', 'seance_id'],
		colonnes: { texte: { nom: 'question', requis: true } },
		nom: sql`seances.titre`,
		from: deSalle('seance_questions'),
		pacte: sql`seances.pacte_id`,
		sauf: DEJA_OUVERTE,
		tells: SEANCES,
		salle: true
	},
	etapes: {
		partie: 'seances',
		page: ({ seance_id }) => `/seances/${seance_id}/deroule`,
		cle: ['id', 'seance_id'],
		colonnes: { titre: { nom: 'étape', requis: true, max: 80 }, consigne: { nom: 'consigne', max: 400 } },
		nom: sql`seances.titre`,
		from: deSalle('etapes'),
		pacte: sql`seances.pacte_id`,
		sauf: DEJA_OUVERTE,
		tells: SEANCES,
		salle: true
	},
	seance_tables: {
		partie: 'seances',
		page: ({ seance_id }) => `/seances/${seance_id}`,
		cle: ['id', 'seance_id'],
		colonnes: { nom: { nom: 'table', max: 120 }, hote: { nom: 'hôte', max: 120 } },
		nom: sql`seances.titre`,
		from: deSalle('seance_tables'),
		pacte: sql`seances.pacte_id`,
		sauf: DEJA_OUVERTE,
		tells: SEANCES,
		salle: true
	},
	scripts: {
		partie: 'seances',
		page: () => '/seances/deroules',
		cle: ['id'],
		colonnes: {
			titre: { nom: 'déroulé', requis: true, max: 120 },
			etapes: { nom: 'étapes du déroulé', requis: true, max: 400, mots: ['titre', 'consigne'] }
		},
		nom: sql`titre`,
		tells: SEANCES
	},
	instances: {
		partie: 'autres',
		page: () => '/gouvernance',
		cle: ['id'],
		colonnes: {
			nom: { nom: 'nom', requis: true },
			type: 'type',
			objet: 'objet',
			presidence: 'présidence',
			frequence_texte: 'fréquence',
			composition: 'composition'
		},
		nom: sql`nom`,
		tells: PARTIES
	},
	instance_roles: {
		partie: 'autres',
		page: () => '/gouvernance',
		cle: ['instance_id', 'rang'],
		colonnes: { texte: 'rôle' },
		nom: sql`instances.nom`,
		from: dInstance('instance_roles'),
		pacte: sql`instances.pacte_id`,
		tells: PARTIES
	},
	instance_territoires: {
		partie: 'autres',
		page: () => '/gouvernance',
		cle: ['instance_id', 'rang'],
		colonnes: { texte: 'territoire' },
		nom: sql`instances.nom`,
		from: dInstance('instance_territoires'),
		pacte: sql`instances.pacte_id`,
		tells: PARTIES
	},
	instance_invites: {
		partie: 'autres',
		page: () => '/gouvernance',
		cle: ['instance_id', 'rang'],
		colonnes: { theme: 'thème', invites: 'invités' },
		nom: sql`instances.nom`,
		from: dInstance('instance_invites'),
		pacte: sql`instances.pacte_id`,
		tells: PARTIES
	},
	schemas_lies: {
		partie: 'autres',
		page: () => '/schemas',
		cle: ['id'],
		colonnes: { intitule: { nom: 'intitulé', requis: true }, dans: 'schéma qui le contient', precision: 'lien' },
		nom: sql`intitule`,
		tells: PARTIES
	},
	bilans: {
		partie: 'autres',
		page: () => '/bilan',
		cle: ['pacte_id'],
		colonnes: { intitule: 'pacte précédent' },
		nom: RIEN,
		tells: PARTIES
	},
	bilan_actions: {
		partie: 'autres',
		page: () => '/bilan',
		cle: ['id'],
		colonnes: { titre: 'titre', annees: 'années', commentaire: 'commentaire' },
		nom: sql`titre`,
		tells: PARTIES
	},
	bilan_indicateurs: {
		partie: 'autres',
		page: () => '/bilan',
		cle: ['id'],
		colonnes: { libelle: 'indicateur' },
		nom: sql`libelle`,
		tells: PARTIES
	},
	bilan_ameliorations: {
		partie: 'autres',
		page: () => '/bilan',
		cle: ['pacte_id', 'rang'],
		colonnes: { texte: 'piste d’amélioration' },
		nom: RIEN,
		tells: PARTIES
	},
	enveloppes: {
		partie: 'autres',
		page: () => '/financement',
		cle: ['id'],
		colonnes: { libelle: 'libellé', exclusions: 'exclusions' },
		nom: sql`libelle`,
		tells: PARTIES
	},
	fse_orientations: {
		partie: 'autres',
		page: () => '/financement',
		cle: ['id'],
		colonnes: { libelle: 'orientation du FSE' },
		nom: sql`libelle`,
		tells: PARTIES
	},
	fse_dispositifs: {
		partie: 'autres',
		page: () => '/financement',
		cle: ['id'],
		colonnes: { libelle: 'dispositif', mention: 'mention' },
		nom: sql`fse_dispositifs.libelle`,
		from: sql`fse_dispositifs inner join fse_orientations on fse_orientations.id = orientation_id`,
		pacte: sql`fse_orientations.pacte_id`,
		tells: PARTIES
	},
	intermediaires: {
		partie: 'autres',
		page: () => '/financement',
		cle: ['pacte_id', 'rang'],
		colonnes: { perimetre: 'périmètre' },
		nom: sql`organismes.nom`,
		from: sql`intermediaires inner join organismes on organismes.id = organisme_id`,
		pacte: sql`intermediaires.pacte_id`,
		tells: PARTIES
	},
	signataires: {
		partie: 'autres',
		page: () => '/signatures',
		cle: ['id'],
		colonnes: { personne: 'signataire', fonction: 'fonction', instance: 'instance qui décide' },
		nom: sql`organismes.nom`,
		from: sql`signataires inner join organismes on organismes.id = organisme_id`,
		pacte: sql`signataires.pacte_id`,
		tells: PARTIES
	}
} as const satisfies Record<string, TextesDeTable>;

export type TableDeTextes = keyof typeof TEXTES;

/** What the table says of a column; undefined: it holds no words. */
export function colonneOf(table: TableDeTextes, colonne: string): ColonneDeTexte | undefined {
	const { colonnes }: TextesDeTable = TEXTES[table];
	const said = Object.hasOwn(colonnes, colonne) ? colonnes[colonne] : undefined;
	return typeof said === 'string' ? { nom: said } : said;
}

/** Words inside JSON, and the way to them: keys of objects; in lists, the id of what has one, else its place. */
export interface MotsSitues {
	chemin: string[];
	texte: string;
}

export function motsDansJson(value: unknown, cles: readonly string[]): MotsSitues[] {
	return typeof value === 'object' && value !== null
		? entriesOf(value).flatMap(([pas, inner]) => said(pas, inner))
		: [];

	function said(pas: string, inner: unknown): MotsSitues[] {
		if (typeof inner === 'string')
			return cles.length === 0 || cles.includes(pas) ? [{ chemin: [pas], texte: inner }] : [];
		return motsDansJson(inner, cles).map(({ chemin, texte }) => ({ chemin: [pas, ...chemin], texte }));
	}
}

/** The same JSON that says other words there. null: it does not say the former ones. */
export function jsonWith(json: string, chemin: readonly string[], avant: string, apres: string): string | null {
	const root: unknown = JSON.parse(json);
	const holder = chemin.slice(0, -1).reduce<unknown>((value, pas) => entryOf(value, pas)?.[1], root);
	const found = entryOf(holder, chemin.at(-1) ?? '');
	if (!found || found[1] !== avant) return null;
	Object.assign(holder as object, { [found[2]]: apres });
	return JSON.stringify(root);
}

type Entry = [pas: string, value: unknown, key: string];

function entriesOf(value: object): Entry[] {
	return Object.entries(value).map(([key, inner]): Entry => {
		const id = Array.isArray(value) ? (inner as { id?: unknown } | null)?.id : undefined;
		return [typeof id === 'string' ? id : key, inner, key];
	});
}

function entryOf(value: unknown, pas: string): Entry | undefined {
	return typeof value === 'object' && value !== null ? entriesOf(value).find(([name]) => name === pas) : undefined;
}
