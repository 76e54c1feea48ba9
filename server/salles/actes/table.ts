import type { Selectable } from 'kysely';
import type { SiegesTable } from '../../database/schema-seances.ts';
import { DomainError } from '../../errors.ts';
import type { Contexte, DefinitionDActe } from '../acte.ts';
import { requireOuverte, siegeOfActeur, tableOfActeur } from './acteur.ts';

/** What a table says of itself, with since when, and takes back. `requis`: who may say it. */
function direDeLaTable(
	colonne: 'aide_at' | 'finie_at' | 'cedee_at',
	requis: (contexte: Contexte) => Promise<void> = async () => {}
): DefinitionDActe<{ oui: boolean }> {
	return {
		qui: 'siege',
		lire: (donnees) => ({ oui: donnees.boolean('oui') }),
		async faire(contexte, { oui }) {
			requireOuverte(contexte.salle);
			await requis(contexte);
			const table = await tableOfActeur(contexte, siegeIdOf(contexte));
			await contexte.trx
				.updateTable('seance_tables')
				.set({ [colonne]: oui ? (table[colonne] ?? contexte.now) : null })
				.where('id', '=', table.id)
				.execute();
			return null;
		}
	};
}

/** « Appeler l’animateur », and not any more. */
const appelerAnimateur = direDeLaTable('aide_at');

/** « Nous avons fini », for the present step. */
const avoirFini = direDeLaTable('finie_at');

/** The host offers the role: whoever takes it at this table has it; until then it stays where it is. */
const cederHote = direDeLaTable('cedee_at', async (contexte) => {
	const siege = await siegeOfActeur(contexte, siegeIdOf(contexte));
	if (siege.hote === 0) throw new DomainError('interdit', 'Vous n’êtes pas l’hôte de cette table.');
});

const prendreHote: DefinitionDActe<null> = {
	qui: 'siege',
	lire: () => null,
	async faire(contexte) {
		requireOuverte(contexte.salle);
		const siege = await siegeOfActeur(contexte, siegeIdOf(contexte));
		if (siege.hote === 1) return null;
		if (siege.genre === 'table')
			throw new DomainError('conflit', 'Cet écran est celui de la table\u00a0: l’hôte est une personne.');
		const table = await tableOfActeur(contexte, siegeIdOf(contexte));
		const host = await hostOf(contexte, table.id);
		if (host && table.cedee_at === null)
			throw new DomainError('conflit', 'Cette table a déjà un hôte. Demandez-lui de passer le rôle.');
		await handOver(contexte, table.id, host, siege);
		return null;
	}
};

function siegeIdOf({ acteur }: Contexte): { siegeId: string } {
	if (acteur.genre !== 'siege') throw new DomainError('interdit', 'Cette action se fait depuis une place.');
	return acteur;
}

type Siege = Selectable<SiegesTable>;

export function hostOf({ trx, seanceId }: Contexte, tableId: string): Promise<Siege | undefined> {
	return trx
		.selectFrom('sieges')
		.selectAll()
		.where('seance_id', '=', seanceId)
		.where('table_id', '=', tableId)
		.where('hote', '=', 1)
		.where('absent', '=', 0)
		.executeTakeFirst();
}

/** Who hosts stays: from the next round on, the two take each other's way. */
export async function handOver(contexte: Contexte, tableId: string, from: Siege | undefined, to: Siege): Promise<void> {
	const { trx } = contexte;
	if (from) await trx.updateTable('sieges').set({ hote: 0 }).where('id', '=', from.id).execute();
	await trx.updateTable('sieges').set({ hote: 1 }).where('id', '=', to.id).execute();
	await trx.updateTable('seance_tables').set({ cedee_at: null }).where('id', '=', tableId).execute();
	const passages = await nextPassages(contexte, [to.id, ...(from ? [from.id] : [])]);
	for (const { tour, siege_id, table_id } of passages) {
		const other = passages.find((passage) => passage.tour === tour && passage.siege_id !== siege_id);
		await trx
			.updateTable('passages')
			.set({ table_id: other?.table_id ?? (siege_id === to.id ? tableId : table_id) })
			.where('seance_id', '=', contexte.seanceId)
			.where('tour', '=', tour)
			.where('siege_id', '=', siege_id)
			.execute();
	}
}

async function nextPassages({ trx, seanceId }: Contexte, siegeIds: string[]) {
	const { tour } = await trx
		.selectFrom('etapes')
		.select((eb) => eb.fn.max('tour').as('tour'))
		.where('seance_id', '=', seanceId)
		.where('commencee_at', 'is not', null)
		.executeTakeFirstOrThrow();
	return trx
		.selectFrom('passages')
		.select(['tour', 'siege_id', 'table_id'])
		.where('seance_id', '=', seanceId)
		.where('siege_id', 'in', siegeIds)
		.where('tour', '>', Number(tour ?? 0))
		.execute();
}

export const ACTES_DE_TABLE = { appelerAnimateur, avoirFini, cederHote, prendreHote };
