import type { Transaction } from 'kysely';
import { byQuand, precisionOf } from '#lib/quand.ts';
import {
	FORMATS,
	PRECISIONS_DE_SEANCE,
	totalsOf,
	type Point,
	type Presence,
	type Seance,
	type Totaux
} from '#lib/seances/seance.ts';
import type { SeanceDeSerie } from '#lib/seances/serie.ts';
import type { EtatDeSalle } from '#lib/salles/salle.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import { storable } from '../database/text.ts';
import { DomainError } from '../errors.ts';
import { newId } from '../ids.ts';
import { filledLine, knownOrganismes, lineOf, type PartieAct } from '../parties/change.ts';
import { changeSeances, forgottenBefore } from './change.ts';

/** A text that a séance is about. */
export interface TexteLie {
	genre: 'section' | 'noeud';
	objet: string;
}

/** What a form says of a séance. */
export type SeanceSaisie = Omit<Seance, 'id' | 'participants'> & { points: Point[]; textes: TexteLie[] };
export type SeanceAct = PartieAct & { seanceId: string };

export interface SeanceListee extends Seance {
	totaux: Totaux;
	/** Of its room; null: it has none. */
	salle: EtatDeSalle | null;
}

const COLONNES = [
	'seances.id',
	'instance_id as instanceId',
	'phase_id as phaseId',
	'seances.titre',
	'format',
	'theme',
	'tour',
	'date',
	'heure_debut as heureDebut',
	'heure_fin as heureFin',
	'lieu',
	'objet',
	'participants',
	'suite_de as suiteDe'
] as const;

