import { DELAI_D_ANNULATION, type Minuteur } from '#lib/salles/salle.ts';
import { minuteurProlonge, minuteurRepris } from '#lib/salles/minuteur.ts';
import { DomainError } from '../../errors.ts';
import type { Contexte, DefinitionDActe } from '../acte.ts';
import type { Donnees } from '../donnees.ts';
import { goToRoundOf, rotationToCome, type RotationCalculee } from '../rotation.ts';

/** What is put back when a change of step is undone. */
interface Avant {
	etapeId: string | null;
	minuteur: Minuteur | null;
	at: number;
	/** What the facilitator had chosen for the wall, as it is stored. */
	vue: string;
	/** Tables that had said that they were done. */
	finies: { id: string; at: number }[];
}

/** Answered to who leads from a step that is over: somebody else was quicker, and nothing is done twice. */
const DEJA = { deja: true } as const;

type DepuisUneEtape = { depuis: string | null };

const depuisDe = (donnees: Donnees): DepuisUneEtape => ({ depuis: donnees.id('depuis') });

/** An act on the present step: it names the step that it is about, and does nothing when that one is over. */
function surEtape<D extends DepuisUneEtape, C = undefined>(
	lire: (donnees: Donnees) => D,
	faire: (contexte: Contexte, donnees: D, calcul: C) => Promise<void>,
	calculer?: DefinitionDActe<D, C>['calculer']
): DefinitionDActe<D, C> {
	return {
		qui: 'animateur',
		lire,
		calculer,
		async faire(contexte, donnees, calcul) {
			const { salle } = contexte;
			if (salle.etat !== 'ouverte') throw new DomainError('conflit', 'Ouvrez d’abord la séance.');
			if (donnees.depuis !== null && donnees.depuis !== salle.etape_id) return DEJA;
			await faire(contexte, donnees, calcul);
			return null;
		}
	};
}

/** Goes to a step, on the server's clock. Nothing of the step before is closed: what was being written still comes. */
const allerAEtape = surEtape(
	(donnees) => ({ ...depuisDe(donnees), etapeId: donnees.requiredId('etape') }),
	async (contexte, { etapeId }, rotation: RotationCalculee | null) => {
		const { trx, now, seanceId, salle, note } = contexte;
		const etape = await trx
			.selectFrom('etapes')
			.select(['id', 'titre', 'duree'])
			.where('seance_id', '=', seanceId)
			.where('id', '=', etapeId)
			.executeTakeFirst();
		if (!etape) throw new DomainError('introuvable', 'Cette étape n’existe plus.');
		if (salle.etape_id === etapeId) return;
		const fin = etape.duree === null ? null : now + etape.duree * 1000;
		const avant = JSON.stringify(await avantDe(contexte));
		await goToRoundOf(trx, seanceId, etapeId, rotation);
		await finish(contexte, now);
		await begin(contexte, etapeId);
		await trx.updateTable('seance_tables').set({ finie_at: null }).where('seance_id', '=', seanceId).execute();
		await enter(contexte, { etapeId, minuteur: { debut: now, fin, pauseAt: null }, vue: '', avant });
		await note('etape_changee', { seance: seanceId, etape: etape.titre });
	},
	(app, seanceId) => rotationToCome(app, seanceId, 'manque')
);

/** Puts back the step before and its timer, as if it had not been left. What was written meanwhile stays. */
const annulerEtape = surEtape(depuisDe, async (contexte) => {
	const { trx, now, seanceId, salle, note } = contexte;
	if (salle.avant === '') return;
	const avant = JSON.parse(salle.avant) as Avant;
	if (now - avant.at > DELAI_D_ANNULATION)
		throw new DomainError(
			'conflit',
			`Plus de ${DELAI_D_ANNULATION / 1000}\u00a0secondes ont passé. Revenez à l’étape précédente.`
		);
	if (avant.etapeId === null) return;
	await goToRoundOf(trx, seanceId, avant.etapeId);
	await finish(contexte, now);
	await begin(contexte, avant.etapeId);
	for (const { id, at } of avant.finies)
		await trx.updateTable('seance_tables').set({ finie_at: at }).where('id', '=', id).execute();
	await enter(contexte, { ...avant, etapeId: avant.etapeId, avant: '' });
	await note('etape_changee', { seance: seanceId, annulee: true });
});

