import type { Transaction } from 'kysely';
import { canAnimate } from '#lib/documents/rights.ts';
import type { App } from '../app.ts';
import type { Schema } from '../database/schema.ts';
import type { SallesTable } from '../database/schema-seances.ts';
import { DomainError } from '../errors.ts';
import { addJournalEntry, type Acte, type JournalEntry } from '../journal/journal.ts';
import { requireDroit } from '../pactes/act.ts';
import { ACTES } from './actes/index.ts';
import type { Donnees } from './donnees.ts';
import { voyageOf } from './emporter.ts';
import type { Selectable } from 'kysely';

export type ActeurDeSalle = { genre: 'siege'; siegeId: string } | { genre: 'animateur'; compteId: string };

/** What an act of a room works with, in its transaction: no other act goes on in this room. */
export interface Contexte {
	app: App;
	trx: Transaction<Schema>;
	now: number;
	seanceId: string;
	pacteId: string;
	salle: Selectable<SallesTable>;
	acteur: ActeurDeSalle;
	/** Writes the journal: for facilitators' acts; what participants do is never tied to them. */
	note: (acte: Acte, detail: NonNullable<JournalEntry['detail']>) => Promise<void>;
}

/** One named act: who may do it, what it needs, what it does. What `faire` gives is what the device is answered. */
export interface DefinitionDActe<D = unknown, C = undefined> {
	qui: 'siege' | 'animateur' | 'tous';
	/** Throws a DomainError on what cannot be understood. */
	lire: (donnees: Donnees) => D;
	/** What takes long, before the transaction: nothing holds the room meanwhile, so that it may have changed since. */
	calculer?: (app: App, seanceId: string, donnees: D) => Promise<C>;
	faire: (contexte: Contexte, donnees: D, calcul: C) => Promise<unknown>;
}

export interface ActeDemande {
	/** Chosen by who asks: the same key counts once. */
	cle: string;
	acte: string;
	donnees: Donnees;
}

const ANIMER = {
	allows: canAnimate,
	refus: 'L’équipe projet et les animateurs conduisent les séances.'
};

/** Does an act in a room, once: the same key again gives the same answer. Those who look are told after the commit. */
export async function doActe(
	app: App,
	seanceId: string,
	acteur: ActeurDeSalle,
	{ cle, acte, donnees }: ActeDemande
): Promise<unknown> {
	if (!/^[A-Za-z0-9_-]{8,64}$/.test(cle))
		throw new DomainError('invalide', 'Cet envoi n’a pas de clé. Rechargez la page.');
	const definition = Object.hasOwn(ACTES, acte) ? ACTES[acte] : undefined;
	if (!definition || (definition.qui !== 'tous' && definition.qui !== acteur.genre))
		throw new DomainError('interdit', 'Cette action n’est pas possible ici.');
	const read = definition.lire(donnees);
	const calcul = await definition.calculer?.(app, seanceId, read);
	const now = app.now();
	const resultat = await app.db.transaction().execute(async (trx) => {
		const { salle, pacteId } = await holdSalle(trx, seanceId);
		const done = await trx
			.selectFrom('actes_de_salle')
			.select('resultat')
			.where('seance_id', '=', seanceId)
			.where('cle', '=', cle)
			.executeTakeFirst();
		if (done) return JSON.parse(done.resultat) as unknown;
		await requireActeur(trx, { seanceId, pacteId, acteur });
		if (voyageOf(salle.emportee)?.etat === 'partie')
			throw new DomainError('conflit', 'Cette séance est emportée : rapportez-la, ou gardez-la ici, pour la changer.');
		const compteId = acteur.genre === 'animateur' ? acteur.compteId : null;
		const note: Contexte['note'] = (acte, detail) => addJournalEntry(trx, { pacteId, compteId, acte, detail, now });
		const answer =
			(await definition.faire({ app, trx, now, seanceId, pacteId, salle, acteur, note }, read, calcul)) ?? null;
		await trx
			.insertInto('actes_de_salle')
			.values({ seance_id: seanceId, cle, resultat: JSON.stringify(answer), created_at: now })
			.execute();
		await trx
			.updateTable('salles')
			.set((eb) => ({ revision: eb('revision', '+', 1) }))
			.where('seance_id', '=', seanceId)
			.execute();
		return answer;
	});
	app.salles.publish(seanceId);
	return resultat;
}

/** Writing the row, even unchanged, holds the room until the transaction ends. */
async function holdSalle(trx: Transaction<Schema>, seanceId: string) {
	await trx
		.updateTable('salles')
		.set((eb) => ({ etat: eb.ref('etat') }))
		.where('seance_id', '=', seanceId)
		.execute();
	const row = await trx
		.selectFrom('salles')
		.innerJoin('seances', 'seances.id', 'salles.seance_id')
		.selectAll('salles')
		.select('seances.pacte_id')
		.where('seance_id', '=', seanceId)
		.where('seances.corbeille_at', 'is', null)
		.executeTakeFirst();
	if (!row) throw new DomainError('introuvable', 'Cette séance n’existe pas, ou sa salle n’est pas préparée.');
	const { pacte_id: pacteId, ...salle } = row;
	return { salle, pacteId };
}

async function requireActeur(
	trx: Transaction<Schema>,
	{ seanceId, pacteId, acteur }: { seanceId: string; pacteId: string; acteur: ActeurDeSalle }
): Promise<void> {
	if (acteur.genre === 'animateur') return requireDroit(trx, { pacteId, by: acteur.compteId }, ANIMER);
	const siege = await trx
		.selectFrom('sieges')
		.select('id')
		.where('id', '=', acteur.siegeId)
		.where('seance_id', '=', seanceId)
		.executeTakeFirst();
	if (!siege) throw new DomainError('non_connecte', 'Votre place n’est plus là. Rejoignez de nouveau la séance.');
}
