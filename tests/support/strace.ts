// Looks at what a process asks of the kernel, and makes it fail: where `strace` is installed and may attach.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Tracing {
	/** Lets the process go; gives the calls, one a line, bytes in hexadecimal. */
	stop(): Promise<string[]>;
}

/** Why nothing can be traced here; null when it can. */
export function missingStrace(): string | null {
	if (spawnSync('strace', ['-V']).status !== 0) return 'strace n’est pas installé';
	const tried = spawnSync('strace', ['-o', '/dev/null', 'true'], { encoding: 'utf8' });
	return tried.status === 0 ? null : `strace n’est pas permis ici : ${tried.stderr.trim()}`;
}

/** Attaches to a process and all of its threads. `inject`: as strace's own, `fdatasync:error=EIO`. */
export async function trace(pid: number, calls: string[], inject: string[] = []): Promise<Tracing> {
	const folder = mkdtempSync(join(tmpdir(), 'copacte-strace-'));
	const file = join(folder, 'appels');
	const injections = inject.flatMap((what) => ['-e', `inject=${what}`]);
	const options = ['-f', '-xx', '-s', '400', '-o', file, '-e', `trace=${calls.join()}`, ...injections];
	const strace = spawn('strace', [...options, '-p', String(pid)], { stdio: ['ignore', 'ignore', 'pipe'] });
	const gone = once(strace, 'close');
	await new Promise<void>((resolve, reject) => {
		let said = '';
		strace.stderr.setEncoding('utf8').on('data', (text: string) => {
			said += text;
			if (/attached/.test(said)) resolve();
		});
		strace.once('close', () => reject(new Error(`strace: ${said}`)));
	});
	return {
		async stop() {
			strace.kill('SIGINT');
			await gone;
			const lines = readFileSync(file, 'utf8').split('\n');
			rmSync(folder, { recursive: true });
			return lines;
		}
	};
}
