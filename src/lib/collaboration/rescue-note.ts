import type { Range, Rescue } from './rescue.ts';

/** Characters of one that is sent: longer ones go in pieces, which the server joins. */
export const LONGEST_RESCUE = 16_384;

/** What became of one that was sent. */
export interface RescueAnswer {
	client: number;
	from: number;
	/** `attente`: not now; the page keeps it, and sends it again at its next connection. */
	sort: 'garde' | 'refus' | 'attente';
	/** Of a refusal, for the person. */
	raison?: string;
}

const TYPE = 'rescape';
const UNSEEN = 'pas_vus';
const MOST_UNSEEN = 2_000;

export function writeRescue({ client, from, to, texte }: Rescue): string {
	return JSON.stringify({ type: TYPE, client, from, to, texte });
}

/** null for what is none, or claims what cannot be. */
export function readRescue(payload: string): Rescue | null {
	const { client, from, to, texte }: Partial<Note> = readNote(payload) ?? {};
	if (!isClock(client) || !isClock(from) || !isClock(to) || typeof texte !== 'string') return null;
	return from < to && texte.length === to - from ? { client, from, to, texte } : null;
}

export function writeAnswer(answer: RescueAnswer): string {
	return JSON.stringify({ type: TYPE, ...answer });
}

/** null for another note, or none. */
export function readAnswer(payload: string): RescueAnswer | null {
	const { client, from, sort, raison }: Partial<Note> = readNote(payload) ?? {};
	if (!isClock(client) || !isClock(from)) return null;
	if (sort === 'refus') return { client, from, sort, raison: String(raison) };
	return sort === 'garde' || sort === 'attente' ? { client, from, sort } : null;
}

/** Of what the next answer deletes, what nobody has seen. */
export function writeUnseen(ranges: readonly Range[]): string {
	const runs = ranges.slice(0, MOST_UNSEEN).map(({ client, from, to }) => [client, from, to]);
	return JSON.stringify({ type: UNSEEN, runs });
}

/** null for another note, or none. */
export function readUnseen(payload: string): Range[] | null {
	const { runs }: Partial<Note> = readNote(payload, UNSEEN) ?? {};
	if (!Array.isArray(runs) || runs.length > MOST_UNSEEN) return null;
	const isRun = (run: unknown) => Array.isArray(run) && run.length === 3 && run.every(isClock);
	return runs.every(isRun)
		? (runs as number[][]).map(([client = 0, from = 0, to = 0]) => ({ client, from, to }))
		: null;
}

/** Whether a note is about a rescue, well made or not. */
export function isRescueNote(payload: string): boolean {
	return readNote(payload) !== null;
}

type Note = Record<string, unknown>;

function readNote(payload: string, type = TYPE): Note | null {
	try {
		const note: unknown = JSON.parse(payload);
		const isOurs = typeof note === 'object' && note !== null && 'type' in note && note.type === type;
		return isOurs ? (note as unknown as Note) : null;
	} catch {
		return null;
	}
}

function isClock(value: unknown): value is number {
	return Number.isSafeInteger(value) && (value as number) >= 0;
}
