import type { App } from '../app.ts';
import { forgetOldFiches } from '../fiches/corbeille.ts';
import { forgetPutAside } from '../seances/change.ts';
import { removeOldPhotos } from './photos.ts';

const HOUR = 60 * 60 * 1000;
/** A seat opens nothing any more this long after its séance… */
const JETONS = 24 * HOUR;
/** … or after the last act of a room that nobody closed. */
const SALLE_OUBLIEE = 14 * 24 * HOUR;

/** Forgets what rooms need no more: the tokens of the seats of séances that are over, photos long transcribed. */
export async function tidySalles({ db, now }: Pick<App, 'db' | 'now'>): Promise<void> {
	await removeOldPhotos({ db, now });
	const over = db
		.selectFrom('salles')
		.select('seance_id')
		.where('close_at', '<', now() - JETONS)
		.where('etat', '=', 'close');
	await db
		.updateTable('sieges')
		.set({ jeton_hash: null })
		.where('jeton_hash', 'is not', null)
		.where('seance_id', 'in', over)
		.execute();
	await forgetAbandoned({ db, now });
	await db.deleteFrom('actes_de_salle').where('seance_id', 'in', over).execute();
	await forgetPutAside({ db, now });
}

/** The seats of rooms that were left open: people's devices are let go, the cards stay, and the facilitator can go on. */
async function forgetAbandoned({ db, now }: Pick<App, 'db' | 'now'>): Promise<void> {
	const limit = now() - SALLE_OUBLIEE;
	const abandoned = db
		.selectFrom('salles')
		.select('seance_id')
		.where('etat', '=', 'ouverte')
		.where('ouverte_at', '<', limit)
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('actes_de_salle')
						.select('cle')
						.whereRef('actes_de_salle.seance_id', '=', 'salles.seance_id')
						.where('actes_de_salle.created_at', '>=', limit)
				)
			)
		);
	await db
		.updateTable('sieges')
		.set({ jeton_hash: null })
		.where('jeton_hash', 'is not', null)
		.where('seance_id', 'in', abandoned)
		.execute();
}

/** What was put aside too long ago leaves, at start, then each hour; gives the way to stop. */
export function keepTidy(app: Pick<App, 'db' | 'collaboration' | 'now'>): { stop: () => Promise<void> } {
	const tidy = () =>
		tidySalles(app)
			.then(() => forgetOldFiches(app))
			.catch((error: unknown) => console.error('Ménage, repris dans une heure :', error));
	let last = tidy();
	const timer = setInterval(() => (last = last.then(tidy)), HOUR).unref();
	return {
		async stop() {
			clearInterval(timer);
			await last;
		}
	};
}
