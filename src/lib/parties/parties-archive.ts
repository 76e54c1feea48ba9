import type { EtatAction } from '#lib/bilan/bilan.ts';
import type { Portee } from '#lib/engagements/engagement.ts';
import type { Invitation, NiveauInstance, PeriodeFrequence, PorteeInstance } from '#lib/gouvernance/instance.ts';
import type { ValeurChamp } from '#lib/pactes/archive.ts';

/** What a pacte's archive holds of its other parts. Sections, organismes and nodes by their ids in the archive. */
export interface PartiesArchive {
	cadres: CadreArchive[];
	/** Engagements that say the same in other words. */
	miroirs: LieuArchive[][];
	paroles: ParoleArchive[];
	instances: InstanceArchive[];
	financement: FinancementArchive;
	bilan: BilanArchive;
}

/** The frame of a section of engagements. */
export interface CadreArchive {
	section: string;
	portee: Portee;
	/** Of a group; that of a single organisme is its section's. */
	organismes: string[];
	libelle: string;
	champs: Record<string, ValeurChamp>;
	approbation: { approuve: boolean; instance: string; date: string; note: string };
	liens: { puce: number; noeuds: string[] }[];
}

/** A bullet: the place of an engagement in its section, from 0. */
export interface LieuArchive {
	section: string;
	puce: number;
}

export interface ParoleArchive {
	section: string;
	signataires: { personne: string; fonction: string }[];
}

export interface InstanceArchive {
	nom: string;
	type: string;
	portee: PorteeInstance;
	niveau: NiveauInstance;
	objet: string;
	presidence: string;
	frequence: { nombre: number; periode: PeriodeFrequence } | null;
	frequence_texte: string;
	composition: string;
	roles: string[];
	membres: string[];
	invites: Invitation[];
	territoires: string[];
}

/** Amounts in cents of euro. */
export interface FinancementArchive {
	enveloppes: {
		libelle: string;
		montant: number | null;
		part_fse: number | null;
		debut: number | null;
		fin: number | null;
		exclusions: string;
	}[];
	orientations: {
		libelle: string;
		axes: string[];
		dispositifs: { libelle: string; mention: string; operateur: string | null }[];
	}[];
	intermediaires: { organisme: string; perimetre: string }[];
}

export interface BilanArchive {
	intitule: string;
	annees: number[];
	actions: { titre: string; etat: EtatAction; annees: string; commentaire: string; fiche: string | null }[];
	indicateurs: { libelle: string; valeurs: Record<string, string> }[];
	ameliorations: string[];
}

/** Of a pacte that holds none of it, and of an archive of before they were. */
export function emptyParties(): PartiesArchive {
	return {
		cadres: [],
		miroirs: [],
		paroles: [],
		instances: [],
		financement: { enveloppes: [], orientations: [], intermediaires: [] },
		bilan: { intitule: '', annees: [], actions: [], indicateurs: [], ameliorations: [] }
	};
}
