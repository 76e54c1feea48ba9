import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const FOLDER = resolve(process.env.COPACTE_SEEDS ?? '../shared/seeds');

/** The text of the Orne's pacte, read in place. */
export const ORNE = resolve(FOLDER, '003_155318935f0f791d.txt');

/** Why a test that needs the five texts cannot run here; null when they are there. In CI their absence is a failure. */
export function missingSeeds(): string | null {
	if (existsSync(ORNE) || process.env.CI) return null;
	return `the texts of the five pacts are not in ${FOLDER} (COPACTE_SEEDS)`;
}
