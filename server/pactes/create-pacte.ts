import type { Transaction } from 'kysely';
import * as Y from 'yjs';
import { documentName } from '#lib/documents/document.ts';
import { prepareFiche, SHAPE_FICHE } from '#lib/fiches/fiche.ts';
import { cleOfSigle } from '#lib/glossaire/sigles.ts';
import { addNoeud, A_CLASSER, SHAPE_ORIENTATIONS } from '#lib/orientations/arbre.ts';
import { foldNom } from '#lib/organismes/fold.ts';
import type { ArchivePacte, ValeurChamp } from '#lib/pactes/archive.ts';
import { allChamps, carriesFiche, type Modele } from '#lib/pactes/modele.ts';
import { emptyArchive } from '#lib/pactes/modeles/new-archive.ts';
import type { PacteForm } from '#lib/pactes/pacte-rules.ts';
import { PLAN_TYPE } from '#lib/sections/section.ts';
import type { App } from '../app.ts';
import { insertDocument } from '../collaboration/documents.ts';
import type { Schema } from '../database/schema.ts';
import { insertFiguresArchive } from '../figures/figures-archive.ts';
import { projectFiche } from '../fiches/fiche-projection.ts';
import { newId } from '../ids.ts';
import { addJournalEntry } from '../journal/journal.ts';
import { insertCalendrierArchive } from '../seances/calendrier-archive.ts';
import { insertSchemas } from '../schemas/schemas.ts';
import { insertSections } from './create-sections.ts';
import { projectOrientations } from '../orientations/orientations-projection.ts';
import { insertPiecesArchive } from '../pieces/pieces.ts';
import { insertMiseEnPage } from './mise-en-page.ts';
import { indexSource, markIndexed } from '../recherche/index-writer.ts';

export interface NewPacte extends PacteForm {
	modele: Modele;
}

/** An empty pacte on a structure. Whoever creates it is its équipe projet. */
export function createPacte(app: App, { modele, ...pacte }: NewPacte, compteId: string): Promise<string> {
	return createPacteFromArchive(app, emptyArchive(pacte, modele, PLAN_TYPE), { compteId, acte: 'pacte_cree' });
}

export interface CreateOptions {
	/** null: nobody yet (made by a command before there is an account). */
	compteId: string | null;
	acte: 'pacte_cree' | 'pacte_importe';
	demo?: boolean;
	/** What must be written in the same act. */
	also?: (trx: Transaction<Schema>, pacteId: string) => Promise<void>;
}

/** Writes a whole pacte in one act: rows, live documents and what is derived from them, or nothing. Gives its id. */
export async function createPacteFromArchive(app: App, archive: ArchivePacte, options: CreateOptions): Promise<string> {
	const now = app.now();
	const pacteId = newId();
	const ids = new Ids();
	const documents = buildDocuments(archive, ids);
	await app.db.transaction().execute(async (trx) => {
		await insertPacte(trx, pacteId, archive, options, now);
		await insertOrganismes(trx, pacteId, archive, ids);
		await insertSides(trx, pacteId, archive, ids);
		await insertAnciensCodes(trx, pacteId, archive, ids);
		await insertFiliations(trx, pacteId, archive, ids, now);
		await insertGlossaire(trx, pacteId, archive, now);
		await insertSchemas(
			trx,
			pacteId,
			archive.schemas.map((schema, i) => ({ id: ids.of(`k${i + 1}`), ...schema })),
			now
		);
		await insertDocuments(trx, pacteId, archive, documents, now);
		await insertFiguresArchive(trx, pacteId, archive.figures, (local) => ids.of(local), now);
		await insertPiecesArchive(trx, pacteId, archive.pieces, (local) => ids.of(local), now);
		await insertMiseEnPage(trx, pacteId, archive.mise_en_page, (local) => ids.of(local));
		await insertSections(trx, { pacteId, archive, idOf: (local) => ids.of(local), now });
		await insertCalendrierArchive(trx, pacteId, archive, { idOf: (local) => ids.of(local), now });
		await indexRest(trx, pacteId);
		await addJournalEntry(trx, {
			pacteId,
			compteId: options.compteId,
			acte: options.acte,
			detail: { intitule: archive.intitule, fiches: documents.fiches.length },
			now
		});
		await options.also?.(trx, pacteId);
	});
	for (const doc of [documents.orientations, ...documents.fiches.map(({ doc }) => doc)]) doc.destroy();
	return pacteId;
}

