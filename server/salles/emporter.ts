import type { Insertable, Selectable, Transaction } from 'kysely';
import { ArchiveError, modeleAt } from '#lib/pactes/archive-schema.ts';
import { PARTIES_VIDES } from '#lib/pactes/archive.ts';
import type { Modele } from '#lib/pactes/modele.ts';
import { documentName } from '#lib/documents/document.ts';
import { texteDeSynthese } from '#lib/salles/synthese.ts';
import { canAnimate } from '#lib/documents/rights.ts';
import {
	FORMAT_DE_BAGAGE,
	NOMS_DU_BAGAGE,
	readBagage,
	TABLES_DU_BAGAGE,
	type Bagage,
	type Ligne,
	type TableDuBagage
} from '#lib/salles/bagage.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import type { SallesTable } from '../database/schema-seances.ts';
import { DomainError } from '../errors.ts';
import { newId } from '../ids.ts';
import { newSalle } from './new-salle.ts';
import { addJournalEntry } from '../journal/journal.ts';
import { beginAct, requireDroit, type Acteur } from '../pactes/act.ts';
import { ensureSyntheses } from './syntheses.ts';
import { createPacteFromArchive } from '../pactes/create-pacte.ts';

/*
 * A séance that goes to a room without Internet. Where it leaves from, it stands still until it is back (`partie`); where it is
 * received it goes on (`accueillie`); back home it is known by its departure (`revenue`), so that the same file counts once.
 */

type ActeDeSeance = Acteur & { seanceId: string };

const ANIMER = { allows: canAnimate, refus: 'L’équipe projet et les animateurs emportent les séances.' };

export type Voyage = { etat: 'partie' | 'accueillie' | 'revenue'; depart: string };

/** Where a séance stands; null: it never left. */
export function voyageOf(emportee: string): Voyage | null {
	const [etat, depart] = emportee.split(':');
	if (!depart || (etat !== 'partie' && etat !== 'accueillie' && etat !== 'revenue')) return null;
	return { etat, depart };
}

/** The file with which a séance leaves, or, from where it was received, goes home. It may be asked again. */
export async function emporter(app: App, act: ActeDeSeance): Promise<Bagage> {
	await app.collaboration.settle(act.pacteId); // What the tables write together travels as it is now.
	return app.db.transaction().execute(async (trx) => {
		await beginAct(trx, act, ANIMER);
		const salle = await salleOf(trx, act);
		const voyage = voyageOf(salle.emportee);
		if (voyage?.etat === 'accueillie' || voyage?.etat === 'partie') return pack(trx, act, salle, voyage.depart);
		if (salle.etat === 'ouverte')
			throw new DomainError('conflit', 'La salle est ouverte. Fermez-la, puis emportez la séance.');
		const depart = newId();
		await trx
			.updateTable('salles')
			.set((eb) => ({ emportee: `partie:${depart}`, revision: eb('revision', '+', 1) }))
			.where('seance_id', '=', act.seanceId)
			.execute();
		await note(app, trx, act, 'seance_emportee');
		return pack(trx, act, salle, depart);
	});
}

/** Does not wait for what left any more: it goes on here. What comes back later only adds what is missing. */
export async function garderIci(app: App, act: ActeDeSeance): Promise<void> {
	await app.db.transaction().execute(async (trx) => {
		await beginAct(trx, act, ANIMER);
		const voyage = voyageOf((await salleOf(trx, act)).emportee);
		if (voyage?.etat === 'partie') await setVoyage(trx, act.seanceId, { etat: 'revenue', depart: voyage.depart });
	});
	app.salles.publish(act.seanceId);
}

