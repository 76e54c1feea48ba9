import { counted } from '#lib/format.ts';
import { foldNom } from '#lib/organismes/fold.ts';
import { searchOrganismes } from '#lib/organismes/match.ts';
import type { Organisme } from '#lib/organismes/organisme.ts';
import { TABLES_AU_PLUS, TOURS_AU_PLUS, type Cafe } from './cafe.ts';
import type { ReglagesDeSalle } from './salle.ts';

/** A café as it is typed: twelve fields, each a text. Boxes are « on » or nothing. */
export interface SaisieDeCafe {
	questions: string;
	repartition: string;
	tables: string;
	noms_des_tables: string;
	tours: string;
	duree: string;
	deplacement: string;
	silencieuse: string;
	rotation: string;
	noms: string;
	moderation: string;
	inscrits: string;
}

const ROTATIONS: readonly ReglagesDeSalle['rotation'][] = ['individuelle', 'par_table', 'libre'];
const PERSONNES_AU_PLUS = 400;
const QUESTION_AU_PLUS = 300;
const NOM_AU_PLUS = 80;

/** What was typed, understood; or why it cannot be, in words. */
export function readCafe(
	saisie: SaisieDeCafe,
	organismes: readonly Organisme[]
): { cafe: Cafe; refus: null } | { cafe: null; refus: string } {
	const refuse = (refus: string) => ({ cafe: null, refus });
	const questions = linesOf(saisie.questions);
	const combien = integerIn(saisie.tables, 1, TABLES_AU_PLUS);
	const tours = integerIn(saisie.tours, 1, TOURS_AU_PLUS);
	const dureeDUnTour = integerIn(saisie.duree, 1, 240);
	const dureeDuDeplacement = integerIn(saisie.deplacement, 0, 60);
	const noms = linesOf(saisie.noms_des_tables).map(readTable);
	const inscrits = linesOf(saisie.inscrits).map((line) => readInscrits(line, organismes));
	if (questions.length === 0) return refuse('Écrivez au moins une question.');
	if (questions.some((question) => question.length > QUESTION_AU_PLUS))
		return refuse(`Une question a ${QUESTION_AU_PLUS} caractères au plus\u00a0: raccourcissez-la.`);
	if (combien === null) return refuse(`Le nombre de tables va de 1 à ${TABLES_AU_PLUS}.`);
	if (tours === null) return refuse(`Le nombre de tours va de 1 à ${TOURS_AU_PLUS}.`);
	if (dureeDUnTour === null) return refuse('Un tour dure de 1 à 240\u00a0minutes.');
	if (dureeDuDeplacement === null) return refuse('Le changement de table dure de 0 à 60\u00a0minutes.');
	if (noms.length > combien)
		return refuse(
			`Vous nommez ${counted(noms.length, 'table')} et en demandez ${combien}\u00a0: ôtez des noms, ou ajoutez des tables.`
		);
	if (noms.some(({ nom, hote }) => nom.length > NOM_AU_PLUS || hote.length > NOM_AU_PLUS))
		return refuse(`Le nom d’une table ou d’un hôte a ${NOM_AU_PLUS} caractères au plus.`);
	if (inscrits.reduce((sum, { nombre }) => sum + nombre, 0) > PERSONNES_AU_PLUS)
		return refuse(`Un world café réunit ${PERSONNES_AU_PLUS} personnes au plus.`);
	return {
		refus: null,
		cafe: {
			questions,
			tables: Array.from({ length: combien }, (_, i) => noms[i] ?? { nom: '', hote: '', places: null }),
			tours,
			dureeDUnTour,
			dureeDuDeplacement,
			ecritureSilencieuse: saisie.silencieuse !== '',
			reglages: {
				rotation: ROTATIONS.find((each) => each === saisie.rotation) ?? 'individuelle',
				questions: saisie.repartition === 'par_table' ? 'par_table' : 'par_tour',
				noms: saisie.noms !== '',
				moderation: saisie.moderation !== ''
			},
			inscrits
		}
	};
}

function linesOf(text: string): string[] {
	return text
		.split(/\r?\n/)
		.map((line) => line.replace(/\s+/g, ' ').trim())
		.filter((line) => line !== '');
}

function integerIn(text: string, min: number, max: number): number | null {
	const number = /^\d{1,3}$/.test(text.trim()) ? Number(text.trim()) : Number.NaN;
	return number >= min && number <= max ? number : null;
}

const PLACES = /\s*\((\d{1,2})(?: places?)?\)$/i;

/** « Se déplacer — Camille (6 places) ». */
function readTable(line: string): Required<Cafe['tables'][number]> {
	const places = PLACES.exec(line);
	const [nom = '', ...hote] = line.replace(PLACES, '').split(/\s+[—–-]\s+|^[—–-]\s+/);
	const named = /^table \d+$/i.test(nom.trim()) ? '' : nom.trim();
	return { nom: named, hote: hote.join(' – ').trim(), places: Number(places?.[1] ?? 0) || null };
}

const NUMBER_LAST = /^(.+?)(?:\s*[:×(]\s*|\s+x?\s*)(\d{1,3})\)?(?: personnes?| places?)?$/i;
const NUMBER_FIRST = /^(\d{1,3})\s+(.+)$/;
const USAGERS = /^(usager|allocataire|beneficiaire|personnes? (accompagnee|concernee))/;

