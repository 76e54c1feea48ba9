import { createCollaboration, type Collaboration } from './collaboration/collaboration.ts';
import { RecoveryWindow } from './collaboration/recovery-window.ts';
import { readConfig, type Config } from './config.ts';
import { checkFiles, checkPages, checkVersion } from './database/check.ts';
import { engineOf, migrate, openDatabase, type Database, type Engine } from './database/open.ts';
import { fillIndex, type Remplissage } from './recherche/fill-index.ts';
import { Repetitions } from './salles/repetition.ts';
import { EssaisDeCode } from './salles/essais-de-code.ts';
import { keepTidy } from './salles/menage.ts';
import { Salles } from './salles/salles.ts';

/** What an act needs: passed down, never imported. */
export interface App {
	config: Config;
	engine: Engine;
	db: Database;
	collaboration: Collaboration;
	/** The rooms that someone looks at. */
	salles: Salles;
	repetitions: Repetitions;
	/** Tries at the six digits of a room. */
	codes: EssaisDeCode;
	recovery: RecoveryWindow;
	/** The index of what came from an earlier version, being filled. */
	remplissage: Remplissage;
	/** Forgets, in time, what rooms need no more. */
	menage: ReturnType<typeof keepTidy>;
	/** Milliseconds since 1970; tests choose it. */
	now: () => number;
}

export interface AppOptions {
	now?: () => number;
}

/** Opens the database, brings it to this version, and starts what lives in the process. */
export async function openApp(config: Config, { now = Date.now }: AppOptions = {}): Promise<App> {
	const engine = engineOf(config);
	const db = await openChecked(config, engine);
	const recovery = await RecoveryWindow.of(db, now(), config.dureeDeRecuperation);
	const { adressePublique, modeSalle, dataDir, limites: limits } = config;
	const collaboration = createCollaboration({ db, engine, now, adressePublique, modeSalle, dataDir, recovery, limits });
	const salles = new Salles(db, now);
	collaboration.flux.watch((event) => {
		if (event.type === 'projection' && event.kind === 'synthese') salles.publishTable(event.id);
	});
	const repetitions = new Repetitions();
	const codes = new EssaisDeCode({ now });
	const menage = keepTidy({ db, collaboration, now });
	const remplissage = fillIndex(db);
	return { config, engine, db, collaboration, salles, repetitions, codes, recovery, remplissage, menage, now };
}

/** A database that this version may not touch is closed as it was found. */
async function openChecked(config: Config, engine: Engine): Promise<Database> {
	if (engine === 'sqlite') checkFiles(config.dataDir);
	const db = openDatabase(config);
	try {
		await checkVersion(db, engine);
		checkPages(db);
		await migrate(db, engine);
		return db;
	} catch (error) {
		await db.destroy();
		throw error;
	}
}

/** Resolves to false when something that came in could not be stored. */
export async function closeApp(app: App, hurry?: AbortSignal): Promise<boolean> {
	app.repetitions.stop();
	const isWhole = await app.collaboration.close(hurry);
	await app.remplissage.stop();
	await app.menage.stop();
	await app.db.destroy();
	return isWhole;
}

const global = globalThis as typeof globalThis & { copacte?: Promise<App> };

/** The app of this process; opened once, and kept when a hot reload evaluates this module again. */
export function getApp(): Promise<App> {
	return (global.copacte ??= openApp(readConfig(process.env)));
}
