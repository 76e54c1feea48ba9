import {
	etapeDe,
	isCounted,
	isPublic,
	isReprise,
	questionDe,
	type Carte,
	type Etape,
	type EtatDeSalle,
	type Forme,
	type GenreDEtape,
	type Minuteur,
	type NatureDeCarte,
	type Salle,
	type Scrutin,
	type Siege,
	type SourceDeCarte,
	type TableDeSalle
} from './salle.ts';
import { resultatsDe, type Resultat } from './scrutin.ts';

/** What one seat is shown. Collections hold objects with an `id`, so that only what changes is sent (`changements.ts`). */
export interface VueSiege {
	seance: { id: string; titre: string; etat: EtatDeSalle; repetition: boolean };
	siege: { id: string; numero: number; genre: Siege['genre']; hote: boolean };
	etape: EtapeVue | null;
	table: TableVue | null;
	question: string;
	/** Of this step, at this table: revealed ones, and this seat's own. */
	cartes: CarteVue[];
	/** « Ce qui s'est dit avant nous »: of earlier steps at this table. */
	avant: CarteVue[];
	/** What this seat brought at other tables. */
	ailleurs: CarteVue[];
	/** While people move: where this seat goes. */
	destination: Destination | null;
	/** Where one may sit, when one chooses. */
	tables: TableNommee[];
	/** During the harvest: what the tables chose. */
	galerie: PepiteVue[];
	scrutin: ScrutinVue | null;
	objets: ObjetDeVote[];
	message: { id: string; texte: string } | null;
}

export interface EtapeVue {
	id: string;
	genre: GenreDEtape;
	titre: string;
	consigne: string;
	tour: number | null;
	tours: number;
	minuteur: Minuteur | null;
	peutEcrire: boolean;
	/** What one writes is shown to the others at the reveal only. */
	prive: boolean;
}

export type TableNommee = Pick<TableDeSalle, 'id' | 'numero' | 'nom' | 'forme'>;

export interface TableVue extends TableNommee {
	/** What the table writes together, as it was a moment ago. */
	synthese: string;
	aide: boolean;
	finie: boolean;
	/** Cards of this table that wait for the reveal: how many, and nothing of them. */
	aReveler: number;
	/** This seat may become the host: the role is offered, or nobody has it. */
	hoteAPrendre: boolean;
	/** Its host offers the role. */
	cedee: boolean;
}

export interface CarteVue {
	id: string;
	nature: NatureDeCarte;
	texte: string;
	source: SourceDeCarte;
	tour: number | null;
	/** This seat brought it: it may take it back. */
	mienne: boolean;
	/** Nobody else at the table sees it yet. */
	privee: boolean;
	/** The facilitator has not accepted it yet. */
	attente: boolean;
	pepite: number | null;
	surprise: boolean;
}

export interface Destination {
	table: TableNommee;
	/** It is where one sits already: hosts, and the screens of tables. */
	reste: boolean;
}

export interface PepiteVue {
	id: string;
	texte: string;
	nature: NatureDeCarte;
	tour: number | null;
	table: { numero: number; nom: string; forme: Forme } | null;
	surprise: boolean;
}

export type ScrutinVue = Pick<Scrutin, 'id' | 'titre' | 'budget' | 'etat'> & { reste: number };

export interface ObjetDeVote {
	id: string;
	texte: string;
	/** Points that this seat gave. */
	mes: number;
	/** Once the vote is closed, and not before. */
	resultat: Pick<Resultat, 'points' | 'mains' | 'papier'> | null;
}

