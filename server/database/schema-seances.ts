import type { ColumnType, Generated } from 'kysely';
import type {
	Ecriture,
	EtatDeSalle,
	Forme,
	GenreDEtape,
	GenreDeSiege,
	NatureDeCarte,
	SourceDeCarte,
	Visibilite,
	VueDuMur
} from '#lib/salles/salle.ts';
import type { Format } from '#lib/seances/seance.ts';

/** Milliseconds since 1970. */
type Instant = number;
type Bool = 0 | 1;
type Json = string;
type Words = Generated<string>;
type No = ColumnType<Bool, Bool | undefined, Bool>;
type Maybe<T> = ColumnType<T | null, T | null | undefined, T | null>;

/** Phases, séances, and what happens in their rooms. */
export interface SeancesSchema {
	phases: PhasesTable;
	phase_contenus: PhaseContenusTable;
	seances: SeancesTable;
	seance_points: SeancePointsTable;
	seance_presences: SeancePresencesTable;
	seance_textes: SeanceTextesTable;
	abonnements: AbonnementsTable;
	scripts: ScriptsTable;
	salles: SallesTable;
	codes_de_salle: CodesDeSalleTable;
	etapes: EtapesTable;
	seance_questions: SeanceQuestionsTable;
	seance_tables: SeanceTablesTable;
	sieges: SiegesTable;
	passages: PassagesTable;
	groupes: GroupesTable;
	cartes: CartesTable;
	photos_de_salle: PhotosDeSalleTable;
	scrutins: ScrutinsTable;
	voix: VoixTable;
	voix_comptees: VoixCompteesTable;
	evaluations: EvaluationsTable;
	versements: VersementsTable;
	messages_de_salle: MessagesDeSalleTable;
	actes_de_salle: ActesDeSalleTable;
}

export interface PhasesTable {
	id: string;
	pacte_id: string;
	rang: number;
	titre: string;
	sous_titre: Words;
	/** `2027-03`, `2027-03-12` or `2027-automne`; empty: not known. */
	debut: Words;
	fin: Words;
	/** In words, as it is printed when the dates do not say it: « à l'automne 2027 ». */
	periode: Words;
	/** Put aside then. */
	corbeille_at: Maybe<Instant>;
}

export interface PhaseContenusTable {
	phase_id: string;
	rang: number;
	texte: string;
}

export interface SeancesTable {
	id: string;
	pacte_id: string;
	instance_id: string | null;
	phase_id: Maybe<string>;
	rang: number;
	titre: string;
	format: Format;
	theme: Words;
	/** Of a series: first meeting, second meeting… */
	tour: Maybe<number>;
	/** `2027-03-12`, `2027-03` or empty: « à fixer ». */
	date: Words;
	/** `14:30` */
	heure_debut: Words;
	heure_fin: Words;
	lieu: Words;
	objet: Words;
	compte_rendu: Words;
	/** How many came, when it is known as a number only. */
	participants: Maybe<number>;
	/** The séance on whose result it opens. */
	suite_de: Maybe<string>;
	created_at: Instant;
	/** Put aside then. */
	corbeille_at: Maybe<Instant>;
}

/** The agenda. */
export interface SeancePointsTable {
	seance_id: string;
	rang: number;
	texte: string;
	minutes: number | null;
}

/** Who is expected and who came, by organisme; `libelle` for those who come for none. */
export interface SeancePresencesTable {
	seance_id: string;
	rang: number;
	organisme_id: string | null;
	libelle: Words;
	attendus: number | null;
	presents: number | null;
	/** Among those who came: without a device of their own. */
	sans_telephone: Maybe<number>;
}

/** The texts that a séance is about. */
export interface SeanceTextesTable {
	seance_id: string;
	genre: 'section' | 'noeud';
	objet: string;
}

/** Who follows the calendar of a pacte from another program: the secret of their address, as a hash. */
export interface AbonnementsTable {
	pacte_id: string;
	compte_id: string;
	jeton_hash: string;
	created_at: Instant;
}

/** A script that a pacte keeps for its next séances. */
export interface ScriptsTable {
	id: string;
	pacte_id: string;
	rang: number;
	titre: string;
	format: Format;
	etapes: Json;
}

/** What goes on in the room of a séance: `salle.ts` says what each column means. */
export interface SallesTable {
	seance_id: string;
	etat: EtatDeSalle;
	revision: Generated<number>;
	repetition: No;
	/** Six digits, that open it while it is open only. */
	code: Maybe<string>;
	/** Of the QR code: 128 bits; it opens a seat and nothing else. */
	jeton: string;
	/** Of the wall's address. */
	jeton_mur: string;
	etape_id: Maybe<string>;
	etape_debut: Maybe<Instant>;
	etape_fin: Maybe<Instant>;
	pause_at: Maybe<Instant>;
	/** JSON; empty: nothing to undo. */
	avant: Words;
	/** JSON; empty: as at the start. */
	reglages: Words;
	/** JSON: what the facilitator chose for the wall; empty: what the step says. */
	vue: Words;
	/** Where it was taken to; empty: nowhere. */
	emportee: Words;
	created_at: Instant;
	ouverte_at: Maybe<Instant>;
	close_at: Maybe<Instant>;
}

