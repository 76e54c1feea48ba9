import type { Queryable } from '../database/open.ts';

/** Pactes imported by a command before there was anyone: the first administrateur becomes their équipe projet. */
export async function adoptPactes(trx: Queryable, compteId: string, now: number): Promise<void> {
	const orphans = await trx
		.selectFrom('pactes')
		.leftJoin('participations', 'participations.pacte_id', 'pactes.id')
		.select('pactes.id')
		.where('participations.compte_id', 'is', null)
		.execute();
	for (const { id } of orphans) {
		const participation = { pacte_id: id, compte_id: compteId, role: 'equipe_projet', created_at: now } as const;
		await trx.insertInto('participations').values(participation).execute();
	}
}
