import { existsSync, readFileSync } from 'node:fs';

/**
 * A stamp is a small file, written when a preparation is complete, that holds the hash of what it was made from.
 * @param {string} file
 * @param {() => string} hash of what there is now; not computed where there is no stamp
 */
export function stampAgrees(file, hash) {
	return existsSync(file) && readFileSync(file, 'utf8') === hash();
}
