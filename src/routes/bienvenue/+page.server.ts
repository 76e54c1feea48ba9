import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { identiteErrors } from '#lib/comptes/compte-rules.ts';
import { readIdentite, readSecret } from '#lib/comptes/formulaire.ts';
import { passwordFault, type Exigence } from '#lib/comptes/mot-de-passe-rules.ts';
import { HTTPS_REQUIS, LIEN_PERDU } from '#lib/comptes/textes.ts';
import {
	becomeAdministrateur,
	choosePassword,
	createCompteFromLien,
	enterDemo,
	joinPacte,
	readLien,
	type Bienvenue
} from '#server/comptes/bienvenue.ts';
import { verifyCompte } from '#server/comptes/connexion.ts';
import { requireCompte } from '#server/comptes/rights.ts';
import { accountsAllowed } from '#server/comptes/transport.ts';
import { DomainError } from '#server/errors.ts';
import { roleOf } from '#server/pactes/pactes.ts';
import { forgetLien, keptLien, openSession } from '../../sessions.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { locals, url } = event;
	const { app, compte } = locals;
	if (!accountsAllowed(url, app.config)) return { permis: false, bienvenue: null, moi: null, dejaLa: null };
	const bienvenue = await readLien(app, keptLien(event));
	// A demo account is nobody's own: it joins nothing.
	const moi = compte && compte.demo === 0 ? { id: compte.id, nom: compte.nom, email: compte.email } : null;
	const dejaLa = moi && bienvenue?.usage === 'invitation' ? await roleOf(app.db, moi.id, bienvenue.pacte.id) : null;
	return { permis: true, bienvenue, moi, dejaLa };
};

export const actions: Actions = {
	/** A new account: first administrateur, administrateur or member of a pacte. */
	creer: async (event) => {
		const { app, token, bienvenue } = await openLien(event);
		if (!bienvenue || bienvenue.usage === 'demo' || bienvenue.usage === 'mot_de_passe') return lost();
		const form = await event.request.formData();
		const identite = readIdentite(form);
		const motDePasse = readSecret(form, 'motDePasse');
		const faute = passwordFault(motDePasse, identite, exigenceOf(bienvenue));
		const erreurs = { ...identiteErrors(identite), ...(faute && { motDePasse: faute }) };
		if (Object.keys(erreurs).length > 0) return fail(422, { acte: 'creer', identite, erreurs });
		try {
			const { compteId, suite } = await createCompteFromLien(app, token, { ...identite, motDePasse });
			return await enter(event, compteId, suite);
		} catch (error) {
			if (error instanceof DomainError && error.code === 'conflit')
				return fail(409, { acte: 'creer', identite, erreurs: { email: error.message } });
			return lostOr(error);
		}
	},

	/** An account that exists joins the pacte. */
	rejoindre: async (event) => {
		const { app, token } = await openLien(event);
		const compte = requireCompte(event.locals.compte);
		if (compte.demo === 1) return lost();
		let suite: string;
		try {
			suite = await joinPacte(app, token, compte.id);
		} catch (error) {
			return lostOr(error);
		}
		forgetLien(event);
		redirect(303, suite);
	},

	/** An account that exists becomes administrateur: its password is asked again, and must be long enough. */
	administrer: async (event) => {
		const { app, token } = await openLien(event);
		const { compte, sessionId } = event.locals;
		const { id: compteId, email, nom, demo } = requireCompte(compte);
		if (demo === 1 || !sessionId) return lost();
		const form = await event.request.formData();
		const actuel = readSecret(form, 'motDePasseActuel');
		const nouveau = readSecret(form, 'nouveauMotDePasse');
		const verification = await verifyCompte(app, { email, motDePasse: actuel });
		if (!verification.ok)
			return fail(422, { acte: 'administrer', erreurs: { motDePasseActuel: wrongPassword(verification) } });
		const faute = passwordFault(nouveau || actuel, { nom, email }, 'administrateur');
		if (faute) return fail(422, { acte: 'administrer', erreurs: { nouveauMotDePasse: faute } });
		try {
			await becomeAdministrateur(app, token, { compteId, sessionId, motDePasse: nouveau || null });
		} catch (error) {
			return lostOr(error);
		}
		forgetLien(event);
		redirect(303, '/administration');
	},

	/** A password chosen again. */
	choisir: async (event) => {
		const { app, token, bienvenue } = await openLien(event);
		if (bienvenue?.usage !== 'mot_de_passe') return lost();
		const motDePasse = readSecret(await event.request.formData(), 'motDePasse');
		const faute = passwordFault(motDePasse, bienvenue, bienvenue.exigence);
		if (faute) return fail(422, { acte: 'choisir', erreurs: { motDePasse: faute } });
		try {
			return await enter(event, await choosePassword(app, token, motDePasse), '/');
		} catch (error) {
			return lostOr(error);
		}
	},

	/** Into the demonstration: the link can be used again. */
	entrer: async (event) => {
		const { app, token } = await openLien(event);
		try {
			return await enter(event, await enterDemo(app, token), '/');
		} catch (error) {
			return lostOr(error);
		}
	}
};

async function openLien(event: RequestEvent) {
	const { app } = event.locals;
	if (!accountsAllowed(event.url, app.config)) throw new DomainError('interdit', HTTPS_REQUIS.titre);
	const token = keptLien(event);
	return { app, token, bienvenue: await readLien(app, token) };
}

function exigenceOf({ usage }: Bienvenue): Exigence {
	return usage === 'invitation' ? 'compte' : 'administrateur';
}

async function enter(event: RequestEvent, compteId: string, suite: string): Promise<never> {
	await openSession(event, compteId);
	forgetLien(event);
	redirect(303, suite);
}

function wrongPassword({ raison, message }: { raison: 'refus' | 'attente'; message: string }): string {
	return raison === 'attente' ? message : 'Ce n’est pas votre mot de passe actuel.';
}

/** Someone else used it a moment ago, or it expired while the page was open. */
function lost() {
	return fail(410, { acte: 'perdu', erreurs: { lien: LIEN_PERDU } });
}

function lostOr(error: unknown) {
	if (error instanceof DomainError && error.code === 'introuvable') return lost();
	throw error;
}
