import type { ColumnType, Generated, Selectable } from 'kysely';
import type { DocumentKind } from '#lib/documents/document.ts';
import type { Role } from '#lib/documents/rights.ts';
import type { NatureDeFiliation } from '#lib/fiches/transformation.ts';
import type { Forme } from '#lib/figures/figure.ts';
import type { EtatSection, GenreSection } from '#lib/sections/section.ts';
import type { TypeDImage } from '#lib/pieces/piece.ts';
import type { NatureConstat } from '#lib/editor/prose.ts';
import type { EtatAction } from '#lib/bilan/bilan.ts';
import type { Portee } from '#lib/engagements/engagement.ts';
import type { NiveauInstance, PeriodeFrequence, PorteeInstance } from '#lib/gouvernance/instance.ts';
import type { StatutSignature } from '#lib/signatures/signature.ts';
import type { KindTrouve } from '#lib/recherche/resultat.ts';
import type { SeancesSchema } from './schema-seances.ts';

/** Milliseconds since 1970. */
type Instant = number;
/** 0 or 1: the form that both engines share. */
type Bool = 0 | 1;
type Json = string;
type Bytes = ColumnType<Uint8Array, Uint8Array, Uint8Array>;

export interface Schema extends SeancesSchema {
	reglages: ReglagesTable;
	comptes: ComptesTable;
	sessions: SessionsTable;
	essais_de_connexion: EssaisDeConnexionTable;
	liens: LiensTable;
	pactes: PactesTable;
	participations: ParticipationsTable;
	organismes: OrganismesTable;
	organisme_alias: OrganismeAliasTable;
	signataires: SignatairesTable;
	engagements: EngagementsTable;
	textes_importes: TextesImportesTable;
	documents: DocumentsTable;
	mises_a_jour: MisesAJourTable;
	auteurs: AuteursTable;
	ecritures: EcrituresTable;
	quarantaine: QuarantaineTable;
	noeuds: NoeudsTable;
	fiches: FichesTable;
	fiche_champs: FicheChampsTable;
	fiche_organismes: FicheOrganismesTable;
	fiche_schemas: FicheSchemasTable;
	fiche_filiations: FicheFiliationsTable;
	anciens_codes: AnciensCodesTable;
	operations: OperationsTable;
	modeles: ModelesTable;
	sections: SectionsTable;
	section_redacteurs: SectionRedacteursTable;
	section_signataires: SectionSignatairesTable;
	section_textes: SectionTextesTable;
	section_champs: SectionChampsTable;
	constats: ConstatsTable;
	constat_reponses: ConstatReponsesTable;
	rescapes: RescapesTable;
	schemas_lies: SchemasLiesTable;
	engagement_liens: EngagementLiensTable;
	engagement_miroirs: EngagementMiroirsTable;
	engagement_etats: EngagementEtatsTable;
	section_porteurs: SectionPorteursTable;
	section_portees: SectionPorteesTable;
	instances: InstancesTable;
	instance_roles: InstanceTextesTable;
	instance_territoires: InstanceTextesTable;
	instance_invites: InstanceInvitesTable;
	instance_membres: InstanceMembresTable;
	enveloppes: EnveloppesTable;
	fse_orientations: FseOrientationsTable;
	fse_axes: FseAxesTable;
	fse_dispositifs: FseDispositifsTable;
	intermediaires: IntermediairesTable;
	bilans: BilansTable;
	bilan_actions: BilanActionsTable;
	bilan_indicateurs: BilanIndicateursTable;
	bilan_ameliorations: BilanAmeliorationsTable;
	figures: FiguresTable;
	figure_series: FigureSeriesTable;
	figure_lignes: FigureLignesTable;
	figure_valeurs: FigureValeursTable;
	glossaire: GlossaireTable;
	recherche_textes: RechercheTextesTable;
	recherche_mots: RechercheMotsTable;
	recherche_formes: RechercheFormesTable;
	recherche_etat: RechercheEtatTable;
	pieces_jointes: PiecesJointesTable;
	journal: JournalTable;
}

/** Facts about this installation: `demo`, for one. */
export interface ReglagesTable {
	cle: string;
	valeur: string;
}

export interface ComptesTable {
	id: string;
	email: string;
	nom: string;
	/** What presence and texts show beside the name: « CAF », « Mission locale »; may be empty. */
	organisme: string;
	/** PHC string of argon2id; null until chosen (demo accounts never have one). */
	mot_de_passe: string | null;
	/** A right of the account: creates pactes, invites. */
	administrateur: Bool;
	demo: Bool;
	created_at: Instant;
}