/** The archive's local ids (n1, o1…) against those of this installation. */
class Ids {
	readonly #byLocal = new Map<string, string>();

	of(local: string): string {
		let id = this.#byLocal.get(local);
		if (!id) this.#byLocal.set(local, (id = newId()));
		return id;
	}
}

interface Documents {
	orientations: Y.Doc;
	fiches: { id: string; variante: string | null; doc: Y.Doc }[];
}

function buildDocuments({ modele, noeuds, fiches }: ArchivePacte, ids: Ids): Documents {
	const orientations = new Y.Doc();
	orientations.transact(() => {
		for (const { id, parent, niveau, titre } of noeuds) {
			const placed = parent === null || parent === A_CLASSER ? parent : ids.of(parent);
			addNoeud(orientations, { id: ids.of(id), parent: placed, niveau, titre });
		}
	});
	const variantes = new Map(fiches.map(({ noeud, variante }) => [noeud, variante]));
	const valuesOf = new Map(fiches.map(({ noeud, champs }) => [noeud, champs]));
	const below = Map.groupBy(noeuds, ({ parent }) => parent);
	const withFiche = noeuds.filter(
		({ id, niveau }) => carriesFiche(modele, niveau, below.get(id) ?? []) || valuesOf.has(id)
	);
	return {
		orientations,
		fiches: withFiche.map(({ id }) => {
			const doc = new Y.Doc();
			prepareFiche(doc, { champs: allChamps(modele) }, withIds(valuesOf.get(id) ?? {}, ids));
			return { id: ids.of(id), variante: variantes.get(id) ?? null, doc };
		})
	};
}

function withIds(champs: Record<string, ValeurChamp>, ids: Ids): Record<string, ValeurChamp> {
	const translate = (valeur: ValeurChamp): ValeurChamp =>
		'organismes' in valeur
			? { ...valeur, organismes: valeur.organismes.map((id) => ids.of(id)) }
			: 'schemas' in valeur
				? { ...valeur, schemas: valeur.schemas.map((id) => ids.of(id)) }
				: valeur;
	return Object.fromEntries(Object.entries(champs).map(([id, valeur]) => [id, translate(valeur)]));
}

async function insertPacte(
	trx: Transaction<Schema>,
	id: string,
	{ intitule, territoire, debut, fin, modele }: ArchivePacte,
	{ compteId, demo = false }: CreateOptions,
	now: number
): Promise<void> {
	await trx
		.insertInto('pactes')
		.values({
			id,
			intitule,
			territoire,
			debut,
			fin,
			modele: JSON.stringify(modele),
			demo: demo ? 1 : 0,
			created_at: now
		})
		.execute();
	if (compteId !== null) {
		await trx
			.insertInto('participations')
			.values({ pacte_id: id, compte_id: compteId, role: 'equipe_projet', created_at: now })
			.execute();
	}
}

async function insertOrganismes(
	trx: Transaction<Schema>,
	pacte_id: string,
	{ organismes }: ArchivePacte,
	ids: Ids
): Promise<void> {
	await insertAll(
		organismes.map(({ id, nom }, rang) => ({ id: ids.of(id), pacte_id, nom, nom_plie: foldNom(nom), rang })),
		(rows) => trx.insertInto('organismes').values(rows).execute()
	);
	await insertAll(
		organismes.flatMap(({ id, alias }) =>
			alias.map((nom) => ({ pacte_id, organisme_id: ids.of(id), nom, nom_plie: foldNom(nom) }))
		),
		(rows) => trx.insertInto('organisme_alias').values(rows).execute()
	);
}

