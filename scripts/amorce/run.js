import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * Runs a program in our place: same input and outputs, signals handed down, its exit code given back. It is spawned directly,
 * never through a shell, so that the signal reaches the program itself and nothing is left behind.
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<number>}
 */
export function runUntilExit(program, args, { cwd, env = process.env }) {
	return follow(spawn(program, args, { cwd, env, stdio: 'inherit' }));
}

/**
 * Runs a step of the preparation in silence: what it printed is only of interest when it fails.
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd: string }} options
 * @returns {Promise<{ code: number, output: string }>}
 */
export async function runQuietly(program, args, { cwd }) {
	const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
	let output = '';
	for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
	return { code: await follow(child), output };
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>}
 */
function follow(child) {
	const forget = handDownSignals(child);
	return new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? 'SIGKILL']));
	}).finally(forget);
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {() => void}
 */
function handDownSignals(child) {
	const terminate = () => child.kill('SIGTERM');
	// Ctrl+C at a terminal reaches the whole group by itself: handing it down would interrupt the child a second time.
	const interrupt = () => process.stdin.isTTY || child.kill('SIGINT');
	process.on('SIGTERM', terminate).on('SIGINT', interrupt);
	const stopWatching = watchNpm(terminate);
	return () => {
		stopWatching();
		process.off('SIGTERM', terminate).off('SIGINT', interrupt);
	};
}

/**
 * A killed npm says nothing to what it runs: we notice that we have become an orphan, and let nobody become ours.
 * @param {() => void} terminate
 * @returns {() => void}
 */
function watchNpm(terminate) {
	if (process.env.npm_lifecycle_event === undefined) return () => {};
	const parent = process.ppid;
	const watch = setInterval(() => {
		if (process.ppid === parent) return;
		clearInterval(watch);
		terminate();
	}, 500);
	return () => clearInterval(watch);
}
