import type { Transaction } from 'kysely';
import type { Queryable } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import type { VersementsTable } from '../database/schema-seances.ts';
import { newId } from '../ids.ts';

/** A card or a group, from which something is made. */
export interface Source {
	genre: VersementsTable['source_genre'];
	id: string;
	/** Of a group. The words of a card stay in the card alone: taken back there, they are nowhere. */
	titre: string;
}

/** A group with its cards, or one card: what people may read of it. Nothing when there is none. */
export async function readSources(db: Queryable, seanceId: string, id: string): Promise<Source[]> {
	const groupe = await db
		.selectFrom('groupes')
		.select('titre')
		.where('seance_id', '=', seanceId)
		.where('id', '=', id)
		.executeTakeFirst();
	const cartes = await montrees(db, seanceId)
		.where(groupe ? 'groupe_id' : 'id', '=', id)
		.execute();
	const sources = cartes.map((carte) => ({ genre: 'carte' as const, id: carte.id, titre: '' }));
	return groupe && sources.length > 0 ? [{ genre: 'groupe', id, titre: groupe.titre }, ...sources] : sources;
}

/** The cards of a séance that were shown, and that nobody took back. */
export function montrees(db: Queryable, seanceId: string) {
	return db
		.selectFrom('cartes')
		.select(['id', 'texte', 'nature', 'pepite', 'groupe_id'])
		.where('seance_id', '=', seanceId)
		.where('revelee', '=', 1)
		.where('attente', '=', 0)
		.where('retiree_at', 'is', null)
		.where('moderee_at', 'is', null)
		.orderBy('created_at')
		.orderBy('id');
}

export interface Versement {
	pacteId: string;
	/** Of the sources. */
	seanceId: string;
	compteId: string | null;
	cible: { genre: VersementsTable['cible_genre']; id: string; section: string };
	now: number;
}

export async function insertLiens(
	trx: Transaction<Schema>,
	sources: readonly Source[],
	{ pacteId, seanceId, compteId, cible, now }: Versement
): Promise<void> {
	for (const source of sources)
		await trx
			.insertInto('versements')
			.values({
				id: newId(),
				pacte_id: pacteId,
				seance_id: seanceId,
				source_genre: source.genre,
				source_id: source.id,
				texte: source.titre,
				cible_genre: cible.genre,
				cible_id: cible.id,
				cible_section: cible.section,
				compte_id: compteId,
				created_at: now
			})
			.execute();
}
