import { budgetDe, BUDGET_AU_PLUS, OBJETS_AU_PLUS } from '#lib/salles/scrutin.ts';
import type { Scrutin } from '#lib/salles/salle.ts';
import { DomainError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import type { Contexte, DefinitionDActe } from '../acte.ts';

/*
 * Dot votes, as the facilitator leads them. How a seat votes is an act of the table (`table.ts`).
 */

interface NouveauScrutin {
	titre: string;
	sur: Scrutin['sur'];
	/** Empty: all the groups, or all the pépites. */
	objets: string[];
	budget: number | null;
}

const TITRE = { max: 200, refus: 'Le titre du vote a 200 caractères au plus.' };

const ouvrirScrutin: DefinitionDActe<NouveauScrutin> = {
	qui: 'animateur',
	lire: (donnees) => ({
		titre: donnees.maybeText('titre', TITRE),
		sur: donnees.oneOf('sur', ['groupes', 'cartes'], 'groupes'),
		objets: donnees.ids('objets'),
		budget: donnees.maybeInteger('budget', { min: 1, max: BUDGET_AU_PLUS })
	}),
	async faire(contexte, { titre, sur, objets: asked, budget }) {
		const { trx, seanceId, now, note } = contexte;
		await requireNoneOpen(contexte);
		const objets = await objetsOf(contexte, sur, asked);
		if (objets.length < 2)
			throw new DomainError(
				'invalide',
				sur === 'groupes'
					? 'Un vote demande au moins deux groupes\u00a0: regroupez d’abord des cartes.'
					: 'Un vote demande au moins deux cartes\u00a0: choisissez-les dans la récolte.'
			);
		if (objets.length > OBJETS_AU_PLUS)
			throw new DomainError(
				'invalide',
				`On vote sur ${OBJETS_AU_PLUS} propositions au plus\u00a0: regroupez-les d’abord.`
			);
		const { count } = await trx
			.selectFrom('scrutins')
			.select((eb) => eb.fn.countAll().as('count'))
			.where('seance_id', '=', seanceId)
			.executeTakeFirstOrThrow();
		const id = newId();
		await trx
			.insertInto('scrutins')
			.values({
				id,
				seance_id: seanceId,
				rang: Number(count),
				titre: titre || 'Ce qui compte le plus',
				sur,
				objets: JSON.stringify(objets),
				budget: budget ?? budgetDe(objets.length),
				etat: 'ouvert',
				created_at: now
			})
			.execute();
		await note('scrutin_ouvert', { seance: seanceId, scrutin: id });
		return { scrutin: id };
	}
};

const fermerScrutin: DefinitionDActe<{ scrutinId: string }> = {
	qui: 'animateur',
	lire: (donnees) => ({ scrutinId: donnees.requiredId('scrutin') }),
	async faire(contexte, { scrutinId }) {
		await requireScrutin(contexte, scrutinId);
		await setEtat(contexte, scrutinId, 'clos');
		await contexte.note('scrutin_clos', { seance: contexte.seanceId, scrutin: scrutinId });
	}
};

/** Closed too early: people go on from the points that they gave. */
const rouvrirScrutin: DefinitionDActe<{ scrutinId: string }> = {
	qui: 'animateur',
	lire: (donnees) => ({ scrutinId: donnees.requiredId('scrutin') }),
	async faire(contexte, { scrutinId }) {
		const { etat } = await requireScrutin(contexte, scrutinId);
		if (etat === 'ouvert') return;
		if (contexte.salle.etat !== 'ouverte')
			throw new DomainError('conflit', 'La séance est close\u00a0: plus personne ne peut voter.');
		await requireNoneOpen(contexte);
		await setEtat(contexte, scrutinId, 'ouvert');
		await contexte.note('scrutin_ouvert', { seance: contexte.seanceId, scrutin: scrutinId, rouvert: true });
	}
};

/** Opened by mistake: only as long as nobody has voted. */
const retirerScrutin: DefinitionDActe<{ scrutinId: string }> = {
	qui: 'animateur',
	lire: (donnees) => ({ scrutinId: donnees.requiredId('scrutin') }),
	async faire(contexte, { scrutinId }) {
		const { trx, seanceId, note } = contexte;
		await requireScrutin(contexte, scrutinId);
		for (const table of ['voix', 'voix_comptees'] as const) {
			const vote = await trx.selectFrom(table).select('objet').where('scrutin_id', '=', scrutinId).executeTakeFirst();
			if (vote) throw new DomainError('conflit', 'Des voix sont déjà données\u00a0: ce vote est gardé.');
		}
		await trx.deleteFrom('scrutins').where('id', '=', scrutinId).execute();
		await note('scrutin_clos', { seance: seanceId, scrutin: scrutinId, retire: true });
	}
};

interface Comptees {
	scrutinId: string;
	objet: string;
	mode: 'mains' | 'papier';
	nombre: number;
}

/** Raised hands, or paper ballots, as the facilitator counted them: they stay apart from the seats' points. */
const compterVoix: DefinitionDActe<Comptees> = {
	qui: 'animateur',
	lire: (donnees) => ({
		scrutinId: donnees.requiredId('scrutin'),
		objet: donnees.requiredId('objet'),
		mode: donnees.oneOf('mode', ['mains', 'papier']),
		nombre: donnees.integer('nombre', { min: 0, max: 9_999 })
	}),
	async faire(contexte, { scrutinId, objet, mode, nombre }) {
		const { trx, seanceId, note } = contexte;
		const { objets } = await requireScrutin(contexte, scrutinId);
		if (!(JSON.parse(objets) as string[]).includes(objet))
			throw new DomainError('introuvable', 'Ce vote ne porte pas sur cette proposition.');
		await trx
			.insertInto('voix_comptees')
			.values({ scrutin_id: scrutinId, objet, mode, nombre })
			.onConflict((conflict) => conflict.columns(['scrutin_id', 'objet', 'mode']).doUpdateSet({ nombre }))
			.execute();
		await note('voix_comptees', { seance: seanceId, scrutin: scrutinId, objet, mode, nombre });
	}
};

export const ACTES_DE_VOTES = { ouvrirScrutin, fermerScrutin, rouvrirScrutin, retirerScrutin, compterVoix };

type Salle = Pick<Contexte, 'trx' | 'seanceId'>;

async function requireScrutin({ trx, seanceId }: Salle, scrutinId: string) {
	const scrutin = await trx
		.selectFrom('scrutins')
		.select(['etat', 'objets'])
		.where('seance_id', '=', seanceId)
		.where('id', '=', scrutinId)
		.executeTakeFirst();
	if (!scrutin) throw new DomainError('introuvable', 'Ce vote n’existe plus.');
	return scrutin;
}

/** People vote on one thing at a time. */
async function requireNoneOpen({ trx, seanceId }: Salle): Promise<void> {
	const open = await trx
		.selectFrom('scrutins')
		.select('titre')
		.where('seance_id', '=', seanceId)
		.where('etat', '=', 'ouvert')
		.executeTakeFirst();
	if (open) throw new DomainError('conflit', `Fermez d’abord le vote «\u00a0${open.titre}\u00a0».`);
}

async function setEtat({ trx }: Salle, scrutinId: string, etat: Scrutin['etat']): Promise<void> {
	await trx.updateTable('scrutins').set({ etat }).where('id', '=', scrutinId).execute();
}

/** What the vote is about, in order: those asked for, of those that people may see. */
async function objetsOf(salle: Salle, sur: Scrutin['sur'], asked: readonly string[]): Promise<string[]> {
	const known = sur === 'groupes' ? await groupesIn(salle) : await cartesIn(salle, asked.length === 0);
	return asked.length === 0 ? known : [...new Set(asked)].filter((id) => known.includes(id));
}

async function groupesIn({ trx, seanceId }: Salle): Promise<string[]> {
	const rows = await trx
		.selectFrom('groupes')
		.select('id')
		.where('seance_id', '=', seanceId)
		.where('reuni_dans', 'is', null)
		.orderBy('rang')
		.orderBy('id')
		.execute();
	return rows.map(({ id }) => id);
}

async function cartesIn({ trx, seanceId }: Salle, pepitesOnly: boolean): Promise<string[]> {
	const rows = await trx
		.selectFrom('cartes')
		.select('id')
		.where('seance_id', '=', seanceId)
		.where('revelee', '=', 1)
		.where('retiree_at', 'is', null)
		.where('moderee_at', 'is', null)
		.$if(pepitesOnly, (query) => query.where('pepite', 'is not', null))
		.orderBy('created_at')
		.orderBy('id')
		.execute();
	return rows.map(({ id }) => id);
}
