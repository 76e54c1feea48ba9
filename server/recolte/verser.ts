import type { Transaction } from 'kysely';
import type { NatureConstat } from '#lib/editor/prose.ts';
import { documentName } from '#lib/documents/document.ts';
import { canAnimate, canReadPacte, documentRight } from '#lib/documents/rights.ts';
import { childrenOf, readArbre, removeNoeud } from '#lib/orientations/arbre.ts';
import type { Modele } from '#lib/pactes/modele.ts';
import { placeOf, seanceEtDate, type GenreDeCible } from '#lib/recolte/versement.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import { storable } from '../database/text.ts';
import { DomainError } from '../errors.ts';
import { newId } from '../ids.ts';
import { addJournalEntry } from '../journal/journal.ts';
import { listNoeuds } from '../orientations/noeuds.ts';
import { plantNoeud } from '../orientations/plant.ts';
import { beginAct, requireDroit, type Acteur } from '../pactes/act.ts';
import { insertLiens, readSources, type Source } from './liens.ts';
import { addConstat, removeConstat, requireWriter } from '../sections/constats.ts';

export type RecolteAct = Acteur & { seanceId: string };

export type Cible =
	| { genre: 'constat'; sectionId: string; nature: NatureConstat; theme: string }
	/** An orientation or a fiche: its level and what holds it, as `placesDe` names them. */
	| { genre: 'noeud'; place: string };

export interface Demande {
	/** Chosen by the page: the same sending again makes nothing more. */
	cle: string;
	/** A card, or a group with all its cards. */
	source: string;
	texte: string;
	cible: Cible;
}

export interface Verse {
	genre: GenreDeCible;
	id: string;
}

const TEXTE_MAX = 2_000;

/**
 * Makes a constat, an orientation or a draft fiche of a card or of a group. The links are written first, the text then: links whose
 * text never came are shown nowhere.
 */
export async function verser(app: App, act: RecolteAct, demande: Demande): Promise<Verse> {
	const { cible, cle } = demande;
	const texte = storable(demande.texte.replace(/\s+/gu, ' ').trim());
	if (texte === '' || texte.length > TEXTE_MAX)
		throw new DomainError('invalide', `Écrivez de quoi il s’agit, en ${TEXTE_MAX} caractères au plus.`);
	if (cible.genre === 'constat') await requireWriter(app, act.pacteId, cible.sectionId, act.by);
	const begun = await app.db.transaction().execute(async (trx) => {
		await beginAct(trx, act, droitOn(cible));
		const done = await readDone(trx, act.seanceId, cle);
		if (done) return { done, place: null, origine: '' };
		const sources = await sourcesOf(trx, act, demande.source);
		const place = cible.genre === 'noeud' ? await requirePlace(trx, act.pacteId, cible.place) : null;
		const verse: Verse = { genre: place?.genre ?? 'constat', id: newId() };
		await insertLiens(trx, sources, {
			pacteId: act.pacteId,
			seanceId: act.seanceId,
			compteId: act.by,
			cible: { ...verse, section: cible.genre === 'constat' ? cible.sectionId : '' },
			now: app.now()
		});
		await keepDone(trx, act.seanceId, cle, verse, app.now());
		await addJournalEntry(trx, {
			pacteId: act.pacteId,
			compteId: act.by,
			acte: 'carte_versee',
			detail: { seance: act.seanceId, cible: verse.id, genre: verse.genre },
			now: app.now()
		});
		return { done: null, verse, place, origine: await origineOf(trx, act.seanceId) };
	});
	if (begun.done) return begun.done;
	const { verse, place, origine } = begun;
	try {
		if (place) await plantNoeud(app, act, { id: verse.id, parent: place.parent, niveau: place.niveau, titre: texte });
		else if (cible.genre === 'constat')
			await addConstat(app, act, { ...cible, id: verse.id, texte, noeud: '', origine });
	} catch (error) {
		await app.db.transaction().execute(async (trx) => {
			await unlink(trx, act.pacteId, verse.id);
			await trx.deleteFrom('actes_de_salle').where('seance_id', '=', act.seanceId).where('cle', '=', cle).execute();
		});
		throw error;
	}
	app.collaboration.flux.publish(act.pacteId, { type: 'parties' });
	return verse;
}

/** Takes back what was poured, as long as nobody has worked on it: the link, and the text; a fiche is set aside, as all fiches are. */
export async function annulerVersement(app: App, act: RecolteAct, cible: string): Promise<void> {
	const row = await app.db
		.selectFrom('versements')
		.select(['cible_genre', 'cible_section'])
		.where('pacte_id', '=', act.pacteId)
		.where('seance_id', '=', act.seanceId)
		.where('cible_id', '=', cible)
		.executeTakeFirst();
	if (!row || row.cible_genre === 'carte') throw new DomainError('introuvable', 'Ce lien n’existe plus.');
	if (row.cible_genre === 'constat') await takeConstatBack(app, act, cible, row.cible_section);
	else await takeNoeudBack(app, act, cible);
	await app.db.transaction().execute(async (trx) => {
		await beginAct(trx, act, { allows: canReadPacte, refus: '' });
		await unlink(trx, act.pacteId, cible);
		const detail = { seance: act.seanceId, cible };
		const entry = { pacteId: act.pacteId, compteId: act.by, acte: 'versement_annule' as const, detail, now: app.now() };
		await addJournalEntry(trx, entry);
	});
	app.collaboration.flux.publish(act.pacteId, { type: 'parties' });
}

