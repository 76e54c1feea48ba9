import type { Transaction } from 'kysely';
import { placeForLatecomer } from '#lib/salles/places.ts';
import { etapeDe, type Salle } from '#lib/salles/salle.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import { DomainError } from '../errors.ts';
import { hashToken, newId, newToken } from '../ids.ts';
import { readSalle } from './read-salle.ts';

/** The seat that a device holds; null: none. */
export async function siegeOf(db: Queryable, seanceId: string, token: string): Promise<string | null> {
	const row = await db
		.selectFrom('sieges')
		.select('id')
		.where('seance_id', '=', seanceId)
		.where('jeton_hash', '=', hashToken(token))
		.executeTakeFirst();
	return row?.id ?? null;
}

/** What a device says when it joins. */
export interface Arrivee {
	genre: 'personne' | 'table';
	/** Where it sits, if it knows. */
	tableId: string | null;
	/** Of a slip: « place 12 »; null: none. */
	place?: number | null;
	/** The device's own, so that joining twice is joining once; stored nowhere. */
	token?: string;
}

/**
 * A seat for a device that joins an open room: the one of its slip if nobody has taken it, else a new one. Who comes during a round
 * is led to a table.
 */
export async function takeSiege(
	app: App,
	seanceId: string,
	{ token = newToken(), ...arrivee }: Arrivee
): Promise<{ siegeId: string; token: string }> {
	const siegeId = await app.db.transaction().execute(async (trx) => {
		await holdOpenSalle(trx, seanceId);
		return (
			(await siegeOf(trx, seanceId, token)) ??
			(await claimPlace(trx, {
				seanceId,
				place: arrivee.place ?? null,
				jetonHash: hashToken(token),
				now: app.now()
			})) ??
			(await addSiege(trx, seanceId, { ...arrivee, jetonHash: hashToken(token), now: app.now() })).id
		);
	});
	app.salles.publish(seanceId);
	return { siegeId, token };
}

async function holdOpenSalle(trx: Transaction<Schema>, seanceId: string): Promise<void> {
	const held = await trx
		.updateTable('salles')
		.set((eb) => ({ revision: eb('revision', '+', 1) }))
		.where('seance_id', '=', seanceId)
		.where('etat', '=', 'ouverte')
		.executeTakeFirst();
	if (held.numUpdatedRows === 0n) throw new DomainError('conflit', 'Cette séance n’est pas ouverte.');
}

/** The seat of a slip, for the first device that says its number; null: it is taken, or there is none. */
export async function claimPlace(
	trx: Transaction<Schema>,
	{ seanceId, place, jetonHash, now }: { seanceId: string; place: number | null; jetonHash: string; now: number }
): Promise<string | null> {
	if (place === null) return null;
	const claimed = await trx
		.updateTable('sieges')
		.set({ jeton_hash: jetonHash, vu_at: now, absent: 0 })
		.where('seance_id', '=', seanceId)
		.where('numero', '=', place)
		.where('genre', '=', 'personne')
		.where('jeton_hash', 'is', null)
		.returning('id')
		.executeTakeFirst();
	if (!claimed) return null;
	await seatIfStanding(trx, seanceId, claimed.id);
	return claimed.id;
}

/** A new seat; without `jetonHash` it is someone's who has no device. */
export async function addSiege(
	trx: Transaction<Schema>,
	seanceId: string,
	{ genre, tableId, jetonHash, now }: Pick<Arrivee, 'genre' | 'tableId'> & { jetonHash: string | null; now: number }
): Promise<{ id: string; numero: number }> {
	const { last } = await trx
		.selectFrom('sieges')
		.select((eb) => eb.fn.max('numero').as('last'))
		.where('seance_id', '=', seanceId)
		.executeTakeFirstOrThrow();
	const siege = { id: newId(), numero: Number(last ?? 0) + 1 };
	await trx
		.insertInto('sieges')
		.values({
			...siege,
			seance_id: seanceId,
			genre,
			jeton_hash: jetonHash,
			table_id: tableId,
			created_at: now,
			vu_at: now
		})
		.execute();
	await seatIfStanding(trx, seanceId, siege.id);
	return siege;
}

/** Leads to a table who has none: the one of their slip; else, while people are at work, one with room. */
async function seatIfStanding(trx: Transaction<Schema>, seanceId: string, siegeId: string): Promise<void> {
	const salle = await readSalle(trx, seanceId);
	const siege = salle?.sieges.find(({ id }) => id === siegeId);
	if (!salle || !siege || siege.tableId !== null) return;
	const tour = etapeDe(salle)?.tour ?? 1;
	const passage = salle.passages.find((each) => each.siegeId === siegeId && each.tour === tour);
	const tableId = passage?.tableId ?? (choosesTable(salle) ? null : placeForLatecomer(salle)?.id);
	if (tableId) await trx.updateTable('sieges').set({ table_id: tableId }).where('id', '=', siegeId).execute();
}

/** Before the first round people sit where they like, and say where. */
export function choosesTable(salle: Pick<Salle, 'tables' | 'etapes' | 'etapeId'>): boolean {
	const etape = etapeDe(salle);
	return salle.tables.length > 1 && (etape === null || etape.genre === 'accueil');
}
