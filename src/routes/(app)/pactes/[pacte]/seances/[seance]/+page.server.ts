import { redirect } from '@sveltejs/kit';
import { counted } from '#lib/format.ts';
import { canAnimate } from '#lib/documents/rights.ts';
import type { Presence } from '#lib/seances/seance.ts';
import { listInstances } from '#server/gouvernance/instances.ts';
import { listOrganismes } from '#server/organismes/organismes.ts';
import { listPhases } from '#server/phases/phases.ts';
import {
	changeSeance,
	listSeances,
	notePresences,
	readSeance,
	removeSeance,
	writeCompteRendu
} from '#server/seances/seances.ts';
import { newId } from '#server/ids.ts';
import { readResultat } from '#server/recolte/resultat.ts';
import { doActe } from '#server/salles/acte.ts';
import { Donnees } from '#server/salles/donnees.ts';
import { readReferences } from '#server/sections/references.ts';
import { readTextesAChoisir } from '#server/seances/textes-lies.ts';
import { acte, type Saisie } from '../../acte.ts';
import { countOf, seanceOf } from '../saisie.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, url, depends }) => {
	depends('pacte:seances', 'pacte:parties', 'pacte:organismes', 'pacte:sections', 'pacte:noeuds');
	const { role, modele } = await parent();
	const { db } = locals.app;
	const seance = await readSeance(db, params.pacte, params.seance);
	const seances = await listSeances(db, params.pacte);
	const { renvois } = await readReferences(db, { id: params.pacte, modele });
	const peutAnimer = canAnimate(role);
	const pacte = { id: params.pacte, modele };
	/** While its room is open, what it brings is for those who lead it. */
	const resultatOf = (id: string, salle: string | null) =>
		peutAnimer || salle === 'close' ? readResultat(db, pacte, id) : null;
	const precedente = seances.find(({ id }) => id === seance.suiteDe) ?? null;
	const modifier = peutAnimer && url.searchParams.has('modifier');
	return {
		seance,
		seances,
		precedente,
		resultat: await resultatOf(seance.id, seance.salle),
		resultatPrecedent: precedente && (await resultatOf(precedente.id, precedente.salle)),
		cle: newId(),
		suites: seances.filter(({ suiteDe }) => suiteDe === seance.id),
		instances: (await listInstances(db, params.pacte)).map(({ id, nom }) => ({ id, nom })),
		phases: await listPhases(db, params.pacte),
		organismes: peutAnimer ? (await listOrganismes(db, params.pacte)).map(({ id, nom }) => ({ id, nom })) : [],
		lies: seance.textes.flatMap(({ genre, objet }) => renvois[`${genre}:${objet}`] ?? []),
		textes: modifier ? await readTextesAChoisir(db, params.pacte) : [],
		peutAnimer,
		modifier,
		retirer: peutAnimer && url.searchParams.has('retirer')
	};
};

export const actions: Actions = {
	modifier: (event) =>
		acte(event, 'modifier', async (app, act, saisie) => {
			await changeSeance(app, { ...act, seanceId: event.params.seance }, seanceOf(saisie));
			return 'La séance est enregistrée.';
		}),
	presences: (event) =>
		acte(event, 'presences', async (app, act, saisie) => {
			const participants = numberOf(saisie.text('participants'));
			await notePresences(app, { ...act, seanceId: event.params.seance }, presencesOf(saisie), participants);
			return 'Les présences sont enregistrées.';
		}),
	compteRendu: (event) =>
		acte(event, 'compte-rendu', async (app, act, saisie) => {
			await writeCompteRendu(app, { ...act, seanceId: event.params.seance }, saisie.text('compte_rendu'));
			return 'Le compte rendu est enregistré.';
		}),
	reprendre: (event) =>
		acte(event, 'reprendre', async (app, act, saisie) => {
			const demande = { cle: saisie.text('cle'), acte: 'reprendreLaSeance', donnees: new Donnees({}) };
			const acteur = { genre: 'animateur' as const, compteId: act.by };
			const { cartes } = (await doActe(app, event.params.seance, acteur, demande)) as { cartes: number };
			if (cartes === 0) return 'Tout était déjà repris.';
			return `${counted(cartes, 'carte de la séance précédente attend', 'cartes de la séance précédente attendent')} sur toutes les tables.`;
		}),
	retirer: (event) =>
		acte(event, 'retirer', async (app, act) => {
			await removeSeance(app, { ...act, seanceId: event.params.seance });
			redirect(303, `/pactes/${act.pacteId}/seances?retiree=${event.params.seance}`);
		})
};

/** One line of each column, in the same order. */
function presencesOf(saisie: Saisie): Presence[] {
	const column = (name: string) => saisie.all(name);
	const [noms, attendus, presents, sansTelephone] = [
		column('nom'),
		column('attendus'),
		column('presents'),
		column('sans_telephone')
	];
	return column('organisme').map((organisme, i) => ({
		organismeId: organisme || null,
		nom: noms[i] ?? '',
		attendus: numberOf(attendus[i]),
		presents: numberOf(presents[i]),
		sansTelephone: numberOf(sansTelephone[i])
	}));
}

function numberOf(text = ''): number | null {
	return countOf(text, 'Un nombre de personnes est un nombre entier\u00a0: laissez vide si vous ne savez pas.');
}
