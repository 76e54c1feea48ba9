import { createHash } from 'node:crypto';
import type { Transaction } from 'kysely';
import { PACTE_ABSENT } from '#lib/comptes/textes.ts';
import { canAddImages } from '#lib/documents/rights.ts';
import type { Prose } from '#lib/editor/prose.ts';
import {
	adresseDePiece,
	JOURS_SANS_EMPLOI,
	type PieceAjoutee,
	type PieceArchive,
	type TypeDImage
} from '#lib/pieces/piece.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import { storable } from '../database/text.ts';
import { DomainError } from '../errors.ts';
import { newId } from '../ids.ts';
import { addJournalEntry } from '../journal/journal.ts';
import { miseEnPageFrom } from '../pactes/mise-en-page.ts';
import { roleOf } from '../pactes/pactes.ts';
import { readImage, type ImageLue } from './image-reader.ts';

export interface NewPiece {
	pacteId: string;
	/** The account that adds it. */
	by: string;
	/** As the person's own file is called. */
	nom: string;
	bytes: Uint8Array;
}

/**
 * Keeps an image of a pacte, in the database so that a backup holds it. The same image added twice is one.
 * All of a pacte's images stay below what its export can carry and an import take.
 */
export async function addPiece(app: App, { pacteId, by, nom, bytes }: NewPiece): Promise<PieceAjoutee> {
	const { db, config, collaboration, now } = app;
	await requireWriter(db, by, pacteId);
	const image = readImage(bytes);
	const sha256 = sha256Of(image.bytes);
	const piece = await db.transaction().execute(async (trx) => {
		await requireWriter(trx, by, pacteId);
		const known = await trx
			.selectFrom('pieces_jointes')
			.select(['id', 'largeur', 'hauteur'])
			.where('pacte_id', '=', pacteId)
			.where('sha256', '=', sha256)
			.executeTakeFirst();
		if (known) return known;
		await requireRoom(trx, pacteId, image.bytes.length, roomOf(config));
		const id = newId();
		const row = { id, pacteId, nom: shownName(nom), image, sha256, by, now: now() };
		await insertPiece(trx, { ...row, rang: await nextRang(trx, pacteId) });
		await addJournalEntry(trx, {
			pacteId,
			compteId: by,
			acte: 'image_ajoutee',
			detail: { id, nom: row.nom },
			now: row.now
		});
		return { id, largeur: image.largeur, hauteur: image.hauteur };
	});
	collaboration.flux.publish(pacteId, { type: 'sections' });
	return { ...piece, src: adresseDePiece(`/pactes/${pacteId}`, piece.id) };
}

async function requireWriter(db: Queryable, by: string, pacteId: string): Promise<void> {
	const role = await roleOf(db, by, pacteId);
	if (role === null) throw new DomainError('introuvable', PACTE_ABSENT);
	if (!canAddImages(role))
		throw new DomainError('interdit', 'Votre rôle ne permet pas d’ajouter des images à ce pacte.');
}

/** Bytes of all the images of a pacte: base64 in an export, with the texts, they still fit in what an import takes. */
function roomOf({ tailleMaximale }: App['config']): number {
	return Math.floor(tailleMaximale * 0.6);
}

async function requireRoom(trx: Transaction<Schema>, pacteId: string, octets: number, room: number): Promise<void> {
	const { used } = await trx
		.selectFrom('pieces_jointes')
		.select(({ fn }) => fn.sum<number | string | null>('octets').as('used'))
		.where('pacte_id', '=', pacteId)
		.executeTakeFirstOrThrow();
	if (Number(used ?? 0) + octets <= room) return;
	const megas = (bytes: number) => (bytes / 1024 / 1024).toFixed(1).replace('.', ',');
	throw new DomainError(
		'invalide',
		`Les images de ce pacte occupent ${megas(Number(used ?? 0))} Mo sur ${megas(room)} et celle-ci en ajoute ` +
			`${megas(octets)}. Réduisez-la, ou retirez des textes une image inutile\u00a0: sa place se libère après ` +
			`${JOURS_SANS_EMPLOI} jours.`
	);
}

function sha256Of(bytes: Uint8Array): string {
	return createHash('sha256').update(bytes).digest('hex');
}

/** A file's name without its path, its control characters and its length. */
function shownName(nom: string): string {
	const last = storable(nom.toWellFormed()).split(/[\\/]/u).at(-1) ?? '';
	return (
		last
			.replace(/\p{Cc}/gu, '')
			.trim()
			.slice(0, 200) || 'image'
	);
}

interface PieceRow {
	id: string;
	pacteId: string;
	rang: number;
	nom: string;
	image: ImageLue;
	sha256: string;
	by: string | null;
	now: number;
}

async function insertPiece(trx: Transaction<Schema>, piece: PieceRow): Promise<void> {
	const { id, pacteId, rang, nom, image, sha256, by, now } = piece;
	const { type, largeur, hauteur, bytes } = image;
	await trx
		.insertInto('pieces_jointes')
		.values({
			id,
			pacte_id: pacteId,
			rang,
			nom,
			type,
			octets: bytes.length,
			largeur,
			hauteur,
			contenu: Buffer.from(bytes),
			sha256,
			created_by: by,
			created_at: now
		})
		.execute();
}

async function nextRang(trx: Transaction<Schema>, pacteId: string): Promise<number> {
	const { last } = await trx
		.selectFrom('pieces_jointes')
		.select(({ fn }) => fn.max<number | null>('rang').as('last'))
		.where('pacte_id', '=', pacteId)
		.executeTakeFirstOrThrow();
	return (last ?? -1) + 1;
}

