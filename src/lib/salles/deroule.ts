import type { Etape, Salle } from './salle.ts';

const MINUTE = 60_000;

/** Where a step stands: behind, under way, ahead. */
export type Moment = 'passee' | 'en_cours' | 'a_venir';

export interface LigneDeDeroule {
	etape: Etape;
	moment: Moment;
	/** Minutes; null: no limit. */
	prevues: number | null;
	/** Minutes that it took, or has taken so far; null: it has not begun. */
	passees: number | null;
}

/** The script as it was planned, beside what it takes. */
export function derouleDe({ etapes, etapeId }: Pick<Salle, 'etapes' | 'etapeId'>, now: number): LigneDeDeroule[] {
	const courante = etapes.findIndex(({ id }) => id === etapeId);
	return etapes.map((etape, rang) => ({
		etape,
		moment: rang < courante ? 'passee' : rang === courante ? 'en_cours' : 'a_venir',
		prevues: etape.duree === null ? null : Math.round(etape.duree / 60),
		passees:
			etape.commenceeAt === null || rang > courante
				? null
				: Math.max(0, Math.round(((etape.finieAt ?? now) - etape.commenceeAt) / MINUTE))
	}));
}

/** « 20 min prévues, 22 min passées ». */
export function minutesEnMots({ prevues, passees, moment }: LigneDeDeroule): string {
	const plan = prevues === null ? 'sans limite' : `${prevues}\u00a0min prévue${prevues > 1 ? 's' : ''}`;
	if (passees === null || moment === 'a_venir') return plan;
	return `${plan}, ${passees}\u00a0min passée${passees > 1 ? 's' : ''}`;
}

/** Minutes planned from the present step to the end, those that have no limit not counted. */
export function minutesQuiRestent(lignes: readonly LigneDeDeroule[]): number {
	return lignes.filter(({ moment }) => moment !== 'passee').reduce((sum, { prevues }) => sum + (prevues ?? 0), 0);
}
