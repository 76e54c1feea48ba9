import { ArchiveError } from '#lib/pactes/archive-values.ts';
import { FORMATS } from '#lib/seances/seance.ts';
import {
	ECRITURES,
	ETATS_DE_SALLE,
	FORMES,
	GENRES_D_ETAPE,
	GENRES_DE_SIEGE,
	LONGUEUR_DE_CARTE,
	NATURES_DE_CARTE,
	SOURCES_DE_CARTE,
	VISIBILITES,
	VUES_DU_MUR
} from './salle.ts';

/*
 * A séance in a file: taken to a laptop that serves a room without Internet, and brought back. Rows keep their ids, so that
 * what comes back is known again. No secret travels: no seat's token, no address of the room, no account.
 */

export const FORMAT_DE_BAGAGE = 'copacte/seance';
const LONGEST_TEXT = 20_000;
const MOST_ROWS = 20_000;

/** How a value of a column is read from a file that anybody may have written. */
type Lecture = (value: unknown) => boolean;

const text: Lecture = (value) => typeof value === 'string' && value.length <= LONGEST_TEXT;
const id: Lecture = (value) => typeof value === 'string' && /^[A-Za-z0-9_-]{8,40}$/.test(value);
const integer: Lecture = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const flag: Lecture = (value) => value === 0 || value === 1;
const card: Lecture = (value) => typeof value === 'string' && value !== '' && [...value].length <= LONGUEUR_DE_CARTE;
const ids: Lecture = (value) => text(value) && isListOfIds(value as string);
const base64: Lecture = (value) => typeof value === 'string' && /^[A-Za-z0-9+/]*=*$/.test(value);
const maybe =
	(lecture: Lecture): Lecture =>
	(value) =>
		value === null || lecture(value);
const oneOf =
	(known: readonly string[]): Lecture =>
	(value) =>
		typeof value === 'string' && known.includes(value);
const between =
	(min: number, max: number): Lecture =>
	(value) =>
		integer(value) && (value as number) >= min && (value as number) <= max;

/** The tables that travel, in the order in which their rows can be written, each with its columns. */
export const TABLES_DU_BAGAGE = {
	seance_questions: { id, rang: integer, texte: text },
	seance_tables: {
		id,
		numero: integer,
		nom: text,
		forme: oneOf(FORMES),
		question_id: maybe(id),
		hote: text,
		synthese: text,
		places: maybe(integer),
		aide_at: maybe(integer),
		cedee_at: maybe(integer),
		finie_at: maybe(integer)
	},
	etapes: {
		id,
		rang: integer,
		genre: oneOf(GENRES_D_ETAPE),
		tour: maybe(integer),
		titre: text,
		consigne: text,
		duree: maybe(integer),
		ecrire: oneOf(ECRITURES),
		voir: oneOf(VISIBILITES),
		voter: flag,
		vue: oneOf(VUES_DU_MUR),
		question_id: maybe(id),
		commencee_at: maybe(integer),
		finie_at: maybe(integer)
	},
	sieges: {
		id,
		numero: integer,
		genre: oneOf(GENRES_DE_SIEGE),
		table_id: maybe(id),
		hote: flag,
		organisme: text,
		usager: flag,
		nom: text,
		absent: flag,
		created_at: integer
	},
	passages: { tour: integer, siege_id: id, table_id: id },
	groupes: { id, rang: integer, titre: text, question_id: maybe(id), reuni_dans: maybe(id), created_at: integer },
	cartes: {
		id,
		table_id: maybe(id),
		etape_id: maybe(id),
		question_id: maybe(id),
		tour: maybe(integer),
		siege_id: maybe(id),
		nature: oneOf(NATURES_DE_CARTE),
		texte: card,
		source: oneOf(SOURCES_DE_CARTE),
		revelee: flag,
		attente: flag,
		pepite: maybe(between(1, 3)),
		surprise: flag,
		groupe_id: maybe(id),
		retiree_at: maybe(integer),
		moderee_at: maybe(integer),
		motif: text,
		created_at: integer
	},
	scrutins: {
		id,
		rang: integer,
		titre: text,
		sur: oneOf(['cartes', 'groupes']),
		objets: ids,
		budget: integer,
		etat: oneOf(['ouvert', 'clos']),
		created_at: integer
	},
	voix: { scrutin_id: id, siege_id: id, objet: id, points: integer },
	voix_comptees: { scrutin_id: id, objet: id, mode: oneOf(['ecran', 'mains', 'papier']), nombre: integer },
	evaluations: { objet: id, impact: between(1, 5), faisabilite: between(1, 5) },
	messages_de_salle: { id, table_id: maybe(id), texte: text, created_at: integer },
	photos_de_salle: {
		id,
		table_id: maybe(id),
		type: oneOf(['image/jpeg', 'image/png', 'image/webp']),
		contenu: base64,
		created_at: integer,
		transcrite_at: maybe(integer)
	}
} as const satisfies Record<string, Record<string, Lecture>>;

