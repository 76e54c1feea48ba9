// The browser of the tests: $CHROMIUM, else the machine's, else the one that comes as an npm package.
import { spawnSync } from 'node:child_process';
import {
	accessSync,
	constants,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync
} from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

/** As the launchOptions of Playwright want it. */
export interface Chromium {
	executablePath: string;
	args: string[];
	env: Record<string, string>;
}

type Environment = Record<string, string | undefined>;

/** Never `--disable-web-security` nor `--single-process`: what is tested is what a real browser allows. */
const ARGS = ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'];

export function findChromium(env: Environment = process.env): Chromium {
	const installed = env.CHROMIUM || inPath(env, ['chromium', 'chromium-browser']);
	if (!installed) return packagedChromium(env);
	if (!isExecutable(installed)) throw new Error(`CHROMIUM=${installed} : ce fichier n’existe pas ou ne s’exécute pas.`);
	return { executablePath: installed, args: ARGS, env: definedOf(env) };
}

function inPath(env: Environment, names: string[]): string | undefined {
	const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
	return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable);
}

function isExecutable(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

/**
 * The headless browser of `@sparticuz/chromium`, unpacked once per version beside the packages: other users and
 * cleaners of the temporary folder do not reach it there.
 */
function packagedChromium(env: Environment = process.env): Chromium {
	if (process.arch !== 'x64')
		throw new Error('Aucun Chromium : installez celui de votre distribution, ou donnez son chemin dans CHROMIUM.');
	const folder = unpack();
	const executablePath = join(folder, 'chromium');
	return {
		executablePath,
		args: [...ARGS, '--headless=shell', '--no-zygote'],
		env: {
			...definedOf(env),
			...missingLibraries(executablePath, folder, env),
			FONTCONFIG_FILE: fontsFile(folder)
		}
	};
}

function unpack(): string {
	const cache = join(packageFolder(), '../../.cache');
	const folder = join(cache, `copacte-chromium-${packageVersion()}`);
	if (existsSync(folder)) return folder;
	mkdirSync(cache, { recursive: true });
	const staging = mkdtempSync(`${folder}-`);
	// The package unpacks into the temporary folder of its process, whatever we ask: it gets a process and a folder of its own.
	const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', UNPACK], {
		cwd: import.meta.dirname,
		env: { ...process.env, TMPDIR: staging, ARCHIVES: archives() },
		encoding: 'utf8'
	});
	if (status !== 0) throw new Error(`Le Chromium du paquet npm n’a pas pu être déballé.\n${stderr}`);
	try {
		renameSync(staging, folder);
	} catch {
		rmSync(staging, { recursive: true, force: true }); // another process was quicker: its copy is the same
	}
	return folder;
}

const UNPACK = `
	import { inflate } from '@sparticuz/chromium';
	const names = ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'];
	await Promise.all(names.map((name) => inflate(process.env.ARCHIVES + '/' + name)));
`;

function packageFolder(): string {
	return join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..');
}

function archives(): string {
	return join(packageFolder(), 'bin');
}

function packageVersion(): string {
	const { version } = JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')) as { version: string };
	return version;
}

/** A bare Debian lacks libnss3 and libnspr4: the package has copies, used only where something is missing. */
function missingLibraries(executable: string, folder: string, env: Environment): Record<string, string> {
	const { stdout } = spawnSync('ldd', [executable], { encoding: 'utf8' });
	if (!stdout?.includes('not found')) return {};
	const paths = [join(folder, 'al2023', 'lib'), env.LD_LIBRARY_PATH].filter(Boolean);
	return { LD_LIBRARY_PATH: paths.join(':') };
}

/** The system's fonts and the package's own: without any, the browser ends at the first word that it draws. */
function fontsFile(folder: string): string {
	const file = join(folder, 'polices.conf');
	if (!existsSync(file))
		writeFileSync(
			file,
			`<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
				<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
				<dir>${join(folder, 'fonts')}</dir><cachedir>${join(folder, 'polices')}</cachedir>
			</fontconfig>`
		);
	return file;
}

function definedOf(env: Environment): Record<string, string> {
	return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
