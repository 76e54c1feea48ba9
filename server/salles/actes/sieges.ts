import { counted } from '#lib/format.ts';
import { DomainError } from '../../errors.ts';
import type { Contexte, DefinitionDActe } from '../acte.ts';
import { reglagesOf } from '../read-salle.ts';
import { addSiege, claimPlace } from '../sieges.ts';

/** More than a hall holds. */
const PLACES_AU_PLUS = 500;
const NOM = { max: 60, refus: 'Un nom de 60 caractères au plus est attendu.' };

/** Sits at a table: people know where they are better than a plan does. */
const choisirTable: DefinitionDActe<{ tableId: string }> = {
	qui: 'siege',
	lire: (donnees) => ({ tableId: donnees.requiredId('table') }),
	async faire({ trx, seanceId, salle, acteur }, { tableId }) {
		requireOpen(salle);
		await requireTable(trx, seanceId, tableId);
		await trx
			.updateTable('sieges')
			.set({ table_id: tableId, absent: 0 })
			.where('id', '=', siegeOfActeur(acteur))
			.execute();
		return null;
	}
};

/** Takes the seat of a paper slip, with what one has written so far. A seat that somebody holds is not given again. */
const prendrePlace: DefinitionDActe<{ place: number }> = {
	qui: 'siege',
	lire: (donnees) => ({ place: donnees.integer('place', { min: 1, max: 9999 }) }),
	async faire({ trx, now, seanceId, salle, acteur }, { place }) {
		requireOpen(salle);
		const siegeId = siegeOfActeur(acteur);
		const here = await trx
			.selectFrom('sieges')
			.select(['numero', 'genre', 'jeton_hash'])
			.where('id', '=', siegeId)
			.executeTakeFirstOrThrow();
		if (here.numero === place) return null;
		if (here.genre !== 'personne' || here.jeton_hash === null)
			throw new DomainError('conflit', 'Cet appareil est celui de la table\u00a0: il n’a pas de place numérotée.');
		// The device's token moves: two seats never hold it at once.
		await trx.updateTable('sieges').set({ jeton_hash: null }).where('id', '=', siegeId).execute();
		const taken = await claimPlace(trx, { seanceId, place, jetonHash: here.jeton_hash, now });
		if (taken === null)
			throw new DomainError(
				'conflit',
				`La place ${place} est déjà prise, ou n’existe pas. Vérifiez votre feuille, ou demandez à l’animateur.`
			);
		await moveWritings(trx, siegeId, taken);
		await leaveSiege(trx, siegeId);
		return { place };
	}
};

/** What was written and voted goes along. */
async function moveWritings(trx: Contexte['trx'], from: string, to: string): Promise<void> {
	await trx.updateTable('cartes').set({ siege_id: to }).where('siege_id', '=', from).execute();
	await trx
		.updateTable('voix')
		.set({ siege_id: to })
		.where('siege_id', '=', from)
		.where('scrutin_id', 'not in', (eb) => eb.selectFrom('voix').select('scrutin_id').where('siege_id', '=', to))
		.execute();
}

/** One that was planned waits for its person again; one that a device made goes. */
async function leaveSiege(trx: Contexte['trx'], siegeId: string): Promise<void> {
	const planned = await trx.selectFrom('passages').select('tour').where('siege_id', '=', siegeId).executeTakeFirst();
	const { organisme_id, organisme, usager } = await trx
		.selectFrom('sieges')
		.select(['organisme_id', 'organisme', 'usager'])
		.where('id', '=', siegeId)
		.executeTakeFirstOrThrow();
	if (planned || organisme_id !== null || organisme !== '' || usager === 1)
		await trx.updateTable('sieges').set({ vu_at: null }).where('id', '=', siegeId).execute();
	else await trx.deleteFrom('sieges').where('id', '=', siegeId).execute();
}

