import type { Completude } from './completeness.ts';
import type { Chemin } from './synthese-table.ts';

/** A node of the tree, as far as a table needs it. */
export interface Repere {
	id: string;
	code: string;
	titre: string;
}

export interface OrganismeNomme {
	id: string;
	nom: string;
}

export interface ListeNommee {
	organismes: OrganismeNomme[];
	ouverte: boolean;
	texte: string;
}

/** A fiche in the tableau de synthèse: derived from its text and its place, typed nowhere. */
export interface LigneSynthese extends Repere {
	/** The top of its branch; null for a fiche that stands alone. */
	axe: Repere | null;
	/** What it hangs below, from the top; itself last. */
	chemin: Chemin;
	pilotes: ListeNommee;
	partenaires: ListeNommee;
	echeance: string;
	/** The years in which its échéance finds it. */
	annees: number[];
	completude: Completude;
}

export interface Filtres {
	axe: string | null;
	pilote: string | null;
	partenaire: string | null;
	annee: number | null;
	/** Only the fiches in which something is missing. */
	trous: boolean;
}

/** Reads the address of the page: a plain form makes it. */
export function readFiltres(params: URLSearchParams): Filtres {
	const annee = params.get('annee') ?? '';
	return {
		axe: params.get('axe') || null,
		pilote: params.get('pilote') || null,
		partenaire: params.get('partenaire') || null,
		annee: /^\d{4}$/.test(annee) ? Number(annee) : null,
		trous: params.get('trous') === 'oui'
	};
}

export function isFiltered({ axe, pilote, partenaire, annee, trous }: Filtres): boolean {
	return trous || [axe, pilote, partenaire, annee].some((value) => value !== null);
}

export function filterSynthese(lignes: readonly LigneSynthese[], filtres: Filtres): LigneSynthese[] {
	const { axe, pilote, partenaire, annee, trous } = filtres;
	return lignes.filter(
		(ligne) =>
			(axe === null || ligne.axe?.id === axe) &&
			(pilote === null || names(ligne.pilotes, pilote)) &&
			(partenaire === null || names(ligne.partenaires, partenaire)) &&
			(annee === null || ligne.annees.includes(annee)) &&
			(!trous || ligne.completude.trous.length > 0)
	);
}

function names({ organismes }: ListeNommee, id: string): boolean {
	return organismes.some((organisme) => organisme.id === id);
}

export interface Choix<Value> {
	valeur: Value;
	libelle: string;
	fiches: number;
}

/** What each filter can be set to: what is in the table, with how many fiches it would leave alone. */
export interface ChoixDeFiltres {
	axes: Choix<string>[];
	pilotes: Choix<string>[];
	partenaires: Choix<string>[];
	annees: Choix<number>[];
}

export function choicesOf(lignes: readonly LigneSynthese[]): ChoixDeFiltres {
	const [axes, pilotes, partenaires] = [new Tally<string>(), new Tally<string>(), new Tally<string>()];
	const annees = new Tally<number>();
	for (const ligne of lignes) {
		if (ligne.axe) axes.add(ligne.axe.id, [ligne.axe.code, ligne.axe.titre].filter(Boolean).join('. '));
		for (const { id, nom } of ligne.pilotes.organismes) pilotes.add(id, nom);
		for (const { id, nom } of ligne.partenaires.organismes) partenaires.add(id, nom);
		for (const annee of ligne.annees) annees.add(annee, String(annee));
	}
	return {
		axes: axes.choices,
		pilotes: pilotes.choices.sort(byLabel),
		partenaires: partenaires.choices.sort(byLabel),
		annees: annees.choices.sort(byLabel)
	};
}

class Tally<Value> {
	readonly #choices = new Map<Value, Choix<Value>>();

	add(valeur: Value, libelle: string): void {
		const choix = this.#choices.get(valeur) ?? { valeur, libelle, fiches: 0 };
		choix.fiches++;
		this.#choices.set(valeur, choix);
	}

	/** In the order in which they came. */
	get choices(): Choix<Value>[] {
		return [...this.#choices.values()];
	}
}

const inFrench = new Intl.Collator('fr', { numeric: true }).compare;

function byLabel(a: { libelle: string }, b: { libelle: string }): number {
	return inFrench(a.libelle, b.libelle);
}

export interface GroupeDeFiches {
	axe: Repere | null;
	lignes: LigneSynthese[];
}

/** Side by side, the fiches of one axe. They come in the order of the tree. */
export function groupByAxe(lignes: readonly LigneSynthese[]): GroupeDeFiches[] {
	const groups: GroupeDeFiches[] = [];
	for (const ligne of lignes) {
		const last = groups.at(-1);
		if (last && last.axe?.id === ligne.axe?.id) last.lignes.push(ligne);
		else groups.push({ axe: ligne.axe, lignes: [ligne] });
	}
	return groups;
}
