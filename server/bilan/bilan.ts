import type { Transaction } from 'kysely';
import { actionsFromLines, ETATS_ACTION, type ActionLue, type Bilan, type EtatAction } from '#lib/bilan/bilan.ts';
import { PACTE_ABSENT } from '#lib/comptes/textes.ts';
import { documentRight } from '#lib/documents/rights.ts';
import { A_CLASSER } from '#lib/orientations/arbre.ts';
import type { Modele } from '#lib/pactes/modele.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import { DomainError } from '../errors.ts';
import { newId } from '../ids.ts';
import { listNoeuds } from '../orientations/noeuds.ts';
import { plantNoeud } from '../orientations/plant.ts';
import { roleOf } from '../pactes/pactes.ts';
import { changePartie, filledLine, lineOf, type PartieAct } from '../parties/change.ts';

export type ActionAct = PartieAct & { actionId: string };

/** What the previous pacte did: its actions, its indicators by year, what to do better. */
export async function readBilan(db: Queryable, pacteId: string): Promise<Bilan> {
	const head = await db.selectFrom('bilans').selectAll().where('pacte_id', '=', pacteId).executeTakeFirst();
	const actions = await db
		.selectFrom('bilan_actions')
		.leftJoin('noeuds', (join) =>
			join.onRef('noeuds.id', '=', 'bilan_actions.noeud_id').onRef('noeuds.pacte_id', '=', 'bilan_actions.pacte_id')
		)
		.select([
			'bilan_actions.id',
			'bilan_actions.titre',
			'etat',
			'annees',
			'commentaire',
			'noeuds.id as noeud',
			'noeuds.code',
			'noeuds.titre as nom'
		])
		.where('bilan_actions.pacte_id', '=', pacteId)
		.orderBy('bilan_actions.rang')
		.orderBy('bilan_actions.id')
		.execute();
	const indicateurs = await db
		.selectFrom('bilan_indicateurs')
		.select(['id', 'libelle', 'valeurs'])
		.where('pacte_id', '=', pacteId)
		.orderBy('rang')
		.orderBy('id')
		.execute();
	const ameliorations = await db
		.selectFrom('bilan_ameliorations')
		.select('texte')
		.where('pacte_id', '=', pacteId)
		.orderBy('rang')
		.execute();
	return {
		intitule: head?.intitule ?? '',
		annees: JSON.parse(head?.annees ?? '[]') as number[],
		actions: actions.map(({ noeud, code, nom, ...action }) => ({
			...action,
			reconduite: noeud === null ? null : { noeud, code: code ?? '', titre: nom ?? '' }
		})),
		indicateurs: indicateurs.map(({ id, libelle, valeurs }) => ({
			id,
			libelle,
			valeurs: JSON.parse(valeurs) as Record<string, string>
		})),
		ameliorations: ameliorations.map(({ texte }) => texte)
	};
}

/** The action of the previous pacte that a fiche carries on. */
export async function readOrigine(
	db: Queryable,
	pacteId: string,
	noeudId: string
): Promise<{ id: string; titre: string } | null> {
	const row = await db
		.selectFrom('bilan_actions')
		.select(['id', 'titre'])
		.where('pacte_id', '=', pacteId)
		.where('noeud_id', '=', noeudId)
		.executeTakeFirst();
	return row ?? null;
}

/** How the previous pacte is called, and what to do better, a line each. */
export function saveBilan(
	app: App,
	act: PartieAct,
	{ intitule, ameliorations }: { intitule: string; ameliorations: readonly string[] }
): Promise<void> {
	return changePartie(app, act, async (trx) => {
		const nom = lineOf(intitule);
		await setHead(trx, act.pacteId, { intitule: nom });
		await trx.deleteFrom('bilan_ameliorations').where('pacte_id', '=', act.pacteId).execute();
		const lines = ameliorations.map(lineOf).filter(Boolean);
		for (const [rang, texte] of lines.entries())
			await trx.insertInto('bilan_ameliorations').values({ pacte_id: act.pacteId, rang, texte }).execute();
		return { result: undefined, acte: 'bilan_modifie', detail: { intitule: nom, ameliorations: lines.length } };
	});
}

async function setHead(trx: Transaction<Schema>, pacte_id: string, head: { intitule?: string; annees?: string }) {
	await trx
		.insertInto('bilans')
		.values({ pacte_id, intitule: '', annees: '[]', ...head })
		.onConflict((conflict) => conflict.column('pacte_id').doUpdateSet(head))
		.execute();
}

/** Adds actions, last, as they were typed, pasted or read from a file. Gives how many. */
export function addActions(app: App, act: PartieAct, text: string): Promise<number> {
	return changePartie(app, act, async (trx) => {
		const actions = actionsFromLines(text);
		if (actions.length === 0)
			throw new DomainError('invalide', 'Aucune action n’a été trouvée : écrivez une action par ligne.');
		await insertActions(trx, act.pacteId, actions);
		return { result: actions.length, acte: 'bilan_modifie', detail: { ajoutees: actions.length } };
	});
}

