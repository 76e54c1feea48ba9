import type { Transaction } from 'kysely';
import type { EtapeDeScript } from '#lib/salles/cafe.ts';
import type { Schema } from '../database/schema.ts';
import { DomainError } from '../errors.ts';
import { newId, newToken } from '../ids.ts';

/** What making a room has in common, from a café's description, a script, an archive or a file. */

/** The secrets of a room that nobody can enter yet: its addresses hold 128 bits. */
export function newSalle(seance_id: string, now: number) {
	return { seance_id, jeton: newJeton(), jeton_mur: newJeton(), created_at: now };
}

function newJeton(): string {
	return newToken().slice(0, 22);
}

/** Refuses a séance that is not of this pacte, or whose room is open, or was. Gives whether it has a room. */
export async function requirePreparable(
	trx: Transaction<Schema>,
	{ pacteId, seanceId }: { pacteId: string; seanceId: string }
): Promise<boolean> {
	const seance = await trx
		.selectFrom('seances')
		.leftJoin('salles', 'salles.seance_id', 'seances.id')
		.select(['seances.id', 'etat'])
		.where('seances.id', '=', seanceId)
		.where('pacte_id', '=', pacteId)
		.where('corbeille_at', 'is', null)
		.executeTakeFirst();
	if (!seance) throw new DomainError('introuvable', 'Cette séance n’existe pas.');
	if (seance.etat !== null && seance.etat !== 'preparation')
		throw new DomainError('conflit', 'Cette séance a commencé\u00a0: changez ses étapes une à une.');
	return seance.etat !== null;
}

/** Gives a room these steps, in place of those that it had. The last question serves the steps that have none of their own. */
export async function replaceEtapes(
	trx: Transaction<Schema>,
	seanceId: string,
	etapes: readonly EtapeDeScript[],
	questions: readonly string[]
): Promise<void> {
	const questionOf = (place: number | null) =>
		place === null ? null : (questions[Math.min(place, questions.length - 1)] ?? null);
	await trx.deleteFrom('etapes').where('seance_id', '=', seanceId).execute();
	await trx
		.insertInto('etapes')
		.values(
			etapes.map(({ question, voter, ...etape }, rang) => ({
				...etape,
				id: newId(),
				seance_id: seanceId,
				rang,
				voter: voter ? (1 as const) : (0 as const),
				question_id: questionOf(question)
			}))
		)
		.execute();
}
