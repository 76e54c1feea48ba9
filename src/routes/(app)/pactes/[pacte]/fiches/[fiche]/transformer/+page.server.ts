import { redirect } from '@sveltejs/kit';
import { documentName } from '#lib/documents/document.ts';
import { documentRight } from '#lib/documents/rights.ts';
import { listed } from '#lib/format.ts';
import { requireCompte } from '#server/comptes/rights.ts';
import { DomainError } from '#server/errors.ts';
import { jeterFiche } from '#server/fiches/corbeille.ts';
import { openFiche } from '#server/fiches/fiches.ts';
import { morceauxOf } from '#server/fiches/fusion.ts';
import {
	deplacerFiche,
	dupliquerFiche,
	fusionnerFiches,
	placesPossibles,
	scinderFiche
} from '#server/fiches/transformer.ts';
import { listNoeuds } from '#server/orientations/noeuds.ts';
import { openPacte } from '#server/pactes/pactes.ts';
import type { App } from '#server/app.ts';
import { acte, type ActeEvent, type Saisie } from '../../../acte.ts';
import { annuler } from '../../../operations.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, depends }) => {
	depends('pacte:noeuds');
	const { pacte, modele, role, compte } = await parent();
	const { app } = locals;
	const ouvert = { id: pacte.id, modele };
	const { id, code, titre, niveau, jetee } = await openFiche(app, ouvert, params.fiche);
	const peut = documentRight(role, 'orientations') === 'write' && !jetee;
	const morceaux = peut
		? await app.collaboration.read(documentName('fiche', id), (doc) => morceauxOf(doc, modele.champs))
		: [];
	return {
		fiche: { id, code, titre, niveau, jetee },
		peut,
		places: peut ? await placesPossibles(app, { pacteId: pacte.id, by: compte.id, ficheId: id }, ouvert) : [],
		autres: (await listNoeuds(app.db, pacte.id)).filter((noeud) => noeud.fiche && noeud.id !== id),
		champs: modele.champs.flatMap((champ) => {
			const own = morceaux.filter((morceau) => morceau.champ === champ.id);
			return own.length === 0 ? [] : [{ id: champ.id, etiquette: champ.etiquette, morceaux: own }];
		})
	};
};

interface Transformation {
	app: App;
	act: { pacteId: string; by: string; ficheId: string };
	pacte: Parameters<typeof dupliquerFiche>[2];
	saisie: Saisie;
}

/** One act on the fiche of this address; what it gives is the address to go to, or what to say. */
async function transform(
	event: ActeEvent,
	formulaire: string,
	change: (transformation: Transformation) => Promise<{ fiche: string } | { page: string } | { message: string }>
) {
	let suite: string | null = null;
	const done = await acte(event, formulaire, async (app, { pacteId, by }, saisie) => {
		const { modele } = await openPacte(app, requireCompte(event.locals.compte).id, pacteId);
		const act = { pacteId, by, ficheId: event.params.fiche ?? '' };
		const result = await change({ app, act, pacte: { id: pacteId, modele }, saisie });
		if ('message' in result) return result.message;
		suite = 'page' in result ? `/pactes/${pacteId}/${result.page}` : `/pactes/${pacteId}/fiches/${result.fiche}`;
		return '';
	});
	if (suite) redirect(303, suite);
	return done;
}

export const actions: Actions = {
	dupliquer: (event) =>
		transform(event, 'dupliquer', async ({ app, act, pacte }) => ({ fiche: await dupliquerFiche(app, act, pacte) })),
	scinder: (event) =>
		transform(event, 'scinder', async ({ app, act, pacte, saisie }) => ({
			fiche: await scinderFiche(app, act, pacte, { titre: saisie.text('titre'), cles: saisie.all('morceau') })
		})),
	fusionner: (event) =>
		transform(event, 'fusionner', async ({ app, act, pacte, saisie }) => {
			const autre = saisie.text('autre');
			if (autre === '') throw new DomainError('invalide', 'Choisissez la fiche à fusionner avec celle-ci.');
			const { aChoisir } = await fusionnerFiches(app, act, pacte, autre);
			if (aChoisir.length === 0) return { fiche: act.ficheId };
			return {
				message: `Les deux fiches sont réunies. À relire, car les deux disaient autre chose\u00a0: ${listed(aChoisir)}. L’autre réponse est dans la corbeille.`
			};
		}),
	deplacer: (event) =>
		transform(event, 'deplacer', async ({ app, act, pacte, saisie }) => {
			await deplacerFiche(app, act, pacte, saisie.text('place'));
			return { fiche: act.ficheId };
		}),
	jeter: (event) =>
		transform(event, 'jeter', async ({ app, act }) => {
			await jeterFiche(app, act);
			return { page: 'fiches/corbeille' };
		}),
	annuler
};
