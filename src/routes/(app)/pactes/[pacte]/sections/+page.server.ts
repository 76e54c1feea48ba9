import { fail, type Actions } from '@sveltejs/kit';
import { canPlanSections } from '#lib/documents/rights.ts';
import { ETATS, GENRES, type EtatSection } from '#lib/sections/section.ts';
import type { App } from '#server/app.ts';
import { requireCompte } from '#server/comptes/rights.ts';
import { readEquipe } from '#server/comptes/equipe.ts';
import { DomainError, statusOf } from '#server/errors.ts';
import { listOrganismes } from '#server/organismes/organismes.ts';
import {
	addSection,
	changeSection,
	createPlanType,
	listAxes,
	listRetirees,
	moveSection,
	readPlan,
	removeSection,
	restoreSection,
	setEtat,
	setRedacteurs,
	type PlanAct,
	type SectionAct
} from '#server/sections/sections.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, parent, depends }) => {
	depends('pacte:sections', 'pacte:textes', 'pacte:organismes', 'pacte:noeuds');
	const { pacte, role, compte } = await parent();
	const { db } = locals.app;
	return {
		plan: await readPlan(db, pacte.id, compte.id),
		retirees: canPlanSections(role) ? await listRetirees(db, pacte.id) : [],
		membres: canPlanSections(role) ? (await readEquipe(locals.app, pacte.id, compte.id)).membres : [],
		organismes: await listOrganismes(db, pacte.id),
		axes: await listAxes(db, pacte.id),
		planifie: canPlanSections(role)
	};
};

type Event = { locals: globalThis.App.Locals; params: Partial<Record<string, string>>; request: Request };

/** Reads the form, does the act, and gives an expected refusal back to the form that asked. */
async function act(
	{ locals, params, request }: Event,
	message: string,
	change: (app: App, act: SectionAct, form: FormData) => Promise<unknown>
) {
	const compte = requireCompte(locals.compte);
	const form = await request.formData();
	const sectionId = textIn(form, 'section');
	try {
		await change(locals.app, { pacteId: params.pacte ?? '', by: compte.id, sectionId }, form);
		return { section: sectionId, message };
	} catch (error) {
		if (!(error instanceof DomainError) || (error.code !== 'invalide' && error.code !== 'conflit')) throw error;
		return fail(statusOf(error), { section: sectionId, erreur: error.message });
	}
}

const textIn = (form: FormData, name: string) => String(form.get(name) ?? '');
const orNull = (value: string) => (value === '' ? null : value);

async function add(app: App, planAct: PlanAct, form: FormData): Promise<void> {
	const genre = GENRES.find((known) => known === textIn(form, 'genre')) ?? 'texte';
	const parent = orNull(textIn(form, 'parent'));
	await addSection(app, planAct, {
		genre,
		titre: textIn(form, 'titre'),
		parent,
		organismeId: orNull(textIn(form, 'organisme'))
	});
}

export const actions: Actions = {
	planType: (event) => act(event, 'Le plan est créé : chaque section a déjà sa page.', createPlanType),
	ajouter: (event) => act(event, 'La section est ajoutée.', add),
	modifier: (event) =>
		act(event, 'La section est réglée.', async (app, section, form) => {
			await changeSection(app, section, {
				titre: textIn(form, 'titre'),
				longueur: textIn(form, 'longueur'),
				organismeId: orNull(textIn(form, 'organisme')),
				noeudId: orNull(textIn(form, 'noeud'))
			});
			await setRedacteurs(app, section, form.getAll('redacteur').map(String));
		}),
	deplacer: (event) =>
		act(event, 'La section est déplacée.', (app, section, form) =>
			moveSection(app, section, { parent: orNull(textIn(form, 'parent')), before: orNull(textIn(form, 'avant')) })
		),
	etat: (event) =>
		act(event, 'L’état est changé.', (app, section, form) =>
			setEtat(app, section, ETATS.find((etat) => etat === textIn(form, 'etat')) ?? ('' as EtatSection))
		),
	retirer: (event) => act(event, 'La section est retirée du plan. Elle peut être remise.', removeSection),
	remettre: (event) => act(event, 'La section est remise, à la fin du plan.', restoreSection)
};
