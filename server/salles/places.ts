import { tableEnMots } from '#lib/salles/formes.ts';
import { personnesA } from '#lib/salles/places.ts';
import type { Forme } from '#lib/salles/salle.ts';
import type { App } from '../app.ts';
import { readSalle } from './read-salle.ts';

/** What someone who says where they sit is shown: tables, and no one's name. */
export interface Places {
	titre: string;
	tables: { id: string; forme: Forme; nom: string; personnes: number }[];
	siege: { numero: number; genre: 'personne' | 'table' | 'simule'; tableId: string | null; nom: string };
	/** There are slips that nobody has taken. */
	feuilles: boolean;
	/** The facilitator asks for names. */
	noms: boolean;
}

/** null: this seat is not there any more. */
export async function readPlaces({ db }: Pick<App, 'db'>, seanceId: string, siegeId: string): Promise<Places | null> {
	const salle = await readSalle(db, seanceId);
	const siege = salle?.sieges.find(({ id }) => id === siegeId);
	if (!salle || !siege) return null;
	const { numero, genre, tableId, nom } = siege;
	return {
		titre: salle.titre,
		tables: salle.tables.map((table) => ({
			id: table.id,
			forme: table.forme,
			nom: tableEnMots(table),
			personnes: personnesA(salle, table.id)
		})),
		siege: { numero, genre, tableId, nom },
		feuilles: salle.sieges.some((each) => each.genre === 'personne' && !each.pris),
		noms: salle.reglages.noms
	};
}
