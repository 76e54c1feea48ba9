import type { Insertable, Transaction } from 'kysely';
import type * as Y from 'yjs';
import { champsDuGenre } from '#lib/engagements/cadre.ts';
import { filledPuces, texteOf } from '#lib/fiches/fiche.ts';
import { filledLignes } from '#lib/fiches/tableau.ts';
import { asTableau, contenuOf, type Champ, type ChampEnLignes, type ChampPuces } from '#lib/pactes/modele.ts';
import type { GenreSection } from '#lib/sections/section.ts';
import type { Schema, SectionChampsTable } from '../database/schema.ts';
import { storable } from '../database/text.ts';

const ROWS_PER_INSERT = 200;

type Ligne = Pick<Insertable<SectionChampsTable>, 'cle' | 'texte' | 'retrait' | 'cellules'>;

/** The rows of the frame that a section of this genre has beside its prose: one per bullet, per row, per text. */
export async function projectChamps(
	trx: Transaction<Schema>,
	doc: Y.Doc,
	section: { id: string; pacteId: string; genre: GenreSection }
): Promise<void> {
	const rows = champsDuGenre(section.genre).flatMap((champ) =>
		lignesOf(doc, champ).map((ligne, ordre) => ({
			section_id: section.id,
			pacte_id: section.pacteId,
			champ: champ.id,
			ordre,
			...ligne
		}))
	);
	await trx.deleteFrom('section_champs').where('section_id', '=', section.id).execute();
	for (let start = 0; start < rows.length; start += ROWS_PER_INSERT)
		await trx
			.insertInto('section_champs')
			.values(rows.slice(start, start + ROWS_PER_INSERT))
			.execute();
}

function lignesOf(doc: Y.Doc, champ: Champ): Ligne[] {
	const contenu = contenuOf(champ);
	switch (contenu) {
		case 'puces':
			return filledPuces(doc, champ as ChampPuces).map(({ id, texte, retrait }) => ({
				cle: storable(id),
				texte: storable(texte),
				retrait,
				cellules: null
			}));
		case 'lignes':
			return filledLignes(doc, asTableau(champ as ChampEnLignes)).map(({ id, valeurs }) => ({
				cle: storable(id),
				texte: storable(Object.values(valeurs).filter(Boolean).join(' · ')),
				retrait: 0,
				cellules: storable(JSON.stringify(valeurs))
			}));
		case 'texte': {
			const texte = texteOf(doc, champ.id)?.toString() ?? '';
			return texte.trim() === '' ? [] : [{ cle: '', texte: storable(texte), retrait: 0, cellules: null }];
		}
		case 'organismes':
		case 'schemas':
			return []; // No frame has one yet.
		default:
			return contenu satisfies never;
	}
}
