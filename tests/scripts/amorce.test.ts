import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Projet } from './support/projet.ts';

const CI = 'npm ci --ignore-scripts --include=dev --include=optional --no-audit --no-fund';

test('a fresh clone installs, prepares, builds and starts; the second start does none of it again', async () => {
	using projet = new Projet();
	const first = await projet.run(['start']);
	expect(first).toMatchObject({ code: 0, stdout: '' });
	expect(first.stderr).toMatch(
		/^Installation des dépendances.*\nDépendances installées en .*\nConstruction de l’application…\n/
	);
	expect(projet.journal()).toEqual([CI, 'sync', 'build']);

	expect(await projet.run(['start'])).toEqual({ code: 0, stdout: '', stderr: '' });
	expect(projet.journal()).toHaveLength(3);
});

test('a command prints on stdout what it has to say and nothing else, even when everything had to be installed', async () => {
	using projet = new Projet();
	const { stdout } = await projet.run(['copacte', '0', 'importer', 'un fichier.txt', '--json']);
	expect(stdout).toBe('["0","importer","un fichier.txt","--json"]\n');
});

test('the exit code of the command is the exit code of the script', async () => {
	using projet = new Projet();
	expect((await projet.run(['copacte', '3'])).code).toBe(3);
});

test('a lock file that changed is installed again', async () => {
	using projet = new Projet();
	await projet.run(['copacte']);
	projet.changeLock('2.0.0');
	await projet.run(['copacte']);
	expect(projet.journal()).toEqual([CI, 'sync', CI, 'sync']);
});

test('what npm says it installed by hand is taken as it is, and only prepared', async () => {
	using projet = new Projet();
	await projet.run(['copacte']);
	rmSync(join(projet.root, 'node_modules/.copacte-installation'));
	await projet.run(['copacte']);
	expect(projet.journal()).toEqual([CI, 'sync', 'sync']);
});

test('an installation that was cut short is told with the words of npm, and done again by the next command', async () => {
	using projet = new Projet();
	const cut = await projet.run(['copacte'], { SABOTAGE: 'cut' });
	expect(cut).toMatchObject({ code: 1, stdout: '' });
	expect(cut.stderr).toContain('npm error network\n\nL’installation a échoué (code 7).');

	expect((await projet.run(['copacte'])).code).toBe(0);
	expect(projet.journal()).toEqual([CI, CI, 'sync']);
});

test('a native package that the registry did not give is named, although npm leaves it out in silence', async () => {
	using projet = new Projet();
	const { code, stderr } = await projet.run(['copacte'], { SABOTAGE: 'registry' });
	expect(code).toBe(1);
	expect(stderr).toContain(`n’a pas donné : node-linux-${process.arch}.`);
	expect((await projet.run(['copacte'])).code).toBe(0);
});

test('two starts at once install once and build once', async () => {
	using projet = new Projet();
	const runs = await Promise.all([projet.run(['start']), projet.run(['start']), projet.run(['start'])]);
	expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
	expect(projet.journal()).toEqual([CI, 'sync', 'build']);
});

test('the lock of a process that is dead stops nobody', async () => {
	using projet = new Projet();
	const dead = projet.launch(['inconnue']);
	await dead.result;
	const holder = { token: 'mort', host: hostname(), pid: dead.pid, born: '1' };
	projet.write('.amorce/verrou/titulaire.json', JSON.stringify(holder));
	expect((await projet.run(['copacte'])).code).toBe(0);
});

test('a build follows its sources: a changed page builds again, a changed test or guide does not', async () => {
	using projet = new Projet();
	await projet.run(['start']);
	projet.write('src/lib/fiche.test.ts', 'test');
	projet.write('server/collaboration/README.md', 'guide');
	await projet.run(['start']);
	expect(projet.journal()).toEqual([CI, 'sync', 'build']);

	projet.write('src/routes/+page.svelte', 'page');
	await projet.run(['start']);
	expect(projet.journal()).toEqual([CI, 'sync', 'build', 'build']);
});

test('a build that fails says why, stops the start, and is tried again', async () => {
	using projet = new Projet();
	const failed = await projet.run(['start'], { SABOTAGE: 'build' });
	expect(failed.code).toBe(1);
	expect(failed.stderr).toContain('a mistake in the sources\n\nLa construction a échoué (code 1).');
	expect((await projet.run(['start'])).code).toBe(0);
});

test('SIGTERM ends the server cleanly, whose exit code is given back and which is not left behind', async () => {
	using projet = new Projet();
	projet.write(
		'server/main.ts',
		`process.on('SIGTERM', () => { console.log('fermé'); process.exit(5); }); setInterval(() => {}, 1000); console.log(process.pid);`
	);
	const start = projet.launch(['start']);
	const [pid] = (await once(start.stdout!, 'data')) as [string];
	start.kill('SIGTERM');
	expect(await start.result).toMatchObject({ code: 5, stdout: `${pid}fermé\n` });
	expect(() => process.kill(Number(pid), 0)).toThrow('ESRCH');
});

test('an unknown command is refused with the list of those that exist', async () => {
	using projet = new Projet();
	const { code, stderr } = await projet.run(['toString']);
	expect(code).toBe(1);
	expect(stderr).toBe(
		'Commande inconnue : « toString ». Commandes : start, dev, build, test, check, copacte, captures, endurance.\n'
	);
	expect(projet.journal()).toEqual([]);
});
