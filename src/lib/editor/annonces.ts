/** Which presences a person wants to hear of while writing. */
export const ANNONCES = ['toutes', 'ma_section', 'aucune'] as const;
export type Annonces = (typeof ANNONCES)[number];

export const NOM_DES_ANNONCES: Record<Annonces, string> = {
	toutes: 'Toutes',
	ma_section: 'Ma section',
	aucune: 'Aucune'
};

export interface EcritOu {
	compteId: string;
	nom: string;
	organisme: string;
	/** The heading under which they write; empty before the first. */
	titre: string;
}

const PAUSE = 10_000;

/** Says who writes where, one sentence in ten seconds at most: a screen reader is not a scoreboard. */
export class AnnoncesDePresence {
	readonly #known = new Map<string, string>();
	#saidAt = -Infinity;

	/** The sentence that is due now, if any. What is not said is not kept for later: it would no longer be true. */
	sentenceFor(people: readonly EcritOu[], own: { titre: string; choix: Annonces }, now: number): string | null {
		const arrived = people.filter(({ compteId, titre }) => this.#known.get(compteId) !== titre);
		this.#known.clear();
		for (const { compteId, titre } of people) this.#known.set(compteId, titre);
		if (own.choix === 'aucune' || now - this.#saidAt < PAUSE) return null;
		const heard = own.choix === 'toutes' ? arrived : arrived.filter(({ titre }) => titre === own.titre);
		if (heard.length === 0) return null;
		this.#saidAt = now;
		return heard.length === 1 ? sentenceOf(heard[0] as EcritOu) : `${heard.length} personnes écrivent dans ce texte.`;
	}
}

function sentenceOf({ nom, organisme, titre }: EcritOu): string {
	const who = organisme === '' ? nom : `${nom}, ${organisme},`;
	return titre === '' ? `${who} écrit au début du texte.` : `${who} écrit dans «\u00a0${titre}\u00a0».`;
}
