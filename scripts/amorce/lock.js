// One folder, one preparation at a time: two starts at once must not both install or build.
//
// The lock is a folder `verrou` that holds who took it; both appear in one rename, which fails where the folder exists and is
// not empty. A lock whose holder is dead is renamed to a tombstone that bears its token: a second witness of the same death
// finds the tombstone there, so that it can never carry off the lock that someone took in between.
import { hostname } from 'node:os';
import {
	mkdirSync,
	mkdtempSync,
	readFileSync,
	readdirSync,
	renameSync,
	rmSync,
	statSync,
	utimesSync,
	writeFileSync
} from 'node:fs';
import { join } from 'node:path';

const RETRY_MS = 200;
const HEARTBEAT_MS = 2_000;
/** Beyond this silence the holder on another machine (a shared folder) is taken for dead. */
const SILENCE_MS = 60_000;
const TOMBSTONE_MS = 3_600_000;

/**
 * @typedef {object} Holder
 * @property {string} token
 * @property {string} host
 * @property {number} pid
 * @property {string | null} born when the process started, because process numbers are used again
 */

/** @param {string} root of the project */
export const lockFolder = (root) => join(root, '.amorce');

/**
 * Runs an act while nobody else on this folder runs one.
 * @template T
 * @param {string} folder made if needed
 * @param {() => void} onWait called once, when somebody else holds the lock
 * @param {() => Promise<T>} act
 * @returns {Promise<T>}
 */
export async function withLock(folder, onWait, act) {
	const release = await acquire(folder, onWait);
	try {
		return await act();
	} finally {
		release();
	}
}

/**
 * @param {string} folder
 * @param {() => void} onWait
 */
async function acquire(folder, onWait) {
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, '.gitignore'), '*\n');
	const token = `${process.pid}-${Date.now()}-${Math.random().toString(36).slice(2)}`;
	let waited = false;
	while (!take(folder, token)) {
		const holder = readHolder(folder);
		if (holder && isDead(folder, holder)) bury(folder, holder.token);
		else {
			if (!waited) onWait();
			waited = true;
			await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
		}
	}
	sweepTombstones(folder);
	const heartbeat = setInterval(() => beat(folder), HEARTBEAT_MS);
	heartbeat.unref();
	return () => {
		clearInterval(heartbeat);
		bury(folder, token);
		rmSync(tombstone(folder, token), { recursive: true, force: true });
	};
}

/**
 * @param {string} folder
 * @param {string} token
 */
function take(folder, token) {
	const prepared = mkdtempSync(join(folder, 'demande-'));
	/** @type {Holder} */
	const holder = { token, host: hostname(), pid: process.pid, born: birth(process.pid) };
	writeFileSync(join(prepared, 'titulaire.json'), JSON.stringify(holder));
	try {
		renameSync(prepared, lockOf(folder));
		return true;
	} catch (error) {
		rmSync(prepared, { recursive: true, force: true });
		if (isTaken(error)) return false;
		throw error;
	}
}

/**
 * @param {string} folder
 * @returns {Holder | null} null where the lock has just been given back
 */
function readHolder(folder) {
	try {
		return JSON.parse(readFileSync(join(lockOf(folder), 'titulaire.json'), 'utf8'));
	} catch (error) {
		if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return null;
		throw error;
	}
}

/**
 * @param {string} folder
 * @param {Holder} holder
 */
function isDead(folder, { host, pid, born }) {
	if (host === hostname()) return birth(pid) !== born;
	const lastBeat = statSync(lockOf(folder), { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
	return Date.now() - lastBeat > SILENCE_MS;
}

/**
 * @param {string} folder
 * @param {string} token
 */
function bury(folder, token) {
	try {
		renameSync(lockOf(folder), tombstone(folder, token));
	} catch (error) {
		const { code } = /** @type {NodeJS.ErrnoException} */ (error);
		if (!isTaken(error) && code !== 'ENOENT') throw error; // someone else was quicker
	}
}

/** @param {string} folder */
function sweepTombstones(folder) {
	for (const name of readdirSync(folder).filter((entry) => /^(tombe|demande)-/.test(entry))) {
		const age = Date.now() - (statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
		if (age > TOMBSTONE_MS) rmSync(join(folder, name), { recursive: true, force: true });
	}
}

/** @param {string} folder */
function beat(folder) {
	try {
		utimesSync(lockOf(folder), new Date(), new Date());
	} catch {
		// the folder was removed under us: nothing left to keep alive
	}
}

/**
 * When a process of this machine started, in clock ticks since boot; null where there is no such process.
 * @param {number} pid
 */
function birth(pid) {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		return fields[0] === 'Z' ? null : (fields[19] ?? null);
	} catch {
		return null;
	}
}

/** @param {unknown} error */
function isTaken(error) {
	return ['ENOTEMPTY', 'EEXIST'].includes(/** @type {NodeJS.ErrnoException} */ (error).code ?? '');
}

/** @param {string} folder */
const lockOf = (folder) => join(folder, 'verrou');
/**
 * @param {string} folder
 * @param {string} token
 */
const tombstone = (folder, token) => join(folder, `tombe-${token}`);
