import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const FOLDER = resolve(process.env.COPACTE_SEEDS ?? '../shared/seeds');

/** The text of the Orne's pacte, read in place. */
export const ORNE = resolve(FOLDER, '003_155318935f0f791d.txt');

/** The text of the Sarthe's pacte, read in place. */
export const SARTHE = resolve(FOLDER, '001_caf31ac52d3d87dd.txt');

/** Those of the three pactes without fiches. */
export const MAYENNE = resolve(FOLDER, '000_9802a98969868da2.txt');
export const MEUSE = resolve(FOLDER, '002_545a827021220c88.txt');
export const ALLIER = resolve(FOLDER, '004_1f13a59804524787.txt');

/** Why a test that needs the five texts cannot run here; null when they are there. In CI their absence is a failure. */
export function missingSeeds(): string | null {
	if (existsSync(ORNE) || process.env.CI) return null;
	return `the texts of the five pacts are not in ${FOLDER} (COPACTE_SEEDS)`;
}
