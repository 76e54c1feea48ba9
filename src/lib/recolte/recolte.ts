import {
	isCounted,
	isPublic,
	isReprise,
	type Evaluation,
	type Groupe,
	type NatureDeCarte,
	type Salle,
	type Scrutin
} from '#lib/salles/salle.ts';
import type { VueAnimateur } from '#lib/salles/vue-animateur.ts';
import type { Resultat } from '#lib/salles/scrutin.ts';

/** What a séance brought, as one harvests it: nothing of who was there. */
export interface Recolte {
	titre: string;
	etat: Salle['etat'];
	questions: { id: string; texte: string }[];
	tables: { id: string; numero: number; nom: string }[];
	tours: number[];
	/** That were shown, in the order in which they came. */
	cartes: CarteRecoltee[];
	/** How many were written in silence, and not shown yet. */
	enSilence: number;
	/** How many wait for the facilitator to let them be seen. */
	enAttente: number;
	groupes: Groupe[];
	scrutins: (Scrutin & { votants: number; resultats: Resultat[] | null; comptees: Comptees[] })[];
	evaluations: Evaluation[];
}

export interface Comptees {
	objet: string;
	mode: 'mains' | 'papier';
	nombre: number;
}

export interface CarteRecoltee {
	id: string;
	tableId: string | null;
	questionId: string | null;
	tour: number | null;
	nature: NatureDeCarte;
	texte: string;
	source: Salle['cartes'][number]['source'];
	pepite: number | null;
	surprise: boolean;
	groupeId: string | null;
	reprise: boolean;
}

export function recolteOf(
	vue: Pick<
		VueAnimateur,
		| 'titre'
		| 'etat'
		| 'questions'
		| 'tables'
		| 'etapes'
		| 'cartes'
		| 'groupes'
		| 'scrutins'
		| 'votants'
		| 'resultats'
		| 'voixComptees'
		| 'evaluations'
	>
): Recolte {
	const { titre, etat, questions, groupes, evaluations } = vue;
	const tours = vue.etapes.flatMap(({ genre, tour }) => (genre === 'tour' && tour !== null ? [tour] : []));
	const known = new Set(groupes.map(({ id }) => id));
	return {
		titre,
		etat,
		questions,
		groupes,
		evaluations,
		tables: vue.tables.map(({ id, numero, nom }) => ({ id, numero, nom })),
		tours: [...new Set(tours)].sort((a, b) => a - b),
		cartes: vue.cartes.filter(isPublic).map((carte) => ({
			id: carte.id,
			tableId: carte.tableId,
			questionId: carte.questionId,
			tour: carte.tour,
			nature: carte.nature,
			texte: carte.texte,
			source: carte.source,
			pepite: carte.pepite,
			surprise: carte.surprise,
			groupeId: carte.groupeId !== null && known.has(carte.groupeId) ? carte.groupeId : null,
			reprise: isReprise(carte)
		})),
		enSilence: vue.cartes.filter((carte) => isCounted(carte) && !carte.revelee).length,
		enAttente: vue.cartes.filter((carte) => isCounted(carte) && carte.revelee && carte.attente).length,
		scrutins: vue.scrutins.map((scrutin) => ({
			...scrutin,
			votants: vue.votants.find(({ id }) => id === scrutin.id)?.sieges ?? 0,
			resultats: vue.resultats.find(({ id }) => id === scrutin.id)?.resultats ?? null,
			comptees: vue.voixComptees
				.filter(({ scrutinId }) => scrutinId === scrutin.id)
				.map(({ objet, mode, nombre }) => ({ objet, mode, nombre }))
		}))
	};
}

/** What one looks at; empty: all. */
export interface Filtre {
	question: string;
	table: string;
	tour: string;
	nature: string;
	pepites: boolean;
}

export const SANS_FILTRE: Filtre = { question: '', table: '', tour: '', nature: '', pepites: false };

export function isShown(carte: CarteRecoltee, { question, table, tour, nature, pepites }: Filtre): boolean {
	return (
		(question === '' || carte.questionId === question) &&
		(table === '' || carte.tableId === table) &&
		(tour === '' || carte.tour === Number(tour)) &&
		(nature === '' || carte.nature === nature) &&
		(!pepites || carte.pepite !== null || carte.surprise)
	);
}

/** Those of no group, table by table; those of no table first. Tables without any are left out. */
export function byTable(
	{ tables }: Pick<Recolte, 'tables'>,
	cartes: readonly CarteRecoltee[]
): { id: string; nom: string; cartes: CarteRecoltee[] }[] {
	const at = (id: string | null) => cartes.filter(({ tableId }) => tableId === id);
	return [
		{ id: '', nom: cartes.some(({ reprise }) => reprise) ? 'Séance précédente' : 'Sans table', cartes: at(null) },
		...tables.map((table) => ({ id: table.id, nom: nameOfTable(table), cartes: at(table.id) }))
	].filter(({ cartes: inside }) => inside.length > 0);
}

/** « Table 3, Se loger » */
export function nameOfTable({ numero, nom }: { numero: number; nom: string }): string {
	return [`Table\u00a0${numero}`, nom].filter(Boolean).join(', ');
}

/** Where several things stand in one square of the matrix, they are beside each other. */
export interface PointDeMatrice {
	objet: string;
	/** As the table numbers it. */
	numero: number;
	x: number;
	y: number;
}

const COTE = 5;
/** Of a square, in the units of the drawing. */
export const CASE = 100;
const PAR_RANGEE = 3;

/** Impact upwards, feasibility to the right: what is worth doing first is at the top right. */
export function pointsOf(evaluations: readonly Evaluation[]): PointDeMatrice[] {
	const placed = new Map<string, number>();
	return evaluations.map(({ objet, impact, faisabilite }, i) => {
		const square = `${impact} ${faisabilite}`;
		const rank = placed.get(square) ?? 0;
		placed.set(square, rank + 1);
		const step = CASE / (PAR_RANGEE + 1);
		return {
			objet,
			numero: i + 1,
			x: (faisabilite - 1) * CASE + step * ((rank % PAR_RANGEE) + 1),
			y: (COTE - impact) * CASE + step * (Math.floor(rank / PAR_RANGEE) % PAR_RANGEE) + step
		};
	});
}

/** In the order of what matters: the most impact, then the most feasible. */
export function byWorth(evaluations: readonly Evaluation[]): Evaluation[] {
	return [...evaluations].sort((a, b) => b.impact - a.impact || b.faisabilite - a.faisabilite);
}

/** What people voted on stays whole. */
export function isVotedOn({ scrutins }: Pick<Recolte, 'scrutins'>, objet: string): boolean {
	return scrutins.some(({ objets }) => objets.includes(objet));
}
