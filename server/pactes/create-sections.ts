import type { Transaction } from 'kysely';
import * as Y from 'yjs';
import { documentName } from '#lib/documents/document.ts';
import { champsDuGenre } from '#lib/engagements/cadre.ts';
import { prepareChamps } from '#lib/fiches/fiche.ts';
import { mapProse } from '#lib/editor/map-prose.ts';
import { corpsOf, writeProse } from '#lib/editor/prose.ts';
import type { ArchivePacte } from '#lib/pactes/archive.ts';
import { SHAPE_REDACTION } from '#lib/sections/section.ts';
import { insertDocument } from '../collaboration/documents.ts';
import type { Schema } from '../database/schema.ts';
import { importMap } from '../export/archive-sections.ts';
import { insertPartiesArchive } from '../parties/parties-archive.ts';
import { projectRedaction } from '../sections/redaction-projection.ts';

export interface NewSections {
	pacteId: string;
	archive: ArchivePacte;
	/** The id in this installation of what the archive calls so. */
	idOf: (local: string) => string;
	now: number;
}

/** The plan of an archive: rows, live texts and what is derived from them. */
export async function insertSections(
	trx: Transaction<Schema>,
	{ pacteId, archive, idOf, now }: NewSections
): Promise<void> {
	const orNull = (local: string | null) => (local === null ? null : idOf(local));
	const map = importMap(idOf);
	const cadreOf = (id: string) => archive.parties.cadres.find((cadre) => cadre.section === id)?.champs;
	for (const [rang, section] of archive.sections.entries()) {
		const id = idOf(section.id);
		await trx
			.insertInto('sections')
			.values({
				id,
				pacte_id: pacteId,
				parent_id: orNull(section.parent),
				rang,
				genre: section.genre,
				titre: section.titre,
				organisme_id: orNull(section.organisme),
				noeud_id: orNull(section.noeud),
				etat: section.etat,
				longueur: section.longueur,
				created_at: now,
				retiree_at: null
			})
			.execute();
		const doc = new Y.Doc();
		prepareChamps(doc, champsDuGenre(section.genre), cadreOf(section.id));
		writeProse(corpsOf(doc), mapProse(section.prose, map));
		const name = documentName('redaction', id);
		await insertDocument(trx, { name, kind: 'redaction', pacteId, shape: SHAPE_REDACTION, doc, now });
		await projectRedaction(trx, doc, { id, pacteId, modele: archive.modele, now });
		doc.destroy();
	}
	await insertPartiesArchive(trx, { pacteId, parties: archive.parties, idOf });
	for (const { constat, noeud } of archive.reponses)
		await trx
			.insertInto('constat_reponses')
			.values({ pacte_id: pacteId, constat_id: idOf(constat), noeud_id: idOf(noeud), compte_id: null, created_at: now })
			.execute();
}
