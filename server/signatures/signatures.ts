import { canManageSignatures } from '#lib/documents/rights.ts';
import { dayInWords } from '#lib/format.ts';
import { ecartsOf, STATUTS, type Ecarts, type Signataire, type StatutSignature } from '#lib/signatures/signature.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import { DomainError } from '../errors.ts';
import { newId } from '../ids.ts';
import { changePartie, lineOf, movedIds, organismeNamed, type PartieAct } from '../parties/change.ts';

export type SignataireAct = PartieAct & { signataireId: string };

/** The signatories of a pacte, in the order in which they are printed. */
export async function listSignataires(db: Queryable, pacteId: string): Promise<Signataire[]> {
	const rows = await db
		.selectFrom('signataires')
		.innerJoin('organismes', 'organismes.id', 'organisme_id')
		.select([
			'signataires.id',
			'organisme_id',
			'organismes.nom',
			'personne',
			'fonction',
			'statut',
			'date',
			'signataires.instance'
		])
		.where('signataires.pacte_id', '=', pacteId)
		.orderBy('signataires.rang')
		.execute();
	return rows.map(({ organisme_id, nom, ...row }) => ({ ...row, organisme: { id: organisme_id, nom } }));
}

/** Those who may change a signatory: the équipe projet, and whoever acts for that organisme. */
export async function ownOrganisme(db: Queryable, pacteId: string, compteId: string): Promise<string | null> {
	const row = await db
		.selectFrom('participations')
		.select('organisme_id')
		.where('pacte_id', '=', pacteId)
		.where('compte_id', '=', compteId)
		.executeTakeFirst();
	return row?.organisme_id ?? null;
}

export interface NewSignataire {
	/** The organisme, by its name; made when the pacte has none of that name. */
	organisme: string;
	personne: string;
	fonction: string;
}

/** Adds a signatory, last. One organisme signs once. */
export function addSignataire(app: App, act: PartieAct, saisie: NewSignataire): Promise<string> {
	return changePartie(
		app,
		act,
		async (trx) => {
			const organisme_id = await organismeNamed(trx, act.pacteId, saisie.organisme);
			if (organisme_id === null) throw new DomainError('invalide', 'Indiquez l’organisme qui signe.');
			const signataires = await listSignataires(trx, act.pacteId);
			const same = signataires.find(({ organisme }) => organisme.id === organisme_id);
			if (same) throw new DomainError('conflit', `${same.organisme.nom} est déjà dans la liste des signataires.`);
			const { last } = await trx
				.selectFrom('signataires')
				.select((eb) => eb.fn.max('rang').as('last'))
				.where('pacte_id', '=', act.pacteId)
				.executeTakeFirstOrThrow();
			const id = newId();
			await trx
				.insertInto('signataires')
				.values({
					id,
					pacte_id: act.pacteId,
					rang: Number(last ?? -1) + 1,
					organisme_id,
					personne: lineOf(saisie.personne),
					fonction: lineOf(saisie.fonction)
				})
				.execute();
			return { result: id, acte: 'signataire_ajoute', detail: { signataire: id, organisme: organisme_id } };
		},
		canManageSignatures
	);
}

export interface SignataireChange {
	personne: string;
	fonction: string;
	statut: StatutSignature;
	date: string;
	instance: string;
}

/** Who signs for an organisme, and where it stands. */
export function changeSignataire(app: App, act: SignataireAct, change: SignataireChange): Promise<void> {
	return changePartie(
		app,
		act,
		async (trx) => {
			await requireSignataire(trx, act);
			if (!STATUTS.includes(change.statut)) throw new DomainError('invalide', 'Choisissez un statut dans la liste.');
			if (change.date !== '' && dayInWords(change.date) === '')
				throw new DomainError('invalide', 'Cette date n’existe pas : écrivez le jour, le mois et l’année.');
			if (change.statut === 'signe' && change.date === '')
				throw new DomainError('invalide', 'Indiquez le jour de la signature.');
			const row = {
				personne: lineOf(change.personne),
				fonction: lineOf(change.fonction),
				statut: change.statut,
				date: change.date,
				instance: lineOf(change.instance)
			};
			await trx.updateTable('signataires').set(row).where('id', '=', act.signataireId).execute();
			const detail = { signataire: act.signataireId, statut: row.statut, date: row.date };
			return { result: undefined, acte: 'signataire_modifie', detail };
		},
		async (role, trx) => {
			if (canManageSignatures(role)) return true;
			const own = await ownOrganisme(trx, act.pacteId, act.by);
			const { organisme_id } = await requireSignataire(trx, act);
			return role === 'partenaire' && own === organisme_id;
		}
	);
}

