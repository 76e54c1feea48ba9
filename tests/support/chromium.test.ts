import { chromium } from 'playwright';
import { expect, test } from 'vitest';
import { findChromium } from './chromium.ts';

test(
	'with the browser of the system hidden, the one of the npm package opens a page',
	{ timeout: 60_000 },
	async () => {
		const launchOptions = findChromium({ ...process.env, CHROMIUM: undefined, PATH: '/nowhere' });
		expect(launchOptions.executablePath).toContain('copacte-chromium-');
		expect(launchOptions.args).not.toContain('--disable-web-security');
		expect(launchOptions.args).not.toContain('--single-process');

		const browser = await chromium.launch(launchOptions);
		try {
			const page = await browser.newPage();
			await page.goto('data:text/html;charset=utf-8,<title>Haute-Rivière</title>');
			expect(await page.title()).toBe('Haute-Rivière');
		} finally {
			await browser.close();
		}
	}
);

test('a browser given by CHROMIUM wins over the one of the PATH', () => {
	const { executablePath } = findChromium({ PATH: process.env.PATH, CHROMIUM: process.execPath });
	expect(executablePath).toBe(process.execPath);
});

test('a CHROMIUM that cannot be run is refused in one sentence', () => {
	expect(() => findChromium({ CHROMIUM: '/nowhere/chromium' })).toThrow('CHROMIUM=/nowhere/chromium');
});
