import { planningOf, planningSvg, spanOfPlanning, type Planning } from '#lib/seances/planning.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import type { FichierExporte } from '../export/export.ts';
import { nomDeFichier } from '../export/nom-de-fichier.ts';
import { listInstances } from '../gouvernance/instances.ts';
import { listPhases } from '../phases/phases.ts';
import { listSeances } from './seances.ts';

/** The planning of a pacte: its phases, and the séances of each instance; those of none come last. */
export async function readPlanning(db: Queryable, pacteId: string): Promise<Planning> {
	const [phases, instances, seances] = [
		await listPhases(db, pacteId),
		await listInstances(db, pacteId),
		await listSeances(db, pacteId)
	];
	const known = new Set(instances.map(({ id }) => id));
	return planningOf(phases, [
		...instances.map(({ id, nom }) => ({ nom, seances: seances.filter(({ instanceId }) => instanceId === id) })),
		{
			nom: 'Autres séances',
			seances: seances.filter(({ instanceId }) => instanceId === null || !known.has(instanceId))
		}
	]);
}

/** The same, as a picture to take away. */
export async function exportPlanning({ db }: App, pacteId: string): Promise<FichierExporte> {
	const planning = await readPlanning(db, pacteId);
	return {
		nom: nomDeFichier(['Planning', spanOfPlanning(planning)], 'svg'),
		type: 'image/svg+xml; charset=utf-8',
		bytes: new TextEncoder().encode(planningSvg(planning)),
		pages: null,
		remplacements: []
	};
}
