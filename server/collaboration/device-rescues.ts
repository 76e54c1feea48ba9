import type { Transaction } from 'kysely';
import * as Y from 'yjs';
import type { DocumentName } from '#lib/documents/document.ts';
import {
	isRescueNote,
	LONGEST_RESCUE,
	readRescue,
	readUnseen,
	writeAnswer,
	type RescueAnswer
} from '#lib/collaboration/rescue-note.ts';
import { partOf, partsOf, type Rescue } from '#lib/collaboration/rescue.ts';
import type { Database } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import type { BoundedLog } from './bounded-log.ts';
import type { Flux } from './flux.ts';
import { reasonOf } from './incident.ts';
import type { Limits } from './limits.ts';
import type { Line } from './line.ts';
import type { Memory } from './memory.ts';
import type { OpenDocument } from './open-document.ts';
import { Pace } from './pace.ts';
import type { Projector } from './projector.ts';
import { storeRescues } from './rescue.ts';
import type { Socket } from './socket.ts';

export interface DeviceRescuesOptions {
	db: Database;
	memory: Memory;
	projector: Projector;
	flux: Flux;
	limits: Limits;
	log: BoundedLog;
	now: () => number;
}

/** The reasons of a refusal, for the person whose words they are. */
export const RESCUE_REFUSALS = {
	malformed: 'Ces mots sont illisibles pour le serveur et n’ont pas été repris.',
	tooLong: 'Ces mots sont trop longs pour être repris.',
	foreign: 'Ces mots sont ceux d’une autre personne et n’ont pas été repris.',
	readOnly: 'Vous pouvez lire ce texte, pas le modifier\u00a0: ces mots n’ont pas été repris.',
	full: 'Trop de mots attendent déjà d’être remis dans ce texte\u00a0: ceux-ci n’ont pas été repris.'
} as const;

type Outcome = Pick<RescueAnswer, 'sort' | 'raison'>;

const KEPT: Outcome = { sort: 'garde' };
const LATER: Outcome = { sort: 'attente' };

class TooMuch extends Error {}

/**
 * Words that their author's page found gone before we had them, and brings apart. Kept like those that we find ourselves, once: their
 * clocks say which they are. Only the words of client ids that are the sender's, and of which the document holds nothing.
 */
export class DeviceRescues {
	readonly #options: DeviceRescuesOptions;
	readonly #paces = new WeakMap<Socket, Pace>();

	constructor(options: DeviceRescuesOptions) {
		this.#options = options;
	}

	receive(line: Line, payload: string): void {
		const unseen = readUnseen(payload);
		if (unseen) line.unseen = unseen;
		if (!isRescueNote(payload)) return;
		const rescue = readRescue(payload);
		if (!rescue) return this.#answer(line, { client: 0, from: 0 }, refused('malformed'));
		const open = this.#options.memory.get(line.name);
		if (!open) return this.#answer(line, rescue, LATER);
		const outcome = this.#judge(line, open, rescue);
		if (outcome) return this.#answer(line, rescue, outcome);
		this.#keep(line, open, rescue).then(
			(kept) => this.#answer(line, rescue, kept),
			(error: unknown) => this.#comeBack(line, error)
		);
	}

	/** What to answer at once; null when they are to be kept. */
	#judge({ access, canWrite, socket }: Line, { document, owners }: OpenDocument, rescue: Rescue): Outcome | null {
		if (rescue.texte.length > LONGEST_RESCUE) return refused('tooLong');
		if (!canWrite) return access?.isOutdated ? LATER : refused('readOnly');
		const owner = owners.get(rescue.client);
		if (owner !== undefined && owner !== socket.person.compteId) return refused('foreign');
		// Its structs have not come yet: they come first, and say whose they are.
		if (owner === undefined || Y.getState(document.store, rescue.client) < rescue.to) return LATER;
		return this.#paceOf(socket).take() ? null : LATER;
	}

	async #keep({ name, socket }: Line, { document, pacteId }: OpenDocument, rescue: Rescue): Promise<Outcome> {
		const { db, projector, flux, limits, now } = this.#options;
		// What is in the text is not lost.
		const gone = partsOf(document, rescue, (struct) => struct.deleted).map((range) => partOf(rescue, range));
		try {
			await projector.inTurn(() =>
				db.transaction().execute(async (trx) => {
					await storeRescues(trx, name, gone, now());
					if ((await keptOf(trx, name, socket.person.compteId)) > limits.rescued) throw new TooMuch();
				})
			);
		} catch (error) {
			if (error instanceof TooMuch) return refused('full');
			throw error;
		}
		flux.publish(pacteId, { type: 'sections' });
		return KEPT;
	}

	#answer(line: Line, { client, from }: Pick<Rescue, 'client' | 'from'>, { sort, raison }: Outcome): void {
		if (sort === 'refus') this.#options.log.say(`Collaboration : mots refusés dans ${line.name}. (${raison})`);
		line.note(writeAnswer({ client, from, sort, raison }));
	}

	/** The store does not take them: their page keeps them, and comes back with them. */
	#comeBack({ name, socket }: Line, error: unknown): void {
		this.#options.log.say(`Collaboration : des mots de ${name} n’ont pas pu être gardés. (${reasonOf(error)})`);
		socket.close('indisponible');
	}

	#paceOf(socket: Socket): Pace {
		const { rescuesPerSecond, rescueBurst } = this.#options.limits;
		const pace = this.#paces.get(socket) ?? new Pace(rescuesPerSecond, rescueBurst);
		this.#paces.set(socket, pace);
		return pace;
	}
}

function refused(reason: keyof typeof RESCUE_REFUSALS): Outcome {
	return { sort: 'refus', raison: RESCUE_REFUSALS[reason] };
}

/** Characters that are kept of someone in a document. */
async function keptOf(trx: Transaction<Schema>, document: DocumentName, compteId: string): Promise<number> {
	const { characters } = await trx
		.selectFrom('rescapes')
		.select((eb) => eb.fn.sum<number>(eb.fn('length', ['texte'])).as('characters'))
		.where('document', '=', document)
		.where('compte_id', '=', compteId)
		.executeTakeFirstOrThrow();
	return Number(characters);
}
