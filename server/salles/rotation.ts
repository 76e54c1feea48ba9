import type { Transaction } from 'kysely';
import { calculerRotation, type DemandeDeRotation } from '#lib/salles/rotation.ts';
import { convivesDe, demandeDe, tourCourant } from '#lib/salles/rotation-de-salle.ts';
import type { Passage, Salle } from '#lib/salles/salle.ts';
import type { App } from '../app.ts';
import type { Schema } from '../database/schema.ts';
import { DomainError } from '../errors.ts';
import { askWorker, oneAtATime, WorkerStopped } from '../workers.ts';
import { readSalle } from './read-salle.ts';

const DELAI = 5_000;
const MEMOIRE = 128;
const inTurn = oneAtATime();

/** In a worker; a machine that is too busy for it gets a rotation that is found at once, and is less good. */
export async function rotationInWorker(demande: DemandeDeRotation): Promise<Passage[]> {
	try {
		return await inTurn(() =>
			askWorker<Passage[]>('salles', {
				workerData: demande,
				delai: DELAI,
				resourceLimits: { maxOldGenerationSizeMb: MEMOIRE }
			})
		);
	} catch (error) {
		if (error instanceof WorkerStopped) return calculerRotation({ ...demande, vite: true });
		throw error;
	}
}

/** What a rotation was computed for, and what it is. */
export interface RotationCalculee {
	premierTour: number;
	passages: Passage[];
}

/** Before an act: the rounds to come, from the room as it is now; null: there is nothing to compute. */
export async function rotationToCome(
	app: App,
	seanceId: string,
	quoi: 'reste' | 'manque'
): Promise<RotationCalculee | null> {
	const salle = await readSalle(app.db, seanceId);
	const demande = salle && demandeDe(salle, quoi);
	return demande && { premierTour: demande.premierTour, passages: await rotationInWorker(demande) };
}

/** In the act: replaces what was planned for the rounds to come. Who came meanwhile is added. */
export async function writeRotation(
	trx: Transaction<Schema>,
	seanceId: string,
	{ premierTour, passages }: RotationCalculee
): Promise<void> {
	const salle = await requireSalle(trx, seanceId);
	if (demandeDe(salle, 'reste')?.premierTour !== premierTour)
		throw new DomainError('conflit', 'La séance a avancé pendant le calcul\u00a0: calculez de nouveau.');
	const toCome = passages.filter(({ tour, siegeId }) => tour >= premierTour && isThere(salle, siegeId));
	await trx.deleteFrom('passages').where('seance_id', '=', seanceId).where('tour', '>=', premierTour).execute();
	await insertPassages(trx, seanceId, toCome);
	const planned = { ...salle, passages: [...salle.passages.filter(({ tour }) => tour < premierTour), ...toCome] };
	await fillIn(trx, planned);
	if (salle.etat === 'preparation') await seatForFirstRound(trx, seanceId);
}

/** Before a séance, slips and tables are as they will be when it begins. */
export async function seatForFirstRound(trx: Transaction<Schema>, seanceId: string): Promise<void> {
	await seatFor(trx, await requireSalle(trx, seanceId), 1);
}

/** What every change of step does with people: those who go to another round go to their table of it. Shared devices stay. */
export async function goToRoundOf(
	trx: Transaction<Schema>,
	seanceId: string,
	etapeId: string,
	calculee: RotationCalculee | null = null
): Promise<void> {
	const salle = await requireSalle(trx, seanceId);
	const to = tourCourant(salle, etapeId);
	if (to === 0) return;
	const here = Math.max(1, tourCourant(salle, salle.etapeId));
	const known = await recordRound(trx, salle, here);
	if (salle.reglages.rotation === 'libre') return;
	const planned = await fillIn(trx, known, calculee?.passages);
	await seatFor(trx, planned, to, { onlyStanding: to === here });
}

