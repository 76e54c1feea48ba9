import { canPlanSections } from '#lib/documents/rights.ts';
import { exampleCodes } from '#lib/pactes/modeles/apercu.ts';
import {
	bringBackChamp,
	canBecome,
	champOf,
	forgetChamp,
	idFrom,
	moveChamp,
	moveNiveau,
	putAsideChamp,
	putChamp,
	putNiveau,
	putVariante,
	removeNiveau,
	removeVariante,
	replaceChamp
} from '#lib/pactes/modele-edits.ts';
import { niveauOf, type Modele } from '#lib/pactes/modele.ts';
import { DomainError } from '#server/errors.ts';
import { newId } from '#server/ids.ts';
import { lastChange, readEmploi, undoModele } from '#server/pactes/modele.ts';
import { keepModele } from '#server/pactes/modeles.ts';
import { acte } from '../acte.ts';
import { acteModele } from './acte-modele.ts';
import { champFrom, niveauFrom, nomFrom, varianteFrom } from './saisie.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, url, depends }) => {
	depends('pacte:noeuds', 'pacte:fiches', 'pacte:reglages');
	const { modele, role } = await parent();
	const { db } = locals.app;
	const peutChanger = canPlanSections(role);
	const [noeuds, fiches, emploi, dernier] = await Promise.all([
		db.selectFrom('noeuds').select('niveau').where('pacte_id', '=', params.pacte).execute(),
		db.selectFrom('fiches').select('variante').where('pacte_id', '=', params.pacte).execute(),
		readEmploi(db, params.pacte, modele),
		peutChanger ? lastChange(db, params.pacte) : null
	]);
	const codes = exampleCodes(modele);
	return {
		peutChanger,
		dernier,
		niveaux: modele.niveaux.map(({ id }) => ({
			id,
			code: codes.get(id) ?? '',
			nombre: noeuds.filter(({ niveau }) => niveau === id).length
		})),
		ecrites: emploi.champs,
		variantes: Object.fromEntries(
			(modele.variantes ?? []).map(({ id }) => [id, fiches.filter(({ variante }) => variante === id).length])
		),
		fiches: fiches.length,
		modifier: peutChanger ? url.searchParams.get('modifier') : null,
		retirer: peutChanger ? url.searchParams.get('retirer') : null
	};
};

