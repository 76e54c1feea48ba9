import { modeleAt } from '#lib/pactes/archive-schema.ts';
import { modeleFromArchive } from '#lib/pactes/modeles/modele-from-archive.ts';
import { MODELES_DE_PACTE } from '#lib/pactes/modeles/modeles-de-pacte.ts';
import type { ModeleDePacte } from '#lib/pactes/modeles/modele-de-pacte.ts';
import { LONGEST_TITLE } from '#lib/pactes/pacte-rules.ts';
import { canAdministerPacte } from '#lib/documents/rights.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import { DomainError } from '../errors.ts';
import { readArchive } from '../export/archive.ts';
import { newId } from '../ids.ts';
import { addJournalEntry } from '../journal/journal.ts';
import { requireDroit, type Acteur } from './act.ts';

/** A model that this installation offers: shipped, or kept from one of its pactes. */
export interface ModeleOffert {
	id: string;
	/** Kept here: it may be renamed and removed. */
	garde: boolean;
	contenu: ModeleDePacte;
}

export const MODELE_ABSENT = 'Ce modèle n’existe pas, ou plus. Rechargez la page.';

/** Those that were kept here come first, by their names. */
export async function listModeles(db: Queryable): Promise<ModeleOffert[]> {
	const rows = await db.selectFrom('modeles').selectAll().orderBy('created_at').orderBy('id').execute();
	const kept = rows.map(({ id, nom, description, contenu }): ModeleOffert => {
		const { structure, plan, demarche } = JSON.parse(contenu) as ModeleDePacte;
		return { id, garde: true, contenu: { structure: { ...structure, nom, description }, plan, demarche } };
	});
	kept.sort((a, b) => a.contenu.structure.nom.localeCompare(b.contenu.structure.nom, 'fr'));
	return [...kept, ...MODELES_DE_PACTE.map((contenu) => ({ id: contenu.structure.id, garde: false, contenu }))];
}

/** Keeps the structure, the plan and the process of a pacte for the next ones; none of its texts, bodies or people. Gives its id. */
export async function keepModele(app: App, act: Acteur, nom: string, description: string): Promise<string> {
	await requireDroit(app.db, act, {
		allows: canAdministerPacte,
		refus: 'L’équipe projet garde ce pacte comme modèle. Demandez-le-lui.'
	});
	const named = nameOf(nom);
	const { structure, ...rest } = modeleFromArchive(await readArchive(app, act.pacteId));
	const id = newId();
	const modele = modeleAt(
		{ ...structure, id: `m-${id.slice(0, 8)}`, nom: named, description: description.trim() },
		'modele'
	);
	await app.db.transaction().execute(async (trx) => {
		await refuseTwin(trx, named, null);
		await trx
			.insertInto('modeles')
			.values({
				id,
				nom: named,
				description: modele.description,
				contenu: JSON.stringify({ structure: modele, ...rest } satisfies ModeleDePacte),
				created_by: act.by,
				created_at: app.now()
			})
			.execute();
		await addJournalEntry(trx, {
			pacteId: act.pacteId,
			compteId: act.by,
			acte: 'modele_garde',
			detail: { modele: id, nom: named },
			now: app.now()
		});
	});
	return id;
}

/** For an administrateur, who creates the pactes. */
export async function renameModele(app: App, id: string, nom: string, by: string): Promise<void> {
	const named = nameOf(nom);
	await app.db.transaction().execute(async (trx) => {
		await refuseTwin(trx, named, id);
		const { numUpdatedRows } = await trx
			.updateTable('modeles')
			.set({ nom: named })
			.where('id', '=', id)
			.executeTakeFirstOrThrow();
		if (Number(numUpdatedRows) === 0) throw new DomainError('introuvable', MODELE_ABSENT);
		await noteModele(trx, app, by, 'modele_renomme', { modele: id, nom: named });
	});
}

/** The pactes that began on it keep their own copy. */
export async function removeModele(app: App, id: string, by: string): Promise<string> {
	return app.db.transaction().execute(async (trx) => {
		const row = await trx.selectFrom('modeles').select('nom').where('id', '=', id).executeTakeFirst();
		if (!row) throw new DomainError('introuvable', MODELE_ABSENT);
		await trx.deleteFrom('modeles').where('id', '=', id).execute();
		await noteModele(trx, app, by, 'modele_retire', { modele: id, nom: row.nom });
		return row.nom;
	});
}

function noteModele(
	trx: Queryable,
	{ now }: App,
	compteId: string,
	acte: 'modele_renomme' | 'modele_retire',
	detail: Record<string, string>
): Promise<void> {
	return addJournalEntry(trx, { pacteId: null, compteId, acte, detail, now: now() });
}

function nameOf(nom: string): string {
	const named = nom.trim().replace(/\s+/g, ' ');
	if (named === '') throw new DomainError('invalide', 'Donnez un nom au modèle.');
	if (named.length > LONGEST_TITLE)
		throw new DomainError('invalide', `Raccourcissez le nom du modèle (${LONGEST_TITLE} caractères au plus).`);
	return named;
}

async function refuseTwin(trx: Queryable, nom: string, id: string | null): Promise<void> {
	const others = await trx.selectFrom('modeles').select(['id', 'nom']).execute();
	const taken = [
		...others.filter((other) => other.id !== id).map((other) => other.nom),
		...MODELES_DE_PACTE.map(({ structure }) => structure.nom)
	];
	if (taken.some((other) => other.toLowerCase() === nom.toLowerCase()))
		throw new DomainError('invalide', `Un modèle s’appelle déjà «\u00a0${nom}\u00a0»\u00a0: donnez-lui un autre nom.`);
}
