import {
	ArchiveError,
	filledAt,
	integerAt,
	knownAt,
	LIMITES,
	listAt,
	objectAt,
	oneOf,
	onlyKeys,
	textAt
} from '#lib/pactes/archive-values.ts';
import { PRECISIONS_DE_PHASE } from '#lib/phases/phase.ts';
import { precisionOf, type Precision } from '#lib/quand.ts';
import { salleAt, type SalleArchive } from '#lib/salles/salle-archive.ts';
import { FORMATS, PRECISIONS_DE_SEANCE, readHour, type Format, type Point } from './seance.ts';

export interface PhaseArchive {
	titre: string;
	sous_titre: string;
	debut: string;
	fin: string;
	periode: string;
	contenus: string[];
}

/** Instances, phases and séances are named by their place in the archive, from 0. */
export interface SeanceArchive {
	instance: number | null;
	phase: number | null;
	titre: string;
	format: Format;
	theme: string;
	tour: number | null;
	date: string;
	heure_debut: string;
	heure_fin: string;
	lieu: string;
	objet: string;
	compte_rendu: string;
	participants: number | null;
	suite_de: number | null;
	points: Point[];
	presences: PresenceArchive[];
	/** `section:s2`, `noeud:n4` */
	textes: string[];
	/** null: it has none. */
	salle: SalleArchive | null;
}

export interface PresenceArchive {
	organisme: string | null;
	libelle: string;
	attendus: number | null;
	presents: number | null;
	sans_telephone: number | null;
}

/** What the rest of the archive has made known. */
export interface KnownToSeances {
	organismes: ReadonlySet<string>;
	noeuds: ReadonlySet<string>;
	sections: ReadonlySet<string>;
	instances: number;
	phases: number;
}

const MANY = 5_000;
const NOMBRE_MAX = 1_000_000;

/** A file of before there were phases has none. */
export function phasesAt(value: unknown = []): PhaseArchive[] {
	return listAt(value, 'phases', MANY, (item, lieu) => {
		const source = objectAt(item, lieu);
		onlyKeys(source, lieu, ['titre', 'sous_titre', 'debut', 'fin', 'periode', 'contenus']);
		return {
			titre: filledAt(source.titre, `${lieu}.titre`, LIMITES.titre),
			sous_titre: textAt(source.sous_titre, `${lieu}.sous_titre`, LIMITES.titre),
			debut: quandAt(source.debut, `${lieu}.debut`, PRECISIONS_DE_PHASE),
			fin: quandAt(source.fin, `${lieu}.fin`, PRECISIONS_DE_PHASE),
			periode: textAt(source.periode, `${lieu}.periode`, LIMITES.titre),
			contenus: listAt(source.contenus, `${lieu}.contenus`, MANY, (contenu, at) => textAt(contenu, at, LIMITES.titre))
		};
	});
}

const CLES = [
	'instance',
	'phase',
	'titre',
	'format',
	'theme',
	'tour',
	'date',
	'heure_debut',
	'heure_fin',
	'lieu',
	'objet',
	'compte_rendu',
	'participants',
	'suite_de',
	'points',
	'presences',
	'textes',
	'salle'
];

