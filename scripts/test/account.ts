import { writeFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

/** What one step of the suite has to say for itself, whichever tool ran it. */
export interface Account {
	passed: number;
	/** One line each. */
	failed: string[];
	skipped: Skip[];
}

export interface Skip {
	title: string;
	reason: string;
}

export const NO_REASON = 'sans raison donnée';

/** The reporters leave their account in the file that this variable names. */
export const ACCOUNT_FILE = 'COPACTE_BILAN';

export function writeAccount(account: Account): void {
	const file = process.env[ACCOUNT_FILE];
	if (file) writeFileSync(file, JSON.stringify(account));
}

export function addAccounts(accounts: Account[]): Account {
	return {
		passed: accounts.reduce((sum, { passed }) => sum + passed, 0),
		failed: accounts.flatMap(({ failed }) => failed),
		skipped: accounts.flatMap(({ skipped }) => skipped)
	};
}

/** A failed test with the beginning of what it said: who only has the end of a long output must see why. */
export function failureOf(title: string, message: string | undefined): string {
	const said = stripVTControlCharacters(message ?? '')
		.replace(/\s+/g, ' ')
		.trim();
	return said === '' ? title : `${title}\n    ${said.slice(0, LONGEST_MESSAGE)}`;
}

const LONGEST_MESSAGE = 600;

/** The last line of `npm test`. */
export function totals({ passed, failed, skipped }: Account): string {
	return `${passed} passed, ${failed.length} failed, ${skipped.length} skipped`;
}

/**
 * A runner that ends badly although none of its tests failed, or that left no account, has failed all the same: a crash must
 * never look like a success.
 */
export function trusted(account: Account | null, runner: string, exitCode: number): Account {
	if (account === null)
		return { passed: 0, failed: [`${runner} s’est arrêté sans rendre de comptes (code ${exitCode})`], skipped: [] };
	if (exitCode !== 0 && account.failed.length === 0)
		return { ...account, failed: [`${runner} s’est arrêté avec le code ${exitCode}, sans test en échec`] };
	return account;
}
