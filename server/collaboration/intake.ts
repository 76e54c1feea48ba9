import type { Range } from '#lib/collaboration/rescue.ts';
import { admit, REFUSALS, welcome } from './admission.ts';
import type { BoundedLog } from './bounded-log.ts';
import { Gaps } from './gaps.ts';
import type { Limits } from './limits.ts';
import type { Memory } from './memory.ts';
import type { OpenDocument } from './open-document.ts';
import type { Quarantine } from './quarantine.ts';
import type { RecoveryWindow } from './recovery-window.ts';
import type { Line } from './line.ts';
import type { WriteQueue } from './write-queue.ts';

export interface IntakeOptions {
	memory: Memory;
	queue: WriteQueue;
	quarantine: Quarantine;
	recovery: RecoveryWindow;
	limits: Limits;
	log: BoundedLog;
	now: () => number;
}

/** One content frame of someone, and the answer that it is owed. */
interface Message {
	line: Line;
	update: Uint8Array;
	/** Whether it answers our question, rather than being one edit. */
	isAnswer: boolean;
	/** What it names as deleted, and its sender has not seen. */
	unseen: readonly Range[];
	/** Durable or not, with the reason when it is refused. */
	answer(saved: boolean, reason?: string): void;
}

const READ_ONLY = 'Vous pouvez lire ce texte, pas le modifier : ce que vous avez écrit n’est pas enregistré.';

/** Where text comes in: judged, held back while its beginning is missing, then queued for the log; nothing is applied here. */
export class Intake {
	readonly #options: IntakeOptions;
	readonly #gaps: Gaps<Message>;

	constructor(options: IntakeOptions) {
		this.#options = options;
		this.#gaps = new Gaps<Message>({
			limits: options.limits,
			onFilled: (message) => this.#judge(message),
			onExpired: (message) => this.#refuse(message, REFUSALS.incomplete)
		});
	}

	receive(line: Line, update: Uint8Array, isAnswer: boolean): void {
		if (this.#options.queue.isFull) return line.socket.close('indisponible');
		const unseen = isAnswer ? line.unseen : [];
		if (isAnswer) line.unseen = [];
		this.#judge({ line, update, isAnswer, unseen, answer: line.oweAnswer() });
	}

	#judge(message: Message): void {
		const { line, update, isAnswer, unseen, answer } = message;
		const { memory, recovery, limits, now } = this.#options;
		const open = memory.get(line.name);
		if (!open) return answer(false);
		const { compteId } = line.socket.person;
		const mayRecover = isAnswer && line.canWrite && recovery.isOpen(now());
		const admission = admit(open, { update, isAnswer, unseen, compteId, mayRecover }, limits);
		switch (admission.verdict) {
			case 'refused':
				return this.#refuse(message, admission.reason);
			case 'early':
				if (!line.canWrite) return this.#refuseToReader(message);
				if (!this.#gaps.hold(message, admission.missing, open)) this.#refuse(message, REFUSALS.incomplete);
				return;
			case 'accepted':
				if (admission.news === null) return answer(true);
				if (!line.canWrite) return this.#refuseToReader(message);
				welcome(open, admission, compteId);
				this.#queue(message, open, { ...admission, news: admission.news });
				return this.#gaps.fill(open);
			default:
				return admission satisfies never;
		}
	}

	/** An outdated page keeps what it wrote: once loaded again it brings it back. */
	#refuseToReader(message: Message): void {
		if (message.line.access?.isOutdated) return message.answer(false);
		this.#refuse(message, READ_ONLY);
	}

	#queue({ line, answer }: Message, open: OpenDocument, admitted: Queued): void {
		const { compteId } = line.socket.person;
		const { news, newClients, recovered } = admitted;
		this.#options.queue.push({
			document: open.name,
			pacteId: open.pacteId,
			compteId,
			update: news,
			newClients,
			owner: compteId,
			recovered,
			done: (outcome) => {
				open.coming.settle(open.document);
				answer(outcome === 'committed');
			}
		});
	}

	#refuse({ line, update, answer }: Message, reason: string): void {
		this.#options.log.say(`Collaboration : modification refusée dans ${line.name}, gardée à part. (${reason})`);
		this.#options.quarantine.keep({ document: line.name, compteId: line.socket.person.compteId, reason, update });
		answer(false, reason);
	}
}

interface Queued {
	news: Uint8Array;
	newClients: number[];
	recovered: boolean;
}
