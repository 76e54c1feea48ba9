import type { Reporter, TestCase, TestModule, TestSuite } from 'vitest/node';
import { failureOf, NO_REASON, writeAccount, type Account } from './account.ts';

/** Counts the tests for the account, beside the reporter that people read. */
export default class AccountReporter implements Reporter {
	onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly { message?: string }[]): void {
		const account: Account = { passed: 0, failed: [], skipped: [] };
		for (const { message } of unhandledErrors) account.failed.push(`erreur hors d’un test : ${message ?? 'inconnue'}`);
		for (const module of modules) {
			// What fails around the tests: a file that does not load, a beforeAll that throws.
			for (const group of [module, ...module.children.allSuites()]) countGroup(group, module, account);
			for (const test of module.children.allTests()) countTest(test, module, account);
		}
		writeAccount(account);
	}
}

function countGroup(group: TestModule | TestSuite, module: TestModule, account: Account): void {
	for (const { message } of group.errors()) account.failed.push(`${module.relativeModuleId} : ${message}`);
}

function countTest(test: TestCase, module: TestModule, account: Account): void {
	const title = `${module.relativeModuleId} > ${test.fullName}`;
	const result = test.result();
	switch (result.state) {
		case 'passed':
			account.passed += 1;
			break;
		case 'skipped':
			account.skipped.push({ title, reason: result.note ?? (test.options.mode === 'todo' ? 'à écrire' : NO_REASON) });
			break;
		case 'failed':
			account.failed.push(failureOf(title, saidBy(result.errors[0])));
			break;
		case 'pending':
			account.failed.push(`${title} (interrompu)`);
			break;
		default:
			result satisfies never;
	}
}

function saidBy(error: { message?: string; diff?: string } | undefined): string {
	return [error?.message, error?.diff].filter(Boolean).join(' ');
}