/** Throws nothing: a seat that was taken away is shown nothing (null). */
export function vueSiege(salle: Salle, siegeId: string): VueSiege | null {
	const siege = salle.sieges.find(({ id }) => id === siegeId);
	if (!siege) return null;
	const etape = etapeDe(salle);
	const table = salle.tables.find(({ id }) => id === siege.tableId) ?? null;
	const cartes = cartesOf(salle, siege, etape);
	const { seanceId, titre, etat, repetition } = salle;
	// What was said in an earlier step is no news any more.
	const message = salle.messages.findLast(
		({ tableId, createdAt }) => (tableId === null || tableId === table?.id) && createdAt >= (etape?.commenceeAt ?? 0)
	);
	return {
		seance: { id: seanceId, titre, etat, repetition },
		siege: { id: siege.id, numero: siege.numero, genre: siege.genre, hote: siege.hote },
		etape: etape && etapeVue(salle, etape, siege),
		table: table && tableVue(salle, table, siege),
		question: questionDe(salle, table, etape),
		...cartes,
		destination: etape && destinationOf(salle, etape, siege),
		tables: choosesTable(salle, etape, siege) ? salle.tables.map(tableNommee) : [],
		galerie: etape?.genre === 'recolte' || etape?.genre === 'cloture' ? galerieOf(salle) : [],
		...voteOf(salle, siege),
		message: message ? { id: message.id, texte: message.texte } : null
	};
}

function etapeVue(salle: Salle, etape: Etape, siege: Siege): EtapeVue {
	const { id, genre, titre, consigne, tour } = etape;
	return {
		id,
		genre,
		titre,
		consigne,
		tour,
		tours: Math.max(0, ...salle.etapes.map((each) => each.tour ?? 0)),
		minuteur: salle.minuteur,
		peutEcrire: salle.etat === 'ouverte' && (etape.ecrire === 'tous' || (etape.ecrire === 'tables' && !!siege.tableId)),
		prive: etape.voir === 'soi' && !salle.cartes.some((carte) => isRevealed(carte, etape, siege.tableId))
	};
}

/** Silent writing has ended at this table: a participant's card of this step is shown. */
function isRevealed(carte: Carte, etape: Etape, tableId: string | null): boolean {
	return carte.etapeId === etape.id && carte.tableId === tableId && carte.siegeId !== null && carte.revelee;
}

function tableVue(salle: Salle, table: TableDeSalle, siege: Siege): TableVue {
	const hasHost = salle.sieges.some(({ tableId, hote, absent }) => tableId === table.id && hote && !absent);
	const mayReveal = siege.hote || siege.genre === 'table';
	return {
		...tableNommee(table),
		synthese: table.synthese,
		aide: table.aideAt !== null,
		finie: table.finieAt !== null,
		aReveler: mayReveal ? salle.cartes.filter((carte) => isCounted(carte) && waitsAt(carte, table)).length : 0,
		hoteAPrendre: siege.genre !== 'table' && !siege.hote && (!hasHost || table.cedeeAt !== null),
		cedee: table.cedeeAt !== null
	};
}

function waitsAt(carte: Carte, table: TableDeSalle): boolean {
	return !carte.revelee && carte.tableId === table.id;
}

function tableNommee({ id, numero, nom, forme }: TableDeSalle): TableNommee {
	return { id, numero, nom, forme };
}

function cartesOf(
	salle: Salle,
	siege: Siege,
	etape: Etape | null
): { cartes: CarteVue[]; avant: CarteVue[]; ailleurs: CarteVue[] } {
	const visibilites = new Map(salle.etapes.map(({ id, voir }) => [id, voir]));
	const isForAll = (carte: Carte) => isReprise(carte) || visibilites.get(carte.etapeId ?? '') === 'tous';
	const shown = salle.cartes.filter((carte) => isShownTo(carte, siege, isForAll(carte)));
	const isHere = (carte: Carte) => carte.tableId === siege.tableId || isReprise(carte);
	const isNow = (carte: Carte) => carte.etapeId === (etape?.id ?? null);
	const of = (chosen: (carte: Carte) => boolean) => shown.filter(chosen).map((carte) => carteVue(carte, siege));
	return {
		cartes: of((carte) => isNow(carte) && (isHere(carte) || isForAll(carte))),
		avant: of((carte) => !isNow(carte) && isHere(carte)),
		ailleurs: of((carte) => !isHere(carte) && carte.siegeId === siege.id && !(isNow(carte) && isForAll(carte)))
	};
}