/** Where people are becomes where they were. */
async function recordRound(trx: Transaction<Schema>, salle: Salle, tour: number): Promise<Salle> {
	const now = convivesDe(salle.sieges).flatMap(({ id, tableId, absent }) =>
		tableId === null || absent ? [] : [{ tour, siegeId: id, tableId }]
	);
	const seated = new Set(now.map(({ siegeId }) => siegeId));
	const rest = salle.passages.filter((each) => each.tour !== tour || !seated.has(each.siegeId));
	if (rest.length + now.length === salle.passages.length && now.every((each) => holds(salle.passages, each)))
		return salle;
	await trx
		.deleteFrom('passages')
		.where('seance_id', '=', salle.seanceId)
		.where('tour', '=', tour)
		.where('siege_id', 'in', [...seated])
		.execute();
	await insertPassages(trx, salle.seanceId, now);
	return { ...salle, passages: [...rest, ...now] };
}

function holds(passages: readonly Passage[], { tour, siegeId, tableId }: Passage): boolean {
	return passages.some((each) => each.tour === tour && each.siegeId === siegeId && each.tableId === tableId);
}

/** Gives a place to those who have none in the rounds to come: as it was computed, else at once. */
async function fillIn(trx: Transaction<Schema>, salle: Salle, computed: readonly Passage[] = []): Promise<Salle> {
	const first = demandeDe(salle, 'manque');
	if (!first) return salle;
	const standing = first.acquis;
	const has = new Set(standing.map(({ tour, siegeId }) => `${siegeId} ${tour}`));
	const useful = computed.filter(
		({ tour, siegeId }) => tour >= first.premierTour && !has.has(`${siegeId} ${tour}`) && isThere(salle, siegeId)
	);
	const whole = calculerRotation({ ...first, acquis: [...standing, ...useful], vite: true });
	const known = new Set(salle.passages.map(keyOf));
	const added = whole.filter((passage) => passage.tour >= first.premierTour && !known.has(keyOf(passage)));
	const replaced = new Set(added.map(({ tour, siegeId }) => `${siegeId} ${tour}`));
	const isReplaced = ({ tour, siegeId }: Passage) => replaced.has(`${siegeId} ${tour}`);
	for (const { tour, siegeId } of salle.passages.filter(isReplaced))
		await trx
			.deleteFrom('passages')
			.where('seance_id', '=', salle.seanceId)
			.where('tour', '=', tour)
			.where('siege_id', '=', siegeId)
			.execute();
	await insertPassages(trx, salle.seanceId, added);
	return { ...salle, passages: [...salle.passages.filter((passage) => !isReplaced(passage)), ...added] };
}

/** Seats people at their tables of a round. `onlyStanding`: those who sit stay where they chose to. */
async function seatFor(
	trx: Transaction<Schema>,
	{ seanceId, sieges, passages }: Salle,
	tour: number,
	{ onlyStanding = false } = {}
): Promise<void> {
	const seats = new Map(convivesDe(sieges).map((siege) => [siege.id, siege]));
	const moving = passages.filter(({ siegeId, tableId, ...passage }) => {
		const siege = seats.get(siegeId);
		if (passage.tour !== tour || !siege || siege.absent || siege.hote) return false;
		return siege.tableId === null || (!onlyStanding && siege.tableId !== tableId);
	});
	for (const [tableId, group] of Map.groupBy(moving, (passage) => passage.tableId))
		await trx
			.updateTable('sieges')
			.set({ table_id: tableId })
			.where('seance_id', '=', seanceId)
			.where(
				'id',
				'in',
				group.map(({ siegeId }) => siegeId)
			)
			.execute();
}

async function insertPassages(trx: Transaction<Schema>, seanceId: string, passages: readonly Passage[]): Promise<void> {
	const ROWS = 200;
	for (let i = 0; i < passages.length; i += ROWS)
		await trx
			.insertInto('passages')
			.values(
				passages
					.slice(i, i + ROWS)
					.map(({ tour, siegeId, tableId }) => ({ seance_id: seanceId, tour, siege_id: siegeId, table_id: tableId }))
			)
			.execute();
}

function isThere({ sieges }: Salle, siegeId: string): boolean {
	return sieges.some(({ id, absent }) => id === siegeId && !absent);
}

function keyOf({ tour, siegeId, tableId }: Passage): string {
	return `${tour} ${siegeId} ${tableId}`;
}

async function requireSalle(trx: Transaction<Schema>, seanceId: string): Promise<Salle> {
	const salle = await readSalle(trx, seanceId);
	if (!salle) throw new DomainError('introuvable', 'Cette séance n’existe plus.');
	return salle;
}
