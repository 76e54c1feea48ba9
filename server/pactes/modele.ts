import type { Transaction } from 'kysely';
import type * as Y from 'yjs';
import { counted } from '#lib/format.ts';
import { documentName } from '#lib/documents/document.ts';
import { canPlanSections } from '#lib/documents/rights.ts';
import { champsOf, prepareFiche, readChamp, type FicheDoc } from '#lib/fiches/fiche.ts';
import { arbreFromRows } from '#lib/orientations/arbre-from-rows.ts';
import { codesOf, setNiveaux } from '#lib/orientations/arbre.ts';
import { foldNom } from '#lib/organismes/fold.ts';
import { ArchiveError, modeleAt } from '#lib/pactes/archive-schema.ts';
import { convertValeur, isWhole, type Noms } from '#lib/pactes/conversion.ts';
import { emploiOf, isWritten, withWritten, type Emploi } from '#lib/pactes/emploi.ts';
import { champOf, faultOf, tidied } from '#lib/pactes/modele-edits.ts';
import { allChamps, niveauOf, type Champ, type Modele } from '#lib/pactes/modele.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import { DomainError } from '../errors.ts';
import { readFiches } from '../fiches/fiches.ts';
import { newId } from '../ids.ts';
import { addJournalEntry } from '../journal/journal.ts';
import { listNoeuds } from '../orientations/noeuds.ts';
import { listSchemas } from '../schemas/schemas.ts';
import { beginAct, requireDroit, type Acteur, type Droit } from './act.ts';

export const DROIT_AU_MODELE: Droit = {
	allows: canPlanSections,
	refus: 'L’équipe projet change le modèle du pacte. Demandez-le-lui.'
};

const PERIME =
	'Le modèle vient d’être changé par quelqu’un d’autre\u00a0: rien n’a été fait. La page montre maintenant le modèle d’aujourd’hui, recommencez.';

export interface Changement {
	/** The version of the model that was read. */
	version: number;
	/** What is done, in words: « Niveau “axe” modifié ». */
	libelle: string;
	/** Fields whose words are taken up in another, that has none yet. */
	conversions?: readonly Conversion[];
	/** What becomes of the nodes of a level that goes, by its id. */
	niveaux?: Readonly<Record<string, string>>;
	/** The same, for when this change is taken back. */
	retour?: Readonly<Record<string, string>>;
}

export interface Conversion {
	de: string;
	vers: string;
}

/** What takes a change of model back. */
interface Inverse {
	modele: Modele;
	/** The version that the change made: a later one keeps it from being taken back. */
	version: number;
	/** The level that nodes had, by their ids. */
	noeuds: Record<string, string>;
	/** What becomes of the nodes of levels: of those that this takes away, and of those that the change took away. */
	niveaux: Readonly<Record<string, string>>;
	aller: Readonly<Record<string, string>>;
	/** The form that fiches had, by their ids. */
	variantes: Record<string, string>;
}

/**
 * Changes the model of a pacte at any time: nothing that is written is lost, codes and pages follow, and one press takes it back. Fiches
 * have the containers of their new fields before anyone can see those fields.
 */
