import { sql, type Insertable, type Transaction } from 'kysely';
import { motsOf } from '#lib/recherche/mots.ts';
import type { RechercheFormesTable, RechercheMotsTable, Schema } from '../database/schema.ts';
import { storable } from '../database/text.ts';
import type { Passage } from './source.ts';
import { SOURCES, type NomDeSource } from './sources.ts';

/** Changes when what is kept of a text does: every pacte is then indexed again. */
export const VERSION_INDEX = 1;

/** A word said again and again in one passage counts a little more, not each time. */
const REPETITIONS = 3;
const ROWS_PER_STATEMENT = 500;

export interface IndexOptions {
	/** Trusts nothing of what is there. */
	fresh?: boolean;
}

/** Brings the index of one text up to its rows. In the transaction that wrote them, and last in it. */
export async function indexSource(
	trx: Transaction<Schema>,
	pacteId: string,
	nom: NomDeSource,
	id = '',
	{ fresh = false }: IndexOptions = {}
): Promise<void> {
	await holdIndex(trx, pacteId);
	const source = `${nom}.${id}`;
	if (fresh) await removeSource(trx, pacteId, source);
	const after = (await SOURCES[nom].passages(trx, pacteId, id)).map((passage) => ({
		...passage,
		texte: storable(passage.texte)
	}));
	const before = await readSource(trx, pacteId, source);
	await new Writing(trx, pacteId, source).replace(before, after);
}

/** What the text had is found no more: it is gone. */
export async function forgetSource(
	trx: Transaction<Schema>,
	pacteId: string,
	nom: NomDeSource,
	id = ''
): Promise<void> {
	await holdIndex(trx, pacteId);
	const source = `${nom}.${id}`;
	await new Writing(trx, pacteId, source).replace(await readSource(trx, pacteId, source), []);
}

/** A pacte made here a moment ago: whoever indexed all its texts says so. */
export async function markIndexed(trx: Transaction<Schema>, pacteId: string): Promise<void> {
	await trx
		.insertInto('recherche_etat')
		.values({ pacte_id: pacteId, version: VERSION_INDEX })
		.onConflict((conflict) => conflict.column('pacte_id').doUpdateSet({ version: VERSION_INDEX }))
		.execute();
}

/** Two writers of one index take their turns, so that neither waits for a word that the other holds. */
async function holdIndex(trx: Transaction<Schema>, pacteId: string): Promise<void> {
	await trx
		.insertInto('recherche_etat')
		.values({ pacte_id: pacteId, version: 0 })
		.onConflict((conflict) =>
			conflict.column('pacte_id').doUpdateSet((eb) => ({ version: eb.ref('recherche_etat.version') }))
		)
		.execute();
}

interface Kept extends Passage {
	id: number;
}

function readSource(trx: Transaction<Schema>, pacteId: string, source: string): Promise<Kept[]> {
	return trx
		.selectFrom('recherche_textes')
		.select(['id', 'kind', 'objet', 'ancre', 'rang', 'poids', 'texte'])
		.where('pacte_id', '=', pacteId)
		.where('source', '=', source)
		.orderBy('rang')
		.orderBy('id')
		.execute();
}

async function removeSource(trx: Transaction<Schema>, pacteId: string, source: string): Promise<void> {
	await trx.deleteFrom('recherche_textes').where('pacte_id', '=', pacteId).where('source', '=', source).execute();
}

/** One text's part of the index, from what was to what is. Only the difference is written. */
class Writing {
	readonly #trx: Transaction<Schema>;
	readonly #pacteId: string;
	readonly #source: string;
	readonly #mots: Insertable<RechercheMotsTable>[] = [];
	readonly #formes = new Map<string, Insertable<RechercheFormesTable>>();
	/** Stems that a passage had and has no more. */
	readonly #left = new Set<string>();

	constructor(trx: Transaction<Schema>, pacteId: string, source: string) {
		this.#trx = trx;
		this.#pacteId = pacteId;
		this.#source = source;
	}

	async replace(before: readonly Kept[], after: readonly Passage[]): Promise<void> {
		const { moved, removed, added } = compare(before, after);
		await this.#move(moved);
		// What was changed in place keeps its row: of its words, only those that came or went are written.
		const changed = removed.splice(0, Math.min(removed.length, added.length));
		for (const kept of changed) await this.#change(kept, added.shift() as Passage);
		await this.#remove(removed);
		await this.#add(added);
		await this.#writeMots();
		await this.#forgetFormes();
	}

