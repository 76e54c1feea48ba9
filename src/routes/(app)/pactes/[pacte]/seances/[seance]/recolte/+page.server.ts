import { canAnimate, documentRight } from '#lib/documents/rights.ts';
import { recolteOf } from '#lib/recolte/recolte.ts';
import { placesDe } from '#lib/recolte/versement.ts';
import type { VueAnimateur } from '#lib/salles/vue-animateur.ts';
import { DomainError } from '#server/errors.ts';
import { listNoeuds } from '#server/orientations/noeuds.ts';
import { listDevenirs } from '#server/recolte/provenance.ts';
import { annulerVersement, verser, type Cible } from '#server/recolte/verser.ts';
import { readPlan } from '#server/sections/sections.ts';
import { acte, type Saisie } from '../../../acte.ts';
import type { Actions, PageServerLoad } from './$types';

const VUES = ['cartes', 'votes', 'matrice'] as const;

export const load: PageServerLoad = async ({ locals, params, parent, url, depends }) => {
	depends('pacte:parties', 'pacte:noeuds', 'pacte:sections');
	const { pacte, modele, role, compte } = await parent();
	const { app } = locals;
	const vue = await vueOf(locals.app, pacte.id, params.seance);
	const anime = canAnimate(role);
	if (!anime && vue.etat !== 'close')
		throw new DomainError(
			'interdit',
			'La séance est en cours\u00a0: sa récolte s’ouvrira à vous quand elle sera close.'
		);
	const plan = await readPlan(app.db, pacte.id, compte.id);
	return {
		/** Live, for those who lead it; the others read what it brought. */
		vue: anime ? vue : null,
		recolte: recolteOf(vue),
		devenirs: await listDevenirs(app.db, { id: pacte.id, modele }, params.seance),
		places: documentRight(role, 'orientations') === 'write' ? placesDe(modele, await listNoeuds(app.db, pacte.id)) : [],
		sections: plan.filter(({ redige }) => redige).map(({ id, numero, titre, genre }) => ({ id, numero, titre, genre })),
		onglet: VUES.find((known) => known === url.searchParams.get('vue')) ?? 'cartes'
	};
};

async function vueOf(app: App.Locals['app'], pacteId: string, seanceId: string): Promise<VueAnimateur> {
	const seen = await app.salles.look(seanceId, { genre: 'animateur' });
	const vue = seen?.vue as unknown as VueAnimateur | undefined;
	if (!vue || vue.pacteId !== pacteId)
		throw new DomainError('introuvable', 'Cette séance n’existe pas, ou sa salle n’est pas préparée.');
	return vue;
}

export const actions: Actions = {
	verser: (event) =>
		acte(event, 'verser', async (app, act, saisie) => {
			const { genre } = await verser(
				app,
				{ ...act, seanceId: event.params.seance },
				{
					cle: saisie.text('cle'),
					source: saisie.text('source'),
					texte: saisie.text('texte'),
					cible: cibleIn(saisie)
				}
			);
			return DIT[genre];
		}),
	annuler: (event) =>
		acte(event, 'annuler', async (app, act, saisie) => {
			await annulerVersement(app, { ...act, seanceId: event.params.seance }, saisie.text('cible'));
			return 'C’est annulé. Une fiche reste dans «\u00a0À classer\u00a0», avec son titre.';
		})
};

const DIT = {
	constat: 'Le constat est noté dans le texte.',
	noeud: 'L’orientation est dans l’arbre.',
	fiche: 'La fiche est prête à être écrite.'
};

function cibleIn(saisie: Saisie): Cible {
	if (saisie.text('genre') !== 'constat') return { genre: 'noeud', place: saisie.text('place') };
	return {
		genre: 'constat',
		sectionId: saisie.text('section'),
		nature: saisie.text('nature') === 'enjeu' ? 'enjeu' : 'constat',
		theme: saisie.text('theme')
	};
}