/** The séances of a pacte, in the order of their dates; those to be fixed come last. */
export async function listSeances(db: Queryable, pacteId: string): Promise<SeanceListee[]> {
	const rows = await db
		.selectFrom('seances')
		.leftJoin('salles', 'salles.seance_id', 'seances.id')
		.select([...COLONNES, 'etat as salle'])
		.where('pacte_id', '=', pacteId)
		.where('corbeille_at', 'is', null)
		.orderBy('rang')
		.orderBy('seances.id')
		.execute();
	const presences = await readPresences(db, (query) => query.where('seances.pacte_id', '=', pacteId));
	return rows
		.map((row) => ({ ...row, totaux: totalsOf(presences.get(row.id) ?? []) }))
		.sort((a, b) => byQuand(a.date, b.date) || compare(a.heureDebut, b.heureDebut));
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

function presencesOf(db: Queryable) {
	return db
		.selectFrom('seance_presences')
		.innerJoin('seances', 'seances.id', 'seance_id')
		.leftJoin('organismes', 'organismes.id', 'seance_presences.organisme_id')
		.select([
			'seance_id',
			'seance_presences.organisme_id',
			'organismes.nom',
			'libelle',
			'attendus',
			'presents',
			'sans_telephone'
		])
		.orderBy('seance_presences.rang');
}

async function readPresences(
	db: Queryable,
	within: (query: ReturnType<typeof presencesOf>) => ReturnType<typeof presencesOf>
): Promise<Map<string, Presence[]>> {
	const rows = await within(presencesOf(db)).execute();
	const found = new Map<string, Presence[]>();
	for (const row of rows) {
		const lines = found.get(row.seance_id) ?? [];
		lines.push({
			organismeId: row.organisme_id,
			nom: row.nom ?? row.libelle,
			attendus: row.attendus,
			presents: row.presents,
			sansTelephone: row.sans_telephone
		});
		found.set(row.seance_id, lines);
	}
	return found;
}

export interface SeanceLue extends SeanceListee {
	compteRendu: string;
	points: Point[];
	textes: TexteLie[];
	/** Those that were noted; then the members of its instance of whom nothing is noted. */
	presences: Presence[];
}

/** One séance, whole. */
export async function readSeance(db: Queryable, pacteId: string, seanceId: string): Promise<SeanceLue> {
	const row = await db
		.selectFrom('seances')
		.leftJoin('salles', 'salles.seance_id', 'seances.id')
		.select([...COLONNES, 'etat as salle', 'compte_rendu as compteRendu'])
		.where('seances.id', '=', seanceId)
		.where('pacte_id', '=', pacteId)
		.where('corbeille_at', 'is', null)
		.executeTakeFirst();
	if (!row) throw new DomainError('introuvable', SEANCE_ABSENTE);
	const noted = (await readPresences(db, (query) => query.where('seances.id', '=', seanceId))).get(seanceId) ?? [];
	return {
		...row,
		totaux: totalsOf(noted),
		points: await db
			.selectFrom('seance_points')
			.select(['texte', 'minutes'])
			.where('seance_id', '=', seanceId)
			.orderBy('rang')
			.execute(),
		textes: await db
			.selectFrom('seance_textes')
			.select(['genre', 'objet'])
			.where('seance_id', '=', seanceId)
			.orderBy('genre')
			.orderBy('objet')
			.execute(),
		presences: [...noted, ...(await expectedMembers(db, row.instanceId, noted))]
	};
}

async function expectedMembers(
	db: Queryable,
	instanceId: string | null,
	noted: readonly Presence[]
): Promise<Presence[]> {
	if (instanceId === null) return [];
	const members = await db
		.selectFrom('instance_membres')
		.innerJoin('organismes', 'organismes.id', 'organisme_id')
		.select(['organismes.id', 'nom'])
		.where('instance_id', '=', instanceId)
		.orderBy('instance_membres.rang')
		.execute();
	return members
		.filter(({ id }) => !noted.some(({ organismeId }) => organismeId === id))
		.map(({ id, nom }) => ({ organismeId: id, nom, attendus: null, presents: null, sansTelephone: null }));
}

export interface SeanceRetiree {
	id: string;
	titre: string;
	date: string;
	retiree: number;
}

/** Séances put aside that can still be brought back, the latest first. */
export async function listCorbeille({ db, now }: App, pacteId: string): Promise<SeanceRetiree[]> {
	const rows = await db
		.selectFrom('seances')
		.select(['id', 'titre', 'date', 'corbeille_at'])
		.where('pacte_id', '=', pacteId)
		.where('corbeille_at', '>', forgottenBefore(now()))
		.orderBy('corbeille_at', 'desc')
		.execute();
	return rows.map(({ corbeille_at, ...row }) => ({ ...row, retiree: corbeille_at as number }));
}

/** Adds a séance; gives its id. */
export function addSeance(app: App, act: PartieAct, saisie: SeanceSaisie): Promise<string> {
	return changeSeances(app, act, async (trx) => {
		const id = await insertSeance(trx, act.pacteId, saisie, app.now());
		return { result: id, acte: 'seance_ajoutee', detail: { seance: id, titre: saisie.titre } };
	});
}

/** Adds several in one act: all of them, or none. Gives their ids, in order. */
export function addSeances(
	app: App,
	act: PartieAct,
	commun: Omit<SeanceSaisie, keyof SeanceDeSerie>,
	seances: readonly SeanceDeSerie[]
): Promise<string[]> {
	return changeSeances(app, act, async (trx) => {
		const ids: string[] = [];
		for (const seance of seances) ids.push(await insertSeance(trx, act.pacteId, { ...commun, ...seance }, app.now()));
		return { result: ids, acte: 'seances_ajoutees', detail: { nombre: ids.length } };
	});
}

export async function insertSeance(
	trx: Transaction<Schema>,
	pacteId: string,
	saisie: SeanceSaisie,
	now: number
): Promise<string> {
	const id = newId();
	const { last } = await trx
		.selectFrom('seances')
		.select((eb) => eb.fn.max('rang').as('last'))
		.where('pacte_id', '=', pacteId)
		.executeTakeFirstOrThrow();
	await trx
		.insertInto('seances')
		.values({
			id,
			pacte_id: pacteId,
			rang: Number(last ?? -1) + 1,
			...(await rowOf(trx, pacteId, null, saisie)),
			created_at: now
		})
		.execute();
	await writeLists(trx, pacteId, id, saisie);
	return id;
}

async function rowOf(trx: Queryable, pacteId: string, seanceId: string | null, saisie: SeanceSaisie) {
	const { format, tour, date, heureDebut, heureFin } = saisie;
	const precision = precisionOf(date);
	if (!FORMATS.includes(format)) throw new DomainError('invalide', 'Choisissez le format de la séance dans la liste.');
	if (date !== '' && (precision === null || !PRECISIONS_DE_SEANCE.includes(precision)))
		throw new DomainError('invalide', DATE_DE_SEANCE);
	if (tour !== null && (!Number.isInteger(tour) || tour < 1 || tour > 99))
		throw new DomainError('invalide', 'Le numéro de la réunion est un nombre entier, à partir de 1.');
	for (const hour of [heureDebut, heureFin])
		if (hour !== '' && !/^([01]\d|2[0-3]):[0-5]\d$/.test(hour)) throw new DomainError('invalide', HEURE_DE_SEANCE);
	if (heureFin !== '' && (heureDebut === '' || heureFin <= heureDebut))
		throw new DomainError('invalide', 'L’heure de fin vient après celle du début\u00a0: vérifiez les deux.');
	return {
		instance_id: await ofPacte(trx, 'instances', pacteId, saisie.instanceId),
		phase_id: await ofPacte(trx, 'phases', pacteId, saisie.phaseId),
		titre: filledLine(saisie.titre, 'Donnez un titre à la séance.'),
		format,
		theme: lineOf(saisie.theme),
		tour,
		date,
		heure_debut: heureDebut,
		heure_fin: heureFin,
		lieu: lineOf(saisie.lieu),
		objet: lineOf(saisie.objet),
		suite_de: await previousOf(trx, pacteId, seanceId, saisie.suiteDe)
	};
}

export const DATE_DE_SEANCE = 'Écrivez un jour (12/03/2027), un mois (mars 2027), ou rien si la date est à fixer.';
export const HEURE_DE_SEANCE = 'Écrivez l’heure ainsi\u00a0: 14\u00a0h\u00a030.';

/** What is of another pacte, or gone, is nothing. */
async function ofPacte(
	trx: Queryable,
	table: 'instances' | 'phases' | 'seances',
	pacteId: string,
	id: string | null
): Promise<string | null> {
	if (id === null || id === '') return null;
	const found = await trx
		.selectFrom(table)
		.select('id')
		.where('id', '=', id)
		.where('pacte_id', '=', pacteId)
		.executeTakeFirst();
	return found?.id ?? null;
}

/** A séance follows none that follows it. */
async function previousOf(
	trx: Queryable,
	pacteId: string,
	seanceId: string | null,
	previous: string | null
): Promise<string | null> {
	const found = await ofPacte(trx, 'seances', pacteId, previous);
	const seen = new Set<string>();
	for (let at = found; at !== null && !seen.has(at);) {
		if (at === seanceId)
			throw new DomainError('invalide', 'Une séance n’est pas la suite d’elle-même\u00a0: choisissez-en une autre.');
		seen.add(at);
		const row = await trx.selectFrom('seances').select('suite_de').where('id', '=', at).executeTakeFirst();
		at = row?.suite_de ?? null;
	}
	return found;
}

async function writeLists(
	trx: Queryable,
	pacteId: string,
	seance_id: string,
	{ points, textes }: Pick<SeanceSaisie, 'points' | 'textes'>
): Promise<void> {
	await trx.deleteFrom('seance_points').where('seance_id', '=', seance_id).execute();
	await trx.deleteFrom('seance_textes').where('seance_id', '=', seance_id).execute();
	const lines = points
		.map(({ texte, minutes }) => ({ texte: lineOf(texte), minutes }))
		.filter(({ texte }) => texte !== '')
		.map((point, rang) => ({ seance_id, rang, ...point }));
	if (lines.length > 0) await trx.insertInto('seance_points').values(lines).execute();
	const linked = await knownTextes(trx, pacteId, textes);
	if (linked.length > 0)
		await trx
			.insertInto('seance_textes')
			.values(linked.map((texte) => ({ seance_id, ...texte })))
			.execute();
}

async function knownTextes(trx: Queryable, pacteId: string, textes: readonly TexteLie[]): Promise<TexteLie[]> {
	const found: TexteLie[] = [];
	for (const [genre, table] of [
		['section', 'sections'],
		['noeud', 'noeuds']
	] as const) {
		const asked = [...new Set(textes.filter((texte) => texte.genre === genre).map(({ objet }) => objet))];
		if (asked.length === 0) continue;
		const rows = await trx
			.selectFrom(table)
			.select('id')
			.where('pacte_id', '=', pacteId)
			.where('id', 'in', asked)
			.execute();
		found.push(...rows.map(({ id }) => ({ genre, objet: id })));
	}
	return found;
}

export function changeSeance(app: App, act: SeanceAct, saisie: SeanceSaisie): Promise<void> {
	return changeSeances(app, act, async (trx) => {
		await requireSeance(trx, act);
		const row = await rowOf(trx, act.pacteId, act.seanceId, saisie);
		await trx.updateTable('seances').set(row).where('id', '=', act.seanceId).execute();
		await writeLists(trx, act.pacteId, act.seanceId, saisie);
		return { result: undefined, acte: 'seance_modifiee', detail: { seance: act.seanceId, titre: row.titre } };
	});
}

const PERSONNES_AU_PLUS = 100_000;

/** Who is expected and who came: the whole list, as it was filled in. */
export function notePresences(
	app: App,
	act: SeanceAct,
	presences: readonly Presence[],
	participants: number | null
): Promise<void> {
	return changeSeances(app, act, async (trx) => {
		await requireSeance(trx, act);
		const rows = await presenceRows(trx, act, presences);
		await trx.deleteFrom('seance_presences').where('seance_id', '=', act.seanceId).execute();
		if (rows.length > 0) await trx.insertInto('seance_presences').values(rows).execute();
		await trx
			.updateTable('seances')
			.set({ participants: checkedCount(participants) })
			.where('id', '=', act.seanceId)
			.execute();
		return { result: undefined, acte: 'presences_notees', detail: { seance: act.seanceId } };
	});
}

/** Lines about which nothing is said are not kept. */
async function presenceRows(trx: Queryable, { pacteId, seanceId }: SeanceAct, presences: readonly Presence[]) {
	const ids = presences.flatMap(({ organismeId }) => organismeId ?? []);
	const known = new Set(await knownOrganismes(trx, pacteId, ids));
	const seen = new Set<string>();
	return presences
		.map(({ organismeId, nom, attendus, presents, sansTelephone }) => ({
			seance_id: seanceId,
			organisme_id: organismeId !== null && known.has(organismeId) ? organismeId : null,
			libelle: organismeId === null ? lineOf(nom) : '',
			attendus: checkedCount(attendus),
			presents: checkedCount(presents),
			sans_telephone: withoutPhone(sansTelephone, presents)
		}))
		.filter(({ organisme_id, libelle, attendus, presents, sans_telephone }) => {
			const key = organisme_id ?? libelle;
			if (key === '' || seen.has(key)) return false;
			const isSaid = attendus !== null || presents !== null || sans_telephone !== null || organisme_id === null;
			if (isSaid) seen.add(key);
			return isSaid;
		})
		.map((row, rang) => ({ ...row, rang }));
}

function withoutPhone(count: number | null, presents: number | null): number | null {
	if (count !== null && count > (presents ?? 0))
		throw new DomainError(
			'invalide',
			'Les personnes sans téléphone sont comptées parmi les présentes\u00a0: leur nombre ne peut pas être plus grand.'
		);
	return checkedCount(count);
}

function checkedCount(count: number | null): number | null {
	if (count !== null && (!Number.isInteger(count) || count < 0 || count > PERSONNES_AU_PLUS))
		throw new DomainError(
			'invalide',
			'Un nombre de personnes est un nombre entier\u00a0: laissez vide si vous ne savez pas.'
		);
	return count;
}

const COMPTE_RENDU_AU_PLUS = 100_000;

/** What is kept of it, in words. */
export function writeCompteRendu(app: App, act: SeanceAct, texte: string): Promise<void> {
	return changeSeances(app, act, async (trx) => {
		await requireSeance(trx, act);
		const compte_rendu = storable(texte.replace(/\r\n?/g, '\n').trim());
		if (compte_rendu.length > COMPTE_RENDU_AU_PLUS)
			throw new DomainError(
				'invalide',
				`Ce compte rendu a plus de ${COMPTE_RENDU_AU_PLUS.toLocaleString('fr-FR')} caractères\u00a0: abrégez-le.`
			);
		await trx.updateTable('seances').set({ compte_rendu }).where('id', '=', act.seanceId).execute();
		return { result: undefined, acte: 'seance_modifiee', detail: { seance: act.seanceId, compteRendu: true } };
	});
}

/** Puts a séance aside, with all that was said there; it can be brought back for 30 days. Gives its title. */
export function removeSeance(app: App, act: SeanceAct): Promise<string> {
	return changeSeances(app, act, async (trx) => {
		const titre = await putAside(trx, act, app.now());
		return { result: titre, acte: 'seance_retiree', detail: { seance: act.seanceId, titre } };
	});
}

/** Several at once: all of them, or none. */
export function removeSeances(app: App, act: PartieAct, seanceIds: readonly string[]): Promise<void> {
	return changeSeances(app, act, async (trx) => {
		for (const seanceId of seanceIds) await putAside(trx, { ...act, seanceId }, app.now());
		return { result: undefined, acte: 'seance_retiree', detail: { nombre: seanceIds.length } };
	});
}

async function putAside(trx: Queryable, act: SeanceAct, now: number): Promise<string> {
	const { titre } = await requireSeance(trx, act);
	const salle = await trx.selectFrom('salles').select('etat').where('seance_id', '=', act.seanceId).executeTakeFirst();
	if (salle?.etat === 'ouverte')
		throw new DomainError('conflit', 'Cette séance est en cours\u00a0: terminez-la avant de la retirer.');
	await trx.updateTable('seances').set({ corbeille_at: now }).where('id', '=', act.seanceId).execute();
	return titre;
}

/** Brings back a séance that was put aside. Gives its title. */
export function restoreSeance(app: App, act: SeanceAct): Promise<string> {
	return changeSeances(app, act, async (trx) => {
		const row = await trx
			.selectFrom('seances')
			.select('titre')
			.where('id', '=', act.seanceId)
			.where('pacte_id', '=', act.pacteId)
			.where('corbeille_at', '>', forgottenBefore(app.now()))
			.executeTakeFirst();
		if (!row) throw new DomainError('introuvable', SEANCE_ABSENTE);
		await trx.updateTable('seances').set({ corbeille_at: null }).where('id', '=', act.seanceId).execute();
		return { result: row.titre, acte: 'seance_remise', detail: { seance: act.seanceId, titre: row.titre } };
	});
}

const SEANCE_ABSENTE = 'Cette séance n’existe pas, ou n’existe plus.';

export async function requireSeance(trx: Queryable, { pacteId, seanceId }: SeanceAct): Promise<{ titre: string }> {
	const row = await trx
		.selectFrom('seances')
		.select('titre')
		.where('id', '=', seanceId)
		.where('pacte_id', '=', pacteId)
		.where('corbeille_at', 'is', null)
		.executeTakeFirst();
	if (!row) throw new DomainError('introuvable', SEANCE_ABSENTE);
	return row;
}
