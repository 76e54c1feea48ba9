import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createConnection, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from './app.ts';
import { runCommand, type Command, type CommandResult } from './command.ts';

/** What Linux accepts, the final zero aside. */
const LONGEST_SOCKET_PATH = 107;

/**
 * Commands that write go to the running server over a local socket, so that nothing writes beside it; on a stopped one
 * they open the database themselves. One JSON line each way.
 */
function socketPath(dataDir: string): string {
	const path = join(dataDir, 'copacte.sock');
	if (Buffer.byteLength(path) <= LONGEST_SOCKET_PATH) return path;
	return join(tmpdir(), `copacte-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}.sock`);
}

/** Answers commands while the server runs. */
export async function listenForCommands(app: App): Promise<Server> {
	const path = socketPath(app.config.dataDir);
	if (await askServer(app.config.dataDir, null))
		throw new Error(`Un autre Copacte tourne déjà sur ${app.config.dataDir}.`);
	rmSync(path, { force: true }); // Left by a killed process: nobody answered.
	const server = createServer({ allowHalfOpen: true }, (socket) => {
		const parts: Buffer[] = [];
		socket.on('data', (part) => parts.push(part));
		socket.on('error', () => socket.destroy());
		socket.on('end', async () => {
			const text = Buffer.concat(parts).toString();
			socket.end(text === '' ? '' : JSON.stringify(await answer(app, text)));
		});
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(path, resolve);
	});
	server.unref();
	return server;
}

async function answer(app: App, text: string): Promise<CommandResult> {
	try {
		return await runCommand(app, JSON.parse(text) as Command);
	} catch (error) {
		return { ok: false, message: error instanceof Error ? error.message : String(error) };
	}
}

/**
 * Gives the command to the server that runs on this data folder. null: none runs. With no command: only asks whether
 * one is there.
 */
export function askServer(dataDir: string, command: Command | null): Promise<CommandResult | null> {
	return new Promise((resolve, reject) => {
		const socket = createConnection(socketPath(dataDir));
		const parts: Buffer[] = [];
		socket.on('connect', () => socket.end(command === null ? '' : JSON.stringify(command)));
		socket.on('data', (part) => parts.push(part));
		socket.on('end', () =>
			resolve(
				parts.length === 0 ? { ok: true, message: '' } : (JSON.parse(Buffer.concat(parts).toString()) as CommandResult)
			)
		);
		socket.on('error', (error: NodeJS.ErrnoException) =>
			error.code === 'ENOENT' || error.code === 'ECONNREFUSED' ? resolve(null) : reject(error)
		);
	});
}
