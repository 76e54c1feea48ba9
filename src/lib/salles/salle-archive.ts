import {
	ArchiveError,
	booleanAt,
	filledAt,
	integerAt,
	knownAt,
	LIMITES,
	listAt,
	objectAt,
	oneOf,
	onlyKeys,
	textAt,
	type Source
} from '#lib/pactes/archive-values.ts';
import { FORMATS } from '#lib/seances/seance.ts';
import type { Script } from './scripts.ts';
import {
	ECRITURES,
	FORMES,
	GENRES_D_ETAPE,
	LONGUEUR_DE_CARTE,
	NATURES_DE_CARTE,
	SOURCES_DE_CARTE,
	VISIBILITES,
	VUES_DU_MUR,
	type Carte,
	type Etape,
	type ReglagesDeSalle,
	type Scrutin,
	type TableDeSalle
} from './salle.ts';

/*
 * What a pacte's archive keeps of the room of a séance: what was shown there, and nothing by which a person is known. No seat, no
 * token, no card that its author or the facilitator took back. Things are named by their place in their list, from 0.
 */

type Place = number | null;

export interface SalleArchive {
	etat: 'preparation' | 'close';
	reglages: ReglagesDeSalle;
	questions: string[];
	tables: (Pick<TableDeSalle, 'numero' | 'nom' | 'forme' | 'hote' | 'synthese' | 'places'> & { question: Place })[];
	etapes: (Omit<Etape, 'id' | 'questionId' | 'commenceeAt' | 'finieAt'> & {
		question: Place;
		commencee: Place;
		finie: Place;
	})[];
	/** How many came, by organisme. */
	participants: { organisme: string | null; libelle: string; usager: boolean; nombre: number }[];
	groupes: { titre: string; question: Place }[];
	cartes: (Pick<Carte, 'tour' | 'nature' | 'texte' | 'source' | 'pepite' | 'surprise'> & {
		table: Place;
		etape: Place;
		question: Place;
		groupe: Place;
		notee: number;
	})[];
	/** Closed ones. */
	scrutins: (Pick<Scrutin, 'titre' | 'sur' | 'budget'> & { objets: string[]; voix: VoixArchive[] })[];
	evaluations: { objet: string; impact: number; faisabilite: number }[];
	versements: { source: string; texte: string; cible: string; section: string | null }[];
}

/** What a thing received: `carte:3`, `groupe:0`. */
export interface VoixArchive {
	objet: string;
	mode: 'ecran' | 'mains' | 'papier';
	nombre: number;
}

export interface KnownToSalle {
	organismes: ReadonlySet<string>;
	noeuds: ReadonlySet<string>;
	sections: ReadonlySet<string>;
}

const MANY = 20_000;
const INSTANT_MAX = 1e14;

const CLES = [
	'etat',
	'reglages',
	'questions',
	'tables',
	'etapes',
	'participants',
	'groupes',
	'cartes',
	'scrutins',
	'evaluations',
	'versements'
];

/** null: the séance has no room. */
export function salleAt(value: unknown, lieu: string, known: KnownToSalle): SalleArchive | null {
	if (value === null) return null;
	const source = objectAt(value, lieu);
	onlyKeys(source, lieu, CLES);
	const list = <T>(cle: string, read: (own: Reader) => T) =>
		listAt(source[cle], `${lieu}.${cle}`, MANY, (item, at) => read(new Reader(item, at)));
	const questions = listAt(source.questions, `${lieu}.questions`, MANY, (question, at) =>
		filledAt(question, at, LIMITES.titre)
	);
	const tables = list('tables', (own) => ({
		numero: own.integer('numero', 1, 1_000),
		nom: own.text('nom'),
		forme: own.one('forme', FORMES),
		hote: own.text('hote'),
		synthese: own.text('synthese', LIMITES.texte),
		places: own.place('places', 1_000),
		question: own.place('question', questions.length)
	}));
	const etapes = list('etapes', (own) => ({
		...stepAt(own),
		question: own.place('question', questions.length),
		commencee: own.place('commencee', INSTANT_MAX),
		finie: own.place('finie', INSTANT_MAX)
	}));
	const participants = list('participants', (own) => ({
		organisme: own.known('organisme', known.organismes, 'organisme'),
		libelle: own.text('libelle'),
		usager: own.boolean('usager'),
		nombre: own.integer('nombre', 1, 10_000)
	}));
	const groupes = list('groupes', (own) => ({
		titre: own.text('titre'),
		question: own.place('question', questions.length)
	}));
	const cartes = list('cartes', (own) => ({
		tour: own.place('tour', 1_000),
		nature: own.one('nature', NATURES_DE_CARTE),
		texte: own.text('texte', LONGUEUR_DE_CARTE * 4),
		source: own.one('source', SOURCES_DE_CARTE),
		pepite: own.place('pepite', 4),
		surprise: own.boolean('surprise'),
		table: own.place('table', tables.length),
		etape: own.place('etape', etapes.length),
		question: own.place('question', questions.length),
		groupe: own.place('groupe', groupes.length),
		notee: own.integer('notee', 0, INSTANT_MAX)
	}));
	const objet = (own: Reader, cle = 'objet') => own.objet(cle, { carte: cartes.length, groupe: groupes.length });
	return {
		etat: oneOf(source.etat, `${lieu}.etat`, ['preparation', 'close'] as const),
		reglages: reglagesAt(new Reader(source.reglages, `${lieu}.reglages`)),
		questions,
		tables,
		etapes,
		participants,
		groupes,
		cartes,
		scrutins: list('scrutins', (own) => ({
			titre: own.text('titre'),
			sur: own.one('sur', ['cartes', 'groupes'] as const),
			budget: own.integer('budget', 0, 1_000),
			objets: own.list('objets', (item, at) =>
				new Reader({ objet: item }, at).objet('objet', { carte: cartes.length, groupe: groupes.length })
			),
			voix: own.list('voix', (item, at) => {
				const voix = new Reader(item, at);
				return {
					objet: objet(voix),
					mode: voix.one('mode', ['ecran', 'mains', 'papier'] as const),
					nombre: voix.integer('nombre', 0, 1_000_000)
				};
			})
		})),
		evaluations: list('evaluations', (own) => ({
			objet: objet(own),
			impact: own.integer('impact', 1, 5),
			faisabilite: own.integer('faisabilite', 1, 5)
		})),
		versements: list('versements', (own) => ({
			source: objet(own, 'source'),
			texte: own.text('texte'),
			cible: own.cible('cible', known),
			section: own.known('section', known.sections, 'section')
		}))
	};
}

