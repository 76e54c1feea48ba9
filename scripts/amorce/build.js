import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stepFailed } from './failure.js';
import { lockFolder, withLock } from './lock.js';
import { packagedNode } from './packaged-node.js';
import { runQuietly } from './run.js';
import { elapsed, say } from './say.js';
import { stampAgrees } from './stamp.js';

/** What the build is made of. Tests live beside the sources and are left out, below. */
const SOURCES = ['src', 'server', 'static', 'vite.config.ts', 'package.json', 'package-lock.json'];
const NOT_BUILT = /\.(test|spec)\.[jt]s$|\.md$/;

/**
 * Builds the application if its sources changed since it was last built.
 * @param {string} root
 * @param {{ force?: boolean }} [options]
 */
export async function ensureBuilt(root, { force = false } = {}) {
	if (!force && isBuilt(root)) return;
	const onWait = () => say('Une autre construction est en cours dans ce dossier : j’attends qu’elle se termine…');
	await withLock(lockFolder(root), onWait, async () => {
		if (!force && isBuilt(root)) return;
		say('Construction de l’application…');
		const since = Date.now();
		const hash = sourcesHash(root); // before the build: what changes meanwhile is built next time
		const result = await runQuietly(packagedNode(root), ['node_modules/vite/bin/vite.js', 'build'], { cwd: root });
		if (result.code !== 0) throw stepFailed('La construction a échoué', result);
		writeFileSync(stampFile(root), hash);
		say(`Application construite en ${elapsed(since)}.`);
	});
}

/** @param {string} root */
export function isBuilt(root) {
	return stampAgrees(stampFile(root), () => sourcesHash(root));
}

/** @param {string} root */
export function sourcesHash(root) {
	const hash = createHash('sha256');
	for (const path of SOURCES.flatMap((source) => filesUnder(root, source)))
		hash.update(`${path}\0`).update(
			createHash('sha256')
				.update(readFileSync(join(root, path)))
				.digest()
		);
	return hash.digest('hex');
}

/**
 * @param {string} root
 * @param {string} path
 * @returns {string[]} in an order that does not depend on the machine
 */
function filesUnder(root, path) {
	const stat = statSync(join(root, path), { throwIfNoEntry: false });
	if (!stat || NOT_BUILT.test(path)) return [];
	if (!stat.isDirectory()) return [path];
	return readdirSync(join(root, path))
		.sort()
		.flatMap((name) => filesUnder(root, `${path}/${name}`));
}

/**
 * adapter-node empties `build` before it writes: a build that was cut short leaves no stamp.
 * @param {string} root
 */
const stampFile = (root) => join(root, 'build', '.copacte-construction');
