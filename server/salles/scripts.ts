import type { Transaction } from 'kysely';
import { canAnimate } from '#lib/documents/rights.ts';
import { formeDe, TABLES_AU_PLUS, type EtapeDeScript } from '#lib/salles/cafe.ts';
import { REGLAGES_DE_DEPART } from '#lib/salles/salle.ts';
import { MODELES, numbered, type Script } from '#lib/salles/scripts.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import { DomainError } from '../errors.ts';
import { newId } from '../ids.ts';
import { addJournalEntry } from '../journal/journal.ts';
import { beginAct, type Acteur } from '../pactes/act.ts';
import { newSalle, replaceEtapes, requirePreparable } from './new-salle.ts';
import { readSalle } from './read-salle.ts';

const DROIT = { allows: canAnimate, refus: 'L’équipe projet et les animateurs tiennent les déroulés.' };
const SCRIPTS_AU_PLUS = 50;
const ETAPES_AU_PLUS = 60;
const TITRE = 120;

/** What a pacte keeps for its next séances. */
export async function listScripts(db: Queryable, pacteId: string): Promise<Script[]> {
	const rows = await db
		.selectFrom('scripts')
		.select(['id', 'titre', 'format', 'etapes'])
		.where('pacte_id', '=', pacteId)
		.orderBy('rang')
		.orderBy('id')
		.execute();
	return rows.map((row) => ({ ...row, etapes: JSON.parse(row.etapes) as EtapeDeScript[] }));
}

/** One that is shipped, or kept by this pacte. */
export async function readScript(db: Queryable, pacteId: string, scriptId: string): Promise<Script> {
	const script =
		MODELES.find(({ id }) => id === scriptId) ?? (await listScripts(db, pacteId)).find(({ id }) => id === scriptId);
	if (!script) throw new DomainError('introuvable', 'Ce déroulé n’est plus là.');
	return script;
}

/** A copy that the pacte may change, of what is shipped or of its own; gives its id. */
export async function copyScript(app: App, acteur: Acteur, { scriptId }: { scriptId: string }): Promise<string> {
	return changeScripts(app, acteur, async (trx) => {
		const { titre, format, etapes } = await readScript(trx, acteur.pacteId, scriptId);
		return insertScript(trx, acteur.pacteId, { titre: `${titre} (copie)`.slice(0, TITRE), format, etapes });
	});
}

/** Keeps the steps of a room as a script of the pacte; gives its id. */
export async function keepScript(
	app: App,
	acteur: Acteur,
	{ seanceId, titre }: { seanceId: string; titre: string }
): Promise<string> {
	return changeScripts(app, acteur, async (trx) => {
		const salle = await readSalle(trx, seanceId);
		if (salle?.pacteId !== acteur.pacteId)
			throw new DomainError('introuvable', 'Cette séance n’existe pas, ou sa salle n’est pas préparée.');
		const place = (questionId: string | null) => {
			const found = salle.questions.findIndex(({ id }) => id === questionId);
			return found < 0 ? null : found;
		};
		const etapes = salle.etapes.map(
			({ genre, tour, titre, consigne, duree, ecrire, voir, voter, vue, questionId }) => ({
				...{ genre, tour, titre, consigne, duree, ecrire, voir, voter, vue },
				question: place(questionId)
			})
		);
		return insertScript(trx, acteur.pacteId, { titre: titreOf(titre), format: salle.format, etapes });
	});
}

export async function changeScript(
	app: App,
	acteur: Acteur,
	{ scriptId, titre, etapes }: { scriptId: string; titre: string; etapes: readonly EtapeDeScript[] }
): Promise<void> {
	if (etapes.length === 0 || etapes.length > ETAPES_AU_PLUS)
		throw new DomainError('invalide', `Un déroulé a de 1 à ${ETAPES_AU_PLUS} étapes.`);
	const sansTitre = etapes.findIndex((etape) => etape.titre.trim() === '');
	if (sansTitre >= 0) throw new DomainError('invalide', `Donnez un titre à l’étape ${sansTitre + 1}.`);
	await changeScripts(app, acteur, async (trx) => {
		const done = await trx
			.updateTable('scripts')
			.set({ titre: titreOf(titre), etapes: JSON.stringify(numbered(etapes)) })
			.where('pacte_id', '=', acteur.pacteId)
			.where('id', '=', scriptId)
			.executeTakeFirst();
		if (done.numUpdatedRows === 0n) throw new DomainError('introuvable', 'Ce déroulé n’est plus là.');
	});
}

