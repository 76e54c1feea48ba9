import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { getDocumentProxy } from 'unpdf';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { archiveFromProposition } from '#lib/import/archive-from-proposition.ts';
import type { ArchivePacte } from '#lib/pactes/archive.ts';
import { hauteRiviere } from '../demo/haute-riviere.ts';
import { readPacte } from '../import/read-pacte.ts';
import { SIGNES_DU_COMPILATEUR } from './fonts.ts';
import { print } from './print.ts';
import { exportPdf, findRemplacements, type PdfExporte } from './pdf.ts';

const DATE = Date.UTC(2026, 10, 21, 11);
const WHOLE = { type: 'pacte' } as const;

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;

interface Read {
	exporte: PdfExporte;
	pdf: Pdf;
	raw: string;
	/** The text of each page, in one line. */
	pages: string[];
}

async function read(archive: ArchivePacte, portee: Parameters<typeof exportPdf>[1] = WHOLE): Promise<Read> {
	const exporte = await exportPdf(archive, portee, { date: DATE });
	const raw = Buffer.from(exporte.pdf).toString('latin1');
	const pdf = await getDocumentProxy(exporte.pdf.slice());
	const pages: string[] = [];
	for (let n = 1; n <= pdf.numPages; n++) {
		const { items } = await (await pdf.getPage(n)).getTextContent();
		pages.push(plain(items.map((item) => ('str' in item ? item.str : '')).join(' ')));
	}
	return { exporte, pdf, raw, pages };
}

/** As one reads it: no zero-width signs, one space between words. */
function plain(text: string): string {
	return text
		.replace(/[\u200b\u2060]/g, '')
		.replace(/\s+/g, ' ')
		.trim();
}

/** Spaces and leaders aside: lines are cut where they may be. */
const solid = (text: string) => text.replace(/[\s\u200b\u2060]+/g, '').replace(/\.{2,}/g, '');

function fichesOf({ noeuds, fiches }: ArchivePacte): { id: string; titre: string }[] {
	const withFiche = new Set(fiches.map(({ noeud }) => noeud));
	return noeuds.filter(({ id }) => withFiche.has(id)).map(({ id, titre }) => ({ id, titre }));
}

/** The pages that show the head of a fiche: its title, then its pilote. */
function headsOf({ pages }: Read, titre: string): number[] {
	const head = solid(`${titre}Pilote`);
	return pages.flatMap((page, i) => (solid(page).includes(head) ? [i + 1] : []));
}

describe('the PDF of a whole pacte', () => {
	let demo: ArchivePacte;
	let it: Read;
	beforeAll(async () => {
		demo = hauteRiviere();
		demo.engagements = [{ organisme: null, puces: ['Se réunir chaque année'] }];
		it = await read(demo);
	});

	test('says that it is accessible (PDF/UA-1), in French, and what it is called', async () => {
		expect(it.raw).toContain('<pdfuaid:part>1</pdfuaid:part>');
		expect(it.raw).toMatch(/\/Lang \(fr-FR\)/);
		expect(it.raw).toContain('/StructTreeRoot');
		expect(it.raw).toMatch(/\/Marked true/);
		const { info } = await it.pdf.getMetadata();
		expect(info).toMatchObject({ Title: 'Pacte territorial pour l’insertion de la Haute-Rivière' });
	});

	test('has real headings, lists, links, contents and table headers in its structure', async () => {
		const roles = await rolesOf(it.pdf);
		for (const role of [
			'H1',
			'H2',
			'H3',
			'L',
			'LI',
			'Lbl',
			'LBody',
			'TOC',
			'TOCI',
			'Link',
			'Table',
			'THead',
			'TR',
			'TH',
			'TD'
		])
			expect(roles, role).toContain(role);
	});

	test('opens with the title, the territory, the years and the day of this version', () => {
		expect(it.pages[0]).toMatch(/^Haute-Rivière .*Pacte territorial .* 2026–2030 .*Version du 21 novembre 2026$/);
	});

	test('ends each page, the cover aside, with its number and their total', () => {
		const total = it.pages.length;
		it.pages.slice(1).forEach((page, i) => expect(page, `page ${i + 2}`).toContain(`${i + 2} / ${total}`));
		expect(it.exporte.pages).toBe(total);
	});

	test('has each fiche on one page of its own', () => {
		const heads = fichesOf(demo).map(({ titre }) => headsOf(it, titre));
		expect(heads.filter((pages) => pages.length !== 1)).toEqual([]);
		const pages = heads.flat();
		expect(new Set(pages).size).toBe(pages.length);
		expect(it.pages.join(' ')).not.toContain('(suite)');
	});

	test('announces each fiche in its contents, with the page where it is', () => {
		const sommaire = solid(it.pages[1] as string);
		for (const { titre } of fichesOf(demo)) expect(sommaire, titre).toContain(solid(titre) + headsOf(it, titre)[0]);
	});

	test('leads from its contents and its bookmarks to the right pages', async () => {
		const links = await linksOf(it.pdf, 2);
		const heads = fichesOf(demo).map(({ titre }) => headsOf(it, titre)[0]);
		expect(links).toEqual(expect.arrayContaining(heads));
		const bookmarks = await bookmarksOf(it.pdf);
		expect(bookmarks.length).toBeGreaterThan(heads.length);
		for (const { title, page } of bookmarks) expect(solid(it.pages[page - 1] as string), title).toContain(solid(title));
	});

	test('has a tableau de synthèse with each fiche, the engagements, and each signatory', () => {
		const table = it.pages.findIndex((page) => /^\d+ Tableau de synthèse/.test(page));
		const rest = it.pages.slice(table).join(' ');
		for (const { titre } of fichesOf(demo)) expect(solid(rest)).toContain(solid(titre));
		expect(rest).toContain('Se réunir chaque année');
		const noms = new Map(demo.organismes.map(({ id, nom }) => [id, nom]));
		for (const { organisme } of demo.signataires) expect(solid(rest)).toContain(solid(noms.get(organisme) as string));
	});

	test('holds every bullet that was written', () => {
		const all = solid(it.pages.join(' '));
		for (const { champs } of demo.fiches)
			for (const valeur of Object.values(champs))
				if ('puces' in valeur) for (const puce of valeur.puces) expect(all).toContain(solid(puce));
	});
});

