import type { DocumentImprime, Imprimeur } from '../assemble.ts';
import type { DocumentEcrit } from '../blocs.ts';
import { assembleCartesDeTable, type CartesDeTable } from './cartes-de-table.ts';
import { assembleEcrit } from './ecrit.ts';
import { assembleFeuillesDeRoute, type FeuillesDeRoute } from './feuilles-de-route.ts';
import { assemblePresence, type FeuilleDePresence } from './presence.ts';

/** What is printed for a séance, and is no part of the pacte's document: plain data, that a worker lays out. */
export type Feuille = FeuilleDePresence | CartesDeTable | FeuillesDeRoute | DocumentEcrit;

export function assembleFeuille(feuille: Feuille, print: Imprimeur): DocumentImprime {
	switch (feuille.type) {
		case 'presence':
			return assemblePresence(feuille, print);
		case 'ecrit':
			return assembleEcrit(feuille, print);
		case 'cartes_de_table':
			return assembleCartesDeTable(feuille, print);
		case 'feuilles_de_route':
			return assembleFeuillesDeRoute(feuille, print);
		default:
			return feuille satisfies never;
	}
}
