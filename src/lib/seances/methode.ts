import { counted } from '#lib/format.ts';
import type { PorteeInstance } from '#lib/gouvernance/instance.ts';
import { byQuand, quandInWords, spanInWords } from '#lib/quand.ts';
import { roundInWords, type Seance } from './seance.ts';

/** What the method says of a séance. */
export type SeanceDeMethode = Pick<Seance, 'titre' | 'theme' | 'tour' | 'date' | 'objet'>;

/** An instance and its séances, in their order. */
export interface InstanceDeMethode {
	nom: string;
	objet: string;
	seances: readonly SeanceDeMethode[];
}

/**
 * The instances that write a pacte, and any other that meets meanwhile, each with its séances; those of no instance stand for
 * themselves. `cle`: how séances name their instance.
 */
export function instancesOfMethode<Cle, S extends SeanceDeMethode>(
	instances: readonly { cle: Cle; nom: string; objet: string; portee: PorteeInstance }[],
	seances: readonly S[],
	cleOf: (seance: S) => Cle | null
): InstanceDeMethode[] {
	const held = instances
		.map(({ cle, ...instance }) => ({ ...instance, seances: seances.filter((seance) => cleOf(seance) === cle) }))
		.filter((instance) => instance.portee === 'elaboration' || instance.seances.length > 0);
	const others = seances
		.filter((seance) => cleOf(seance) === null)
		.map((seance) => ({ nom: seance.titre, objet: seance.objet, seances: [seance] }));
	return [...held, ...others];
}

/** A row of the table Instances / Périodes / Objets. */
export interface LigneDeMethode {
	instance: string;
	periode: string;
	objet: string;
	/** Of a round that is held theme by theme: each theme and its day. */
	dates: { theme: string; quand: string }[];
}

/** « 5 rencontres »; nothing of an instance that never meets as such. */
export function meetingsInWords(count: number): string {
	return count === 0 ? '' : counted(count, 'rencontre');
}

/**
 * The table of the method, in the order of dates: a row for each round of an instance, else for each object that its séances
 * have; an instance without a séance is in none.
 */
export function tableOf(instances: readonly InstanceDeMethode[]): LigneDeMethode[] {
	return instances
		.flatMap((instance) => groupsOf(instance.seances).map((seances) => ({ instance, seances })))
		.sort((a, b) => byQuand(firstOf(a.seances), firstOf(b.seances)))
		.map(({ instance, seances }) => rowOf(instance, seances));
}

function groupsOf(seances: readonly SeanceDeMethode[]): SeanceDeMethode[][] {
	return [...Map.groupBy(seances, ({ tour, objet }) => (tour === null ? objet : tour)).values()];
}

function firstOf(seances: readonly SeanceDeMethode[]): string {
	return seances.map(({ date }) => date).sort(byQuand)[0] ?? '';
}

function rowOf({ nom, objet }: InstanceDeMethode, seances: readonly SeanceDeMethode[]): LigneDeMethode {
	const tour = seances[0]?.tour ?? null;
	const objets = [...new Set(seances.map((seance) => seance.objet).filter(Boolean))];
	return {
		instance: tour === null ? nom : `${nom} – ${roundInWords(tour)}`,
		periode: spanInWords(seances.map(({ date }) => date)),
		objet: objets.join('\u00a0; ') || objet,
		dates: tour === null || seances.length < 2 ? [] : datesOf(seances)
	};
}

function datesOf(seances: readonly SeanceDeMethode[]): LigneDeMethode['dates'] {
	return seances.map(({ theme, titre, date }) => ({ theme: theme || titre, quand: quandInWords(date) }));
}