describe('a part of a pacte', () => {
	test('an axe has its fiches, under the numbers that they have in the pacte, and no other', async () => {
		const demo = hauteRiviere();
		const axes = demo.noeuds.filter(({ parent }) => parent === null);
		const second = axes[1]!;
		const { pages, raw } = await read(demo, { type: 'axe', noeud: second.id });
		const text = solid(pages.join(' '));
		const inside = demo.noeuds.filter(({ parent, niveau }) => parent === second.id && niveau === 'action');
		inside.forEach(({ titre }, i) => expect(text).toContain(solid(`2.${i + 1}${titre}`)));
		for (const { titre } of demo.noeuds.filter(({ parent }) => parent === axes[0]!.id))
			expect(text).not.toContain(solid(titre));
		expect(raw).toContain('<pdfuaid:part>1</pdfuaid:part>');
	});

	test('a fiche is one page', async () => {
		const demo = hauteRiviere();
		const fiche = fichesOf(demo)[0]!;
		const { pages } = await read(demo, { type: 'fiche', noeud: fiche.id });
		expect(pages).toHaveLength(1);
		expect(solid(pages[0] as string)).toContain(solid(fiche.titre));
	});

	test('what does not exist is said not to exist', async () => {
		const asked = exportPdf(hauteRiviere(), { type: 'fiche', noeud: 'n999' }, { date: DATE });
		await expect(asked).rejects.toMatchObject({ code: 'introuvable' });
	});
});

describe('what people write stays text', () => {
	test('the marks of the layout language are printed as they were typed', async () => {
		const written = [
			'#let x = 1; #panic("non")',
			'*gras* _penché_ $x^2$ `code` @cle <etiquette>',
			'\\ \\u{41} // rien /* rien */ ~ -- ---',
			'= Un titre',
			'- une puce + une autre / un terme: ici',
			'https://exemple.fr/page?a=b&c=d#e',
			'« ] } ) » [ { ( "guillemets" \'apostrophes\''
		];
		const { pages } = await read(withText(written, '#set page(width: 1cm)'), { type: 'fiche', noeud: 'n1' });
		for (const line of [...written, '#set page(width: 1cm)']) expect(solid(pages.join(' '))).toContain(solid(line));
	});

	test('French spaces are set where they lack', async () => {
		const { pages } = await read(withText(['Objectif: «tenir» !']), { type: 'fiche', noeud: 'n1' });
		expect(pages[0]).toContain('Objectif : « tenir » !');
	});
});