/** Receives a séance here, in a pacte made for it. Gives where it is. */
export async function accueillir(app: App, by: string, json: string): Promise<{ pacteId: string; seanceId: string }> {
	const bagage = read(json);
	const { seance } = bagage;
	const known = await app.db.selectFrom('seances').select('id').where('id', '=', seance.id).executeTakeFirst();
	if (known)
		throw new DomainError(
			'conflit',
			'Cette séance est déjà ici. Pour la rapporter, ouvrez sa page\u00a0: «\u00a0Rapporter\u00a0».'
		);
	const now = app.now();
	const archive = {
		format: 'copacte/pacte' as const,
		version: 1 as const,
		...bagage.pacte,
		intitule: `${bagage.pacte.intitule} (séance emportée)`,
		modele: modeleOf(bagage.pacte.modele),
		organismes: [],
		noeuds: [],
		fiches: [],
		signataires: [],
		engagements: [],
		textes: [],
		...PARTIES_VIDES
	};
	const pacteId = await createPacteFromArchive(app, archive, {
		compteId: by,
		acte: 'pacte_cree',
		also: async (trx, pacteId) => {
			await trx
				.insertInto('seances')
				.values({
					...(seance as unknown as Insertable<Schema['seances']>),
					pacte_id: pacteId,
					instance_id: null,
					rang: 0,
					created_at: now
				})
				.execute();
			await writePoints(trx, bagage);
			await trx
				.insertInto('salles')
				.values({
					...(bagage.salle as unknown as Insertable<SallesTable>),
					// Opened here with a code of its own.
					etat: bagage.salle.etat === 'close' ? 'close' : 'preparation',
					emportee: `accueillie:${bagage.depart}`,
					...newSalle(seance.id, now)
				})
				.execute();
			await writeRows(trx, bagage, 'replace');
			await ensureSyntheses(trx, { pacteId, seanceId: seance.id, now });
		}
	});
	return { pacteId, seanceId: seance.id };
}

export interface Retour {
	cartes: number;
	/** How many of them were not here yet. */
	nouvelles: number;
}

/** Brings a séance home. The same file again changes nothing; what was written here since is never overwritten. */
export async function rapporter(app: App, act: ActeDeSeance, json: string): Promise<Retour> {
	const bagage = read(json);
	if (bagage.seance.id !== act.seanceId)
		throw new DomainError('invalide', 'Ce fichier est celui d’une autre séance. Ouvrez la page de la sienne.');
	await app.collaboration.settle(act.pacteId);
	const { replaced, ...retour } = await app.db.transaction().execute(async (trx) => {
		await beginAct(trx, act, ANIMER);
		const salle = await salleOf(trx, act);
		const voyage = voyageOf(salle.emportee);
		if (voyage === null || voyage.etat === 'accueillie' || voyage.depart !== bagage.depart)
			throw new DomainError('conflit', 'Ce fichier ne vient pas du dernier départ de cette séance. Rien n’est changé.');
		const before = await cardsOf(trx, act.seanceId);
		if (voyage.etat === 'partie') {
			const { etat: _, ...facts } = bagage.salle;
			await trx
				.updateTable('salles')
				.set({
					...(facts as Partial<Selectable<SallesTable>>),
					etat: 'close',
					code: null,
					close_at: salle.close_at ?? app.now()
				})
				.where('seance_id', '=', act.seanceId)
				.execute();
			await writeRows(trx, bagage, 'replace');
		} else await writeRows(trx, bagage, 'add');
		await ensureSyntheses(trx, { ...act, now: app.now() });
		await setVoyage(trx, act.seanceId, { etat: 'revenue', depart: voyage.depart });
		await note(app, trx, act, 'seance_rapportee');
		return {
			replaced: voyage.etat === 'partie',
			cartes: bagage.tables.cartes.length,
			nouvelles: (await cardsOf(trx, act.seanceId)) - before
		};
	});
	await bringSyntheses(app, bagage, replaced);
	app.salles.publish(act.seanceId);
	return retour;
}

/** What each table wrote together, into its live text here; what was written here meanwhile stays above it. */
async function bringSyntheses(app: App, { tables }: Bagage, replaced: boolean): Promise<void> {
	for (const { id, synthese } of tables.seance_tables) {
		await app.collaboration.edit(
			documentName('synthese', id as string),
			(doc) => {
				const texte = texteDeSynthese(doc);
				const here = texte?.toString() ?? '';
				if (!texte || here.includes(synthese as string)) return;
				if (replaced) texte.delete(0, here.length);
				texte.insert(texte.length, `${texte.length > 0 ? '\n\n' : ''}${synthese}`);
			},
			null
		);
	}
}

/** Where a séance stands, for its page. */
export async function readVoyage(db: Queryable, act: ActeDeSeance): Promise<Voyage | null> {
	await requireDroit(db, act, ANIMER);
	const row = await db.selectFrom('salles').select('emportee').where('seance_id', '=', act.seanceId).executeTakeFirst();
	return voyageOf(row?.emportee ?? '');
}

