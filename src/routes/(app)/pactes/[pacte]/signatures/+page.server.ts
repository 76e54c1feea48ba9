import { canManageSignatures } from '#lib/documents/rights.ts';
import type { StatutSignature } from '#lib/signatures/signature.ts';
import { requireCompte } from '#server/comptes/rights.ts';
import { listOrganismes } from '#server/organismes/organismes.ts';
import {
	addSignataire,
	changeSignataire,
	listSignataires,
	moveSignataire,
	ownOrganisme,
	readEcarts,
	removeSignataire
} from '#server/signatures/signatures.ts';
import { acte } from '../acte.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, url, depends }) => {
	depends('pacte:parties', 'pacte:organismes', 'pacte:sections', 'pacte:textes', 'pacte:fiches');
	const { role } = await parent();
	const { db } = locals.app;
	const compte = requireCompte(locals.compte);
	const [signataires, ecarts, organismes, own] = await Promise.all([
		listSignataires(db, params.pacte),
		readEcarts(db, params.pacte),
		listOrganismes(db, params.pacte),
		ownOrganisme(db, params.pacte, compte.id)
	]);
	const peutGerer = canManageSignatures(role);
	return {
		signataires: signataires.map((signataire) => ({
			...signataire,
			modifiable: peutGerer || (role === 'partenaire' && signataire.organisme.id === own)
		})),
		ecarts,
		organismes: organismes.map(({ nom }) => nom),
		peutGerer,
		modifier: url.searchParams.get('modifier'),
		retirer: peutGerer ? url.searchParams.get('retirer') : null
	};
};

export const actions: Actions = {
	ajouter: (event) =>
		acte(event, 'ajouter', async (app, act, saisie) => {
			const organisme = saisie.text('organisme').trim();
			await addSignataire(app, act, {
				organisme,
				personne: saisie.text('personne'),
				fonction: saisie.text('fonction')
			});
			return `${organisme} est dans la liste des signataires.`;
		}),
	modifier: (event) => {
		const signataireId = event.url.searchParams.get('signataire') ?? '';
		return acte(event, `modifier-${signataireId}`, async (app, act, saisie) => {
			await changeSignataire(
				app,
				{ ...act, signataireId },
				{
					personne: saisie.text('personne'),
					fonction: saisie.text('fonction'),
					statut: saisie.text('statut') as StatutSignature,
					date: saisie.text('date'),
					instance: saisie.text('instance')
				}
			);
			return 'Le signataire est enregistré.';
		});
	},
	retirer: (event) =>
		acte(event, 'retirer', async (app, act, saisie) => {
			await removeSignataire(app, { ...act, signataireId: saisie.text('signataire') });
			return 'Le signataire est retiré de la liste. L’organisme reste dans le pacte.';
		}),
	deplacer: (event) =>
		acte(event, 'deplacer', async (app, act, saisie) => {
			const way = saisie.text('sens') === 'haut' ? -1 : 1;
			await moveSignataire(app, { ...act, signataireId: saisie.text('signataire') }, way);
			return 'L’ordre est enregistré.';
		})
};
