import { resolve } from 'node:path';
import { LIMITS, type Limits } from './collaboration/limits.ts';

/** The settings of this process, read once from the environment. Documented in docs/guide/configuration.md. */
export interface Config {
	port: number;
	host: string;
	/** Absolute. */
	dataDir: string;
	/** null: one SQLite file in `dataDir`. */
	databaseUrl: string | null;
	/** What links hold (`https://pacte.example.fr`, no final slash); null: the request's own host. */
	adressePublique: string | null;
	/** Accounts over plain HTTP on a room's own network, with a visible warning. */
	modeSalle: boolean;
	/** Bytes. */
	tailleMaximale: number;
	/** Minutes after a restoration during which people may bring back other people's text. */
	dureeDeRecuperation: number;
	/** The bounds of the collaboration that an operator may change. */
	limites: Partial<Limits>;
}

/** A value of the environment that cannot be used: says which and why, in French. */
export class ConfigError extends Error {
	constructor(variable: string, value: string, reason: string) {
		super(`${variable}=${value} : ${reason}`);
		this.name = 'ConfigError';
	}
}

const KIB = 1024;
const MIB = 1024 * KIB;

/** The variables of the collaboration's bounds, each with its least and most. */
export const LIMITES = [
	['MESSAGES_PAR_SECONDE', 'framesPerSecond', 10, 1_000_000],
	['MESSAGES_D_AFFILEE', 'frameBurst', 50, 1_000_000],
	['PAGES_PAR_COMPTE', 'socketsPerAccount', 1, 10_000],
	['TEXTES_PAR_PAGE', 'documentsPerSocket', 2, 1_000],
	['TAILLE_TEXTE_MAXIMALE', 'document', MIB, 64 * MIB],
	['TAILLE_MODIFICATION_MAXIMALE', 'update', 64 * KIB, MIB],
	['TAILLE_RETOUR_MAXIMALE', 'answer', MIB, 64 * MIB],
	['ELEMENTS_PAR_MODIFICATION', 'structs', 1_000, 1_000_000],
	['PROFONDEUR_MAXIMALE', 'depth', 8, 256],
	['TAILLE_PRESENCE', 'presence', 500, 64 * KIB],
	['CONNEXIONS_EN_ATTENTE', 'unusedSockets', 10, 100_000],
	['DELAI_DE_CONNEXION', 'unusedFor', 1_000, 600_000],
	['FILE_DE_SORTIE', 'output', 64 * KIB, 256 * MIB]
] as const satisfies [variable: string, limit: keyof Limits, min: number, max: number][];

type Environment = Record<string, string | undefined>;

/** Reads and checks the environment. Throws a ConfigError on the first value that cannot be used. */
export function readConfig(env: Environment, cwd: string = process.cwd()): Config {
	return {
		port: integer(env, 'PORT', 3000, 0, 65535),
		host: text(env, 'HOST') ?? '0.0.0.0',
		dataDir: resolve(cwd, text(env, 'DATA_DIR') ?? 'donnees'),
		databaseUrl: postgresAddress(env),
		adressePublique: publicAddress(env),
		modeSalle: yesNo(env, 'MODE_SALLE'),
		tailleMaximale: integer(env, 'TAILLE_MAXIMALE', 24 * 1024 * 1024, 512 * 1024, 1024 ** 3),
		dureeDeRecuperation: integer(env, 'DUREE_DE_RECUPERATION', 30, 0, 7 * 24 * 60),
		limites: Object.fromEntries(
			LIMITES.map(([variable, limit, min, max]) => [limit, integer(env, variable, LIMITS[limit], min, max)])
		)
	};
}

/** An empty variable is one that was not given. */
function text(env: Environment, name: string): string | null {
	return env[name]?.trim() || null;
}

function integer(env: Environment, name: string, fallback: number, min: number, max: number): number {
	const value = text(env, name);
	if (value === null) return fallback;
	const number = Number(value);
	if (!/^\d+$/.test(value) || number < min || number > max)
		throw new ConfigError(name, value, `un nombre entier de ${min} à ${max} est attendu.`);
	return number;
}

function yesNo(env: Environment, name: string): boolean {
	const value = text(env, name);
	if (value === null || value === 'non') return false;
	if (value === 'oui') return true;
	throw new ConfigError(name, value, '« oui » ou « non » est attendu.');
}

function postgresAddress(env: Environment): string | null {
	const value = text(env, 'DATABASE_URL');
	if (value === null) return null;
	if (!URL.canParse(value) || !['postgres:', 'postgresql:'].includes(new URL(value).protocol))
		throw new ConfigError(
			'DATABASE_URL',
			masked(value),
			'une adresse PostgreSQL est attendue (postgres://utilisateur@machine/base). Sans elle, les données vont dans un fichier SQLite.'
		);
	return value;
}

/** The address without its password, which has no place in a log. */
function masked(value: string): string {
	return value.replace(/\/\/[^@/]*@/, '//…@');
}

function publicAddress(env: Environment): string | null {
	const value = text(env, 'ADRESSE_PUBLIQUE');
	if (value === null) return null;
	const reason = 'une adresse web sans chemin est attendue, par exemple https://pacte.mon-departement.fr.';
	if (!URL.canParse(value)) throw new ConfigError('ADRESSE_PUBLIQUE', value, reason);
	const url = new URL(value);
	if (!['http:', 'https:'].includes(url.protocol) || url.pathname !== '/' || url.search !== '' || url.username !== '')
		throw new ConfigError('ADRESSE_PUBLIQUE', value, reason);
	return url.origin;
}
