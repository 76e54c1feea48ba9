import { getApp } from './app.ts';
import { listenForCommands } from './commands.ts';
import { prepareDemo } from './demo/demo.ts';
import { welcome } from './welcome.ts';

const global = globalThis as typeof globalThis & { copacteDev?: Promise<void> };

/** What `server/main.ts` does in production, once, however often a hot reload evaluates this module. */
export function startDev(port: number): Promise<void> {
	return (global.copacteDev ??= start(port));
}

async function start(port: number): Promise<void> {
	const app = await getApp();
	await prepareDemo(app);
	await listenForCommands(app);
	console.log(await welcome(app, port));
}
