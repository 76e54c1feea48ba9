// A TCP relay in front of a server (PostgreSQL): what a test cuts and mends.
import { once } from 'node:events';
import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Relay {
	readonly port: number;
	/** Ends every connection and refuses new ones. */
	cut(): void;
	/** Holds everything, in silence, as a network does that loses its packets. */
	freeze(): void;
	mend(): void;
	close(): Promise<void>;
}

export async function openRelay(host: string, port: number): Promise<Relay> {
	const pairs = new Set<[Socket, Socket]>();
	let state: 'open' | 'cut' | 'frozen' = 'open';
	const server = createServer((near) => {
		near.on('error', () => near.destroy());
		if (state === 'cut') return near.destroy();
		const far = createConnection({ host, port });
		far.on('error', () => near.destroy());
		const pair: [Socket, Socket] = [near, far];
		pairs.add(pair);
		near.on('close', () => {
			far.destroy();
			pairs.delete(pair);
		});
		far.on('close', () => near.destroy());
		near.pipe(far);
		far.pipe(near);
		if (state === 'frozen') pair.forEach((socket) => socket.pause());
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		port: (server.address() as AddressInfo).port,
		cut() {
			state = 'cut';
			for (const [near] of pairs) near.destroy();
		},
		freeze() {
			state = 'frozen';
			for (const pair of pairs) pair.forEach((socket) => socket.pause());
		},
		mend() {
			state = 'open';
			for (const pair of pairs) pair.forEach((socket) => socket.resume());
		},
		async close() {
			for (const [near] of pairs) near.destroy();
			server.close();
			await once(server, 'close');
		}
	};
}
