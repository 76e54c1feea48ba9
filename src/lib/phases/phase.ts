import { boundsOf, periodInWords, type Precision } from '#lib/quand.ts';

/** How precisely a phase may begin and end. */
export const PRECISIONS_DE_PHASE: readonly Precision[] = ['jour', 'mois', 'saison'];

/** A part of the démarche. Phases may overlap. */
export interface Phase {
	id: string;
	titre: string;
	sousTitre: string;
	/** As `quand.ts` writes them; may be empty. */
	debut: string;
	fin: string;
	/** In words, when dates do not say it. */
	periode: string;
	contenus: string[];
}

/** « mars à mai 2014 », or what was written. */
export function periodOfPhase({ debut, fin, periode }: Pick<Phase, 'debut' | 'fin' | 'periode'>): string {
	return periode === '' ? periodInWords(debut, fin) : periode;
}

/** « Phase 2 : Travaux sur les orientations ». `place`: from 0. */
export function nameOfPhase({ titre }: Pick<Phase, 'titre'>, place: number): string {
	return `Phase\u00a0${place + 1}\u00a0: ${titre}`;
}

/** It ends before it begins. */
export function isBackwards(debut: string, fin: string): boolean {
	const [from, to] = [boundsOf(debut), boundsOf(fin)];
	return from !== null && to !== null && to.fin < from.debut;
}

/** The phases under way on a day (`2027-03-12`). */
export function currentPhases<P extends Pick<Phase, 'debut' | 'fin'>>(phases: readonly P[], jour: string): P[] {
	return phases.filter(({ debut, fin }) => {
		const from = boundsOf(debut);
		const to = boundsOf(fin === '' ? debut : fin);
		return from !== null && to !== null && from.debut <= jour && jour <= to.fin;
	});
}

export interface PhaseType {
	titre: string;
	contenus: string[];
}

/** What a démarche usually goes through: proposed to a pacte that has no phase, to be changed. */
export const PHASES_TYPE: readonly PhaseType[] = [
	{ titre: 'Diagnostic et bilan', contenus: ['Diagnostic du territoire', 'Bilan du pacte précédent'] },
	{ titre: 'Orientations', contenus: ['Enjeux prioritaires', 'Choix des orientations'] },
	{ titre: 'Fiches-actions', contenus: ['Rédaction des fiches avec les partenaires', 'Gouvernance et indicateurs'] },
	{ titre: 'Validation', contenus: ['Avis du comité de pilotage', 'Approbation par les signataires'] }
];
