import { fileURLToPath } from 'node:url';
import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig, isRunnableDevEnvironment, type Plugin, type ViteDevServer } from 'vite';

const CSP = {
	'default-src': ['self'],
	'img-src': ['self', 'data:'],
	'object-src': ['none'],
	'base-uri': ['none'],
	'form-action': ['self'],
	'frame-ancestors': ['none'],
	'style-src': ['self', 'unsafe-inline']
} as const;

/** What pages share comes in a few files rather than in fifty: on a weak network each request costs more than its bytes. */
const PARTS = [
	{
		name: 'socle',
		test: /node_modules\/(svelte|esm-env|clsx|devalue)\/|kit\/src\/(?!runtime\/client\/(client-)?entry)/,
		priority: 3
	},
	{
		name: 'ui',
		// Not what only pages of forms use.
		test: /src\/lib\/ui\/(?!Encart|Formulaire|Propositions|TextField)|src\/lib\/format|src\/lib\/documents\//,
		priority: 2
	},
	{ name: 'ecrire', test: /node_modules\/(yjs|lib0|y-protocols|@hocuspocus|fractional-indexing)\//, priority: 1 }
];

export default defineConfig({
	plugins: [
		sveltekit({
			adapter: adapter({ precompress: true }),
			inlineStyleThreshold: 4096,
			csp: { mode: 'auto', directives: CSP as never }
		}),
		processus()
	],
	build: { target: ['chrome100', 'firefox100', 'safari15.4'] },
	environments: {
		client: {
			build: {
				rolldownOptions: { output: { codeSplitting: { groups: PARTS } } }
			}
		}
	}
});

/** Our own process: its entries are built into the same module graph as the routes, so that there is one of everything. */
function processus(): Plugin {
	return {
		name: 'copacte-processus',
		resolveId(id) {
			if (id !== 'virtual:adapter-node-handler') return;
			return fileURLToPath(new URL('./src/handler.js', import.meta.resolve('@sveltejs/adapter-node')));
		},
		config(_config, { command, isPreview }) {
			if (command !== 'build' || isPreview) return;
			const input = {
				main: 'server/main.ts',
				'import-worker': 'server/import/import-worker.ts',
				'export-worker': 'server/export/export-worker.ts',
				'figures-worker': 'server/figures/figures-worker.ts',
				'salles-worker': 'server/salles/salles-worker.ts'
			};
			return { environments: { ssr: { build: { rolldownOptions: { input } } } } };
		},
		configureServer(vite) {
			vite.httpServer?.once('listening', async () => {
				const address = vite.httpServer?.address();
				const port = typeof address === 'object' && address ? address.port : 0;
				const { startDev } = await importFromGraph<typeof import('./server/dev.ts')>(vite, '/server/dev.ts');
				startDev(port).catch((error: unknown) => vite.config.logger.error(String(error)));
			});
			vite.httpServer?.on('upgrade', async (request, socket, head) => {
				if (new URL(request.url ?? '/', 'http://x').pathname !== '/collaboration') return; // vite's own socket
				const { getApp } = await importFromGraph<typeof import('./server/app.ts')>(vite, '/server/app.ts');
				(await getApp()).collaboration.handleUpgrade(request, socket, head);
			});
		}
	};
}

/** Loads a server module from the graph of the routes: any other way gives a second copy of it. */
async function importFromGraph<T>(vite: ViteDevServer, path: string): Promise<T> {
	const { ssr } = vite.environments;
	if (!ssr || !isRunnableDevEnvironment(ssr)) throw new Error('The ssr environment of vite cannot run modules');
	return ssr.runner.import<T>(path);
}
