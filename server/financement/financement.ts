import type { Transaction } from 'kysely';
import type { Financement } from '#lib/financement/financement.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import { DomainError } from '../errors.ts';
import { newId } from '../ids.ts';
import { changePartie, filledLine, lineOf, organismeNamed, type PartieAct } from '../parties/change.ts';

/** The money of a pacte: its enveloppes, what the FSE pays for, who manages it. */
export async function readFinancement(db: Queryable, pacteId: string): Promise<Financement> {
	const enveloppes = await db
		.selectFrom('enveloppes')
		.selectAll()
		.where('pacte_id', '=', pacteId)
		.orderBy('rang')
		.orderBy('id')
		.execute();
	const orientations = await db
		.selectFrom('fse_orientations')
		.selectAll()
		.where('pacte_id', '=', pacteId)
		.orderBy('rang')
		.orderBy('id')
		.execute();
	const axes = await db
		.selectFrom('fse_axes')
		.innerJoin('fse_orientations', 'fse_orientations.id', 'orientation_id')
		.innerJoin('noeuds', (join) =>
			join.onRef('noeuds.id', '=', 'noeud_id').onRef('noeuds.pacte_id', '=', 'fse_orientations.pacte_id')
		)
		.select(['orientation_id', 'noeuds.id', 'code', 'titre'])
		.where('fse_orientations.pacte_id', '=', pacteId)
		.orderBy('noeuds.ordre')
		.execute();
	const dispositifs = await db
		.selectFrom('fse_dispositifs')
		.innerJoin('fse_orientations', 'fse_orientations.id', 'orientation_id')
		.leftJoin('organismes', 'organismes.id', 'organisme_id')
		.select(['fse_dispositifs.id', 'orientation_id', 'fse_dispositifs.libelle', 'mention', 'organisme_id', 'nom'])
		.where('fse_orientations.pacte_id', '=', pacteId)
		.orderBy('fse_dispositifs.rang')
		.orderBy('fse_dispositifs.id')
		.execute();
	const intermediaires = await db
		.selectFrom('intermediaires')
		.innerJoin('organismes', 'organismes.id', 'organisme_id')
		.select(['organismes.id', 'nom', 'perimetre'])
		.where('intermediaires.pacte_id', '=', pacteId)
		.orderBy('intermediaires.rang')
		.execute();
	return {
		enveloppes: enveloppes.map(({ id, libelle, montant, part_fse, debut, fin, exclusions }) => ({
			id,
			libelle,
			montant,
			partFse: part_fse,
			debut,
			fin,
			exclusions
		})),
		orientations: orientations.map(({ id, libelle }) => ({
			id,
			libelle,
			axes: axes
				.filter((axe) => axe.orientation_id === id)
				.map(({ id: noeud, code, titre }) => ({ id: noeud, code, titre })),
			dispositifs: dispositifs
				.filter((dispositif) => dispositif.orientation_id === id)
				.map(({ organisme_id, nom, ...dispositif }) => ({
					id: dispositif.id,
					libelle: dispositif.libelle,
					mention: dispositif.mention,
					operateur: organisme_id === null ? null : { id: organisme_id, nom: nom ?? '' }
				}))
		})),
		intermediaires: intermediaires.map(({ perimetre, ...organisme }) => ({ organisme, perimetre }))
	};
}

export interface EnveloppeSaisie {
	/** Empty: a new one. */
	id: string;
	libelle: string;
	/** In cents; undefined: what was typed cannot be read. */
	montant: number | null | undefined;
	partFse: number | null | undefined;
	debut: string;
	fin: string;
	exclusions: string;
}

export function saveEnveloppe(app: App, act: PartieAct, saisie: EnveloppeSaisie): Promise<string> {
	return changePartie(app, act, async (trx) => {
		const row = enveloppeRow(saisie);
		const id = saisie.id || newId();
		if (saisie.id === '') {
			const rang = await nextRang(trx, 'enveloppes', act.pacteId);
			await trx
				.insertInto('enveloppes')
				.values({ id, pacte_id: act.pacteId, rang, ...row })
				.execute();
		} else {
			const { numUpdatedRows } = await trx
				.updateTable('enveloppes')
				.set(row)
				.where('id', '=', id)
				.where('pacte_id', '=', act.pacteId)
				.executeTakeFirst();
			if (Number(numUpdatedRows) === 0) throw new DomainError('introuvable', ABSENTE);
		}
		return { result: id, acte: 'financement_modifie', detail: { enveloppe: id, libelle: row.libelle } };
	});
}

const ABSENTE = 'Cette ligne n’existe pas, ou n’existe plus.';

function enveloppeRow({ libelle, montant, partFse, debut, fin, exclusions }: EnveloppeSaisie) {
	if (montant === undefined || partFse === undefined)
		throw new DomainError(
			'invalide',
			'Écrivez le montant en chiffres, par exemple « 4 624 000 € », ou laissez-le vide.'
		);
	if (montant !== null && partFse !== null && partFse > montant)
		throw new DomainError('invalide', 'La part du FSE dépasse l’enveloppe : vérifiez les deux montants.');
	const [from, to] = [yearOf(debut), yearOf(fin)];
	if (from !== null && to !== null && to < from)
		throw new DomainError('invalide', 'La fin de la période précède son début : vérifiez les deux années.');
	return {
		libelle: filledLine(libelle, 'Donnez un nom à l’enveloppe.'),
		montant,
		part_fse: partFse,
		debut: from,
		fin: to,
		exclusions: lineOf(exclusions)
	};
}

