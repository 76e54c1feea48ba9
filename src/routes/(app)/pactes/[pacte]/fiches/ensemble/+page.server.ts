import { canPlanSections } from '#lib/documents/rights.ts';
import { champsDEnsemble, FORME, readChangement, type ChangementDEnsemble } from '#lib/fiches/ensemble.ts';
import type { Champ } from '#lib/pactes/modele.ts';
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
	depends('pacte:fiches', 'pacte:noeuds', 'pacte:variantes');
	const { pacte, modele, role } = await parent();
	const champs = champsDEnsemble(modele.champs);
	const asked = readChangement((name) => url.searchParams.get(name) ?? '');
	const formes = canPlanSections(role) ? (modele.variantes ?? []).map(({ id, nom }) => ({ id, nom })) : [];
	const changement = asked && fits(asked, champs) ? asked : null;
	const choisies = url.searchParams.getAll('fiche');
	return {
		champs: [
			...champs.map(({ id, etiquette, type }) => ({ id, etiquette, parListe: type === 'organismes' })),
			...(formes.length > 0 ? [{ id: FORME, etiquette: 'Forme de la fiche', parListe: false }] : [])
		],
		formes,
		changement,
		choix: url.searchParams.get('champ') ?? champs[0]?.id ?? '',
		apercu: await apercuDEnsemble(locals.app, { id: pacte.id, modele }, choisies, changement),
		organismes: await listOrganismes(locals.app.db, pacte.id)
	};
};

/** What is asked, when the field was changed since, is no more. */
function fits(asked: ChangementDEnsemble, champs: readonly Champ[]): boolean {
	if (asked.champ === FORME || asked.geste === 'forme') return asked.champ === FORME && asked.geste === 'forme';
	const champ = champs.find(({ id }) => id === asked.champ);
	return champ !== undefined && (champ.type === 'organismes') === (asked.geste !== 'ecrire');
}

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
