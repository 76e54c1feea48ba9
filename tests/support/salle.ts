// A world café of the Haute-Rivière, open, for the tests of rooms.
import { REGLAGES_DE_DEPART } from '#lib/salles/salle.ts';
import type { Cafe } from '#lib/salles/cafe.ts';
import type { App } from '#server/app.ts';
import { newId } from '#server/ids.ts';
import { doActe, type ActeurDeSalle } from '#server/salles/acte.ts';
import { Donnees } from '#server/salles/donnees.ts';
import { prepareCafe } from '#server/salles/prepare-salle.ts';
import { takeSiege } from '#server/salles/sieges.ts';
import { readSalle } from '#server/salles/read-salle.ts';
import type { Salle } from '#lib/salles/salle.ts';
import { pacteDEssai, type PacteDEssai } from './pacte.ts';

export const CAFE: Cafe = {
	questions: ['Qu’est-ce qui aide à reprendre un emploi\u00a0?', 'Qu’est-ce qui manque près de chez vous\u00a0?'],
	tables: [
		{ nom: 'Se déplacer', hote: '' },
		{ nom: 'Se loger', hote: '' },
		{ nom: 'Se soigner', hote: '' }
	],
	tours: 2,
	dureeDUnTour: 20,
	dureeDuDeplacement: 3,
	ecritureSilencieuse: false,
	reglages: REGLAGES_DE_DEPART,
	inscrits: []
};

export interface SalleDEssai {
	pacte: PacteDEssai;
	seanceId: string;
	animateur: ActeurDeSalle;
	/** One act, with a key of its own unless one is given. */
	acte(acteur: ActeurDeSalle, nom: string, donnees?: Record<string, unknown>, cle?: string): Promise<unknown>;
	/** Goes to a step: the first of this genre, or of this round. */
	etape(genre: Salle['etapes'][number]['genre'], tour?: number): Promise<void>;
	/** Someone who joins, at a table (its number). */
	siege(table: number | null, genre?: 'personne' | 'table'): Promise<ActeurDeSalle & { genre: 'siege'; token: string }>;
	lire(): Promise<Salle>;
}

/** A world café of a calendar, whose room nobody has prepared. */
export async function seanceDEssai(app: App): Promise<{ pacte: PacteDEssai; seanceId: string }> {
	const pacte = await pacteDEssai(app);
	const seanceId = newId();
	await app.db
		.insertInto('seances')
		.values({
			id: seanceId,
			pacte_id: pacte.pacteId,
			instance_id: null,
			rang: 0,
			titre: 'World café de la mobilité',
			format: 'world_cafe',
			created_at: app.now()
		})
		.execute();
	return { pacte, seanceId };
}

export async function salleDEssai(app: App, cafe: Partial<Cafe> = {}): Promise<SalleDEssai> {
	const { pacte, seanceId } = await seanceDEssai(app);
	await prepareCafe(app, { pacteId: pacte.pacteId, by: pacte.by, seanceId }, { ...CAFE, ...cafe });
	const animateur: ActeurDeSalle = { genre: 'animateur', compteId: pacte.by };
	const salle: SalleDEssai = {
		pacte,
		seanceId,
		animateur,
		acte: (acteur, acte, donnees = {}, cle = newId()) =>
			doActe(app, seanceId, acteur, { cle, acte, donnees: new Donnees(donnees) }),
		async etape(genre, tour) {
			const { etapes } = await salle.lire();
			const etape = etapes.find((each) => each.genre === genre && (tour === undefined || each.tour === tour));
			await salle.acte(animateur, 'allerAEtape', { etape: etape?.id });
		},
		async siege(table, genre = 'personne') {
			const { tables } = await salle.lire();
			const tableId = tables.find(({ numero }) => numero === table)?.id ?? null;
			const { siegeId, token } = await takeSiege(app, seanceId, { genre, tableId });
			return { genre: 'siege', siegeId, token };
		},
		async lire() {
			const read = await readSalle(app.db, seanceId);
			if (!read) throw new Error('The room is gone');
			return read;
		}
	};
	await salle.acte(animateur, 'ouvrirSalle');
	return salle;
}
