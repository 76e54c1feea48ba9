import type { Transaction } from 'kysely';
import { canAnimate } from '#lib/documents/rights.ts';
import { cafeDe, formeDe, scriptDeCafe, TABLES_AU_PLUS, TOURS_AU_PLUS, type Cafe } from '#lib/salles/cafe.ts';
import type { Salle, Siege } from '#lib/salles/salle.ts';
import type { App } from '../app.ts';
import type { Schema } from '../database/schema.ts';
import { DomainError } from '../errors.ts';
import { newId } from '../ids.ts';
import { addJournalEntry } from '../journal/journal.ts';
import { beginAct, type Acteur } from '../pactes/act.ts';
import { doActe } from './acte.ts';
import { Donnees } from './donnees.ts';
import { newSalle, replaceEtapes, requirePreparable } from './new-salle.ts';
import { readSalle } from './read-salle.ts';

/** Prepares the room of a séance from a café's description. A room that is open, or was, is not prepared again. */
export async function prepareCafe(app: App, acteur: Acteur & { seanceId: string }, cafe: Cafe): Promise<void> {
	const { pacteId, by, seanceId } = acteur;
	if (cafe.tables.length < 1 || cafe.tables.length > TABLES_AU_PLUS)
		throw new DomainError('invalide', `Un world café a de 1 à ${TABLES_AU_PLUS} tables.`);
	if (cafe.tours < 1 || cafe.tours > TOURS_AU_PLUS)
		throw new DomainError('invalide', `Un world café a de 1 à ${TOURS_AU_PLUS} tours.`);
	const turns = await app.db.transaction().execute(async (trx) => {
		await beginAct(trx, acteur, {
			allows: canAnimate,
			refus: 'L’équipe projet et les animateurs préparent les séances.'
		});
		await requirePreparable(trx, acteur);
		const turns = await writeCafe(trx, seanceId, cafe, app.now());
		await addJournalEntry(trx, {
			pacteId,
			compteId: by,
			acte: 'salle_preparee',
			detail: { seance: seanceId },
			now: app.now()
		});
		return turns;
	});
	if (!turns) return app.salles.publish(seanceId);
	const acteurDeSalle = { genre: 'animateur', compteId: by } as const;
	await doActe(app, seanceId, acteurDeSalle, { cle: newId(), acte: 'calculerRotation', donnees: new Donnees({}) });
}

/**
 * What was there is kept where it can be: tables and places of the same number, steps when what makes them is the same, and the rotation
 * with the slips that say it. True: people turn otherwise now.
 */
async function writeCafe(trx: Transaction<Schema>, seanceId: string, cafe: Cafe, now: number): Promise<boolean> {
	const former = await readSalle(trx, seanceId);
	await trx
		.insertInto('salles')
		.values({ ...newSalle(seanceId, now), etat: 'preparation' })
		.onConflict((conflict) => conflict.column('seance_id').doNothing())
		.execute();
	await trx
		.updateTable('salles')
		.set((eb) => ({ reglages: JSON.stringify(cafe.reglages), revision: eb('revision', '+', 1) }))
		.where('seance_id', '=', seanceId)
		.execute();
	const questions = await writeQuestions(trx, seanceId, former, cafe);
	const tables = await writeTables(trx, seanceId, former, cafe, questions);
	if (!former || !sameSteps(former, cafe)) await replaceEtapes(trx, seanceId, scriptDeCafe(cafe), questions);
	const moved = await writeSieges(trx, seanceId, former, { cafe, tables, now });
	return moved || !former || JSON.stringify(turningOf(cafeDe(former))) !== JSON.stringify(turningOf(cafe));
}

function turningOf({ tables, tours, reglages }: Cafe): unknown {
	return [tables.map(({ places = null }) => places), tours, reglages.rotation];
}

