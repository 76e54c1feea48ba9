import { playwright } from '@vitest/browser-playwright';
import { defineConfig, mergeConfig } from 'vitest/config';
import { NODE_FLAGS } from './scripts/amorce/packaged-node.js';
import { findChromium } from './tests/support/chromium.ts';
import viteConfig from './vite.config.ts';

/** Two kinds of tests: those that Node runs, and those of components and runes, which only a browser runs truly. */
const IN_BROWSER = ['{src,tests}/**/*.{svelte,browser}.test.ts'];

/** Without the plugin that starts our own process beside vite: tests start what they need themselves. */
const plugins = viteConfig.plugins?.filter(
	(plugin) => !(plugin && 'name' in plugin && plugin.name === 'copacte-processus')
);

export default mergeConfig(
	{ ...viteConfig, plugins },
	defineConfig({
		test: {
			maxWorkers: 2,
			projects: [
				{
					extends: true,
					test: {
						name: 'serveur',
						environment: 'node',
						pool: 'forks',
						execArgv: NODE_FLAGS,
						include: ['{src,server,scripts,tests,bench}/**/*.test.ts'],
						exclude: IN_BROWSER,
						testTimeout: 20_000,
						hookTimeout: 30_000
					}
				},
				{
					extends: true,
					test: {
						name: 'composants',
						include: IN_BROWSER,
						browser: {
							enabled: true,
							headless: true,
							screenshotFailures: false,
							provider: playwright({
								launchOptions: findChromium(),
								contextOptions: { locale: 'fr-FR', timezoneId: 'Europe/Paris', reducedMotion: 'reduce' }
							}),
							instances: [{ browser: 'chromium', viewport: { width: 1024, height: 768 } }]
						}
					}
				}
			]
		}
	})
);
