import { createServer, type Server } from 'node:http';
import { closeApp, getApp, type App } from './app.ts';
import { listenForCommands } from './commands.ts';
import { ConfigError, readConfig, type Config } from './config.ts';
import { DatabaseRefused } from './database/check.ts';
import { sqlitePath } from './database/open.ts';
import { prepareDemo } from './demo/demo.ts';
import { addressOf, protocolOf } from './http/proxy.ts';
import { welcome } from './welcome.ts';

const PROTOCOL_HEADER = 'x-copacte-protocole';
const ADDRESS_HEADER = 'x-copacte-adresse';
const SHUTDOWN_LIMIT = 10_000;
const SAME_SIGNAL = 1_000;

// Pages that come without script say the hour of the département, wherever the server stands.
process.env.TZ ??= 'Europe/Paris';
await start();

async function start(): Promise<void> {
	const config = configOrExit();
	if (process.argv.includes('--verifier-config')) return console.log('La configuration est valable.');
	try {
		const app = await getApp();
		await prepareDemo(app);
		await app.repetitions.resume(app);
		const server = await listen(app);
		const commands = await listenForCommands(app);
		stopOnSignal(app, server, commands);
		console.log(await welcome(app, portOf(server)));
	} catch (error) {
		console.error(explained(error, config));
		process.exit(1);
	}
}

function configOrExit(): Config {
	try {
		return readConfig(process.env);
	} catch (error) {
		if (!(error instanceof ConfigError)) throw error;
		console.error(`Copacte ne peut pas démarrer. ${error.message}`);
		process.exit(1);
	}
}

async function listen(app: App): Promise<Server> {
	const { config } = app;
	// The handler of the routes reads these when it is loaded.
	process.env.PROTOCOL_HEADER = PROTOCOL_HEADER;
	process.env.ADDRESS_HEADER = ADDRESS_HEADER;
	process.env.BODY_SIZE_LIMIT = String(config.tailleMaximale);
	const { handler } = await import('virtual:adapter-node-handler');
	const server = createServer((request, response) => {
		request.headers[PROTOCOL_HEADER] = protocolOf(request, config);
		request.headers[ADDRESS_HEADER] = addressOf(request, config);
		handler(request, response, () => response.writeHead(404).end());
	});
	server.on('upgrade', (request, socket, head) => app.collaboration.handleUpgrade(request, socket, head));
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(config.port, config.host, resolve);
	});
	return server;
}

function portOf(server: Server): number {
	const address = server.address();
	return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Stops once: no newcomers, what is written goes to the disk, then the end. A second signal does not wait for the store. */
function stopOnSignal(app: App, server: Server, commands: { close(): void }): void {
	const hurry = new AbortController();
	let since: number | null = null;
	const stop = (reason: string) => {
		// One Ctrl+C or one systemd stop may reach us several times: by the group, by npm, by the bootstrap.
		if (since !== null) return Date.now() - since > SAME_SIGNAL ? hurry.abort() : undefined;
		since = Date.now();
		console.log(`Arrêt demandé (${reason}) : les dernières modifications sont enregistrées…`);
		setTimeout(() => {
			console.error('Arrêt forcé : tout n’a pas pu être fermé en 10 secondes.');
			process.exit(1);
		}, SHUTDOWN_LIMIT).unref();
		server.close();
		commands.close();
		closeApp(app, hurry.signal).then(
			(isWhole) => {
				server.closeAllConnections();
				console.log('Copacte est arrêté.');
				process.exit(isWhole ? (process.exitCode ?? 0) : 1);
			},
			(error: unknown) => {
				console.error('Arrêt incomplet :', error);
				process.exit(1);
			}
		);
	};
	process.on('SIGTERM', stop);
	process.on('SIGINT', stop);
	for (const fault of ['uncaughtException', 'unhandledRejection'] as const)
		process.on(fault, (error: unknown) => {
			console.error('Erreur inattendue, Copacte s’arrête :', error);
			process.exitCode = 1;
			stop('erreur inattendue');
		});
}

/** The failures of a start that people can mend are said in one sentence; the others keep their trace. */
function explained(error: unknown, config: Config): string {
	if (error instanceof DatabaseRefused) return `Copacte ne peut pas démarrer. ${error.message}`;
	const code = error instanceof Error && 'code' in error ? error.code : undefined;
	switch (code) {
		case 'EADDRINUSE':
			return `Copacte ne peut pas démarrer. Le port ${config.port} est déjà pris : arrêtez l’autre programme ou choisissez un autre port (PORT=3001 npm start).`;
		case 'EACCES':
			return `Copacte ne peut pas démarrer. Le port ${config.port} ou le dossier ${config.dataDir} n’est pas permis à ce compte : changez PORT ou DATA_DIR.`;
		case 'EADDRNOTAVAIL':
			return `Copacte ne peut pas démarrer. HOST=${config.host} n’est pas une adresse de cette machine.`;
		case 'SQLITE_BUSY':
			return `Copacte ne peut pas démarrer. Un autre programme tient ${sqlitePath(config.dataDir)} : fermez-le, puis recommencez.`;
		case 'SQLITE_NOTADB':
		case 'SQLITE_CORRUPT':
			return `Copacte ne peut pas démarrer. ${sqlitePath(config.dataDir)} est abîmé (${code}) : restaurez une sauvegarde (npm run copacte -- restaurer FICHIER).`;
		case 'SQLITE_READONLY':
		case 'SQLITE_CANTOPEN':
		case 'SQLITE_FULL':
			return `Copacte ne peut pas démarrer. Il ne peut pas écrire dans ${config.dataDir} (${code}) : vérifiez la place et les droits.`;
		case 'ECONNREFUSED':
		case 'ENOTFOUND':
		case '28P01':
		case '3D000':
			return `Copacte ne peut pas démarrer. La base PostgreSQL de DATABASE_URL ne répond pas ou refuse la connexion (${String(code)}).`;
		default:
			return `Copacte ne peut pas démarrer.\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
	}
}
