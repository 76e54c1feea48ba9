import type { Transaction } from 'kysely';
import {
	NIVEAUX_INSTANCE,
	PERIODES,
	PORTEES_INSTANCE,
	type Instance,
	type Invitation,
	type NiveauInstance,
	type PeriodeFrequence,
	type PorteeInstance
} from '#lib/gouvernance/instance.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import { DomainError } from '../errors.ts';
import { newId } from '../ids.ts';
import { changePartie, filledLine, knownOrganismes, lineOf, movedIds, type PartieAct } from '../parties/change.ts';

/** What a form says of an instance. Members are ids of organismes. */
export interface InstanceSaisie {
	nom: string;
	type: string;
	portee: PorteeInstance;
	niveau: NiveauInstance;
	objet: string;
	presidence: string;
	frequence: { nombre: number; periode: PeriodeFrequence } | null;
	frequenceTexte: string;
	roles: string[];
	membres: string[];
	composition: string;
	invites: Invitation[];
	territoires: string[];
}

export type InstanceAct = PartieAct & { instanceId: string };

/** The instances of a pacte, in their order. */
export async function listInstances(db: Queryable, pacteId: string): Promise<Instance[]> {
	const rows = await db
		.selectFrom('instances')
		.selectAll()
		.where('pacte_id', '=', pacteId)
		.orderBy('rang')
		.orderBy('id')
		.execute();
	const lines = (table: 'instance_roles' | 'instance_territoires') =>
		db
			.selectFrom(table)
			.innerJoin('instances', 'instances.id', `${table}.instance_id`)
			.select(['instance_id', `${table}.texte`])
			.where('pacte_id', '=', pacteId)
			.orderBy(`${table}.rang`)
			.execute();
	const roles = Map.groupBy(await lines('instance_roles'), ({ instance_id }) => instance_id);
	const territoires = Map.groupBy(await lines('instance_territoires'), ({ instance_id }) => instance_id);
	const invites = Map.groupBy(
		await db
			.selectFrom('instance_invites')
			.innerJoin('instances', 'instances.id', 'instance_id')
			.select(['instance_id', 'theme', 'invites'])
			.where('pacte_id', '=', pacteId)
			.orderBy('instance_invites.rang')
			.execute(),
		({ instance_id }) => instance_id
	);
	const membres = Map.groupBy(
		await db
			.selectFrom('instance_membres')
			.innerJoin('organismes', 'organismes.id', 'organisme_id')
			.select(['instance_id', 'organismes.id', 'nom'])
			.where('pacte_id', '=', pacteId)
			.orderBy('instance_membres.rang')
			.execute(),
		({ instance_id }) => instance_id
	);
	return rows.map(({ id, nom, type, portee, niveau, objet, presidence, composition, ...row }) => ({
		id,
		nom,
		type,
		portee,
		niveau,
		objet,
		presidence,
		frequence: row.frequence_nombre === null ? null : { nombre: row.frequence_nombre, periode: row.frequence_periode },
		frequenceTexte: row.frequence_texte,
		roles: (roles.get(id) ?? []).map(({ texte }) => texte),
		membres: (membres.get(id) ?? []).map((membre) => ({ id: membre.id, nom: membre.nom })),
		composition,
		invites: (invites.get(id) ?? []).map(({ theme, invites: who }) => ({ theme, invites: who })),
		territoires: (territoires.get(id) ?? []).map(({ texte }) => texte)
	}));
}

/** Adds an instance, last; gives its id. */
export function addInstance(app: App, act: PartieAct, saisie: InstanceSaisie): Promise<string> {
	return changePartie(app, act, async (trx) => {
		const id = await insertInstance(trx, act.pacteId, saisie);
		return { result: id, acte: 'instance_ajoutee', detail: { instance: id, nom: saisie.nom } };
	});
}

async function insertInstance(trx: Transaction<Schema>, pacteId: string, saisie: InstanceSaisie): Promise<string> {
	const { last } = await trx
		.selectFrom('instances')
		.select((eb) => eb.fn.max('rang').as('last'))
		.where('pacte_id', '=', pacteId)
		.executeTakeFirstOrThrow();
	const id = newId();
	const rang = Number(last ?? -1) + 1;
	await trx
		.insertInto('instances')
		.values({ id, pacte_id: pacteId, rang, ...rowOf(saisie) })
		.execute();
	await writeLists(trx, pacteId, id, saisie);
	return id;
}

function rowOf(saisie: InstanceSaisie) {
	const { portee, niveau, frequence } = saisie;
	if (!PORTEES_INSTANCE.includes(portee) || !NIVEAUX_INSTANCE.includes(niveau))
		throw new DomainError('invalide', 'Choisissez la portée et le niveau de l’instance dans les listes.');
	return {
		nom: filledLine(saisie.nom, 'Donnez un nom à l’instance.'),
		type: lineOf(saisie.type),
		portee,
		niveau,
		objet: lineOf(saisie.objet),
		presidence: lineOf(saisie.presidence),
		frequence_nombre: checkedFrequence(frequence)?.nombre ?? null,
		frequence_periode: frequence?.periode ?? 'an',
		frequence_texte: lineOf(saisie.frequenceTexte),
		composition: lineOf(saisie.composition)
	};
}

