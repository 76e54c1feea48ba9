import type { Transaction } from 'kysely';
import * as Y from 'yjs';
import { PACTE_ABSENT } from '#lib/comptes/textes.ts';
import { documentName } from '#lib/documents/document.ts';
import { canPlanSections, documentRight } from '#lib/documents/rights.ts';
import type { Prose } from '#lib/editor/prose.ts';
import { champsDuGenre } from '#lib/engagements/cadre.ts';
import { prepareChamps } from '#lib/fiches/fiche.ts';
import { branchOf, movedPlan, numberPlan, PROFONDEUR_MAX, type SectionDuPlan } from '#lib/sections/plan.ts';
import {
	ETATS,
	GENRES_UNIQUES,
	NOM_DU_GENRE,
	PLAN_TYPE,
	SHAPE_REDACTION,
	type EtatSection,
	type GenreSection,
	type SectionAPrevoir
} from '#lib/sections/section.ts';
import { beginAct } from '../pactes/act.ts';
import type { App } from '../app.ts';
import { insertDocument } from '../collaboration/documents.ts';
import type { Queryable } from '../database/open.ts';
import type { Schema, SectionRow } from '../database/schema.ts';
import { storable } from '../database/text.ts';
import { DomainError } from '../errors.ts';
import { newId } from '../ids.ts';
import { addJournalEntry, type Acte } from '../journal/journal.ts';
import { roleOf } from '../pactes/pactes.ts';
import { indexSource } from '../recherche/index-writer.ts';
import { projectRedaction } from './redaction-projection.ts';
import { grantOf, readSectionRules } from './section-rights.ts';

/** Who does it, where. */
export interface PlanAct {
	pacteId: string;
	by: string;
}

export type SectionAct = PlanAct & { sectionId: string };

export const TITRE_MAX = 300;

// Reading

/** The plan of a pacte's document, in the order of reading, as someone sees it. */
export async function readPlan(db: Queryable, pacteId: string, compteId: string): Promise<SectionDuPlan[]> {
	const rows = await readSections(db, pacteId);
	const part = await partOf(db, pacteId, compteId);
	const rules = await readSectionRules(
		db,
		rows.map(({ id }) => id)
	);
	const places = numberPlan(rows.map(({ id, parent_id }) => ({ id, parent: parent_id })));
	const organismes = await namesOf(db, pacteId);
	const words = await db
		.selectFrom('section_textes')
		.select(['section_id', 'mots'])
		.where('pacte_id', '=', pacteId)
		.execute();
	const mots = new Map(words.map((row) => [row.section_id, row.mots]));
	const writers = await listRedacteurs(db, pacteId);
	return rows.map((row) => {
		const rule = rules.get(row.id);
		const grant = rule && grantOf(rule, { compteId, organismeId: part.organismeId });
		return {
			id: row.id,
			parent: row.parent_id,
			genre: row.genre,
			titre: row.titre,
			numero: places.get(row.id)?.numero ?? '',
			profondeur: places.get(row.id)?.profondeur ?? 0,
			etat: row.etat,
			longueur: row.longueur,
			mots: mots.get(row.id) ?? 0,
			organisme:
				row.organisme_id === null ? null : { id: row.organisme_id, nom: organismes.get(row.organisme_id) ?? '' },
			noeud: row.noeud_id,
			redacteurs: writers.get(row.id) ?? [],
			redige: documentRight(part.role, 'redaction', grant) === 'write'
		};
	});
}

/** One section of the plan; refuses one that is not there. */
export async function readSection(
	db: Queryable,
	pacteId: string,
	id: string,
	compteId: string
): Promise<SectionDuPlan> {
	return sectionIn(await readPlan(db, pacteId, compteId), id);
}

/** The same, in a plan that was read. */
export function sectionIn(plan: readonly SectionDuPlan[], id: string): SectionDuPlan {
	const section = plan.find((candidate) => candidate.id === id);
	if (!section) throw new DomainError('introuvable', SECTION_ABSENTE);
	return section;
}

