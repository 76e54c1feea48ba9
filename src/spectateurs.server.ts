import type { RequestEvent } from '@sveltejs/kit';
import { canAnimate } from '#lib/documents/rights.ts';
import { cookieOptions, entreeCookieName, murCookieName, siegeCookieName } from '#server/comptes/transport.ts';
import { DomainError } from '#server/errors.ts';
import { newToken } from '#server/ids.ts';
import { roleOf } from '#server/pactes/pactes.ts';
import type { ActeurDeSalle } from '#server/salles/acte.ts';
import type { Spectateur } from '#server/salles/salles.ts';
import { asksForTable, enterSalle, moveTo, type Entree, type SalleOuverte } from '#server/salles/entrees.ts';
import { siegeOf } from '#server/salles/sieges.ts';

/** Between what people hold (a seat, the wall, an account) and what they are in the room of a séance. */

const WEEK = 7 * 24 * 60 * 60 * 1000;
/** From the QR code to the page that it leads to. */
const ENTREE_KEPT = 10 * 60 * 1000;

/** The seat of this device in a séance, taken now if a QR code or six digits led here; null: it has not joined. */
export async function siegeOfRequest(event: RequestEvent, seanceId: string): Promise<string | null> {
	const { locals, cookies, url } = event;
	const token = cookies.get(siegeCookieName(url, seanceId));
	if (!token) return null;
	return (
		(await siegeOf(locals.app.db, seanceId, token)) ??
		enterSalle(locals.app, seanceId, keptEntree(event, seanceId), token)
	);
}

/** Enters a room with what a QR code or six digits said; gives the page to go to. Who has a seat there keeps it. */
export async function enterBy(event: RequestEvent, salle: SalleOuverte, entree: Entree): Promise<string> {
	const { app } = event.locals;
	const siegeId = await siegeOfRequest(event, salle.seanceId);
	const path = `/salle/${salle.seanceId}`;
	if (siegeId === null) {
		keepEntree(event, salle, entree);
		return (await asksForTable(app, salle.seanceId, entree)) ? `${path}/place` : path;
	}
	return (await moveTo(app, salle.seanceId, siegeId, entree)) ? path : `${path}/place?prise=${entree.place}`;
}

/**
 * Keeps on the device what a QR code or six digits said. The seat is taken by the first page that comes back with it: neither a
 * program that only looks at a link, nor an answer that is lost on the way, takes one.
 */
function keepEntree({ cookies, url }: RequestEvent, { seanceId, jeton }: SalleOuverte, entree: Entree): void {
	cookies.set(siegeCookieName(url, seanceId), newToken(), cookieOptions(url, WEEK));
	cookies.set(entreeCookieName(url, seanceId), JSON.stringify({ ...entree, jeton }), cookieOptions(url, ENTREE_KEPT));
}

function keptEntree({ cookies, url }: RequestEvent, seanceId: string): unknown {
	try {
		return JSON.parse(cookies.get(entreeCookieName(url, seanceId)) ?? 'null') as unknown;
	} catch {
		return null;
	}
}

/** The wall's address was opened here. */
export function keepMur({ cookies, url }: RequestEvent, seanceId: string, jeton: string): void {
	cookies.set(murCookieName(url, seanceId), jeton, cookieOptions(url, WEEK));
}

export const COMME = ['siege', 'mur', 'animateur'] as const;
export type Comme = (typeof COMME)[number];

/** Who looks; `siege`: a facilitator sees the room as this seat does. */
export async function spectateurOf(
	event: RequestEvent,
	seanceId: string,
	comme: Comme,
	siege: string | null = null
): Promise<Spectateur> {
	if (comme === 'siege' && siege === null) {
		const siegeId = await siegeOfRequest(event, seanceId);
		if (siegeId === null) throw new DomainError('non_connecte', 'Rejoignez d’abord la séance.');
		return { genre: 'siege', siegeId };
	}
	if (comme === 'mur' && (await holdsMur(event, seanceId))) return { genre: 'mur' };
	await requireAnimateur(event, seanceId);
	if (comme === 'siege') return { genre: 'siege', siegeId: siege as string, invite: true };
	return { genre: comme };
}

export async function acteurOf(event: RequestEvent, seanceId: string, comme: Comme): Promise<ActeurDeSalle> {
	if (comme === 'animateur') return { genre: 'animateur', compteId: await requireAnimateur(event, seanceId) };
	const siegeId = await siegeOfRequest(event, seanceId);
	if (siegeId === null)
		throw new DomainError('non_connecte', 'Votre place n’est plus là. Rejoignez de nouveau la séance.');
	return { genre: 'siege', siegeId };
}

async function holdsMur({ locals, cookies, url }: RequestEvent, seanceId: string): Promise<boolean> {
	const jeton = cookies.get(murCookieName(url, seanceId));
	if (!jeton) return false;
	const salle = await locals.app.db
		.selectFrom('salles')
		.select('seance_id')
		.where('seance_id', '=', seanceId)
		.where('jeton_mur', '=', jeton)
		.executeTakeFirst();
	return salle !== undefined;
}

/** The account that leads this séance, or a refusal. */
export async function requireAnimateur({ locals }: RequestEvent, seanceId: string): Promise<string> {
	const { app, compte } = locals;
	const seance = await app.db.selectFrom('seances').select('pacte_id').where('id', '=', seanceId).executeTakeFirst();
	const role = compte && seance ? await roleOf(app.db, compte.id, seance.pacte_id) : null;
	if (!compte || !canAnimate(role))
		throw new DomainError('interdit', 'L’équipe projet et les animateurs conduisent cette séance.');
	return compte.id;
}
