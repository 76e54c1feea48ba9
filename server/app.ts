import { createCollaboration, type Collaboration } from './collaboration/collaboration.ts';
import { RecoveryWindow } from './collaboration/recovery-window.ts';
import { readConfig, type Config } from './config.ts';
import { engineOf, migrate, openDatabase, type Database, type Engine } from './database/open.ts';

/** What an act needs: passed down, never imported. */
export interface App {
	config: Config;
	engine: Engine;
	db: Database;
	collaboration: Collaboration;
	/** Milliseconds since 1970; tests choose it. */
	now: () => number;
}

export interface AppOptions {
	now?: () => number;
}

/** Opens the database, brings it to this version, and starts what lives in the process. */
export async function openApp(config: Config, { now = Date.now }: AppOptions = {}): Promise<App> {
	const db = openDatabase(config);
	const engine = engineOf(config);
	await migrate(db, engine);
	const recovery = await RecoveryWindow.of(db, now(), config.dureeDeRecuperation);
	const collaboration = createCollaboration({ db, engine, now, adressePublique: config.adressePublique, recovery });
	return { config, engine, db, collaboration, now };
}

export async function closeApp(app: App): Promise<void> {
	await app.collaboration.close();
	await app.db.destroy();
}

const global = globalThis as typeof globalThis & { copacte?: Promise<App> };

/** The app of this process; opened once, and kept when a hot reload evaluates this module again. */
export function getApp(): Promise<App> {
	return (global.copacte ??= openApp(readConfig(process.env)));
}
