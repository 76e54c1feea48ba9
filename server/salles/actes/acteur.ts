import type { Selectable } from 'kysely';
import type { SallesTable, SeanceTablesTable, SiegesTable } from '../../database/schema-seances.ts';
import { DomainError } from '../../errors.ts';
import type { Contexte } from '../acte.ts';

/** What acts of participants ask of the room, of their seat and of their table. */

export function requireOuverte({ etat }: Pick<Selectable<SallesTable>, 'etat'>): void {
	if (etat !== 'ouverte') throw new DomainError('conflit', 'La séance n’est plus ouverte\u00a0: rien n’a changé.');
}

export function siegeOfActeur({ trx }: Contexte, { siegeId }: { siegeId: string }): Promise<Selectable<SiegesTable>> {
	return trx.selectFrom('sieges').selectAll().where('id', '=', siegeId).executeTakeFirstOrThrow();
}

export async function tableOfActeur(
	contexte: Contexte,
	acteur: { siegeId: string }
): Promise<Selectable<SeanceTablesTable>> {
	const siege = await siegeOfActeur(contexte, acteur);
	const table = await contexte.trx
		.selectFrom('seance_tables')
		.selectAll()
		.where('seance_id', '=', contexte.seanceId)
		.where('id', '=', siege.table_id ?? '')
		.executeTakeFirst();
	if (!table) throw new DomainError('conflit', 'Choisissez d’abord votre table.');
	return table;
}
