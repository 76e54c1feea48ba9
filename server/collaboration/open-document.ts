import type { Document } from '@hocuspocus/server';
import type { Rescue } from '#lib/collaboration/rescue.ts';
import type { DocumentKind, DocumentName } from '#lib/documents/document.ts';
import type { Coming } from './ground.ts';

/** A document in memory. Its content always equals what is durable: only rows of the log are ever applied to it. */
export interface OpenDocument {
	readonly name: DocumentName;
	readonly document: Document;
	kind: DocumentKind;
	pacteId: string;
	/** Whether the load is complete. */
	ready: boolean;
	/** The log's rows that the memory holds and the stored snapshot does not. */
	rows: Set<number>;
	/** To whom each client id belongs. */
	owners: Map<number, string | null>;
	/** What was let in, on its way to the log. */
	readonly coming: Coming;
	/** Text that was lost in applying the log, and is not stored apart yet. */
	rescued: Rescue[];
	/** What it weighs: an upper estimate, and when it was last measured. */
	size: { bytes: number; measuredAt: number };
}

/** Marks what comes from the log: nothing else may change a document in memory. */
export const FROM_LOG = { source: 'local', skipStoreHooks: true } as const;
