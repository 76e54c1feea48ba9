import { expect, it } from 'vitest';
import { fullDisk, locked } from '../../support/failing-store.ts';
import { runOutage } from './pannes.ts';

it.each([
	['a full disk', fullDisk],
	['a file that another program holds', locked]
])(
	'R31. %s for two seconds, and people who write on: nothing is called saved, nothing is lost or doubled',
	async (title, fail) => {
		const { lies, wrong, typed } = await runOutage({ title, fail, seconds: 2 });
		expect({ lies, wrong }).toEqual({ lies: 0, wrong: 0 });
		expect(typed).toBeGreaterThan(8);
	}
);