/** `id` is the SHA-256 of the cookie's value. */
export interface SessionsTable {
	id: string;
	compte_id: string;
	expires_at: Instant;
	created_at: Instant;
}

/** Delays that grow with failures, per account (its e-mail, hashed, whether it exists or not). */
export interface EssaisDeConnexionTable {
	email_hash: string;
	echecs: number;
	prochain_essai: Instant;
}

export type LienUsage = 'premier_administrateur' | 'invitation' | 'administrateur' | 'mot_de_passe' | 'demo';

/** One-time links. `id` is the SHA-256 of the token. */
export interface LiensTable {
	id: string;
	usage: LienUsage;
	pacte_id: string | null;
	role: Role | null;
	/** The account that a demo link opens, or whose password a link chooses again. */
	compte_id: string | null;
	/** Whom an invitation is for, as its sender wrote it; may be empty. */
	pour: string;
	created_by: string | null;
	created_at: Instant;
	expires_at: Instant | null;
	used_at: Instant | null;
}

export interface PactesTable {
	id: string;
	intitule: string;
	territoire: string;
	debut: number | null;
	fin: number | null;
	/** The pacte's own copy of its model. */
	modele: Json;
	/** One more each time the model is changed. */
	modele_version: Generated<number>;
	/** A `MiseEnPage`; empty: the usual one. */
	mise_en_page: Generated<string>;
	demo: Bool;
	created_at: Instant;
}

export interface ParticipationsTable {
	pacte_id: string;
	compte_id: string;
	role: Role;
	/** For whom a partenaire writes: the sections of this organisme are theirs. */
	organisme_id: ColumnType<string | null, string | null | undefined, string | null>;
	created_at: Instant;
}

export interface OrganismesTable {
	id: string;
	pacte_id: string;
	nom: string;
	/** `nom` folded: case, accents, dashes and spaces apart. Unique in a pacte, aliases included. */
	nom_plie: string;
	rang: number;
}

export interface OrganismeAliasTable {
	pacte_id: string;
	organisme_id: string;
	nom: string;
	nom_plie: string;
}

export interface SignatairesTable {
	pacte_id: string;
	rang: number;
	id: string;
	organisme_id: string;
	personne: string;
	fonction: ColumnType<string, string | undefined, string>;
	statut: ColumnType<StatutSignature, StatutSignature | undefined, StatutSignature>;
	/** A day (`2027-02-16`), or empty. */
	date: ColumnType<string, string | undefined, string>;
	/** Whose decision it waits for or has: « conseil d’administration », « délibération n° 12 ». */
	instance: ColumnType<string, string | undefined, string>;
}

export interface EngagementsTable {
	pacte_id: string;
	rang: number;
	organisme_id: string | null;
	puces: Json;
}

export interface TextesImportesTable {
	pacte_id: string;
	rang: number;
	ligne_debut: number;
	ligne_fin: number;
	texte: string;
}

/** A live document: its last snapshot; what came after it is in `mises_a_jour`. */
export interface DocumentsTable {
	/** `kind.id` */
	name: string;
	kind: DocumentKind;
	pacte_id: string;
	/** Version of the document's shape. */
	shape: number;
	snapshot: Bytes | null;
	created_at: Instant;
}

/** The append-only log: an update exists once it is here. */
export interface MisesAJourTable {
	id: Generated<number>;
	document: string;
	/** null: an edit made by the server. */
	compte_id: string | null;
	data: Bytes;
	/** Brought back after a restoration by `compte_id`, who need not have written it. */
	recupere: ColumnType<Bool, Bool | undefined, Bool>;
	created_at: Instant;
}

/** A Yjs client id belongs to the account, or the seat (`siege.<id>`), that first brought it to a document. */
export interface AuteursTable {
	document: string;
	client_id: number;
	compte_id: string | null;
	created_at: Instant;
}

/** Who wrote and who deleted what, as ranges without content, kept when the log is compacted. */
export interface EcrituresTable {
	id: Generated<number>;
	document: string;
	compte_id: string | null;
	/**
	 * `ecrit`: clocks written by this client id. `recupere`: the same, brought back by this account after a restoration.
	 * `efface`: clocks of this client id deleted by this account.
	 */
	nature: 'ecrit' | 'recupere' | 'efface';
	client_id: number;
	debut: number;
	fin: number;
	created_at: Instant;
}

