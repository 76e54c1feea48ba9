/*
 * What rotations cost and how good they are: milliseconds of processor for the computation, and of the clock through the worker;
 * repeated encounters and their lower bound; rules that gave way.
 *   npx node bench/rotation.ts
 */
import { bilanDeRotation } from '../src/lib/salles/bilan-de-rotation.ts';
import type { Convive } from '../src/lib/salles/plan-de-tables.ts';
import { calculerRotation, type DemandeDeRotation } from '../src/lib/salles/rotation.ts';
import { rotationInWorker } from '../server/salles/rotation.ts';

interface Cas {
	tables: number;
	parTable: number;
	tours: number;
	/** People beyond a whole number for each table. */
	enPlus?: number;
	usagers?: number;
	organismes?: number;
	hotes?: boolean;
}

const CAS: readonly Cas[] = [
	...[3, 4, 5, 6, 7, 8].map((tours) => ({ tables: 8, parTable: 4, tours })),
	{ tables: 30, parTable: 4, tours: 6 },
	{ tables: 30, parTable: 8, tours: 8 },
	{ tables: 6, parTable: 4, tours: 3 },
	{ tables: 6, parTable: 4, tours: 6 },
	{ tables: 5, parTable: 5, tours: 3 },
	{ tables: 4, parTable: 6, tours: 3 },
	{ tables: 3, parTable: 8, tours: 3 },
	{ tables: 6, parTable: 4, tours: 3, usagers: 6, organismes: 5, hotes: true },
	{ tables: 8, parTable: 4, tours: 5, usagers: 7, organismes: 7, enPlus: 3 },
	{ tables: 8, parTable: 4, tours: 8, usagers: 6, organismes: 7 },
	{ tables: 24, parTable: 5, tours: 3, usagers: 20, organismes: 12, hotes: true },
	{ tables: 30, parTable: 7, tours: 8, usagers: 40, organismes: 15, enPlus: 11, hotes: true }
];

console.log(
	'tables × people × rounds                     cpu  worker  repeated  bound  returns  alone  crowded  sizes'
);
for (const cas of CAS) {
	const demande = demandeOf(cas);
	const before = process.cpuUsage();
	const passages = calculerRotation(demande);
	const alone = process.cpuUsage(before).user / 1000;
	const start = performance.now();
	await rotationInWorker(demande);
	const worker = performance.now() - start;
	const bilan = bilanDeRotation(demande, passages);
	const cells = [
		alone.toFixed(0).padStart(6),
		worker.toFixed(0).padStart(6),
		String(bilan.repetees).padStart(8),
		String(bilan.inevitables).padStart(5),
		String(bilan.retours).padStart(7),
		String(bilan.usagersSeuls.length).padStart(5),
		String(bilan.organismes.length).padStart(7),
		`${bilan.tailles.min}-${bilan.tailles.max}`
	];
	console.log(`${nameOf(cas).padEnd(41)} ${cells.join('  ')}`);
}

function demandeOf({ tables, parTable, tours, enPlus = 0, usagers = 0, organismes = 0, hotes = false }: Cas) {
	const one = (id: string, rest: Partial<Convive> = {}): Convive => ({
		id,
		organisme: '',
		usager: false,
		absent: false,
		fixe: null,
		...rest
	});
	const convives = Array.from({ length: tables * parTable + enPlus }, (_, i) =>
		i < usagers
			? one(`usager-${i}`, { usager: true })
			: one(`personne-${i}`, { organisme: organismes > 0 ? `organisme-${i % organismes}` : '' })
	);
	const ids = Array.from({ length: tables }, (_, i) => `table-${i + 1}`);
	return {
		convives: [...convives, ...(hotes ? ids.map((id) => one(`hote-${id}`, { fixe: id })) : [])],
		tables: ids.map((id) => ({ id, places: null })),
		tours,
		mode: 'individuelle',
		acquis: [],
		premierTour: 1,
		graine: 20261121
	} satisfies DemandeDeRotation;
}

function nameOf({ tables, parTable, tours, enPlus = 0, usagers = 0, organismes = 0, hotes = false }: Cas): string {
	const also = [
		enPlus > 0 ? `+${enPlus}` : '',
		usagers > 0 ? `${usagers} usagers` : '',
		organismes > 0 ? `${organismes} organismes` : '',
		hotes ? 'hosts' : ''
	].filter((word) => word !== '');
	return [`${tables} × ${parTable} × ${tours}`, ...also].join(', ');
}
