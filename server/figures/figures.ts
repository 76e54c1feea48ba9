import type { Transaction } from 'kysely';
import * as Y from 'yjs';
import { documentName } from '#lib/documents/document.ts';
import { canWriteFigures } from '#lib/documents/rights.ts';
import type { Prose } from '#lib/editor/prose.ts';
import { emptyFigure, prepareFigure, SHAPE_FIGURE, type Figure, type FigureLue } from '#lib/figures/figure.ts';
import { figuresIn } from '#lib/figures/quote.ts';
import { FIGURE_ABSENTE, FIGURE_REFUSEE, JOURS_DE_CORBEILLE } from '#lib/figures/textes.ts';
import { listed } from '#lib/format.ts';
import { beginAct } from '../pactes/act.ts';
import type { App } from '../app.ts';
import { insertDocument } from '../collaboration/documents.ts';
import type { Queryable } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import { storable } from '../database/text.ts';
import { DomainError } from '../errors.ts';
import { newId } from '../ids.ts';
import { addJournalEntry, type Acte } from '../journal/journal.ts';
import { indexSource } from '../recherche/index-writer.ts';
import { projectFigure } from './figure-projection.ts';

/** The figures of a pacte in their order, those put aside left out. */
export async function listFigures({ db }: Pick<App, 'db'>, pacteId: string): Promise<FigureLue[]> {
	return readFigures(db, pacteId, { corbeille: false });
}

export interface FigureOuverte extends FigureLue {
	/** Its number among the figures, from 1; 0 for one that is put aside. */
	numero: number;
	/** When it was put aside. */
	corbeille: number | null;
	/** Where it is shown or quoted. */
	emplois: Emploi[];
}

/** One figure of a pacte, put aside or not. */
export async function openFigure({ db }: Pick<App, 'db'>, pacteId: string, figureId: string): Promise<FigureOuverte> {
	const row = await db
		.selectFrom('figures')
		.select('corbeille_at')
		.where('id', '=', figureId)
		.where('pacte_id', '=', pacteId)
		.executeTakeFirst();
	if (!row) throw new DomainError('introuvable', FIGURE_ABSENTE);
	const figures = await readFigures(db, pacteId, { corbeille: row.corbeille_at !== null });
	const index = figures.findIndex(({ id }) => id === figureId);
	return {
		...(figures[index] as FigureLue),
		numero: row.corbeille_at === null ? index + 1 : 0,
		corbeille: row.corbeille_at,
		emplois: (await usesOf(db, pacteId)).get(figureId) ?? []
	};
}

export interface FigureMiseDeCote {
	id: string;
	titre: string;
	corbeille: number;
}

/** What was put aside and can still be brought back, the last first. */
export async function listCorbeille(
	{ db, now }: Pick<App, 'db' | 'now'>,
	pacteId: string
): Promise<FigureMiseDeCote[]> {
	const rows = await db
		.selectFrom('figures')
		.select(['id', 'titre', 'corbeille_at'])
		.where('pacte_id', '=', pacteId)
		.where('corbeille_at', '>', now() - CORBEILLE)
		.orderBy('corbeille_at', 'desc')
		.execute();
	return rows.map(({ id, titre, corbeille_at }) => ({ id, titre, corbeille: corbeille_at as number }));
}

const CORBEILLE = JOURS_DE_CORBEILLE * 24 * 3600 * 1000;

/** A section that shows or quotes a figure. */
export interface Emploi {
	section: string;
	titre: string;
}

/** Where the figures of a pacte are shown or quoted, by figure. */
async function usesOf(db: Queryable, pacteId: string): Promise<Map<string, Emploi[]>> {
	const rows = await db
		.selectFrom('section_textes')
		.innerJoin('sections', 'sections.id', 'section_textes.section_id')
		.select(['sections.id as section', 'sections.titre as titre', 'blocs'])
		.where('section_textes.pacte_id', '=', pacteId)
		.where('sections.retiree_at', 'is', null)
		.orderBy('sections.rang')
		.execute();
	const uses = new Map<string, Emploi[]>();
	for (const { section, titre, blocs } of rows)
		for (const figure of figuresIn(JSON.parse(blocs) as Prose))
			uses.set(figure, [...(uses.get(figure) ?? []), { section, titre }]);
	return uses;
}