export type TableDuBagage = keyof typeof TABLES_DU_BAGAGE;
export const NOMS_DU_BAGAGE = Object.keys(TABLES_DU_BAGAGE) as TableDuBagage[];
export type Ligne = Record<string, string | number | null>;

const SEANCE = {
	id,
	titre: text,
	format: oneOf(FORMATS),
	theme: text,
	tour: maybe(integer),
	date: text,
	heure_debut: text,
	heure_fin: text,
	lieu: text,
	objet: text
};
const SALLE = {
	etat: oneOf(ETATS_DE_SALLE),
	repetition: flag,
	etape_id: maybe(id),
	etape_debut: maybe(integer),
	etape_fin: maybe(integer),
	pause_at: maybe(integer),
	reglages: text,
	ouverte_at: maybe(integer),
	close_at: maybe(integer)
};

export interface Bagage {
	format: typeof FORMAT_DE_BAGAGE;
	version: 1;
	/** Chosen at the departure; what comes back must hold it. */
	depart: string;
	pacte: { intitule: string; territoire: string; debut: number | null; fin: number | null; modele: string };
	seance: Ligne & { id: string; titre: string };
	points: { texte: string; minutes: number | null }[];
	salle: Ligne;
	tables: Record<TableDuBagage, Ligne[]>;
}

/** Reads a file that somebody gives. Throws an ArchiveError that says what is wrong. */
export function readBagage(json: string): Bagage {
	let value: unknown;
	try {
		value = JSON.parse(json);
	} catch {
		throw new ArchiveError('', 'Ce n’est pas une séance emportée de Copacte.');
	}
	const file = objectOf(value, 'Ce fichier');
	if (file.format !== FORMAT_DE_BAGAGE || file.version !== 1)
		throw new ArchiveError(
			'',
			'Ce n’est pas une séance emportée de Copacte, ou elle vient d’une version plus récente.'
		);
	if (!id(file.depart)) throw wrong('depart');
	const pacte = rowOf(
		file.pacte,
		{ intitule: text, territoire: text, debut: maybe(integer), fin: maybe(integer), modele: text },
		'pacte'
	);
	const tables = objectOf(file.tables, 'tables');
	return {
		format: FORMAT_DE_BAGAGE,
		version: 1,
		depart: file.depart as string,
		pacte: pacte as Bagage['pacte'],
		seance: rowOf(file.seance, SEANCE, 'seance') as Bagage['seance'],
		points: listOf(file.points, { texte: text, minutes: maybe(integer) }, 'points') as Bagage['points'],
		salle: rowOf(file.salle, SALLE, 'salle'),
		tables: Object.fromEntries(
			NOMS_DU_BAGAGE.map((name) => [name, listOf(tables[name], TABLES_DU_BAGAGE[name], name)])
		) as Bagage['tables']
	};
}

function listOf(value: unknown, columns: Readonly<Record<string, Lecture>>, where: string): Ligne[] {
	if (!Array.isArray(value) || value.length > MOST_ROWS) throw wrong(where);
	return value.map((each, i) => rowOf(each, columns, `${where}[${i}]`));
}

/** Only the known columns, each as it must be. */
function rowOf(value: unknown, columns: Readonly<Record<string, Lecture>>, where: string): Ligne {
	const row = objectOf(value, where);
	return Object.fromEntries(
		Object.entries(columns).map(([name, lecture]) => {
			if (!lecture(row[name])) throw wrong(`${where}.${name}`);
			return [name, row[name] as string | number | null];
		})
	);
}

function objectOf(value: unknown, where: string): Record<string, unknown> {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(where);
	return value as Record<string, unknown>;
}

function isListOfIds(json: string): boolean {
	try {
		const list: unknown = JSON.parse(json);
		return Array.isArray(list) && list.every(id);
	} catch {
		return false;
	}
}

function wrong(where: string): ArchiveError {
	return new ArchiveError(where, 'ce qui s’y trouve ne se lit pas. Prenez le fichier tel que Copacte l’a fait.');
}
