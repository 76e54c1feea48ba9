import type { VueAnimateur } from '../vue-animateur.ts';

/** What every part of the cockpit is given: the room, the server's clock, and the way to act. */
export interface Conduite {
	vue: VueAnimateur;
	/** The server's clock, to the second. */
	now: number;
	faire: (acte: string, donnees?: Record<string, unknown>) => void;
}
