import type { Refus } from './refus.ts';

/** What the actions of a page say of its forms. */
type Reponse =
	| {
			formulaire?: string | undefined;
			erreur?: string | undefined;
			saisie?: Record<string, string[]> | undefined;
			fait?: string | undefined;
	  }
	| null
	| undefined;

/** The forms of a page, by their names: which was refused, which was done, which are open. */
export class Formulaires {
	readonly #reponse: () => Reponse;

	/** `reponse` reads the `form` of the page, so that what is read here follows it. */
	constructor(reponse: () => Reponse) {
		this.#reponse = reponse;
	}

	get refus(): (Refus & { formulaire: string }) | null {
		const { formulaire = '', erreur, saisie = {} } = this.#reponse() ?? {};
		return erreur === undefined ? null : { formulaire, erreur, saisie };
	}

	get fait(): string {
		return this.#reponse()?.fait ?? '';
	}

	refusOf(nom: string): Refus | null {
		const { refus } = this;
		return refus?.formulaire === nom ? refus : null;
	}

	/** A form that was sent and accepted is closed, whatever the address asks. */
	isOpen(nom: string, asked: boolean): boolean {
		return this.refusOf(nom) !== null || (asked && this.fait !== nom);
	}

	/** What its control shows: what was typed when it was refused, else what is stored. */
	typed(nom: string, controle: string, stored: string): string {
		const refus = this.refusOf(nom);
		return refus ? (refus.saisie[controle]?.[0] ?? '') : stored;
	}
}