describe('a character that no font has never stops an export', () => {
	test('it is replaced visibly, and listed with its place', async () => {
		const archive = withText([
			'Bravo 😀',
			'\uf0b7 Une puce de Word',
			'العربية',
			'a\u202eb',
			'nul\0 ici',
			'moitié \ud83d'
		]);
		const { pages, exporte } = await read(archive, { type: 'fiche', noeud: 'n1' });
		for (const line of ['Bravo □', '• Une puce de Word', '□□□□□□□', 'a□b', 'nul□ ici', 'moitié □'])
			expect(solid(pages[0] as string)).toContain(solid(line));
		expect(exporte.remplacements).toEqual(
			expect.arrayContaining([
				{ caractere: '😀', code: 'U+1F600', par: '□', lieu: 'Fiche-action\u00a01, Objectifs', fois: 1 },
				{ caractere: 'U+F0B7', code: 'U+F0B7', par: '•', lieu: 'Fiche-action\u00a01, Objectifs', fois: 1 },
				{ caractere: 'U+0000', code: 'U+0000', par: '□', lieu: 'Fiche-action\u00a01, Objectifs', fois: 1 }
			])
		);
		await expect(findRemplacements(archive, { type: 'fiche', noeud: 'n1' })).resolves.toEqual(exporte.remplacements);
	});

	test('what the fonts have is printed as it is: ☐, Greek, Cyrillic, marks, arrows, fractions', async () => {
		const written = ['☐ à faire ☑ fait', 'Ελληνικά', 'Русский', 'Việt Nam, Łódź, e\u0301te\u0301', '½ ² ≤ ∞ €'];
		// Letters and marks that have no sign of their own: this reader of PDF does not follow how they are told.
		const marks = 'x\u0301 я\u0301';
		const { pages, exporte } = await read(withText([...written, marks]), { type: 'fiche', noeud: 'n1' });
		expect(exporte.remplacements).toEqual([]);
		for (const line of written) expect(solid(pages[0] as string)).toContain(solid(line.normalize('NFC')));
	});

	test('each sign that is taken from the compiler’s own font is there', async () => {
		const { exporte, pages } = await read(withText([[...SIGNES_DU_COMPILATEUR].join(' ')]), {
			type: 'fiche',
			noeud: 'n1'
		});
		expect(exporte.remplacements).toEqual([]);
		expect(solid(pages.join(''))).toContain(SIGNES_DU_COMPILATEUR);
	});

	test('a sign that the fonts were wrongly thought to have costs that sign, not the document', () => {
		const claimed = new Set([...'😀abcdefghijklmnopqrstuvwxyz '].map((sign) => sign.codePointAt(0) as number));
		const archive = withText(['un bravo 😀']);
		const { pages, remplacements } = print({ archive, portee: { type: 'fiche', noeud: 'n1' }, date: DATE }, [claimed]);
		expect(pages).toBe(1);
		expect(remplacements.map(({ code }) => code)).toEqual(['U+1F600']);
	});

	test('all the characters there are, one after another and with marks, are printed or listed', async () => {
		const points = Array.from({ length: 0x3000 }, (_, i) => i).concat([
			0xfb00, 0xfeff, 0xfffe, 0xffff, 0x1f469, 0x10ffff
		]);
		const signs = points.map((point) => String.fromCodePoint(point));
		const lines = Array.from({ length: 64 }, (_, i) => signs.filter((_sign, at) => at % 64 === i).join(' '));
		const marked = ['\u0301', '\u0323', '\u20dd', '\u200d', '\ufe0f'].map((mark) =>
			`aéя☐•→${mark}`.split('').join(mark)
		);
		const exporte = await exportPdf(withText([...lines, ...marked]), { type: 'fiche', noeud: 'n1' }, { date: DATE });
		expect(exporte.remplacements.map(({ code }) => code)).toEqual(expect.arrayContaining(['U+0627', 'U+10FFFF']));
		// Had the compiler refused one, only western letters would be left.
		expect(exporte.remplacements.map(({ code }) => code)).not.toContain('U+0416');
	});
});

describe('a fiche that overflows', () => {
	test('goes on to a second page, which says whose it is; the next fiche starts on a new one', async () => {
		const demo = hauteRiviere();
		const [first, second] = fichesOf(demo) as [{ id: string; titre: string }, { id: string; titre: string }];
		const long = demo.fiches.find(({ noeud }) => noeud === first.id)!;
		long.champs.modalites = { puces: Array.from({ length: 60 }, (_, i) => `Une modalité de plus, la ${i + 1}e`) };
		const it = await read(demo);
		const [start] = headsOf(it, first.titre);
		expect(it.pages[start as number]).toContain('Fiche-action 1.1 (suite)');
		expect(it.pages[start as number]).toContain('la 60e');
		expect(headsOf(it, second.titre)[0]).toBeGreaterThan((start as number) + 1);
		expect(it.pages.filter((page) => page.includes('(suite)')).length).toBe(1);
	});
});

