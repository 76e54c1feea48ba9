import { sql, type Selectable, type Transaction } from 'kysely';
import type { App } from '../app.ts';
import type { OrganismesTable, Schema } from '../database/schema.ts';
import { DomainError } from '../errors.ts';
import { indexSource } from '../recherche/index-writer.ts';

export interface LienDOrganisme {
	/** What makes a row the one that it is, beside the organisme. */
	cle: readonly string[];
	/** An organisme is there once: two rows that would be alike become one. */
	seul?: true;
}

/** Every place of the database that names an organisme. `fiche_organismes` is derived from the fiches, and follows them. */
export const LIENS_D_ORGANISME = {
	signataires: { cle: ['id'] },
	engagements: { cle: ['pacte_id', 'rang'] },
	sections: { cle: ['id'] },
	section_porteurs: { cle: ['section_id'], seul: true },
	instance_membres: { cle: ['instance_id'], seul: true },
	fse_dispositifs: { cle: ['id'] },
	intermediaires: { cle: ['pacte_id'], seul: true },
	participations: { cle: ['pacte_id', 'compte_id'] },
	seance_presences: { cle: ['seance_id', 'rang'] },
	sieges: { cle: ['id'] }
} as const satisfies Record<string, LienDOrganisme>;
export type TableLiee = keyof typeof LIENS_D_ORGANISME;

/** Two organismes that were made one, whole: enough to make two of them again. */
export interface GesteDeReunion {
	nature: 'reunion';
	garde: string;
	absorbe: Selectable<OrganismesTable>;
	/** The other names that came with it, folded. */
	alias: string[];
	/** Rows that led to it. */
	liens: { table: TableLiee; cle: Ligne }[];
	/** Rows that went, because another said the same. */
	retires: { table: TableLiee; ligne: Ligne }[];
	/** What the organisme intermédiaire that stays said, when both were one. */
	perimetre: { avant: string; apres: string } | null;
}
export type Ligne = Record<string, string | number | null>;

/** Makes two organismes again of those that were joined: each link that nobody has changed since leads where it led. */
export async function separerOrganismes(
	trx: Transaction<Schema>,
	pacteId: string,
	{ garde, absorbe, alias, liens, retires, perimetre }: GesteDeReunion
): Promise<{ repris: number; laisses: number }> {
	await takeNamesBack(trx, pacteId, { garde, absorbe, alias });
	if (perimetre)
		await trx
			.updateTable('intermediaires')
			.set({ perimetre: perimetre.avant })
			.where('organisme_id', '=', garde)
			.where('perimetre', '=', perimetre.apres)
			.execute();
	let repris = 1;
	for (const { table, cle } of liens) if (await turnRow(trx, table, cle, { de: garde, vers: absorbe.id })) repris++;
	for (const { table, ligne } of retires) if (await putRowBack(trx, table, ligne, garde)) repris++;
	await indexSource(trx, pacteId, 'organismes');
	return { repris, laisses: 1 + liens.length + retires.length - repris };
}

async function takeNamesBack(
	trx: Transaction<Schema>,
	pacteId: string,
	{ garde, absorbe, alias }: Pick<GesteDeReunion, 'garde' | 'absorbe' | 'alias'>
): Promise<void> {
	const quoted = `«\u00a0${absorbe.nom}\u00a0»`;
	if (!(await isThere(trx, 'organismes', { id: garde, pacte_id: pacteId })))
		throw new DomainError(
			'conflit',
			`Celui auquel ${quoted} a été réuni a été réuni à un autre depuis\u00a0: annulez d’abord cette réunion-là.`
		);
	const ofGarde = (folded: string) => ({ pacte_id: pacteId, organisme_id: garde, nom_plie: folded });
	await sql`delete from organisme_alias where ${isRow(ofGarde(absorbe.nom_plie))}`.execute(trx);
	for (const table of ['organismes', 'organisme_alias'] as const)
		if (await isThere(trx, table, { pacte_id: pacteId, nom_plie: absorbe.nom_plie }))
			throw new DomainError(
				'conflit',
				`${quoted} est maintenant le nom d’un autre organisme\u00a0: renommez-le d’abord.`
			);
	await trx.insertInto('organismes').values(absorbe).execute();
	for (const folded of alias)
		await sql`update organisme_alias set organisme_id = ${absorbe.id} where ${isRow(ofGarde(folded))}`.execute(trx);
}

/** A row that said the same as another comes back if that other is there still. */
async function putRowBack(trx: Transaction<Schema>, table: TableLiee, ligne: Ligne, garde: string): Promise<boolean> {
	const cle = Object.fromEntries(LIENS_D_ORGANISME[table].cle.map((name) => [name, ligne[name] ?? null]));
	if (!(await isThere(trx, table, { ...cle, organisme_id: garde }))) return false;
	const names = Object.keys(ligne).map((name) => sql.ref(name));
	await sql`insert into ${sql.table(table)} (${sql.join(names)}) values (${sql.join(Object.values(ligne))})`.execute(
		trx
	);
	return true;
}

export async function turnRow(
	trx: Transaction<Schema>,
	table: TableLiee,
	cle: Ligne,
	{ de, vers }: { de: string; vers: string }
): Promise<boolean> {
	const { numAffectedRows } = await sql`update ${sql.table(table)} set organisme_id = ${vers}
		where ${isRow({ ...cle, organisme_id: de })}`.execute(trx);
	return Number(numAffectedRows ?? 0) > 0;
}

export async function isThere(trx: Transaction<Schema>, table: string, ligne: Ligne): Promise<boolean> {
	const { rows } = await sql`select 1 from ${sql.table(table)} where ${isRow(ligne)}`.execute(trx);
	return rows.length > 0;
}

export function isRow(ligne: Ligne) {
	return sql.join(
		Object.entries(ligne).map(([name, value]) => sql`${sql.ref(name)} = ${value}`),
		sql` and `
	);
}

/** Those who look at what may name an organisme, and whose rights may hang on it. */
export async function tellAll({ collaboration }: App, pacteId: string): Promise<void> {
	for (const type of ['organismes', 'parties', 'sections', 'seances'] as const)
		collaboration.flux.publish(pacteId, { type });
	await collaboration.refreshRights();
}
