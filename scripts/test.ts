// `npm test`: every check and every test of the project, one after the other, and one last line that adds them all up.
//   npm test                      everything
//   npm test -- server/import     the tests of these paths only (and other arguments of Vitest)
//   npm test -- tests/journeys    the browser stories (and other arguments of Playwright)
//   npm run check                 the checks alone
import { fileURLToPath } from 'node:url';
import { addAccounts, totals, type Account } from './test/account.ts';
import { atOnce, BUILD, CHECKS, outcome, playwright, SYNC, vitest, type Step } from './test/steps.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

let interrupted: number | undefined;
process.once('SIGINT', () => (interrupted = 130)).once('SIGTERM', () => (interrupted = 143));

const account = await runAll(chosenSteps(process.argv.slice(2)));
if (account.skipped.length > 0) console.log('\nTests ignorés :');
for (const { title, reason } of account.skipped) console.log(`  ${title} : ${reason}`);
if (account.failed.length > 0) console.log('\nÉchecs :');
for (const failure of account.failed) console.log(`  ${failure}`);
console.log(`\n${totals(account)}`);
process.exit(interrupted ?? (account.failed.length > 0 ? 1 : 0));

function chosenSteps(args: string[]): Step[] {
	if (args.length === 0) return [SYNC, atOnce(CHECKS), BUILD, vitest(), playwright()];
	if (args.includes('--verifications')) return [SYNC, atOnce(CHECKS)];
	if (args.some((arg) => /(^|\/)tests\/(journeys|accessibility)|\.spec\.ts/.test(arg)))
		return [BUILD, playwright(args)];
	// Only what stands in tests/ may start the real server.
	return args.some((arg) => /(^|\/)tests(\/|$)/.test(arg)) ? [BUILD, vitest(args)] : [vitest(args)];
}

/** Nothing stops the suite but a person: one run tells all that is wrong. */
async function runAll(steps: Step[]): Promise<Account> {
	const accounts: Account[] = [];
	for (const step of steps) {
		console.log(`\n▶ ${step.name}`);
		const since = Date.now();
		const account = await step.run(ROOT);
		accounts.push(account);
		console.log(outcome(step, account, since));
		if (interrupted) break;
	}
	return addAccounts(accounts);
}
