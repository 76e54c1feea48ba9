import type { Modele } from '#lib/pactes/modele.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import { DomainError } from '../errors.ts';
import { changeAndTell, type PartieAct } from '../parties/change.ts';
import { canPlanSections } from '#lib/documents/rights.ts';
import { FICHE_ABSENTE } from './fiches.ts';

/** The forms of the fiches that have one of their own, by fiche. */
export async function readVariantes(db: Queryable, pacteId: string): Promise<Map<string, string>> {
	const rows = await db
		.selectFrom('fiches')
		.select(['id', 'variante'])
		.where('pacte_id', '=', pacteId)
		.where('variante', 'is not', null)
		.execute();
	return new Map(rows.map(({ id, variante }) => [id, variante as string]));
}

const RESERVE = 'Seule l’équipe projet choisit la forme d’une fiche. Demandez-le-lui.';

/** Gives a fiche one of the forms of its model; null: that of the others. What the form leaves out is kept in the fiche. */
export async function setVariante(
	app: App,
	act: PartieAct,
	{ fiche, variante }: { fiche: string; variante: string | null }
): Promise<void> {
	const right = { allows: canPlanSections, refus: RESERVE, tells: { type: 'variantes' as const } };
	await changeAndTell(app, act, right, async (trx) => {
		if (variante !== null) await requireVariante(trx, act.pacteId, variante);
		const { numUpdatedRows } = await trx
			.updateTable('fiches')
			.set({ variante })
			.where('id', '=', fiche)
			.where('pacte_id', '=', act.pacteId)
			.executeTakeFirst();
		if (numUpdatedRows === 0n) throw new DomainError('introuvable', FICHE_ABSENTE);
		return { result: undefined, acte: 'fiche_variante', detail: { fiche, variante } };
	});
}

async function requireVariante(db: Queryable, pacteId: string, variante: string): Promise<void> {
	const { modele } = await db.selectFrom('pactes').select('modele').where('id', '=', pacteId).executeTakeFirstOrThrow();
	const known = (JSON.parse(modele) as Modele).variantes ?? [];
	if (!known.some(({ id }) => id === variante))
		throw new DomainError('invalide', 'Cette forme n’est plus dans le modèle du pacte. Rechargez la page.');
}
