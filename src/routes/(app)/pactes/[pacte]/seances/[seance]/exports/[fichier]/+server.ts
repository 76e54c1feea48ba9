import { requireCompte } from '#server/comptes/rights.ts';
import { DomainError } from '#server/errors.ts';
import { exportCompteRendu, FORMATS_DE_COMPTE_RENDU } from '#server/recolte/export-compte-rendu.ts';
import { sendFile } from '../../../../exports/fichier.ts';
import type { RequestHandler } from './$types';

/** `compte-rendu.odt`, `.docx`, `.pdf` or `.xlsx`. */
export const GET: RequestHandler = (event) => {
	const { seance, fichier } = event.params;
	const format = FORMATS_DE_COMPTE_RENDU.find((known) => fichier === `compte-rendu.${known}`);
	if (!format) throw new DomainError('introuvable', 'Ce fichier n’existe pas.');
	const by = requireCompte(event.locals.compte).id;
	return sendFile(event, (app, pacteId) => exportCompteRendu(app, { pacteId, by, seanceId: seance }, format));
};
