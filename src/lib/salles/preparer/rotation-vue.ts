import type { ReglagesDeSalle } from '../salle.ts';

/** A rotation as facilitators read it: by numbers of places and of tables. */
export interface RotationVue {
	genre: ReglagesDeSalle['rotation'];
	tours: number;
	tables: { numero: number; nom: string }[];
	/** What it keeps and what not, a sentence each; empty: nothing to say. */
	bilan: string[];
	places: {
		id: string;
		numero: number;
		/** Their name if they gave one, else their organisme; may be empty. */
		nom: string;
		hote: boolean;
		absent: boolean;
		/** By round; null: none. */
		tables: (number | null)[];
	}[];
}

/** Who is at a table at a round, by their places. */
export function placesAt({ places }: Pick<RotationVue, 'places'>, table: number, tour: number): number[] {
	return places.filter(({ tables }) => tables[tour - 1] === table).map(({ numero }) => numero);
}
