import { counted } from '#lib/format.ts';
import { PAR_ORGANISME_AU_PLUS, placesOf, PlanDeTables, type Tablee } from './plan-de-tables.ts';
import type { Passage } from './salle.ts';

/** What a rotation does not keep of what was asked. Rounds and tables by their numbers. */
export interface BilanDeRotation {
	/** People who sit twice at one table, and would not have to: there are as many tables as rounds. */
	retours: number;
	usagersSeuls: { tour: number; table: number }[];
	organismes: { tour: number; table: number; organisme: string; nombre: number }[];
	/** How often two people sit together again. */
	repetees: number;
	/** Of these, between usagers, who stay together. */
	entreUsagers: number;
	/** As many cannot be avoided, whoever sits where. */
	inevitables: number;
	/** People without a place at their table. */
	sansPlace: number;
	/** The smallest and the largest table. */
	tailles: { min: number; max: number };
}

export function bilanDeRotation(tablee: Tablee, passages: readonly Passage[]): BilanDeRotation {
	const plan = planOf(tablee, passages);
	const cellules = cellulesOf(plan);
	const { repetees, entreUsagers } = countRepeats(plan);
	const sizes = cellules.map(({ personnes }) => personnes.length);
	return {
		retours: countReturns(plan),
		usagersSeuls: cellules
			.filter(({ tour, table }) => plan.usagersAt(tour, table) === 1)
			.map(({ tour, table }) => ({ tour: tour + 1, table: table + 1 })),
		organismes: cellules.flatMap((cellule) => crowdsOf(tablee, cellule)),
		repetees,
		entreUsagers,
		inevitables: leastRepeats(plan),
		sansPlace: cellules.reduce(
			(sum, { table, personnes }) => sum + Math.max(0, personnes.length - (tablee.tables[table]?.places ?? Infinity)),
			0
		),
		tailles: { min: Math.min(...sizes), max: Math.max(...sizes) }
	};
}

interface Cellule {
	tour: number;
	table: number;
	personnes: readonly number[];
}

function planOf(tablee: Tablee, passages: readonly Passage[]): PlanDeTables {
	const plan = new PlanDeTables(tablee);
	for (const { personne, tour, table } of placesOf(tablee, passages)) plan.put(personne, tour, table);
	return plan;
}

function cellulesOf(plan: PlanDeTables): Cellule[] {
	return Array.from({ length: plan.tours * plan.tables }, (_, i) => {
		const [tour, table] = [Math.floor(i / plan.tables), i % plan.tables];
		return { tour, table, personnes: plan.around(tour, table) };
	});
}

function countReturns(plan: PlanDeTables): number {
	if (plan.tours > plan.tables) return 0;
	let returns = 0;
	for (let personne = 0; personne < plan.personnes; personne++)
		for (let table = 0; table < plan.tables; table++)
			if (plan.staysAt(personne) !== table) returns += Math.max(0, plan.visits(personne, table) - 1);
	return returns;
}

function crowdsOf(
	{ convives }: Tablee,
	{ tour, table, personnes }: Cellule
): { tour: number; table: number; organisme: string; nombre: number }[] {
	const nombres = new Map<string, number>();
	for (const personne of personnes) {
		const { organisme, usager } = convives[personne] as Tablee['convives'][number];
		if (!usager && organisme !== '') nombres.set(organisme, (nombres.get(organisme) ?? 0) + 1);
	}
	return [...nombres]
		.filter(([, nombre]) => nombre > PAR_ORGANISME_AU_PLUS)
		.map(([organisme, nombre]) => ({ tour: tour + 1, table: table + 1, organisme, nombre }));
}

function countRepeats(plan: PlanDeTables): { repetees: number; entreUsagers: number } {
	let [repetees, entreUsagers] = [0, 0];
	for (let a = 0; a < plan.personnes; a++)
		for (let b = a + 1; b < plan.personnes; b++) {
			if (plan.stayTogether(a, b)) continue;
			const again = Math.max(0, plan.met(a, b) - 1);
			repetees += again;
			if (plan.isUsager(a) && plan.isUsager(b)) entreUsagers += again;
		}
	return { repetees, entreUsagers };
}

