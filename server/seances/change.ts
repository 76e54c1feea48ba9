import type { Transaction } from 'kysely';
import { canAnimate } from '#lib/documents/rights.ts';
import { JOURS_DE_CORBEILLE } from '#lib/seances/textes.ts';
import type { App } from '../app.ts';
import type { Schema } from '../database/schema.ts';
import type { Droit } from '../pactes/act.ts';
import { changeAndTell, type Done, type PartieAct } from '../parties/change.ts';

export const DROIT_AU_CALENDRIER: Droit = {
	allows: canAnimate,
	refus: 'L’équipe projet et les animateurs changent le calendrier. Demandez-le à l’équipe projet.'
};

/** One act on the phases and séances of a pacte. */
export function changeSeances<T>(
	app: App,
	act: PartieAct,
	change: (trx: Transaction<Schema>) => Promise<Done<T>>
): Promise<T> {
	const droit = { ...DROIT_AU_CALENDRIER, tells: { type: 'seances' } as const };
	return changeAndTell(app, act, droit, change);
}

const CORBEILLE = JOURS_DE_CORBEILLE * 24 * 3600 * 1000;

/** Before this instant, what was put aside cannot be brought back any more. */
export function forgottenBefore(now: number): number {
	return now - CORBEILLE;
}

/** Deletes what was put aside too long ago, with all that was said there. */
export async function forgetPutAside({ db, now }: Pick<App, 'db' | 'now'>): Promise<void> {
	for (const table of ['seances', 'phases'] as const)
		await db.deleteFrom(table).where('corbeille_at', '<=', forgottenBefore(now())).execute();
}
