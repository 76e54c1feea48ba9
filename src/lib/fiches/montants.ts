import { centsIn } from '#lib/financement/montant.ts';
import { FINANCEUR, type ChampMontants } from '#lib/pactes/modele.ts';

/** What a field of amounts adds up to, in cents. */
export interface TotauxDeMontants {
	/** By year, in the order of the model; null: nothing is said of it. */
	parAnnee: (number | null)[];
	/** By row. */
	parLigne: (number | null)[];
	total: number;
	/** What is written and is no amount: it is not counted. */
	horsCompte: string[];
}

/** The column of a year. */
export function colonneOf(annee: number): string {
	return `a${annee}`;
}

export function totauxDe(annees: readonly number[], lignes: readonly Record<string, string>[]): TotauxDeMontants {
	const horsCompte: string[] = [];
	const cents = lignes.map((ligne) =>
		annees.map((annee) => {
			const texte = (ligne[colonneOf(annee)] ?? '').trim();
			const montant = centsIn(texte);
			if (montant === undefined) horsCompte.push(texte);
			return montant ?? null;
		})
	);
	const parLigne = cents.map(sumOf);
	return {
		parAnnee: annees.map((_, i) => sumOf(cents.map((row) => row[i] ?? null))),
		parLigne,
		total: sumOf(parLigne) ?? 0,
		horsCompte
	};
}

/** null: there is nothing to add up. */
function sumOf(values: readonly (number | null)[]): number | null {
	const said = values.filter((value) => value !== null);
	return said.length === 0 ? null : said.reduce((sum, value) => sum + value, 0);
}

/** Who pays, as a row says it. */
export function financeurOf(ligne: Record<string, string>): string {
	return (ligne[FINANCEUR] ?? '').trim();
}

/** The years of a field, and its rows, if it is one of amounts. */
export function isMontants(champ: { type: string }): champ is ChampMontants {
	return champ.type === 'montants';
}
