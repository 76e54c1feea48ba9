import { gesteDeRepetition } from '#lib/salles/repetition.ts';
import type { App } from '../app.ts';
import { DomainError } from '../errors.ts';
import { doActe } from './acte.ts';
import { Donnees } from './donnees.ts';
import { readSalle } from './read-salle.ts';

const BEAT = 4_000;

/** Rehearsals that go on in this process: at each beat a simulated table may write a card. They end with their room. */
export class Repetitions {
	readonly #timers = new Map<string, NodeJS.Timeout>();

	start(app: App, seanceId: string): void {
		if (this.#timers.has(seanceId)) return;
		let beat = 0;
		const timer = setInterval(() => {
			battre(app, seanceId, beat++).then(
				(goesOn) => goesOn || this.#end(seanceId),
				() => this.#end(seanceId)
			);
		}, BEAT);
		this.#timers.set(seanceId, timer.unref());
	}

	/** Those that a restart interrupted. */
	async resume(app: App): Promise<void> {
		const rows = await app.db
			.selectFrom('salles')
			.select('seance_id')
			.where('repetition', '=', 1)
			.where('etat', '=', 'ouverte')
			.execute();
		for (const { seance_id: seanceId } of rows) this.start(app, seanceId);
	}

	stop(): void {
		for (const seanceId of [...this.#timers.keys()]) this.#end(seanceId);
	}

	#end(seanceId: string): void {
		clearInterval(this.#timers.get(seanceId));
		this.#timers.delete(seanceId);
	}
}

/** One beat of a rehearsal; false: it is over. */
export async function battre(app: App, seanceId: string, beat: number): Promise<boolean> {
	const salle = await readSalle(app.db, seanceId);
	if (!salle?.repetition || salle.etat !== 'ouverte') return false;
	const geste = gesteDeRepetition(salle, beat);
	if (!geste) return true;
	const { siegeId, acte, donnees } = geste;
	try {
		await doActe(
			app,
			seanceId,
			{ genre: 'siege', siegeId },
			{ cle: `repetition-${salle.revision}-${beat}`, acte, donnees: new Donnees(donnees) }
		);
	} catch (error) {
		// The step changed at that moment: a simulated table tries again later.
		if (!(error instanceof DomainError)) throw error;
	}
	return true;
}
