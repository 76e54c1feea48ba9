import { parseDocumentName } from '#lib/documents/document.ts';
import { isFilled } from '#lib/fiches/completeness.ts';
import type { FicheListee } from '#lib/fiches/liste.ts';
import type { Periode } from '#lib/fiches/echeance.ts';
import { foldNom } from '#lib/organismes/fold.ts';
import { champsOfVariante, type Modele } from '#lib/pactes/modele.ts';
import type { Queryable } from '../database/open.ts';
import { listOrganismes } from '../organismes/organismes.ts';
import { readFiches } from './fiches.ts';
import { readSynthese } from './synthese.ts';
import { readVariantes } from './variante.ts';

/** The placed fiches of a pacte, in the order of the tree, with what they are to someone. */
export async function listFiches(
	db: Queryable,
	pacte: { id: string; modele: Modele } & Periode,
	compte: { id: string; organisme: string }
): Promise<FicheListee[]> {
	const { lignes } = await readSynthese(db, pacte);
	const valeurs = await readFiches(db, pacte.id, pacte.modele);
	const variantes = await readVariantes(db, pacte.id);
	const written = await lastWrites(db, pacte.id, compte.id);
	const own = await ownOrganismes(db, pacte.id, compte);
	return lignes.map(({ id, code, titre, axe, pilotes, echeance, completude }) => ({
		id,
		code,
		titre,
		axe,
		pilotes,
		echeance,
		remplis: completude.remplis,
		total: completude.total,
		vides: champsOfVariante(pacte.modele, variantes.get(id) ?? null)
			.filter((champ) => !isFilled(valeurs.get(id)?.[champ.id]))
			.map((champ) => champ.id),
		ecrite: written.get(id) ?? null,
		mienne: pilotes.organismes.some((organisme) => own.has(organisme.id))
	}));
}

/** When someone last wrote in each fiche: from the log, or from what stays of it when it is compacted. */
async function lastWrites(db: Queryable, pacteId: string, compteId: string): Promise<Map<string, number>> {
	const latest = new Map<string, number>();
	for (const table of ['mises_a_jour', 'ecritures'] as const) {
		const rows = await db
			.selectFrom(table)
			.innerJoin('documents', 'documents.name', `${table}.document`)
			.select(({ fn }) => ['document', fn.max(`${table}.created_at`).as('at')])
			.where('documents.pacte_id', '=', pacteId)
			.where('documents.kind', '=', 'fiche')
			.where(`${table}.compte_id`, '=', compteId)
			.groupBy('document')
			.execute();
		for (const { document, at } of rows) {
			const id = parseDocumentName(document)?.id ?? '';
			latest.set(id, Math.max(latest.get(id) ?? 0, Number(at)));
		}
	}
	return latest;
}

/** For whom someone acts: as the équipe projet said it, or as their account does. */
async function ownOrganismes(
	db: Queryable,
	pacteId: string,
	compte: { id: string; organisme: string }
): Promise<Set<string>> {
	const part = await db
		.selectFrom('participations')
		.select('organisme_id')
		.where('pacte_id', '=', pacteId)
		.where('compte_id', '=', compte.id)
		.executeTakeFirst();
	const called = foldNom(compte.organisme);
	const named = (await listOrganismes(db, pacteId)).filter(
		({ nom, alias }) => called !== '' && [nom, ...alias].some((each) => foldNom(each) === called)
	);
	return new Set([...(part?.organisme_id ? [part.organisme_id] : []), ...named.map(({ id }) => id)]);
}
