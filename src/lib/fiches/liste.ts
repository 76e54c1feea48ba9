import type { ListeNommee, Repere } from './synthese.ts';

/** A fiche in a list of many. */
export interface FicheListee extends Repere {
	axe: Repere | null;
	pilotes: ListeNommee;
	echeance: string;
	remplis: number;
	total: number;
	/** The fields in which nothing is written, those that are not asked for included. */
	vides: string[];
	/** When whoever looks wrote there last; null: never. */
	ecrite: number | null;
	/** Whether it is piloted by the organisme of whoever looks. */
	mienne: boolean;
}

export const VUES = ['toutes', 'ecrites', 'pilotees'] as const;
export type Vue = (typeof VUES)[number];

export interface FiltresDeListe {
	vue: Vue;
	axe: string | null;
	pilote: string | null;
	etat: 'completes' | 'incompletes' | null;
	/** Only those in which nothing is written in this field. */
	vide: string | null;
}

/** Reads the address of the page: a plain form makes it. */
export function readFiltresDeListe(params: URLSearchParams): FiltresDeListe {
	const etat = params.get('etat');
	const vue = VUES.find((each) => each === params.get('voir'));
	return {
		vue: vue ?? 'toutes',
		axe: params.get('axe') || null,
		pilote: params.get('pilote') || null,
		etat: etat === 'completes' || etat === 'incompletes' ? etat : null,
		vide: params.get('vide') || null
	};
}

/** Those that answer to all the filters; in the order of their codes, or those where one wrote last first. */
export function filterListe(fiches: readonly FicheListee[], filtres: FiltresDeListe): FicheListee[] {
	const { vue, axe, pilote, etat, vide } = filtres;
	const found = fiches.filter(
		(fiche) =>
			(vue !== 'ecrites' || fiche.ecrite !== null) &&
			(vue !== 'pilotees' || fiche.mienne) &&
			(axe === null || fiche.axe?.id === axe) &&
			(pilote === null ||
				(pilote === SANS_PILOTE
					? fiche.pilotes.organismes.length === 0
					: fiche.pilotes.organismes.some(({ id }) => id === pilote))) &&
			(etat === null || (etat === 'completes') === (fiche.remplis === fiche.total)) &&
			(vide === null || fiche.vides.includes(vide))
	);
	return vue === 'ecrites' ? found.sort((a, b) => (b.ecrite ?? 0) - (a.ecrite ?? 0)) : found;
}

/** In the place of a pilote: those that have none. */
export const SANS_PILOTE = 'aucun';
