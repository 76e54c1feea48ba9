export const PORTEES_INSTANCE = ['suivi', 'elaboration'] as const;
export type PorteeInstance = (typeof PORTEES_INSTANCE)[number];

export const NOM_DE_LA_PORTEE_INSTANCE: Record<PorteeInstance, string> = {
	suivi: 'Suivi du pacte',
	elaboration: 'Élaboration du pacte'
};

export const NIVEAUX_INSTANCE = ['departemental', 'territorialise', 'urbain'] as const;
export type NiveauInstance = (typeof NIVEAUX_INSTANCE)[number];

export const NOM_DU_NIVEAU_INSTANCE: Record<NiveauInstance, string> = {
	departemental: 'Départemental',
	territorialise: 'Territorialisé',
	urbain: 'Urbain'
};

export const PERIODES = ['an', 'semestre', 'trimestre', 'mois'] as const;
export type PeriodeFrequence = (typeof PERIODES)[number];

export const PAR_PERIODE: Record<PeriodeFrequence, string> = {
	an: 'par an',
	semestre: 'par semestre',
	trimestre: 'par trimestre',
	mois: 'par mois'
};

/** Proposed while typing; any other word may be written. */
export const TYPES_INSTANCE = [
	'Comité de pilotage',
	'Comité opérationnel',
	'Comité technique',
	'Comité de suivi',
	'Comité territorialisé',
	'Groupe de travail',
	'World café',
	'Groupe d’usagers',
	'Entretiens',
	'Équipe projet'
];

export interface Instance {
	id: string;
	nom: string;
	type: string;
	portee: PorteeInstance;
	niveau: NiveauInstance;
	objet: string;
	presidence: string;
	/** At least so many meetings in the period; null: no minimum. */
	frequence: { nombre: number; periode: PeriodeFrequence } | null;
	/** In words: « autant que nécessaire ». */
	frequenceTexte: string;
	roles: string[];
	membres: { id: string; nom: string }[];
	/** A rule in words: « Les signataires du pacte ». */
	composition: string;
	invites: Invitation[];
	/** Where it meets once each; empty: it meets once. */
	territoires: string[];
}

/** Who is invited for a theme. */
export interface Invitation {
	theme: string;
	invites: string;
}

/** « Au moins 2 fois par semestre », « Trois fois par an, davantage au besoin », or nothing. */
export function frequenceInWords({
	frequence,
	frequenceTexte
}: Pick<Instance, 'frequence' | 'frequenceTexte'>): string {
	const minimum = frequence
		? `Au moins ${frequence.nombre === 1 ? 'une' : frequence.nombre} fois ${PAR_PERIODE[frequence.periode]}`
		: '';
	return [minimum, frequenceTexte].filter(Boolean).join('. ');
}

/** Lines of a text area: bullets dropped, empty ones left out. */
export function linesOf(text: string): string[] {
	return text
		.split(/\r?\n/)
		.map((line) =>
			line
				.replace(/^\s*[-–—•*▪]\s+/u, '')
				.replace(/\s+/g, ' ')
				.trim()
		)
		.filter(Boolean);
}

/** « Logement : bailleurs, CCAS », one a line. Without a theme, the invited of every meeting. */
export function invitationsOf(text: string): Invitation[] {
	return linesOf(text).map((line) => {
		const [theme = '', ...rest] = line.split(/\s*:\s*/);
		return rest.length === 0 ? { theme: '', invites: line } : { theme, invites: rest.join(' : ') };
	});
}

export function invitationInWords({ theme, invites }: Invitation): string {
	return theme === '' ? invites : `${theme} : ${invites}`;
}
