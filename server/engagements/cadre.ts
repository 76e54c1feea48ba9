import { CADRE_ENGAGEMENT } from '#lib/engagements/cadre.ts';
import type { Valeurs } from '#lib/fiches/completeness.ts';
import { ligneFromRow, pucesFromRows } from '#lib/fiches/rows.ts';
import type { ValeurChamp } from '#lib/pactes/archive.ts';
import { asTableau, contenuOf, type Champ, type ChampEnLignes } from '#lib/pactes/modele.ts';
import type { Queryable } from '../database/open.ts';

interface Row {
	champ: string;
	texte: string;
	retrait: number;
	cellules: string | null;
}

/** The frame of each section of engagements, as it was last projected. */
export async function readCadres(db: Queryable, pacteId: string, sectionId?: string): Promise<Map<string, Valeurs>> {
	const rows = await db
		.selectFrom('section_champs')
		.select(['section_id', 'champ', 'texte', 'retrait', 'cellules'])
		.where('pacte_id', '=', pacteId)
		.$if(sectionId !== undefined, (query) => query.where('section_id', '=', sectionId as string))
		.orderBy('ordre')
		.execute();
	const bySection = Map.groupBy(rows, ({ section_id }) => section_id);
	return new Map([...bySection].map(([section, own]) => [section, valeursOf(own)]));
}

/** A frame from its rows; empty without any. */
export function valeursOf(rows: readonly Row[]): Valeurs {
	const linesOf = Map.groupBy(rows, ({ champ }) => champ);
	return Object.fromEntries(CADRE_ENGAGEMENT.map((champ) => [champ.id, valeurOf(champ, linesOf.get(champ.id) ?? [])]));
}

function valeurOf(champ: Champ, lines: readonly Row[]): ValeurChamp {
	const contenu = contenuOf(champ);
	switch (contenu) {
		case 'puces':
			return pucesFromRows(lines);
		case 'lignes':
			return { lignes: lines.map(({ cellules }) => ligneFromRow(asTableau(champ as ChampEnLignes), cellules)) };
		case 'schemas':
			return { schemas: [], texte: '' };
		case 'texte':
			return { texte: lines[0]?.texte ?? '' };
		case 'organismes':
			return { organismes: [], ouverte: false, texte: '' };
		default:
			return contenu satisfies never;
	}
}