/** The device is the table's, or one person's again. */
const partagerAppareil: DefinitionDActe<{ partage: boolean }> = {
	qui: 'siege',
	lire: (donnees) => ({ partage: donnees.boolean('partage') }),
	async faire({ trx, salle, acteur }, { partage }) {
		requireOpen(salle);
		const siegeId = siegeOfActeur(acteur);
		await trx
			.updateTable('sieges')
			.set({ genre: partage ? 'table' : 'personne' })
			.where('id', '=', siegeId)
			.where('genre', '!=', 'simule')
			.execute();
		if (partage) await trx.deleteFrom('passages').where('siege_id', '=', siegeId).execute();
		return null;
	}
};

/** Only where the facilitator asked for names. */
const direNom: DefinitionDActe<{ nom: string }> = {
	qui: 'siege',
	lire: (donnees) => ({ nom: donnees.maybeText('nom', NOM) }),
	async faire({ trx, salle, acteur }, { nom }) {
		requireOpen(salle);
		if (!reglagesOf(salle.reglages).noms)
			throw new DomainError('interdit', 'Cette séance ne demande pas de nom\u00a0: n’en écrivez pas.');
		await trx.updateTable('sieges').set({ nom }).where('id', '=', siegeOfActeur(acteur)).execute();
		return null;
	}
};

/** « Je suis là sans téléphone »: seats that no device holds, each with the number of its slip. */
const ajouterPlaces: DefinitionDActe<{ nombre: number; tableId: string | null }> = {
	qui: 'animateur',
	lire: (donnees) => ({
		nombre: donnees.maybeInteger('nombre', { min: 1, max: 50 }) ?? 1,
		tableId: donnees.id('table')
	}),
	async faire({ trx, now, seanceId, salle }, { nombre, tableId }) {
		requireOpen(salle);
		if (tableId !== null) await requireTable(trx, seanceId, tableId);
		await requireRoom(trx, seanceId, nombre);
		const places: number[] = [];
		for (let i = 0; i < nombre; i++) {
			const { numero } = await addSiege(trx, seanceId, { genre: 'personne', tableId, jetonHash: null, now });
			places.push(numero);
		}
		return { places };
	}
};

/** The device of this seat is lost or was somebody else's: its slip may be taken again. */
const libererPlace: DefinitionDActe<{ siegeId: string }> = {
	qui: 'animateur',
	lire: (donnees) => ({ siegeId: donnees.requiredId('siege') }),
	async faire({ trx, seanceId }, { siegeId }) {
		await trx
			.updateTable('sieges')
			.set({ jeton_hash: null })
			.where('seance_id', '=', seanceId)
			.where('id', '=', siegeId)
			.execute();
		return null;
	}
};

async function requireRoom(trx: Contexte['trx'], seanceId: string, nombre: number): Promise<void> {
	const { held } = await trx
		.selectFrom('sieges')
		.select((eb) => eb.fn.countAll().as('held'))
		.where('seance_id', '=', seanceId)
		.executeTakeFirstOrThrow();
	if (Number(held) + nombre > PLACES_AU_PLUS)
		throw new DomainError('conflit', `Une séance a ${counted(PLACES_AU_PLUS, 'place')} au plus.`);
}

async function requireTable(trx: Contexte['trx'], seanceId: string, tableId: string): Promise<void> {
	const table = await trx
		.selectFrom('seance_tables')
		.select('id')
		.where('seance_id', '=', seanceId)
		.where('id', '=', tableId)
		.executeTakeFirst();
	if (!table) throw new DomainError('introuvable', 'Cette table n’existe plus. Choisissez-en une autre.');
}

function requireOpen({ etat }: Contexte['salle']): void {
	if (etat !== 'ouverte') throw new DomainError('conflit', 'Cette séance n’est pas ouverte.');
}

function siegeOfActeur(acteur: Contexte['acteur']): string {
	if (acteur.genre !== 'siege') throw new DomainError('interdit', 'Cette action n’est pas possible ici.');
	return acteur.siegeId;
}

export const ACTES_DE_SIEGES = {
	choisirTable,
	prendrePlace,
	partagerAppareil,
	direNom,
	ajouterPlaces,
	libererPlace
};
