import { documentName } from '#lib/documents/document.ts';
import type { Rescape } from '#lib/sections/rescape.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import { DomainError } from '../errors.ts';
import { addJournalEntry } from '../journal/journal.ts';
import { readSection, type SectionAct } from './sections.ts';

/** Text that went with a passage that someone was deleting, and that nobody has dealt with yet; the last first. */
export async function listRescapes(db: Queryable, sectionId: string): Promise<Rescape[]> {
	const rows = await db
		.selectFrom('rescapes')
		.leftJoin('comptes', 'comptes.id', 'rescapes.compte_id')
		.select(['rescapes.id', 'texte', 'nom', 'rescapes.created_at as date'])
		.where('document', '=', documentName('redaction', sectionId))
		.where('traite_at', 'is', null)
		.orderBy('rescapes.id', 'desc')
		.execute();
	return rows.map(({ id, texte, nom, date }) => ({ id: Number(id), texte, nom: nom ?? '', date }));
}

/** It is back in the text, or not needed: it is shown no more. */
export async function settleRescape(
	app: App,
	{ pacteId, by, sectionId }: SectionAct,
	rescapeId: number
): Promise<void> {
	await app.db.transaction().execute(async (trx) => {
		const section = await readSection(trx, pacteId, sectionId, by);
		if (!section.redige) throw new DomainError('interdit', 'Vous ne pouvez pas écrire dans cette section.');
		await trx
			.updateTable('rescapes')
			.set({ traite_at: app.now() })
			.where('id', '=', rescapeId)
			.where('document', '=', documentName('redaction', sectionId))
			.execute();
		const detail = { section: sectionId, rescape: rescapeId };
		await addJournalEntry(trx, { pacteId, compteId: by, acte: 'rescape_traite', detail, now: app.now() });
	});
	app.collaboration.flux.publish(pacteId, { type: 'sections' });
}
