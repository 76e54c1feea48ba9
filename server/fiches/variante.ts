import { FORME_COURANTE } from '#lib/fiches/ensemble.ts';
import { counted } from '#lib/format.ts';
import type { Modele } from '#lib/pactes/modele.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import { DomainError } from '../errors.ts';
import { Operation } from '../operations/operations.ts';
import type { GesteDeForme } from '../operations/rows.ts';
import { beginAct, type Acteur, type Droit } from '../pactes/act.ts';
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

const CHOISIR: Droit = {
	allows: canPlanSections,
	refus: 'Seule l’équipe projet choisit la forme d’une fiche. Demandez-le-lui.'
};

/** Gives a fiche one of the forms of its model; null: that of the others. What the form leaves out is kept in the fiche. */
export async function setVariante(
	app: App,
	act: PartieAct,
	{ fiche, variante }: { fiche: string; variante: string | null }
): Promise<void> {
	await changeAndTell(app, act, { ...CHOISIR, tells: { type: 'variantes' } }, async (trx) => {
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

/** Gives one form to several fiches, as one act that is taken back in one gesture. */
export async function setVariantes(
	app: App,
	acteur: Acteur,
	{ fiches, variante }: { fiches: readonly string[]; variante: string | null }
): Promise<{ operation: string; faits: number }> {
	const { pacteId } = acteur;
	const operation = await Operation.begin(app, acteur, 'forme', 'Forme de la fiche');
	let nom = FORME_COURANTE;
	try {
		await app.db.transaction().execute(async (trx) => {
			await beginAct(trx, acteur, CHOISIR);
			if (variante !== null) nom = await requireVariante(trx, pacteId, variante);
			const gestes = await changeForms(trx, pacteId, { fiches, variante });
			await operation.note(gestes.length, gestes, trx);
		});
	} finally {
		await operation.end(`Forme de la fiche\u00a0: «\u00a0${nom}\u00a0» dans ${counted(operation.faits, 'fiche')}`);
	}
	app.collaboration.flux.publish(pacteId, { type: 'variantes' });
	return { operation: operation.id, faits: operation.faits };
}

async function changeForms(
	trx: Queryable,
	pacteId: string,
	{ fiches, variante }: { fiches: readonly string[]; variante: string | null }
): Promise<GesteDeForme[]> {
	if (fiches.length === 0) throw new DomainError('invalide', 'Choisissez au moins une fiche.');
	const rows = await trx
		.selectFrom('fiches')
		.select(['id', 'variante'])
		.where('pacte_id', '=', pacteId)
		.where('id', 'in', [...fiches])
		.where('corbeille_at', 'is', null)
		.execute();
	const gestes = rows
		.filter((row) => row.variante !== variante)
		.map((row): GesteDeForme => ({ nature: 'forme', fiche: row.id, avant: row.variante, apres: variante }));
	for (const { fiche } of gestes) await trx.updateTable('fiches').set({ variante }).where('id', '=', fiche).execute();
	return gestes;
}

async function requireVariante(db: Queryable, pacteId: string, variante: string): Promise<string> {
	const { modele } = await db.selectFrom('pactes').select('modele').where('id', '=', pacteId).executeTakeFirstOrThrow();
	const known = (JSON.parse(modele) as Modele).variantes ?? [];
	const found = known.find(({ id }) => id === variante);
	if (!found) throw new DomainError('invalide', 'Cette forme n’est plus dans le modèle du pacte. Rechargez la page.');
	return found.nom;
}
