import { documentRight } from '#lib/documents/rights.ts';
import type { NatureConstat } from '#lib/editor/prose.ts';
import { readProvenances } from '#server/recolte/provenance.ts';
import { listConstats, addConstat, changeConstat, linkConstat, unlinkConstat } from '#server/sections/constats.ts';
import { readReferences } from '#server/sections/references.ts';
import { readPlan } from '#server/sections/sections.ts';
import { acte, type Saisie } from '../acte.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, parent, url, depends }) => {
	depends('pacte:sections', 'pacte:textes', 'pacte:noeuds', 'pacte:parties');
	const { pacte, modele, role, compte } = await parent();
	const { db } = locals.app;
	const references = await readReferences(db, { id: pacte.id, modele });
	const noeuds = await db
		.selectFrom('noeuds')
		.select(['id', 'parent', 'titre', 'a_classer'])
		.where('pacte_id', '=', pacte.id)
		.orderBy('ordre')
		.execute();
	const named = noeuds
		.filter(({ a_classer }) => a_classer === 0)
		.map(({ id, parent: above, titre }) => ({
			id,
			racine: above === null,
			nom: [references.renvois[`noeud:${id}`]?.texte, titre.trim()].filter(Boolean).join('\u00a0: ')
		}));
	const plan = await readPlan(db, pacte.id, compte.id);
	const constats = await listConstats(db, pacte.id, compte.id, references);
	return {
		constats,
		provenances: await readProvenances(
			db,
			pacte.id,
			constats.map(({ id }) => id)
		),
		noeuds: named,
		sections: plan.filter(({ redige }) => redige).map(({ id, numero, titre, genre }) => ({ id, numero, titre, genre })),
		relie: documentRight(role, 'fiche') === 'write',
		par: url.searchParams.get('par') === 'axe' ? ('axe' as const) : ('theme' as const)
	};
};

const details = (saisie: Saisie) => ({
	theme: saisie.text('theme'),
	noeud: saisie.text('axe'),
	origine: saisie.text('origine')
});

export const actions: Actions = {
	noter: (event) =>
		acte(event, 'noter', async (app, act, saisie) => {
			const nature: NatureConstat = saisie.text('nature') === 'enjeu' ? 'enjeu' : 'constat';
			await addConstat(app, act, {
				...details(saisie),
				nature,
				texte: saisie.text('texte'),
				sectionId: saisie.text('section')
			});
			return nature === 'enjeu' ? 'L’enjeu est noté dans le texte.' : 'Le constat est noté dans le texte.';
		}),
	preciser: (event) =>
		acte(event, 'preciser', async (app, act, saisie) => {
			await changeConstat(app, act, {
				...details(saisie),
				constatId: saisie.text('constat'),
				sectionId: saisie.text('section')
			});
			return 'C’est précisé.';
		}),
	relier: (event) =>
		acte(event, 'relier', async (app, act, saisie) => {
			await linkConstat(app, { ...act, constatId: saisie.text('constat'), noeudId: saisie.text('noeud') });
			return 'Le lien est fait.';
		}),
	delier: (event) =>
		acte(event, 'delier', async (app, act, saisie) => {
			await unlinkConstat(app, { ...act, constatId: saisie.text('constat'), noeudId: saisie.text('noeud') });
			return 'Le lien est retiré.';
		})
};
