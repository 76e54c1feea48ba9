import {
	ECRITURES,
	GENRES_D_ETAPE,
	VISIBILITES,
	VUES_DU_MUR,
	type Ecriture,
	type GenreDEtape,
	type Visibilite,
	type VueDuMur
} from '#lib/salles/salle.ts';
import { DomainError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import type { Contexte, DefinitionDActe } from '../acte.ts';
import type { Donnees } from '../donnees.ts';

const TITRE = { max: 80, refus: 'Donnez un titre à l’étape, 80 caractères au plus.' };
const CONSIGNE = { max: 400, refus: 'La consigne a 400 caractères au plus.' };
const MINUTES = { min: 1, max: 480 };
const ETAPES_AU_PLUS = 60;

/** What is changed of a step: what is not named stays. */
interface EtapeChangee {
	titre?: string;
	consigne?: string;
	duree?: number | null;
	ecrire?: Ecriture;
	voir?: Visibilite;
	voter?: 0 | 1;
	vue?: VueDuMur;
	question_id?: string | null;
}

function changeDe(donnees: Donnees): EtapeChangee {
	const minutes = donnees.has('minutes') ? donnees.maybeInteger('minutes', MINUTES) : undefined;
	return {
		...(donnees.has('titre') && { titre: donnees.text('titre', TITRE) }),
		...(donnees.has('consigne') && { consigne: donnees.maybeText('consigne', CONSIGNE) }),
		...(minutes !== undefined && { duree: minutes === null ? null : minutes * 60 }),
		...(donnees.has('ecrire') && { ecrire: donnees.oneOf('ecrire', ECRITURES) }),
		...(donnees.has('voir') && { voir: donnees.oneOf('voir', VISIBILITES) }),
		...(donnees.has('voter') && { voter: donnees.boolean('voter') ? 1 : 0 }),
		...(donnees.has('vue') && { vue: donnees.oneOf('vue', VUES_DU_MUR) }),
		...(donnees.has('question') && { question_id: donnees.id('question') })
	};
}

const ajouterEtape: DefinitionDActe<{ genre: GenreDEtape; apres: string | null; change: EtapeChangee }> = {
	qui: 'animateur',
	lire: (donnees) => ({
		genre: donnees.oneOf('genre', GENRES_D_ETAPE),
		apres: donnees.id('apres'),
		change: { ...changeDe(donnees), titre: donnees.text('titre', TITRE) }
	}),
	async faire(contexte, { genre, apres, change }) {
		const { trx, seanceId } = contexte;
		const deroule = await derouleOf(contexte);
		if (deroule.etapes.length >= ETAPES_AU_PLUS)
			throw new DomainError('conflit', `Un déroulé a ${ETAPES_AU_PLUS} étapes au plus.`);
		await requireQuestion(contexte, change.question_id);
		const place = apres === null ? deroule.etapes.length - 1 : deroule.placeOf(apres);
		if (place < deroule.courante) throw PASSEE;
		const id = newId();
		await trx
			.insertInto('etapes')
			.values({
				id,
				seance_id: seanceId,
				rang: deroule.etapes.length,
				genre,
				titre: '',
				ecrire: 'personne',
				voir: 'table',
				vue: 'question',
				...change
			})
			.execute();
		await order(contexte, deroule.ids.toSpliced(place + 1, 0, id));
		return { etape: id };
	}
};

/** The present step and those to come are changed while people work; a new duration moves the end of the present one. */
const modifierEtape: DefinitionDActe<{ etapeId: string; change: EtapeChangee }> = {
	qui: 'animateur',
	lire: (donnees) => ({ etapeId: donnees.requiredId('etape'), change: changeDe(donnees) }),
	async faire(contexte, { etapeId, change }) {
		const { trx, seanceId, salle } = contexte;
		const deroule = await derouleOf(contexte);
		if (deroule.placeOf(etapeId) < deroule.courante) throw PASSEE;
		await requireQuestion(contexte, change.question_id);
		if (Object.keys(change).length > 0) await trx.updateTable('etapes').set(change).where('id', '=', etapeId).execute();
		if (etapeId === salle.etape_id && change.duree !== undefined && salle.etape_debut !== null)
			await trx
				.updateTable('salles')
				.set({ etape_fin: change.duree === null ? null : salle.etape_debut + change.duree * 1000 })
				.where('seance_id', '=', seanceId)
				.execute();
		return null;
	}
};

const deplacerEtape: DefinitionDActe<{ etapeId: string; by: 1 | -1 }> = {
	qui: 'animateur',
	lire: (donnees) => ({
		etapeId: donnees.requiredId('etape'),
		by: donnees.oneOf('sens', ['haut', 'bas']) === 'haut' ? -1 : 1
	}),
	async faire(contexte, { etapeId, by }) {
		const { ids, courante, placeOf } = await derouleOf(contexte);
		const from = placeOf(etapeId);
		const to = from + by;
		if (from <= courante || to <= courante) throw PASSEE;
		if (to < ids.length) await order(contexte, ids.toSpliced(from, 1).toSpliced(to, 0, etapeId));
		return null;
	}
};

const retirerEtape: DefinitionDActe<{ etapeId: string }> = {
	qui: 'animateur',
	lire: (donnees) => ({ etapeId: donnees.requiredId('etape') }),
	async faire(contexte, { etapeId }) {
		const { trx, seanceId } = contexte;
		const { ids, courante, placeOf } = await derouleOf(contexte);
		if (placeOf(etapeId) <= courante) throw PASSEE;
		if (ids.length === 1) throw new DomainError('conflit', 'Une séance a au moins une étape.');
		const carte = await trx
			.selectFrom('cartes')
			.select('id')
			.where('seance_id', '=', seanceId)
			.where('etape_id', '=', etapeId)
			.executeTakeFirst();
		if (carte) throw new DomainError('conflit', 'Des cartes ont été écrites pendant cette étape\u00a0: elle reste.');
		await trx.deleteFrom('etapes').where('id', '=', etapeId).execute();
		await order(
			contexte,
			ids.filter((id) => id !== etapeId)
		);
		return null;
	}
};

const PASSEE = new DomainError('conflit', 'Cette étape est passée ou en cours. Changez celles qui viennent.');

async function derouleOf({ trx, seanceId, salle }: Contexte) {
	if (salle.etat === 'close')
		throw new DomainError('conflit', 'La séance est close\u00a0: son déroulé ne change plus.');
	const etapes = await etapesOf(trx, seanceId);
	const ids = etapes.map(({ id }) => id);
	return {
		etapes,
		ids,
		/** The place of the present step; -1 before the room opens. */
		courante: ids.indexOf(salle.etape_id ?? ''),
		placeOf(etapeId: string): number {
			const place = ids.indexOf(etapeId);
			if (place < 0) throw new DomainError('introuvable', 'Cette étape n’est plus là.');
			return place;
		}
	};
}

function etapesOf(trx: Contexte['trx'], seanceId: string) {
	return trx
		.selectFrom('etapes')
		.select(['id', 'genre', 'titre', 'tour', 'rang'])
		.where('seance_id', '=', seanceId)
		.orderBy('rang')
		.execute();
}

/** Writes the order, and numbers the rounds again: those that have begun keep theirs, since they stay where they are. */
async function order({ trx, seanceId }: Contexte, ids: readonly string[]): Promise<void> {
	const byId = new Map((await etapesOf(trx, seanceId)).map((etape) => [etape.id, etape]));
	let tours = 0;
	for (const [rang, id] of ids.entries()) {
		const etape = byId.get(id);
		if (!etape) continue;
		if (etape.genre === 'tour') tours += 1;
		const tour = etape.genre === 'tour' ? tours : etape.genre === 'deplacement' ? tours + 1 : null;
		const titre = tour === null || etape.tour === null ? etape.titre : retitled(etape.titre, etape.tour, tour);
		if (etape.rang !== rang || etape.tour !== tour || etape.titre !== titre)
			await trx.updateTable('etapes').set({ rang, tour, titre }).where('id', '=', id).execute();
	}
}

/** « Tour 2 » becomes « Tour 3 »; other titles stay as they were written. */
function retitled(titre: string, from: number, to: number): string {
	return titre.replace(new RegExp(`(\\btour )${from}$`, 'i'), `$1${to}`);
}

async function requireQuestion({ trx, seanceId }: Contexte, questionId: string | null | undefined): Promise<void> {
	if (questionId === undefined || questionId === null) return;
	const question = await trx
		.selectFrom('seance_questions')
		.select('id')
		.where('seance_id', '=', seanceId)
		.where('id', '=', questionId)
		.executeTakeFirst();
	if (!question) throw new DomainError('introuvable', 'Cette question n’est plus là.');
}

export const ACTES_DE_DEROULE = { ajouterEtape, modifierEtape, deplacerEtape, retirerEtape };