const SECTION_ABSENTE = 'Cette section n’existe pas, ou n’est plus dans le plan.';

async function readSections(db: Queryable, pacteId: string): Promise<SectionRow[]> {
	return db
		.selectFrom('sections')
		.selectAll()
		.where('pacte_id', '=', pacteId)
		.where('retiree_at', 'is', null)
		.orderBy('rang')
		.orderBy('id')
		.execute();
}

async function partOf(db: Queryable, pacteId: string, compteId: string) {
	const row = await db
		.selectFrom('participations')
		.select(['role', 'organisme_id as organismeId'])
		.where('pacte_id', '=', pacteId)
		.where('compte_id', '=', compteId)
		.executeTakeFirst();
	if (!row) throw new DomainError('introuvable', PACTE_ABSENT);
	return row;
}

async function namesOf(db: Queryable, pacteId: string): Promise<Map<string, string>> {
	const rows = await db.selectFrom('organismes').select(['id', 'nom']).where('pacte_id', '=', pacteId).execute();
	return new Map(rows.map(({ id, nom }) => [id, nom]));
}

async function listRedacteurs(
	db: Queryable,
	pacteId: string
): Promise<Map<string, { compteId: string; nom: string }[]>> {
	const rows = await db
		.selectFrom('section_redacteurs')
		.innerJoin('sections', 'sections.id', 'section_redacteurs.section_id')
		.innerJoin('comptes', 'comptes.id', 'section_redacteurs.compte_id')
		.select(['section_id', 'compte_id as compteId', 'nom'])
		.where('sections.pacte_id', '=', pacteId)
		.execute();
	const writers = new Map<string, { compteId: string; nom: string }[]>();
	for (const { section_id, compteId, nom } of rows)
		writers.set(section_id, [...(writers.get(section_id) ?? []), { compteId, nom }]);
	for (const list of writers.values()) list.sort((a, b) => a.nom.localeCompare(b.nom, 'fr'));
	return writers;
}

// Acts on the plan

export interface NewSection {
	genre: GenreSection;
	titre: string;
	parent: string | null;
	organismeId?: string | null;
	noeudId?: string | null;
	longueur?: string;
}

/** Adds a section, last under its parent, with its empty text. Gives its id. */
export async function addSection(app: App, act: PlanAct, section: NewSection): Promise<string> {
	return changePlan(app, act, async (trx, plan) => {
		const titre = titreOf(section.titre);
		refuseTwice(plan, section.genre);
		await requireOrganisme(trx, act.pacteId, section.organismeId ?? null);
		const row = newRow(act.pacteId, { ...section, titre }, app.now());
		const placed = placedLast(plan, row);
		await insertSection(trx, row);
		await storeOrder(trx, act.pacteId, placed);
		await birth(trx, row, app.now());
		return { result: row.id, acte: 'section_ajoutee', detail: { section: row.id, titre } };
	});
}

/** Writes the plan type into a document that has none. */
export async function createPlanType(app: App, act: PlanAct): Promise<void> {
	await changePlan(app, act, async (trx, plan) => {
		if (plan.length > 0) throw new DomainError('conflit', 'Ce pacte a déjà un plan : ajoutez-y des sections.');
		const sections = await insertPlan(trx, act.pacteId, PLAN_TYPE, app.now());
		return { result: undefined, acte: 'plan_cree', detail: { sections } };
	});
}

/** The rows and texts of a plan, in someone's transaction; gives how many. */
async function insertPlan(
	trx: Transaction<Schema>,
	pacteId: string,
	plan: readonly SectionAPrevoir[],
	now: number
): Promise<number> {
	const rows: SectionRow[] = [];
	const add = (sections: readonly SectionAPrevoir[], parent: string | null) => {
		for (const { sections: inner = [], ...section } of sections) {
			const row = { ...newRow(pacteId, { ...section, parent }, now), rang: rows.length };
			rows.push(row);
			add(inner, row.id);
		}
	};
	add(plan, null);
	for (const row of rows) {
		await insertSection(trx, row);
		await birth(trx, row, now);
	}
	return rows.length;
}