/** Codes that were used: not given again before `libre_at`. */
export interface CodesDeSalleTable {
	code: string;
	libre_at: Instant;
}

export interface EtapesTable {
	id: string;
	seance_id: string;
	rang: number;
	genre: GenreDEtape;
	tour: number | null;
	titre: string;
	consigne: Words;
	duree: number | null;
	ecrire: Ecriture;
	voir: Visibilite;
	voter: No;
	vue: VueDuMur;
	question_id: Maybe<string>;
	commencee_at: Maybe<Instant>;
	finie_at: Maybe<Instant>;
}

export interface SeanceQuestionsTable {
	id: string;
	seance_id: string;
	rang: number;
	texte: string;
}

export interface SeanceTablesTable {
	id: string;
	seance_id: string;
	numero: number;
	nom: Words;
	forme: Forme;
	question_id: Maybe<string>;
	hote: Words;
	/** Projection of `synthese.<id>`: what the table writes together. */
	synthese: Words;
	/** null: as many as needed. */
	places: Maybe<number>;
	aide_at: Maybe<Instant>;
	finie_at: Maybe<Instant>;
	cedee_at: Maybe<Instant>;
}

export interface SiegesTable {
	id: string;
	seance_id: string;
	numero: number;
	genre: GenreDeSiege;
	/** SHA-256 of the cookie's token; null: nobody took it with a device. */
	jeton_hash: Maybe<string>;
	table_id: Maybe<string>;
	hote: No;
	organisme_id: Maybe<string>;
	organisme: Words;
	usager: No;
	nom: Words;
	absent: No;
	created_at: Instant;
	vu_at: Maybe<Instant>;
}

export interface PassagesTable {
	seance_id: string;
	tour: number;
	siege_id: string;
	table_id: string;
}

export interface GroupesTable {
	id: string;
	seance_id: string;
	rang: number;
	titre: string;
	question_id: Maybe<string>;
	/** The group that took its cards: what was meant for this one goes there. */
	reuni_dans: Maybe<string>;
	created_at: Instant;
}

export interface CartesTable {
	id: string;
	seance_id: string;
	table_id: string | null;
	etape_id: string | null;
	question_id: string | null;
	tour: number | null;
	/** Emptied when the room closes. */
	siege_id: string | null;
	nature: NatureDeCarte;
	texte: string;
	source: SourceDeCarte;
	revelee: Bool;
	pepite: Maybe<number>;
	surprise: No;
	groupe_id: Maybe<string>;
	retiree_at: Maybe<Instant>;
	attente: No;
	moderee_at: Maybe<Instant>;
	motif: Words;
	/** Who typed what was on paper. */
	compte_id: Maybe<string>;
	photo_id: Maybe<string>;
	created_at: Instant;
}

/** Paper, photographed: without metadata, deleted 30 days after it is transcribed. */
export interface PhotosDeSalleTable {
	id: string;
	seance_id: string;
	table_id: string | null;
	type: string;
	contenu: ColumnType<Uint8Array, Uint8Array, Uint8Array>;
	created_at: Instant;
	transcrite_at: Maybe<Instant>;
}

export interface ScrutinsTable {
	id: string;
	seance_id: string;
	rang: number;
	titre: string;
	sur: 'cartes' | 'groupes';
	/** Ids, in order. */
	objets: Json;
	budget: number;
	etat: 'ouvert' | 'clos';
	created_at: Instant;
}

export interface VoixTable {
	scrutin_id: string;
	siege_id: string;
	objet: string;
	points: number;
}

export interface VoixCompteesTable {
	scrutin_id: string;
	objet: string;
	/** `ecran`: what devices gave in a séance that an archive brought, where no seat is known any more. */
	mode: 'ecran' | 'mains' | 'papier';
	nombre: number;
}

export interface EvaluationsTable {
	seance_id: string;
	objet: string;
	impact: number;
	faisabilite: number;
}

/** What cards and groups became; a `carte` is one on which a later séance opens. `texte`: a group's title then. */
export interface VersementsTable {
	id: string;
	pacte_id: string;
	seance_id: string;
	source_genre: 'carte' | 'groupe';
	source_id: string;
	texte: string;
	cible_genre: 'constat' | 'noeud' | 'fiche' | 'carte';
	cible_id: string;
	/** Where a constat stands. */
	cible_section: Words;
	compte_id: Maybe<string>;
	created_at: Instant;
}

export interface MessagesDeSalleTable {
	id: string;
	seance_id: string;
	/** null: to all. */
	table_id: string | null;
	texte: string;
	created_at: Instant;
}

/** Acts that were done: one that comes again is answered as the first time. */
export interface ActesDeSalleTable {
	seance_id: string;
	/** Chosen by the device. */
	cle: string;
	resultat: Words;
	created_at: Instant;
}
