import { counted } from '#lib/format.ts';
import { reasonOf } from './incident.ts';
import {
	endRecoveryFile,
	readRecoveryFiles,
	writeRecoveryFile,
	type RecoveryFile,
	type Unsaved
} from './recovery-file.ts';
import type { Write, WriteQueue } from './write-queue.ts';

export interface UnsavedChangesOptions {
	queue: WriteQueue;
	/** Where the file is left and found; without it there is none. */
	dataDir?: string;
	now: () => number;
}

/** What came in and could not be stored before the process ended: left in a file, and taken up by the next one. */
export class UnsavedChanges {
	readonly #options: UnsavedChangesOptions;

	constructor(options: UnsavedChangesOptions) {
		this.#options = options;
	}

	/** The process ends, and the store does not take what waits. */
	async leave(): Promise<void> {
		const { queue, dataDir, now } = this.#options;
		const changes = queue.abandon().flatMap(unsavedOf);
		if (changes.length === 0) return;
		const what = `Arrêt : ${counted(changes.length, 'modification non enregistrée', 'modifications non enregistrées')}`;
		try {
			if (dataDir === undefined) throw new Error('aucun dossier de données');
			const path = await writeRecoveryFile(dataDir, changes, now());
			console.error(`${what}. Le prochain démarrage les reprendra de ${path}`);
		} catch (error) {
			console.error(`${what}, ni gardées dans un fichier ; leurs auteurs les gardent. (${reasonOf(error)})`);
		}
	}

	/** Puts what earlier processes left on its way to the log; does not wait for it to be durable. */
	async takeUp(): Promise<void> {
		const { dataDir } = this.#options;
		if (dataDir === undefined) return;
		try {
			for (const file of await readRecoveryFiles(dataDir)) void this.#takeUp(file);
		} catch (error) {
			console.error(`Reprise : les fichiers de récupération ne peuvent pas être lus. (${reasonOf(error)})`);
		}
	}

	/** As if it came in now: a file that is taken up twice gives the same text. */
	async #takeUp(file: RecoveryFile): Promise<void> {
		const outcomes = await Promise.all(file.changes.map((change) => this.#push(change)));
		const dropped = outcomes.filter((outcome) => outcome === 'dropped').length;
		const lines = [
			counted(outcomes.length - dropped, 'modification reprise', 'modifications reprises'),
			dropped > 0 && `${dropped} d’un texte supprimé depuis`,
			file.unreadable > 0 && `${file.unreadable} illisibles, gardées dans ${file.path}.incomplet`
		];
		try {
			await endRecoveryFile(file);
			console.log(`Reprise : ${lines.filter(Boolean).join(', ')} (${file.path}).`);
		} catch (error) {
			console.error(`Reprise : ${file.path} n’a pas pu être retiré. (${reasonOf(error)})`);
		}
	}

	#push(change: Unsaved): Promise<'committed' | 'dropped'> {
		return new Promise((done) => this.#options.queue.push({ ...change, done }));
	}
}

function unsavedOf({ update, done: _done, ...change }: Write): Unsaved[] {
	return update === null ? [] : [{ ...change, update }];
}
