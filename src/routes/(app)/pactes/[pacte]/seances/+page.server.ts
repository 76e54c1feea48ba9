import { redirect } from '@sveltejs/kit';
import { canAnimate } from '#lib/documents/rights.ts';
import { linesOf } from '#lib/gouvernance/instance.ts';
import { dayAt, precisionOf } from '#lib/quand.ts';
import { monthToShow } from '#lib/seances/calendrier.ts';
import { meetingsInWords } from '#lib/seances/methode.ts';
import { seancesOf, type SeanceDeSerie } from '#lib/seances/serie.ts';
import { counted } from '#lib/format.ts';
import { DomainError } from '#server/errors.ts';
import { listInstances } from '#server/gouvernance/instances.ts';
import { decodeTexte } from '#server/import/decode.ts';
import { listPhases } from '#server/phases/phases.ts';
import { giveAbonnement, hasAbonnement, removeAbonnement } from '#server/seances/abonnements.ts';
import { importEntretiens, previewEntretiens, type EntretienApercu } from '#server/seances/entretiens.ts';
import { readMethode } from '#server/seances/methode.ts';
import { readPlanning } from '#server/seances/planning.ts';
import {
	addSeance,
	addSeances,
	listCorbeille,
	listSeances,
	removeSeances,
	restoreSeance
} from '#server/seances/seances.ts';
import { readTextesAChoisir } from '#server/seances/textes-lies.ts';
import { acte, type Saisie } from '../acte.ts';
import { communOf, countOf, seanceOf } from './saisie.ts';
import type { Actions, PageServerLoad } from './$types';

const VUES = ['liste', 'calendrier', 'planning'] as const;
const AJOUTS = ['seance', 'serie', 'entretiens'] as const;

export const load: PageServerLoad = async ({ locals, params, parent, url, depends }) => {
	depends('pacte:seances', 'pacte:parties');
	const { role, compte } = await parent();
	const { app } = locals;
	const peutAnimer = canAnimate(role);
	const seances = await listSeances(app.db, params.pacte);
	const aujourdhui = dayAt(app.now());
	const asked = url.searchParams.get('mois') ?? '';
	const ajouter = AJOUTS.find((each) => each === url.searchParams.get('ajouter'));
	return {
		seances,
		instances: (await listInstances(app.db, params.pacte)).map(({ id, nom, type, portee, objet }) => ({
			id,
			nom,
			type,
			portee,
			objet,
			rencontres: meetingsInWords(seances.filter(({ instanceId }) => instanceId === id).length)
		})),
		phases: await listPhases(app.db, params.pacte),
		planning: await readPlanning(app.db, params.pacte),
		methode: await readMethode(app.db, params.pacte),
		corbeille: peutAnimer ? await listCorbeille(app, params.pacte) : [],
		textes: peutAnimer && ajouter === 'seance' ? await readTextesAChoisir(app.db, params.pacte) : [],
		abonne: await hasAbonnement(app.db, params.pacte, compte.id),
		aujourdhui,
		mois:
			precisionOf(asked) === 'mois'
				? asked
				: monthToShow(
						seances.map(({ date }) => date),
						aujourdhui
					),
		vue: VUES.find((each) => each === url.searchParams.get('vue')) ?? 'liste',
		ajouter: peutAnimer ? (ajouter ?? null) : null,
		instance: url.searchParams.get('instance') ?? '',
		suite: url.searchParams.get('suite') ?? '',
		retiree: url.searchParams.get('retiree') ?? '',
		peutAnimer
	};
};

export const actions: Actions = {
	seance: (event) =>
		acte(event, 'seance', async (app, act, saisie) => {
			const id = await addSeance(app, act, seanceOf(saisie));
			redirect(303, `/pactes/${act.pacteId}/seances/${id}`);
		}),
	serie: (event) =>
		acte(event, 'serie', async (app, act, saisie) => {
			const ids = await addSeances(app, act, communOf(saisie), serieOf(saisie));
			return {
				message: `${counted(ids.length, 'séance est ajoutée', 'séances sont ajoutées')}.`,
				annuler: { action: '?/retirer', champs: { seance: ids } }
			};
		}),
	/** Reads a list. Writes nothing. */
	lireEntretiens: async (event) => {
		const lu: { apercu: { texte: string; lignes: EntretienApercu[] } | null } = { apercu: null };
		const done = await acte(event, 'entretiens', async (app, act, saisie) => {
			const file = await saisie.file('fichier');
			const texte = file ? decodeTexte(file) : saisie.text('texte');
			lu.apercu = { texte, lignes: await previewEntretiens(app, act, texte) };
			return '';
		});
		return lu.apercu === null ? done : { apercu: lu.apercu };
	},
	importerEntretiens: (event) =>
		acte(event, 'entretiens', async (app, act, saisie) => {
			const commun = { instanceId: saisie.text('instance') || null, phaseId: saisie.text('phase') || null };
			const ids = await importEntretiens(app, act, saisie.text('texte'), commun);
			return {
				message: `${counted(ids.length, 'entretien est importé', 'entretiens sont importés')}.`,
				annuler: { action: '?/retirer', champs: { seance: ids } }
			};
		}),
	retirer: (event) =>
		acte(event, 'retirer', async (app, act, saisie) => {
			const ids = saisie.all('seance');
			await removeSeances(app, act, ids);
			return `${counted(ids.length, 'séance est retirée', 'séances sont retirées')}.`;
		}),
	remettre: (event) =>
		acte(event, 'remettre', async (app, act, saisie) => {
			const titre = await restoreSeance(app, { ...act, seanceId: saisie.text('seance') });
			return `«\u00a0${titre}\u00a0» est remise.`;
		}),
	abonner: async (event) => {
		const donne = { lien: '' };
		const done = await acte(event, 'abonner', async (app, act) => {
			const origine = app.config.adressePublique ?? event.url.origin;
			donne.lien = `${origine}${await giveAbonnement(app, act)}`;
			return '';
		});
		return donne.lien === '' ? done : { lien: donne.lien };
	},
	desabonner: (event) =>
		acte(event, 'desabonner', async (app, act) => {
			await removeAbonnement(app, act);
			return 'Votre adresse ne donne plus rien\u00a0: les agendas qui la suivaient ne se mettront plus à jour.';
		})
};

function serieOf(saisie: Saisie): SeanceDeSerie[] {
	const nombre = countOf(saisie.text('reunions'), 'Indiquez combien de réunions, par un nombre entier.');
	const serie = seancesOf({
		titre: saisie.text('titre').trim() || 'Réunion',
		themes: linesOf(saisie.text('themes')),
		reunions: nombre ?? 0,
		dates: saisie
			.text('dates')
			.split(/\r?\n/)
			.map((line) => line.trim())
			.filter(Boolean),
		objets: linesOf(saisie.text('objets'))
	});
	if ('erreurs' in serie) throw new DomainError('invalide', serie.erreurs.join(' '));
	return serie.seances;
}