/**
 * A lower bound, from counting. All meetings of all rounds, less all pairs there are. Or: those of one table, who may not come back to it,
 * are shared out among the others at a later round, and as many pairs as that forces have met already.
 */
export function leastRepeats(plan: PlanDeTables): number {
	const rounds = Array.from({ length: plan.tours }, (_, tour) => sizesOfMobile(plan, tour));
	const meetings = rounds.flat().reduce((sum, size) => sum + pairs(size), 0);
	const mobiles = Array.from({ length: plan.personnes }, (_, i) => i).filter((i) => plan.staysAt(i) < 0).length;
	const elsewhere = plan.tours <= plan.tables ? plan.tables - 1 : plan.tables;
	const forced = rounds.map((sizes) => sizes.reduce((sum, size) => sum + pairsWhenShared(size, elsewhere), 0));
	const later = rounds.slice(1).reduce((sum, _, i) => sum + Math.max(...forced.slice(0, i + 1)), 0);
	return Math.max(0, meetings - pairs(mobiles), later);
}

function sizesOfMobile(plan: PlanDeTables, tour: number): number[] {
	return Array.from(
		{ length: plan.tables },
		(_, table) => plan.around(tour, table).filter((personne) => plan.staysAt(personne) < 0).length
	);
}

function pairs(n: number): number {
	return (n * (n - 1)) / 2;
}

function pairsWhenShared(n: number, parts: number): number {
	if (parts < 1) return 0;
	const [each, more] = [Math.floor(n / parts), n % parts];
	return more * pairs(each + 1) + (parts - more) * pairs(each);
}

/** What a facilitator is told of a rotation, one sentence for each kind of thing; the first says that all is kept. */
export function bilanEnMots(bilan: BilanDeRotation): string[] {
	const { retours, usagersSeuls, organismes, repetees, sansPlace } = bilan;
	const said = [
		sansPlace > 0 ? `${counted(sansPlace, 'place manque', 'places manquent')} autour des tables.` : '',
		retours > 0 ? `${counted(retours, 'retour')} à une table déjà vue.` : '',
		usagersSeuls.length > 0
			? `${counted(usagersSeuls.length, 'table')} où un usager est seul (${placesInWords(usagersSeuls)}).`
			: '',
		...crowdsInWords(organismes),
		repetees > 0 ? repeatsInWords(bilan) : ''
	].filter((sentence) => sentence !== '');
	return said.length > 0 ? said : ['Personne ne revient à une table, et personne ne se rencontre deux fois.'];
}

function crowdsInWords(organismes: BilanDeRotation['organismes']): string[] {
	const byKind = Map.groupBy(
		organismes,
		({ organisme, nombre }) => `${nombre}\u00a0personnes de «\u00a0${organisme}\u00a0»`
	);
	return [...byKind].map(
		([kind, places]) => `${counted(places.length, 'table')} avec ${kind} (${placesInWords(places)}).`
	);
}

function repeatsInWords({ repetees, entreUsagers, inevitables }: BilanDeRotation): string {
	const details = [
		inevitables > 0 ? `au moins ${inevitables} avec ces tables et ces tours` : '',
		entreUsagers > 0 ? `${entreUsagers} entre usagers, qui restent à plusieurs` : ''
	].filter((detail) => detail !== '');
	const detail = details.length > 0 ? ` (${details.join('\u00a0; ')})` : '';
	return `${counted(repetees, 'rencontre répétée', 'rencontres répétées')}${detail}.`;
}

const NAMED = 3;

function placesInWords(places: readonly { tour: number; table: number }[]): string {
	const named = places.slice(0, NAMED).map(({ tour, table }) => `tour\u00a0${tour}, table\u00a0${table}`);
	return [...named, ...(places.length > NAMED ? ['…'] : [])].join('\u00a0; ');
}
