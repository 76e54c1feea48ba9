import type { OpenDocument } from './open-document.ts';
import { newsOf, readUpdate, type UpdateContent } from './update.ts';

export type Admission =
	| {
			accepted: true;
			/** What is new in the update; null when everything in it is durable already. */
			news: Uint8Array | null;
			/** Client ids that nobody had brought to this document before. */
			newClients: number[];
	  }
	| { accepted: false; reason: string };

/** The reasons of a refusal, for the person whose text it was. */
export const REFUSALS = {
	tooLarge: 'Cette modification est trop grande pour être enregistrée.',
	malformed: 'Cette modification est illisible et n’a pas été enregistrée.'
} as const;

/** Also the bound of a whole frame: what a first sync after a long absence may weigh. */
export const LARGEST_UPDATE = 1024 * 1024;

/** Judges incoming content before Yjs applies it anywhere: the only way in, for updates and answers to our sync alike. */
export function admit(open: OpenDocument, update: Uint8Array): Admission {
	if (update.length > LARGEST_UPDATE) return { accepted: false, reason: REFUSALS.tooLarge };
	let content: UpdateContent;
	try {
		content = readUpdate(update);
	} catch {
		return { accepted: false, reason: REFUSALS.malformed };
	}
	const newClients = new Set<number>();
	for (const { client } of content.written) if (!open.owners.has(client)) newClients.add(client);
	return { accepted: true, news: newsOf(open.document, update, content), newClients: [...newClients] };
}