export interface PieceOuverte {
	nom: string;
	type: TypeDImage;
	bytes: Uint8Array<ArrayBuffer>;
}

/** One image, for those who read the pacte. Absent and forbidden are the same answer. */
export async function openPiece(
	{ db }: Pick<App, 'db'>,
	{ pacteId, by, pieceId }: { pacteId: string; by: string; pieceId: string }
): Promise<PieceOuverte> {
	const role = await roleOf(db, by, pacteId);
	const row =
		role === null
			? undefined
			: await db
					.selectFrom('pieces_jointes')
					.select(['nom', 'type', 'contenu'])
					.where('pacte_id', '=', pacteId)
					.where('id', '=', pieceId)
					.executeTakeFirst();
	if (!row) throw new DomainError('introuvable', 'Cette image n’existe pas, ou n’existe plus.');
	return { nom: row.nom, type: row.type, bytes: new Uint8Array(row.contenu) };
}

/** Where the images of a pacte are, by their ids: what the texts show. */
export async function readImages(
	db: Queryable,
	pacteId: string,
	base: string
): Promise<Record<string, { src: string; largeur: number; hauteur: number }>> {
	const rows = await db
		.selectFrom('pieces_jointes')
		.select(['id', 'largeur', 'hauteur'])
		.where('pacte_id', '=', pacteId)
		.execute();
	return Object.fromEntries(
		rows.map(({ id, largeur, hauteur }) => [id, { src: adresseDePiece(base, id), largeur, hauteur }])
	);
}

/** Takes away the images that no text has shown for a while. Gives how many. */
export async function removeUnusedPieces({ db, now }: Pick<App, 'db' | 'now'>): Promise<number> {
	const old = now() - JOURS_SANS_EMPLOI * 24 * 3_600_000;
	return db.transaction().execute(async (trx) => {
		const pieces = await trx
			.selectFrom('pieces_jointes')
			.select(['id', 'pacte_id'])
			.where('created_at', '<', old)
			.execute();
		if (pieces.length === 0) return 0;
		const used = await usedPieces(trx, [...new Set(pieces.map(({ pacte_id }) => pacte_id))]);
		const unused = pieces.filter(({ id }) => !used.has(id)).map(({ id }) => id);
		for (const id of unused) await trx.deleteFrom('pieces_jointes').where('id', '=', id).execute();
		return unused.length;
	});
}

async function usedPieces(trx: Transaction<Schema>, pacteIds: readonly string[]): Promise<Set<string>> {
	const used = new Set<string>();
	const texts = await trx.selectFrom('section_textes').select('blocs').where('pacte_id', 'in', pacteIds).execute();
	for (const { blocs } of texts)
		for (const bloc of JSON.parse(blocs) as Prose) if (bloc.type === 'image') used.add(bloc.piece);
	const pages = await trx.selectFrom('pactes').select('mise_en_page').where('id', 'in', pacteIds).execute();
	for (const { mise_en_page } of pages) for (const { piece } of miseEnPageFrom(mise_en_page).logos) used.add(piece);
	return used;
}

// The archive

export interface PiecesArchivees {
	list: PieceArchive[];
	/** The archive's id of each, by its id here: prose that shows them is translated with them. */
	ids: Map<string, string>;
}

/** The images of a pacte, as its archive holds them. */
export async function readPiecesArchive(trx: Queryable, pacteId: string): Promise<PiecesArchivees> {
	const rows = await trx
		.selectFrom('pieces_jointes')
		.select(['id', 'nom', 'type', 'largeur', 'hauteur', 'sha256', 'contenu'])
		.where('pacte_id', '=', pacteId)
		.orderBy('rang')
		.orderBy('id')
		.execute();
	const list = rows.map(({ nom, type, largeur, hauteur, sha256, contenu }, i) => ({
		id: `p${i + 1}`,
		nom,
		type,
		largeur,
		hauteur,
		sha256,
		base64: Buffer.from(contenu).toString('base64')
	}));
	return { list, ids: new Map(rows.map(({ id }, i) => [id, `p${i + 1}`])) };
}

/** Writes the images of an archive, each read as if someone had just added it. `idOf` gives the id that an archive's id has here. */
export async function insertPiecesArchive(
	trx: Transaction<Schema>,
	pacteId: string,
	pieces: readonly PieceArchive[],
	idOf: (local: string) => string,
	now: number
): Promise<void> {
	for (const [rang, piece] of pieces.entries()) {
		const image = checkedImage(piece, `pieces[${rang}]`);
		const row = { id: idOf(piece.id), pacteId, rang, nom: shownName(piece.nom), image, by: null, now };
		await insertPiece(trx, { ...row, sha256: sha256Of(image.bytes) });
	}
}

/** What the file says of its images must be what they are. */
function checkedImage({ type, sha256, base64 }: PieceArchive, lieu: string): ImageLue {
	const bytes = Buffer.from(base64, 'base64');
	const fault = (raison: string) =>
		new DomainError('invalide', `Ce fichier ne peut pas être repris. À «\u00a0${lieu}\u00a0»\u00a0: ${raison}`);
	if (sha256Of(bytes) !== sha256) throw fault('l’image a changé depuis l’export.');
	const image = readImage(bytes);
	if (image.type !== type) throw fault(`l’image n’est pas du type annoncé (${type}).`);
	return image;
}