/** Adds the fiches of another pacte in which one takes part, as its actions. Gives how many. */
export function addActionsFromPacte(app: App, act: PartieAct, sourceId: string): Promise<number> {
	return changePartie(app, act, async (trx) => {
		if ((await roleOf(trx, act.by, sourceId)) === null) throw new DomainError('introuvable', PACTE_ABSENT);
		const source = await trx
			.selectFrom('pactes')
			.select(['intitule', 'modele'])
			.where('id', '=', sourceId)
			.executeTakeFirstOrThrow();
		const withFiche = levelsWithFiche(JSON.parse(source.modele) as Modele);
		const actions = (await listNoeuds(trx, sourceId))
			.filter(({ niveau, aClasser, titre }) => withFiche.has(niveau) && !aClasser && titre.trim() !== '')
			.map(({ titre }): ActionLue => ({ titre, etat: 'non_renseignee', annees: '', commentaire: '' }));
		if (actions.length === 0) throw new DomainError('conflit', 'Ce pacte n’a aucune fiche à reprendre.');
		await insertActions(trx, act.pacteId, actions);
		const head = await trx
			.selectFrom('bilans')
			.select('intitule')
			.where('pacte_id', '=', act.pacteId)
			.executeTakeFirst();
		if (!head?.intitule) await setHead(trx, act.pacteId, { intitule: source.intitule });
		return { result: actions.length, acte: 'bilan_modifie', detail: { ajoutees: actions.length, pacte: sourceId } };
	});
}

function levelsWithFiche({ niveaux }: Modele): Set<string> {
	return new Set(niveaux.filter(({ fiche }) => fiche).map(({ id }) => id));
}

async function insertActions(trx: Transaction<Schema>, pacte_id: string, actions: readonly ActionLue[]) {
	const { last } = await trx
		.selectFrom('bilan_actions')
		.select((eb) => eb.fn.max('rang').as('last'))
		.where('pacte_id', '=', pacte_id)
		.executeTakeFirstOrThrow();
	const first = Number(last ?? -1) + 1;
	for (const [i, { titre, etat, annees, commentaire }] of actions.entries())
		await trx
			.insertInto('bilan_actions')
			.values({
				id: newId(),
				pacte_id,
				rang: first + i,
				titre: filledLine(titre, 'Donnez un titre à l’action.'),
				etat,
				annees: lineOf(annees),
				commentaire: lineOf(commentaire),
				noeud_id: null
			})
			.execute();
}

/** What became of an action. */
export function changeAction(app: App, act: ActionAct, action: ActionLue): Promise<void> {
	return changePartie(app, act, async (trx) => {
		await requireAction(trx, act);
		if (!ETATS_ACTION.includes(action.etat)) throw new DomainError('invalide', 'Choisissez un état dans la liste.');
		const row = {
			titre: filledLine(action.titre, 'Donnez un titre à l’action.'),
			etat: action.etat,
			annees: lineOf(action.annees),
			commentaire: lineOf(action.commentaire)
		};
		await trx.updateTable('bilan_actions').set(row).where('id', '=', act.actionId).execute();
		return { result: undefined, acte: 'bilan_modifie', detail: { action: act.actionId, etat: row.etat } };
	});
}

/** The states of several actions at once, as one goes down the list. */
export function changeEtats(app: App, act: PartieAct, etats: ReadonlyMap<string, EtatAction>): Promise<number> {
	return changePartie(app, act, async (trx) => {
		const { actions } = await readBilan(trx, act.pacteId);
		const changed = actions.filter(({ id, etat }) => etats.has(id) && etats.get(id) !== etat);
		for (const { id } of changed) {
			const etat = etats.get(id) as EtatAction;
			if (!ETATS_ACTION.includes(etat)) throw new DomainError('invalide', 'Choisissez un état dans la liste.');
			await trx.updateTable('bilan_actions').set({ etat }).where('id', '=', id).execute();
		}
		return { result: changed.length, acte: 'bilan_modifie', detail: { changees: changed.length } };
	});
}

export function removeAction(app: App, act: ActionAct): Promise<string> {
	return changePartie(app, act, async (trx) => {
		const { titre } = await requireAction(trx, act);
		await trx.deleteFrom('bilan_actions').where('id', '=', act.actionId).execute();
		return { result: titre, acte: 'bilan_modifie', detail: { retiree: titre } };
	});
}

