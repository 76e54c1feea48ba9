import { sql } from 'kysely';
import { extraitOf, occurrencesOf } from '#lib/remplacer/chercher.ts';
import type { Demande, Trouvaille } from '#lib/remplacer/remplacer.ts';
import type { Queryable } from '../database/open.ts';
import type { GesteDeTexte } from '../operations/rows.ts';
import {
	colonneOf,
	motsDansJson,
	TEXTES,
	type ColonneDeTexte,
	type MotsSitues,
	type Rangee,
	type TableDeTextes,
	type TextesDeTable
} from '../operations/textes-de-tables.ts';
import { LIGNE_MAX } from '../parties/change.ts';
import { saidWith } from './lieux.ts';

/** Words that a row holds. */
export interface TexteDeRangee extends Pick<GesteDeTexte, 'table' | 'cle' | 'colonne' | 'chemin'> {
	texte: string;
	nom: string;
	href: string;
	/** What the other rows say there, when no two of them may say the same. */
	pris: ReadonlySet<string> | null;
}

/** The words of the rows of a pacte. */
export async function listTextes(db: Queryable, pacteId: string): Promise<TexteDeRangee[]> {
	const textes: TexteDeRangee[] = [];
	for (const table of Object.keys(TEXTES) as TableDeTextes[]) textes.push(...(await textesOf(db, pacteId, table)));
	return textes;
}

async function textesOf(db: Queryable, pacteId: string, table: TableDeTextes): Promise<TexteDeRangee[]> {
	const { from, pacte, nom, sauf, cle, colonnes, page }: TextesDeTable = TEXTES[table];
	const { rows } = await sql<Rangee>`
		select ${sql.table(table)}.*, ${nom} as "_nom" from ${from ?? sql.table(table)}
		where ${pacte ?? sql`pacte_id`} = ${pacteId} ${sauf ? sql`and not (${sauf})` : sql``}`.execute(db);
	return Object.keys(colonnes).flatMap((colonne) => {
		const known = colonneOf(table, colonne) as ColonneDeTexte;
		const keys = known.cle && rows.map((row) => String(row[known.cle?.colonne ?? '']));
		return rows.flatMap((row, i) =>
			motsOf(String(row[colonne] ?? ''), known).map(({ texte, chemin }) => ({
				table,
				cle: Object.fromEntries(cle.map((name) => [name, row[name] as string | number])),
				colonne,
				...(chemin && { chemin }),
				texte,
				nom: [String(row._nom), known.nom].filter(Boolean).join(' · '),
				href: `/pactes/${pacteId}${page(row)}`,
				pris: keys ? new Set(keys.filter((_, other) => other !== i)) : null
			}))
		);
	});
}

function motsOf(texte: string, { mots }: ColonneDeTexte): (Pick<MotsSitues, 'texte'> & { chemin?: string[] })[] {
	if (!mots) return [{ texte }];
	return texte === '' ? [] : motsDansJson(JSON.parse(texte), mots);
}

export function findInTexte(texte: TexteDeRangee, demande: Demande): Trouvaille[] {
	const occurrences = occurrencesOf(texte.texte, demande.cherche, demande);
	const verrou =
		occurrences.length === 0 ? null : verrouOf(texte, saidWith(texte.texte, occurrences, demande.remplace));
	return occurrences.map((occurrence, n) => ({
		...extraitOf(texte.texte, occurrence),
		cle: cleOf(texte, n),
		partie: TEXTES[texte.table].partie,
		ou: texte.nom,
		href: texte.href,
		verrou
	}));
}

function cleOf({ table, cle, colonne, chemin = [] }: TexteDeRangee, n: number): string {
	return [table, Object.values(cle).join('.'), [colonne, ...chemin].join('/'), n].join('~');
}

/** Why it may not say that; null: it may. */
function verrouOf({ table, colonne, pris }: TexteDeRangee, apres: string): string | null {
	const known = colonneOf(table, colonne) as ColonneDeTexte;
	if (known.requis && apres.trim() === '') return 'Ce texte ne peut pas rester vide.';
	const max = known.max ?? LIGNE_MAX;
	if (apres.length > max) return `Ce texte aurait plus de ${max} caractères.`;
	if (known.cle && pris?.has(known.cle.de(apres))) return `«\u00a0${apres}\u00a0» existe déjà.`;
	return null;
}

/** What puts other words in the chosen places of a row that still says it; null: nothing does. */
export function replacedIn(
	texte: TexteDeRangee,
	demande: Demande,
	cles: ReadonlySet<string>
): { geste: GesteDeTexte; count: number } | null {
	const { table, cle, colonne, chemin, texte: avant } = texte;
	const chosen = occurrencesOf(avant, demande.cherche, demande).filter((_, n) => cles.has(cleOf(texte, n)));
	const apres = saidWith(avant, chosen, demande.remplace);
	if (apres === avant || verrouOf(texte, apres)) return null;
	return {
		geste: { nature: 'rangee', table, cle, colonne, ...(chemin && { chemin }), avant, apres },
		count: chosen.length
	};
}