async function pack(
	trx: Transaction<Schema>,
	{ pacteId, seanceId }: ActeDeSeance,
	salle: Selectable<SallesTable>,
	depart: string
): Promise<Bagage> {
	const pacte = await trx
		.selectFrom('pactes')
		.select(['intitule', 'territoire', 'debut', 'fin', 'modele'])
		.where('id', '=', pacteId)
		.executeTakeFirstOrThrow();
	const seance = await trx
		.selectFrom('seances')
		.select(['id', 'titre', 'format', 'theme', 'tour', 'date', 'heure_debut', 'heure_fin', 'lieu', 'objet'])
		.where('id', '=', seanceId)
		.executeTakeFirstOrThrow();
	const points = await trx
		.selectFrom('seance_points')
		.select(['texte', 'minutes'])
		.where('seance_id', '=', seanceId)
		.orderBy('rang')
		.execute();
	const tables = {} as Record<TableDuBagage, Ligne[]>;
	for (const name of NOMS_DU_BAGAGE) tables[name] = await rowsOf(trx, name, seanceId);
	const { etat, repetition, etape_id, etape_debut, etape_fin, pause_at, reglages, ouverte_at, close_at } = salle;
	return {
		format: FORMAT_DE_BAGAGE,
		version: 1,
		depart,
		pacte,
		seance,
		points,
		salle: { etat, repetition, etape_id, etape_debut, etape_fin, pause_at, reglages, ouverte_at, close_at },
		tables
	};
}

/** The rows of a table that travel, only with the columns that do, always in one order. */
async function rowsOf(trx: Transaction<Schema>, name: TableDuBagage, seanceId: string): Promise<Ligne[]> {
	const columns = Object.keys(TABLES_DU_BAGAGE[name]);
	const query = trx.selectFrom(name as 'cartes').select(columns as 'id'[]);
	const isOfScrutin = name === 'voix' || name === 'voix_comptees';
	const here = isOfScrutin
		? query.where('scrutin_id' as 'id', 'in', (eb) =>
				eb.selectFrom('scrutins').select('scrutins.id').where('scrutins.seance_id', '=', seanceId)
			)
		: query.where('seance_id', '=', seanceId);
	const rows = await columns.reduce((ordered, column) => ordered.orderBy(column as 'id'), here).execute();
	return rows.map((row) =>
		Object.fromEntries(
			Object.entries(row as Record<string, unknown>).map(([key, value]) => [
				key,
				value instanceof Uint8Array ? Buffer.from(value).toString('base64') : (value as Ligne[string])
			])
		)
	);
}

/** What is gone when a séance comes back as it was elsewhere: never a card, nor a seat. */
const REPLACED = [
	'passages',
	'voix_comptees',
	'voix',
	'evaluations',
	'messages_de_salle',
	'scrutins'
] as const satisfies TableDuBagage[];

const KEYS: Partial<Record<TableDuBagage, string[]>> = {
	passages: ['seance_id', 'tour', 'siege_id'],
	voix: ['scrutin_id', 'siege_id', 'objet'],
	voix_comptees: ['scrutin_id', 'objet', 'mode'],
	evaluations: ['seance_id', 'objet']
};
const ROWS_PER_INSERT = 100;
const IDS_PER_QUERY = 500;

/** `replace`: as they are in the file. `add`: only those that are not here. */
async function writeRows(trx: Transaction<Schema>, bagage: Bagage, how: 'replace' | 'add'): Promise<void> {
	const seanceId = bagage.seance.id;
	requireOwnRows(bagage);
	await requireNobodyElses(trx, bagage);
	if (how === 'replace')
		for (const name of REPLACED) {
			const query = trx.deleteFrom(name as 'cartes');
			const isOfScrutin = name === 'voix' || name === 'voix_comptees';
			await (
				isOfScrutin
					? query.where('scrutin_id' as 'id', 'in', (eb) =>
							eb.selectFrom('scrutins').select('scrutins.id').where('scrutins.seance_id', '=', seanceId)
						)
					: query.where('seance_id', '=', seanceId)
			).execute();
		}
	for (const name of NOMS_DU_BAGAGE) {
		const keys = KEYS[name] ?? ['id'];
		const rows = bagage.tables[name].map((row) => ({
			...row,
			...(typeof row.contenu === 'string' && { contenu: Buffer.from(row.contenu, 'base64') }),
			...(name === 'voix' || name === 'voix_comptees' ? {} : { seance_id: seanceId })
		})) as unknown as Insertable<Schema['cartes']>[];
		const columns = Object.keys(TABLES_DU_BAGAGE[name]).filter((column) => !keys.includes(column));
		for (let start = 0; start < rows.length; start += ROWS_PER_INSERT)
			await trx
				.insertInto(name as 'cartes')
				.values(rows.slice(start, start + ROWS_PER_INSERT))
				.onConflict((conflict) => {
					const same = conflict.columns(keys as 'id'[]);
					return how === 'add'
						? same.doNothing()
						: same.doUpdateSet((eb) =>
								Object.fromEntries(columns.map((column) => [column, eb.ref(`excluded.${column}` as 'excluded.id')]))
							);
				})
				.execute();
	}
}

