import type { Format } from '#lib/seances/seance.ts';

/*
 * What goes on in the room of a séance: facts, as the server holds them. Who may see what of it is decided in `vue-*.ts` only;
 * nothing of this leaves the server otherwise.
 */

export const ETATS_DE_SALLE = ['preparation', 'ouverte', 'close'] as const;
/** `preparation`: nobody joins. `ouverte`: the code works. `close`: nothing changes any more but the harvest. */
export type EtatDeSalle = (typeof ETATS_DE_SALLE)[number];

export const GENRES_D_ETAPE = ['accueil', 'tour', 'deplacement', 'recolte', 'vote', 'pause', 'cloture'] as const;
export type GenreDEtape = (typeof GENRES_D_ETAPE)[number];

/** Who may add cards during a step: nobody, each table for itself, whoever is there. */
export const ECRITURES = ['personne', 'tables', 'tous'] as const;
export type Ecriture = (typeof ECRITURES)[number];

/** What a seat is shown of the cards of a step: its own until they are revealed, those of its table, all. */
export const VISIBILITES = ['soi', 'table', 'tous'] as const;
export type Visibilite = (typeof VISIBILITES)[number];

/** What the wall shows during a step, until the facilitator chooses something else. */
export const VUES_DU_MUR = [
	'accueil',
	'question',
	'rotation',
	'galerie',
	'votes',
	'recolte',
	'matrice',
	'noir'
] as const;
export type VueDuMur = (typeof VUES_DU_MUR)[number];

export interface Etape {
	id: string;
	genre: GenreDEtape;
	/** Of a round, or of the moving that leads to it. */
	tour: number | null;
	titre: string;
	consigne: string;
	/** Seconds; null: as long as it takes. */
	duree: number | null;
	ecrire: Ecriture;
	voir: Visibilite;
	voter: boolean;
	vue: VueDuMur;
	/** Asked of all tables during this step; null: each table's own question. */
	questionId: string | null;
	commenceeAt: number | null;
	finieAt: number | null;
}

/** Milliseconds since 1970, of the server's clock. */
export interface Minuteur {
	debut: number;
	/** Planned; nothing closes then. null: no limit. */
	fin: number | null;
	/** Since when it stands still. */
	pauseAt: number | null;
}

/** For how long a change of step is undone, in milliseconds. */
export const DELAI_D_ANNULATION = 10_000;

export const FORMES = ['cercle', 'carre', 'triangle', 'losange', 'etoile', 'hexagone', 'croix', 'goutte'] as const;
export type Forme = (typeof FORMES)[number];

export interface TableDeSalle {
	id: string;
	numero: number;
	nom: string;
	forme: Forme;
	questionId: string | null;
	/** The host's name or function, as the facilitator wrote it before the séance; may be empty. */
	hote: string;
	/** What the table writes together, as it was a moment ago. */
	synthese: string;
	/** How many may sit there; null: as many as needed. */
	places: number | null;
	/** Since when it asks for the facilitator. */
	aideAt: number | null;
	/** « Nous avons fini », for the present step. */
	finieAt: number | null;
	/** Since when its host offers the role to whoever takes it. */
	cedeeAt: number | null;
}

/** `personne`: one person, with a device or a paper slip. `table`: the device that a table shares. `simule`: of a rehearsal. */
export const GENRES_DE_SIEGE = ['personne', 'table', 'simule'] as const;
export type GenreDeSiege = (typeof GENRES_DE_SIEGE)[number];

export interface Siege {
	id: string;
	/** What a slip or a screen says: « place 12 ». Never reused in a séance. */
	numero: number;
	genre: GenreDeSiege;
	/** Where it is now. */
	tableId: string | null;
	/** Stays at its table, and welcomes. */
	hote: boolean;
	organismeId: string | null;
	organisme: string;
	usager: boolean;
	/** Empty, unless the facilitator asked for names. */
	nom: string;
	absent: boolean;
	/** Somebody has come to it, with a device or without. */
	pris: boolean;
	vuAt: number | null;
}

export interface Passage {
	tour: number;
	siegeId: string;
	tableId: string;
}

export const NATURES_DE_CARTE = ['constat', 'besoin', 'idee', 'vigilance', 'question'] as const;
export type NatureDeCarte = (typeof NATURES_DE_CARTE)[number];

export const SOURCES_DE_CARTE = ['ecran', 'papier', 'oral'] as const;
export type SourceDeCarte = (typeof SOURCES_DE_CARTE)[number];

/** Characters of a card. */
export const LONGUEUR_DE_CARTE = 400;
export const PEPITES_PAR_TABLE = 3;

