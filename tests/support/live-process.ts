// The smallest server of live documents, in a process of its own: for the tests that kill it or weigh it.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort } from './serveur.ts';

/** What a process is doing: a death can be ordered for the moment when it does it. */
export const PHASES = ['chargement', 'écriture', 'compaction', 'déchargement'] as const;
export type Phase = (typeof PHASES)[number];

/** SIGKILL, from another thread, so long after the process has begun something for the given time. */
export interface Death {
	phase: Phase;
	/** 1: the first time. */
	occurrence: number;
	milliseconds: number;
}

/** What a process weighs, after a forced collection. */
export interface Weight {
	/** Bytes. */
	rss: number;
	heap: number;
	/** Sockets, files and pipes that are open. */
	handles: number;
}

export type Order = { type: 'mourir'; death: Death } | { type: 'peser' };
export type Report = { type: 'prêt' } | { type: 'entendu' } | { type: 'poids'; weight: Weight };

export interface LiveProcessOptions {
	dataDir: string;
	databaseUrl?: string | null;
	port?: number;
	rowsPerSnapshot?: number;
	/** Ordered before anything is done. */
	death?: Death;
}

const ENTRY = fileURLToPath(new URL('live-process-entry.ts', import.meta.url));

export interface LiveProcess {
	readonly url: string;
	readonly port: number;
	readonly pid: number;
	/** Resolves when it is no more. */
	readonly gone: Promise<void>;
	readonly isAlive: boolean;
	/** What it said on its outputs. */
	output(): string;
	/** Resolves when it knows what will happen to it. */
	order(death: Death): Promise<void>;
	weigh(): Promise<Weight>;
	kill(): Promise<void>;
	/** As Ctrl+C. */
	stop(): Promise<void>;
}

/** Resolves when it listens, or is dead already. */
export async function startLiveProcess(options: LiveProcessOptions): Promise<LiveProcess> {
	const port = options.port ?? (await freePort());
	const child = launch(options, port);
	let output = '';
	for (const stream of [child.stdout, child.stderr])
		stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
	const gone = once(child, 'exit').then(() => undefined);
	const isAlive = () => child.exitCode === null && child.signalCode === null;
	const tell = (order: Order) => isAlive() && child.connected && child.send(order, () => undefined);
	await Promise.race([said(child, 'prêt'), gone]);
	const end = async (signal: NodeJS.Signals) => {
		if (isAlive()) child.kill(signal);
		await gone;
	};
	return {
		url: `ws://127.0.0.1:${port}/collaboration`,
		port,
		pid: child.pid as number,
		gone,
		get isAlive() {
			return isAlive();
		},
		output: () => output,
		async order(death) {
			const heard = said(child, 'entendu');
			tell({ type: 'mourir', death });
			await Promise.race([heard, gone]);
		},
		async weigh() {
			const answer = said(child, 'poids');
			tell({ type: 'peser' });
			return (await answer).weight;
		},
		kill: () => end('SIGKILL'),
		stop: () => end('SIGTERM')
	};
}

function launch({ dataDir, databaseUrl, rowsPerSnapshot, death }: LiveProcessOptions, port: number) {
	const { PATH, HOME } = process.env;
	const env: NodeJS.ProcessEnv = { PATH, HOME, PORT: String(port), DATA_DIR: dataDir };
	// Tests write faster than anyone does.
	env.MESSAGES_PAR_SECONDE = '1000000';
	if (databaseUrl) env.DATABASE_URL = databaseUrl;
	if (rowsPerSnapshot) env.LIGNES_PAR_INSTANTANE = String(rowsPerSnapshot);
	if (death) env.MORT = JSON.stringify(death);
	const child = fork(ENTRY, { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: ['--expose-gc'] });
	alive.add(child);
	child.once('exit', () => alive.delete(child));
	return child;
}

function said<T extends Report['type']>(child: ChildProcess, type: T): Promise<Extract<Report, { type: T }>> {
	return new Promise((resolve) => {
		const look = (report: Report) => {
			if (report.type !== type) return;
			child.off('message', look);
			resolve(report as Extract<Report, { type: T }>);
		};
		child.on('message', look);
	});
}

/** A run that is cut short leaves no process behind. */
const alive = new Set<ChildProcess>();
process.once('exit', () => alive.forEach((child) => child.kill('SIGKILL')));
