import { fail, redirect } from '@sveltejs/kit';
import { isAdministrateur, nomFault, organismeFault } from '#lib/comptes/compte-rules.ts';
import { readLine, readSecret } from '#lib/comptes/formulaire.ts';
import { LONGUEUR, passwordFault, type Exigence } from '#lib/comptes/mot-de-passe-rules.ts';
import { COMPTE_DE_DEMONSTRATION } from '#lib/comptes/textes.ts';
import { changePassword, signOutEverywhere, updateIdentite } from '#server/comptes/comptes.ts';
import { verifyCompte } from '#server/comptes/connexion.ts';
import { requireCompte } from '#server/comptes/rights.ts';
import { countSessions, type CompteConnecte } from '#server/comptes/session.ts';
import { DomainError } from '#server/errors.ts';
import { endSession } from '../../../sessions.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const compte = requireCompte(locals.compte);
	return {
		moi: { nom: compte.nom, organisme: compte.organisme, email: compte.email, demo: compte.demo === 1 },
		sessions: await countSessions(locals.app, compte.id),
		longueur: LONGUEUR[exigenceOf(compte)]
	};
};

export const actions: Actions = {
	identite: async ({ locals, request }) => {
		const compte = requireOwnCompte(locals.compte);
		const form = await request.formData();
		const valeurs = { nom: readLine(form, 'nom'), organisme: readLine(form, 'organisme') };
		const nom = nomFault(valeurs.nom);
		const organisme = organismeFault(valeurs.organisme);
		if (nom || organisme)
			return fail(422, {
				acte: 'identite',
				valeurs,
				erreurs: { ...(nom && { nom }), ...(organisme && { organisme }) }
			});
		await updateIdentite(locals.app, compte.id, valeurs);
		return { acte: 'identite', message: 'C’est enregistré. Les autres verront ce nom quand ils ouvriront une page.' };
	},

	motDePasse: async ({ locals, request }) => {
		const { id: compteId, ...compte } = requireOwnCompte(locals.compte);
		const { app, sessionId } = locals;
		if (!sessionId) throw new DomainError('non_connecte', 'Connectez-vous pour continuer.');
		const form = await request.formData();
		const nouveau = readSecret(form, 'nouveauMotDePasse');
		const faute = passwordFault(nouveau, compte, exigenceOf(compte));
		if (faute) return fail(422, { acte: 'motDePasse', erreurs: { nouveauMotDePasse: faute } });
		const actuel = readSecret(form, 'motDePasseActuel');
		const verification = await verifyCompte(app, { email: compte.email, motDePasse: actuel });
		if (!verification.ok) {
			const refus = 'Ce n’est pas votre mot de passe actuel.';
			const erreur = verification.raison === 'attente' ? verification.message : refus;
			return fail(422, { acte: 'motDePasse', erreurs: { motDePasseActuel: erreur } });
		}
		await changePassword(app, { compteId, sessionId, motDePasse: nouveau });
		return { acte: 'motDePasse', message: 'Votre mot de passe est changé. Vos autres appareils sont déconnectés.' };
	},

	partout: async (event) => {
		const compte = requireOwnCompte(event.locals.compte);
		await signOutEverywhere(event.locals.app, compte.id);
		await endSession(event);
		redirect(303, '/connexion');
	}
};

function exigenceOf(compte: Pick<CompteConnecte, 'administrateur' | 'demo'>): Exigence {
	return isAdministrateur(compte) ? 'administrateur' : 'compte';
}

/** A demo account is shared by whoever tries it: nobody changes it for the others. */
function requireOwnCompte(compte: CompteConnecte | null): CompteConnecte {
	const connecte = requireCompte(compte);
	if (connecte.demo === 1) throw new DomainError('interdit', COMPTE_DE_DEMONSTRATION);
	return connecte;
}
