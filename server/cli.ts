import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { FORMATS_DE_DOCUMENT, isFormatDeDocument } from '#lib/exports/formats.ts';
import { FORMATS_DE_TABLE, isFormatDeTable } from '#lib/exports/tables.ts';
import { counted } from '#lib/format.ts';
import type { Proposition } from '#lib/import/proposition.ts';
import { closeApp, openApp } from './app.ts';
import { runCommand, type Command, type CommandResult } from './command.ts';
import { askServer } from './commands.ts';
import { ConfigError, readConfig } from './config.ts';
import { backUpStopped, finishBackup } from './database/backup.ts';
import { DatabaseRefused } from './database/check.ts';
import { restore } from './database/restore.ts';
import { DomainError } from './errors.ts';
import { importText } from './import/import.ts';

const USAGE = `Usage : npm run copacte -- COMMANDE

  importer FICHIER [--json]             lit un pacte (.docx, .odt, .pdf, .html, .md, .txt) ; --json imprime ce qui
                                        a été compris. N’écrit rien.
  importer FICHIER.json [--email ADRESSE]
                                        crée le pacte d’un export JSON ; ADRESSE en sera l’équipe projet.
  exporter PACTE --format FORMAT --sortie FICHIER
                                        PACTE : identifiant ou intitulé exact.
                                        pdf, docx, odt, html, md, json ; les tableaux : xlsx, ods, csv
  mot-de-passe ADRESSE                  donne un lien pour choisir un nouveau mot de passe.
  reconstruire                          refait tout ce qui est dérivé des documents.
  sauvegarder FICHIER [--remplacer]     copie toute la base dans un fichier, pendant qu’on écrit.
  restaurer FICHIER                     remet une sauvegarde à la place de la base ; Copacte doit être arrêté.
  recuperation ouvrir|fermer            permet, ou non, de rapporter aussi le texte des autres.`;

/** A command line that cannot be understood: the usage follows. */
class UsageError extends Error {}

try {
	await run(process.argv.slice(2));
} catch (error) {
	if (error instanceof UsageError) console.error(`${error.message}\n\n${USAGE}`);
	else if ([DomainError, ConfigError, DatabaseRefused].some((kind) => error instanceof kind))
		console.error((error as Error).message);
	else console.error(error);
	process.exitCode = 1;
}

async function run(args: string[]): Promise<void> {
	const { values, positionals } = parse(args);
	const [nom, target, ...others] = positionals;
	if (values.aide || nom === undefined) return console.log(USAGE);
	if (others.length > 0) throw new UsageError(`« ${others[0]} » est de trop.`);
	switch (nom) {
		case 'importer':
			if (target === undefined) throw new UsageError('Il manque le fichier à importer.');
			return extname(target).toLowerCase() === '.json'
				? importJson(target, values.email ?? null)
				: readText(target, values.json);
		case 'exporter':
			if (target === undefined) throw new UsageError('Il manque le pacte à exporter.');
			return exportTo(target, values.format, values.sortie);
		case 'mot-de-passe':
			if (target === undefined) throw new UsageError('Il manque l’adresse électronique du compte.');
			return say(await obey({ nom: 'mot-de-passe', email: target }));
		case 'reconstruire':
			return say(await obey({ nom: 'reconstruire' }));
		case 'sauvegarder':
			if (target === undefined) throw new UsageError('Il manque le fichier de la sauvegarde.');
			return save(resolve(target), values.remplacer);
		case 'restaurer':
			if (target === undefined) throw new UsageError('Il manque le fichier à restaurer.');
			return putBack(resolve(target));
		case 'recuperation':
			if (target !== 'ouvrir' && target !== 'fermer') throw new UsageError('« ouvrir » ou « fermer » est attendu.');
			return say(await obey({ nom: 'recuperation', ouverte: target === 'ouvrir' }));
		default:
			throw new UsageError(`La commande « ${nom} » n’existe pas.`);
	}
}

function parse(args: string[]) {
	try {
		return parseArgs({
			args,
			allowPositionals: true,
			options: {
				json: { type: 'boolean', default: false },
				email: { type: 'string' },
				format: { type: 'string' },
				sortie: { type: 'string' },
				remplacer: { type: 'boolean', default: false },
				aide: { type: 'boolean', default: false }
			}
		});
	} catch (error) {
		throw new UsageError(`Option inconnue ou sans valeur (${error instanceof Error ? error.message : String(error)}).`);
	}
}

