// A project in miniature around the real bootstrap: its npm, its bundler and its server are stand-ins of a few lines that
// write down what they were asked, so that an installation takes no time and needs no network.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SCRIPTS = fileURLToPath(new URL('../../../scripts', import.meta.url));

export interface Run {
	code: number | null;
	stdout: string;
	stderr: string;
}

export class Projet {
	readonly root = mkdtempSync(join(tmpdir(), 'copacte-amorce-'));

	constructor() {
		cpSync(join(SCRIPTS, 'amorce.js'), join(this.root, 'scripts/amorce.js'));
		cpSync(join(SCRIPTS, 'amorce'), join(this.root, 'scripts/amorce'), { recursive: true });
		this.write('package.json', JSON.stringify({ type: 'module' }));
		this.write('package-lock.json', JSON.stringify(lock('1.0.0')));
		this.write('server/main.ts', '// the sources');
		this.write('server/cli.ts', CLI);
		this.write('npm/npm-cli.js', NPM);
	}

	write(path: string, content: string): void {
		mkdirSync(dirname(join(this.root, path)), { recursive: true });
		writeFileSync(join(this.root, path), content);
	}

	/** What the stand-ins were asked, in order: « npm ci … », « sync », « build ». */
	journal(): string[] {
		const file = join(this.root, 'journal');
		return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
	}

	/** Somebody adds a package: the lock file changes. */
	changeLock(version: string): void {
		this.write('package-lock.json', JSON.stringify(lock(version)));
	}

	launch(args: string[], env: Record<string, string> = {}): ChildProcess & { result: Promise<Run> } {
		const child = spawn(process.execPath, ['scripts/amorce.js', ...args], {
			cwd: this.root,
			env: {
				PATH: process.env.PATH,
				npm_execpath: join(this.root, 'npm/npm-cli.js'),
				npm_node_execpath: process.execPath,
				...env
			},
			stdio: 'pipe'
		});
		const run: Run = { code: null, stdout: '', stderr: '' };
		child.stdout.setEncoding('utf8').on('data', (text) => (run.stdout += text));
		child.stderr.setEncoding('utf8').on('data', (text) => (run.stderr += text));
		return Object.assign(child, { result: once(child, 'close').then(([code]) => ({ ...run, code })) });
	}

	run(args: string[], env?: Record<string, string>): Promise<Run> {
		return this.launch(args, env).result;
	}

	[Symbol.dispose](): void {
		rmSync(this.root, { recursive: true, force: true });
	}
}

const NODE_PACKAGE = `node_modules/node-linux-${process.arch}`;

function lock(version: string): object {
	return {
		packages: {
			'': { version: '0.0.0', dependencies: { lib: version } },
			// npm's lock may name the peer of a peer that it does not install.
			'node_modules/optional-peer': { version: '1.0.0' },
			'node_modules/lib': { version },
			'node_modules/elsewhere': { version: '1.0.0', optional: true, os: ['darwin'], cpu: ['arm64'] },
			[NODE_PACKAGE]: { version: '24.0.0', optional: true, os: ['linux'], cpu: [process.arch] }
		}
	};
}

/** `npm ci`: empties node_modules, fills it, then writes its account of it. With SABOTAGE, stops where it says. */
const NPM = `
	import { appendFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
	appendFileSync('journal', 'npm ' + process.argv.slice(2).join(' ') + '\\n');
	rmSync('node_modules', { recursive: true, force: true });
	const put = (path, text) => { mkdirSync(path.replace(/[^/]*$/, ''), { recursive: true }); writeFileSync(path, text); };
	put('node_modules/@sveltejs/kit/svelte-kit.js', "require('fs').appendFileSync('journal', 'sync\\\\n')");
	if (process.env.SABOTAGE === 'cut') { console.error('npm error network'); process.exit(7); }
	put('node_modules/vite/bin/vite.js', ${JSON.stringify(`
		const fs = require('fs');
		fs.appendFileSync('journal', process.argv[2] + '\\n');
		if (process.env.SABOTAGE === 'build') { console.error('a mistake in the sources'); process.exit(1); }
		fs.rmSync('build', { recursive: true, force: true });
		fs.mkdirSync('build/server', { recursive: true });
		fs.writeFileSync('build/server/main.js', fs.readFileSync('server/main.ts', 'utf8'));
	`)});
	put('${NODE_PACKAGE}/package.json', JSON.stringify({ version: '24.0.0' }));
	mkdirSync('${NODE_PACKAGE}/bin', { recursive: true });
	if (process.env.SABOTAGE !== 'registry') symlinkSync(${JSON.stringify(process.execPath)}, '${NODE_PACKAGE}/bin/node');
	const account = JSON.parse(readFileSync('package-lock.json', 'utf8'));
	delete account.packages[''];
	delete account.packages['node_modules/elsewhere'];
	delete account.packages['node_modules/optional-peer'];
	if (process.env.SABOTAGE === 'registry') delete account.packages['${NODE_PACKAGE}'];
	writeFileSync('node_modules/.package-lock.json', JSON.stringify(account));
	console.log('added 3 packages');
`;

const CLI = `console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = Number(process.argv[2] ?? 0);`;
