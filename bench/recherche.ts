/*
 * What a question costs on a pacte of 500 fiches and 200 sections, and what the index adds to a projection.
 *   npx node bench/recherche.ts [questions]      PostgreSQL too, where there is one
 */
import * as Y from 'yjs';
import { corpsOf, writeProse, type Prose } from '../src/lib/editor/prose.ts';
import type { ArchivePacte } from '../src/lib/pactes/archive.ts';
import { hauteRiviere } from '../server/demo/haute-riviere.ts';
import { newId } from '../server/ids.ts';
import { createPacteFromArchive } from '../server/pactes/create-pacte.ts';
import { indexSource } from '../server/recherche/index-writer.ts';
import { search } from '../server/recherche/search.ts';
import { projectRedaction } from '../server/sections/redaction-projection.ts';
import { engines, openTestApp, type TestApp } from '../tests/support/app.ts';
import { addPersonne } from '../tests/support/personnes.ts';

const QUESTIONS = Number(process.argv[2] ?? 200);
const FICHES = 500;
const SECTIONS = 200;
const PARAGRAPHES = 30;
const MOTS_PAR_PARAGRAPHE = 60;
const BUT = 50;

const { random, pick } = randomFrom(20261121);
const demo = hauteRiviere();
const WORDS = vocabulary(demo);

for (const { engine, missing } of await engines()) {
	if (missing) {
		console.log(`${engine}: ${missing}`);
		continue;
	}
	const app = await openTestApp(engine);
	try {
		await measure(app, engine);
	} finally {
		await app.end();
	}
}

async function measure(app: TestApp, engine: string): Promise<void> {
	const by = await addPersonne(app, 'Banc d’essai');
	let start = performance.now();
	const pacteId = await createPacteFromArchive(app, large(), { compteId: by, acte: 'pacte_importe' });
	const sections = await addSections(app, pacteId);
	const made = seconds(start);
	const rows = await countOf(app, 'recherche_mots');
	console.log(
		`${engine}: ${FICHES} fiches, ${SECTIONS} sections in ${made}; ${await countOf(app, 'recherche_textes')} passages, ${rows} entries`
	);
	const asked = Array.from({ length: QUESTIONS }, question);
	for (const one of asked.slice(0, 10)) await search(app.db, { pacteId, by, question: one });
	const times: { ms: number; question: string; total: number }[] = [];
	for (const one of asked) {
		start = performance.now();
		const { total } = await search(app.db, { pacteId, by, question: one });
		times.push({ ms: performance.now() - start, question: one, total });
	}
	times.sort((a, b) => a.ms - b.ms);
	const at = (part: number) => times[Math.min(times.length - 1, Math.floor(times.length * part))]!;
	const worst = times.at(-1)!;
	console.log(
		`  question: p50 ${at(0.5).ms.toFixed(1)} ms, p95 ${at(0.95).ms.toFixed(1)} ms (goal ${BUT}), worst ${worst.ms.toFixed(1)} ms « ${worst.question} » (${worst.total})`
	);
	console.log(
		`  ${((times.filter(({ total }) => total > 0).length / times.length) * 100).toFixed(0)} % of the questions find something`
	);
	await measureProjection(app, pacteId, sections[0] as string);
}

/** One more word typed in a section of 30 paragraphs: the projection with the index, and the part that is the index's. */
async function measureProjection(app: TestApp, pacteId: string, id: string): Promise<void> {
	const whole: number[] = [];
	const index: number[] = [];
	const prose = proseOf();
	const context = { id, pacteId, modele: demo.modele, now: app.now() };
	for (let round = 0; round < 40; round++) {
		const typed = prose[round % prose.length];
		if (typed?.type === 'paragraphe' && typed.contenu[0]?.type === 'texte') typed.contenu[0].texte += ` ${pick(WORDS)}`;
		const doc = docOf(prose);
		let start = performance.now();
		await app.db.transaction().execute((trx) => projectRedaction(trx, doc, context));
		whole.push(performance.now() - start);
		start = performance.now();
		await app.db.transaction().execute((trx) => indexSource(trx, pacteId, 'section', id));
		index.push(performance.now() - start);
		doc.destroy();
	}
	const median = (times: number[]) =>
		times
			.slice(5)
			.sort((a, b) => a - b)
			[Math.floor((times.length - 5) / 2)]!.toFixed(1);
	console.log(
		`  projection of a section after a word: ${median(whole)} ms; looking for what changed, when nothing did: ${median(index)} ms`
	);
}

