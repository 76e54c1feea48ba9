import { canAnimate } from '#lib/documents/rights.ts';
import { PHOTOS_AU_PLUS, type PhotoDePapier } from '#lib/salles/papier.ts';
import type { TypeDImage } from '#lib/pieces/piece.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import { DomainError } from '../errors.ts';
import { newId } from '../ids.ts';
import { beginAct, requireDroit, type Acteur, type Droit } from '../pactes/act.ts';
import { readImage } from '../pieces/image-reader.ts';

const DAY = 24 * 60 * 60 * 1000;
const GARDEES = 30 * DAY;

const DROIT: Droit = {
	allows: canAnimate,
	refus: 'L’équipe projet et les animateurs gardent les photos d’une séance.'
};

export interface ActeurDePapier extends Acteur {
	seanceId: string;
}

/** Paper of a séance, photographed: kept without what says where and with what it was taken, while it is transcribed. */
export async function addPhoto(
	app: App,
	acteur: ActeurDePapier,
	{ bytes, tableId }: { bytes: Uint8Array; tableId: string | null }
): Promise<string> {
	const { type, bytes: kept } = readImage(bytes);
	const id = newId();
	await change(app, acteur, async (trx) => {
		const { count } = await trx
			.selectFrom('photos_de_salle')
			.select((eb) => eb.fn.countAll().as('count'))
			.where('seance_id', '=', acteur.seanceId)
			.executeTakeFirstOrThrow();
		if (Number(count) >= PHOTOS_AU_PLUS)
			throw new DomainError(
				'conflit',
				`Une séance garde ${PHOTOS_AU_PLUS} photos au plus. Supprimez celles qui sont transcrites.`
			);
		const table = await trx
			.selectFrom('seance_tables')
			.select('id')
			.where('seance_id', '=', acteur.seanceId)
			.where('id', '=', tableId ?? '')
			.executeTakeFirst();
		await trx
			.insertInto('photos_de_salle')
			.values({
				id,
				seance_id: acteur.seanceId,
				table_id: table?.id ?? null,
				type,
				contenu: Buffer.from(kept),
				created_at: app.now()
			})
			.execute();
	});
	return id;
}

/** Its 30 days begin then; `false`: there was more to read on it. */
export function markPhoto(app: App, acteur: ActeurDePapier, photoId: string, transcrite: boolean): Promise<void> {
	return change(app, acteur, async (trx) => {
		await trx
			.updateTable('photos_de_salle')
			.set({ transcrite_at: transcrite ? app.now() : null })
			.where('seance_id', '=', acteur.seanceId)
			.where('id', '=', photoId)
			.execute();
	});
}

export function removePhoto(app: App, acteur: ActeurDePapier, photoId: string): Promise<void> {
	return change(app, acteur, async (trx) => {
		await trx
			.deleteFrom('photos_de_salle')
			.where('seance_id', '=', acteur.seanceId)
			.where('id', '=', photoId)
			.execute();
	});
}

async function change(app: App, acteur: ActeurDePapier, act: (trx: Queryable) => Promise<void>): Promise<void> {
	await app.db.transaction().execute(async (trx) => {
		await beginAct(trx, acteur, DROIT);
		await requireSeance(trx, acteur);
		await act(trx);
	});
}

async function requireSeance(db: Queryable, { pacteId, seanceId }: ActeurDePapier): Promise<void> {
	const seance = await db
		.selectFrom('seances')
		.select('id')
		.where('id', '=', seanceId)
		.where('pacte_id', '=', pacteId)
		.where('corbeille_at', 'is', null)
		.executeTakeFirst();
	if (!seance) throw new DomainError('introuvable', 'Cette séance n’existe pas.');
}

/** The oldest first, those to transcribe before the others. */
export async function listPhotos(db: Queryable, seanceId: string): Promise<PhotoDePapier[]> {
	const rows = await db
		.selectFrom('photos_de_salle')
		.select(['id', 'table_id as tableId', 'transcrite_at as transcriteAt'])
		.where('seance_id', '=', seanceId)
		.orderBy('created_at')
		.orderBy('id')
		.execute();
	return [...rows.filter((row) => row.transcriteAt === null), ...rows.filter((row) => row.transcriteAt !== null)];
}

export async function openPhoto(
	db: Queryable,
	acteur: ActeurDePapier,
	photoId: string
): Promise<{ type: TypeDImage; bytes: Uint8Array<ArrayBuffer> }> {
	await requireDroit(db, acteur, DROIT);
	await requireSeance(db, acteur);
	const row = await db
		.selectFrom('photos_de_salle')
		.select(['type', 'contenu'])
		.where('seance_id', '=', acteur.seanceId)
		.where('id', '=', photoId)
		.executeTakeFirst();
	if (!row) throw new DomainError('introuvable', 'Cette photo n’existe pas, ou n’existe plus.');
	return { type: row.type as TypeDImage, bytes: new Uint8Array(row.contenu) };
}

/** Thirty days after it was transcribed, a photo goes: handwriting may tell who wrote. */
export async function removeOldPhotos({ db, now }: Pick<App, 'db' | 'now'>): Promise<void> {
	await db
		.deleteFrom('photos_de_salle')
		.where('transcrite_at', '<', now() - GARDEES)
		.execute();
}
