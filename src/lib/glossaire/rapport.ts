import { indexGlossaire, type Definition } from './entree.ts';
import { cleOfSigle, clesOfEntree, findSigles, isExplained } from './sigles.ts';

/** A text of the pacte, with where it is. */
export interface TexteLu {
	texte: string;
	/** « Fiche 2.3 · Objectifs ». */
	lieu: string;
	/** Within the pacte's address. */
	lien: string;
}

export interface Emploi {
	sigle: string;
	fois: number;
	/** The first places where it is, each once. */
	lieux: Pick<TexteLu, 'lieu' | 'lien'>[];
	/** Places beyond those. */
	autres: number;
}

export interface Rapport<E extends Definition> {
	/** Used, and explained nowhere: the most used first. */
	inexpliques: Emploi[];
	/** Explained, and used nowhere. */
	inemployes: E[];
}

const LIEUX = 3;

/** What a glossary lacks, and what it has in excess, of the texts of its pacte. */
export function compareGlossaire<E extends Definition>(textes: Iterable<TexteLu>, entrees: readonly E[]): Rapport<E> {
	const releve = new ReleveDeSigles();
	for (const texte of textes) releve.add(texte);
	return releve.compare(entrees);
}

/** The sigles of many texts, counted as they come. */
export class ReleveDeSigles {
	readonly #emplois = new Map<string, { sigle: string; fois: number; lieux: Map<string, TexteLu> }>();

	add(texte: TexteLu): void {
		for (const { sigle } of findSigles(texte.texte)) {
			const cle = cleOfSigle(sigle);
			const emploi = this.#emplois.get(cle) ?? { sigle, fois: 0, lieux: new Map<string, TexteLu>() };
			emploi.fois++;
			emploi.lieux.set(`${texte.lieu} ${texte.lien}`, texte);
			this.#emplois.set(cle, emploi);
		}
	}

	compare<E extends Definition>(entrees: readonly E[]): Rapport<E> {
		const known = indexGlossaire(entrees);
		const used = new Set(
			[...this.#emplois.values()].flatMap(({ sigle }) => [sigle, ...sigle.split('-')].map(cleOfSigle))
		);
		const inexpliques = [...this.#emplois.values()]
			.filter(({ sigle }) => !isExplained(sigle, known))
			.sort((a, b) => b.fois - a.fois || (a.sigle < b.sigle ? -1 : 1))
			.map(({ sigle, fois, lieux }) => ({
				sigle,
				fois,
				lieux: [...lieux.values()].slice(0, LIEUX).map(({ lieu, lien }) => ({ lieu, lien })),
				autres: Math.max(0, lieux.size - LIEUX)
			}));
		return {
			inexpliques,
			inemployes: entrees.filter(({ sigle }) => !clesOfEntree(sigle).some((cle) => used.has(cle)))
		};
	}
}

/** The sigles of one text, in the order of their first use: what a writer's panel shows. */
export function siglesOf(texte: string): string[] {
	return [...new Map(findSigles(texte).map(({ sigle }) => [cleOfSigle(sigle), sigle])).values()];
}
