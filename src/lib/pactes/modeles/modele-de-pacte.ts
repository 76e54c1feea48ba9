import type { Modele } from '#lib/pactes/modele.ts';
import type { InstanceArchive } from '#lib/parties/parties-archive.ts';
import type { SalleArchive, ScriptArchive } from '#lib/salles/salle-archive.ts';
import type { SectionAPrevoir } from '#lib/sections/section.ts';
import type { PhaseArchive, SeanceArchive } from '#lib/seances/calendrier-archive.ts';
import type { Format } from '#lib/seances/seance.ts';

/** What a new pacte may begin with: its structure, the plan of its document, and the process that writes it. */
export interface ModeleDePacte {
	structure: Modele;
	plan: SectionAPrevoir[];
	demarche: Demarche;
}

/** A process without people nor dates: its months are counted from the first one, 0. */
export interface Demarche {
	/** When it usually begins: so many years before the first one of the pacte, in that month (1 to 12). */
	depart: Depart;
	phases: PhaseAPrevoir[];
	instances: InstanceAPrevoir[];
	seances: SeanceAPrevoir[];
	/** Those that were kept for the next séances. */
	scripts?: ScriptArchive[];
}

export interface Depart {
	ans: number;
	mois: number;
}

export interface PhaseAPrevoir {
	titre: string;
	sousTitre: string;
	/** null: not known. */
	debut: number | null;
	fin: number | null;
	contenus: string[];
}

/** Who sits there is a rule in words. */
export type InstanceAPrevoir = Omit<InstanceArchive, 'membres' | 'invites' | 'territoires'>;

/** Instances and phases are named by their place, from 0. */
export interface SeanceAPrevoir {
	instance: number | null;
	phase: number | null;
	titre: string;
	format: Format;
	theme: string;
	tour: number | null;
	/** null: to be fixed. */
	mois: number | null;
	objet: string;
	/** Its steps, questions and tables, without people nor what was said there. */
	salle?: SalleArchive;
}

export const SANS_DEMARCHE: Demarche = { depart: { ans: 1, mois: 1 }, phases: [], instances: [], seances: [] };

export function hasDemarche({ phases, instances, seances, scripts = [] }: Demarche): boolean {
	return phases.length + instances.length + seances.length + scripts.length > 0;
}

/** The month (`2026-03`) in which it usually begins, for a pacte of that first year; empty when the year is not known. */
export function usualStart({ ans, mois }: Depart, premiereAnnee: number | null): string {
	return premiereAnnee === null ? '' : monthAfter(`${premiereAnnee - ans}-${two(mois)}`, 0);
}

/** The month (`2026-03`) that comes so many months after another; empty from none. */
export function monthAfter(start: string, months: number | null): string {
	if (start === '' || months === null) return '';
	const count = Number(start.slice(0, 4)) * 12 + Number(start.slice(5, 7)) - 1 + months;
	return `${Math.floor(count / 12)}-${two((count % 12) + 1)}`;
}

function two(number: number): string {
	return String(number).padStart(2, '0');
}

export interface DemarcheDatee {
	phases: PhaseArchive[];
	instances: InstanceArchive[];
	seances: SeanceArchive[];
	scripts: ScriptArchive[];
}

/** The process of a pacte that is about to begin. `start`: its first month (`2026-03`); empty: nothing has a date. */
export function datedDemarche({ phases, instances, seances, scripts = [] }: Demarche, start: string): DemarcheDatee {
	return {
		phases: phases.map(({ titre, sousTitre, debut, fin, contenus }) => ({
			titre,
			sous_titre: sousTitre,
			debut: monthAfter(start, debut),
			fin: monthAfter(start, fin),
			periode: '',
			contenus
		})),
		instances: instances.map((instance) => ({ ...instance, membres: [], invites: [], territoires: [] })),
		seances: seances.map(({ mois, ...seance }) => ({ ...BLANK, ...seance, date: monthAfter(start, mois) })),
		scripts
	};
}

const BLANK = {
	heure_debut: '',
	heure_fin: '',
	lieu: '',
	compte_rendu: '',
	participants: null,
	suite_de: null,
	points: [],
	presences: [],
	textes: [],
	salle: null
};