export const actions: Actions = {
	nom: (event) =>
		acteModele(event, 'nom', ({ saisie, modele }) => {
			const said = nomFrom(saisie);
			return { modele: { ...modele, ...said }, libelle: `Modèle nommé «\u00a0${said.nom}\u00a0»` };
		}),
	niveau: (event) =>
		acteModele(event, `niveau-${event.url.searchParams.get('niveau') ?? ''}`, ({ saisie, modele }) => {
			const niveau = niveauFrom(saisie, modele);
			const done = niveauOf(modele, niveau.id) ? 'modifié' : 'ajouté';
			return { modele: putNiveau(modele, niveau), libelle: `Niveau «\u00a0${niveau.nom}\u00a0» ${done}` };
		}),
	deplacerNiveau: (event) =>
		acteModele(event, 'ordre', ({ saisie, modele }) => ({
			modele: moveNiveau(modele, saisie.text('niveau'), wayOf(saisie.text('sens'))),
			libelle: 'Ordre des niveaux changé'
		})),
	retirerNiveau: (event) =>
		acteModele(event, 'retirer', ({ saisie, modele }) => {
			const [id, vers] = [saisie.text('niveau'), saisie.text('vers')];
			const niveau = niveauOf(modele, id);
			if (!niveau) throw new DomainError('conflit', 'Ce niveau n’est plus dans le modèle.');
			return {
				modele: removeNiveau(modele, id, vers || null),
				libelle: `Niveau «\u00a0${niveau.nom}\u00a0» retiré`,
				...(vers && { niveaux: { [id]: vers } })
			};
		}),

	champ: (event) =>
		acteModele(event, `champ-${event.url.searchParams.get('champ') ?? ''}`, ({ saisie, modele, emploi }) => {
			const ancien = champOf(modele, event.url.searchParams.get('champ') ?? '');
			const champ = champFrom(saisie, ancien);
			if (!ancien) return { modele: putChamp(modele, champ), libelle: `Champ «\u00a0${champ.etiquette}\u00a0» ajouté` };
			const libelle = `Champ «\u00a0${champ.etiquette}\u00a0» modifié`;
			if (canBecome(ancien, champ, emploi)) return { modele: putChamp(modele, champ), libelle };
			const nouveau = { ...champ, id: idFrom(champ.etiquette, newId()) };
			const replaced = replaceChamp(modele, ancien.id, nouveau);
			return { modele: named(replaced, ancien.id), libelle, conversions: [{ de: ancien.id, vers: nouveau.id }] };
		}),
	deplacerChamp: (event) =>
		acteModele(event, 'ordre', ({ saisie, modele }) => ({
			modele: moveChamp(modele, saisie.text('champ'), wayOf(saisie.text('sens'))),
			libelle: 'Ordre des champs changé'
		})),
	mettreDeCote: (event) =>
		acteModele(event, 'retirer', ({ saisie, modele }) => ({
			modele: putAsideChamp(modele, saisie.text('champ')),
			libelle: `Champ «\u00a0${etiquetteOf(modele, saisie.text('champ'))}\u00a0» mis de côté`
		})),
	remettre: (event) =>
		acteModele(event, 'remettre', ({ saisie, modele }) => ({
			modele: bringBackChamp(modele, saisie.text('champ')),
			libelle: `Champ «\u00a0${etiquetteOf(modele, saisie.text('champ'))}\u00a0» remis`
		})),
	oublier: (event) =>
		acteModele(event, 'oublier', ({ saisie, modele }) => ({
			modele: forgetChamp(modele, saisie.text('champ')),
			libelle: `Champ «\u00a0${etiquetteOf(modele, saisie.text('champ'))}\u00a0» supprimé`
		})),

	variante: (event) =>
		acteModele(event, `variante-${event.url.searchParams.get('variante') ?? ''}`, ({ saisie, modele }) => {
			const variante = varianteFrom(saisie, modele);
			return { modele: putVariante(modele, variante), libelle: `Variante «\u00a0${variante.nom}\u00a0» enregistrée` };
		}),
	retirerVariante: (event) =>
		acteModele(event, 'retirer', ({ saisie, modele }) => ({
			modele: removeVariante(modele, saisie.text('variante')),
			libelle: 'Variante retirée'
		})),

	annuler: (event) =>
		acte(event, 'annuler', async (app, act, saisie) => {
			const libelle = await undoModele(app, act, saisie.text('operation'));
			return `C’est annulé\u00a0: ${libelle.charAt(0).toLowerCase()}${libelle.slice(1)}.`;
		}),
	garder: (event) =>
		acte(event, 'garder', async (app, act, saisie) => {
			await keepModele(app, act, saisie.text('nom'), saisie.text('description'));
			return `Le modèle «\u00a0${saisie.text('nom').trim()}\u00a0» est gardé\u00a0: il est proposé à la création d’un pacte.`;
		})
};

function wayOf(sens: string): -1 | 1 {
	return sens === 'haut' ? -1 : 1;
}

function etiquetteOf(modele: Modele, id: string): string {
	return champOf(modele, id)?.etiquette ?? '';
}

/** The name of a field that another has replaced says so, unless it has another name already. */
function named(modele: Modele, id: string): Modele {
	const retires = modele.retires?.map((champ) =>
		champ.id === id && modele.champs.some(({ etiquette }) => etiquette === champ.etiquette)
			? { ...champ, etiquette: `${champ.etiquette} (avant)` }
			: champ
	);
	return retires ? { ...modele, retires } : modele;
}
