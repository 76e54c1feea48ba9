import { bilanEnMots } from '#lib/salles/bilan-de-rotation.ts';
import { CAFE_DE_DEPART, cafeDe, type Cafe } from '#lib/salles/cafe.ts';
import type { RotationVue } from '#lib/salles/preparer/rotation-vue.ts';
import { bilanDe, convivesDe, tableeDe } from '#lib/salles/rotation-de-salle.ts';
import type { EtatDeSalle, Salle } from '#lib/salles/salle.ts';
import type { Presence, Seance } from '#lib/seances/seance.ts';
import type { Queryable } from '../database/open.ts';
import { readSeance } from '../seances/seances.ts';
import { readSalle } from './read-salle.ts';

/** What the page that prepares a room shows. */
export interface Preparation {
	seance: Pick<Seance, 'id' | 'titre' | 'format'>;
	/** null: no room yet. */
	etat: EtatDeSalle | null;
	cafe: Cafe;
	rotation: RotationVue | null;
}

export async function readPreparation(db: Queryable, pacteId: string, seanceId: string): Promise<Preparation> {
	const { id, titre, format, presences } = await readSeance(db, pacteId, seanceId);
	const salle = await readSalle(db, seanceId);
	return {
		seance: { id, titre, format },
		etat: salle?.etat ?? null,
		cafe: salle ? cafeDe(salle) : { ...CAFE_DE_DEPART, inscrits: expected(presences) },
		rotation: salle && rotationVue(salle)
	};
}

/** Those whom the séance expects are who is seated. */
function expected(presences: readonly Presence[]): Cafe['inscrits'] {
	return presences.flatMap(({ organismeId, nom, attendus }) =>
		attendus ? [{ organismeId, organisme: nom, nombre: attendus, usager: false }] : []
	);
}

function rotationVue(salle: Salle): RotationVue | null {
	const convives = convivesDe(salle.sieges);
	if (convives.length === 0) return null;
	const { tours } = tableeDe(salle);
	const numeroOf = new Map(salle.tables.map(({ id, numero }) => [id, numero]));
	const bilan = bilanDe(salle);
	const at = new Map(salle.passages.map(({ siegeId, tour, tableId }) => [`${siegeId} ${tour}`, numeroOf.get(tableId)]));
	return {
		genre: salle.reglages.rotation,
		tours,
		tables: salle.tables.map(({ numero, nom }) => ({ numero, nom })),
		bilan: bilan ? bilanEnMots(bilan) : [],
		places: convives.map(({ id, numero, organisme, nom, hote, absent }) => ({
			id,
			numero,
			nom: nom || organisme,
			hote,
			absent,
			tables: Array.from({ length: tours }, (_, i) => at.get(`${id} ${i + 1}`) ?? null)
		}))
	};
}
