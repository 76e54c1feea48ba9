import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { workerFile } from './workers.ts';

it('finds a worker in its room when run from source, under Node as under Vite', () => {
	const source = pathToFileURL(join(tmpdir(), 'server', 'workers.ts')).href;
	for (const from of [source, `${source}?t=1`])
		expect(workerFile('import', from)).toBe(join(tmpdir(), 'server', 'import', 'import-worker.ts'));
});

it('finds a worker at the top of the build, from the main file as from a chunk', () => {
	const build = mkdtempSync(join(tmpdir(), 'copacte-'));
	mkdirSync(join(build, 'chunks'));
	writeFileSync(join(build, 'export-worker.js'), '');
	for (const from of ['main.js', join('chunks', 'app-1a2b.js')])
		expect(workerFile('export', pathToFileURL(join(build, from)).href)).toBe(join(build, 'export-worker.js'));
	expect(() => workerFile('import', pathToFileURL(join(build, 'main.js')).href)).toThrow(
		/No file for the import worker/
	);
});
