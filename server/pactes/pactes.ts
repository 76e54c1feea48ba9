import type { Modele } from '#lib/pactes/modele.ts';
import type { Role } from '#lib/documents/rights.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import { DomainError } from '../errors.ts';

export interface PacteResume {
	id: string;
	intitule: string;
	territoire: string;
	debut: number | null;
	fin: number | null;
}

export interface PacteOuvert extends PacteResume {
	modele: Modele;
	/** Goes up with each change of the model. */
	modeleVersion: number;
	demo: boolean;
	role: Role;
}

/** What someone may do on a pacte; null when they have no part in it, or when there is no such pacte. */
export async function roleOf(db: Queryable, compteId: string, pacteId: string): Promise<Role | null> {
	const row = await db
		.selectFrom('participations')
		.select('role')
		.where('pacte_id', '=', pacteId)
		.where('compte_id', '=', compteId)
		.executeTakeFirst();
	return row?.role ?? null;
}

/** Opens a pacte for someone. Absent and forbidden are the same answer. */
export async function openPacte({ db }: App, compteId: string, pacteId: string): Promise<PacteOuvert> {
	const row = await db
		.selectFrom('pactes')
		.innerJoin('participations', 'participations.pacte_id', 'pactes.id')
		.select([
			'id',
			'intitule',
			'territoire',
			'debut',
			'fin',
			'modele',
			'modele_version as modeleVersion',
			'demo',
			'role'
		])
		.where('pactes.id', '=', pacteId)
		.where('participations.compte_id', '=', compteId)
		.executeTakeFirst();
	if (!row) throw new DomainError('introuvable', 'Ce pacte n’existe pas, ou vous n’y participez pas.');
	const { modele, demo, ...pacte } = row;
	return { ...pacte, modele: JSON.parse(modele) as Modele, demo: demo === 1 };
}

export interface PacteDeMaListe extends PacteResume {
	role: Role;
	fiches: number;
}

/** The pactes that someone takes part in, the newest first. */
export async function listPactes({ db }: App, compteId: string): Promise<PacteDeMaListe[]> {
	return db
		.selectFrom('pactes')
		.innerJoin('participations', 'participations.pacte_id', 'pactes.id')
		.select((eb) => [
			'pactes.id',
			'intitule',
			'territoire',
			'debut',
			'fin',
			'role',
			eb
				.selectFrom('fiches')
				.whereRef('fiches.pacte_id', '=', 'pactes.id')
				.where('fiches.corbeille_at', 'is', null)
				.select((count) => count.fn.countAll<number>().as('n'))
				.$asScalar()
				.$notNull()
				.as('fiches')
		])
		.where('participations.compte_id', '=', compteId)
		.orderBy('pactes.created_at', 'desc')
		.execute();
}
