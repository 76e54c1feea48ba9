// How long each format of a pacte takes, in its worker, and how long the process is held meanwhile. The goal: 3 seconds at most.
// `npx node bench/export.ts [rounds]`: the Sarthe's text, imported, when it is there (COPACTE_SEEDS); else a pacte of as many words of ours.
import { existsSync, readFileSync } from 'node:fs';
import { FORMATS_DE_DOCUMENT } from '../src/lib/exports/formats.ts';
import { FORMATS_DE_TABLE } from '../src/lib/exports/tables.ts';
import { archiveFromProposition } from '../src/lib/import/archive-from-proposition.ts';
import type { ArchivePacte } from '../src/lib/pactes/archive.ts';
import { writtenTables } from '../server/export/export-tables.ts';
import { exportDocument, exportPdf } from '../server/export/pdf.ts';
import { decodeTexte } from '../server/import/decode.ts';
import { readPacte } from '../server/import/read-pacte.ts';
import { sartheEntiere } from '../tests/support/sarthe-entiere.ts';
import { SARTHE } from '../tests/support/seeds.ts';

const GOAL = 3_000;
const rounds = Number(process.argv[2] ?? 3);
const date = Date.now();
const archive = pacte();
console.log(`${archive.fiches.length} fiches, ${Math.round(JSON.stringify(archive).length / 1000)} kB of JSON`);

const formats: [string, () => Promise<Uint8Array>][] = [
	...FORMATS_DE_DOCUMENT.map((format): [string, () => Promise<Uint8Array>] => [
		`pacte.${format}`,
		async () =>
			format === 'pdf'
				? (await exportPdf(archive, { type: 'pacte' }, { date })).pdf
				: exportDocument(archive, { type: 'pacte' }, format, { date })
	]),
	['synthese.pdf', async () => (await exportPdf(archive, { type: 'synthese' }, { date })).pdf],
	...FORMATS_DE_TABLE.map((format): [string, () => Promise<Uint8Array>] => [
		`tables.${format}`,
		async () => (await writtenTables(archive, { format, table: null, date })).bytes
	]),
	['pacte.json', () => Promise.resolve(new TextEncoder().encode(JSON.stringify(archive, null, 2)))]
];

let late = 0;
for (const [name, make] of formats) {
	const times: number[] = [];
	let size = 0;
	const held = watchLoop();
	for (let round = 0; round < rounds; round++) {
		const start = performance.now();
		size = (await make()).byteLength;
		times.push(Math.round(performance.now() - start));
	}
	times.sort((a, b) => a - b);
	const median = times[Math.floor(times.length / 2)] as number;
	if (median > GOAL) late++;
	console.log(
		`${name.padEnd(13)} ${median} ms (${times[0]}–${times.at(-1)}), ${Math.round(size / 1000)} kB; process held ${held()} ms at most${median > GOAL ? '  ← above the goal' : ''}`
	);
}
console.log(late === 0 ? `Each under ${GOAL} ms.` : `${late} above ${GOAL} ms.`);

function pacte(): ArchivePacte {
	if (!existsSync(SARTHE)) return sartheEntiere({ longueur: 2_500 });
	const proposition = readPacte(decodeTexte(readFileSync(SARTHE)));
	return archiveFromProposition(proposition, {
		intitule: 'Pacte territorial pour l’insertion',
		territoire: 'Sarthe',
		debut: 2017,
		fin: 2021
	});
}

/** Gives the longest time between two turns of the event loop. */
function watchLoop(): () => number {
	let longest = 0;
	let last = performance.now();
	const timer = setInterval(() => {
		const now = performance.now();
		longest = Math.max(longest, now - last);
		last = now;
	}, 5);
	return () => {
		clearInterval(timer);
		return Math.round(longest);
	};
}