export async function changeModele(app: App, act: Acteur, asked: Modele, changement: Changement): Promise<Modele> {
	await requireDroit(app.db, act, DROIT_AU_MODELE);
	const { pacteId, by } = act;
	await app.collaboration.settle(pacteId);
	const { modele: present, version } = await readModele(app.db, pacteId);
	if (version !== changement.version) throw new DomainError('conflit', PERIME);
	const next = validModele(withWritten(tidied(asked), present, await readEmploi(app.db, pacteId, present)), present);
	const noeuds = await noeudsToRetag(app.db, pacteId, next, changement.niveaux ?? {});
	if (JSON.stringify(next) === JSON.stringify(present)) return present;

	const noms = await readNoms(app.db, pacteId);
	const prepare = () => prepareFiches(app, pacteId, present, next, changement.conversions ?? [], noms);
	await retag(app, act, noeuds);
	await prepare();
	await app.db.transaction().execute(async (trx) => {
		await beginAct(trx, act, DROIT_AU_MODELE);
		if ((await readModele(trx, pacteId)).version !== version) throw new DomainError('conflit', PERIME);
		await trx
			.updateTable('pactes')
			.set({ modele: JSON.stringify(next), modele_version: version + 1 })
			.where('id', '=', pacteId)
			.execute();
		const inverse: Inverse = {
			modele: present,
			version: version + 1,
			noeuds: Object.fromEntries(noeuds.map(({ id, avant }) => [id, avant])),
			niveaux: changement.retour ?? {},
			aller: changement.niveaux ?? {},
			variantes: await dropVariantes(trx, pacteId, next)
		};
		await trx
			.insertInto('operations')
			.values({
				id: newId(),
				pacte_id: pacteId,
				compte_id: by,
				acte: 'modele_change',
				libelle: changement.libelle,
				inverse: JSON.stringify(inverse),
				created_at: app.now(),
				annulee_at: null
			})
			.execute();
		const detail = { libelle: changement.libelle, version: version + 1 };
		await addJournalEntry(trx, { pacteId, compteId: by, acte: 'modele_change', detail, now: app.now() });
	});
	// What was born meanwhile, by the model of before.
	await retag(app, act, await noeudsToRetag(app.db, pacteId, next, changement.niveaux ?? {}).catch(() => []));
	await prepare();
	await follow(app, pacteId, present, next);
	return next;
}

/** Rows, and those who look, follow the model. */
async function follow(app: App, pacteId: string, before: Modele, after: Modele): Promise<void> {
	const same = (read: (modele: Modele) => unknown) => JSON.stringify(read(before)) === JSON.stringify(read(after));
	if (!same(({ niveaux }) => niveaux)) await app.collaboration.reproject(pacteId, ['orientations']);
	if (!same(allChamps)) await app.collaboration.reproject(pacteId, ['fiche']);
	app.collaboration.flux.publish(pacteId, { type: 'pacte' });
}

/** The last change of the model, while it can be taken back. */
export interface DernierChangement {
	id: string;
	libelle: string;
	at: number;
}

export async function lastChange(db: Queryable, pacteId: string): Promise<DernierChangement | null> {
	const { version } = await readModele(db, pacteId);
	const row = await db
		.selectFrom('operations')
		.select(['id', 'libelle', 'created_at', 'inverse'])
		.where('pacte_id', '=', pacteId)
		.where('acte', '=', 'modele_change')
		.where('annulee_at', 'is', null)
		.orderBy('created_at', 'desc')
		.orderBy('id')
		.execute();
	const last = row.find(({ inverse }) => (JSON.parse(inverse) as Inverse).version === version);
	return last ? { id: last.id, libelle: last.libelle, at: last.created_at } : null;
}

/** Puts the model back as it was before its last change; what was written since in its new fields is put aside with them. */
export async function undoModele(app: App, act: Acteur, operationId: string): Promise<string> {
	const row = await app.db
		.selectFrom('operations')
		.select(['inverse', 'libelle'])
		.where('id', '=', operationId)
		.where('pacte_id', '=', act.pacteId)
		.where('acte', '=', 'modele_change')
		.where('annulee_at', 'is', null)
		.executeTakeFirst();
	if (!row) throw new DomainError('conflit', 'Ce changement est déjà annulé. La page montre le modèle d’aujourd’hui.');
	const { modele, version, noeuds, niveaux, aller, variantes } = JSON.parse(row.inverse) as Inverse;
	const libelle = `Annulation\u00a0: ${row.libelle}`;
	const next = await changeModele(app, act, modele, { version, libelle, niveaux, retour: aller });
	const name = documentName('orientations', act.pacteId);
	if (Object.keys(noeuds).length > 0) await app.collaboration.edit(name, (doc) => setNiveaux(doc, noeuds), act.by);
	await app.db.transaction().execute(async (trx) => {
		for (const [id, variante] of Object.entries(variantes))
			if (next.variantes?.some((each) => each.id === variante))
				await trx
					.updateTable('fiches')
					.set({ variante })
					.where('id', '=', id)
					.where('pacte_id', '=', act.pacteId)
					.where('variante', 'is', null)
					.execute();
		await trx.updateTable('operations').set({ annulee_at: app.now() }).where('id', '=', operationId).execute();
	});
	await app.collaboration.settle(act.pacteId);
	app.collaboration.flux.publish(act.pacteId, { type: 'pacte' });
	return row.libelle;
}

