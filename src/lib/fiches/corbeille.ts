/** A fiche that was thrown away, with what hangs below it. */
export interface FicheJetee {
	id: string;
	titre: string;
	/** How many fiches come back with it, itself included. */
	fiches: number;
	/** Milliseconds since 1970. */
	jetee: number;
	/** It can be brought back until then. */
	jusque: number;
}
