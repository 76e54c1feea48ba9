// Somebody who writes calmly, in a thread of their own, so that only the server's slowness is measured. Run by peaceful.ts.
import { parentPort, workerData } from 'node:worker_threads';
import { texteOf } from '#lib/fiches/fiche.ts';
import { LiveClient } from './live-client.ts';
import type { PeacefulReport } from './peaceful.ts';

const PAUSE = 40;
const { url, name, cookie } = workerData as { url: string; name: string; cookie: string };
const client = new LiveClient({ url, name, cookie, reconnect: true });
const waits: number[] = [];
let isWriting = true;

parentPort?.once('message', () => (isWriting = false));
await client.ready();
await write();
parentPort?.postMessage('prêt');
while (isWriting) {
	waits.push(await write());
	await new Promise((resolve) => setTimeout(resolve, PAUSE));
}
/** One letter; gives how long it took to be durable. */
async function write(): Promise<number> {
	const since = performance.now();
	texteOf(client.doc, 'echeance')?.insert(0, 'x');
	await client.saved();
	return performance.now() - since;
}

const report: PeacefulReport = { waits, letters: (texteOf(client.doc, 'echeance')?.length ?? 0) - 1 };
client.close();
parentPort?.postMessage(report);
