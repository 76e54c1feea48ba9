import { champsDEnsemble, readChangement } from '#lib/fiches/ensemble.ts';
import { counted } from '#lib/format.ts';
import { requireCompte } from '#server/comptes/rights.ts';
import { DomainError } from '#server/errors.ts';
import { apercuDEnsemble, changeEnsemble } from '#server/fiches/ensemble.ts';
import { listOrganismes } from '#server/organismes/organismes.ts';
import { openPacte } from '#server/pactes/pactes.ts';
import { acte } from '../../acte.ts';
import { annuler } from '../../operations.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, parent, depends, url }) => {
	depends('pacte:fiches', 'pacte:noeuds');
	const { pacte, modele } = await parent();
	const champs = champsDEnsemble(modele.champs);
	const asked = readChangement((name) => url.searchParams.get(name) ?? '');
	const champ = champs.find(({ id }) => id === asked?.champ);
	const changement = champ && (champ.type === 'organismes') === (asked?.geste !== 'ecrire') ? asked : null;
	const choisies = url.searchParams.getAll('fiche');
	return {
		champs,
		changement,
		choix: url.searchParams.get('champ') ?? champs[0]?.id ?? '',
		apercu: await apercuDEnsemble(locals.app, { id: pacte.id, modele }, choisies, changement),
		organismes: await listOrganismes(locals.app.db, pacte.id)
	};
};

export const actions: Actions = {
	appliquer: (event) =>
		acte(event, 'appliquer', async (app, act, saisie) => {
			const changement = readChangement((name) => saisie.text(name));
			if (!changement) throw new DomainError('invalide', 'Dites ce qu’il faut changer.');
			const { modele } = await openPacte(app, requireCompte(event.locals.compte).id, act.pacteId);
			const fiches = saisie.all('fiche');
			const { operation, faits } = await changeEnsemble(app, act, { id: act.pacteId, modele }, { fiches, changement });
			return {
				message: `${counted(faits, 'fiche changée', 'fiches changées')}.`,
				...(faits > 0 && { annuler: { action: '?/annuler', champs: { operation } } })
			};
		}),
	annuler
};
