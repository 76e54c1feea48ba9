import { strFromU8, unzipSync } from 'fflate';
import { getDocumentProxy } from 'unpdf';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseArchive } from '#lib/pactes/archive-schema.ts';
import type { ArchivePacte } from '#lib/pactes/archive.ts';
import { archiveEntiere, type ArchiveEntiere } from '../../tests/support/archive-entiere.ts';
import { partsOf, readByLibreOffice, sansLibreOffice, wordsIn } from '../../tests/support/bureau.ts';
import { readPdf } from '../../tests/support/pdf.ts';
import type { FormatEcrit } from './ecrire.ts';
import { exportDocument, exportPdf } from './pdf.ts';

const DATE = Date.UTC(2026, 10, 21, 11);
const PACTE = { type: 'pacte' } as const;
const missing = sansLibreOffice();
const skipped = missing ? ` (skipped: ${missing})` : '';

describe('a pacte that holds one of everything', () => {
	let entiere: ArchiveEntiere;
	let pdf: Uint8Array;
	let bytes: Record<FormatEcrit, Uint8Array>;
	let docx: Record<string, string>;
	let odt: Record<string, string>;
	let html: string;
	let md: string;

	beforeAll(async () => {
		entiere = archiveEntiere();
		parseArchive(JSON.parse(JSON.stringify(entiere.archive)));
		const write = (format: FormatEcrit) => exportDocument(entiere.archive, PACTE, format, { date: DATE });
		pdf = (await exportPdf(entiere.archive, PACTE, { date: DATE })).pdf;
		bytes = { docx: await write('docx'), odt: await write('odt'), html: await write('html'), md: await write('md') };
		docx = partsOf(bytes.docx);
		odt = partsOf(bytes.odt);
		html = strFromU8(bytes.html);
		md = strFromU8(bytes.md);
	}, 120_000);

	/** The words that a format does not say. */
	const unsaid = (text: string) => entiere.mots.filter((mot) => !text.includes(mot));
	/** What an image says to who does not see it is in the structure of a PDF, not in its text. */
	const isRead = (mot: string) => !mot.startsWith('alternative');

	test('is whole in the PDF', () => {
		expect(unsaid(readPdf(pdf).replace(/[\s\u00ad\u200b]+/g, '')).filter(isRead)).toEqual([]);
	});

	test('is whole in the Word document, each of its parts well formed', () => {
		const all = Object.entries(docx).flatMap(([name, part]) => (name.startsWith('word/') ? [part] : []));
		expect(unsaid(all.join(' '))).toEqual([]);
	});

	test('is whole in the OpenDocument text, each of its parts well formed', () => {
		expect(unsaid(`${odt['content.xml']} ${odt['styles.xml']}`)).toEqual([]);
	});

	test('is whole in the web page', () => expect(unsaid(html)).toEqual([]));

	test('is whole in Markdown', () => expect(unsaid(md)).toEqual([]));

	test.skipIf(missing)(`is whole when LibreOffice opens it${skipped}`, { timeout: 180_000 }, () => {
		for (const type of ['docx', 'odt'] as const)
			expect(unsaid(readByLibreOffice(bytes[type], type).replace(/\s+/g, '')).filter(isRead), type).toEqual([]);
	});

	describe('the contents', () => {
		let pages: string[];
		beforeAll(async () => {
			const document = await getDocumentProxy(pdf.slice());
			pages = [];
			for (let n = 1; n <= document.numPages; n++) {
				const { items } = await (await document.getPage(n)).getTextContent();
				pages.push(solid(items.map((item) => ('str' in item ? item.str : '')).join('')));
			}
		});

		/** Each entry of a written document: its words, and the page that it says. */
		function check(entries: { titre: string; page: number }[]) {
			expect(entries.length).toBeGreaterThan(20);
			for (const { titre, page } of entries) {
				const [last = ''] = titre.split(/\s/).slice(-1);
				expect(pages[page - 1], titre).toContain(solid(last));
			}
			expect(entries.map(({ page }) => page)).toEqual(entries.map(({ page }) => page).toSorted((a, b) => a - b));
		}

		test('name in Word the page that the PDF has for each part, and ask nothing when opened', () => {
			const document = docx['word/document.xml'] ?? '';
			const toc = document.slice(document.indexOf('<w:sdt>'), document.indexOf('</w:sdt>'));
			check(
				[...toc.matchAll(/<w:p>(.*?)<\/w:p>/gs)].flatMap(([, paragraph]) => {
					const [, titre, page] =
						/^(.*?)\s*(\d+)$/.exec(wordsIn(paragraph?.replace(/<w:instrText.*?<\/w:instrText>/g, ''))) ?? [];
					return titre ? [{ titre, page: Number(page) }] : [];
				})
			);
			expect(docx['word/settings.xml']).not.toContain('updateFields');
			expect(toc).not.toMatch(/w:dirty="(?:true|1|on)"/);
		});

		test('name in OpenDocument the page that the PDF has for each part', () => {
			const body = /<text:index-body>.*?<\/text:index-body>/s.exec(odt['content.xml'] ?? '')?.[0] ?? '';
			check(
				[...body.matchAll(/<text:a [^>]*>(.*?)<text:tab\/>(\d+)<\/text:a>/g)].map(([, titre, page]) => ({
					titre: wordsIn(titre),
					page: Number(page)
				}))
			);
		});
	});

	test('in Word: nothing is named that is not in the file, and every link has its place', () => {
		const names = Object.keys(unzipSync(bytes.docx));
		const document = docx['word/document.xml'] ?? '';
		const rels = docx['word/_rels/document.xml.rels'] ?? '';
		const targets = new Map([...rels.matchAll(/<Relationship [^>]*>/g)].map(([tag]) => [attribute(tag, 'Id'), tag]));
		for (const [, id = ''] of document.matchAll(/r:(?:id|embed)="([^"]+)"/g)) expect(targets.has(id), id).toBe(true);
		for (const tag of targets.values())
			if (!tag.includes('TargetMode="External"')) expect(names).toContain(`word/${attribute(tag, 'Target')}`);
		const bookmarks = new Set(
			[...document.matchAll(/<w:bookmarkStart [^>]*w:name="([^"]+)"/g)].map(([, name]) => name)
		);
		for (const [, anchor] of document.matchAll(/w:anchor="([^"]+)"/g)) expect(bookmarks).toContain(anchor);
	});

	test('in Word: heading styles, header rows that repeat, drawings with their words, French, wide tables on their side', () => {
		const document = docx['word/document.xml'] ?? '';
		for (const n of [1, 2, 3, 4]) expect(document).toContain(`w:val="Heading${n}"`);
		const tables = document.match(/<w:tbl>/g)?.length ?? 0;
		expect(document.match(/<w:tblHeader\/>/g)?.length).toBe(tables);
		expect(document).toMatch(/descr="Diagramme en barres groupées[^"]*lecture\d+/);
		expect(document).toMatch(/descr="Planning, /);
		expect(docx['word/styles.xml']).toContain('w:lang w:val="fr-FR"');
		// A table of prose, one of a fiche, the tableau de synthèse.
		expect(document.match(/w:orient="landscape"/g)).toHaveLength(3);
		expect(document).toContain('<w:vMerge w:val="restart"/>');
	});

	test('in OpenDocument: nothing is named that is not in the file, and every link has its place', () => {
		const names = Object.keys(unzipSync(bytes.odt));
		const content = odt['content.xml'] ?? '';
		for (const [, path = ''] of (odt['META-INF/manifest.xml'] ?? '').matchAll(/full-path="([^"/][^"]*)"/g))
			expect(names).toContain(path);
		for (const [, path = ''] of content.matchAll(/xlink:href="(Pictures[^"]+)"/g)) expect(names).toContain(path);
		const bookmarks = new Set([...content.matchAll(/<text:bookmark text:name="([^"]+)"/g)].map(([, name]) => name));
		for (const [, anchor] of content.matchAll(/xlink:href="#([^"]+)"/g)) expect(bookmarks).toContain(anchor);
		const styles = new Set(
			[...`${content}${odt['styles.xml']}`.matchAll(/<(?:style:style|text:list-style) style:name="([^"]+)"/g)].map(
				([, name]) => name
			)
		);
		for (const [, style] of content.matchAll(/(?:text|table):style-name="([^"]+)"/g)) expect(styles).toContain(style);
		expect(content).toMatch(/<svg:desc>Diagramme en barres groupées/);
		expect(content.match(/_Paysage"/g)?.length).toBeGreaterThanOrEqual(3);
	});

	test('the web page runs nothing, fetches nothing, leaves out no rank of heading, names what it shows', () => {
		expect(html).not.toMatch(/<script|\son\w+=|javascript:/i);
		expect(html).toContain('<html lang="fr">');
		for (const [, address = ''] of html.matchAll(/(?:src|href)="([^"]*)"/g))
			expect(address).toMatch(/^(#|data:image\/|https:\/\/)/);
		expect(html).not.toMatch(/src="https?:/);
		const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
		expect(new Set(ids).size).toBe(ids.length);
		for (const [, anchor] of html.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(anchor);
		const ranks = [...html.matchAll(/<h([1-6])/g)].map(([, rank]) => Number(rank));
		ranks.slice(1).forEach((rank, i) => expect(rank).toBeLessThanOrEqual((ranks[i] as number) + 1));
		expect(ranks.filter((rank) => rank === 1)).toHaveLength(1);
		for (const [image] of html.matchAll(/<img [^>]*>/g)) expect(image).toContain('alt="');
		for (const [head] of html.matchAll(/<th[ >][^>]*>/g)) expect(head).toContain('scope="');
	});

	test('Markdown has its tables, its notes, and a place for each link', () => {
		expect(md).toMatch(/^# Pacte intitule\d+$/m);
		expect(md).toMatch(/^\| --- \| --- \|/m);
		expect(md).toMatch(/<th scope="colgroup" colspan="2">entete/);
		expect(md).toMatch(/\[\^1\]/);
		expect(md).toMatch(/^\[\^1\]: .*note\d+/m);
		for (const [, anchor = ''] of md.matchAll(/\]\(#([^)]+)\)/g)) expect(md).toContain(`<a id="${anchor}"></a>`);
		for (const [, image = ''] of md.matchAll(/!\[[^\]]*\]\[([^\]]+)\]/g))
			expect(md).toContain(`\n[${image}]: data:image/`);
	});
});

describe('what people wrote stays text', () => {
	const HOSTILE = '<script>alert(1)</script> ]]> & "x" \u0007 [lien](javascript:alert(1)) | * _a_ `b` # fin';
	const archive = (): ArchivePacte => {
		const { archive: whole } = archiveEntiere();
		return {
			...whole,
			intitule: HOSTILE,
			noeuds: whole.noeuds.map((noeud) => ({ ...noeud, titre: HOSTILE })),
			organismes: whole.organismes.map((organisme) => ({ ...organisme, nom: HOSTILE }))
		};
	};

	test('in every format: no element, no link, no mark comes from it', async () => {
		const write = (format: FormatEcrit) => exportDocument(archive(), PACTE, format, { date: DATE });
		expect(wordsIn(partsOf(await write('docx'))['word/document.xml'])).toContain('<script>alert(1)</script> ]]> & "x"');
		expect(wordsIn(partsOf(await write('odt'))['content.xml'])).toContain('<script>alert(1)</script> ]]> & "x"');
		const html = strFromU8(await write('html'));
		expect(html).not.toContain('<script');
		expect(html).not.toMatch(/href="javascript/i);
		const md = strFromU8(await write('md'));
		expect(md).not.toContain('<script');
		// Inside the HTML of a table, Markdown's own signs are words.
		expect(md.replace(/<table>.*?<\/table>/gs, '')).not.toMatch(/(?<!\\)\]\(javascript/);
	});
});

describe('a part of a pacte', () => {
	test('an axe goes with the images of its texts; a fiche alone has no contents', async () => {
		const { archive } = archiveEntiere();
		const axe = { type: 'axe', noeud: 'n1' } as const;
		const carte = /carte\d+/.exec(JSON.stringify(archive))?.[0] ?? '';
		expect(readPdf((await exportPdf(archive, axe, { date: DATE })).pdf)).toContain(carte);
		const parts = unzipSync(await exportDocument(archive, axe, 'docx', { date: DATE }));
		expect(Object.keys(parts).filter((name) => name.startsWith('word/media/')).length).toBeGreaterThan(0);
		const fiche = strFromU8(await exportDocument(archive, { type: 'fiche', noeud: 'n3' }, 'html', { date: DATE }));
		expect(fiche).not.toContain('<nav');
		expect(fiche).toMatch(/haute\d+/);
	});

	test('says its title once, with its headings under it', async () => {
		const { archive } = archiveEntiere();
		for (const portee of [
			{ type: 'axe', noeud: 'n1' },
			{ type: 'fiche', noeud: 'n3' },
			{ type: 'synthese' }
		] as const) {
			const html = strFromU8(await exportDocument(archive, portee, 'html', { date: DATE }));
			const ranks = [...html.matchAll(/<h([1-6])/g)].map(([, rank]) => Number(rank));
			expect(ranks.filter((rank) => rank === 1)).toHaveLength(1);
			ranks.slice(1).forEach((rank, i) => expect(rank).toBeLessThanOrEqual((ranks[i] as number) + 1));
			const [title = ''] =
				strFromU8(await exportDocument(archive, portee, 'md', { date: DATE })).match(/^# .*$/m) ?? [];
			const word = partsOf(await exportDocument(archive, portee, 'docx', { date: DATE }))['word/document.xml'] ?? '';
			expect(title).not.toBe('');
			expect(word).not.toContain('w:val="Title"');
			expect(word.match(/w:val="Heading1"/g)).toHaveLength(1);
		}
	});
});

function solid(text: string): string {
	return text.replace(/[\s\u00a0\u200b\u2060]+/g, '');
}

function attribute(tag: string, name: string): string {
	return new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
}