export function removeSignataire(app: App, act: SignataireAct): Promise<void> {
	return changePartie(
		app,
		act,
		async (trx) => {
			const { organisme_id } = await requireSignataire(trx, act);
			await trx.deleteFrom('signataires').where('id', '=', act.signataireId).execute();
			return { result: undefined, acte: 'signataire_retire', detail: { organisme: organisme_id } };
		},
		canManageSignatures
	);
}

/** One place up or down; at the edge nothing moves. */
export function moveSignataire(app: App, act: SignataireAct, way: -1 | 1): Promise<void> {
	return changePartie(
		app,
		act,
		async (trx) => {
			await requireSignataire(trx, act);
			const ids = (await listSignataires(trx, act.pacteId)).map(({ id }) => id);
			const moved = movedIds(ids, act.signataireId, way) ?? [];
			// The ranks are unique: all leave their places before they take the new ones.
			await trx
				.updateTable('signataires')
				.set((eb) => ({ rang: eb('rang', '+', 1_000_000) }))
				.where('pacte_id', '=', act.pacteId)
				.execute();
			for (const [rang, id] of (moved.length > 0 ? moved : ids).entries())
				await trx.updateTable('signataires').set({ rang }).where('id', '=', id).execute();
			return { result: undefined, acte: 'signataire_deplace', detail: { signataire: act.signataireId } };
		},
		canManageSignatures
	);
}

const ABSENT = 'Ce signataire n’est plus dans la liste.';

async function requireSignataire(trx: Queryable, { pacteId, signataireId }: SignataireAct) {
	const row = await trx
		.selectFrom('signataires')
		.select('organisme_id')
		.where('id', '=', signataireId)
		.where('pacte_id', '=', pacteId)
		.executeTakeFirst();
	if (!row) throw new DomainError('introuvable', ABSENT);
	return row;
}

/** Who signs without a text, has a text without signing, or is only named in fiches: names, in the order of the pacte. */
export async function readEcarts(db: Queryable, pacteId: string): Promise<Ecarts> {
	const organismes = await db
		.selectFrom('organismes')
		.select(['id', 'nom'])
		.where('pacte_id', '=', pacteId)
		.orderBy('rang')
		.execute();
	const signataires = await db
		.selectFrom('signataires')
		.select('organisme_id as id')
		.where('pacte_id', '=', pacteId)
		.execute();
	const mobilises = await db
		.selectFrom('fiche_organismes')
		.select('organisme_id as id')
		.distinct()
		.where('pacte_id', '=', pacteId)
		.execute();
	const ids = (rows: readonly { id: string }[]) => new Set(rows.map(({ id }) => id));
	const ecarts = ecartsOf(
		organismes.map(({ id }) => id),
		{ signent: ids(signataires), ecrivent: await whoWrites(db, pacteId), mobilises: ids(mobilises) }
	);
	const nomOf = new Map(organismes.map(({ id, nom }) => [id, nom]));
	const named = (list: string[]) => list.map((id) => nomOf.get(id) ?? '');
	return {
		signentSansTexte: named(ecarts.signentSansTexte),
		texteSansSignature: named(ecarts.texteSansSignature),
		mobilisesSeulement: named(ecarts.mobilisesSeulement)
	};
}

/** The organismes that have words or engagements of their own in the plan. */
async function whoWrites(db: Queryable, pacteId: string): Promise<Set<string>> {
	const sections = await db
		.selectFrom('sections')
		.leftJoin('section_textes', 'section_textes.section_id', 'sections.id')
		.leftJoin('section_porteurs', 'section_porteurs.section_id', 'sections.id')
		.select((eb) => [
			'sections.organisme_id',
			'section_porteurs.organisme_id as porteur',
			'mots',
			eb.exists(eb.selectFrom('section_champs').select('ordre').whereRef('section_id', '=', 'sections.id')).as('cadre')
		])
		.where('sections.pacte_id', '=', pacteId)
		.where('genre', 'in', ['parole', 'engagement'])
		.where('retiree_at', 'is', null)
		.execute();
	return new Set(
		sections
			.filter(({ mots, cadre }) => (mots ?? 0) > 0 || Boolean(cadre))
			.flatMap(({ organisme_id, porteur }) => [organisme_id, porteur].filter((id) => id !== null))
	);
}