async function readText(path: string, asJson: boolean): Promise<void> {
	const proposition = await importText(await fileAt(path), { nom: basename(path) });
	console.log(asJson ? JSON.stringify(proposition, null, 1) : summary(proposition));
}

function summary({ titre, noeuds, fiches, signataires, doutes, restes }: Proposition): string {
	const axes = noeuds.filter(({ parent }) => parent === null).length;
	return [
		titre ?? '(sans titre)',
		[
			counted(axes, 'orientation de premier niveau', 'orientations de premier niveau'),
			counted(fiches.length, 'fiche-action', 'fiches-actions'),
			counted(signataires.length, 'signataire'),
			counted(restes.length, 'passage gardé comme texte', 'passages gardés comme texte')
		].join(', '),
		...doutes.map(({ ligne, message }) => `  ligne ${ligne} : ${message}`),
		'Rien n’est écrit : la relecture et la création se font à l’écran (« Importer un pacte »).'
	].join('\n');
}

async function importJson(path: string, email: string | null): Promise<void> {
	const text = (await fileAt(path)).toString('utf8');
	let archive: unknown;
	try {
		archive = JSON.parse(text);
	} catch {
		throw new DomainError('invalide', `${path} n’est pas du JSON.`);
	}
	say(await obey({ nom: 'importer', archive, email }));
}

async function exportTo(pacte: string, format: string | undefined, path: string | undefined): Promise<void> {
	if (format === undefined || !(format === 'json' || isFormatDeDocument(format) || isFormatDeTable(format)))
		throw new UsageError(
			`--format doit être l’un de : ${[...FORMATS_DE_DOCUMENT, ...FORMATS_DE_TABLE].join(', ')}, json.`
		);
	if (path === undefined) throw new UsageError('Il manque --sortie FICHIER.');
	const result = await obey({ nom: 'exporter', pacte, format });
	if (result.fichier !== undefined) await writeFile(path, Buffer.from(result.fichier, 'base64'));
	say(result);
}

/** Made beside its place, checked, and only then put there. */
async function save(path: string, replace: boolean): Promise<void> {
	const config = readConfig(process.env);
	if (config.databaseUrl)
		throw new DomainError('invalide', 'La base est dans PostgreSQL : sauvegardez-la avec pg_dump.');
	if (existsSync(path) && !replace)
		throw new DomainError('conflit', `${path} existe déjà : choisissez un autre nom, ou ajoutez --remplacer.`);
	const partial = `${path}.partiel`;
	const answered = await askServer(config.dataDir, { nom: 'sauvegarder', fichier: partial });
	if (answered && !answered.ok) throw new DomainError('invalide', answered.message);
	if (!answered) await backUpStopped(config.dataDir, partial);
	const size = finishBackup(partial, path);
	console.log(`Sauvegarde faite et vérifiée : ${path} (${counted(Math.ceil(size / 1024), 'ko', 'ko')}).`);
}

async function putBack(path: string): Promise<void> {
	const config = readConfig(process.env);
	if (config.databaseUrl)
		throw new DomainError(
			'invalide',
			'La base est dans PostgreSQL : restaurez-la avec pg_restore, puis « recuperation ouvrir ».'
		);
	if (await askServer(config.dataDir, null))
		throw new DomainError('conflit', `Copacte tourne sur ${config.dataDir} : arrêtez-le, puis recommencez.`);
	const { replaced } = restore(config.dataDir, path, Date.now());
	const kept = replaced === null ? '' : `\nLa base remplacée est gardée : ${replaced}`;
	console.log(
		`${path} est restauré.${kept}\nPendant ${counted(config.dureeDeRecuperation, 'minute')} après le prochain démarrage, chacun peut rapporter ce qui a été écrit depuis la sauvegarde.`
	);
}

async function fileAt(path: string): Promise<Buffer> {
	try {
		return await readFile(path);
	} catch {
		throw new DomainError('introuvable', `Le fichier ${path} n’existe pas ou ne peut pas être lu.`);
	}
}

function say({ ok, message }: CommandResult): void {
	if (!ok) throw new DomainError('invalide', message);
	console.log(message);
}

/** Through the running server when there is one; otherwise on the database itself. */
async function obey(command: Command): Promise<CommandResult> {
	const config = readConfig(process.env);
	const answered = await askServer(config.dataDir, command);
	if (answered) return answered;
	const app = await openApp(config);
	try {
		return await runCommand(app, command);
	} finally {
		await closeApp(app);
	}
}
