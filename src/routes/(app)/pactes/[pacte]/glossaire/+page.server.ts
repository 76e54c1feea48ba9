import { fail, type Actions } from '@sveltejs/kit';
import { developpeCourant } from '#lib/glossaire/dictionnaire.ts';
import { canWriteGlossaire, cleanDefinition, faultOf, type Definition } from '#lib/glossaire/entree.ts';
import { readGlossaire } from '#lib/glossaire/lire.ts';
import { RIEN_A_COLLER } from '#lib/glossaire/textes.ts';
import { requireCompte } from '#server/comptes/rights.ts';
import { DomainError, statusOf } from '#server/errors.ts';
import {
	addEntree,
	addEntrees,
	changeEntree,
	knownAmong,
	removeEntree,
	reportGlossaire,
	type GlossaireAct
} from '#server/glossaire/glossaire.ts';
import type { App } from '#server/app.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, parent, depends }) => {
	depends('pacte:glossaire', 'pacte:fiches', 'pacte:noeuds');
	const { pacte, modele, role } = await parent();
	const { db } = locals.app;
	const sigle = (url.searchParams.get('sigle') ?? '').trim();
	return {
		rapport: await reportGlossaire({ db, pacteId: pacte.id, modele }),
		peutEcrire: canWriteGlossaire(role),
		/** The entry that a link asked to write. */
		demande: sigle === '' ? null : { sigle, developpe: developpeCourant(sigle) },
		modifie: url.searchParams.get('modifier'),
		collage: url.searchParams.has('coller')
	};
};

type Event = { locals: globalThis.App.Locals; params: Partial<Record<string, string>>; request: Request };

interface Saisie extends Definition {
	id: string;
}

/** Reads the form, does the act, and gives an expected refusal back to the form that asked. */
async function act(
	{ locals, params, request }: Event,
	formulaire: 'ajouter' | 'modifier' | 'retirer',
	change: (app: App, act: GlossaireAct & Saisie) => Promise<unknown>
) {
	const compte = requireCompte(locals.compte);
	const form = await request.formData();
	const text = (name: string) => String(form.get(name) ?? '');
	const saisie = { id: text('id'), sigle: text('sigle'), developpe: text('developpe'), definition: text('definition') };
	try {
		await change(locals.app, { pacteId: params.pacte ?? '', by: compte.id, ...saisie });
		return { fait: formulaire, saisie };
	} catch (error) {
		if (!(error instanceof DomainError) || (error.code !== 'invalide' && error.code !== 'conflit')) throw error;
		const champ = faultOf(cleanDefinition(saisie))?.champ ?? 'sigle';
		return fail(statusOf(error), { formulaire, saisie, champ, erreur: error.message });
	}
}

export const actions: Actions = {
	ajouter: (event) => act(event, 'ajouter', addEntree),
	modifier: (event) => act(event, 'modifier', changeEntree),
	retirer: (event) => act(event, 'retirer', removeEntree),

	/** Shows what was understood of pasted lines, before anything is written. */
	apercu: async ({ locals, params, request }) => {
		const compte = requireCompte(locals.compte);
		const collage = String((await request.formData()).get('collage') ?? '');
		const entrees = readGlossaire(collage.split(/\r\n|\n|\r/));
		if (entrees.length === 0) return fail(422, { collage, erreurCollage: RIEN_A_COLLER });
		const connues = await knownAmong(locals.app, { pacteId: params.pacte ?? '', by: compte.id, entrees });
		const apercu = entrees.map((entree, index) => ({ ...entree, connue: connues[index] === true }));
		return { collage, apercu };
	},

	coller: async ({ locals, params, request }) => {
		const compte = requireCompte(locals.compte);
		const collage = String((await request.formData()).get('collage') ?? '');
		const entrees = readGlossaire(collage.split(/\r\n|\n|\r/));
		try {
			return { collees: await addEntrees(locals.app, { pacteId: params.pacte ?? '', by: compte.id, entrees }) };
		} catch (error) {
			if (!(error instanceof DomainError) || error.code !== 'invalide') throw error;
			return fail(statusOf(error), { collage, erreurCollage: error.message });
		}
	}
};