/** Each row names only things of this file. */
function requireOwnRows({ tables }: Bagage): void {
	const idsOf = (name: TableDuBagage) => new Set(tables[name].map(({ id }) => id));
	const references: Record<string, Set<unknown>> = {
		table_id: idsOf('seance_tables'),
		question_id: idsOf('seance_questions'),
		etape_id: idsOf('etapes'),
		siege_id: idsOf('sieges'),
		groupe_id: idsOf('groupes'),
		reuni_dans: idsOf('groupes'),
		scrutin_id: idsOf('scrutins')
	};
	for (const name of NOMS_DU_BAGAGE)
		for (const row of tables[name])
			for (const [column, known] of Object.entries(references))
				if (row[column] !== undefined && row[column] !== null && !known.has(row[column]))
					throw new DomainError(
						'invalide',
						'Ce fichier est abîmé\u00a0: une de ses lignes parle d’une autre qui n’y est pas.'
					);
}

/** No row of the file has the id of a row of another séance. */
async function requireNobodyElses(trx: Transaction<Schema>, { seance, tables }: Bagage): Promise<void> {
	for (const name of NOMS_DU_BAGAGE) {
		if (KEYS[name]) continue;
		for (let start = 0; start < tables[name].length; start += IDS_PER_QUERY) {
			const ids = tables[name].slice(start, start + IDS_PER_QUERY).map(({ id }) => id as string);
			const foreign = await trx
				.selectFrom(name as 'cartes')
				.select('id')
				.where('id', 'in', ids)
				.where('seance_id', '!=', seance.id)
				.executeTakeFirst();
			if (foreign) throw new DomainError('invalide', 'Ce fichier parle d’une autre séance. Rien n’est changé.');
		}
	}
}

async function writePoints(trx: Transaction<Schema>, { seance, points }: Bagage): Promise<void> {
	if (points.length === 0) return;
	await trx
		.insertInto('seance_points')
		.values(points.map((point, rang) => ({ ...point, seance_id: seance.id, rang })))
		.execute();
}

async function salleOf(
	trx: Transaction<Schema>,
	{ pacteId, seanceId }: ActeDeSeance
): Promise<Selectable<SallesTable>> {
	const salle = await trx
		.selectFrom('salles')
		.innerJoin('seances', 'seances.id', 'salles.seance_id')
		.selectAll('salles')
		.where('seance_id', '=', seanceId)
		.where('seances.pacte_id', '=', pacteId)
		.where('seances.corbeille_at', 'is', null)
		.executeTakeFirst();
	if (!salle)
		throw new DomainError('introuvable', 'Préparez d’abord cette séance\u00a0: elle n’a pas encore de salle.');
	return salle;
}

async function setVoyage(trx: Transaction<Schema>, seanceId: string, { etat, depart }: Voyage): Promise<void> {
	await trx
		.updateTable('salles')
		.set((eb) => ({ emportee: `${etat}:${depart}`, revision: eb('revision', '+', 1) }))
		.where('seance_id', '=', seanceId)
		.execute();
}

async function cardsOf(trx: Transaction<Schema>, seanceId: string): Promise<number> {
	const { n } = await trx
		.selectFrom('cartes')
		.select((eb) => eb.fn.countAll<number>().as('n'))
		.where('seance_id', '=', seanceId)
		.executeTakeFirstOrThrow();
	return Number(n);
}

function note(app: App, trx: Transaction<Schema>, act: ActeDeSeance, acte: 'seance_emportee' | 'seance_rapportee') {
	const { pacteId, by, seanceId } = act;
	return addJournalEntry(trx, { pacteId, compteId: by, acte, detail: { seance: seanceId }, now: app.now() });
}

function read(json: string): Bagage {
	try {
		return readBagage(json);
	} catch (error) {
		if (error instanceof ArchiveError) throw new DomainError('invalide', error.message);
		throw error;
	}
}

function modeleOf(json: string): Modele {
	try {
		return modeleAt(JSON.parse(json), 'modele');
	} catch {
		throw new DomainError('invalide', 'Ce fichier est abîmé\u00a0: le modèle de son pacte ne se lit pas.');
	}
}