export interface Carte {
	id: string;
	tableId: string | null;
	etapeId: string | null;
	questionId: string | null;
	tour: number | null;
	/** Which device brought it, so that it may take it back; forgotten when the séance closes, shown to nobody else. */
	siegeId: string | null;
	nature: NatureDeCarte;
	texte: string;
	source: SourceDeCarte;
	revelee: boolean;
	/** 1, 2 or 3: one of its table's pépites of its round. */
	pepite: number | null;
	surprise: boolean;
	groupeId: string | null;
	retireeAt: number | null;
	/** In a moderated room: shown to no participant but its author until the facilitator has accepted it. */
	attente: boolean;
	modereeAt: number | null;
	motif: string;
	createdAt: number;
}

export interface Groupe {
	id: string;
	rang: number;
	titre: string;
	questionId: string | null;
}

/** What votes and the matrix are about: a card, or a group of cards. */
export interface Scrutin {
	id: string;
	titre: string;
	sur: 'cartes' | 'groupes';
	/** Ids of what one may vote for, in the order shown. */
	objets: string[];
	/** Points that each seat may give. */
	budget: number;
	etat: 'ouvert' | 'clos';
}

export interface Voix {
	scrutinId: string;
	siegeId: string;
	objet: string;
	points: number;
}

/** Raised hands and paper ballots, counted by the facilitator, apart from the others. */
export interface VoixComptees {
	scrutinId: string;
	objet: string;
	mode: 'mains' | 'papier';
	nombre: number;
}

export interface Evaluation {
	objet: string;
	/** 1 to 5. */
	impact: number;
	faisabilite: number;
}

export interface MessageDeSalle {
	id: string;
	/** null: to all. */
	tableId: string | null;
	texte: string;
	createdAt: number;
}

/** What was chosen when the café was set up. */
export interface ReglagesDeSalle {
	/** Each person goes their own way; whole tables move; people choose. */
	rotation: 'individuelle' | 'par_table' | 'libre';
	/** The same questions for all, round by round, or a question for each table. */
	questions: 'par_tour' | 'par_table';
	noms: boolean;
	/** Cards are read by the facilitator before anyone sees them. */
	moderation: boolean;
}

export const REGLAGES_DE_DEPART: ReglagesDeSalle = {
	rotation: 'individuelle',
	questions: 'par_tour',
	noms: false,
	moderation: false
};

export interface Salle {
	seanceId: string;
	pacteId: string;
	titre: string;
	format: Format;
	etat: EtatDeSalle;
	/** Grows with each act. */
	revision: number;
	repetition: boolean;
	/** Six digits, that open it while it is open only; they may be printed before. */
	code: string | null;
	reglages: ReglagesDeSalle;
	etapeId: string | null;
	minuteur: Minuteur | null;
	/** The last change of step, that may be undone for a few seconds. */
	avant: { etapeId: string | null; minuteur: Minuteur | null; at: number } | null;
	/** What the facilitator chose for the wall; null: what the step says. */
	mur: { vue: VueDuMur; page: number; objet: string } | null;
	questions: { id: string; texte: string }[];
	/** In order. */
	etapes: Etape[];
	tables: TableDeSalle[];
	sieges: Siege[];
	passages: Passage[];
	/** In the order in which they came. */
	cartes: Carte[];
	groupes: Groupe[];
	scrutins: Scrutin[];
	voix: Voix[];
	voixComptees: VoixComptees[];
	evaluations: Evaluation[];
	messages: MessageDeSalle[];
}

export function etapeDe({ etapes, etapeId }: Pick<Salle, 'etapes' | 'etapeId'>): Etape | null {
	return etapes.find(({ id }) => id === etapeId) ?? null;
}

/** The question in front of a table during a step. */
export function questionDe(
	{ questions }: Pick<Salle, 'questions'>,
	table: TableDeSalle | null,
	etape: Etape | null
): string {
	const id = etape?.questionId ?? table?.questionId ?? null;
	return questions.find((question) => question.id === id)?.texte ?? '';
}

/** Brought from an earlier séance: for every table, of no step. */
export function isReprise({ tableId, etapeId }: Pick<Carte, 'tableId' | 'etapeId'>): boolean {
	return tableId === null && etapeId === null;
}

/** Nobody took it back. */
export function isCounted({ retireeAt, modereeAt }: Pick<Carte, 'retireeAt' | 'modereeAt'>): boolean {
	return retireeAt === null && modereeAt === null;
}

/** Others than its author may see it, where its step lets them. */
export function isPublic(carte: Pick<Carte, 'retireeAt' | 'modereeAt' | 'revelee' | 'attente'>): boolean {
	return isCounted(carte) && carte.revelee && !carte.attente;
}