describe('exports run beside the server', () => {
	test('two at once both come out', async () => {
		const demo = hauteRiviere();
		const [whole, one] = await Promise.all([
			exportPdf(demo, WHOLE, { date: DATE }),
			exportPdf(demo, { type: 'fiche', noeud: fichesOf(demo)[0]!.id }, { date: DATE })
		]);
		expect(whole.pages).toBeGreaterThan(10);
		expect(one.pages).toBe(1);
	});

	test('the process goes on with its own work meanwhile', async () => {
		let done = false;
		const exported = exportPdf(hauteRiviere(), WHOLE, { date: DATE }).finally(() => (done = true));
		let turns = 0;
		while (!done) {
			await setImmediate();
			turns++;
		}
		await exported;
		expect(turns).toBeGreaterThan(20);
	});

	test('one that takes too long ends with a sentence, and the next one is made', async () => {
		const late = exportPdf(hauteRiviere(), WHOLE, { date: DATE, delai: 1 });
		await expect(late).rejects.toMatchObject({ code: 'indisponible', message: expect.stringMatching(/trop de temps/) });
		await expect(exportPdf(hauteRiviere(), WHOLE, { date: DATE })).resolves.toBeDefined();
	});

	test('one whose worker breaks ends with a sentence, and the cause is noted', async () => {
		const noted = vi.spyOn(console, 'error').mockImplementation(() => undefined);
		try {
			const broken = { ...hauteRiviere(), noeuds: null } as unknown as ArchivePacte;
			const asked = exportPdf(broken, WHOLE, { date: DATE });
			await expect(asked).rejects.toMatchObject({ code: 'indisponible', message: expect.stringMatching(/n’a pas pu/) });
			expect(noted).toHaveBeenCalledOnce();
		} finally {
			noted.mockRestore();
		}
	});
});

const seed = seedOf('003_');

describe.skipIf(seed === null)(`the Orne's pacte${seed === null ? ' (COPACTE_SEEDS is not here)' : ''}`, () => {
	test('Orne 16: 37 fiches under 7 axes, each on one page of its own', async () => {
		const proposition = readPacte(readFileSync(seed as string, 'utf8'));
		const periode = { debut: 2020, fin: 2022 };
		const archive = archiveFromProposition(proposition, {
			intitule: 'Pacte de l’Orne',
			territoire: 'Orne',
			...periode
		});
		const it = await read(archive);
		const heads = fichesOf(archive).map(({ titre }) => headsOf(it, titre));
		expect(heads).toHaveLength(37);
		expect(heads.filter((pages) => pages.length !== 1)).toEqual([]);
		expect(new Set(heads.flat()).size).toBe(37);
		expect(it.pages.join(' ')).not.toContain('(suite)');
		expect(it.pages[0]).toMatch(/7 axes 37 fiches-actions 21 signataires/);
	});
});

function seedOf(prefix: string): string | null {
	const folder = process.env.COPACTE_SEEDS ?? '../shared/seeds';
	if (!existsSync(folder)) return null;
	const name = readdirSync(folder).find((file) => file.startsWith(prefix));
	return name === undefined ? null : join(folder, name);
}

/** A pacte of one fiche at its top, whose objectives are these. */
function withText(objectifs: string[], titre = 'Une fiche'): ArchivePacte {
	const demo = hauteRiviere();
	const { champs } = demo.fiches[0]!;
	return {
		...demo,
		noeuds: [{ id: 'n1', parent: null, niveau: 'action', titre }],
		fiches: [{ noeud: 'n1', champs: { ...champs, objectifs: { puces: objectifs } } }],
		signataires: []
	};
}

interface StructNode {
	role?: string;
	children?: StructNode[];
}

async function rolesOf(pdf: Pdf): Promise<Set<string>> {
	const roles = new Set<string>();
	const visit = ({ role, children = [] }: StructNode) => {
		if (role) roles.add(role);
		children.forEach(visit);
	};
	for (let n = 1; n <= pdf.numPages; n++) {
		const tree = (await (await pdf.getPage(n)).getStructTree()) as StructNode | null;
		if (tree) visit(tree);
	}
	return roles;
}

async function pageOf(pdf: Pdf, dest: unknown): Promise<number> {
	const explicit = typeof dest === 'string' ? await pdf.getDestination(dest) : dest;
	const [ref] = explicit as [Parameters<Pdf['getPageIndex']>[0]];
	return (await pdf.getPageIndex(ref)) + 1;
}

async function linksOf(pdf: Pdf, page: number): Promise<number[]> {
	const annotations = await (await pdf.getPage(page)).getAnnotations();
	return Promise.all(annotations.map(({ dest }: { dest: unknown }) => pageOf(pdf, dest)));
}

async function bookmarksOf(pdf: Pdf): Promise<{ title: string; page: number }[]> {
	const list: { title: string; page: number }[] = [];
	const visit = async (items: Awaited<ReturnType<Pdf['getOutline']>>) => {
		for (const { title, dest, items: below } of items ?? []) {
			list.push({ title, page: await pageOf(pdf, dest) });
			await visit(below);
		}
	};
	await visit(await pdf.getOutline());
	return list;
}