export async function removeScript(app: App, acteur: Acteur, { scriptId }: { scriptId: string }): Promise<void> {
	await changeScripts(app, acteur, async (trx) => {
		await trx.deleteFrom('scripts').where('pacte_id', '=', acteur.pacteId).where('id', '=', scriptId).execute();
	});
}

/** What a room that is made from a script needs besides; a room that exists keeps its own. */
export interface SalleDeScript {
	scriptId: string;
	questions: readonly string[];
	tables: number;
}

/** Gives a séance the steps of a script, with a room where it has none. Once it is open, its steps are changed one by one. */
export async function useScript(
	app: App,
	acteur: Acteur & { seanceId: string },
	{ scriptId, questions, tables }: SalleDeScript
): Promise<void> {
	const { pacteId, by, seanceId } = acteur;
	if (!Number.isInteger(tables) || tables < 1 || tables > TABLES_AU_PLUS)
		throw new DomainError('invalide', `Une séance a de 1 à ${TABLES_AU_PLUS} tables.`);
	const now = app.now();
	await app.db.transaction().execute(async (trx) => {
		await beginAct(trx, acteur, DROIT);
		const script = await readScript(trx, pacteId, scriptId);
		const isPrepared = await requirePreparable(trx, acteur);
		if (!isPrepared) await createSalle(trx, seanceId, { questions, tables, now });
		await useEtapes(trx, seanceId, script.etapes);
		await addJournalEntry(trx, { pacteId, compteId: by, acte: 'salle_preparee', detail: { seance: seanceId }, now });
	});
	app.salles.publish(seanceId);
}

async function createSalle(
	trx: Transaction<Schema>,
	seanceId: string,
	{ questions, tables, now }: { questions: readonly string[]; tables: number; now: number }
): Promise<void> {
	await trx
		.insertInto('salles')
		.values({
			...newSalle(seanceId, now),
			etat: 'preparation',
			reglages: JSON.stringify({ ...REGLAGES_DE_DEPART, rotation: 'libre' })
		})
		.execute();
	if (questions.length > 0)
		await trx
			.insertInto('seance_questions')
			.values(questions.map((texte, rang) => ({ id: newId(), seance_id: seanceId, rang, texte })))
			.execute();
	await trx
		.insertInto('seance_tables')
		.values(
			Array.from({ length: tables }, (_, i) => ({
				id: newId(),
				seance_id: seanceId,
				numero: i + 1,
				forme: formeDe(i + 1)
			}))
		)
		.execute();
}

async function useEtapes(trx: Transaction<Schema>, seanceId: string, etapes: readonly EtapeDeScript[]): Promise<void> {
	const questions = await trx
		.selectFrom('seance_questions')
		.select('id')
		.where('seance_id', '=', seanceId)
		.orderBy('rang')
		.execute();
	await replaceEtapes(
		trx,
		seanceId,
		etapes,
		questions.map(({ id }) => id)
	);
	await trx
		.updateTable('salles')
		.set((eb) => ({ revision: eb('revision', '+', 1) }))
		.where('seance_id', '=', seanceId)
		.execute();
}

function changeScripts<T>(app: App, acteur: Acteur, change: (trx: Transaction<Schema>) => Promise<T>): Promise<T> {
	return app.db.transaction().execute(async (trx) => {
		await beginAct(trx, acteur, DROIT);
		const result = await change(trx);
		await addJournalEntry(trx, {
			pacteId: acteur.pacteId,
			compteId: acteur.by,
			acte: 'deroule_modifie',
			now: app.now()
		});
		return result;
	});
}

async function insertScript(trx: Transaction<Schema>, pacteId: string, script: Omit<Script, 'id'>): Promise<string> {
	const { count, last } = await trx
		.selectFrom('scripts')
		.select((eb) => [eb.fn.countAll().as('count'), eb.fn.max('rang').as('last')])
		.where('pacte_id', '=', pacteId)
		.executeTakeFirstOrThrow();
	if (Number(count) >= SCRIPTS_AU_PLUS)
		throw new DomainError('conflit', `Un pacte garde ${SCRIPTS_AU_PLUS} déroulés au plus\u00a0: retirez-en un.`);
	const id = newId();
	await trx
		.insertInto('scripts')
		.values({ id, pacte_id: pacteId, rang: Number(last ?? -1) + 1, ...script, etapes: JSON.stringify(script.etapes) })
		.execute();
	return id;
}

function titreOf(titre: string): string {
	const read = titre.trim();
	if (read === '' || [...read].length > TITRE)
		throw new DomainError('invalide', `Donnez un nom à ce déroulé, ${TITRE} caractères au plus.`);
	return read;
}
