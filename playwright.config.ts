import { defineConfig, devices } from '@playwright/test';
import { findChromium } from './tests/support/chromium.ts';

/** One browser at a time: each story starts a server of its own (`tests/support/serveur.ts`), on a machine of two cores. */
export default defineConfig({
	testDir: 'tests',
	testMatch: '{journeys,accessibility}/**/*.spec.ts',
	outputDir: 'test-results',
	workers: 1,
	forbidOnly: Boolean(process.env.CI || process.env.COPACTE_CI),
	timeout: 90_000,
	expect: { timeout: 10_000 },
	use: {
		...devices['Desktop Chrome'],
		locale: 'fr-FR',
		timezoneId: 'Europe/Paris',
		contextOptions: { reducedMotion: 'reduce' },
		launchOptions: findChromium(),
		trace: process.env.CI || process.env.COPACTE_CI ? 'off' : 'retain-on-failure'
	}
});
