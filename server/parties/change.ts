import type { Transaction } from 'kysely';
import type { FluxEvent } from '#lib/collaboration/flux-event.ts';
import { canWriteParties } from '#lib/documents/rights.ts';
import { cleanNom, foldNom, NOM_MAX } from '#lib/organismes/fold.ts';
import { beginAct, type Droit } from '../pactes/act.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import { storable } from '../database/text.ts';
import { DomainError } from '../errors.ts';
import { newId } from '../ids.ts';
import { addJournalEntry, type Acte, type JournalEntry } from '../journal/journal.ts';

/** Who does it, where. */
export interface PartieAct {
	pacteId: string;
	by: string;
}

export interface Done<T> {
	result: T;
	acte: Acte;
	detail?: JournalEntry['detail'];
}

export const LECTURE = 'Votre rôle dans ce pacte ne permet pas de modifier cette page. Demandez-le à l’équipe projet.';

/**
 * One act on what is filled in by forms: right, change and journal in one transaction, then the pages are told.
 * `allows`: who may; those who write fiches, unless it says otherwise.
 */
export async function changePartie<T>(
	app: App,
	act: PartieAct,
	change: (trx: Transaction<Schema>) => Promise<Done<T>>,
	allows: Droit['allows'] = canWriteParties
): Promise<T> {
	return changeAndTell(app, act, { allows, refus: LECTURE, tells: { type: 'parties' } }, change);
}

/** The same, of what other pages show. */
export async function changeAndTell<T>(
	app: App,
	{ pacteId, by }: PartieAct,
	{ tells, ...droit }: Droit & { tells: FluxEvent },
	change: (trx: Transaction<Schema>) => Promise<Done<T>>
): Promise<T> {
	const result = await app.db.transaction().execute(async (trx) => {
		await beginAct(trx, { pacteId, by }, droit);
		const done = await change(trx);
		await addJournalEntry(trx, { pacteId, compteId: by, acte: done.acte, detail: done.detail, now: app.now() });
		return done.result;
	});
	app.collaboration.flux.publish(pacteId, tells);
	return result;
}

/** As many letters as a line may have. */
export const LIGNE_MAX = 2_000;

/** A line that was typed, cleaned; refuses one that no page could show. */
export function lineOf(text: string): string {
	const line = storable(text.replace(/\s+/gu, ' ').trim());
	if (line.length > LIGNE_MAX)
		throw new DomainError('invalide', `Ce texte a plus de ${LIGNE_MAX} caractères : abrégez-le.`);
	return line;
}

/** The same, which must be there. `sinon` says what to do. */
export function filledLine(text: string, sinon: string): string {
	const line = lineOf(text);
	if (line === '') throw new DomainError('invalide', sinon);
	return line;
}

/** The organismes of the pacte among these ids, in the order given, each once. */
export async function knownOrganismes(db: Queryable, pacteId: string, ids: readonly string[]): Promise<string[]> {
	if (ids.length === 0) return [];
	const rows = await db
		.selectFrom('organismes')
		.select('id')
		.where('pacte_id', '=', pacteId)
		.where('id', 'in', [...ids])
		.execute();
	const known = new Set(rows.map(({ id }) => id));
	return [...new Set(ids)].filter((id) => known.has(id));
}

/** The organisme of that name or alias; made when there is none. null for an empty name. */
export async function organismeNamed(trx: Transaction<Schema>, pacteId: string, nom: string): Promise<string | null> {
	const clean = cleanNom(storable(nom));
	const plie = foldNom(clean);
	if (plie === '') return null;
	if (clean.length > NOM_MAX) throw new DomainError('invalide', 'Ce nom d’organisme est trop long.');
	const named = await trx
		.selectFrom('organismes')
		.select('id')
		.where('pacte_id', '=', pacteId)
		.where('nom_plie', '=', plie)
		.unionAll(
			trx
				.selectFrom('organisme_alias')
				.select('organisme_id as id')
				.where('pacte_id', '=', pacteId)
				.where('nom_plie', '=', plie)
		)
		.executeTakeFirst();
	if (named) return named.id;
	const { last } = await trx
		.selectFrom('organismes')
		.select((eb) => eb.fn.max('rang').as('last'))
		.where('pacte_id', '=', pacteId)
		.executeTakeFirstOrThrow();
	const id = newId();
	await trx
		.insertInto('organismes')
		.values({ id, pacte_id: pacteId, nom: clean, nom_plie: plie, rang: Number(last ?? -1) + 1 })
		.execute();
	return id;
}

/** The same list with one of its ids a place up (-1) or down (1). null: it is at the edge, or absent. */
export function movedIds(ids: readonly string[], id: string, way: -1 | 1): string[] | null {
	const from = ids.indexOf(id);
	const to = from + way;
	if (from < 0 || to < 0 || to >= ids.length) return null;
	const moved = [...ids];
	[moved[from], moved[to]] = [moved[to] as string, moved[from] as string];
	return moved;
}
