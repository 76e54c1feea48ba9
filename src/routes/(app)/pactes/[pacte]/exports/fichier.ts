import type { RequestEvent } from '@sveltejs/kit';
import { canReadPacte } from '#lib/documents/rights.ts';
import type { App } from '#server/app.ts';
import { DomainError } from '#server/errors.ts';
import type { FichierExporte } from '#server/export/export.ts';
import { contentDisposition } from '#server/export/nom-de-fichier.ts';
import { roleOf } from '#server/pactes/pactes.ts';

type Demande = Pick<RequestEvent<{ pacte: string }>, 'locals' | 'params'>;

/** Makes a file for someone who may read the pacte; to the others it is as if there were none. */
export async function sendFile(
	{ locals: { app, compte }, params: { pacte } }: Demande,
	make: (app: App, pacteId: string) => Promise<FichierExporte>
): Promise<Response> {
	if (!compte) throw new DomainError('non_connecte', 'Connectez-vous pour continuer.');
	if (!canReadPacte(await roleOf(app.db, compte.id, pacte)))
		throw new DomainError('introuvable', 'Ce pacte n’existe pas, ou vous n’y participez pas.');
	const { nom, type, bytes, pages, remplacements } = await make(app, pacte);
	const headers = new Headers({
		'Content-Type': type,
		'Content-Length': String(bytes.byteLength),
		'Content-Disposition': contentDisposition(nom),
		'Cache-Control': 'private, no-store',
		// How many only: the list can be longer than a header may be. The page has it (`?rapport`).
		'X-Copacte-Remplacements': String(remplacements.length)
	});
	if (pages !== null) headers.set('X-Copacte-Pages', String(pages));
	return new Response(bytes, { headers });
}

/** « pacte.pdf » as its name and its format; ids hold no dot. */
export function splitName(fichier: string): { nom: string; format: string } {
	const dot = fichier.lastIndexOf('.');
	return dot < 0 ? { nom: fichier, format: '' } : { nom: fichier.slice(0, dot), format: fichier.slice(dot + 1) };
}

export function notFound(): DomainError {
	return new DomainError('introuvable', 'Ce fichier n’existe pas. Choisissez-en un dans «\u00a0Exporter\u00a0».');
}
