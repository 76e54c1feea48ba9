/**
 * Tells the person at the keyboard what is being done. Always on stderr: the stdout of `copacte … --json` belongs to the command.
 * @param {string} message
 */
export function say(message) {
	process.stderr.write(`${message}\n`);
}

/**
 * « 4 s », « 1 min 05 s »: how long something took since a moment given by Date.now().
 * @param {number} since
 */
export function elapsed(since) {
	const seconds = Math.max(1, Math.round((Date.now() - since) / 1000));
	if (seconds < 60) return `${seconds} s`;
	return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}
