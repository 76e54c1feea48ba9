// The command line as people use it: a process of its own, on a stopped server and beside a running one.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findLien } from '#server/comptes/liens.ts';
import { openDatabase } from '#server/database/open.ts';
import { hauteRiviere } from '#server/demo/haute-riviere.ts';
import { newId } from '#server/ids.ts';
import { freePort, startServeur, type Serveur } from '../support/serveur.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TITRE = 'Pacte de la vallée haute';

interface Outcome {
	code: number | null;
	out: string;
	err: string;
}

let folder: string;
let archive: string;

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'copacte-commandes-'));
	archive = join(folder, 'pacte.json');
	writeFileSync(archive, JSON.stringify({ ...hauteRiviere(), intitule: TITRE }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function copacte(dataDir: string, ...args: string[]): Promise<Outcome> {
	const { PATH, HOME, LANG } = process.env;
	const child = spawn(process.execPath, ['server/cli.ts', ...args], {
		cwd: ROOT,
		env: { PATH, HOME, LANG, DATA_DIR: dataDir }
	});
	let [out, err] = ['', ''];
	child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
	child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
	return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })));
}

/** Every derived row of a data folder, in an order of its own. */
async function derivedRows(dataDir: string): Promise<Record<string, unknown[]>> {
	const db = openDatabase({ databaseUrl: null, dataDir });
	try {
		const rows: Record<string, unknown[]> = {};
		for (const table of ['noeuds', 'fiche_champs', 'fiche_organismes'] as const)
			rows[table] = (await db.selectFrom(table).selectAll().execute()).map((row) => JSON.stringify(row)).toSorted();
		return rows;
	} finally {
		await db.destroy();
	}
}

const PLACES: [string, (dataDir: string) => Promise<Serveur | null>][] = [
	['on a stopped server', async () => null],
	['beside a running one', async (dataDir) => startServeur({ dataDir, port: await freePort() })]
];

describe.each(PLACES)('%s', (_where, start) => {
	let dataDir: string;
	let serveur: Serveur | null;

	beforeAll(async () => {
		dataDir = mkdtempSync(join(tmpdir(), 'copacte-commandes-'));
		serveur = await start(dataDir);
	});
	afterAll(async () => {
		await serveur?.stop();
		rmSync(dataDir, { recursive: true, force: true });
	});

	test('an export comes in, and goes out again identical', async () => {
		const imported = await copacte(dataDir, 'importer', archive);
		expect(imported).toMatchObject({ code: 0, err: '' });
		expect(imported.out).toContain(`« ${TITRE} » est importé`);

		const [first, second] = [join(dataDir, 'un.json'), join(dataDir, 'deux.json')];
		expect(await copacte(dataDir, 'exporter', TITRE, '--format', 'json', '--sortie', first)).toMatchObject({ code: 0 });
		const again = JSON.parse(readFileSync(first, 'utf8')) as object;
		const twin = join(dataDir, 'bis.json');
		writeFileSync(twin, JSON.stringify({ ...again, intitule: `${TITRE} bis` }));
		await copacte(dataDir, 'importer', twin);
		await copacte(dataDir, 'exporter', `${TITRE} bis`, '--format', 'json', '--sortie', second);
		expect(JSON.parse(readFileSync(second, 'utf8'))).toEqual({ ...again, intitule: `${TITRE} bis` });
	});

	test('a pacte goes out as PDF', async () => {
		const pdf = join(dataDir, 'pacte.pdf');
		const { code, out } = await copacte(dataDir, 'exporter', TITRE, '--format', 'pdf', '--sortie', pdf);
		expect(code).toBe(0);
		expect(out).toContain('octets');
		expect(readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-');
	});

	test('everything derived is rebuilt identically, also when it was lost', async () => {
		const before = await derivedRows(dataDir);
		expect(before.fiche_champs?.length).toBeGreaterThan(100);
		const db = openDatabase({ databaseUrl: null, dataDir });
		await db.deleteFrom('fiche_champs').execute();
		await db.deleteFrom('noeuds').execute();
		await db.destroy();
		const { code, out } = await copacte(dataDir, 'reconstruire');
		expect(code).toBe(0);
		expect(out).toContain('documents');
		expect(await derivedRows(dataDir)).toEqual(before);
	});

	test('someone who forgot their password gets a link, also the only administrateur', async () => {
		const db = openDatabase({ databaseUrl: null, dataDir });
		const compte = { id: newId(), email: 'amina@haute-riviere.example', nom: 'Amina', organisme: '' };
		await db
			.insertInto('comptes')
			.values({ ...compte, mot_de_passe: null, administrateur: 1, demo: 0, created_at: 0 })
			.execute();
		const { code, out } = await copacte(dataDir, 'mot-de-passe', 'Amina@haute-riviere.example');
		expect(code).toBe(0);
		const token = /http:\/\/localhost:\d+\/lien\/(\S+)/.exec(out)?.[1] ?? '';
		expect(await findLien(db, token, Date.now())).toMatchObject({ usage: 'mot_de_passe', compte_id: compte.id });
		await db.destroy();
	});

	test('what cannot be done is said in one French sentence, and the code is not 0', async () => {
		const absent = join(dataDir, 'absent.json');
		for (const [args, sentence] of [
			[['exporter', 'Inconnu', '--format', 'pdf', '--sortie', absent], 'Aucun pacte « Inconnu ».'],
			[['importer', absent], 'n’existe pas ou ne peut pas être lu'],
			[['importer', archive, '--email', 'personne@haute-riviere.example'], 'Aucun compte n’a l’adresse'],
			[['danser'], 'La commande « danser » n’existe pas.'],
			[['exporter', TITRE, '--format', 'epub', '--sortie', absent], '--format doit être']
		] as [string[], string][]) {
			const { code, err } = await copacte(dataDir, ...args);
			expect(code, args.join(' ')).toBe(1);
			expect(err).toContain(sentence);
			expect(err).not.toMatch(/^\s+at /m);
		}
	});
});