async function writeQuestions(
	trx: Transaction<Schema>,
	seanceId: string,
	former: Salle | null,
	{ questions }: Cafe
): Promise<string[]> {
	const ids = questions.map((_, rang) => former?.questions[rang]?.id ?? newId());
	const rows = questions.map((texte, rang) => ({ id: ids[rang] as string, seance_id: seanceId, rang, texte }));
	await trx
		.deleteFrom('seance_questions')
		.where('seance_id', '=', seanceId)
		.where('rang', '>=', questions.length)
		.execute();
	for (const row of rows)
		await trx
			.insertInto('seance_questions')
			.values(row)
			.onConflict((conflict) => conflict.column('id').doUpdateSet({ texte: row.texte, rang: row.rang }))
			.execute();
	return ids;
}

async function writeTables(
	trx: Transaction<Schema>,
	seanceId: string,
	former: Salle | null,
	{ tables, reglages }: Cafe,
	questions: readonly string[]
): Promise<string[]> {
	const ids = tables.map((_, i) => former?.tables.find(({ numero }) => numero === i + 1)?.id ?? newId());
	await trx.deleteFrom('seance_tables').where('seance_id', '=', seanceId).where('numero', '>', tables.length).execute();
	for (const [i, { nom, hote, places = null }] of tables.entries()) {
		const question = reglages.questions === 'par_table' ? questions[Math.min(i, questions.length - 1)] : undefined;
		const said = { nom, hote, places, question_id: question ?? null };
		await trx
			.insertInto('seance_tables')
			.values({ id: ids[i] as string, seance_id: seanceId, numero: i + 1, forme: formeDe(i + 1), ...said })
			.onConflict((conflict) => conflict.column('id').doUpdateSet(said))
			.execute();
	}
	return ids;
}

/** Steps that were changed by hand since stay so. */
function sameSteps(former: Salle, cafe: Cafe): boolean {
	const ofFormer = cafeDe(former);
	return (
		ofFormer.questions.length === cafe.questions.length &&
		JSON.stringify(scriptDeCafe(ofFormer)) === JSON.stringify(scriptDeCafe(cafe))
	);
}

/** One place each, hosts at their table. Places that are wanted again keep their number: slips may be printed. True: some changed. */
async function writeSieges(
	trx: Transaction<Schema>,
	seanceId: string,
	former: Salle | null,
	{ cafe, tables, now }: { cafe: Cafe; tables: readonly string[]; now: number }
): Promise<boolean> {
	const wanted = [
		...cafe.inscrits.flatMap(({ nombre, ...inscrit }) =>
			Array.from({ length: nombre }, () => ({ ...inscrit, tableId: null }))
		),
		...cafe.tables.flatMap(({ hote }, i) =>
			hote === '' ? [] : [{ organismeId: null, organisme: '', usager: false, tableId: tables[i] as string }]
		)
	];
	const free = new Map<string, Siege[]>();
	for (const siege of former?.sieges ?? []) {
		const key = placeKey({ ...siege, tableId: siege.hote ? siege.tableId : null });
		free.set(key, [...(free.get(key) ?? []), siege]);
	}
	const added = wanted.filter((each) => free.get(placeKey(each))?.shift() === undefined);
	const gone = [...free.values()].flat().map(({ id }) => id);
	if (gone.length > 0) await trx.deleteFrom('sieges').where('id', 'in', gone).execute();
	if (added.length === 0) return gone.length > 0;
	const last = Math.max(0, ...(former?.sieges ?? []).map(({ numero }) => numero));
	await trx
		.insertInto('sieges')
		.values(
			added.map(({ organismeId, organisme, usager, tableId }, i) => ({
				id: newId(),
				seance_id: seanceId,
				numero: last + i + 1,
				genre: 'personne' as const,
				table_id: tableId,
				hote: tableId === null ? (0 as const) : (1 as const),
				organisme_id: organismeId,
				organisme,
				usager: usager ? (1 as const) : (0 as const),
				created_at: now
			}))
		)
		.execute();
	return true;
}

function placeKey({
	organismeId,
	organisme,
	usager,
	tableId
}: Pick<Siege, 'organismeId' | 'organisme' | 'usager' | 'tableId'>): string {
	return JSON.stringify([organismeId, organisme, usager, tableId]);
}