async function addSections(app: TestApp, pacteId: string): Promise<string[]> {
	const ids: string[] = [];
	for (let rang = 0; rang < SECTIONS; rang++) {
		const id = newId();
		ids.push(id);
		const titre = `${pick(WORDS)} ${pick(WORDS)} ${pick(WORDS)}`;
		await app.db
			.insertInto('sections')
			.values({
				id,
				pacte_id: pacteId,
				parent_id: null,
				rang,
				genre: 'texte',
				titre,
				organisme_id: null,
				noeud_id: null,
				etat: 'brouillon',
				longueur: '',
				created_at: app.now(),
				retiree_at: null
			})
			.execute();
		const doc = docOf(proseOf());
		const context = { id, pacteId, modele: demo.modele, now: app.now() };
		await app.db.transaction().execute((trx) => projectRedaction(trx, doc, context));
		doc.destroy();
	}
	await app.db.transaction().execute((trx) => indexSource(trx, pacteId, 'plan'));
	return ids;
}

function docOf(prose: Prose): Y.Doc {
	const doc = new Y.Doc();
	writeProse(corpsOf(doc), prose);
	return doc;
}

function proseOf(): Prose {
	return Array.from({ length: PARAGRAPHES }, () => ({
		type: 'paragraphe' as const,
		contenu: [{ type: 'texte' as const, texte: sentence(MOTS_PAR_PARAGRAPHE) }]
	}));
}

/** The demonstration's fiches, each with words of its own, ten to an axe. */
function large(): ArchivePacte {
	const written = demo.fiches.filter(({ champs }) => Object.keys(champs).length > 0);
	const archive: ArchivePacte = { ...demo, noeuds: [], fiches: [], figures: [] };
	for (let i = 0; i < FICHES; i++) {
		const axe = `a${Math.floor(i / 10)}`;
		if (i % 10 === 0) archive.noeuds.push({ id: axe, parent: null, niveau: 'axe', titre: sentence(5) });
		archive.noeuds.push({ id: `f${i}`, parent: axe, niveau: 'action', titre: sentence(7) });
		const puces = Array.from({ length: 6 }, () => sentence(14));
		archive.fiches.push({ noeud: `f${i}`, champs: { ...written[i % written.length]!.champs, modalites: { puces } } });
	}
	return archive;
}

/** One to four words, some begun only, some misspelt, some unknown, some numbers. */
function question(): string {
	const kind = random();
	if (kind < 0.08) return `fiche ${1 + Math.floor(random() * 50)}.${1 + Math.floor(random() * 10)}`;
	const words = Array.from({ length: 1 + Math.floor(random() * 4) }, () => pick(WORDS));
	if (kind < 0.2) return words.join(' ').slice(0, -2);
	if (kind < 0.3) return [...words, misspelt(pick(WORDS))].join(' ');
	if (kind < 0.35) return 'zwxqj';
	return words.join(' ');
}

function misspelt(word: string): string {
	const at = 1 + Math.floor(random() * (word.length - 2));
	return word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2);
}

/** Few words are everywhere and most are rare, as in texts. */
function sentence(length: number): string {
	return Array.from({ length }, () => WORDS[Math.floor(random() ** 3 * WORDS.length)] as string).join(' ');
}

/** The demonstration's own words, and as many made from them that the rare ones of 700 texts would be. */
function vocabulary({ fiches }: ArchivePacte): string[] {
	const text = JSON.stringify(fiches);
	const words = [...new Set(text.match(/\p{L}{4,}/gu) ?? [])];
	const endings = ['ation', 'ement', 'able', 'eur', 'ité', 'age', 'isme'];
	return [...words, ...words.flatMap((word) => endings.slice(0, 5).map((ending) => word.slice(0, 5) + ending))];
}

async function countOf(app: TestApp, table: 'recherche_mots' | 'recherche_textes'): Promise<number> {
	const { n } = await app.db
		.selectFrom(table)
		.select((eb) => eb.fn.countAll<number>().as('n'))
		.executeTakeFirstOrThrow();
	return Number(n);
}

function seconds(start: number): string {
	return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}

/** Mulberry32: the same questions each time. */
function randomFrom(seed: number) {
	let state = seed;
	const next = () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
	return { random: next, pick: <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)] as T };
}
