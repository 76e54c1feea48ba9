// Starts the real server, as people do, for the tests that need it: a process of its own, on a data folder of its own.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NODE_FLAGS } from '../../scripts/amorce/packaged-node.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** A build of another place may be tried: `COPACTE_BUILD`. */
const MAIN = join(ROOT, process.env.COPACTE_BUILD ?? 'build', 'server/main.js');
const READY = /Copacte est prêt/;
const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 20_000;

export interface ServeurOptions {
	/** Added to the environment, after ours. */
	env?: Record<string, string>;
	port?: number;
	/** Kept by `stop()` where it is given; else one is made, and removed. */
	dataDir?: string;
}

export interface Serveur {
	/** Without final slash. */
	readonly url: string;
	readonly port: number;
	readonly dataDir: string;
	readonly pid: number;
	/** Everything printed since the first start. */
	output(): string;
	/** The links printed by the last start: `premier` is the first administrator's, `demo` holds one per role. */
	links(): { premier: string | undefined; demo: { nom: string; url: string }[] };
	/** As Ctrl+C; gives the exit code. */
	stop(): Promise<number | null>;
	/** As a power cut: the data folder stays. */
	kill9(): Promise<void>;
	/** Starts again on the same port and folder, after `stop()` or `kill9()`, or stops first. */
	restart(env?: Record<string, string>): Promise<void>;
	[Symbol.asyncDispose](): Promise<void>;
}

/** Resolves once the server says that it is ready; rejects with what it printed if it ends before. */
export async function startServeur(options: ServeurOptions = {}): Promise<Serveur> {
	if (!existsSync(MAIN)) throw new Error('build/ is missing: run `npm run build` first.');
	const port = options.port ?? (await freePort());
	const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'copacte-test-'));
	let env = options.env ?? {};
	let output = '';
	let lastStart = 0;
	let child: ChildProcess;

	async function launch(): Promise<void> {
		lastStart = output.length;
		child = spawn(process.execPath, [...NODE_FLAGS, MAIN], {
			cwd: ROOT,
			env: environment(port, dataDir, env),
			stdio: 'pipe'
		});
		for (const stream of [child.stdout, child.stderr])
			stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
		alive.add(child);
		child.once('close', () => alive.delete(child));
		await ready(child, () => output.slice(lastStart));
	}

	async function end(signal: NodeJS.Signals): Promise<number | null> {
		if (hasEnded(child)) return child.exitCode;
		const closed = once(child, 'close');
		const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
		child.kill(signal);
		await closed;
		clearTimeout(limit);
		return child.exitCode;
	}

	async function stop(): Promise<number | null> {
		const code = await end('SIGTERM');
		if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
		return code;
	}

	await launch();
	return {
		url: `http://localhost:${port}`,
		port,
		dataDir,
		get pid() {
			return child.pid!;
		},
		output: () => output,
		links: () => linksIn(output.slice(lastStart)),
		stop,
		async kill9() {
			await end('SIGKILL');
		},
		async restart(changed) {
			await end('SIGTERM');
			env = { ...env, ...changed };
			await launch();
		},
		async [Symbol.asyncDispose]() {
			await stop();
		}
	};
}

/** Nothing of the machine's own settings reaches a test's server. */
function environment(port: number, dataDir: string, env: Record<string, string>): NodeJS.ProcessEnv {
	const { PATH, HOME, LANG, TMPDIR } = process.env;
	return { PATH, HOME, LANG, TMPDIR, HOST: '127.0.0.1', PORT: String(port), DATA_DIR: dataDir, ...env };
}

function ready(child: ChildProcess, output: () => string): Promise<void> {
	return new Promise((resolve, reject) => {
		const limit = setTimeout(() => {
			child.kill('SIGKILL');
			reject(new Error(`The server was not ready in ${START_LIMIT_MS / 1000} s.\n${output()}`));
		}, START_LIMIT_MS);
		const settle = (act: () => void) => {
			clearTimeout(limit);
			child.stdout?.off('data', look);
			child.off('close', fail);
			act();
		};
		const look = () => READY.test(output()) && settle(resolve);
		const fail = (code: number | null) =>
			settle(() => reject(new Error(`The server ended (code ${code}) before it was ready.\n${output()}`)));
		child.stdout?.on('data', look);
		child.once('close', fail);
	});
}

function linksIn(output: string): { premier: string | undefined; demo: { nom: string; url: string }[] } {
	const paragraphs = output.split(/\n\n+/);
	const of = (heading: RegExp) =>
		paragraphs
			.find((paragraph) => heading.test(paragraph))
			?.split('\n')
			.slice(1) ?? [];
	const demo = of(/^Démonstration/).map((line) => /^\s*(.*?)\s+(https?:\S+)/.exec(line));
	return {
		premier: of(/^Premier administrateur/)[0]?.trim(),
		demo: demo.flatMap((match) => (match ? [{ nom: match[1] ?? '', url: match[2] ?? '' }] : []))
	};
}

export async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return port;
}

function hasEnded(child: ChildProcess): boolean {
	return child.exitCode !== null || child.signalCode !== null;
}

/** A test run that is cut short leaves no server behind. */
const alive = new Set<ChildProcess>();
process.once('exit', () => alive.forEach((child) => child.kill('SIGKILL')));
