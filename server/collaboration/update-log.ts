import type { Transaction } from 'kysely';
import * as Y from 'yjs';
import type { Range, Rescue } from '#lib/collaboration/rescue.ts';
import type { DocumentKind, DocumentName } from '#lib/documents/document.ts';
import type { Database } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import { isReadable, UnreadableState, type UnreadableRow } from './damage.ts';
import { FROM_LOG } from './open-document.ts';
import { applyRescuing } from './rescue.ts';
import { writtenIn } from './update.ts';
import { readUpdate } from './update-reader.ts';

export interface NewRow {
	document: DocumentName;
	/** null: an edit made by the server. */
	compteId: string | null;
	/** Someone else's text, brought back after a restoration. */
	recovered?: boolean;
	data: Uint8Array;
}

export interface NewClient {
	document: DocumentName;
	clientId: number;
	owner: string | null;
}

/** Makes rows durable, all or none, in one insert. A client id belongs to the first who brought it. */
export function appendRows(db: Database, rows: NewRow[], clients: NewClient[], now: number) {
	if (clients.length === 0) return insertRows(db, rows, now);
	return db.transaction().execute(async (trx) => {
		await trx
			.insertInto('auteurs')
			.values(
				clients.map(({ document, clientId, owner }) => ({
					document,
					client_id: clientId,
					compte_id: owner,
					created_at: now
				}))
			)
			.onConflict((conflict) => conflict.columns(['document', 'client_id']).doNothing())
			.execute();
		return insertRows(trx, rows, now);
	});
}

async function insertRows(db: Database | Transaction<Schema>, rows: NewRow[], now: number) {
	const inserted = await db
		.insertInto('mises_a_jour')
		.values(
			rows.map(({ document, compteId, recovered, data }) => ({
				document,
				compte_id: compteId,
				recupere: recovered ? 1 : 0,
				data,
				created_at: now
			}))
		)
		.returning(['id', 'document'])
		.execute();
	return inserted as { id: number; document: DocumentName }[];
}

/** What is stored of a document. */
export interface StoredDocument {
	kind: DocumentKind;
	pacteId: string;
	snapshot: Uint8Array | null;
	/** The log's rows that may come after the snapshot. */
	rows: { id: number; data: Uint8Array }[];
	/** Rows of the log that are no updates. */
	unreadable: UnreadableRow[];
}

/**
 * Reads what is stored of a document; null when there is none. The log is read before the snapshot: a compaction in
 * between then gives rows twice, which is harmless, where the other order would lose them.
 */
export async function readStored(db: Database, name: DocumentName): Promise<StoredDocument | null> {
	const rows = await db
		.selectFrom('mises_a_jour')
		.select(['id', 'compte_id as compteId', 'data'])
		.where('document', '=', name)
		.orderBy('id')
		.execute();
	const document = await db
		.selectFrom('documents')
		.select(['kind', 'pacte_id as pacteId', 'snapshot'])
		.where('name', '=', name)
		.executeTakeFirst();
	if (!document) return null;
	const { readable = [], unreadable = [] } = Object.groupBy(rows, ({ data }) =>
		isReadable(data) ? 'readable' : 'unreadable'
	);
	return { ...document, rows: readable, unreadable };
}

/**
 * Applies a stored document, its log in one transaction of Yjs: several times faster than row by row. Gives the text that
 * was lost in doing so: after a crash it may not have been stored apart.
 */
export function applyStored(doc: Y.Doc, { snapshot, rows }: StoredDocument): Rescue[] {
	try {
		if (snapshot) Y.applyUpdate(doc, snapshot, FROM_LOG);
		return rows.length === 0
			? []
			: applyRescuing(
					doc,
					rows.map(({ data }) => data)
				);
	} catch (error) {
		throw new UnreadableState('The stored state cannot be applied', { cause: error });
	}
}

/** The client ids of a document, each with its owner. */
export async function readOwners(db: Database, name: DocumentName): Promise<Map<number, string | null>> {
	const rows = await db.selectFrom('auteurs').select(['client_id', 'compte_id']).where('document', '=', name).execute();
	return new Map(rows.map(({ client_id, compte_id }) => [client_id, compte_id]));
}

/** A snapshot, and exactly the rows that it contains. */
export interface Compaction {
	name: DocumentName;
	snapshot: Uint8Array;
	rows: number[];
	writings: Writing[];
}

/** Who wrote or deleted what: ranges without content, which stay when the rows go. */
export interface Writing extends Range {
	compteId: string | null;
	nature: 'ecrit' | 'recupere' | 'efface';
}

const IDS_PER_QUERY = 500;

/** Prepares a snapshot of what the document holds now, made of these rows and of the snapshot before. */
export async function prepareCompaction(
	db: Database,
	name: DocumentName,
	doc: Y.Doc,
	rows: readonly number[]
): Promise<Compaction> {
	// Taken together, before anything is awaited: the document may go on meanwhile.
	const compaction = { name, snapshot: Y.encodeStateAsUpdate(doc), rows: [...rows] };
	const content: LoggedRow[] = [];
	for (const ids of slices(compaction.rows, IDS_PER_QUERY)) {
		content.push(
			...(await db
				.selectFrom('mises_a_jour')
				.select(['compte_id', 'recupere', 'data'])
				.where('id', 'in', ids)
				.execute())
		);
	}
	return { ...compaction, writings: writingsOf(content) };
}

/** Stores a snapshot and removes the rows that it contains, in someone's transaction. */
export async function storeCompaction(trx: Transaction<Schema>, compaction: Compaction, now: number): Promise<void> {
	const { name, snapshot, rows, writings } = compaction;
	await trx.updateTable('documents').set({ snapshot }).where('name', '=', name).execute();
	for (const ids of slices(rows, IDS_PER_QUERY))
		await trx.deleteFrom('mises_a_jour').where('document', '=', name).where('id', 'in', ids).execute();
	for (const part of slices(writings, IDS_PER_QUERY)) {
		await trx
			.insertInto('ecritures')
			.values(
				part.map(({ compteId, nature, client, from, to }) => ({
					document: name,
					compte_id: compteId,
					nature,
					client_id: client,
					debut: from,
					fin: to,
					created_at: now
				}))
			)
			.execute();
	}
}

interface LoggedRow {
	compte_id: string | null;
	recupere: 0 | 1;
	data: Uint8Array;
}

/** Reads who wrote and who deleted what in rows of the log; neighbouring ranges are joined. */
function writingsOf(rows: readonly LoggedRow[]): Writing[] {
	const writings: Writing[] = [];
	for (const { compte_id: compteId, recupere, data } of rows) {
		const content = readUpdate(data);
		for (const range of writtenIn(content))
			writings.push({ ...range, compteId, nature: recupere ? 'recupere' : 'ecrit' });
		for (const range of content.deleted) writings.push({ ...range, compteId, nature: 'efface' });
	}
	return joined(writings);
}

function joined(writings: readonly Writing[]): Writing[] {
	const result: Writing[] = [];
	const groups = Map.groupBy(writings, ({ compteId, nature, client }) => `${nature} ${client} ${compteId ?? ''}`);
	for (const group of groups.values()) {
		let last: Writing | undefined;
		for (const writing of group.toSorted((a, b) => a.from - b.from)) {
			if (last && writing.from <= last.to) last.to = Math.max(last.to, writing.to);
			else result.push((last = { ...writing }));
		}
	}
	return result;
}

function* slices<T>(items: readonly T[], size: number): Generator<T[]> {
	for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
