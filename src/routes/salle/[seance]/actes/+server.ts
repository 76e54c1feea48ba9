import { json } from '@sveltejs/kit';
import type { ReponseDActe } from '#lib/salles/file-d-actes.ts';
import { DomainError, statusOf } from '#server/errors.ts';
import { doActe } from '#server/salles/acte.ts';
import { Donnees } from '#server/salles/donnees.ts';
import { acteurOf, COMME } from '../../../../spectateurs.server.ts';
import type { RequestHandler } from './$types';

/** As many as a device may have kept while it was offline, in one sending. */
const ACTES_AU_PLUS = 50;

/** Does acts in the order in which they were made. Each is answered; one that is refused does not keep the next from being done. */
export const POST: RequestHandler = async (event) => {
	const { locals, params, request } = event;
	const { comme, actes } = (await request.json().catch(() => ({}))) as { comme?: unknown; actes?: unknown };
	const who = COMME.find((known) => known === comme);
	if (!who || !Array.isArray(actes) || actes.length > ACTES_AU_PLUS)
		throw new DomainError('invalide', 'Ce qui a été envoyé n’a pas été compris. Rechargez la page, puis recommencez.');
	const acteur = await acteurOf(event, params.seance, who);
	const reponses: ReponseDActe[] = [];
	for (const each of actes as unknown[]) {
		const { cle, acte, donnees } = (each ?? {}) as Record<string, unknown>;
		try {
			const demande = { cle: String(cle), acte: String(acte), donnees: new Donnees(donnees) };
			reponses.push({
				cle: String(cle),
				fait: true,
				resultat: await doActe(locals.app, params.seance, acteur, demande)
			});
		} catch (error) {
			// What may be mended by waiting is no answer: the device keeps it, and sends it again.
			if (!(error instanceof DomainError) || error.code === 'indisponible' || error.code === 'trop_de_demandes')
				throw error;
			reponses.push({ cle: String(cle), fait: false, refus: error.message, statut: statusOf(error) });
		}
	}
	return json({ reponses });
};
