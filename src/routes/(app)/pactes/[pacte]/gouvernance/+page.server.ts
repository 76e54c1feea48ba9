import { canWriteParties } from '#lib/documents/rights.ts';
import {
	invitationsOf,
	linesOf,
	type NiveauInstance,
	type PeriodeFrequence,
	type PorteeInstance
} from '#lib/gouvernance/instance.ts';
import { meetingsInWords } from '#lib/seances/methode.ts';
import {
	addInstance,
	changeInstance,
	listInstances,
	moveInstance,
	removeInstance,
	splitByTerritoire,
	type InstanceSaisie
} from '#server/gouvernance/instances.ts';
import { listSeances } from '#server/seances/seances.ts';
import { listOrganismes } from '#server/organismes/organismes.ts';
import { acte, type Saisie } from '../acte.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, url, depends }) => {
	depends('pacte:parties', 'pacte:organismes', 'pacte:seances');
	const { role } = await parent();
	const { db } = locals.app;
	const [instances, organismes, seances] = await Promise.all([
		listInstances(db, params.pacte),
		listOrganismes(db, params.pacte),
		listSeances(db, params.pacte)
	]);
	const peutEcrire = canWriteParties(role);
	const asked = (name: string) => (peutEcrire ? url.searchParams.get(name) : null);
	return {
		instances,
		rencontres: Object.fromEntries(
			instances.map(({ id }) => [id, meetingsInWords(seances.filter(({ instanceId }) => instanceId === id).length)])
		),
		organismes: organismes.map(({ id, nom }) => ({ id, nom })),
		peutEcrire,
		modifier: asked('modifier'),
		retirer: asked('retirer')
	};
};

export const actions: Actions = {
	ajouter: (event) =>
		acte(event, 'ajouter', async (app, act, saisie) => {
			await addInstance(app, act, instanceOf(saisie));
			return `« ${saisie.text('nom').trim()} » est ajoutée.`;
		}),
	modifier: (event) =>
		acte(event, `modifier-${event.url.searchParams.get('instance')}`, async (app, act, saisie) => {
			const instanceId = event.url.searchParams.get('instance') ?? '';
			await changeInstance(app, { ...act, instanceId }, instanceOf(saisie));
			return `« ${saisie.text('nom').trim()} » est enregistrée.`;
		}),
	retirer: (event) =>
		acte(event, 'retirer', async (app, act, saisie) => {
			const nom = await removeInstance(app, { ...act, instanceId: saisie.text('instance') });
			return `« ${nom} » est retirée.`;
		}),
	deplacer: (event) =>
		acte(event, 'deplacer', async (app, act, saisie) => {
			const way = saisie.text('sens') === 'haut' ? -1 : 1;
			await moveInstance(app, { ...act, instanceId: saisie.text('instance') }, way);
			return 'L’ordre est enregistré.';
		}),
	repeter: (event) =>
		acte(event, 'repeter', async (app, act, saisie) => {
			const nombre = await splitByTerritoire(app, { ...act, instanceId: saisie.text('instance') });
			return `${nombre} instances, une par territoire, remplacent celle-ci. Chacune se modifie à part.`;
		})
};

function instanceOf(saisie: Saisie): InstanceSaisie {
	const nombre = saisie.text('frequence').trim();
	return {
		nom: saisie.text('nom'),
		type: saisie.text('type'),
		portee: (saisie.text('portee') || 'suivi') as PorteeInstance,
		niveau: (saisie.text('niveau') || 'departemental') as NiveauInstance,
		objet: saisie.text('objet'),
		presidence: saisie.text('presidence'),
		frequence:
			nombre === ''
				? null
				: { nombre: Number(nombre.replace(',', '.')), periode: (saisie.text('periode') || 'an') as PeriodeFrequence },
		frequenceTexte: saisie.text('frequence_texte'),
		roles: linesOf(saisie.text('roles')),
		membres: saisie.all('membres'),
		composition: saisie.text('composition'),
		invites: invitationsOf(saisie.text('invites')),
		territoires: linesOf(saisie.text('territoires'))
	};
}
