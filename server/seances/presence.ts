import { whenInWords } from '#lib/seances/seance.ts';
import type { App } from '../app.ts';
import type { FichierExporte } from '../export/export.ts';
import { nomDeFichier } from '../export/nom-de-fichier.ts';
import { exportFeuille } from '../export/pdf.ts';
import { listInstances } from '../gouvernance/instances.ts';
import { readSeance } from './seances.ts';

/** The sheet that people sign when they come in. */
export async function exportPresence(app: App, pacteId: string, seanceId: string): Promise<FichierExporte> {
	const seance = await readSeance(app.db, pacteId, seanceId);
	const instances = await listInstances(app.db, pacteId);
	const { intitule } = await app.db
		.selectFrom('pactes')
		.select('intitule')
		.where('id', '=', pacteId)
		.executeTakeFirstOrThrow();
	const faits = [
		{ etiquette: 'Date', valeur: whenInWords(seance) },
		{ etiquette: 'Lieu', valeur: seance.lieu },
		{ etiquette: 'Instance', valeur: instances.find(({ id }) => id === seance.instanceId)?.nom ?? '' }
	];
	const { pdf, pages, remplacements } = await exportFeuille(
		{
			type: 'presence',
			pacte: intitule,
			seance: seance.titre,
			faits: faits.filter(({ valeur }) => valeur !== ''),
			lignes: seance.presences.map(({ nom, attendus }) => ({ organisme: nom, nombre: attendus ?? 1 }))
		},
		{ date: app.now() }
	);
	const nom = nomDeFichier(['Feuille de présence', seance.titre], 'pdf');
	return { nom, type: 'application/pdf', bytes: pdf, pages, remplacements };
}