function yearOf(text: string): number | null {
	const clean = text.trim();
	if (clean === '') return null;
	const year = Number(clean);
	if (!/^\d{4}$/.test(clean) || year < 1900 || year > 2200)
		throw new DomainError('invalide', 'Écrivez les années en quatre chiffres, par exemple 2027.');
	return year;
}

async function nextRang(trx: Transaction<Schema>, table: 'enveloppes' | 'fse_orientations', pacteId: string) {
	const { last } = await trx
		.selectFrom(table)
		.select((eb) => eb.fn.max('rang').as('last'))
		.where('pacte_id', '=', pacteId)
		.executeTakeFirstOrThrow();
	return Number(last ?? -1) + 1;
}

export interface DispositifSaisi {
	libelle: string;
	mention: string;
	/** The opérateur, by its name; may be empty. */
	operateur: string;
}

export interface OrientationSaisie {
	id: string;
	libelle: string;
	/** Ids of nodes. */
	axes: string[];
	dispositifs: DispositifSaisi[];
}

/** Writes an FSE orientation with all its dispositifs. */
export function saveOrientationFse(app: App, act: PartieAct, saisie: OrientationSaisie): Promise<string> {
	return changePartie(app, act, async (trx) => {
		const libelle = filledLine(saisie.libelle, 'Donnez un nom à l’orientation.');
		const id = saisie.id || newId();
		if (saisie.id === '') {
			const rang = await nextRang(trx, 'fse_orientations', act.pacteId);
			await trx.insertInto('fse_orientations').values({ id, pacte_id: act.pacteId, rang, libelle }).execute();
		} else {
			const { numUpdatedRows } = await trx
				.updateTable('fse_orientations')
				.set({ libelle })
				.where('id', '=', id)
				.where('pacte_id', '=', act.pacteId)
				.executeTakeFirst();
			if (Number(numUpdatedRows) === 0) throw new DomainError('introuvable', ABSENTE);
		}
		await writeAxes(trx, act.pacteId, id, saisie.axes);
		await writeDispositifs(trx, act.pacteId, id, saisie.dispositifs);
		return { result: id, acte: 'financement_modifie', detail: { orientation: id, libelle } };
	});
}

async function writeAxes(trx: Transaction<Schema>, pacteId: string, orientation_id: string, axes: readonly string[]) {
	await trx.deleteFrom('fse_axes').where('orientation_id', '=', orientation_id).execute();
	const known = await trx.selectFrom('noeuds').select('id').where('pacte_id', '=', pacteId).execute();
	for (const { id: noeud_id } of known)
		if (axes.includes(noeud_id)) await trx.insertInto('fse_axes').values({ orientation_id, noeud_id }).execute();
}

async function writeDispositifs(
	trx: Transaction<Schema>,
	pacteId: string,
	orientation_id: string,
	dispositifs: readonly DispositifSaisi[]
) {
	await trx.deleteFrom('fse_dispositifs').where('orientation_id', '=', orientation_id).execute();
	for (const [rang, { libelle, mention, operateur }] of dispositifs.entries())
		await trx
			.insertInto('fse_dispositifs')
			.values({
				id: newId(),
				orientation_id,
				rang,
				libelle: lineOf(libelle),
				mention: lineOf(mention),
				organisme_id: await organismeNamed(trx, pacteId, operateur)
			})
			.execute();
}

/** Who manages FSE credits for others: a name a line, and what it manages. Replaces the list. */
export function saveIntermediaires(
	app: App,
	act: PartieAct,
	lines: readonly { nom: string; perimetre: string }[]
): Promise<void> {
	return changePartie(app, act, async (trx) => {
		await trx.deleteFrom('intermediaires').where('pacte_id', '=', act.pacteId).execute();
		const seen = new Set<string>();
		for (const { nom, perimetre } of lines) {
			const organisme_id = await organismeNamed(trx, act.pacteId, nom);
			if (organisme_id === null || seen.has(organisme_id)) continue;
			await trx
				.insertInto('intermediaires')
				.values({ pacte_id: act.pacteId, rang: seen.size, organisme_id, perimetre: lineOf(perimetre) })
				.execute();
			seen.add(organisme_id);
		}
		return { result: undefined, acte: 'financement_modifie', detail: { intermediaires: seen.size } };
	});
}

export function removeFinancement(
	app: App,
	act: PartieAct,
	table: 'enveloppes' | 'fse_orientations',
	id: string
): Promise<string> {
	return changePartie(app, act, async (trx) => {
		const row = await trx
			.selectFrom(table)
			.select('libelle')
			.where('id', '=', id)
			.where('pacte_id', '=', act.pacteId)
			.executeTakeFirst();
		if (!row) throw new DomainError('introuvable', ABSENTE);
		await trx.deleteFrom(table).where('id', '=', id).execute();
		return { result: row.libelle, acte: 'financement_modifie', detail: { retire: row.libelle } };
	});
}
