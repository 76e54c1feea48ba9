import { yearsIn, type EtatAction } from '#lib/bilan/bilan.ts';
import { canWriteParties, documentRight } from '#lib/documents/rights.ts';
import { linesOf } from '#lib/gouvernance/instance.ts';
import {
	addActions,
	addActionsFromPacte,
	changeAction,
	changeEtats,
	listBranches,
	readBilan,
	reconduire,
	removeAction,
	saveBilan,
	saveIndicateurs
} from '#server/bilan/bilan.ts';
import { requireCompte } from '#server/comptes/rights.ts';
import { decodeTexte } from '#server/import/decode.ts';
import { listPactes } from '#server/pactes/pactes.ts';
import { acte, type Saisie } from '../acte.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, url, depends }) => {
	depends('pacte:parties', 'pacte:noeuds');
	const { role, modele } = await parent();
	const compte = requireCompte(locals.compte);
	const { app } = locals;
	const peutEcrire = canWriteParties(role);
	const [bilan, branches, pactes] = await Promise.all([
		readBilan(app.db, params.pacte),
		listBranches(app.db, params.pacte, modele),
		peutEcrire ? listPactes(app, compte.id) : []
	]);
	const asked = (name: string) => (peutEcrire ? url.searchParams.get(name) : null);
	return {
		bilan,
		branches,
		autres: pactes
			.filter(({ id, fiches }) => id !== params.pacte && fiches > 0)
			.map(({ id, intitule }) => ({ id, intitule })),
		peutEcrire,
		peutReconduire: documentRight(role, 'orientations') === 'write',
		modifier: asked('modifier'),
		retirer: asked('retirer')
	};
};

const said = (nombre: number) => (nombre === 1 ? 'Une action est ajoutée.' : `${nombre} actions sont ajoutées.`);

export const actions: Actions = {
	ajouter: (event) =>
		acte(event, 'ajouter', async (app, act, saisie) => {
			const file = await saisie.file('fichier');
			const pasted = saisie.text('lignes');
			const text = file ? [pasted, decodeTexte(file)].filter((part) => part.trim() !== '').join('\n') : pasted;
			return said(await addActions(app, act, text));
		}),
	reprendre: (event) =>
		acte(event, 'reprendre', async (app, act, saisie) =>
			said(await addActionsFromPacte(app, act, saisie.text('source')))
		),
	etats: (event) =>
		acte(event, 'etats', async (app, act, saisie) => {
			const etats = Object.entries(saisie.values()).flatMap(([name, [etat]]) =>
				name.startsWith('etat-') ? [[name.slice(5), etat as EtatAction] as const] : []
			);
			const nombre = await changeEtats(app, act, new Map(etats));
			return nombre === 0 ? 'Rien n’avait changé.' : 'Les états sont enregistrés.';
		}),
	action: (event) => {
		const actionId = event.url.searchParams.get('action') ?? '';
		return acte(event, `action-${actionId}`, async (app, act, saisie) => {
			await changeAction(
				app,
				{ ...act, actionId },
				{
					titre: saisie.text('titre'),
					etat: saisie.text('etat') as EtatAction,
					annees: saisie.text('annees'),
					commentaire: saisie.text('commentaire')
				}
			);
			return 'L’action est enregistrée.';
		});
	},
	retirer: (event) =>
		acte(event, 'retirer', async (app, act, saisie) => {
			const titre = await removeAction(app, { ...act, actionId: saisie.text('action') });
			return `« ${titre} » est retirée du bilan.`;
		}),
	reconduire: (event) =>
		acte(event, 'reconduire', async (app, act, saisie) => {
			await reconduire(app, { ...act, actionId: saisie.text('action') }, saisie.text('branche') || null);
			return 'L’action est reconduite : sa fiche est prête à être écrite.';
		}),
	enTete: (event) =>
		acte(event, 'enTete', async (app, act, saisie) => {
			const ameliorations = linesOf(saisie.text('ameliorations'));
			await saveBilan(app, act, { intitule: saisie.text('intitule'), ameliorations });
			return 'C’est enregistré.';
		}),
	indicateurs: (event) =>
		acte(event, 'indicateurs', async (app, act, saisie) => {
			await saveIndicateurs(app, act, { annees: yearsIn(saisie.text('annees')), indicateurs: indicateursIn(saisie) });
			return 'Le tableau est enregistré.';
		})
};

/** Rows of controls: `id`, `libelle`, then `valeur-<year>`, each as many times as there are rows. */
function indicateursIn(saisie: Saisie) {
	const values = saisie.values();
	const libelles = saisie.all('libelle');
	const years = Object.keys(values).flatMap((name) => /^valeur-(\d{4})$/.exec(name)?.[1] ?? []);
	return libelles.map((libelle, i) => ({
		id: saisie.all('id')[i] ?? '',
		libelle,
		valeurs: Object.fromEntries(years.map((year) => [year, values[`valeur-${year}`]?.[i] ?? '']))
	}));
}
