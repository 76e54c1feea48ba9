import type { RequestEvent } from '@sveltejs/kit';
import type { App } from '#server/app.ts';
import type { FichierExporte } from '#server/export/export.ts';
import { adressesOf } from '#server/salles/adresses.ts';
import type { Impression } from '#server/salles/imprimer.ts';
import { requireAnimateur } from '../../../../../../../spectateurs.server.ts';
import { sendFile } from '../../../exports/fichier.ts';

/** A sheet that opens the room to whoever holds it: for those who lead the séance. */
export async function sendFeuille(
	event: RequestEvent<{ pacte: string; seance: string }>,
	make: (app: App, impression: Impression) => Promise<FichierExporte>
): Promise<Response> {
	const { locals, params, url } = event;
	await requireAnimateur(event, params.seance);
	const adresses = adressesOf(locals.app.config, url);
	return sendFile(event, (app, pacteId) => make(app, { pacteId, seanceId: params.seance, adresses }));
}