function checkedFrequence(frequence: InstanceSaisie['frequence']): InstanceSaisie['frequence'] {
	if (frequence === null) return null;
	const { nombre, periode } = frequence;
	if (!Number.isInteger(nombre) || nombre < 1 || nombre > 366 || !PERIODES.includes(periode))
		throw new DomainError(
			'invalide',
			'La fréquence minimale est un nombre entier de réunions, au moins 1. Sans minimum, laissez le champ vide.'
		);
	return frequence;
}

async function writeLists(trx: Transaction<Schema>, pacteId: string, instance_id: string, saisie: InstanceSaisie) {
	for (const table of ['instance_roles', 'instance_territoires', 'instance_invites', 'instance_membres'] as const)
		await trx.deleteFrom(table).where('instance_id', '=', instance_id).execute();
	const textes = (lines: string[]) =>
		lines
			.map(lineOf)
			.filter(Boolean)
			.map((texte, rang) => ({ instance_id, rang, texte }));
	const roles = textes(saisie.roles);
	const territoires = textes(saisie.territoires);
	const membres = await knownOrganismes(trx, pacteId, saisie.membres);
	const invites = saisie.invites.map(({ theme, invites: who }, rang) => ({
		instance_id,
		rang,
		theme: lineOf(theme),
		invites: lineOf(who)
	}));
	if (roles.length > 0) await trx.insertInto('instance_roles').values(roles).execute();
	if (territoires.length > 0) await trx.insertInto('instance_territoires').values(territoires).execute();
	if (invites.length > 0) await trx.insertInto('instance_invites').values(invites).execute();
	for (const [rang, organisme_id] of membres.entries())
		await trx.insertInto('instance_membres').values({ instance_id, rang, organisme_id }).execute();
}

export function changeInstance(app: App, act: InstanceAct, saisie: InstanceSaisie): Promise<void> {
	return changePartie(app, act, async (trx) => {
		await requireInstance(trx, act);
		await trx.updateTable('instances').set(rowOf(saisie)).where('id', '=', act.instanceId).execute();
		await writeLists(trx, act.pacteId, act.instanceId, saisie);
		const detail = { instance: act.instanceId, nom: saisie.nom };
		return { result: undefined, acte: 'instance_modifiee', detail };
	});
}

export function removeInstance(app: App, act: InstanceAct): Promise<string> {
	return changePartie(app, act, async (trx) => {
		const { nom } = await requireInstance(trx, act);
		await trx.deleteFrom('instances').where('id', '=', act.instanceId).execute();
		return { result: nom, acte: 'instance_retiree', detail: { instance: act.instanceId, nom } };
	});
}

/** One place up or down; at the edge nothing moves. */
export function moveInstance(app: App, act: InstanceAct, way: -1 | 1): Promise<void> {
	return changePartie(app, act, async (trx) => {
		await requireInstance(trx, act);
		const ids = (await listInstances(trx, act.pacteId)).map(({ id }) => id);
		for (const [rang, id] of (movedIds(ids, act.instanceId, way) ?? []).entries())
			await trx.updateTable('instances').set({ rang }).where('id', '=', id).execute();
		return { result: undefined, acte: 'instance_deplacee', detail: { instance: act.instanceId } };
	});
}

/** Makes an instance of each of its territories, in its place, when they come to differ. Gives how many. */
export function splitByTerritoire(app: App, act: InstanceAct): Promise<number> {
	return changePartie(app, act, async (trx) => {
		const instances = await listInstances(trx, act.pacteId);
		const source = instances.find(({ id }) => id === act.instanceId);
		if (!source) throw new DomainError('introuvable', INSTANCE_ABSENTE);
		if (source.territoires.length === 0)
			throw new DomainError('conflit', 'Cette instance n’a pas de territoire : indiquez-les d’abord, un par ligne.');
		const born: string[] = [];
		for (const territoire of source.territoires) {
			const saisie = { ...source, membres: source.membres.map(({ id }) => id) };
			const own = { ...saisie, nom: `${source.nom} — ${territoire}`, territoires: [territoire] };
			born.push(await insertInstance(trx, act.pacteId, own));
		}
		await trx.deleteFrom('instances').where('id', '=', source.id).execute();
		const order = instances.flatMap(({ id }) => (id === source.id ? born : [id]));
		for (const [rang, id] of order.entries())
			await trx.updateTable('instances').set({ rang }).where('id', '=', id).execute();
		return { result: born.length, acte: 'instance_repetee', detail: { nom: source.nom, nombre: born.length } };
	});
}

const INSTANCE_ABSENTE = 'Cette instance n’existe pas, ou n’existe plus.';

async function requireInstance(trx: Queryable, { pacteId, instanceId }: InstanceAct): Promise<{ nom: string }> {
	const row = await trx
		.selectFrom('instances')
		.select('nom')
		.where('id', '=', instanceId)
		.where('pacte_id', '=', pacteId)
		.executeTakeFirst();
	if (!row) throw new DomainError('introuvable', INSTANCE_ABSENTE);
	return row;
}
