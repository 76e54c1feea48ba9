import type { Transaction } from 'kysely';
import { isBackwards, PHASES_TYPE, PRECISIONS_DE_PHASE, type Phase } from '#lib/phases/phase.ts';
import { precisionOf } from '#lib/quand.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import { DomainError } from '../errors.ts';
import { newId } from '../ids.ts';
import { filledLine, lineOf, movedIds, type PartieAct } from '../parties/change.ts';
import { changeSeances } from '../seances/change.ts';

export type PhaseSaisie = Omit<Phase, 'id'>;
export type PhaseAct = PartieAct & { phaseId: string };

/** The phases of a pacte, in their order. */
export function listPhases(db: Queryable, pacteId: string): Promise<Phase[]> {
	return readPhases(db, pacteId, false);
}

/** Those that were put aside and can be brought back. */
export function listPhasesRetirees(db: Queryable, pacteId: string): Promise<Phase[]> {
	return readPhases(db, pacteId, true);
}

async function readPhases(db: Queryable, pacteId: string, retirees: boolean): Promise<Phase[]> {
	const rows = await db
		.selectFrom('phases')
		.select(['id', 'titre', 'sous_titre as sousTitre', 'debut', 'fin', 'periode'])
		.where('pacte_id', '=', pacteId)
		.where('corbeille_at', retirees ? 'is not' : 'is', null)
		.orderBy('rang')
		.orderBy('id')
		.execute();
	const contenus = await db
		.selectFrom('phase_contenus')
		.innerJoin('phases', 'phases.id', 'phase_id')
		.select(['phase_id', 'texte'])
		.where('pacte_id', '=', pacteId)
		.orderBy('phase_contenus.rang')
		.execute();
	const of = Map.groupBy(contenus, ({ phase_id }) => phase_id);
	return rows.map((row) => ({ ...row, contenus: (of.get(row.id) ?? []).map(({ texte }) => texte) }));
}

/** Adds a phase, last; gives its id. */
export function addPhase(app: App, act: PartieAct, saisie: PhaseSaisie): Promise<string> {
	return changeSeances(app, act, async (trx) => {
		const id = await insertPhase(trx, act.pacteId, saisie);
		return { result: id, acte: 'phase_ajoutee', detail: { phase: id, titre: saisie.titre } };
	});
}

/** Gives a pacte that has no phase those that a démarche usually has. Gives how many. */
export function addPhasesType(app: App, act: PartieAct): Promise<number> {
	return addPhases(
		app,
		act,
		PHASES_TYPE.map((phase) => ({ ...phase, sousTitre: '', debut: '', fin: '', periode: '' }))
	);
}

/** A whole démarche in one act. */
export function addPhases(app: App, act: PartieAct, phases: readonly PhaseSaisie[]): Promise<number> {
	return changeSeances(app, act, async (trx) => {
		for (const phase of phases) await insertPhase(trx, act.pacteId, phase);
		return { result: phases.length, acte: 'phase_ajoutee', detail: { nombre: phases.length } };
	});
}

async function insertPhase(trx: Transaction<Schema>, pacteId: string, saisie: PhaseSaisie): Promise<string> {
	const id = newId();
	await trx
		.insertInto('phases')
		.values({ id, pacte_id: pacteId, rang: await nextRang(trx, pacteId), ...rowOf(saisie) })
		.execute();
	await writeContenus(trx, id, saisie.contenus);
	return id;
}

async function nextRang(trx: Queryable, pacteId: string): Promise<number> {
	const { last } = await trx
		.selectFrom('phases')
		.select((eb) => eb.fn.max('rang').as('last'))
		.where('pacte_id', '=', pacteId)
		.executeTakeFirstOrThrow();
	return Number(last ?? -1) + 1;
}