export interface SectionChange {
	titre: string;
	longueur: string;
	organismeId: string | null;
	noeudId: string | null;
}

/** What a section is called, how long it should be, whose it is, which branch it opens. */
export async function changeSection(app: App, act: SectionAct, change: SectionChange): Promise<void> {
	await changePlan(app, act, async (trx, plan) => {
		requireSection(plan, act.sectionId);
		const titre = titreOf(change.titre);
		await requireOrganisme(trx, act.pacteId, change.organismeId);
		await trx
			.updateTable('sections')
			.set({
				titre,
				longueur: storable(change.longueur.trim().slice(0, TITRE_MAX)),
				organisme_id: change.organismeId,
				noeud_id: change.noeudId
			})
			.where('id', '=', act.sectionId)
			.execute();
		return { result: undefined, acte: 'section_modifiee', detail: { section: act.sectionId, titre } };
	});
}

/** Places a section, with all that it holds, under a parent: before a brother, or last. */
export async function moveSection(
	app: App,
	act: SectionAct,
	place: { parent: string | null; before: string | null }
): Promise<void> {
	await changePlan(app, act, async (trx, plan) => {
		requireSection(plan, act.sectionId);
		const moved = movedPlan(plan.map(placedOf), act.sectionId, place.parent, place.before);
		if (!moved)
			throw new DomainError('conflit', `Cette section ne peut pas aller là : le plan a ${PROFONDEUR_MAX} niveaux.`);
		await storeOrder(trx, act.pacteId, moved);
		return { result: undefined, acte: 'section_deplacee', detail: { section: act.sectionId } };
	});
}

/** Takes a section, with all that it holds, out of the plan. Its text stays, and it can be put back. */
export async function removeSection(app: App, act: SectionAct): Promise<void> {
	await changePlan(app, act, async (trx, plan) => {
		const { titre } = requireSection(plan, act.sectionId);
		const ids = branchOf(plan.map(placedOf), act.sectionId).map(({ id }) => id);
		await trx.updateTable('sections').set({ retiree_at: app.now() }).where('id', 'in', ids).execute();
		return {
			result: undefined,
			acte: 'section_retiree',
			detail: { section: act.sectionId, titre, nombre: ids.length },
			textes: ids
		};
	});
	await app.collaboration.refreshRights();
}

export interface SectionRetiree {
	id: string;
	titre: string;
	retiree: number;
}

/** What was taken out of the plan, the last first. */
export async function listRetirees(db: Queryable, pacteId: string): Promise<SectionRetiree[]> {
	const rows = await db
		.selectFrom('sections')
		.select(['id', 'titre', 'retiree_at'])
		.where('pacte_id', '=', pacteId)
		.where('retiree_at', 'is not', null)
		.orderBy('retiree_at', 'desc')
		.orderBy('rang')
		.execute();
	return rows.map(({ id, titre, retiree_at }) => ({ id, titre, retiree: retiree_at ?? 0 }));
}

/** Puts a section back, last in the plan, as it was. */
export async function restoreSection(app: App, act: SectionAct): Promise<void> {
	await changePlan(app, act, async (trx, plan) => {
		const row = await trx
			.selectFrom('sections')
			.selectAll()
			.where('id', '=', act.sectionId)
			.where('pacte_id', '=', act.pacteId)
			.where('retiree_at', 'is not', null)
			.executeTakeFirst();
		if (!row) throw new DomainError('introuvable', SECTION_ABSENTE);
		refuseTwice(plan, row.genre);
		const parent_id = plan.some(({ id }) => id === row.parent_id) ? row.parent_id : null;
		await trx.updateTable('sections').set({ retiree_at: null, parent_id }).where('id', '=', row.id).execute();
		await storeOrder(trx, act.pacteId, placedLast(plan, { ...row, parent_id }));
		return {
			result: undefined,
			acte: 'section_remise',
			detail: { section: row.id, titre: row.titre },
			textes: [row.id]
		};
	});
	await app.collaboration.refreshRights();
}