function stepAt(own: Reader) {
	return {
		genre: own.one('genre', GENRES_D_ETAPE),
		tour: own.place('tour', 1_000),
		titre: own.text('titre'),
		consigne: own.text('consigne'),
		duree: own.place('duree', 1_000_000),
		ecrire: own.one('ecrire', ECRITURES),
		voir: own.one('voir', VISIBILITES),
		voter: own.boolean('voter'),
		vue: own.one('vue', VUES_DU_MUR)
	};
}

export type ScriptArchive = Omit<Script, 'id'>;

/** The scripts that a pacte keeps; a file of before there were any has none. */
export function scriptsAt(value: unknown = []): ScriptArchive[] {
	return listAt(value, 'scripts', MANY, (item, lieu) => {
		const own = new Reader(item, lieu);
		return {
			titre: own.text('titre'),
			format: own.one('format', FORMATS),
			etapes: own.list('etapes', (etape, at) => {
				const step = new Reader(etape, at);
				return { ...stepAt(step), question: step.place('question', 1_000) };
			})
		};
	});
}

function reglagesAt(own: Reader): ReglagesDeSalle {
	return {
		rotation: own.one('rotation', ['individuelle', 'par_table', 'libre'] as const),
		questions: own.one('questions', ['par_tour', 'par_table'] as const),
		noms: own.boolean('noms'),
		moderation: own.boolean('moderation')
	};
}

/** Reads the keys of an object, and says where one is wrong. */
class Reader {
	readonly #source: Source;
	readonly #lieu: string;

	constructor(value: unknown, lieu: string) {
		this.#source = objectAt(value, lieu);
		this.#lieu = lieu;
	}

	#at(cle: string): string {
		return `${this.#lieu}.${cle}`;
	}

	text(cle: string, longest: number = LIMITES.titre): string {
		return textAt(this.#source[cle], this.#at(cle), longest);
	}

	integer(cle: string, min: number, max: number): number {
		return integerAt(this.#source[cle], this.#at(cle), min, max);
	}

	boolean(cle: string): boolean {
		return booleanAt(this.#source[cle], this.#at(cle));
	}

	one<T extends string>(cle: string, values: readonly T[]): T {
		return oneOf(this.#source[cle], this.#at(cle), values);
	}

	list<T>(cle: string, read: (item: unknown, at: string) => T): T[] {
		return listAt(this.#source[cle], this.#at(cle), MANY, read);
	}

	/** Below `length`, or null. */
	place(cle: string, length: number): Place {
		return this.#source[cle] === null ? null : this.integer(cle, 0, Math.max(0, length - 1));
	}

	known(cle: string, ids: ReadonlySet<string>, quoi: string): string | null {
		return this.#source[cle] === null ? null : knownAt(this.#source[cle], this.#at(cle), ids, quoi);
	}

	objet(cle: string, counts: Record<'carte' | 'groupe', number>): string {
		const text = this.text(cle, 40);
		const [, genre, place] = /^(carte|groupe):(\d+)$/.exec(text) ?? [];
		if (genre === undefined || Number(place) >= counts[genre as 'carte' | 'groupe'])
			throw new ArchiveError(this.#at(cle), `«\u00a0${text}\u00a0» ne désigne rien de cette séance.`);
		return text;
	}

	/** `noeud:n2`, `fiche:n3`, `constat:c1`, or a card of another séance, `carte:1.4`. */
	cible(cle: string, { noeuds }: KnownToSalle): string {
		const text = this.text(cle, LIMITES.nom);
		const [genre = '', id = ''] = text.split(':');
		const isKnown =
			genre === 'noeud' || genre === 'fiche'
				? noeuds.has(id)
				: genre === 'carte'
					? /^\d{1,4}\.\d{1,6}$/.test(id)
					: genre === 'constat' && /^c\d{1,6}$/.test(id);
		if (!isKnown) throw new ArchiveError(this.#at(cle), `«\u00a0${text.slice(0, 40)}\u00a0» ne désigne rien ici.`);
		return text;
	}
}
