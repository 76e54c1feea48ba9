// A proxy as some workplaces have them: it reads each answer to its end before it lets any of it through, and knows no WebSocket.
import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Mandataire {
	readonly url: string;
	/** The device is on another network now: what was open is cut, and it comes from another address. */
	changerDeReseau(adresse: string): void;
	close(): Promise<void>;
}

export async function openMandataire(port: number): Promise<Mandataire> {
	let localAddress = '127.0.0.1';
	const server = createServer((near, answer) => forward(near, answer));
	server.on('upgrade', (_request, socket) => socket.destroy());
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');

	function forward(near: IncomingMessage, answer: ServerResponse): void {
		const { method, url = '/', headers } = near;
		const far = request({ host: '127.0.0.1', port, localAddress, method, path: url, headers }, (response) => {
			const parts: Buffer[] = [];
			response.on('data', (part: Buffer) => parts.push(part));
			response.on('error', () => answer.destroy());
			response.on('end', () => {
				answer.writeHead(response.statusCode ?? 502, withoutLength(response.rawHeaders));
				answer.end(Buffer.concat(parts));
			});
		});
		far.on('error', () => answer.destroy());
		answer.on('close', () => far.destroy());
		near.pipe(far);
	}

	return {
		url: `http://localhost:${(server.address() as AddressInfo).port}`,
		changerDeReseau(adresse) {
			localAddress = adresse;
			server.closeAllConnections();
		},
		async close() {
			server.close();
			server.closeAllConnections();
			await once(server, 'close');
		}
	};
}

/** Cookies come several under one name, so that the pairs are kept as they are. */
function withoutLength(rawHeaders: readonly string[]): string[] {
	const kept: string[] = [];
	for (let i = 0; i < rawHeaders.length; i += 2) {
		const [name, value] = [rawHeaders[i] as string, rawHeaders[i + 1] as string];
		if (!/^(content-length|transfer-encoding|connection)$/i.test(name)) kept.push(name, value);
	}
	return kept;
}
