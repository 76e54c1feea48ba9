import { canAnimate } from '#lib/documents/rights.ts';
import { linesOf } from '#lib/gouvernance/instance.ts';
import { PRECISIONS_DE_PHASE, type Phase } from '#lib/phases/phase.ts';
import { readQuand } from '#lib/quand.ts';
import { DomainError } from '#server/errors.ts';
import {
	addPhase,
	addPhasesType,
	changePhase,
	DATE_DE_PHASE,
	listPhases,
	listPhasesRetirees,
	movePhase,
	removePhase,
	restorePhase,
	type PhaseSaisie
} from '#server/phases/phases.ts';
import { readPlanning } from '#server/seances/planning.ts';
import { acte, type Saisie } from '../acte.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, url, depends }) => {
	depends('pacte:seances', 'pacte:parties');
	const { role } = await parent();
	const { db } = locals.app;
	const [phases, retirees, planning] = await Promise.all([
		listPhases(db, params.pacte),
		listPhasesRetirees(db, params.pacte),
		readPlanning(db, params.pacte)
	]);
	const peutAnimer = canAnimate(role);
	return {
		phases,
		retirees: peutAnimer ? retirees : [],
		planning,
		peutAnimer,
		modifier: peutAnimer ? url.searchParams.get('modifier') : null
	};
};

export const actions: Actions = {
	ajouter: (event) =>
		acte(event, 'ajouter', async (app, act, saisie) => {
			const phase = phaseOf(saisie);
			const id = await addPhase(app, act, phase);
			return {
				message: `«\u00a0${phase.titre.trim()}\u00a0» est ajoutée.`,
				annuler: { action: '?/retirer', champs: { phase: id } }
			};
		}),
	proposer: (event) =>
		acte(event, 'proposer', async (app, act) => {
			await addPhasesType(app, act);
			return 'Quatre phases sont proposées\u00a0: changez leurs titres, leurs dates et leurs contenus.';
		}),
	modifier: (event) =>
		acte(event, `modifier-${event.url.searchParams.get('phase')}`, async (app, act, saisie) => {
			const phaseId = event.url.searchParams.get('phase') ?? '';
			const before = await changePhase(app, { ...act, phaseId }, phaseOf(saisie));
			return {
				message: `«\u00a0${saisie.text('titre').trim()}\u00a0» est enregistrée.`,
				annuler: { action: `?/modifier&phase=${phaseId}`, champs: champsOf(before) }
			};
		}),
	deplacer: (event) =>
		acte(event, 'deplacer', async (app, act, saisie) => {
			const [phaseId, sens] = [saisie.text('phase'), saisie.text('sens')];
			const titre = await movePhase(app, { ...act, phaseId }, sens === 'haut' ? -1 : 1);
			return {
				message: `«\u00a0${titre}\u00a0» est déplacée.`,
				annuler: { action: '?/deplacer', champs: { phase: phaseId, sens: sens === 'haut' ? 'bas' : 'haut' } }
			};
		}),
	retirer: (event) =>
		acte(event, 'retirer', async (app, act, saisie) => {
			const phaseId = saisie.text('phase');
			const titre = await removePhase(app, { ...act, phaseId });
			return {
				message: `«\u00a0${titre}\u00a0» est retirée. Ses séances restent.`,
				annuler: { action: '?/remettre', champs: { phase: phaseId } }
			};
		}),
	remettre: (event) =>
		acte(event, 'remettre', async (app, act, saisie) => {
			const titre = await restorePhase(app, { ...act, phaseId: saisie.text('phase') });
			return `«\u00a0${titre}\u00a0» est remise.`;
		})
};

function phaseOf(saisie: Saisie): PhaseSaisie {
	return {
		titre: saisie.text('titre'),
		sousTitre: saisie.text('sous_titre'),
		debut: quandOf(saisie.text('debut')),
		fin: quandOf(saisie.text('fin')),
		periode: saisie.text('periode'),
		contenus: linesOf(saisie.text('contenus'))
	};
}

function quandOf(text: string): string {
	const quand = readQuand(text, PRECISIONS_DE_PHASE);
	if (quand === null) throw new DomainError('invalide', DATE_DE_PHASE);
	return quand;
}

/** What the form would send to make it so again. */
function champsOf({ titre, sousTitre, debut, fin, periode, contenus }: Phase): Record<string, string> {
	return { titre, sous_titre: sousTitre, debut, fin, periode, contenus: contenus.join('\n') };
}
