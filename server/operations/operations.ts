import type * as Y from 'yjs';
import { canAdministerPacte, canReadPacte } from '#lib/documents/rights.ts';
import { counted } from '#lib/format.ts';
import type { OperationLue } from '#lib/operations/operation.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import type { DocumentName } from '#lib/documents/document.ts';
import { DomainError } from '../errors.ts';
import { newId } from '../ids.ts';
import { addJournalEntry } from '../journal/journal.ts';
import { separerOrganismes, tellAll, type GesteDeReunion } from '../organismes/separer.ts';
import { holdPacte, requireDroit, type Acteur } from '../pactes/act.ts';
import { roleOf } from '../pactes/pactes.ts';
import { takeBack, type Geste, type GestesDeDocument } from './gestes.ts';
import { changeRows, takeRowBack, takeTextsBack, type GesteDeLigne, type GesteDeTexte } from './rows.ts';

/** What an operation did, the newest last: in live documents, and in rows. */
type Inverse = (GestesDeDocument | GesteDeLigne)[];

/**
 * An act on many places at once. What it does in each is kept as it goes, so that an act that is cut in its middle can be taken back too.
 */
export class Operation {
	readonly id = newId();
	readonly #app: App;
	readonly #acteur: Acteur;
	readonly #inverse: Inverse = [];
	#faits = 0;

	private constructor(app: App, acteur: Acteur) {
		this.#app = app;
		this.#acteur = acteur;
	}

	static async begin(app: App, acteur: Acteur, acte: string, libelle: string): Promise<Operation> {
		const operation = new Operation(app, acteur);
		await app.db
			.insertInto('operations')
			.values({
				id: operation.id,
				pacte_id: acteur.pacteId,
				compte_id: acteur.by,
				acte,
				libelle,
				inverse: '[]',
				created_at: app.now()
			})
			.execute();
		return operation;
	}

	/** How many changes were made. */
	get faits(): number {
		return this.#faits;
	}

	/** Changes a live document. */
	async edit(document: DocumentName, change: (doc: Y.Doc) => Geste[]): Promise<void> {
		let gestes: Geste[] = [];
		await this.#app.collaboration.edit(document, (doc) => doc.transact(() => (gestes = change(doc))), this.#acteur.by);
		if (gestes.length > 0) await this.note(gestes.length, { document, gestes });
	}

