import { createHash } from 'node:crypto';
import { OUBLI_DES_ECHECS, waitAfter } from '#lib/comptes/essais-rules.ts';
import type { App } from '../app.ts';

/** A try at a password: allowed, with the wait that its failure starts, or refused until the wait is over. */
export type Essai = { permis: true; attente: number } | { permis: false; attente: number };

/**
 * Counts a try before the password is looked at, so that many at once are as slow as one after the other. The count is
 * kept by address, whether it has an account or not; `forgetTries` ends it after a right password.
 */
export async function countTry({ db, now }: Pick<App, 'db' | 'now'>, email: string): Promise<Essai> {
	const instant = now();
	const email_hash = hashEmail(email);
	return db.transaction().execute(async (trx) => {
		await trx
			.deleteFrom('essais_de_connexion')
			.where('prochain_essai', '<', instant - OUBLI_DES_ECHECS)
			.execute();
		const counted = await trx
			.insertInto('essais_de_connexion')
			.values({ email_hash, echecs: 1, prochain_essai: instant })
			.onConflict((conflict) =>
				conflict
					.column('email_hash')
					.doUpdateSet((eb) => ({ echecs: eb('essais_de_connexion.echecs', '+', 1) }))
					.where('essais_de_connexion.prochain_essai', '<=', instant)
			)
			.returning('echecs')
			.executeTakeFirst();
		if (!counted) {
			const { prochain_essai } = await trx
				.selectFrom('essais_de_connexion')
				.select('prochain_essai')
				.where('email_hash', '=', email_hash)
				.executeTakeFirstOrThrow();
			return { permis: false, attente: prochain_essai - instant };
		}
		const attente = waitAfter(counted.echecs);
		await trx
			.updateTable('essais_de_connexion')
			.set({ prochain_essai: instant + attente })
			.where('email_hash', '=', email_hash)
			.execute();
		return { permis: true, attente };
	});
}

/** The password was right. */
export async function forgetTries({ db }: Pick<App, 'db'>, email: string): Promise<void> {
	await db.deleteFrom('essais_de_connexion').where('email_hash', '=', hashEmail(email)).execute();
}

function hashEmail(email: string): string {
	return createHash('sha256').update(email).digest('base64url');
}
