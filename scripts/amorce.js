// The one door of every npm script: makes sure that everything is there, then hands over to the packaged Node.
// Dependency-free on purpose, and written for Node 18: on a fresh clone nothing else exists yet.
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './amorce/build.js';
import { BootError } from './amorce/failure.js';
import { ensureInstalled } from './amorce/install.js';
import { NODE_FLAGS, packagedNode } from './amorce/packaged-node.js';
import { describeMachine, refusal } from './amorce/platform.js';
import { runUntilExit } from './amorce/run.js';
import { say } from './amorce/say.js';

const root = fileURLToPath(new URL('..', import.meta.url));

/** @type {Record<string, (args: string[]) => Promise<number>>} */
const COMMANDS = {
	async start(args) {
		await ensureBuilt(root);
		return underNode(['build/server/main.js', ...args]);
	},
	dev(args) {
		const { PORT: port = '3000', HOST: host = 'localhost' } = process.env;
		return underNode(['node_modules/vite/bin/vite.js', 'dev', '--port', port, '--strictPort', '--host', host, ...args]);
	},
	async build() {
		await ensureBuilt(root, { force: true });
		return 0;
	},
	test: (args) => underNode(['scripts/test.ts', ...args]),
	check: () => underNode(['scripts/test.ts', '--verifications']),
	copacte: (args) => underNode(['server/cli.ts', ...args]),
	async captures(args) {
		await ensureBuilt(root);
		return underNode(['scripts/captures.ts', ...args]);
	},
	async endurance(args) {
		await ensureBuilt(root);
		return underNode(['scripts/endurance.ts', ...args]);
	}
};

/** @param {string[]} args */
function underNode(args) {
	return runUntilExit(packagedNode(root), [...NODE_FLAGS, ...args], { cwd: root });
}

async function main() {
	const [name = '', ...args] = process.argv.slice(2);
	const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
	if (!command)
		throw new BootError(`Commande inconnue : « ${name} ». Commandes : ${Object.keys(COMMANDS).join(', ')}.`);
	const refused = refusal(describeMachine());
	if (refused) throw new BootError(refused);
	await ensureInstalled(root);
	return command(args);
}

main().then(
	(code) => process.exit(code),
	(error) => {
		say(error instanceof BootError ? error.message : String(error?.stack ?? error));
		process.exit(error instanceof BootError ? error.exitCode : 1);
	}
);
