// How long the PDF of a pacte takes, in its worker, and how long the process is held meanwhile.
// `npx node bench/export.ts [fiches]`, 37 by default: the size of a real pacte.
import type { ArchivePacte } from '../src/lib/pactes/archive.ts';
import { hauteRiviere } from '../server/demo/haute-riviere.ts';
import { exportPdf } from '../server/export/pdf.ts';

const archive = withFiches(Number(process.argv[2] ?? 37));
for (let round = 1; round <= 5; round++) {
	const held = watchLoop();
	const start = performance.now();
	const { pages, pdf } = await exportPdf(archive, { type: 'pacte' }, { date: Date.now() });
	const took = Math.round(performance.now() - start);
	const memory = Math.round(process.memoryUsage().rss / 1e6);
	console.log(
		`${round}: ${took} ms, ${archive.fiches.length} fiches, ${pages} pages, ${Math.round(pdf.length / 1000)} kB; process held ${held()} ms at most, ${memory} MB`
	);
}

/** The demonstration's fiches, as many times as it takes, five to an axe. */
function withFiches(count: number): ArchivePacte {
	const demo = hauteRiviere();
	const written = demo.fiches.filter(({ champs }) => Object.keys(champs).length > 0);
	const archive: ArchivePacte = { ...demo, noeuds: [], fiches: [] };
	for (let i = 0; i < count; i++) {
		const axe = `a${Math.floor(i / 5)}`;
		if (i % 5 === 0) archive.noeuds.push({ id: axe, parent: null, niveau: 'axe', titre: `L’axe ${i / 5 + 1}` });
		archive.noeuds.push({ id: `f${i}`, parent: axe, niveau: 'action', titre: `Une action, la ${i + 1}e de ce pacte` });
		archive.fiches.push({ noeud: `f${i}`, champs: written[i % written.length]!.champs });
	}
	return archive;
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