export async function readModele(db: Queryable, pacteId: string): Promise<{ modele: Modele; version: number }> {
	const row = await db
		.selectFrom('pactes')
		.select(['modele', 'modele_version'])
		.where('id', '=', pacteId)
		.executeTakeFirstOrThrow();
	return { modele: JSON.parse(row.modele) as Modele, version: row.modele_version };
}

/** Where something is written, in all the fiches of a pacte. */
export async function readEmploi(db: Queryable, pacteId: string, modele: Modele): Promise<Emploi> {
	return emploiOf(modele, (await readFiches(db, pacteId, modele)).values());
}

function validModele(modele: Modele, present: Modele): Modele {
	const fault = faultOf(modele);
	if (fault !== '') throw new DomainError('invalide', fault);
	const changed = allChamps(modele).find(({ id, type }) => (champOf(present, id)?.type ?? type) !== type);
	if (changed)
		throw new DomainError(
			'invalide',
			`Le champ «\u00a0${changed.etiquette}\u00a0» garde son type\u00a0: pour en changer, mettez-le de côté et créez-en un autre.`
		);
	try {
		return modeleAt(modele, 'modele');
	} catch (error) {
		if (!(error instanceof ArchiveError)) throw error;
		throw new DomainError('invalide', error.message.replace(/^Ce fichier ne peut pas être repris\. /, ''));
	}
}

interface NoeudToRetag {
	id: string;
	avant: string;
	apres: string;
}

/** The nodes whose level the model has no more, with the one that they take; refused when it is not said. */
async function noeudsToRetag(
	db: Queryable,
	pacteId: string,
	next: Modele,
	niveaux: Readonly<Record<string, string>>
): Promise<NoeudToRetag[]> {
	const rows = await db.selectFrom('noeuds').select(['id', 'niveau']).where('pacte_id', '=', pacteId).execute();
	const homeless = rows.filter(({ niveau }) => !niveauOf(next, niveau));
	return homeless.map(({ id, niveau }) => {
		const apres = niveaux[niveau] ?? '';
		if (!niveauOf(next, apres))
			throw new DomainError(
				'conflit',
				`${counted(homeless.length, 'élément')} de l’arbre ${homeless.length > 1 ? 'sont' : 'est'} encore de ce niveau\u00a0: choisissez ce qu’ils deviennent.`
			);
		return { id, avant: niveau, apres };
	});
}

async function retag(app: App, { pacteId, by }: Acteur, noeuds: readonly NoeudToRetag[]): Promise<void> {
	if (noeuds.length === 0) return;
	const niveaux = Object.fromEntries(noeuds.map(({ id, apres }) => [id, apres]));
	await app.collaboration.edit(documentName('orientations', pacteId), (doc) => setNiveaux(doc, niveaux), by);
}

/** Fiches whose form is gone have that of the others; gives what they had. */
async function dropVariantes(
	trx: Transaction<Schema>,
	pacteId: string,
	{ variantes = [] }: Modele
): Promise<Record<string, string>> {
	const rows = await trx
		.selectFrom('fiches')
		.select(['id', 'variante'])
		.where('pacte_id', '=', pacteId)
		.where('variante', 'is not', null)
		.execute();
	const gone = rows.filter(({ variante }) => !variantes.some(({ id }) => id === variante));
	for (const { id } of gone) await trx.updateTable('fiches').set({ variante: null }).where('id', '=', id).execute();
	return Object.fromEntries(gone.map(({ id, variante }) => [id, variante as string]));
}

