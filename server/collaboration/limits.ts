/** Every bound of the collaboration, in one place. What an operator may need to change has a variable (`server/config.ts`). */
export interface Limits {
	/** Bytes of one update, of what says what one has, and of a presence frame. */
	update: number;
	/** Bytes of an answer to our question (what someone brings back after an absence), and of any frame. */
	answer: number;
	/** Bytes of a whole document. */
	document: number;
	/** Pieces of text and values in one update. */
	structs: number;
	/** How deep a document nests. */
	depth: number;
	/** By how much one update may move the clock of one client id. */
	jump: number;
	/** Characters of the name of a field or node. */
	key: number;
	/** What waits for its predecessors on one line: updates, bytes, milliseconds. */
	heldUpdates: number;
	heldBytes: number;
	heldFor: number;
	/** Milliseconds between two questions answered (or asked) on one line. */
	questionEvery: number;
	/** Frames of a socket, in a second on average and at once. More is read later. */
	framesPerSecond: number;
	frameBurst: number;
	/** What waits for a person to be let in, on one socket. */
	waitingBytes: number;
	waitingFrames: number;
	/** Bytes that wait to be read by the other side, beyond the largest message among them. */
	output: number;
	/** Characters of one presence state, and how many of one line are shown in a second. */
	presence: number;
	presencePerSecond: number;
	/** Milliseconds between two signs of life of the presences of a document. */
	presenceBeat: number;
	documentsPerSocket: number;
	socketsPerAccount: number;
	/** Milliseconds that a side which does not read has left to learn that it is closed. */
	slowFor: number;
	/** Sockets on which no document is open yet, in all, and for how many milliseconds. */
	unusedSockets: number;
	unusedFor: number;
	/** Words from deleted passages that pages bring: of one socket, in a second on average and at once. */
	rescuesPerSecond: number;
	rescueBurst: number;
	/** Characters of such words that are kept, of one account in one document. */
	rescued: number;
	/** What is kept of refused text: bytes of one account, bytes in all, days. */
	quarantinePerAccount: number;
	quarantine: number;
	quarantineDays: number;
}

const KIB = 1024;
const MIB = 1024 * KIB;

export const LIMITS: Limits = {
	update: 256 * KIB,
	answer: MIB,
	document: 8 * MIB,
	structs: 20_000,
	depth: 64,
	jump: 2 ** 24,
	key: 100,
	heldUpdates: 100,
	heldBytes: 512 * KIB,
	heldFor: 10_000,
	questionEvery: 1_000,
	framesPerSecond: 30,
	frameBurst: 200,
	waitingBytes: 2 * MIB,
	waitingFrames: 150,
	output: 4 * MIB,
	presence: 2_000,
	presencePerSecond: 15,
	presenceBeat: 12_000,
	documentsPerSocket: 20,
	socketsPerAccount: 60,
	slowFor: 5_000,
	unusedSockets: 250,
	unusedFor: 10_000,
	rescuesPerSecond: 1,
	rescueBurst: 100,
	rescued: MIB,
	quarantinePerAccount: 4 * MIB,
	quarantine: 64 * MIB,
	quarantineDays: 30
};
