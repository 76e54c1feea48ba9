// Run by live-process.ts, never by hand. It speaks with its parent over the channel of `fork`.
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { createCollaboration } from '../../server/collaboration/collaboration.ts';
import { readConfig } from '../../server/config.ts';
import { engineOf, migrate, openDatabase } from '../../server/database/open.ts';
import { Executioner, type Death } from './live-death.ts';
import type { Order, Report, Weight } from './live-process.ts';

const config = readConfig(process.env);
const sockets = new Set<Socket>();
const executioner = new Executioner(() => sockets.size);
if (process.env.MORT) executioner.order(JSON.parse(process.env.MORT) as Death);

const db = openDatabase(config).withPlugin(executioner);
const engine = engineOf(config);
await migrate(db, engine);
const rowsPerSnapshot = process.env.LIGNES_PAR_INSTANTANE ? Number(process.env.LIGNES_PAR_INSTANTANE) : undefined;
const collaboration = createCollaboration({ db, engine, now: Date.now, rowsPerSnapshot, limits: config.limites });

const server = createServer((_request, response) => response.writeHead(404).end());
server.on('upgrade', (request, socket, head) => collaboration.handleUpgrade(request, socket, head));
server.on('connection', (socket) => {
	sockets.add(socket);
	socket.once('close', () => sockets.delete(socket));
});
server.listen(config.port, '127.0.0.1', () => tell({ type: 'prêt' }));

process.on('message', (order: Order) => {
	if (order.type === 'mourir') {
		executioner.order(order.death);
		tell({ type: 'entendu' });
	} else void weigh().then((weight) => tell({ type: 'poids', weight }));
});
process.on('disconnect', () => process.exit());
process.on('SIGTERM', () => void end());

async function end(): Promise<void> {
	server.close();
	await collaboration.close();
	await db.destroy();
	process.exit();
}

/** V8 keeps what it once took of the system, unless it is told that memory is short. Twice: finalizers free more. */
async function weigh(): Promise<Weight> {
	for (let times = 0; times < 2; times++) {
		globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
		await new Promise((resolve) => setImmediate(resolve));
	}
	// A timer is work that is due, such as a projection: it comes and goes.
	const handles = process.getActiveResourcesInfo().filter((kind) => kind !== 'Timeout' && kind !== 'Immediate');
	const { rss, heapUsed: heap } = process.memoryUsage();
	return { rss, heap, handles: handles.length };
}

function tell(report: Report): void {
	process.send?.(report, undefined, undefined, () => undefined);
}