/** A file of before there were séances has none. */
export function seancesAt(value: unknown, known: KnownToSeances): SeanceArchive[] {
	const count = Array.isArray(value) ? value.length : 0;
	return listAt(value ?? [], 'seances', MANY, (item, lieu) => {
		const source = objectAt(item, lieu);
		onlyKeys(source, lieu, CLES);
		const text = (cle: string) => textAt(source[cle], `${lieu}.${cle}`, LIMITES.titre);
		const number = (cle: string, min: number, max: number) =>
			source[cle] === null ? null : integerAt(source[cle], `${lieu}.${cle}`, min, max);
		const place = (cle: string, length: number) => placeAt(source[cle], `${lieu}.${cle}`, length);
		return {
			instance: place('instance', known.instances),
			phase: place('phase', known.phases),
			titre: filledAt(source.titre, `${lieu}.titre`, LIMITES.titre),
			format: oneOf(source.format, `${lieu}.format`, FORMATS),
			theme: text('theme'),
			tour: number('tour', 1, 99),
			date: quandAt(source.date, `${lieu}.date`, PRECISIONS_DE_SEANCE),
			heure_debut: hourAt(source.heure_debut, `${lieu}.heure_debut`),
			heure_fin: hourAt(source.heure_fin, `${lieu}.heure_fin`),
			lieu: text('lieu'),
			objet: text('objet'),
			compte_rendu: textAt(source.compte_rendu, `${lieu}.compte_rendu`, LIMITES.texte),
			participants: number('participants', 0, NOMBRE_MAX),
			suite_de: place('suite_de', count),
			points: listAt(source.points, `${lieu}.points`, MANY, pointAt),
			presences: listAt(source.presences, `${lieu}.presences`, MANY, (presence, at) => presenceAt(presence, at, known)),
			textes: listAt(source.textes, `${lieu}.textes`, MANY, (texte, at) => texteAt(texte, at, known)),
			salle: salleAt(source.salle ?? null, `${lieu}.salle`, known)
		};
	});
}

function quandAt(value: unknown, lieu: string, precisions: readonly Precision[]): string {
	const quand = textAt(value, lieu, 20);
	const precision = precisionOf(quand);
	if (quand !== '' && (precision === null || !precisions.includes(precision)))
		throw new ArchiveError(lieu, 'une date est attendue (2027-02-16, 2027-02), ou rien.');
	return quand;
}

function hourAt(value: unknown, lieu: string): string {
	const hour = textAt(value, lieu, 5);
	if (readHour(hour) !== hour) throw new ArchiveError(lieu, 'une heure est attendue (14:30), ou rien.');
	return hour;
}

function placeAt(value: unknown, lieu: string, length: number): number | null {
	if (value === null) return null;
	if (length === 0) throw new ArchiveError(lieu, 'la liste qu’il désigne est vide.');
	return integerAt(value, lieu, 0, length - 1);
}

function pointAt(value: unknown, lieu: string): Point {
	const source = objectAt(value, lieu);
	onlyKeys(source, lieu, ['texte', 'minutes']);
	return {
		texte: textAt(source.texte, `${lieu}.texte`, LIMITES.titre),
		minutes: source.minutes === null ? null : integerAt(source.minutes, `${lieu}.minutes`, 0, 10_000)
	};
}

function presenceAt(value: unknown, lieu: string, { organismes }: KnownToSeances): PresenceArchive {
	const source = objectAt(value, lieu);
	onlyKeys(source, lieu, ['organisme', 'libelle', 'attendus', 'presents', 'sans_telephone']);
	const number = (cle: string) =>
		source[cle] === null ? null : integerAt(source[cle], `${lieu}.${cle}`, 0, NOMBRE_MAX);
	return {
		organisme:
			source.organisme === null ? null : knownAt(source.organisme, `${lieu}.organisme`, organismes, 'organisme'),
		libelle: textAt(source.libelle, `${lieu}.libelle`, LIMITES.titre),
		attendus: number('attendus'),
		presents: number('presents'),
		sans_telephone: number('sans_telephone')
	};
}

function texteAt(value: unknown, lieu: string, { sections, noeuds }: KnownToSeances): string {
	const [genre, id] = textAt(value, lieu, LIMITES.nom).split(':');
	if (genre !== 'section' && genre !== 'noeud')
		throw new ArchiveError(lieu, '«\u00a0section:s1\u00a0» ou «\u00a0noeud:n1\u00a0» est attendu.');
	return `${genre}:${knownAt(id, lieu, genre === 'section' ? sections : noeuds, genre === 'section' ? 'section' : 'nœud')}`;
}