/** The same in someone's transaction, or those that are put aside. */
export async function readFigures(
	db: Queryable,
	pacteId: string,
	{ corbeille }: { corbeille: boolean }
): Promise<FigureLue[]> {
	const figures = await db
		.selectFrom('figures')
		.select(['id', 'titre', 'phrase', 'source', 'date', 'territoire', 'unite', 'forme'])
		.where('pacte_id', '=', pacteId)
		.where('corbeille_at', corbeille ? 'is not' : 'is', null)
		.orderBy('rang')
		.orderBy('id')
		.execute();
	const series = await db
		.selectFrom('figure_series')
		.select(['figure_id', 'id', 'nom'])
		.where('pacte_id', '=', pacteId)
		.orderBy('ordre')
		.execute();
	const lignes = await db
		.selectFrom('figure_lignes')
		.select(['figure_id', 'id', 'libelle'])
		.where('pacte_id', '=', pacteId)
		.orderBy('ordre')
		.execute();
	const cells = await db
		.selectFrom('figure_valeurs')
		.select(['figure_id', 'ligne_id', 'serie_id', 'texte'])
		.where('pacte_id', '=', pacteId)
		.execute();
	const seriesOf = Map.groupBy(series, ({ figure_id }) => figure_id);
	const lignesOf = Map.groupBy(lignes, ({ figure_id }) => figure_id);
	const cellsOf = new Map(cells.map((cell) => [keyOf(cell.figure_id, cell.ligne_id, cell.serie_id), cell.texte]));
	return figures.map((figure) => {
		const own = (seriesOf.get(figure.id) ?? []).map(({ id, nom }) => ({ id, nom }));
		return {
			...figure,
			series: own,
			lignes: (lignesOf.get(figure.id) ?? []).map(({ id, libelle }) => ({
				id,
				libelle,
				valeurs: Object.fromEntries(own.map((serie) => [serie.id, cellsOf.get(keyOf(figure.id, id, serie.id)) ?? '']))
			}))
		};
	});
}

function keyOf(...ids: string[]): string {
	return ids.join(' ');
}

export interface FigureAct {
	pacteId: string;
	/** The account that asks. */
	by: string;
}

/** Adds a figure, empty but for what is given, at the end of the list. Gives its id. */
export async function addFigure(app: App, act: FigureAct & { figure?: Partial<Figure> }): Promise<string> {
	const { pacteId, by, figure = {} } = act;
	const now = app.now();
	const id = newId();
	const whole = {
		...emptyFigure(),
		...figure,
		titre: storable(figure.titre ?? '')
			.trim()
			.slice(0, TITRE_MAX)
	};
	await change(app, act, async (trx) => {
		await forgetOld(trx, pacteId, now);
		await insertFigure(trx, { id, pacteId, rang: await nextRang(trx, pacteId), figure: whole, now });
		await addJournalEntry(trx, note({ pacteId, by, id, titre: whole.titre, acte: 'figure_ajoutee', now }));
	});
	app.collaboration.flux.publish(pacteId, { type: 'projection', kind: 'figure', id });
	return id;
}

const TITRE_MAX = 300;

export interface NewFigure {
	id: string;
	pacteId: string;
	rang: number;
	figure: Figure;
	now: number;
}

/** The birth of a figure: its row, its live document and what is derived from it, in someone's transaction. */
export async function insertFigure(
	trx: Transaction<Schema>,
	{ id, pacteId, rang, figure, now }: NewFigure
): Promise<void> {
	await trx
		.insertInto('figures')
		.values({ id, pacte_id: pacteId, rang, forme: figure.forme, created_at: now })
		.execute();
	const doc = new Y.Doc();
	prepareFigure(doc, figure);
	const name = documentName('figure', id);
	await insertDocument(trx, { name, kind: 'figure', pacteId, shape: SHAPE_FIGURE, doc, now });
	await projectFigure(trx, doc, { id, pacteId });
	doc.destroy();
}