/** Who writes a section: nobody named leaves it to all rédacteurs. */
export async function setRedacteurs(app: App, act: SectionAct, comptes: readonly string[]): Promise<void> {
	await changePlan(app, act, async (trx, plan) => {
		requireSection(plan, act.sectionId);
		const members = await trx
			.selectFrom('participations')
			.select('compte_id')
			.where('pacte_id', '=', act.pacteId)
			.execute();
		const known = new Set(members.map(({ compte_id }) => compte_id));
		const chosen = [...new Set(comptes)].filter((id) => known.has(id));
		await trx.deleteFrom('section_redacteurs').where('section_id', '=', act.sectionId).execute();
		for (const compte_id of chosen)
			await trx.insertInto('section_redacteurs').values({ section_id: act.sectionId, compte_id }).execute();
		return { result: undefined, acte: 'section_redacteurs', detail: { section: act.sectionId, nombre: chosen.length } };
	});
	await app.collaboration.refreshRights();
}

/** Brings a section to a state. Validated, nobody writes it until it is opened again. Its writers may offer it for review. */
export async function setEtat(app: App, { pacteId, by, sectionId }: SectionAct, etat: EtatSection): Promise<void> {
	if (!ETATS.includes(etat)) throw new DomainError('invalide', 'Cet état n’existe pas.');
	await app.db.transaction().execute(async (trx) => {
		const section = await readSection(trx, pacteId, sectionId, by);
		const isPlanner = canPlanSections(await roleOf(trx, by, pacteId));
		if (!isPlanner && (!section.redige || etat === 'valide')) throw new DomainError('interdit', ETAT_REFUSE);
		if (section.etat === etat) return;
		await trx.updateTable('sections').set({ etat }).where('id', '=', sectionId).execute();
		const detail = { section: sectionId, avant: section.etat, apres: etat };
		await addJournalEntry(trx, { pacteId, compteId: by, acte: 'section_etat', detail, now: app.now() });
	});
	await app.collaboration.refreshRights();
	app.collaboration.flux.publish(pacteId, { type: 'sections' });
}

const ETAT_REFUSE = 'Seule l’équipe projet valide une section, ou la rouvre.';
const RESERVE = 'Seule l’équipe projet change le plan.';

interface Done<T> {
	result: T;
	acte: Acte;
	detail: Record<string, string | number>;
	/** The sections whose texts came into the plan, or left it. */
	textes?: readonly string[];
}

/** One act on the plan at a time: right, change and journal in one transaction, then the pages are told. */
async function changePlan<T>(
	app: App,
	{ pacteId, by }: PlanAct,
	change: (trx: Transaction<Schema>, plan: SectionRow[]) => Promise<Done<T>>
): Promise<T> {
	const result = await app.db.transaction().execute(async (trx) => {
		await beginAct(trx, { pacteId, by }, { allows: canPlanSections, refus: RESERVE });
		const done = await change(trx, await readSections(trx, pacteId));
		await addJournalEntry(trx, { pacteId, compteId: by, acte: done.acte, detail: done.detail, now: app.now() });
		for (const id of done.textes ?? []) await indexSource(trx, pacteId, 'section', id);
		await indexSource(trx, pacteId, 'plan');
		return done.result;
	});
	app.collaboration.flux.publish(pacteId, { type: 'sections' });
	return result;
}

function requireSection(plan: readonly SectionRow[], id: string): SectionRow {
	const section = plan.find((candidate) => candidate.id === id);
	if (!section) throw new DomainError('introuvable', SECTION_ABSENTE);
	return section;
}

async function requireOrganisme(trx: Queryable, pacteId: string, id: string | null): Promise<void> {
	if (id === null) return;
	const known = await trx
		.selectFrom('organismes')
		.select('id')
		.where('pacte_id', '=', pacteId)
		.where('id', '=', id)
		.executeTakeFirst();
	if (!known) throw new DomainError('invalide', 'Cet organisme n’est pas dans ce pacte.');
}

