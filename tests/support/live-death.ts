// Ends its own process without warning, at a chosen moment of its work: for live-process.ts.
import { Worker } from 'node:worker_threads';
import type { KyselyPlugin, PluginTransformQueryArgs, PluginTransformResultArgs, RootOperationNode } from 'kysely';
import type { Death, Phase } from './live-process.ts';

export type { Death };

/** Sleeps in a thread of its own, so that the signal falls in the middle of whatever the process does then. */
const THREAD = `
	const { workerData } = require('node:worker_threads');
	const [order] = workerData;
	Atomics.wait(order, 0, 0);
	Atomics.wait(order, 1, 0, Atomics.load(order, 0) / 1000);
	process.kill(process.pid, 'SIGKILL');
`;

/** Watches the queries to know what the process is about to do; kills it when it does what was said. */
export class Executioner implements KyselyPlugin {
	readonly #connections: () => number;
	/** Microseconds to wait, once it is not zero. */
	readonly #signal = new Int32Array(new SharedArrayBuffer(8));
	#death: Death | null = null;
	#seen = 0;

	constructor(connections: () => number) {
		this.#connections = connections;
		new Worker(THREAD, { eval: true, workerData: [this.#signal] }).unref();
	}

	order(death: Death): void {
		this.#death = death;
		this.#seen = 0;
	}

	transformQuery({ node }: PluginTransformQueryArgs): RootOperationNode {
		if (this.#death && this.#phaseOf(node) === this.#death.phase && ++this.#seen === this.#death.occurrence)
			this.#strike(this.#death.milliseconds);
		return node;
	}

	async transformResult({ result }: PluginTransformResultArgs) {
		return result;
	}

	#strike(milliseconds: number): void {
		Atomics.store(this.#signal, 0, Math.max(1, Math.round(milliseconds * 1000)));
		Atomics.notify(this.#signal, 0);
	}

	/** Only a load reads the owners; only a compaction writes a snapshot; nobody is there when a document is unloaded. */
	#phaseOf(node: RootOperationNode): Phase | null {
		const table = tableOf(node);
		if (node.kind === 'SelectQueryNode' && table === 'auteurs') return 'chargement';
		if (node.kind === 'InsertQueryNode' && table === 'mises_a_jour') return 'écriture';
		if (node.kind === 'UpdateQueryNode' && table === 'documents')
			return this.#connections() === 0 ? 'déchargement' : 'compaction';
		return null;
	}
}

/** The first table that a query names. */
function tableOf(node: RootOperationNode): string | undefined {
	return /"kind":"IdentifierNode","name":"(\w+)"/.exec(
		JSON.stringify('from' in node ? node.from : 'into' in node ? node.into : 'table' in node ? node.table : null)
	)?.[1];
}
