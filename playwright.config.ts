import { defineConfig, devices } from '@playwright/test';
import { findChromium } from './tests/support/chromium.ts';

/** Two stories at a time, each with a server of its own (`tests/support/serveur.ts`): as many as a small machine has cores. */
export default defineConfig({
	testDir: 'tests',
	testMatch: '{journeys,accessibility}/**/*.spec.ts',
	outputDir: 'test-results',
	workers: 2,
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