/** Cards that are withdrawn, moderated, private to another or of another table are not sent. */
function isShownTo(carte: Carte, siege: Siege, isForAll: boolean): boolean {
	if (!isCounted(carte)) return false;
	if (carte.siegeId === siege.id) return true;
	return isPublic(carte) && (isForAll || (siege.tableId !== null && carte.tableId === siege.tableId));
}

function carteVue(carte: Carte, siege: Siege): CarteVue {
	const { id, nature, texte, source, tour, attente, pepite, surprise, revelee } = carte;
	const mienne = carte.siegeId === siege.id;
	return { id, nature, texte, source, tour, pepite, surprise, mienne, privee: !revelee, attente };
}

function destinationOf(salle: Salle, etape: Etape, siege: Siege): Destination | null {
	if (etape.genre !== 'deplacement') return null;
	const at = (tour: number | null) =>
		salle.passages.find((passage) => passage.siegeId === siege.id && passage.tour === tour)?.tableId;
	const stays = siege.hote || siege.genre === 'table';
	const next = stays ? siege.tableId : at(etape.tour);
	const table = salle.tables.find(({ id }) => id === next);
	return table ? { table: tableNommee(table), reste: stays || at((etape.tour ?? 0) - 1) === table.id } : null;
}

/** People choose where they sit when nothing says it, and where the rotation is free while they move. */
function choosesTable({ reglages, etat }: Salle, etape: Etape | null, siege: Siege): boolean {
	if (etat !== 'ouverte' || siege.genre === 'table') return false;
	return siege.tableId === null || (reglages.rotation === 'libre' && etape?.genre === 'deplacement' && !siege.hote);
}

function galerieOf(salle: Salle): PepiteVue[] {
	const tables = new Map(salle.tables.map((table) => [table.id, table]));
	return salle.cartes
		.filter((carte) => isPublic(carte) && (carte.pepite !== null || carte.surprise))
		.map(({ id, texte, nature, tour, tableId, surprise, pepite }) => {
			const table = tables.get(tableId ?? '');
			return {
				id,
				texte,
				nature,
				tour,
				table: table ? { numero: table.numero, nom: table.nom, forme: table.forme } : null,
				surprise: surprise && pepite === null
			};
		});
}

/** The vote that is open, or the last one that was closed while this step is about votes. */
function voteOf(salle: Salle, siege: Siege): { scrutin: ScrutinVue | null; objets: ObjetDeVote[] } {
	const shown =
		salle.scrutins.find(({ etat }) => etat === 'ouvert') ??
		(etapeDe(salle)?.voter ? salle.scrutins.findLast(({ etat }) => etat === 'clos') : undefined);
	if (!shown) return { scrutin: null, objets: [] };
	const { id, titre, budget, etat } = shown;
	const voix = salle.voix.filter(({ scrutinId }) => scrutinId === id);
	const mine = new Map(voix.filter(({ siegeId }) => siegeId === siege.id).map(({ objet, points }) => [objet, points]));
	const resultats = new Map(resultatsDe(salle, shown)?.map((resultat) => [resultat.id, resultat]));
	const given = [...mine.values()].reduce((sum, points) => sum + points, 0);
	return {
		scrutin: { id, titre, budget, etat, reste: budget - given },
		objets: shown.objets.flatMap((objet) => {
			const texte = texteOf(salle, objet);
			if (texte === null) return [];
			return { id: objet, texte, mes: mine.get(objet) ?? 0, resultat: countedOf(resultats.get(objet)) };
		})
	};
}

/** null: not to be shown any more. */
function texteOf(salle: Salle, objet: string): string | null {
	const groupe = salle.groupes.find(({ id }) => id === objet);
	if (groupe) return groupe.titre;
	const carte = salle.cartes.find(({ id }) => id === objet);
	return carte && isPublic(carte) ? carte.texte : null;
}

function countedOf(resultat: Resultat | undefined): ObjetDeVote['resultat'] {
	return resultat ? { points: resultat.points, mains: resultat.mains, papier: resultat.papier } : null;
}