/** Gives each fiche the containers that it lacks; those of a conversion are born with what the other field says at that moment. */
async function prepareFiches(
	app: App,
	pacteId: string,
	before: Modele,
	after: Modele,
	conversions: readonly Conversion[],
	noms: Noms
): Promise<void> {
	if (JSON.stringify(allChamps(before)) === JSON.stringify(allChamps(after))) return;
	const news = allChamps(after).filter(({ id }) => !champOf(before, id));
	const fiches = await app.db.selectFrom('fiches').select('id').where('pacte_id', '=', pacteId).execute();
	for (const { id } of fiches)
		await app.collaboration.edit(
			documentName('fiche', id),
			(doc) => prepareFiche(doc, { champs: allChamps(after) }, convertedIn(doc, before, news, conversions, noms)),
			null
		);
}

function convertedIn(
	doc: FicheDoc & Y.Doc,
	before: Modele,
	news: readonly Champ[],
	conversions: readonly Conversion[],
	noms: Noms
) {
	return Object.fromEntries(
		conversions.flatMap(({ de, vers }) => {
			const [ancien, nouveau] = [champOf(before, de), news.find(({ id }) => id === vers)];
			if (!ancien || !nouveau || !champsOf(doc).has(de)) return [];
			return [[vers, convertValeur(ancien, readChamp(doc, ancien), nouveau, noms)]];
		})
	);
}

export async function readNoms(db: Queryable, pacteId: string): Promise<Noms> {
	const organismes = await db.selectFrom('organismes').select(['id', 'nom']).where('pacte_id', '=', pacteId).execute();
	const alias = await db
		.selectFrom('organisme_alias')
		.select(['organisme_id as id', 'nom'])
		.where('pacte_id', '=', pacteId)
		.execute();
	const schemas = (await listSchemas(db, pacteId)).map(({ id, intitule }) => ({ id, nom: intitule }));
	const names = new Map([...organismes, ...schemas].map(({ id, nom }) => [id, nom]));
	const byName = (list: readonly { id: string; nom: string }[]) => {
		const ids = new Map(list.map(({ id, nom }) => [foldNom(nom), id]));
		return (nom: string) => ids.get(foldNom(nom));
	};
	return { nomOf: (id) => names.get(id), organisme: byName([...alias, ...organismes]), schema: byName(schemas) };
}

/** What a change of model would do, before it is done. */
export interface Prevision {
	/** The codes that would change, in the order of reading. */
	codes: { titre: string; avant: string; apres: string }[];
	/** For each conversion: how many fiches say something, and in how many all of it is taken up. */
	conversions: { ecrites: number; entieres: number }[];
}

export async function previewModele(
	app: App,
	pacteId: string,
	present: Modele,
	asked: Modele,
	{ conversions = [], niveaux = {} }: Pick<Changement, 'conversions' | 'niveaux'>
): Promise<Prevision> {
	await app.collaboration.settle(pacteId);
	const noeuds = await listNoeuds(app.db, pacteId);
	const retagged = noeuds.map((noeud) => ({ ...noeud, niveau: niveaux[noeud.niveau] ?? noeud.niveau }));
	const after = codesOf(arbreFromRows(retagged), asked);
	const fiches = [...(await readFiches(app.db, pacteId, present)).values()];
	const noms = await readNoms(app.db, pacteId);
	return {
		codes: noeuds
			.map(({ id, titre, code }) => ({ titre, avant: code, apres: after.get(id) ?? '' }))
			.filter(({ avant, apres }) => avant !== apres),
		conversions: conversions.map(({ de, vers }) => {
			const [ancien, nouveau] = [champOf(present, de), champOf(asked, vers)];
			if (!ancien || !nouveau) return { ecrites: 0, entieres: 0 };
			const written = fiches.map((valeurs) => valeurs[de]).filter((valeur) => valeur && isWritten(valeur));
			const whole = written.filter(
				(valeur) => valeur && isWhole(ancien, valeur, nouveau, convertValeur(ancien, valeur, nouveau, noms), noms)
			);
			return { ecrites: written.length, entieres: whole.length };
		})
	};
}
