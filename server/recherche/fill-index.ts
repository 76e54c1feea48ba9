import { setImmediate } from 'node:timers/promises';
import type { Transaction } from 'kysely';
import type { Database } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import { indexSource, markIndexed, VERSION_INDEX, type IndexOptions } from './index-writer.ts';
import { SOURCES, type NomDeSource } from './sources.ts';

/** The filling of the index that begins with the process. */
export interface Remplissage {
	/** Resolves when every pacte is indexed, or when it was stopped; it never rejects. */
	done: Promise<void>;
	/** Leaves the rest for the next start, and waits for what is under way. */
	stop(): Promise<void>;
}

/** Indexes the pactes that came from an earlier version, one text at a time, while people work. */
export function fillIndex(db: Database): Remplissage {
	const stopping = new AbortController();
	const done = fill(db, stopping.signal).catch((error: unknown) => {
		if (!stopping.signal.aborted)
			console.error('Recherche : l’index n’a pas pu être rempli ; il le sera au prochain démarrage.', error);
	});
	return {
		done,
		stop: () => {
			stopping.abort();
			return done;
		}
	};
}

async function fill(db: Database, signal: AbortSignal): Promise<void> {
	const pactes = await db
		.selectFrom('pactes')
		.leftJoin('recherche_etat', 'recherche_etat.pacte_id', 'pactes.id')
		.select('pactes.id')
		.where((eb) => eb.or([eb('version', 'is', null), eb('version', '!=', VERSION_INDEX)]))
		.execute();
	for (const { id } of pactes) await indexPacte(db, id, { fresh: true }, signal);
}

/** Makes the whole index again, whatever it holds. */
export async function rebuildIndex(db: Database): Promise<void> {
	for (const { id } of await db.selectFrom('pactes').select('id').execute()) {
		await clearIndex(db, id);
		await indexPacte(db, id, {});
	}
}

const TEXTS_PER_SLICE = 200;

async function clearIndex(db: Database, pacteId: string): Promise<void> {
	await db.deleteFrom('recherche_etat').where('pacte_id', '=', pacteId).execute();
	await db.deleteFrom('recherche_formes').where('pacte_id', '=', pacteId).execute();
	for (;;) {
		const { numDeletedRows } = await db
			.deleteFrom('recherche_textes')
			.where('id', 'in', (eb) =>
				eb.selectFrom('recherche_textes').select('id').where('pacte_id', '=', pacteId).limit(TEXTS_PER_SLICE)
			)
			.executeTakeFirstOrThrow();
		if (numDeletedRows === 0n) return;
		await setImmediate();
	}
}

async function indexPacte(db: Database, pacteId: string, options: IndexOptions, signal?: AbortSignal): Promise<void> {
	for (const nom of Object.keys(SOURCES) as NomDeSource[]) {
		for (const id of await SOURCES[nom].ids(db, pacteId)) {
			if (signal?.aborted) return;
			await inPacte(db, pacteId, (trx) => indexSource(trx, pacteId, nom, id, options));
			await setImmediate();
		}
	}
	await inPacte(db, pacteId, (trx) => markIndexed(trx, pacteId));
}

/** One may be deleted meanwhile. */
async function inPacte(db: Database, pacteId: string, act: (trx: Transaction<Schema>) => Promise<void>): Promise<void> {
	await db.transaction().execute(async (trx) => {
		const pacte = await trx.selectFrom('pactes').select('id').where('id', '=', pacteId).executeTakeFirst();
		if (pacte) await act(trx);
	});
}
