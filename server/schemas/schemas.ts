import { canWriteParties } from '#lib/documents/rights.ts';
import { foldNom } from '#lib/organismes/fold.ts';
import type { SchemaLie, SchemaLieLu } from '#lib/schemas/schema-lie.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import { DomainError } from '../errors.ts';
import { newId } from '../ids.ts';
import { requireDroit } from '../pactes/act.ts';
import { changePartie, filledLine, LECTURE, lineOf, type PartieAct } from '../parties/change.ts';

export const SANS_NOM = 'Donnez le nom du plan ou du schéma.';

/** The plans and schemas that a pacte is tied to, in their order. */
export async function listSchemas(db: Queryable, pacteId: string): Promise<SchemaLieLu[]> {
	return db
		.selectFrom('schemas_lies')
		.select(['id', 'intitule', 'dans', 'precision'])
		.where('pacte_id', '=', pacteId)
		.orderBy('rang')
		.orderBy('id')
		.execute();
}

/** Ties the pacte to one more. Gives its id. */
export async function addSchema(app: App, act: PartieAct, schema: SchemaLie): Promise<string> {
	return changePartie(app, act, async (trx) => {
		const clean = cleaned(schema);
		const known = await listSchemas(trx, act.pacteId);
		if (known.some(({ intitule }) => intitule === clean.intitule))
			throw new DomainError('conflit', `« ${clean.intitule} » est déjà dans la liste.`);
		const id = newId();
		await insertSchemas(trx, act.pacteId, [{ id, ...clean }], app.now(), known.length);
		return { result: id, acte: 'schema_lie', detail: { intitule: clean.intitule } };
	});
}

/** The one of that name; tied to the pacte if it was not. */
export async function nameSchema(app: App, act: PartieAct, intitule: string): Promise<SchemaLieLu> {
	const clean = filledLine(intitule, SANS_NOM);
	await requireDroit(app.db, act, { allows: canWriteParties, refus: LECTURE });
	const all = await listSchemas(app.db, act.pacteId);
	const known = all.find((schema) => foldNom(schema.intitule) === foldNom(clean));
	if (known) return known;
	const id = await addSchema(app, act, { intitule: clean, dans: '', precision: '' });
	return { id, intitule: clean, dans: '', precision: '' };
}

export async function changeSchema(app: App, act: PartieAct, schema: SchemaLieLu): Promise<void> {
	await changePartie(app, act, async (trx) => {
		const { id, ...rest } = schema;
		const clean = cleaned(rest);
		const { numUpdatedRows } = await trx
			.updateTable('schemas_lies')
			.set(clean)
			.where('id', '=', id)
			.where('pacte_id', '=', act.pacteId)
			.executeTakeFirst();
		if (numUpdatedRows === 0n) throw new DomainError('introuvable', 'Ce schéma n’est plus dans la liste.');
		return { result: undefined, acte: 'schema_modifie', detail: { intitule: clean.intitule } };
	});
}

export async function removeSchema(app: App, act: PartieAct, id: string): Promise<void> {
	await changePartie(app, act, async (trx) => {
		await trx.deleteFrom('schemas_lies').where('id', '=', id).where('pacte_id', '=', act.pacteId).execute();
		return { result: undefined, acte: 'schema_delie', detail: { schema: id } };
	});
}

/** Writes schemas from a place on, in someone's transaction. */
export async function insertSchemas(
	trx: Queryable,
	pacteId: string,
	schemas: readonly (SchemaLie & { id?: string })[],
	now: number,
	from = 0
): Promise<void> {
	for (const [i, { id = newId(), intitule, dans, precision }] of schemas.entries())
		await trx
			.insertInto('schemas_lies')
			.values({ id, pacte_id: pacteId, rang: from + i, intitule, dans, precision, created_at: now })
			.execute();
}

function cleaned({ intitule, dans, precision }: SchemaLie): SchemaLie {
	return {
		intitule: filledLine(intitule, SANS_NOM),
		dans: lineOf(dans),
		precision: lineOf(precision)
	};
}