const ANIMER = { allows: canAnimate, refus: 'L’équipe projet et les animateurs défont ces liens.' };
const REFUS_ARBRE = 'Votre rôle permet de lire les orientations, pas d’en ajouter. Demandez-le à l’équipe projet.';

/** The right is the target's: who may write it may bring there what was said. */
function droitOn({ genre }: Cible) {
	return genre === 'constat'
		? { allows: canReadPacte, refus: '' }
		: {
				allows: (role: Parameters<typeof documentRight>[0]) => documentRight(role, 'orientations') === 'write',
				refus: REFUS_ARBRE
			};
}

/** A card, or a group and its cards: what people may read, of a séance of this pacte, that whoever pours may see. */
async function sourcesOf(trx: Queryable, act: RecolteAct, source: string): Promise<Source[]> {
	const salle = await trx
		.selectFrom('seances')
		.innerJoin('salles', 'salles.seance_id', 'seances.id')
		.select(['salles.etat', 'salles.repetition'])
		.where('seances.id', '=', act.seanceId)
		.where('seances.pacte_id', '=', act.pacteId)
		.where('seances.corbeille_at', 'is', null)
		.executeTakeFirst();
	if (!salle) throw new DomainError('introuvable', 'Cette séance n’existe pas.');
	if (salle.repetition === 1)
		throw new DomainError(
			'conflit',
			'C’est une répétition\u00a0: ses cartes seront effacées, rien ne s’en verse dans le pacte.'
		);
	if (salle.etat !== 'close')
		await requireDroit(trx, act, {
			allows: canAnimate,
			refus: 'La séance est en cours\u00a0: sa récolte s’ouvrira à vous quand elle sera close.'
		});
	const sources = await readSources(trx, act.seanceId, source);
	if (sources.length === 0)
		throw new DomainError('conflit', 'Il n’y a rien à verser ici : la carte a été retirée, ou le groupe est vide.');
	return sources;
}

async function unlink(trx: Transaction<Schema>, pacteId: string, cible: string): Promise<void> {
	await trx.deleteFrom('versements').where('pacte_id', '=', pacteId).where('cible_id', '=', cible).execute();
}

async function readDone(trx: Queryable, seanceId: string, cle: string): Promise<Verse | null> {
	const row = await trx
		.selectFrom('actes_de_salle')
		.select('resultat')
		.where('seance_id', '=', seanceId)
		.where('cle', '=', cle)
		.executeTakeFirst();
	return row ? (JSON.parse(row.resultat) as Verse) : null;
}

async function keepDone(
	trx: Transaction<Schema>,
	seanceId: string,
	cle: string,
	verse: Verse,
	now: number
): Promise<void> {
	if (!/^[A-Za-z0-9_-]{8,40}$/.test(cle))
		throw new DomainError('invalide', 'Cet envoi n’a pas de clé. Rechargez la page.');
	await trx
		.insertInto('actes_de_salle')
		.values({ seance_id: seanceId, cle, resultat: JSON.stringify(verse), created_at: now })
		.execute();
}

async function requirePlace(trx: Queryable, pacteId: string, valeur: string) {
	const place = placeOf(valeur, await modeleOf(trx, pacteId), await listNoeuds(trx, pacteId));
	if (!place) throw new DomainError('invalide', 'Cette place de l’arbre n’existe plus. Choisissez-en une autre.');
	return place;
}

async function modeleOf(db: Queryable, pacteId: string): Promise<Modele> {
	const { modele } = await db.selectFrom('pactes').select('modele').where('id', '=', pacteId).executeTakeFirstOrThrow();
	return JSON.parse(modele) as Modele;
}

async function origineOf(trx: Queryable, seanceId: string): Promise<string> {
	const seance = await trx
		.selectFrom('seances')
		.select(['titre', 'date'])
		.where('id', '=', seanceId)
		.executeTakeFirstOrThrow();
	return seanceEtDate(seance);
}

async function takeConstatBack(app: App, act: RecolteAct, constatId: string, sectionId: string): Promise<void> {
	const { texte } =
		(await app.db.selectFrom('constats').select('texte').where('id', '=', constatId).executeTakeFirst()) ?? {};
	// It was taken out of the text since: only the link is left.
	if (texte === undefined) return requireDroit(app.db, act, ANIMER);
	await removeConstat(app, act, { constatId, sectionId });
}

async function takeNoeudBack(app: App, act: RecolteAct, noeud: string): Promise<void> {
	await requireDroit(app.db, act, droitOn({ genre: 'noeud', place: '' }));
	const modele = await modeleOf(app.db, act.pacteId);
	let isUsed = await isWritten(app.db, noeud);
	await app.collaboration.edit(
		documentName('orientations', act.pacteId),
		(doc) => {
			isUsed ||= childrenOf(readArbre(doc), noeud).length > 0;
			if (!isUsed) removeNoeud(doc, noeud, modele);
		},
		act.by
	);
	await app.collaboration.settle(act.pacteId);
	if (isUsed)
		throw new DomainError(
			'conflit',
			'On a écrit dedans depuis\u00a0: elle reste. Pour la retirer, passez par la page des orientations.'
		);
}

async function isWritten(db: Queryable, fiche: string): Promise<boolean> {
	const champ = await db
		.selectFrom('fiche_champs')
		.select('fiche_id')
		.where('fiche_id', '=', fiche)
		.where('texte', '<>', '')
		.union(db.selectFrom('fiche_organismes').select('fiche_id').where('fiche_id', '=', fiche))
		.executeTakeFirst();
	return champ !== undefined;
}