function titreOf(source: string): string {
	const titre = storable(source.replace(/\s+/gu, ' ').trim());
	if (titre === '') throw new DomainError('invalide', 'Donnez un titre à la section.');
	if (titre.length > TITRE_MAX) throw new DomainError('invalide', `Le titre a ${TITRE_MAX} caractères au plus.`);
	return titre;
}

function refuseTwice(plan: readonly SectionRow[], genre: GenreSection): void {
	if (GENRES_UNIQUES.includes(genre) && plan.some((section) => section.genre === genre))
		throw new DomainError('conflit', `Le plan a déjà une section « ${NOM_DU_GENRE[genre]} ».`);
}

function newRow(pacteId: string, section: NewSection, now: number): SectionRow {
	const { genre, titre, parent, organismeId = null, noeudId = null, longueur = '' } = section;
	return {
		id: newId(),
		pacte_id: pacteId,
		parent_id: parent,
		rang: 0,
		genre,
		titre,
		organisme_id: organismeId,
		noeud_id: noeudId,
		etat: 'brouillon',
		longueur: storable(longueur),
		created_at: now,
		retiree_at: null
	};
}

type Placed = ReturnType<typeof placedOf>;

function placedOf({ id, parent_id }: SectionRow) {
	return { id, parent: parent_id };
}

function placedLast(plan: readonly SectionRow[], row: SectionRow): Placed[] {
	const placed = movedPlan([...plan.map(placedOf), { id: row.id, parent: null }], row.id, row.parent_id, null);
	if (!placed)
		throw new DomainError('invalide', `Cette section ne peut pas aller là : le plan a ${PROFONDEUR_MAX} niveaux.`);
	return placed;
}

async function insertSection(trx: Transaction<Schema>, row: SectionRow): Promise<void> {
	await trx.insertInto('sections').values(row).execute();
}

/** Only what moved is written. */
async function storeOrder(trx: Transaction<Schema>, pacteId: string, plan: readonly Placed[]): Promise<void> {
	const before = new Map((await readSections(trx, pacteId)).map((row) => [row.id, row]));
	for (const [rang, { id, parent }] of plan.entries()) {
		const row = before.get(id);
		if (row?.rang !== rang || row.parent_id !== parent)
			await trx.updateTable('sections').set({ rang, parent_id: parent }).where('id', '=', id).execute();
	}
}

/** The live text of a new section. */
async function birth(trx: Transaction<Schema>, { id, pacte_id, genre }: SectionRow, now: number): Promise<void> {
	const doc = new Y.Doc();
	prepareChamps(doc, champsDuGenre(genre));
	const name = documentName('redaction', id);
	await insertDocument(trx, { name, kind: 'redaction', pacteId: pacte_id, shape: SHAPE_REDACTION, doc, now });
	const { modele } = await trx
		.selectFrom('pactes')
		.select('modele')
		.where('id', '=', pacte_id)
		.executeTakeFirstOrThrow();
	await projectRedaction(trx, doc, { id, pacteId: pacte_id, modele: JSON.parse(modele), now });
	doc.destroy();
}

/** The branches at the top of the tree, in its order. */
export async function listAxes(db: Queryable, pacteId: string) {
	return db
		.selectFrom('noeuds')
		.select(['id', 'code', 'titre'])
		.where('pacte_id', '=', pacteId)
		.where('parent', 'is', null)
		.where('a_classer', '=', 0)
		.orderBy('ordre')
		.execute();
}

// The text of a section, as the rows have it

export async function readProseOf(db: Queryable, sectionId: string): Promise<Prose> {
	const row = await db
		.selectFrom('section_textes')
		.select('blocs')
		.where('section_id', '=', sectionId)
		.executeTakeFirst();
	return row ? (JSON.parse(row.blocs) as Prose) : [];
}
