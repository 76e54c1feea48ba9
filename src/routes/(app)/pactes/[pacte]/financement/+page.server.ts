import { canWriteParties } from '#lib/documents/rights.ts';
import { centsIn } from '#lib/financement/montant.ts';
import { linesOf } from '#lib/gouvernance/instance.ts';
import {
	readFinancement,
	removeFinancement,
	saveEnveloppe,
	saveIntermediaires,
	saveOrientationFse,
	type DispositifSaisi
} from '#server/financement/financement.ts';
import { readMontants } from '#server/financement/montants.ts';
import { listNoeuds } from '#server/orientations/noeuds.ts';
import { listOrganismes } from '#server/organismes/organismes.ts';
import { acte } from '../acte.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, url, depends }) => {
	depends('pacte:parties', 'pacte:organismes', 'pacte:noeuds', 'pacte:fiches', 'pacte:variantes');
	const { role, modele } = await parent();
	const { db } = locals.app;
	const [financement, noeuds, organismes] = await Promise.all([
		readFinancement(db, params.pacte),
		listNoeuds(db, params.pacte),
		listOrganismes(db, params.pacte)
	]);
	const peutEcrire = canWriteParties(role);
	const asked = (name: string) => (peutEcrire ? url.searchParams.get(name) : null);
	return {
		financement,
		montants: await readMontants(db, params.pacte, modele),
		axes: noeuds
			.filter(({ parent: above, aClasser }) => above === null && !aClasser)
			.map(({ id, code, titre }) => ({ id, code, titre })),
		organismes: organismes.map(({ nom }) => nom),
		peutEcrire,
		modifier: asked('modifier'),
		retirer: asked('retirer')
	};
};

export const actions: Actions = {
	enveloppe: (event) => {
		const id = event.url.searchParams.get('id') ?? '';
		return acte(event, `enveloppe-${id}`, async (app, act, saisie) => {
			await saveEnveloppe(app, act, {
				id,
				libelle: saisie.text('libelle'),
				montant: centsIn(saisie.text('montant')),
				partFse: centsIn(saisie.text('part_fse')),
				debut: saisie.text('debut'),
				fin: saisie.text('fin'),
				exclusions: saisie.text('exclusions')
			});
			return 'L’enveloppe est enregistrée.';
		});
	},
	orientation: (event) => {
		const id = event.url.searchParams.get('id') ?? '';
		return acte(event, `orientation-${id}`, async (app, act, saisie) => {
			const dispositifs = linesOf(saisie.text('dispositifs')).map(dispositifOf);
			await saveOrientationFse(app, act, {
				id,
				libelle: saisie.text('libelle'),
				axes: saisie.all('axes'),
				dispositifs
			});
			return 'L’orientation est enregistrée.';
		});
	},
	intermediaires: (event) =>
		acte(event, 'intermediaires', async (app, act, saisie) => {
			const lines = linesOf(saisie.text('intermediaires')).map((line) => {
				const [nom = '', ...perimetre] = line.split(/\s*:\s*/);
				return { nom, perimetre: perimetre.join(' : ') };
			});
			await saveIntermediaires(app, act, lines);
			return 'La liste est enregistrée.';
		}),
	retirer: (event) =>
		acte(event, 'retirer', async (app, act, saisie) => {
			const table = saisie.text('quoi') === 'enveloppe' ? 'enveloppes' : 'fse_orientations';
			const libelle = await removeFinancement(app, act, table, saisie.text('id'));
			return `« ${libelle} » est retirée.`;
		})
};

/** « Référents de parcours [PLIE] — Mission locale ». */
function dispositifOf(line: string): DispositifSaisi {
	const [, libelle = line, mention = '', operateur = ''] =
		/^(.*?)\s*(?:\[([^\]]*)\])?\s*(?:\s[—–]\s(.*))?$/u.exec(line) ?? [];
	return { libelle, mention, operateur };
}