/** Puts a figure aside; refused while a section shows or quotes it. It can be brought back for 30 days. */
export async function removeFigure(app: App, act: FigureAct & { figureId: string }): Promise<void> {
	const { pacteId, by, figureId } = act;
	// What was just written in the sections counts too.
	await app.collaboration.settle(pacteId);
	const now = app.now();
	await change(app, act, async (trx) => {
		const { titre, corbeille_at } = await requireFigure(trx, pacteId, figureId);
		if (corbeille_at !== null) return;
		const emplois = (await usesOf(trx, pacteId)).get(figureId) ?? [];
		if (emplois.length > 0) throw new DomainError('conflit', stillUsed(emplois));
		await forgetOld(trx, pacteId, now);
		await trx.updateTable('figures').set({ corbeille_at: now }).where('id', '=', figureId).execute();
		await addJournalEntry(trx, note({ pacteId, by, id: figureId, titre, acte: 'figure_retiree', now }));
		await indexSource(trx, pacteId, 'figure', figureId);
	});
	app.collaboration.flux.publish(pacteId, { type: 'projection', kind: 'figure', id: figureId });
}

function stillUsed(emplois: readonly Emploi[]): string {
	const where = listed(emplois.map(({ titre }) => `«\u00a0${titre}\u00a0»`));
	return `Cette figure est encore montrée ou citée dans ${where}. Retirez-la d’abord de ${emplois.length === 1 ? 'ce texte' : 'ces textes'}.`;
}

/** Brings back a figure that was put aside, at the end of the list. */
export async function restoreFigure(app: App, act: FigureAct & { figureId: string }): Promise<void> {
	const { pacteId, by, figureId } = act;
	const now = app.now();
	await change(app, act, async (trx) => {
		const { titre, corbeille_at } = await requireFigure(trx, pacteId, figureId);
		if (corbeille_at === null) return;
		const rang = await nextRang(trx, pacteId);
		await trx.updateTable('figures').set({ corbeille_at: null, rang }).where('id', '=', figureId).execute();
		await addJournalEntry(trx, note({ pacteId, by, id: figureId, titre, acte: 'figure_restauree', now }));
		await indexSource(trx, pacteId, 'figure', figureId);
	});
	app.collaboration.flux.publish(pacteId, { type: 'projection', kind: 'figure', id: figureId });
}

/** One transaction; the right first. */
async function change<T>(
	app: App,
	{ pacteId, by }: FigureAct,
	act: (trx: Transaction<Schema>) => Promise<T>
): Promise<T> {
	return app.db.transaction().execute(async (trx) => {
		await beginAct(trx, { pacteId, by }, { allows: canWriteFigures, refus: FIGURE_REFUSEE });
		return act(trx);
	});
}

async function requireFigure(trx: Queryable, pacteId: string, id: string) {
	const row = await trx
		.selectFrom('figures')
		.select(['titre', 'corbeille_at'])
		.where('id', '=', id)
		.where('pacte_id', '=', pacteId)
		.executeTakeFirst();
	if (!row) throw new DomainError('introuvable', FIGURE_ABSENTE);
	return row;
}

async function nextRang(trx: Queryable, pacteId: string): Promise<number> {
	const { last } = await trx
		.selectFrom('figures')
		.select((eb) => eb.fn.max('rang').as('last'))
		.where('pacte_id', '=', pacteId)
		.executeTakeFirstOrThrow();
	return Number(last ?? -1) + 1;
}

/** Figures that were put aside more than 30 days ago leave for good, their documents with them. */
async function forgetOld(trx: Queryable, pacteId: string, now: number): Promise<void> {
	const old = await trx
		.selectFrom('figures')
		.select('id')
		.where('pacte_id', '=', pacteId)
		.where('corbeille_at', '<=', now - CORBEILLE)
		.execute();
	for (const { id } of old) {
		await trx.deleteFrom('documents').where('name', '=', documentName('figure', id)).execute();
		await trx.deleteFrom('figures').where('id', '=', id).execute();
	}
}

interface Note extends FigureAct {
	id: string;
	titre: string;
	acte: Acte;
	now: number;
}

function note({ pacteId, by, id, titre, acte, now }: Note) {
	return { pacteId, compteId: by, acte, detail: { figure: id, titre }, now };
}
