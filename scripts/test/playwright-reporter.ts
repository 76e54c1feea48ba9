import { relative } from 'node:path';
import type { Reporter, Suite, TestCase, TestError } from '@playwright/test/reporter';
import { failureOf, NO_REASON, writeAccount, type Account } from './account.ts';

/** Counts the tests for the account, beside the reporter that people read. */
export default class AccountReporter implements Reporter {
	#suite: Suite | undefined;
	#errors: string[] = [];

	onBegin(_config: unknown, suite: Suite): void {
		this.#suite = suite;
	}

	/** What fails around the tests: a file that does not load, no test found. */
	onError({ message = 'erreur inconnue' }: TestError): void {
		this.#errors.push(`erreur hors d’un test : ${message}`);
	}

	onEnd(): void {
		const account: Account = { passed: 0, failed: this.#errors, skipped: [] };
		for (const test of this.#suite?.allTests() ?? []) countTest(test, account);
		writeAccount(account);
	}
}

function countTest(test: TestCase, account: Account): void {
	const title = `${relative(process.cwd(), test.location.file)} > ${test.titlePath().slice(3).join(' > ')}`;
	const outcome = test.outcome();
	switch (outcome) {
		case 'expected':
			account.passed += 1;
			break;
		case 'skipped':
			account.skipped.push({ title, reason: reasonOf(test) });
			break;
		case 'unexpected':
		case 'flaky':
			account.failed.push(failureOf(title, test.results.find(({ error }) => error)?.error?.message));
			break;
		default:
			outcome satisfies never;
	}
}

function reasonOf(test: TestCase): string {
	if (test.expectedStatus !== 'skipped') return 'pas exécuté, un test qui le précède a échoué';
	return test.annotations.find(({ type }) => type === 'skip' || type === 'fixme')?.description ?? NO_REASON;
}
