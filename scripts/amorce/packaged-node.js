import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const NEEDED = 24;

/**
 * What Node is started with wherever it starts workers. V8's guard of its compiled code loses track of a page now and then when a
 * worker ends, and stops the whole process (« Check failed: jit_page.has_value() », nodejs/node#64500).
 */
export const NODE_FLAGS = ['--no-memory-protection-keys'];

/**
 * The Node that came with the dependencies. Types are stripped, argon2 is there and native code fits only from version 24 on,
 * and a broken installation would silently fall back on the system's older one: hence the explicit path and the assertion.
 * @param {string} root
 */
export function packagedNode(root) {
	const folder = join(root, 'node_modules', `node-linux-${process.arch}`);
	const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	if (Number.parseInt(version) < NEEDED) throw new Error(`Node ${NEEDED} is needed, ${folder} holds ${version}`);
	return join(folder, 'bin', 'node');
}

/** @param {string} root */
export function hasPackagedNode(root) {
	return existsSync(join(root, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node'));
}