	async #move(moved: ReadonlyMap<number, number[]>): Promise<void> {
		for (const [delta, ids] of moved)
			for (const slice of slices(ids))
				await this.#trx
					.updateTable('recherche_textes')
					.set((eb) => ({ rang: eb('rang', '+', delta) }))
					.where('id', 'in', slice)
					.execute();
	}

	async #change(kept: Kept, passage: Passage): Promise<void> {
		const { kind, objet, ancre, rang, poids, texte } = passage;
		await this.#trx
			.updateTable('recherche_textes')
			.set({ kind, objet, ancre, rang, poids, texte })
			.where('id', '=', kept.id)
			.execute();
		const had = weightsOf(kept);
		const has = weightsOf(passage);
		const gone = [...had.keys()].filter((mot) => had.get(mot) !== has.get(mot));
		for (const slice of slices(gone))
			await this.#trx
				.deleteFrom('recherche_mots')
				.where('pacte_id', '=', this.#pacteId)
				.where('texte_id', '=', kept.id)
				.where('mot', 'in', slice)
				.execute();
		for (const mot of gone) if (!has.has(mot)) this.#left.add(mot);
		for (const [mot, weight] of has) if (had.get(mot) !== weight) this.#gain(kept.id, mot, weight);
		this.#spell(passage, kept.texte);
	}

	async #remove(removed: readonly Kept[]): Promise<void> {
		for (const slice of slices(removed.map(({ id }) => id))) {
			await this.#trx.deleteFrom('recherche_mots').where('texte_id', 'in', slice).execute();
			await this.#trx.deleteFrom('recherche_textes').where('id', 'in', slice).execute();
		}
		for (const kept of removed) for (const mot of weightsOf(kept).keys()) this.#left.add(mot);
	}

	async #add(added: readonly Passage[]): Promise<void> {
		for (const slice of slices(added, 100)) {
			const rows = await this.#trx
				.insertInto('recherche_textes')
				.values(slice.map((passage) => ({ ...passage, pacte_id: this.#pacteId, source: this.#source })))
				.returning('id')
				.execute();
			// Engines do not promise the order of what they return; numbers are given in the order of the values.
			const ids = rows.map(({ id }) => id).sort((a, b) => a - b);
			slice.forEach((passage, i) => {
				for (const [mot, weight] of weightsOf(passage)) this.#gain(ids[i] as number, mot, weight);
				this.#spell(passage);
			});
		}
	}

	#gain(texte_id: number, mot: string, poids: number): void {
		this.#mots.push({ pacte_id: this.#pacteId, mot, texte_id, poids });
	}

	/** `before`: what the passage said, whose spellings are known already. */
	#spell({ texte }: Passage, before = ''): void {
		const known = new Set(before === '' ? [] : motsOf(before).map(({ forme }) => forme));
		for (const { forme, racine, ecrit } of motsOf(texte)) {
			if (known.has(forme)) continue;
			this.#formes.set(`${forme} ${racine}`, {
				pacte_id: this.#pacteId,
				forme,
				mot: racine,
				ecrit: ecrit.toLowerCase()
			});
		}
	}

	async #writeMots(): Promise<void> {
		for (const slice of slices(this.#mots)) await this.#trx.insertInto('recherche_mots').values(slice).execute();
		for (const slice of slices([...this.#formes.values()]))
			await this.#trx
				.insertInto('recherche_formes')
				.values(slice)
				.onConflict((conflict) => conflict.columns(['pacte_id', 'forme', 'mot']).doNothing())
				.execute();
	}

	async #forgetFormes(): Promise<void> {
		for (const slice of slices([...this.#left]))
			await this.#trx
				.deleteFrom('recherche_formes')
				.where('pacte_id', '=', this.#pacteId)
				.where('mot', 'in', slice)
				.where(({ not, exists, selectFrom }) =>
					not(
						exists(
							selectFrom('recherche_mots')
								.select(sql<number>`1`.as('one'))
								.whereRef('recherche_mots.pacte_id', '=', 'recherche_formes.pacte_id')
								.whereRef('recherche_mots.mot', '=', 'recherche_formes.mot')
						)
					)
				)
				.execute();
	}
}

interface Difference {
	/** By how much the rang of these rows changes. */
	moved: Map<number, number[]>;
	removed: Kept[];
	added: Passage[];
}

/** A passage that says the same in the same place of its object is the same, wherever it moved in the source. */
function compare(before: readonly Kept[], after: readonly Passage[]): Difference {
	const waiting = Map.groupBy(before, keyOf);
	const moved = new Map<number, number[]>();
	const added: Passage[] = [];
	for (const passage of after) {
		const kept = waiting.get(keyOf(passage))?.shift();
		if (!kept) added.push(passage);
		else if (kept.rang !== passage.rang) {
			const delta = passage.rang - kept.rang;
			const ids = moved.get(delta) ?? [];
			ids.push(kept.id);
			moved.set(delta, ids);
		}
	}
	const removed = [...waiting.values()].flat().sort((a, b) => a.rang - b.rang);
	return { moved, removed, added };
}

function keyOf({ kind, objet, ancre, poids, texte }: Passage): string {
	return JSON.stringify([kind, objet, ancre, poids, texte]);
}

/** The stems of a passage, with what finding each there is worth. */
function weightsOf({ texte, poids }: Passage): Map<string, number> {
	const counts = new Map<string, number>();
	for (const { racine } of motsOf(texte)) counts.set(racine, (counts.get(racine) ?? 0) + 1);
	for (const [racine, count] of counts) counts.set(racine, poids + Math.min(count, REPETITIONS) - 1);
	return counts;
}

function* slices<T>(items: readonly T[], size = ROWS_PER_STATEMENT): Generator<T[]> {
	for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
