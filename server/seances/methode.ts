import { instancesOfMethode, type InstanceDeMethode } from '#lib/seances/methode.ts';
import type { Queryable } from '../database/open.ts';
import { listInstances } from '../gouvernance/instances.ts';
import { listSeances } from './seances.ts';

/** Who met to write a pacte, how many times, and when. */
export async function readMethode(db: Queryable, pacteId: string): Promise<InstanceDeMethode[]> {
	const instances = await listInstances(db, pacteId);
	const known = new Set(instances.map(({ id }) => id));
	return instancesOfMethode(
		instances.map(({ id, nom, objet, portee }) => ({ cle: id, nom, objet, portee })),
		await listSeances(db, pacteId),
		({ instanceId }) => (instanceId !== null && known.has(instanceId) ? instanceId : null)
	);
}