	/** Changes the texts of rows, each known by how many changes it is; those that say something else by now stay. */
	async editRows(gestes: ReadonlyMap<GesteDeTexte, number>): Promise<void> {
		await changeRows(this.#app, this.#acteur, [...gestes.keys()], async (trx, done) => {
			const count = done.reduce((sum, geste) => sum + (gestes.get(geste) ?? 0), 0);
			if (count > 0) await this.note(count, done, trx);
		});
	}

	/** Keeps what was done. */
	async note(count: number, done: Inverse[number] | Inverse, db: Queryable = this.#app.db): Promise<void> {
		this.#faits += count;
		this.#inverse.push(...[done].flat());
		await db
			.updateTable('operations')
			.set({ inverse: JSON.stringify(this.#inverse) })
			.where('id', '=', this.id)
			.execute();
	}

	/** Nothing was done: there is nothing to take back. Otherwise, its name now that one knows how much was done. */
	async end(libelle: string): Promise<void> {
		const { db } = this.#app;
		if (this.#faits === 0) return void (await db.deleteFrom('operations').where('id', '=', this.id).execute());
		await db.updateTable('operations').set({ libelle }).where('id', '=', this.id).execute();
		const { pacteId, by } = this.#acteur;
		await addJournalEntry(db, {
			pacteId,
			compteId: by,
			acte: 'operation_faite',
			detail: { operation: this.id, libelle },
			now: this.#app.now()
		});
	}
}

const MOST = 20;

/** Changes of the model are kept in the same table, and have their own way back. */
const DU_MODELE = 'modele_change';

/** The last acts on many places, the newest first. */
export async function listOperations(db: Queryable, pacteId: string, compteId: string): Promise<OperationLue[]> {
	const role = await roleOf(db, compteId, pacteId);
	const rows = await db
		.selectFrom('operations')
		.leftJoin('comptes', 'comptes.id', 'operations.compte_id')
		.select(['operations.id', 'libelle', 'operations.created_at', 'annulee_at', 'compte_id', 'nom'])
		.where('pacte_id', '=', pacteId)
		.where('acte', '<>', DU_MODELE)
		.orderBy('operations.created_at', 'desc')
		.orderBy('operations.id')
		.limit(MOST)
		.execute();
	return rows.map(({ id, libelle, created_at, annulee_at, compte_id, nom }) => ({
		id,
		libelle,
		quand: Number(created_at),
		par: nom ?? 'Quelqu’un qui n’est plus là',
		annulee: annulee_at !== null,
		annulable: annulee_at === null && (compte_id === compteId || canAdministerPacte(role))
	}));
}

/** Takes an operation back where nobody has changed what it did; says what it could not take back. */
export async function annulerOperation(
	app: App,
	act: Acteur & { operationId: string }
): Promise<{ repris: number; laisses: number; libelle: string }> {
	const { pacteId, by } = act;
	await requireDroit(app.db, act, { allows: canReadPacte, refus: '' });
	const row = await app.db
		.selectFrom('operations')
		.select(['compte_id', 'libelle', 'inverse', 'annulee_at'])
		.where('id', '=', act.operationId)
		.where('pacte_id', '=', pacteId)
		.where('acte', '<>', DU_MODELE)
		.executeTakeFirst();
	if (!row) throw new DomainError('introuvable', 'Cette opération n’existe pas, ou plus, dans ce pacte.');
	if (row.compte_id !== by)
		await requireDroit(app.db, act, {
			allows: canAdministerPacte,
			refus: 'Seules l’équipe projet et la personne qui l’a faite annulent une opération.'
		});
	const inverse = JSON.parse(row.inverse) as Inverse;
	const { reunions, textes, autres } = sorted(inverse);
	let { repris, laisses } = await claim(app, act, reunions);
	const back = await takeTextsBack(app, act, textes);
	repris += back;
	laisses += textes.length - back;
	for (const done of autres.reverse()) {
		if ('document' in done) {
			const back = await takeDocumentBack(app, act, done);
			repris += back;
			laisses += done.gestes.length - back;
		} else if (await takeRowBack(app, act, done)) repris++;
		else laisses++;
	}
	await addJournalEntry(app.db, {
		pacteId,
		compteId: by,
		acte: 'operation_annulee',
		detail: { operation: act.operationId, repris, laisses },
		now: app.now()
	});
	await app.collaboration.settle(pacteId);
	return { repris, laisses, libelle: row.libelle };
}

/** By how they are taken back: organismes come first, because fiches then name them; texts of rows go together. */
function sorted(inverse: Inverse) {
	const reunions: GesteDeReunion[] = [];
	const textes: GesteDeTexte[] = [];
	const autres: (GestesDeDocument | Exclude<GesteDeLigne, GesteDeReunion | GesteDeTexte>)[] = [];
	for (const done of inverse)
		if ('document' in done) autres.push(done);
		else if (done.nature === 'reunion') reunions.push(done);
		else if (done.nature === 'rangee') textes.push(done);
		else autres.push(done);
	return { reunions, textes, autres };
}

/** Once only; two organismes that cannot be two again leave the operation as it is. */
async function claim(
	app: App,
	{ pacteId, operationId }: Acteur & { operationId: string },
	reunions: readonly GesteDeReunion[]
): Promise<{ repris: number; laisses: number }> {
	let [repris, laisses] = [0, 0];
	await app.db.transaction().execute(async (trx) => {
		await holdPacte(trx, pacteId);
		const { numUpdatedRows } = await trx
			.updateTable('operations')
			.set({ annulee_at: app.now() })
			.where('id', '=', operationId)
			.where('annulee_at', 'is', null)
			.executeTakeFirst();
		if (!numUpdatedRows) throw new DomainError('conflit', 'Cette opération est déjà annulée.');
		for (const reunion of reunions) {
			const back = await separerOrganismes(trx, pacteId, reunion);
			repris += back.repris;
			laisses += back.laisses;
		}
	});
	if (reunions.length > 0) await tellAll(app, pacteId);
	return { repris, laisses };
}

/** How many of its gestes could be taken back. A document that is gone has none. */
async function takeDocumentBack(app: App, { by }: Acteur, { document, gestes }: GestesDeDocument): Promise<number> {
	let back = 0;
	try {
		await app.collaboration.edit(
			document,
			(doc) => doc.transact(() => (back = gestes.toReversed().filter((geste) => takeBack(doc, geste)).length)),
			by
		);
	} catch (error) {
		if (!(error instanceof DomainError)) throw error;
		return 0;
	}
	return back;
}

/** « 42 modifications reprises ; 2 ont été retouchées depuis et restent. » */
export function annulationInWords({ repris, laisses }: { repris: number; laisses: number }): string {
	const back = repris === 0 ? 'Rien n’a été repris' : counted(repris, 'modification reprise', 'modifications reprises');
	if (laisses === 0) return `${back}.`;
	const kept =
		laisses === 1
			? '1 endroit a changé depuis et reste tel quel'
			: `${laisses} endroits ont changé depuis et restent tels quels`;
	return `${back}. ${kept}.`;
}
