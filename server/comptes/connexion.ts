import { foldEmail } from '#lib/comptes/compte-rules.ts';
import { waitSentence } from '#lib/comptes/essais-rules.ts';
import { CONNEXION_REFUSEE } from '#lib/comptes/textes.ts';
import type { App } from '../app.ts';
import { countTry, forgetTries } from './essais.ts';
import { hashPassword, needsRehash, verifyPassword } from './mot-de-passe.ts';

export type Verification =
	| { ok: true; compteId: string }
	/** `attente`: the wait is under way, nothing was compared. */
	| { ok: false; raison: 'refus' | 'attente'; message: string };

/**
 * Compares an address and a password with what is kept. An address without account gets the same answers, after the
 * same work and the same delays. Used to sign in, and wherever the password is asked again.
 */
export async function verifyCompte(
	app: Pick<App, 'db' | 'now'>,
	{ email, motDePasse }: { email: string; motDePasse: string }
): Promise<Verification> {
	const folded = foldEmail(email);
	const essai = await countTry(app, folded);
	if (!essai.permis) return { ok: false, raison: 'attente', message: waitSentence(essai.attente) };

	const compte = await app.db
		.selectFrom('comptes')
		.select(['id', 'mot_de_passe'])
		.where('email', '=', folded)
		.executeTakeFirst();
	const kept = compte?.mot_de_passe ?? null;
	const right = await verifyPassword(kept, motDePasse);
	if (!right || !compte || kept === null) return refusal(essai.attente);

	await forgetTries(app, folded);
	if (needsRehash(kept)) await keepPassword(app, compte.id, motDePasse);
	return { ok: true, compteId: compte.id };
}

function refusal(attente: number): Verification {
	const message = attente === 0 ? CONNEXION_REFUSEE : `${CONNEXION_REFUSEE} ${waitSentence(attente)}`;
	return { ok: false, raison: 'refus', message };
}

async function keepPassword({ db }: Pick<App, 'db'>, compteId: string, motDePasse: string): Promise<void> {
	const mot_de_passe = await hashPassword(motDePasse);
	await db.updateTable('comptes').set({ mot_de_passe }).where('id', '=', compteId).execute();
}