/** Updates that were refused, and rows of the log that cannot be read: never just dropped. */
export interface QuarantaineTable {
	id: Generated<number>;
	document: string;
	compte_id: string | null;
	origine: ColumnType<'refus' | 'journal', 'refus' | 'journal' | undefined, never>;
	raison: string;
	data: Bytes;
	created_at: Instant;
}

/** Projection of the orientations document, whole: repaired parents, order and code. Browsers choose the ids: unique in a pacte only. */
export interface NoeudsTable {
	id: string;
	pacte_id: string;
	/** null: top of the tree, or kept aside (`a_classer`). */
	parent: string | null;
	niveau: string;
	titre: string;
	code: string;
	/** Position in a reading of the whole tree. */
	ordre: number;
	a_classer: Bool;
	/** Whether it carries a fiche: its level may, and nothing below it does in its place. */
	porte_fiche: ColumnType<Bool, Bool | undefined, Bool>;
}

/** Codes that a node had before its present one: search and references still find it by them. */
export interface AnciensCodesTable {
	pacte_id: string;
	noeud_id: string;
	code: string;
	/** The oldest first. */
	rang: number;
}

/** A fiche: made by the server when a node that carries one appears. Its id is the node's. */
export interface FichesTable {
	id: string;
	pacte_id: string;
	/** The form that it has, when it is not that of the others. */
	variante: ColumnType<string | null, string | null | undefined, string | null>;
	created_at: Instant;
	/** In the bin since then: it can be brought back for 30 days. */
	corbeille_at: ColumnType<Instant | null, Instant | null | undefined, Instant | null>;
}

/** Where a fiche comes from: what it was copied, merged or split from. */
export interface FicheFiliationsTable {
	pacte_id: string;
	fiche_id: string;
	de_id: string;
	nature: NatureDeFiliation;
	/** What `de_id` was called then: it may leave for good. */
	titre: Generated<string>;
	created_at: Instant;
}

/** An act on many places at once, and how it is taken back. */
export interface OperationsTable {
	id: string;
	pacte_id: string;
	compte_id: string | null;
	acte: string;
	/** In words: « “Pôle emploi” remplacé par “France Travail”, 42 fois ». */
	libelle: string;
	inverse: Json;
	created_at: Instant;
	annulee_at: ColumnType<Instant | null, Instant | null | undefined, Instant | null>;
}

/** A pacte kept as a model for the next: an `ArchivePacte` without its people and its words, or with them. */
export interface ModelesTable {
	id: string;
	nom: string;
	description: string;
	contenu: Json;
	created_by: string | null;
	created_at: Instant;
}

/** Projection of the fiche's document: one row per field and line (bullets have several). */
export interface FicheChampsTable {
	fiche_id: string;
	pacte_id: string;
	champ: string;
	ordre: number;
	texte: string;
	/** A list of organismes that ends with « … ». */
	ouverte: Bool;
	/** 1: a sub-point of the line above. */
	retrait: ColumnType<number, number | undefined, number>;
	/** The cells of a row of a table, by column. */
	cellules: ColumnType<Json | null, Json | null | undefined, Json | null>;
	/** The line's own id in the document: what stays the same when lines move. Empty for a text. */
	cle: ColumnType<string, string | undefined, string>;
}

/** Projection of the fields that name plans and schemas. */
export interface FicheSchemasTable {
	fiche_id: string;
	pacte_id: string;
	champ: string;
	ordre: number;
	schema_id: string;
}

/** Projection of the fields that list organismes. */
export interface FicheOrganismesTable {
	fiche_id: string;
	pacte_id: string;
	champ: string;
	ordre: number;
	organisme_id: string;
}

/** A part of the document's plan; its live text is `redaction.<id>`. */
export interface SectionsTable {
	id: string;
	pacte_id: string;
	parent_id: string | null;
	/** Position in a reading of the whole plan. */
	rang: number;
	genre: GenreSection;
	titre: string;
	/** Whose section it is: a partner's words or engagements. */
	organisme_id: string | null;
	/** The branch of the tree that it opens: an axe's diagnostic or intention. */
	noeud_id: string | null;
	etat: EtatSection;
	/** How long it should be, in words of the équipe projet; may be empty. */
	longueur: string;
	created_at: Instant;
	/** Out of the plan since then: it can be put back, its text is untouched. */
	retiree_at: Instant | null;
}

/** Those who write a section, when it is not open to all rédacteurs. */
export interface SectionRedacteursTable {
	section_id: string;
	compte_id: string;
}