async function requireAction(trx: Queryable, { pacteId, actionId }: ActionAct) {
	const row = await trx
		.selectFrom('bilan_actions')
		.select(['titre', 'noeud_id'])
		.where('id', '=', actionId)
		.where('pacte_id', '=', pacteId)
		.executeTakeFirst();
	if (!row) throw new DomainError('introuvable', 'Cette action n’est plus dans le bilan.');
	return row;
}

/**
 * Makes the draft fiche that carries an action on, in the tree under a branch or in « À classer », with its title. Both know
 * each other. Gives the fiche's id. Only those who write the tree may.
 */
export async function reconduire(app: App, act: ActionAct, parent: string | null): Promise<string> {
	const noeud = newId();
	const { titre, niveau } = await changePartie(
		app,
		act,
		async (trx) => {
			const action = await requireAction(trx, act);
			const noeuds = await listNoeuds(trx, act.pacteId);
			// A link whose fiche was deleted from the tree may be made anew.
			if (noeuds.some(({ id }) => id === action.noeud_id))
				throw new DomainError('conflit', 'Cette action est déjà reconduite : ouvrez sa fiche.');
			const level = levelUnder(
				await modeleOf(trx, act.pacteId),
				noeuds.find(({ id }) => id === parent)?.niveau ?? null,
				parent
			);
			await trx.updateTable('bilan_actions').set({ noeud_id: noeud }).where('id', '=', act.actionId).execute();
			const detail = { action: act.actionId, fiche: noeud, titre: action.titre };
			return { result: { titre: action.titre, niveau: level }, acte: 'action_reconduite', detail };
		},
		(role) => documentRight(role, 'orientations') === 'write'
	);
	try {
		await plantNoeud(app, act, { id: noeud, parent: parent ?? A_CLASSER, niveau, titre });
	} catch (error) {
		await app.db.updateTable('bilan_actions').set({ noeud_id: null }).where('id', '=', act.actionId).execute();
		throw error;
	}
	return noeud;
}

async function modeleOf(trx: Queryable, pacteId: string): Promise<Modele> {
	const { modele } = await trx
		.selectFrom('pactes')
		.select('modele')
		.where('id', '=', pacteId)
		.executeTakeFirstOrThrow();
	return JSON.parse(modele) as Modele;
}

/** The level of fiche that a branch may hold; any of them in « À classer ». */
function levelUnder({ niveaux }: Modele, above: string | null, parent: string | null): string {
	const found = niveaux.find(
		({ fiche, parents }) => fiche && (parent === null || (above !== null && parents.includes(above)))
	);
	if (!found)
		throw new DomainError(
			'conflit',
			parent === null
				? 'Le modèle de ce pacte n’a pas de fiche-action : rien ne peut y être reconduit.'
				: 'Cette branche ne porte pas de fiche-action : choisissez-en une autre, ou « À classer ».'
		);
	return found.id;
}

/** Where fiches may hang, for those who carry an action on. */
export async function listBranches(db: Queryable, pacteId: string, { niveaux }: Modele) {
	const holders = new Set(niveaux.filter(({ fiche }) => fiche).flatMap(({ parents }) => parents));
	return (await listNoeuds(db, pacteId))
		.filter(({ niveau, aClasser }) => !aClasser && holders.has(niveau))
		.map(({ id, code, titre }) => ({ id, code, titre }));
}

export interface TableauSaisi {
	annees: number[];
	/** Without an id: a new indicator. */
	indicateurs: { id: string; libelle: string; valeurs: Record<string, string> }[];
}

/** The table of indicators by year, whole. One whose name is emptied is taken out. */
export function saveIndicateurs(app: App, act: PartieAct, { annees, indicateurs }: TableauSaisi): Promise<void> {
	return changePartie(app, act, async (trx) => {
		const years = [...new Set(annees)].sort((a, b) => a - b);
		await setHead(trx, act.pacteId, { annees: JSON.stringify(years) });
		const before = await readBilan(trx, act.pacteId);
		const stored = new Map(before.indicateurs.map((indicateur) => [indicateur.id, indicateur]));
		await trx.deleteFrom('bilan_indicateurs').where('pacte_id', '=', act.pacteId).execute();
		const kept = indicateurs.filter(({ libelle }) => lineOf(libelle) !== '');
		for (const [rang, { id, libelle, valeurs }] of kept.entries()) {
			// What was written for a year that is no column any more comes back with it.
			const all = {
				...stored.get(id)?.valeurs,
				...Object.fromEntries(Object.entries(valeurs).map(([y, v]) => [y, lineOf(v)]))
			};
			await trx
				.insertInto('bilan_indicateurs')
				.values({
					id: stored.has(id) ? id : newId(),
					pacte_id: act.pacteId,
					rang,
					libelle: lineOf(libelle),
					valeurs: JSON.stringify(all)
				})
				.execute();
		}
		return { result: undefined, acte: 'bilan_modifie', detail: { indicateurs: kept.length, annees: years.length } };
	});
}
