import { LONGUEUR_DE_CARTE } from '#lib/salles/salle.ts';
import { DomainError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { insertLiens } from '../../recolte/liens.ts';
import { readReprises, type Reprise } from '../../recolte/reprises.ts';
import type { Contexte, DefinitionDActe } from '../acte.ts';

/*
 * Grouping the cards of a harvest. The last who places a card is right; a group is never taken away with cards in it; each act
 * answers what it changed, and undoing it touches only what is still as it left it.
 */

/** What an act changed: enough to undo it. */
export interface Changement {
	cartes: { id: string; de: string | null; vers: string | null }[];
	titres: { id: string; avant: string; apres: string }[];
	crees: string[];
	reunis: { id: string; dans: string }[];
	defaits: GroupeDefait[];
}

interface GroupeDefait {
	id: string;
	rang: number;
	titre: string;
	questionId: string | null;
}

export interface Regroupement {
	/** The group that the act was about, if there is still one. */
	groupe: string | null;
	changement: Changement;
}

type Salle = Pick<Contexte, 'trx' | 'seanceId'>;

const TITRE = { max: LONGUEUR_DE_CARTE, refus: `Un titre a de 1 à ${LONGUEUR_DE_CARTE} caractères.` };
/** Of the title that a group takes from its first card. */
const TITRE_COURT = 80;

const creerGroupe: DefinitionDActe<{ cartes: string[]; titre: string }> = {
	qui: 'animateur',
	lire: (donnees) => ({ cartes: donnees.ids('cartes'), titre: donnees.maybeText('titre', TITRE) }),
	async faire(contexte, { cartes: asked, titre }) {
		const { trx, seanceId, now } = contexte;
		const cartes = asked.length === 0 ? [] : await requireCartes(contexte, asked);
		const named = titre || shortened(cartes[0]?.texte ?? '');
		if (named === '') throw new DomainError('invalide', 'Choisissez au moins une carte, ou donnez un titre au groupe.');
		const questions = new Set(cartes.map(({ question_id }) => question_id));
		const id = newId();
		await insertGroupe(contexte, {
			id,
			titre: named,
			rang: await nextRang(contexte),
			questionId: questions.size === 1 ? ([...questions][0] ?? null) : null,
			now
		});
		const moved = await place({ trx, seanceId }, cartes, id);
		return done(contexte, id, { cartes: moved, crees: [id] });
	}
};

const placerCartes: DefinitionDActe<{ cartes: string[]; groupeId: string | null }> = {
	qui: 'animateur',
	lire: (donnees) => ({ cartes: donnees.ids('cartes'), groupeId: donnees.id('groupe') }),
	async faire(contexte, { cartes, groupeId }) {
		const found = await requireCartes(contexte, cartes);
		const vers = groupeId === null ? null : (await requireGroupe(contexte, groupeId)).id;
		return done(contexte, vers, { cartes: await place(contexte, found, vers) });
	}
};

const renommerGroupe: DefinitionDActe<{ groupeId: string; titre: string; avant: string }> = {
	qui: 'animateur',
	lire: (donnees) => ({
		groupeId: donnees.requiredId('groupe'),
		titre: donnees.text('titre', TITRE),
		avant: donnees.maybeText('avant', TITRE)
	}),
	async faire(contexte, { groupeId, titre, avant }) {
		const groupe = await requireGroupe(contexte, groupeId);
		if (groupe.titre !== avant && groupe.titre !== titre)
			throw new DomainError(
				'conflit',
				`Quelqu’un vient de renommer ce groupe «\u00a0${groupe.titre}\u00a0». Relisez, puis renommez-le si besoin.`
			);
		await contexte.trx.updateTable('groupes').set({ titre }).where('id', '=', groupe.id).execute();
		return done(contexte, groupe.id, { titres: [{ id: groupe.id, avant: groupe.titre, apres: titre }] });
	}
};

/** All the cards of a group go into another, and so will those that are placed in it from now on. */
const reunirGroupes: DefinitionDActe<{ groupeId: string; dansId: string }> = {
	qui: 'animateur',
	lire: (donnees) => ({ groupeId: donnees.requiredId('groupe'), dansId: donnees.requiredId('dans') }),
	async faire(contexte, { groupeId, dansId }) {
		const [groupe, dans] = [await requireGroupe(contexte, groupeId), await requireGroupe(contexte, dansId)];
		if (groupe.id === dans.id) return done(contexte, dans.id, {});
		await requireNoVote(contexte, groupe.id);
		const cartes = await place(contexte, await cartesOf(contexte, groupe.id), dans.id);
		await contexte.trx.updateTable('groupes').set({ reuni_dans: dans.id }).where('id', '=', groupe.id).execute();
		return done(contexte, dans.id, { cartes, reunis: [{ id: groupe.id, dans: dans.id }] });
	}
};

/** Takes a group away; its cards are as before it. `cartes`: those that one saw in it. */
const defaireGroupe: DefinitionDActe<{ groupeId: string; cartes: string[] }> = {
	qui: 'animateur',
	lire: (donnees) => ({ groupeId: donnees.requiredId('groupe'), cartes: donnees.ids('cartes') }),
	async faire(contexte, { groupeId, cartes: seen }) {
		const groupe = await requireGroupe(contexte, groupeId);
		if (groupe.id !== groupeId)
			throw new DomainError('conflit', `Ce groupe vient d’être réuni avec «\u00a0${groupe.titre}\u00a0».`);
		await requireNoVote(contexte, groupe.id);
		const cartes = await cartesOf(contexte, groupe.id);
		if (cartes.some(({ id }) => !seen.includes(id)))
			throw new DomainError('conflit', 'Une carte vient d’être rangée dans ce groupe. Relisez-le, puis recommencez.');
		const moved = await place(contexte, cartes, null);
		return done(contexte, null, { cartes: moved, defaits: [await removeGroupe(contexte, groupe)] });
	}
};

/** Undoes one of these acts, named by its key. */
const annulerRegroupement: DefinitionDActe<{ cle: string }> = {
	qui: 'animateur',
	lire: (donnees) => ({ cle: donnees.requiredId('acte') }),
	async faire(contexte, { cle }) {
		const undone = await readChangement(contexte, cle);
		const changement = none();
		for (const defait of undone.defaits) if (await restoreGroupe(contexte, defait)) changement.crees.push(defait.id);
		for (const { id, dans } of undone.reunis) await separate(contexte, id, dans);
		for (const { id, de, vers } of undone.cartes)
			changement.cartes.push(...(await placeBack(contexte, { id, de: vers, vers: de })));
		for (const { id, avant, apres } of undone.titres)
			if (await retitle(contexte, id, { from: apres, to: avant }))
				changement.titres.push({ id, avant: apres, apres: avant });
		for (const id of undone.crees) changement.defaits.push(...(await removeIfEmpty(contexte, id)));
		return done(contexte, null, changement);
	}
};

const ECHELLE = { min: 1, max: 5 };

interface Evalue {
	objet: string;
	impact: number;
	faisabilite: number;
}

/** Where a card or a group stands: its impact, and how feasible it is. */
const evaluer: DefinitionDActe<Evalue> = {
	qui: 'animateur',
	lire: (donnees) => ({
		objet: donnees.requiredId('objet'),
		impact: donnees.integer('impact', ECHELLE),
		faisabilite: donnees.integer('faisabilite', ECHELLE)
	}),
	async faire(contexte, { objet, impact, faisabilite }) {
		const { trx, seanceId } = contexte;
		await requireObjet(contexte, objet);
		await trx
			.insertInto('evaluations')
			.values({ seance_id: seanceId, objet, impact, faisabilite })
			.onConflict((conflict) => conflict.columns(['seance_id', 'objet']).doUpdateSet({ impact, faisabilite }))
			.execute();
		await contexte.note('recolte_modifiee', { seance: seanceId, evalue: objet });
	}
};

const retirerEvaluation: DefinitionDActe<{ objet: string }> = {
	qui: 'animateur',
	lire: (donnees) => ({ objet: donnees.requiredId('objet') }),
	async faire({ trx, seanceId, note }, { objet }) {
		await trx.deleteFrom('evaluations').where('seance_id', '=', seanceId).where('objet', '=', objet).execute();
		await note('recolte_modifiee', { seance: seanceId, evaluation_retiree: objet });
	}
};

/** Brings here, as cards for every table, what came out of the séance of which this one is the next: its groups, its pépites. */
const reprendreLaSeance: DefinitionDActe<null> = {
	qui: 'animateur',
	lire: () => null,
	async faire(contexte) {
		const { trx, seanceId, note } = contexte;
		const { suite_de } = await trx
			.selectFrom('seances')
			.select('suite_de')
			.where('id', '=', seanceId)
			.executeTakeFirstOrThrow();
		if (suite_de === null)
			throw new DomainError('conflit', 'Dites d’abord, sur la page de la séance, de quelle séance elle est la suite.');
		const reprises = await readReprises(trx, suite_de, seanceId);
		for (const reprise of reprises) await repeat(contexte, suite_de, reprise);
		await note('recolte_modifiee', { seance: seanceId, reprises: reprises.length });
		return { cartes: reprises.length };
	}
};

export const ACTES_DE_RECOLTE = {
	creerGroupe,
	placerCartes,
	renommerGroupe,
	reunirGroupes,
	defaireGroupe,
	annulerRegroupement,
	evaluer,
	retirerEvaluation,
	reprendreLaSeance
};

function none(): Changement {
	return { cartes: [], titres: [], crees: [], reunis: [], defaits: [] };
}

async function done(
	{ note, seanceId }: Contexte,
	groupe: string | null,
	changement: Partial<Changement>
): Promise<Regroupement> {
	const whole = { ...none(), ...changement };
	await note('recolte_modifiee', { seance: seanceId, groupe, cartes: whole.cartes.length });
	return { groupe, changement: whole };
}

interface CarteRangee {
	id: string;
	texte: string;
	groupe_id: string | null;
	question_id: string | null;
}

function visibles({ trx, seanceId }: Salle) {
	return trx
		.selectFrom('cartes')
		.select(['id', 'texte', 'groupe_id', 'question_id'])
		.where('seance_id', '=', seanceId)
		.where('retiree_at', 'is', null)
		.where('moderee_at', 'is', null);
}

/** Those of these cards that are still there, in the order asked. */
async function requireCartes(salle: Salle, ids: readonly string[]): Promise<CarteRangee[]> {
	const found =
		ids.length === 0
			? []
			: await visibles(salle)
					.where('id', 'in', [...ids])
					.execute();
	if (found.length === 0)
		throw new DomainError('introuvable', 'Ces cartes ne sont plus là\u00a0: elles ont été retirées.');
	return found.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}

function cartesOf(salle: Salle, groupeId: string): Promise<CarteRangee[]> {
	return visibles(salle).where('groupe_id', '=', groupeId).execute();
}

async function place(
	{ trx }: Salle,
	cartes: readonly CarteRangee[],
	vers: string | null
): Promise<Changement['cartes']> {
	const moved = cartes.filter(({ groupe_id }) => groupe_id !== vers);
	for (const { id } of moved) await trx.updateTable('cartes').set({ groupe_id: vers }).where('id', '=', id).execute();
	return moved.map(({ id, groupe_id }) => ({ id, de: groupe_id, vers }));
}

/** A group, or the one with which it was merged. */
async function requireGroupe({ trx, seanceId }: Salle, groupeId: string) {
	const groupes = await trx
		.selectFrom('groupes')
		.select(['id', 'rang', 'titre', 'question_id as questionId', 'reuni_dans'])
		.where('seance_id', '=', seanceId)
		.execute();
	const byId = new Map(groupes.map((groupe) => [groupe.id, groupe]));
	let found = byId.get(groupeId);
	while (found && found.reuni_dans !== null) found = byId.get(found.reuni_dans);
	if (!found)
		throw new DomainError(
			'introuvable',
			'Ce groupe vient d’être défait. Choisissez-en un autre\u00a0: rien n’a bougé.'
		);
	const { reuni_dans: _, ...groupe } = found;
	return groupe;
}

/** What people voted on stays as they saw it. */
async function requireNoVote(salle: Salle, groupeId: string): Promise<void> {
	if (await isVotedOn(salle, groupeId))
		throw new DomainError(
			'conflit',
			'Ce groupe est soumis au vote\u00a0: il reste entier. Vous pouvez le renommer, ou en déplacer les cartes une à une.'
		);
}

async function isVotedOn({ trx, seanceId }: Salle, objet: string): Promise<boolean> {
	const scrutins = await trx.selectFrom('scrutins').select('objets').where('seance_id', '=', seanceId).execute();
	return scrutins.some(({ objets }) => (JSON.parse(objets) as string[]).includes(objet));
}

async function nextRang({ trx, seanceId }: Salle): Promise<number> {
	const { last } = await trx
		.selectFrom('groupes')
		.select((eb) => eb.fn.max('rang').as('last'))
		.where('seance_id', '=', seanceId)
		.executeTakeFirstOrThrow();
	return Number(last ?? -1) + 1;
}

async function insertGroupe(
	{ trx, seanceId }: Salle,
	{ id, rang, titre, questionId, now }: GroupeDefait & { now: number }
): Promise<void> {
	const groupe = { id, seance_id: seanceId, rang, titre, question_id: questionId, created_at: now };
	await trx.insertInto('groupes').values(groupe).execute();
}

async function removeGroupe({ trx }: Salle, groupe: GroupeDefait): Promise<GroupeDefait> {
	await trx.deleteFrom('groupes').where('id', '=', groupe.id).execute();
	return groupe;
}

/** A group that an undone act had made goes with it, unless somebody has put something in it since. */
async function removeIfEmpty(contexte: Contexte, groupeId: string): Promise<GroupeDefait[]> {
	const groupe = await contexte.trx
		.selectFrom('groupes')
		.select(['id', 'rang', 'titre', 'question_id as questionId'])
		.where('id', '=', groupeId)
		.where('reuni_dans', 'is', null)
		.executeTakeFirst();
	if (!groupe || (await cartesOf(contexte, groupeId)).length > 0 || (await isVotedOn(contexte, groupeId))) return [];
	return [await removeGroupe(contexte, groupe)];
}

async function restoreGroupe(contexte: Contexte, groupe: GroupeDefait): Promise<boolean> {
	const there = await contexte.trx.selectFrom('groupes').select('id').where('id', '=', groupe.id).executeTakeFirst();
	if (there) return false;
	await insertGroupe(contexte, { ...groupe, now: contexte.now });
	return true;
}

async function separate({ trx }: Salle, groupeId: string, dans: string): Promise<void> {
	await trx
		.updateTable('groupes')
		.set({ reuni_dans: null })
		.where('id', '=', groupeId)
		.where('reuni_dans', '=', dans)
		.execute();
}

/** A card that nobody has placed since goes back where it was, if that is still there. */
async function placeBack(
	{ trx, seanceId }: Salle,
	{ id, de, vers }: Changement['cartes'][number]
): Promise<Changement['cartes']> {
	if (vers !== null) {
		const there = await trx
			.selectFrom('groupes')
			.select('id')
			.where('id', '=', vers)
			.where('reuni_dans', 'is', null)
			.executeTakeFirst();
		if (!there) return [];
	}
	const { numUpdatedRows } = await trx
		.updateTable('cartes')
		.set({ groupe_id: vers })
		.where('id', '=', id)
		.where('seance_id', '=', seanceId)
		.where('groupe_id', de === null ? 'is' : '=', de)
		.executeTakeFirst();
	return numUpdatedRows > 0n ? [{ id, de, vers }] : [];
}

async function retitle({ trx }: Salle, id: string, { from, to }: { from: string; to: string }): Promise<boolean> {
	const { numUpdatedRows } = await trx
		.updateTable('groupes')
		.set({ titre: to })
		.where('id', '=', id)
		.where('titre', '=', from)
		.executeTakeFirst();
	return numUpdatedRows > 0n;
}

async function readChangement({ trx, seanceId }: Salle, cle: string): Promise<Changement> {
	const row = await trx
		.selectFrom('actes_de_salle')
		.select('resultat')
		.where('seance_id', '=', seanceId)
		.where('cle', '=', cle)
		.executeTakeFirst();
	const { changement } = (row ? (JSON.parse(row.resultat) ?? {}) : {}) as Partial<Regroupement>;
	if (!changement) throw new DomainError('introuvable', 'Il n’y a rien à annuler.');
	return changement;
}

/** A card for every table, that comes from those of an earlier séance. */
async function repeat(
	{ trx, seanceId, pacteId, now, acteur }: Contexte,
	from: string,
	{ texte, nature, sources }: Reprise
): Promise<void> {
	const id = newId();
	await trx
		.insertInto('cartes')
		.values({
			id,
			seance_id: seanceId,
			table_id: null,
			etape_id: null,
			question_id: null,
			tour: null,
			siege_id: null,
			nature,
			texte,
			source: 'ecran',
			revelee: 1,
			created_at: now
		})
		.execute();
	await insertLiens(trx, sources, {
		pacteId,
		seanceId: from,
		compteId: acteur.genre === 'animateur' ? acteur.compteId : null,
		cible: { genre: 'carte', id, section: '' },
		now
	});
}

/** A card that is still there, or a group. */
async function requireObjet(salle: Salle, objet: string): Promise<void> {
	const carte = await visibles(salle).where('id', '=', objet).executeTakeFirst();
	if (!carte && (await requireGroupe(salle, objet)).id !== objet)
		throw new DomainError('conflit', 'Ce groupe vient d’être réuni avec un autre.');
}

function shortened(texte: string): string {
	const line = texte.replace(/\s+/gu, ' ').trim();
	if ([...line].length <= TITRE_COURT) return line;
	return `${[...line]
		.slice(0, TITRE_COURT)
		.join('')
		.replace(/\s+\S*$/u, '')}…`;
}