/** Who signs a partner's words. */
export interface SectionSignatairesTable {
	section_id: string;
	rang: number;
	personne: string;
	fonction: string;
}

/** Projection of the section's prose: `blocs` is a `Prose`. */
export interface SectionTextesTable {
	section_id: string;
	pacte_id: string;
	blocs: Json;
	mots: number;
}

/** Projection of the section's fields (the frame of a partner's engagements): one row per line. */
export interface SectionChampsTable {
	section_id: string;
	pacte_id: string;
	champ: string;
	ordre: number;
	/** The line's own id in the document: what links lead to. Empty for a text. */
	cle: string;
	texte: string;
	/** 1: a sub-point of the line above. */
	retrait: number;
	/** The cells of a row of a table, by column. */
	cellules: Json | null;
}

/** Projection of the constats and enjeux that are marked in the prose. */
export interface ConstatsTable {
	id: string;
	pacte_id: string;
	section_id: string;
	ordre: number;
	nature: NatureConstat;
	texte: string;
	theme: string;
	noeud_id: string | null;
	origine: string;
}

/** Which branch of the tree answers which constat. */
export interface ConstatReponsesTable {
	pacte_id: string;
	constat_id: string;
	noeud_id: string;
	compte_id: string | null;
	created_at: Instant;
}

/** Plans and schemas of the territory that a pacte is tied to. */
export interface SchemasLiesTable {
	id: string;
	pacte_id: string;
	rang: number;
	intitule: string;
	dans: string;
	precision: string;
	created_at: Instant;
}

/** Text that went with a passage that someone else was deleting, who had not seen it: kept until someone deals with it. */
export interface RescapesTable {
	id: Generated<number>;
	document: string;
	/** The clocks of this client id that the text was written with. */
	client_id: number;
	debut: number;
	fin: number;
	/** Whose text it is. */
	compte_id: string | null;
	texte: string;
	created_at: Instant;
	traite_at: Instant | null;
}

/** Which branches of the tree an engagement serves. `cle`: the bullet, in its section's document. */
export interface EngagementLiensTable {
	pacte_id: string;
	section_id: string;
	cle: string;
	noeud_id: string;
}

/** The wordings that several partners give of one engagement have one `groupe`. */
export interface EngagementMiroirsTable {
	pacte_id: string;
	groupe: string;
	section_id: string;
	cle: string;
}

/** What the board of a partner decided on its section. */
export interface EngagementEtatsTable {
	section_id: string;
	pacte_id: string;
	approuve: Bool;
	instance: string;
	/** A day (`2027-02-16`), or empty. */
	date: string;
	note: string;
}

/** Whose engagements a section holds, when it is several organismes together. */
export interface SectionPorteursTable {
	section_id: string;
	rang: number;
	organisme_id: string;
}

/** Whose engagements a section holds, when it is no organisme: all signatories, or people who do not sign. */
export interface SectionPorteesTable {
	section_id: string;
	portee: Portee;
	libelle: string;
}

export interface InstancesTable {
	id: string;
	pacte_id: string;
	rang: number;
	nom: string;
	type: string;
	portee: PorteeInstance;
	niveau: NiveauInstance;
	objet: string;
	presidence: string;
	/** At least so many times… null: no minimum. */
	frequence_nombre: number | null;
	/** …in a year, a semestre… */
	frequence_periode: PeriodeFrequence;
	frequence_texte: string;
	/** A rule in words: « Les signataires du pacte ». */
	composition: string;
}

export interface InstanceTextesTable {
	instance_id: string;
	rang: number;
	texte: string;
}

export interface InstanceInvitesTable {
	instance_id: string;
	rang: number;
	theme: string;
	invites: string;
}

export interface InstanceMembresTable {
	instance_id: string;
	rang: number;
	organisme_id: string;
}

/** Amounts are cents of euro. */
export interface EnveloppesTable {
	id: string;
	pacte_id: string;
	rang: number;
	libelle: string;
	montant: number | null;
	part_fse: number | null;
	debut: number | null;
	fin: number | null;
	exclusions: string;
}

export interface FseOrientationsTable {
	id: string;
	pacte_id: string;
	rang: number;
	libelle: string;
}

export interface FseAxesTable {
	orientation_id: string;
	noeud_id: string;
}

export interface FseDispositifsTable {
	id: string;
	orientation_id: string;
	rang: number;
	libelle: string;
	/** « PLIE »; may be empty. */
	mention: string;
	/** The opérateur. */
	organisme_id: string | null;
}

