import { foldNom } from '#lib/organismes/fold.ts';
import { bilanDeRotation, type BilanDeRotation } from './bilan-de-rotation.ts';
import type { Tablee } from './plan-de-tables.ts';
import type { DemandeDeRotation } from './rotation.ts';
import type { Passage, Salle, Siege } from './salle.ts';

/** What of a room its rotation depends on. */
export type SalleATourner = Pick<
	Salle,
	'etat' | 'revision' | 'reglages' | 'etapes' | 'etapeId' | 'tables' | 'sieges' | 'passages'
>;

/** The round in which people sit as they do; 0 before the first. Harvest and votes leave them where they are. */
export function tourCourant({ etapes }: Pick<Salle, 'etapes'>, etapeId: string | null): number {
	const place = etapes.findIndex(({ id }) => id === etapeId);
	return Math.max(0, ...etapes.slice(0, place + 1).map(({ tour }) => tour ?? 0));
}

/** The devices that tables share turn with nobody, and those of a rehearsal with no one at all. */
export function convivesDe(sieges: readonly Siege[]): Siege[] {
	return sieges.filter(({ genre }) => genre === 'personne');
}

export function tableeDe({ etapes, tables, sieges }: SalleATourner): Tablee {
	return {
		convives: convivesDe(sieges).map(({ id, organismeId, organisme, usager, absent, hote, tableId }) => ({
			id,
			organisme: organismeId ?? foldNom(organisme),
			usager,
			absent,
			fixe: hote && !absent ? tableId : null
		})),
		tables: tables.map(({ id, places }) => ({ id, places })),
		tours: Math.max(0, ...etapes.map(({ genre, tour }) => (genre === 'tour' ? (tour ?? 0) : 0)))
	};
}

/**
 * What there is to compute; null: nothing. `reste`: all rounds to come anew. `manque`: only for those who have no place there, so that
 * what others hold on paper stays true.
 */
export function demandeDe(salle: SalleATourner, quoi: 'reste' | 'manque'): DemandeDeRotation | null {
	const { rotation } = salle.reglages;
	const tablee = tableeDe(salle);
	const someone = tablee.convives.some(({ absent }) => !absent);
	if (rotation === 'libre' || !someone || tablee.tables.length === 0 || tablee.tours === 0) return null;
	const lived = salle.etat === 'preparation' ? [] : livedPassages(salle);
	const premierTour = salle.etat === 'preparation' ? 1 : tourCourant(salle, salle.etapeId) + 1;
	const planned = salle.passages.filter(({ tour }) => !lived.some((each) => each.tour === tour) || tour >= premierTour);
	const standing = standingPassages(planned, lived, tablee);
	const demande: DemandeDeRotation = {
		...tablee,
		mode: rotation,
		acquis: quoi === 'reste' ? lived : [...lived, ...standing],
		prevu: quoi === 'reste' && premierTour > 1 ? standing : [],
		premierTour,
		graine: salle.revision
	};
	return quoi === 'manque' && !isMissing(demande) ? null : demande;
}

/** Where people were, and where they are now: who moved by themselves is where they moved to. */
function livedPassages({ etapes, etapeId, passages, sieges }: SalleATourner): Passage[] {
	const tour = Math.max(1, tourCourant({ etapes }, etapeId));
	const now = convivesDe(sieges).flatMap(({ id, tableId, absent }) =>
		tableId === null || absent ? [] : [{ tour, siegeId: id, tableId }]
	);
	return [...passages.filter((each) => each.tour < tour), ...now];
}

/** Planned passages that still hold: of who is there, does not host, and has not been at that table meanwhile. */
function standingPassages(planned: readonly Passage[], lived: readonly Passage[], tablee: Tablee): Passage[] {
	const { convives, tables, tours } = tablee;
	const been = new Set(lived.map(({ tour, siegeId, tableId }) => `${siegeId} ${tableId} ${tour}`));
	const wasAt = ({ siegeId, tableId, tour }: Passage) =>
		tours <= tables.length &&
		Array.from({ length: tours }, (_, i) => i + 1).some(
			(each) => each !== tour && been.has(`${siegeId} ${tableId} ${each}`)
		);
	const isSeatedAt = new Set(lived.map(({ tour, siegeId }) => `${siegeId} ${tour}`));
	const mobile = new Set(convives.filter(({ fixe, absent }) => fixe === null && !absent).map(({ id }) => id));
	return planned.filter(
		(passage) => mobile.has(passage.siegeId) && !isSeatedAt.has(`${passage.siegeId} ${passage.tour}`) && !wasAt(passage)
	);
}

function isMissing({ convives, acquis, premierTour, tours }: DemandeDeRotation): boolean {
	const held = new Set(acquis.map(({ siegeId, tour }) => `${siegeId} ${tour}`));
	return convives.some(
		({ id, absent }) =>
			!absent &&
			Array.from({ length: tours - premierTour + 1 }, (_, i) => premierTour + i).some(
				(tour) => !held.has(`${id} ${tour}`)
			)
	);
}

/** What the rotation of a room does not keep of what was asked; null: it has none. */
export function bilanDe(salle: SalleATourner): BilanDeRotation | null {
	if (salle.reglages.rotation !== 'individuelle' || salle.passages.length === 0) return null;
	const nomOf = new Map(
		salle.sieges.map(({ organismeId, organisme }) => [organismeId ?? foldNom(organisme), organisme])
	);
	const bilan = bilanDeRotation(tableeDe(salle), salle.passages);
	return {
		...bilan,
		organismes: bilan.organismes.map((each) => ({ ...each, organisme: nomOf.get(each.organisme) ?? each.organisme }))
	};
}
