import type { Selectable } from 'kysely';
import {
	LONGUEUR_DE_CARTE,
	NATURES_DE_CARTE,
	PEPITES_PAR_TABLE,
	SOURCES_DE_CARTE,
	type NatureDeCarte,
	type SourceDeCarte
} from '#lib/salles/salle.ts';
import type { CartesTable, EtapesTable } from '../../database/schema-seances.ts';
import { DomainError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import type { Contexte, DefinitionDActe } from '../acte.ts';
import { reglagesOf } from '../read-salle.ts';
import { requireOuverte, siegeOfActeur, tableOfActeur } from './acteur.ts';

const TEXTE = {
	max: LONGUEUR_DE_CARTE,
	refus: `Écrivez quelques mots, ${LONGUEUR_DE_CARTE} caractères au plus.`
};

interface NouvelleCarte {
	texte: string;
	nature: NatureDeCarte;
	source: SourceDeCarte;
	/** The step for which it was written: one that ended meanwhile still takes it. */
	etapeId: string | null;
	tableId: string | null;
}

const ajouterCarte: DefinitionDActe<NouvelleCarte> = {
	qui: 'tous',
	lire: (donnees) => ({
		texte: donnees.text('texte', TEXTE),
		nature: donnees.oneOf('nature', NATURES_DE_CARTE, 'idee'),
		source: donnees.oneOf('source', SOURCES_DE_CARTE, 'ecran'),
		etapeId: donnees.id('etape'),
		tableId: donnees.id('table')
	}),
	async faire(contexte, carte) {
		const { trx, now, seanceId, salle, acteur } = contexte;
		const etape = await etapeToWrite(contexte, carte.etapeId ?? salle.etape_id);
		const siegeId = acteur.genre === 'siege' ? acteur.siegeId : null;
		const tableId = siegeId === null ? carte.tableId : await tableOf(contexte, siegeId, etape, carte.tableId);
		if (siegeId !== null && tableId === null && etape.ecrire === 'tables')
			throw new DomainError('conflit', 'Choisissez d’abord votre table\u00a0: votre texte reste dans votre champ.');
		const table = await trx
			.selectFrom('seance_tables')
			.select(['id', 'question_id'])
			.where('seance_id', '=', seanceId)
			.where('id', '=', tableId ?? '')
			.executeTakeFirst();
		const id = newId();
		await trx
			.insertInto('cartes')
			.values({
				id,
				seance_id: seanceId,
				table_id: table?.id ?? null,
				etape_id: etape.id,
				question_id: etape.question_id ?? table?.question_id ?? null,
				tour: etape.tour,
				// A card that comes once the room is closed was waiting on a device: nobody takes it back any more.
				siege_id: salle.etat === 'ouverte' ? siegeId : null,
				nature: carte.nature,
				texte: carte.texte,
				source: carte.source,
				revelee: (await isHiddenAtFirst(contexte, etape, table?.id ?? null)) ? 0 : 1,
				attente: siegeId !== null && reglagesOf(salle.reglages).moderation ? 1 : 0,
				compte_id: acteur.genre === 'animateur' ? acteur.compteId : null,
				created_at: now
			})
			.execute();
		return { carte: id };
	}
};

type Etape = Selectable<EtapesTable>;

async function etapeToWrite({ trx, seanceId, acteur }: Contexte, etapeId: string | null): Promise<Etape> {
	const etape = await trx
		.selectFrom('etapes')
		.selectAll()
		.where('seance_id', '=', seanceId)
		.where('id', '=', etapeId ?? '')
		.executeTakeFirst();
	if (!etape || etape.commencee_at === null)
		throw new DomainError('conflit', 'Cette étape n’a pas commencé\u00a0: gardez votre carte.');
	if (acteur.genre === 'siege' && etape.ecrire === 'personne')
		throw new DomainError('conflit', 'On n’écrit pas pendant cette étape. Votre texte reste dans votre champ.');
	return etape;
}

/** Where a seat sat when it wrote: where its round put it, or where it is; for a step that is over, what it says. */
async function tableOf(
	{ trx, seanceId, salle }: Contexte,
	siegeId: string,
	etape: Etape,
	claimed: string | null
): Promise<string | null> {
	const siege = await trx.selectFrom('sieges').select('table_id').where('id', '=', siegeId).executeTakeFirstOrThrow();
	if (claimed === null || claimed === siege.table_id) return siege.table_id;
	const passage = await trx
		.selectFrom('passages')
		.select('table_id')
		.where('seance_id', '=', seanceId)
		.where('siege_id', '=', siegeId)
		.where('tour', '=', etape.tour ?? 0)
		.executeTakeFirst();
	if (passage) return passage.table_id;
	return etape.id === salle.etape_id ? siege.table_id : claimed;
}

/**
 * Silent writing: a card waits for the reveal, unless that has been done at this table. What a facilitator types from paper, once
 * the step is over, has been read by the table already.
 */
async function isHiddenAtFirst(
	{ trx, salle, acteur }: Contexte,
	etape: Etape,
	tableId: string | null
): Promise<boolean> {
	if (etape.voir !== 'soi') return false;
	if (acteur.genre === 'animateur' && (etape.id !== salle.etape_id || salle.etat !== 'ouverte')) return false;
	const shown = await trx
		.selectFrom('cartes')
		.select('id')
		.where('etape_id', '=', etape.id)
		.where('table_id', 'is not distinct from', tableId)
		.where('siege_id', 'is not', null)
		.where('revelee', '=', 1)
		.executeTakeFirst();
	return shown === undefined;
}

const modifierCarte: DefinitionDActe<{ carteId: string; texte: string; nature: NatureDeCarte }> = {
	qui: 'tous',
	lire: (donnees) => ({
		carteId: donnees.requiredId('carte'),
		texte: donnees.text('texte', TEXTE),
		nature: donnees.oneOf('nature', NATURES_DE_CARTE)
	}),
	async faire(contexte, { carteId, texte, nature }) {
		const carte = await ownCarte(contexte, carteId);
		if (carte.retiree_at !== null)
			throw new DomainError('conflit', 'Cette carte a été retirée\u00a0: remettez-la d’abord.');
		const { salle, acteur } = contexte;
		const attente = acteur.genre === 'siege' && reglagesOf(salle.reglages).moderation ? { attente: 1 as const } : {};
		await contexte.trx
			.updateTable('cartes')
			.set({ texte, nature, ...attente })
			.where('id', '=', carteId)
			.execute();
		return null;
	}
};

/** Takes one's own card back: nobody is shown it any more. */
const retirerCarte: DefinitionDActe<{ carteId: string }> = {
	qui: 'tous',
	lire: (donnees) => ({ carteId: donnees.requiredId('carte') }),
	async faire(contexte, { carteId }) {
		const carte = await ownCarte(contexte, carteId);
		await contexte.trx
			.updateTable('cartes')
			.set({ retiree_at: carte.retiree_at ?? contexte.now })
			.where('id', '=', carteId)
			.execute();
		return null;
	}
};

/** Undoes it. Its place among the pépites is its own again where nobody took it meanwhile. */
const remettreCarte: DefinitionDActe<{ carteId: string }> = {
	qui: 'tous',
	lire: (donnees) => ({ carteId: donnees.requiredId('carte') }),
	async faire(contexte, { carteId }) {
		const carte = await ownCarte(contexte, carteId);
		if (carte.retiree_at === null) return null;
		const others = await chosenAt(contexte, carte);
		const pepite = others.some((other) => other.pepite === carte.pepite) ? null : carte.pepite;
		const surprise = carte.surprise === 1 && !others.some((other) => other.surprise === 1) ? 1 : 0;
		await contexte.trx
			.updateTable('cartes')
			.set({ retiree_at: null, pepite, surprise })
			.where('id', '=', carteId)
			.execute();
		return null;
	}
};

type Carte = Selectable<CartesTable>;

/** A card that whoever acts brought: a seat its own, facilitators what they typed from paper. */
async function ownCarte(contexte: Contexte, carteId: string): Promise<Carte> {
	const { acteur, salle } = contexte;
	const carte = await carteOf(contexte, carteId);
	const isOwn =
		acteur.genre === 'siege' ? carte.siege_id === acteur.siegeId : carte.siege_id === null && carte.compte_id !== null;
	if (!isOwn) throw new DomainError('interdit', 'Seul l’appareil qui a apporté cette carte peut la changer.');
	if (acteur.genre === 'siege') requireOuverte(salle);
	return carte;
}

async function carteOf({ trx, seanceId }: Contexte, carteId: string): Promise<Carte> {
	const carte = await trx
		.selectFrom('cartes')
		.selectAll()
		.where('seance_id', '=', seanceId)
		.where('id', '=', carteId)
		.executeTakeFirst();
	if (!carte) throw new DomainError('introuvable', 'Cette carte n’existe plus.');
	return carte;
}

/** « Nos 3 pépites »: the first place that is free. */
const choisirPepite: DefinitionDActe<{ carteId: string; oui: boolean }> = {
	qui: 'tous',
	lire: (donnees) => ({ carteId: donnees.requiredId('carte'), oui: donnees.boolean('oui') }),
	async faire(contexte, { carteId, oui }) {
		const carte = await carteOfTable(contexte, carteId);
		if ((carte.pepite !== null) === oui) return null;
		await contexte.trx
			.updateTable('cartes')
			.set({ pepite: oui ? await freePepite(contexte, carte) : null })
			.where('id', '=', carteId)
			.execute();
		return null;
	}
};

async function freePepite(contexte: Contexte, carte: Carte): Promise<number> {
	const taken = new Set((await chosenAt(contexte, carte)).map(({ pepite }) => pepite));
	for (let pepite = 1; pepite <= PEPITES_PAR_TABLE; pepite++) if (!taken.has(pepite)) return pepite;
	throw new DomainError('conflit', 'Vos trois pépites sont choisies. Retirez-en une d’abord.');
}

/** One a table and round: the last choice counts. */
const choisirSurprise: DefinitionDActe<{ carteId: string; oui: boolean }> = {
	qui: 'tous',
	lire: (donnees) => ({ carteId: donnees.requiredId('carte'), oui: donnees.boolean('oui') }),
	async faire(contexte, { carteId, oui }) {
		const carte = await carteOfTable(contexte, carteId);
		const { trx } = contexte;
		for (const { id } of oui ? await chosenAt(contexte, carte) : [])
			await trx.updateTable('cartes').set({ surprise: 0 }).where('id', '=', id).execute();
		await trx
			.updateTable('cartes')
			.set({ surprise: oui ? 1 : 0 })
			.where('id', '=', carteId)
			.execute();
		return null;
	}
};

/** A card that its table sees, chosen by someone of this table or by a facilitator. */
async function carteOfTable(contexte: Contexte, carteId: string): Promise<Carte> {
	const { acteur, salle } = contexte;
	const carte = await carteOf(contexte, carteId);
	if (carte.retiree_at !== null || carte.moderee_at !== null || carte.revelee === 0 || carte.attente === 1)
		throw new DomainError('conflit', 'Cette carte n’est pas montrée à la table.');
	if (acteur.genre === 'animateur') return carte;
	requireOuverte(salle);
	if (carte.table_id !== (await tableOfActeur(contexte, acteur)).id)
		throw new DomainError('interdit', 'Cette carte est à une autre table.');
	return carte;
}

/** The other pépites and surprises of its table and round. */
function chosenAt({ trx }: Contexte, carte: Carte): Promise<Carte[]> {
	return trx
		.selectFrom('cartes')
		.selectAll()
		.where('seance_id', '=', carte.seance_id)
		.where('table_id', 'is not distinct from', carte.table_id)
		.where('tour', 'is not distinct from', carte.tour)
		.where('id', '!=', carte.id)
		.where('retiree_at', 'is', null)
		.where('moderee_at', 'is', null)
		.where((eb) => eb.or([eb('pepite', 'is not', null), eb('surprise', '=', 1)]))
		.execute();
}

/** Ends silent writing: at one's own table for its host, at one table or at all for a facilitator. */
const reveler: DefinitionDActe<{ tableId: string | null }> = {
	qui: 'tous',
	lire: (donnees) => ({ tableId: donnees.id('table') }),
	async faire(contexte, { tableId }) {
		const { trx, seanceId, salle, acteur } = contexte;
		const table = acteur.genre === 'siege' ? await tableOfHost(contexte, acteur) : tableId;
		await trx
			.updateTable('cartes')
			.set({ revelee: 1 })
			.where('seance_id', '=', seanceId)
			.$if(table !== null, (query) => query.where('table_id', '=', table))
			.where('revelee', '=', 0)
			.execute();
		// What is written from now on at any table is shown at once.
		if (table === null)
			await trx
				.updateTable('etapes')
				.set({ voir: 'table' })
				.where('id', '=', salle.etape_id ?? '')
				.where('voir', '=', 'soi')
				.execute();
		return null;
	}
};

async function tableOfHost(contexte: Contexte, acteur: { siegeId: string }): Promise<string> {
	requireOuverte(contexte.salle);
	const siege = await siegeOfActeur(contexte, acteur);
	if (siege.hote === 0 && siege.genre !== 'table')
		throw new DomainError('interdit', 'L’hôte de la table, ou l’animateur, montre les cartes.');
	return (await tableOfActeur(contexte, acteur)).id;
}

export const ACTES_DE_CARTES = {
	ajouterCarte,
	modifierCarte,
	retirerCarte,
	remettreCarte,
	choisirPepite,
	choisirSurprise,
	reveler
};
