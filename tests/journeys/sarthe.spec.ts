import { expect, test, type Page } from '@playwright/test';
import ExcelJS from 'exceljs';
import { strFromU8, unzipSync } from 'fflate';
import { extractText, getDocumentProxy } from 'unpdf';
import { parseArchive } from '#lib/pactes/archive-schema.ts';
import type { ArchivePacte } from '#lib/pactes/archive.ts';
import { codesOf } from '#lib/orientations/arbre.ts';
import { arbreFromRows } from '#lib/orientations/arbre-from-rows.ts';
import { partsOf, wordsIn } from '../support/bureau.ts';
import { enterPremier } from '../support/premier.ts';
import { missingSeeds, SARTHE } from '../support/seeds.ts';
import { startServeur, type Serveur } from '../support/serveur.ts';

const CHAMP = 'Point de vigilance';

/** One story, told in order: each step stands on the one before. */
test.describe.serial('the Sarthe’s pacte, from its text to each format', () => {
	test.skip(missingSeeds() !== null, missingSeeds() ?? '');

	let serveur: Serveur;
	let page: Page;
	let base: string;
	/** The titles of what is moved: read on the way, none of them is written here. */
	let first: string;
	let second: string;

	test.beforeAll(async ({ browser }) => {
		serveur = await startServeur();
		({ page } = await enterPremier(browser, serveur));
	});

	test.afterAll(async () => {
		await page.context().close();
		await serveur.stop();
	});

	test('its text is read as 27 fiches under four levels, and becomes a pacte', async () => {
		await page.getByRole('link', { name: 'Importer' }).first().click();
		await page.getByLabel('Fichier').setInputFiles(SARTHE);
		await page.getByRole('button', { name: 'Lire ce texte' }).click();
		await expect(page.getByRole('heading', { name: 'Relire avant de créer' })).toBeVisible({ timeout: 30_000 });
		await page.getByLabel('Territoire').fill('Sarthe');
		await page.getByRole('button', { name: 'Créer le pacte' }).click();
		await page.waitForURL(/\/orientations$/);
		base = new URL(page.url()).pathname.replace(/\/orientations$/, '');
		await expect(page.getByText('3 objectifs stratégiques, 8 objectifs opérationnels')).toBeVisible();
	});

	test('an action that is moved takes its code with it, and its former one leads to it still', async () => {
		const before = codes(await archive());
		[first, second] = [before.get('I1a') as string, before.get('I1b') as string];
		await page.getByRole('button', { name: 'Actions sur l’action I1a', exact: true }).click();
		await page.getByRole('menuitem', { name: 'Descendre', exact: true }).click();
		await expect(page.getByRole('button', { name: 'Actions sur l’action I1b', exact: true })).toBeFocused();
		await expect
			.poll(async () => {
				const after = codes(await archive());
				return [after.get('I1a'), after.get('I1b')];
			})
			.toEqual([second, first]);
		const moved = (await archive()).noeuds.find(({ titre }) => titre.trim() === first);
		expect(moved?.anciens).toContain('I1a');
	});

	test('its model is changed: a field more, in each of its fiches', async () => {
		await page.goto(`${serveur.url}${base}/modele?modifier=champ#nouveau-champ`);
		await page.getByLabel('Nom du champ').fill(CHAMP);
		await page.getByRole('button', { name: 'Ajouter le champ' }).click();
		await expect(page.getByRole('heading', { name: CHAMP })).toBeVisible();
		expect((await archive()).modele.champs.at(-1)).toMatchObject({ etiquette: CHAMP, type: 'texte' });
	});

	test('the tableau de synthèse has 27 rows under its levels', async () => {
		await page.goto(`${serveur.url}${base}/synthese`);
		await expect(page.getByRole('columnheader').first()).toHaveText('Objectifs stratégiques');
		await expect(page.locator('tbody tr')).toHaveCount(27);
		const spans = page.locator('tbody th[scope=rowgroup]');
		expect(await spans.evaluateAll((cells) => cells.map((cell) => (cell as HTMLTableCellElement).rowSpan))).toEqual([
			22, 3, 2
		]);
	});

	test('it is taken away in each format, and each file opens and says the same', async () => {
		const pdf = await getDocumentProxy(new Uint8Array(await file('pacte.pdf')));
		expect(pdf.numPages).toBeGreaterThan(27);
		const texts: Record<string, string> = {
			pdf: (await extractText(pdf, { mergePages: true })).text,
			docx: wordsIn(partsOf(await file('pacte.docx'))['word/document.xml']),
			odt: wordsIn(partsOf(await file('pacte.odt'))['content.xml']),
			html: wordsIn((await file('pacte.html')).toString('utf8')),
			md: (await file('pacte.md')).toString('utf8'),
			json: JSON.stringify(await archive()),
			ods: wordsIn(partsOf(await file('tables.ods'))['content.xml']),
			csv: Object.values(unzipSync(await file('tables.csv')))
				.map((bytes) => strFromU8(bytes))
				.join('\n'),
			xlsx: await wordsOfWorkbook(await file('tables.xlsx'))
		};
		const labels = ['Livrables', 'Indicateurs de suivi', 'Pilote de l’action'];
		for (const [format, text] of Object.entries(texts))
			for (const words of [first, second, ...labels])
				expect(solid(text).includes(solid(words)), `${words} in ${format}`).toBe(true);
		for (const format of ['pdf', 'docx', 'odt', 'html', 'md', 'ods', 'csv', 'xlsx'])
			expect(solid(texts[format] as string).includes('III8b'), format).toBe(true);
		for (const format of ['ods', 'csv', 'xlsx']) expect(texts[format]?.includes(CHAMP), format).toBe(true);

		expect((await file('synthese.docx')).length).toBeGreaterThan(4_000);
		const read = parseArchive(await archive());
		expect(read.fiches).toHaveLength(27);
		expect(read).toEqual(await archive());
	});

	async function file(name: string): Promise<Buffer> {
		const response = await page.request.get(`${serveur.url}${base}/exports/${name}`, { timeout: 30_000 });
		expect(response.status(), name).toBe(200);
		return response.body();
	}

	async function archive(): Promise<ArchivePacte> {
		return JSON.parse((await file('pacte.json')).toString('utf8')) as ArchivePacte;
	}
});

/** Titles by code. */
function codes({ noeuds, modele }: ArchivePacte): Map<string, string> {
	const rows = noeuds.map((noeud) => ({ ...noeud, aClasser: noeud.parent === 'a_classer' }));
	const titles = new Map(noeuds.map(({ id, titre }) => [id, titre.trim()]));
	return new Map([...codesOf(arbreFromRows(rows), modele)].map(([id, code]) => [code, titles.get(id) ?? '']));
}

async function wordsOfWorkbook(bytes: Buffer): Promise<string> {
	const book = new ExcelJS.Workbook();
	await book.xlsx.load(new Uint8Array(bytes).buffer);
	const words: string[] = [];
	for (const sheet of book.worksheets) sheet.eachRow((row) => row.eachCell((cell) => words.push(cell.text)));
	return words.join('\n');
}

/** Letters and digits alone: each format has its own spaces, hyphens and apostrophes. */
function solid(text: string): string {
	return text
		.normalize('NFKC')
		.replace(/&(apos|#39|#x27);/g, '’')
		.replace(/\\./g, (escape) => escape.slice(1))
		.replace(/[^\p{L}\p{N}]+/gu, '');
}
