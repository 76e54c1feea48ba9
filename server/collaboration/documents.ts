import type { Transaction } from 'kysely';
import * as Y from 'yjs';
import type { DocumentKind, DocumentName } from '#lib/documents/document.ts';
import type { Schema } from '../database/schema.ts';

export interface NewDocument {
	name: DocumentName;
	kind: DocumentKind;
	pacteId: string;
	/** Version of the document's shape. */
	shape: number;
	/** Its first content. */
	doc: Y.Doc;
	now: number;
}

/**
 * The birth of a live document: its row and first snapshot, in someone's transaction. Whoever calls it also projects it
 * in the same transaction, so that what is derived from the document exists as soon as the document does.
 */
export async function insertDocument(trx: Transaction<Schema>, document: NewDocument): Promise<void> {
	const { name, kind, pacteId, shape, doc, now } = document;
	await trx
		.insertInto('documents')
		.values({ name, kind, pacte_id: pacteId, shape, snapshot: Y.encodeStateAsUpdate(doc), created_at: now })
		.execute();
	const clients = [...Y.decodeStateVector(Y.encodeStateVector(doc)).keys()];
	if (clients.length === 0) return;
	await trx
		.insertInto('auteurs')
		.values(clients.map((client_id) => ({ document: name, client_id, compte_id: null, created_at: now })))
		.execute();
}