function rowOf({ titre, sousTitre, debut, fin, periode }: PhaseSaisie) {
	for (const quand of [debut, fin]) {
		const precision = precisionOf(quand);
		if (quand !== '' && (precision === null || !PRECISIONS_DE_PHASE.includes(precision)))
			throw new DomainError('invalide', DATE_DE_PHASE);
	}
	if (isBackwards(debut, fin))
		throw new DomainError('invalide', 'Cette phase se termine avant de commencer\u00a0: vérifiez ses dates.');
	return {
		titre: filledLine(titre, 'Donnez un titre à la phase.'),
		sous_titre: lineOf(sousTitre),
		debut,
		fin,
		periode: lineOf(periode)
	};
}

export const DATE_DE_PHASE =
	'Écrivez un jour (12/03/2027), un mois (mars 2027) ou une saison (automne 2027). Pour tout le reste, servez-vous de «\u00a0En toutes lettres\u00a0».';

async function writeContenus(trx: Queryable, phase_id: string, contenus: readonly string[]): Promise<void> {
	await trx.deleteFrom('phase_contenus').where('phase_id', '=', phase_id).execute();
	const rows = contenus
		.map(lineOf)
		.filter(Boolean)
		.map((texte, rang) => ({ phase_id, rang, texte }));
	if (rows.length > 0) await trx.insertInto('phase_contenus').values(rows).execute();
}

/** Gives what it was before. */
export function changePhase(app: App, act: PhaseAct, saisie: PhaseSaisie): Promise<Phase> {
	return changeSeances(app, act, async (trx) => {
		const before = await requirePhase(trx, act);
		await trx.updateTable('phases').set(rowOf(saisie)).where('id', '=', act.phaseId).execute();
		await writeContenus(trx, act.phaseId, saisie.contenus);
		return { result: before, acte: 'phase_modifiee', detail: { phase: act.phaseId, titre: saisie.titre } };
	});
}

/** One place up or down among those that are not put aside; at the edge nothing moves. */
export function movePhase(app: App, act: PhaseAct, way: -1 | 1): Promise<string> {
	return changeSeances(app, act, async (trx) => {
		const { titre } = await requirePhase(trx, act);
		const ids = (await listPhases(trx, act.pacteId)).map(({ id }) => id);
		for (const [rang, id] of (movedIds(ids, act.phaseId, way) ?? []).entries())
			await trx.updateTable('phases').set({ rang }).where('id', '=', id).execute();
		return { result: titre, acte: 'phase_deplacee', detail: { phase: act.phaseId } };
	});
}

/** Puts a phase aside: its séances keep it, and it can be brought back for 30 days. Gives its title. */
export function removePhase(app: App, act: PhaseAct): Promise<string> {
	return changeSeances(app, act, async (trx) => {
		const { titre } = await requirePhase(trx, act);
		await trx.updateTable('phases').set({ corbeille_at: app.now() }).where('id', '=', act.phaseId).execute();
		return { result: titre, acte: 'phase_retiree', detail: { phase: act.phaseId, titre } };
	});
}

/** Brings back a phase where it was. */
export function restorePhase(app: App, act: PhaseAct): Promise<string> {
	return changeSeances(app, act, async (trx) => {
		const found = (await listPhasesRetirees(trx, act.pacteId)).find(({ id }) => id === act.phaseId);
		if (!found) throw new DomainError('introuvable', PHASE_ABSENTE);
		await trx.updateTable('phases').set({ corbeille_at: null }).where('id', '=', act.phaseId).execute();
		return { result: found.titre, acte: 'phase_remise', detail: { phase: act.phaseId, titre: found.titre } };
	});
}

const PHASE_ABSENTE = 'Cette phase n’existe pas, ou n’existe plus.';

async function requirePhase(trx: Queryable, { pacteId, phaseId }: PhaseAct): Promise<Phase> {
	const phase = (await listPhases(trx, pacteId)).find(({ id }) => id === phaseId);
	if (!phase) throw new DomainError('introuvable', PHASE_ABSENTE);
	return phase;
}
