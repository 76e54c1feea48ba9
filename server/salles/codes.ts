import { randomInt } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { Schema } from '../database/schema.ts';

const DAY = 24 * 60 * 60 * 1000;
/** A code is not given again before. */
const CODE_RESTS = 90 * DAY;

/** Six digits for a room, that no other has or had lately. They open it while it is open only; cards are printed before. */
export async function codeOf(
	trx: Transaction<Schema>,
	{ seance_id, code }: { seance_id: string; code: string | null },
	now: number
): Promise<string> {
	await trx.deleteFrom('codes_de_salle').where('libre_at', '<', now).execute();
	const given = code ?? (await freeCode(trx));
	const libre_at = now + CODE_RESTS;
	await trx
		.insertInto('codes_de_salle')
		.values({ code: given, libre_at })
		.onConflict((conflict) => conflict.column('code').doUpdateSet({ libre_at }))
		.execute();
	await trx.updateTable('salles').set({ code: given }).where('seance_id', '=', seance_id).execute();
	return given;
}

async function freeCode(trx: Transaction<Schema>): Promise<string> {
	for (;;) {
		const code = String(randomInt(1_000_000)).padStart(6, '0');
		const rests = await trx.selectFrom('codes_de_salle').select('code').where('code', '=', code).executeTakeFirst();
		const held = await trx.selectFrom('salles').select('code').where('code', '=', code).executeTakeFirst();
		if (!rests && !held) return code;
	}
}