async function avantDe({ trx, now, seanceId, salle }: Contexte): Promise<Avant> {
	const finies = await trx
		.selectFrom('seance_tables')
		.select(['id', 'finie_at as at'])
		.where('seance_id', '=', seanceId)
		.where('finie_at', 'is not', null)
		.execute();
	return {
		etapeId: salle.etape_id,
		minuteur: minuteurOf(salle),
		at: now,
		vue: salle.vue,
		finies: finies.map(({ id, at }) => ({ id, at: at as number }))
	};
}

async function finish({ trx, seanceId, salle }: Contexte, now: number): Promise<void> {
	await trx
		.updateTable('etapes')
		.set({ finie_at: now })
		.where('seance_id', '=', seanceId)
		.where('id', '=', salle.etape_id ?? '')
		.execute();
}

/** A step that one comes back to began when it first did, unless it was entered by mistake. */
async function begin({ trx, now }: Contexte, etapeId: string): Promise<void> {
	const { commencee_at: former, finie_at: end } = await trx
		.selectFrom('etapes')
		.select(['commencee_at', 'finie_at'])
		.where('id', '=', etapeId)
		.executeTakeFirstOrThrow();
	const isLived = former !== null && end !== null && end - former > DELAI_D_ANNULATION;
	await trx
		.updateTable('etapes')
		.set({ commencee_at: isLived ? former : now, finie_at: null })
		.where('id', '=', etapeId)
		.execute();
}

async function enter(
	{ trx, seanceId }: Contexte,
	{ etapeId, minuteur, vue, avant }: { etapeId: string; minuteur: Minuteur | null; vue: string; avant: string }
): Promise<void> {
	await trx
		.updateTable('salles')
		.set({ etape_id: etapeId, ...columnsOf(minuteur), vue, avant })
		.where('seance_id', '=', seanceId)
		.execute();
}

/** More time; from now where it is over, or where there was no limit. */
const prolonger = surEtape(
	(donnees) => ({ ...depuisDe(donnees), minutes: donnees.integer('minutes', { min: 1, max: 60 }) }),
	(contexte, { minutes }) =>
		changeMinuteur(contexte, (minuteur, now) => minuteurProlonge(minuteur, minutes * 60_000, now))
);

const mettreEnPause = surEtape(depuisDe, (contexte) =>
	changeMinuteur(contexte, (minuteur, now) => ({ ...minuteur, pauseAt: minuteur.pauseAt ?? now }))
);

const reprendre = surEtape(depuisDe, (contexte) => changeMinuteur(contexte, minuteurRepris));

async function changeMinuteur(
	{ trx, now, seanceId, salle }: Contexte,
	change: (minuteur: Minuteur, now: number) => Minuteur
): Promise<void> {
	const minuteur = minuteurOf(salle);
	if (!minuteur) return;
	await trx
		.updateTable('salles')
		.set(columnsOf(change(minuteur, now)))
		.where('seance_id', '=', seanceId)
		.execute();
}

function minuteurOf({ etape_debut, etape_fin, pause_at }: Contexte['salle']): Minuteur | null {
	return etape_debut === null ? null : { debut: etape_debut, fin: etape_fin, pauseAt: pause_at };
}

function columnsOf(minuteur: Minuteur | null) {
	const { debut = null, fin = null, pauseAt = null } = minuteur ?? {};
	return { etape_debut: debut, etape_fin: fin, pause_at: pauseAt };
}

export const ACTES_D_ETAPES = { allerAEtape, annulerEtape, prolonger, mettreEnPause, reprendre };