/** Organismes intermédiaires. */
export interface IntermediairesTable {
	pacte_id: string;
	rang: number;
	organisme_id: string;
	perimetre: string;
}

export interface BilansTable {
	pacte_id: string;
	/** How the previous pacte is called. */
	intitule: string;
	/** The columns of the indicator table: a list of years. */
	annees: Json;
}

export interface BilanActionsTable {
	id: string;
	pacte_id: string;
	rang: number;
	titre: string;
	etat: EtatAction;
	annees: string;
	commentaire: string;
	/** The fiche that carries it on. */
	noeud_id: string | null;
}

export interface BilanIndicateursTable {
	id: string;
	pacte_id: string;
	rang: number;
	libelle: string;
	/** By year. */
	valeurs: Json;
}

export interface BilanAmeliorationsTable {
	pacte_id: string;
	rang: number;
	texte: string;
}

/** A figure; its texts are the projection of `figure.<id>`. */
/** Images of a pacte. */
export interface PiecesJointesTable {
	id: string;
	pacte_id: string;
	/** In the order in which they came. */
	rang: number;
	nom: string;
	type: TypeDImage;
	octets: number;
	largeur: number;
	hauteur: number;
	/** Of `contenu`: the same image is kept once in a pacte. */
	sha256: string;
	created_by: string | null;
	created_at: Instant;
	contenu: Bytes;
}

export interface FiguresTable {
	id: string;
	pacte_id: string;
	/** Its place among the figures of the pacte. */
	rang: number;
	titre: Generated<string>;
	phrase: Generated<string>;
	source: Generated<string>;
	date: Generated<string>;
	territoire: Generated<string>;
	unite: Generated<string>;
	forme: Forme;
	created_at: Instant;
	/** Put aside then: it can be brought back for 30 days. */
	corbeille_at: ColumnType<Instant | null, Instant | null | undefined, Instant | null>;
}

/** Projection of a figure's columns. Browsers choose the ids: unique in a figure only. */
export interface FigureSeriesTable {
	figure_id: string;
	pacte_id: string;
	id: string;
	ordre: number;
	nom: string;
}

/** Projection of a figure's rows. */
export interface FigureLignesTable {
	figure_id: string;
	pacte_id: string;
	id: string;
	ordre: number;
	libelle: string;
}

/** Projection of a figure's cells: as typed, and the number that it says. Empty cells have no row. */
export interface FigureValeursTable {
	figure_id: string;
	pacte_id: string;
	ligne_id: string;
	serie_id: string;
	texte: string;
	nombre: number | null;
}

export interface GlossaireTable {
	id: string;
	pacte_id: string;
	sigle: string;
	/** The sigle as it is compared: two entries of one pacte never share it. */
	cle: string;
	developpe: string;
	definition: string;
	created_at: Instant;
}

/** A passage that can be found: a title, a bullet, a paragraph. Derived, rewritten with what it derives from. */
export interface RechercheTextesTable {
	id: Generated<number>;
	pacte_id: string;
	/** What wrote it: `fiche.<id>`, `section.<id>`, `orientations.`… */
	source: string;
	kind: KindTrouve;
	/** What a result stands for: the id of a fiche, of a section… */
	objet: string;
	/** Where in it; empty: its title. */
	ancre: string;
	rang: number;
	/** What finding a word there is worth. */
	poids: number;
	texte: string;
}

/** The inverted index: stem → passages. */
export interface RechercheMotsTable {
	pacte_id: string;
	mot: string;
	texte_id: number;
	poids: number;
}

/** Words as they are written, folded → stem: what people type, whole or not, leads to what is indexed. */
export interface RechercheFormesTable {
	pacte_id: string;
	forme: string;
	mot: string;
	/** With its accents. */
	ecrit: string;
}

/** Which version of the index a pacte has. Its row is held while its index is written. */
export interface RechercheEtatTable {
	pacte_id: string;
	version: number;
}

export interface JournalTable {
	id: Generated<number>;
	pacte_id: string | null;
	compte_id: string | null;
	acte: string;
	detail: Json;
	created_at: Instant;
}

export type Compte = Selectable<ComptesTable>;
export type Pacte = Selectable<PactesTable>;
export type Lien = Selectable<LiensTable>;
export type NoeudRow = Selectable<NoeudsTable>;
export type SectionRow = Selectable<SectionsTable>;
