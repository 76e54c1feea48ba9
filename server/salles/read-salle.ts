import { REGLAGES_DE_DEPART, type ReglagesDeSalle, type Salle } from '#lib/salles/salle.ts';
import type { Queryable } from '../database/open.ts';

/** All that goes on in the room of a séance; null: it has none, or the séance is gone. */
export async function readSalle(db: Queryable, seanceId: string): Promise<Salle | null> {
	const row = await db
		.selectFrom('salles')
		.innerJoin('seances', 'seances.id', 'salles.seance_id')
		.selectAll('salles')
		.select(['seances.pacte_id', 'seances.titre', 'seances.format'])
		.where('seance_id', '=', seanceId)
		.where('seances.corbeille_at', 'is', null)
		.executeTakeFirst();
	if (!row) return null;
	const questions = await db
		.selectFrom('seance_questions')
		.select(['id', 'texte'])
		.where('seance_id', '=', seanceId)
		.orderBy('rang')
		.execute();
	const etapes = await db.selectFrom('etapes').selectAll().where('seance_id', '=', seanceId).orderBy('rang').execute();
	const tables = await db
		.selectFrom('seance_tables')
		.selectAll()
		.where('seance_id', '=', seanceId)
		.orderBy('numero')
		.execute();
	const sieges = await db
		.selectFrom('sieges')
		.selectAll()
		.where('seance_id', '=', seanceId)
		.orderBy('numero')
		.execute();
	const groupes = await db
		.selectFrom('groupes')
		.select(['id', 'rang', 'titre', 'question_id as questionId'])
		.where('seance_id', '=', seanceId)
		.where('reuni_dans', 'is', null)
		.orderBy('rang')
		.orderBy('id')
		.execute();
	const scrutins = await db
		.selectFrom('scrutins')
		.select(['id', 'titre', 'sur', 'objets', 'budget', 'etat'])
		.where('seance_id', '=', seanceId)
		.orderBy('rang')
		.execute();
	const passages = await db
		.selectFrom('passages')
		.select(['tour', 'siege_id as siegeId', 'table_id as tableId'])
		.where('seance_id', '=', seanceId)
		.orderBy('tour')
		.orderBy('siege_id')
		.execute();
	const cartes = await db
		.selectFrom('cartes')
		.selectAll()
		.where('seance_id', '=', seanceId)
		.orderBy('created_at')
		.orderBy('id')
		.execute();
	const ofScrutins = scrutins.map(({ id }) => id);
	const voixDesSieges = ofScrutins.length
		? await db
				.selectFrom('voix')
				.select(['scrutin_id as scrutinId', 'siege_id as siegeId', 'objet', 'points'])
				.where('scrutin_id', 'in', ofScrutins)
				.orderBy('scrutin_id')
				.orderBy('siege_id')
				.orderBy('objet')
				.execute()
		: [];
	const comptees = ofScrutins.length
		? await db
				.selectFrom('voix_comptees')
				.select(['scrutin_id as scrutinId', 'objet', 'mode', 'nombre'])
				.where('scrutin_id', 'in', ofScrutins)
				.orderBy('scrutin_id')
				.orderBy('objet')
				.orderBy('mode')
				.execute()
		: [];
	const voixComptees = comptees.flatMap(({ mode, ...each }) => (mode === 'ecran' ? [] : [{ ...each, mode }]));
	// What devices gave before an archive brought the séance here: of no seat any more.
	const sansSiege = comptees
		.filter(({ mode }) => mode === 'ecran')
		.map(({ scrutinId, objet, nombre }) => ({ scrutinId, siegeId: '', objet, points: nombre }));
	const voix = [...voixDesSieges, ...sansSiege];
	const evaluations = await db
		.selectFrom('evaluations')
		.select(['objet', 'impact', 'faisabilite'])
		.where('seance_id', '=', seanceId)
		.orderBy('objet')
		.execute();
	const messages = await db
		.selectFrom('messages_de_salle')
		.select(['id', 'table_id as tableId', 'texte', 'created_at as createdAt'])
		.where('seance_id', '=', seanceId)
		.orderBy('created_at')
		.orderBy('id')
		.execute();
	return {
		seanceId,
		pacteId: row.pacte_id,
		titre: row.titre,
		format: row.format,
		etat: row.etat,
		revision: row.revision,
		repetition: row.repetition === 1,
		code: row.code,
		reglages: reglagesOf(row.reglages),
		etapeId: row.etape_id,
		minuteur: row.etape_debut === null ? null : { debut: row.etape_debut, fin: row.etape_fin, pauseAt: row.pause_at },
		avant: row.avant === '' ? null : (JSON.parse(row.avant) as Salle['avant']),
		mur: row.vue === '' ? null : (JSON.parse(row.vue) as Salle['mur']),
		questions,
		etapes: etapes.map((etape) => ({
			id: etape.id,
			genre: etape.genre,
			tour: etape.tour,
			titre: etape.titre,
			consigne: etape.consigne,
			duree: etape.duree,
			ecrire: etape.ecrire,
			voir: etape.voir,
			voter: etape.voter === 1,
			vue: etape.vue,
			questionId: etape.question_id,
			commenceeAt: etape.commencee_at,
			finieAt: etape.finie_at
		})),
		tables: tables.map((table) => ({
			id: table.id,
			numero: table.numero,
			nom: table.nom,
			forme: table.forme,
			questionId: table.question_id,
			hote: table.hote,
			synthese: table.synthese,
			places: table.places,
			aideAt: table.aide_at,
			finieAt: table.finie_at,
			cedeeAt: table.cedee_at
		})),
		sieges: sieges.map((siege) => ({
			id: siege.id,
			numero: siege.numero,
			genre: siege.genre,
			tableId: siege.table_id,
			hote: siege.hote === 1,
			organismeId: siege.organisme_id,
			organisme: siege.organisme,
			usager: siege.usager === 1,
			nom: siege.nom,
			absent: siege.absent === 1,
			pris: siege.vu_at !== null,
			vuAt: siege.vu_at
		})),
		passages,
		cartes: cartes.map((carte) => ({
			id: carte.id,
			tableId: carte.table_id,
			etapeId: carte.etape_id,
			questionId: carte.question_id,
			tour: carte.tour,
			siegeId: carte.siege_id,
			nature: carte.nature,
			texte: carte.texte,
			source: carte.source,
			revelee: carte.revelee === 1,
			pepite: carte.pepite,
			surprise: carte.surprise === 1,
			groupeId: carte.groupe_id,
			retireeAt: carte.retiree_at,
			attente: carte.attente === 1,
			modereeAt: carte.moderee_at,
			motif: carte.motif,
			createdAt: carte.created_at
		})),
		groupes,
		scrutins: scrutins.map((scrutin) => ({ ...scrutin, objets: JSON.parse(scrutin.objets) as string[] })),
		voix,
		voixComptees,
		evaluations,
		messages
	};
}

export function reglagesOf(json: string): ReglagesDeSalle {
	return json === ''
		? REGLAGES_DE_DEPART
		: { ...REGLAGES_DE_DEPART, ...(JSON.parse(json) as Partial<ReglagesDeSalle>) };
}