/** « CAF 3 », « CAF : 3 », « 3 CAF »; without a number, one person. */
function readInscrits(line: string, organismes: readonly Organisme[]): Cafe['inscrits'][number] {
	const last = NUMBER_LAST.exec(line);
	const first = NUMBER_FIRST.exec(line);
	const [nom = line, nombre = '1'] = last ? [last[1], last[2]] : first ? [first[2], first[1]] : [];
	const usager = USAGERS.test(foldNom(nom));
	const { exact } = usager ? { exact: null } : searchOrganismes(organismes, nom);
	return { organismeId: exact?.id ?? null, organisme: exact?.nom ?? nom, nombre: Number(nombre), usager };
}

/** The same, as it is typed again. */
export function saisieOf(cafe: Cafe): SaisieDeCafe {
	const { reglages } = cafe;
	const named = cafe.tables.findLastIndex(({ nom, hote, places }) => nom || hote || places);
	const box = (checked: boolean) => (checked ? 'on' : '');
	return {
		questions: cafe.questions.join('\n'),
		repartition: reglages.questions,
		tables: String(cafe.tables.length),
		noms_des_tables: cafe.tables
			.slice(0, named + 1)
			.map((table, i) => lineOfTable(table, i + 1))
			.join('\n'),
		tours: String(cafe.tours),
		duree: String(cafe.dureeDUnTour),
		deplacement: String(cafe.dureeDuDeplacement),
		silencieuse: box(cafe.ecritureSilencieuse),
		rotation: reglages.rotation,
		noms: box(reglages.noms),
		moderation: box(reglages.moderation),
		inscrits: cafe.inscrits.map(({ organisme, nombre }) => `${organisme} ${nombre}`).join('\n')
	};
}

function lineOfTable({ nom, hote, places }: Cafe['tables'][number], numero: number): string {
	const name = nom || `Table ${numero}`;
	return `${name}${hote ? ` — ${hote}` : ''}${places ? ` (${places})` : ''}`;
}

/** « 6 tables, 3 tours de 20 min : 1 h 06, 24 personnes ». */
export function cafeEnMots(cafe: Cafe): string {
	const { tables, tours, dureeDUnTour, dureeDuDeplacement } = cafe;
	const minutes = tours * dureeDUnTour + (tours - 1) * dureeDuDeplacement;
	const personnes = personnesDe(cafe);
	return [
		`${counted(tables.length, 'table')}, ${counted(tours, 'tour')} de ${dureeDUnTour}\u00a0min\u00a0: ${dureeEnMots(minutes)}`,
		...(personnes > 0 ? [counted(personnes, 'personne')] : [])
	].join(', ');
}

function personnesDe({ inscrits, tables }: Cafe): number {
	return inscrits.reduce((sum, { nombre }) => sum + nombre, 0) + tables.filter(({ hote }) => hote !== '').length;
}

function dureeEnMots(minutes: number): string {
	const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
	if (hours === 0) return `${rest}\u00a0min`;
	return `${hours}\u00a0h${rest === 0 ? '' : `\u00a0${String(rest).padStart(2, '0')}`}`;
}

const FERMEE =
	/^(est ce qu|faut il|doit on|peut on|y a t il|(avez|etes|voulez|souhaitez|pensez|connaissez|pouvez|devons|pouvons|avons) (vous|nous)\b)/;
const PERSONNES_PAR_TABLE = { min: 3, max: 8 };

/** What a facilitator may want to change before the day: nothing of it is refused. */
export function conseilsPour(cafe: Cafe): string[] {
	const { questions, tables, tours, reglages, inscrits } = cafe;
	const personnes = personnesDe(cafe);
	const parTable = Math.round(personnes / tables.length);
	const places = tables.reduce((sum, table) => sum + (table.places ?? Infinity), 0);
	const asked = reglages.questions === 'par_table' ? tables.length : tours;
	const inconnus = inscrits.filter(({ organismeId, usager }) => organismeId === null && !usager);
	const usagers = inscrits.reduce((sum, { usager, nombre }) => sum + (usager ? nombre : 0), 0);
	return [
		...questions
			.filter((question) => FERMEE.test(foldNom(question)))
			.map(
				(question) =>
					`«\u00a0${question}\u00a0» appelle un oui ou un non\u00a0: essayez «\u00a0Comment…\u00a0» ou «\u00a0Qu’est-ce qui…\u00a0».`
			),
		...(questions.length > asked
			? [
					`${counted(questions.length, 'question')} pour ${counted(asked, reglages.questions === 'par_table' ? 'table' : 'tour')}\u00a0: les dernières ne seront pas posées.`
				]
			: []),
		...(personnes > 0 && parTable > PERSONNES_PAR_TABLE.max
			? [`${parTable}\u00a0personnes par table\u00a0: c’est beaucoup pour que chacun parle. Ajoutez des tables.`]
			: []),
		...(personnes > 0 && personnes / tables.length < PERSONNES_PAR_TABLE.min
			? ['Moins de 3\u00a0personnes par table\u00a0: ôtez des tables.']
			: []),
		...(personnes > places
			? [`${personnes}\u00a0personnes pour ${places}\u00a0places\u00a0: ajoutez des places.`]
			: []),
		...(reglages.rotation !== 'libre' && tours > tables.length
			? ['Il y a plus de tours que de tables\u00a0: on reviendra à une table déjà vue.']
			: []),
		...(usagers === 1 ? ['Un seul usager est attendu\u00a0: il sera seul à sa table.'] : []),
		...(inconnus.length > 0
			? [
					`Absents de la liste des organismes, gardés tels quels\u00a0: ${inconnus.map(({ organisme }) => organisme).join(', ')}.`
				]
			: [])
	];
}
