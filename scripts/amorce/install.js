import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { BootError, stepFailed } from './failure.js';
import { lockFolder, withLock } from './lock.js';
import { hasPackagedNode, packagedNode } from './packaged-node.js';
import { runQuietly } from './run.js';
import { elapsed, say } from './say.js';
import { stampAgrees } from './stamp.js';

/**
 * Installs what is missing. The stamp is written last: an installation that was cut short leaves none, and is done again.
 * @param {string} root
 */
export async function ensureInstalled(root) {
	if (isInstalled(root)) return;
	const onWait = () => say('Une autre installation est en cours dans ce dossier : j’attends qu’elle se termine…');
	await withLock(lockFolder(root), onWait, async () => {
		if (isInstalled(root)) return;
		if (!npmAgrees(root)) await installPackages(root);
		await generateTypes(root);
		writeFileSync(stampFile(root), lockHash(root));
	});
}

/** @param {string} root */
export function isInstalled(root) {
	return hasPackagedNode(root) && stampAgrees(stampFile(root), () => lockHash(root));
}

/**
 * Whether npm's own account of node_modules, which it writes when it has finished, already says what the lock file asks for:
 * somebody ran `npm ci` or `npm install` by hand.
 * @param {string} root
 */
export function npmAgrees(root) {
	const account = accountFile(root);
	if (!existsSync(account) || !hasPackagedNode(root) || missingPackages(root).length > 0) return false;
	const wanted = packagesOf(join(root, 'package-lock.json'));
	return Object.entries(packagesOf(account)).every(([path, locked]) => wanted[path]?.version === locked?.version);
}

/**
 * What this machine needs and did not get: what we ask for ourselves, and the native packages made for this machine (Node, the
 * PDF writer, the bundler). These are all optional, and npm leaves out in silence an optional package that it could not fetch.
 * @param {string} root
 */
function missingPackages(root) {
	const present = packagesOf(accountFile(root));
	const { '': ours, ...wanted } = packagesOf(join(root, 'package-lock.json'));
	const direct = Object.keys({ ...ours?.dependencies, ...ours?.devDependencies }).map((name) => `node_modules/${name}`);
	const native = Object.keys(wanted).filter((path) => isMadeForThisMachine(wanted[path] ?? {}));
	return [...direct, ...native]
		.filter((path) => present[path]?.version !== wanted[path]?.version)
		.map((path) => path.replace(/^.*node_modules\//, ''));
}

/** @param {LockedPackage} locked */
function isMadeForThisMachine({ os, cpu, libc }) {
	return Boolean(os?.includes('linux') && cpu?.includes(process.arch) && (!libc || libc.includes('glibc')));
}

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {string[]} [os]
 * @property {string[]} [cpu]
 * @property {string[]} [libc]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [devDependencies]
 */

/**
 * @param {string} file
 * @returns {Record<string, LockedPackage | undefined>}
 */
function packagesOf(file) {
	return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}

/** @param {string} root */
async function installPackages(root) {
	say('Installation des dépendances (une à deux minutes la première fois)…');
	const since = Date.now();
	// Everything is named: NODE_ENV=production or a user's npmrc would otherwise leave out what the build needs.
	const { program, args } = npm([
		'ci',
		'--ignore-scripts',
		'--include=dev',
		'--include=optional',
		'--no-audit',
		'--no-fund'
	]);
	const result = await runQuietly(program, args, { cwd: root });
	if (result.code !== 0) throw stepFailed('L’installation a échoué', result);
	const missing = missingPackages(root);
	if (missing.length > 0)
		throw new BootError(
			`L’installation est incomplète, le registre npm n’a pas donné : ${missing.join(', ')}. Relancez la même commande.`
		);
	say(`Dépendances installées en ${elapsed(since)}.`);
}

/**
 * The generated $app types live inside node_modules, and every installation prunes them.
 * @param {string} root
 */
async function generateTypes(root) {
	const result = await runQuietly(packagedNode(root), ['node_modules/@sveltejs/kit/svelte-kit.js', 'sync'], {
		cwd: root
	});
	if (result.code !== 0) throw stepFailed('La préparation des types a échoué', result);
}

/**
 * npm, under the Node that it was started with: the one in node_modules is about to be deleted.
 * @param {string[]} args
 */
function npm(args) {
	const { npm_execpath: script, npm_node_execpath: node = process.execPath } = process.env;
	if (script && basename(script) === 'npm-cli.js') return { program: node, args: [script, ...args] };
	return { program: 'npm', args };
}

/** @param {string} root */
function lockHash(root) {
	return createHash('sha256')
		.update(readFileSync(join(root, 'package-lock.json')))
		.digest('hex');
}

/** @param {string} root */
const accountFile = (root) => join(root, 'node_modules', '.package-lock.json');
/** @param {string} root */
const stampFile = (root) => join(root, 'node_modules', '.copacte-installation');