/** What stands beside the texts: signatories, engagements, what the import did not understand. */
async function insertSides(
	trx: Transaction<Schema>,
	pacte_id: string,
	{ signataires, engagements, textes }: ArchivePacte,
	ids: Ids
): Promise<void> {
	await insertAll(
		signataires.map(({ organisme, ...signataire }, rang) => ({
			id: newId(),
			pacte_id,
			rang,
			organisme_id: ids.of(organisme),
			...signataire
		})),
		(rows) => trx.insertInto('signataires').values(rows).execute()
	);
	await insertAll(
		engagements.map(({ organisme, puces }, rang) => ({
			pacte_id,
			rang,
			organisme_id: organisme === null ? null : ids.of(organisme),
			puces: JSON.stringify(puces)
		})),
		(rows) => trx.insertInto('engagements').values(rows).execute()
	);
	await insertAll(
		textes.map((texte, rang) => ({ pacte_id, rang, ...texte })),
		(rows) => trx.insertInto('textes_importes').values(rows).execute()
	);
}

async function insertAnciensCodes(
	trx: Transaction<Schema>,
	pacte_id: string,
	{ noeuds }: ArchivePacte,
	ids: Ids
): Promise<void> {
	const codes = noeuds.flatMap(({ id, anciens = [] }) => anciens.map((code) => ({ noeud_id: ids.of(id), code })));
	await insertAll(
		codes.map((code, rang) => ({ pacte_id, ...code, rang: rang + 1 })),
		(rows) => trx.insertInto('anciens_codes').values(rows).execute()
	);
}

async function insertFiliations(
	trx: Transaction<Schema>,
	pacte_id: string,
	{ fiches }: ArchivePacte,
	ids: Ids,
	now: number
): Promise<void> {
	const filiations = fiches.flatMap(({ noeud: fiche, origines = [] }) =>
		origines.map(({ nature, noeud, titre }, rang) => ({
			pacte_id,
			fiche_id: ids.of(fiche),
			de_id: noeud === null ? newId() : ids.of(noeud),
			nature,
			titre,
			// They are told in this order.
			created_at: now + rang
		}))
	);
	await insertAll(filiations, (rows) =>
		trx
			.insertInto('fiche_filiations')
			.values(rows)
			.onConflict((conflict) => conflict.doNothing())
			.execute()
	);
}

async function insertGlossaire(
	trx: Transaction<Schema>,
	pacte_id: string,
	{ glossaire }: ArchivePacte,
	created_at: number
): Promise<void> {
	await insertAll(
		glossaire.map((entree) => ({ id: newId(), pacte_id, ...entree, cle: cleOfSigle(entree.sigle), created_at })),
		(rows) => trx.insertInto('glossaire').values(rows).execute()
	);
}

async function insertDocuments(
	trx: Transaction<Schema>,
	pacteId: string,
	{ modele }: ArchivePacte,
	{ orientations, fiches }: Documents,
	now: number
): Promise<void> {
	const context = { pacteId, modele, now };
	await insertAll(
		fiches.map(({ id, variante }) => ({ id, pacte_id: pacteId, variante, created_at: now })),
		(rows) => trx.insertInto('fiches').values(rows).execute()
	);
	const birth = { pacteId, now };
	for (const { id, doc } of fiches) {
		await insertDocument(trx, { ...birth, name: documentName('fiche', id), kind: 'fiche', shape: SHAPE_FICHE, doc });
		await projectFiche(trx, doc, { ...context, id });
	}
	const name = documentName('orientations', pacteId);
	await insertDocument(trx, { ...birth, name, kind: 'orientations', shape: SHAPE_ORIENTATIONS, doc: orientations });
	await projectOrientations(trx, orientations, { ...context, id: pacteId });
}

/** What its projections did not make findable. */
async function indexRest(trx: Transaction<Schema>, pacteId: string): Promise<void> {
	for (const nom of ['organismes', 'plan', 'glossaire', 'textes'] as const) await indexSource(trx, pacteId, nom);
	await markIndexed(trx, pacteId);
}

const ROWS_PER_INSERT = 200;

/** Inserts rows by slices: both engines bound how many values a statement holds. */
async function insertAll<Row>(rows: Row[], insert: (slice: Row[]) => Promise<unknown>): Promise<void> {
	for (let start = 0; start < rows.length; start += ROWS_PER_INSERT)
		await insert(rows.slice(start, start + ROWS_PER_INSERT));
}
