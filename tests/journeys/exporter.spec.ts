import { readFileSync } from 'node:fs';
import { expect, test, type Download, type Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { getDocumentProxy } from 'unpdf';
import type { ArchivePacte } from '../../src/lib/pactes/archive.ts';
import { enterDemo } from '../support/demo.ts';
import { startServeur, type Serveur } from '../support/serveur.ts';

test.describe('what a pacte gives to take away', () => {
	let serveur: Serveur;

	test.beforeAll(async () => {
		serveur = await startServeur();
	});

	test.afterAll(() => serveur.stop());

	test('someone who only reads takes the whole pacte, an axe and a fiche as PDF, and is told how they are', async ({
		browser
	}) => {
		const { page, pacte, context } = await enterDemo(browser, serveur, 'Lectrice');
		await page.goto(`${serveur.url}${pacte}/exports`);

		const whole = await download(page, () => page.getByRole('link', { name: 'Télécharger le PDF' }).click());
		expect(whole.suggestedFilename()).toBe('Pacte territorial pour l’insertion de la Haute-Rivière - 2026-2030.pdf');
		const pages = await pagesOf(whole);
		await expect(page.getByText(new RegExp(`Le fichier est prêt\\s: ${pages}\\spages`)).first()).toBeVisible();

		const axe = await download(page, () => page.getByRole('link', { name: /^PDF de «\sAxe 2/ }).click());
		expect(axe.suggestedFilename()).toMatch(/^Axe 2 - .+\.pdf$/);
		expect(await pagesOf(axe)).toBeLessThan(pages);

		await page.getByText('une par une').first().click();
		const fiche = await download(page, () => page.getByRole('link', { name: /^PDF de «\s1\.1 / }).click());
		expect(fiche.suggestedFilename()).toMatch(/^Fiche-action 1\.1 - .+\.pdf$/);
		expect(await pagesOf(fiche)).toBe(1);

		const table = await download(page, () => page.getByRole('link', { name: 'CSV du tableau de synthèse' }).click());
		expect(table.suggestedFilename()).toMatch(/^Tableau de synthèse - .+\.csv$/);
		expect(readFileSync(await table.path(), 'utf8')).toContain('Un premier rendez-vous sous dix jours');

		await page.getByRole('link', { name: 'Vérifier les caractères' }).click();
		await expect(page.getByRole('heading', { name: 'Les caractères du PDF' })).toBeFocused();
		await expect(page.getByText('Tous les caractères de ce pacte s’impriment')).toBeVisible();
		await context.close();
	});

	test('without JavaScript the links give the same files, and the JSON says what it is', async ({ browser }) => {
		const { context: signedIn, pacte } = await enterDemo(browser, serveur, 'Relecteur');
		const context = await browser.newContext({ javaScriptEnabled: false, storageState: await signedIn.storageState() });
		const page = await context.newPage();
		await page.goto(`${serveur.url}${pacte}/exports?rapport`);
		await expect(page.getByText('Tous les caractères de ce pacte s’impriment')).toBeVisible();

		const pdf = await download(page, () => page.getByRole('link', { name: 'Télécharger le PDF' }).click());
		expect(await pagesOf(pdf)).toBeGreaterThan(20);
		const json = await download(page, () => page.getByRole('link', { name: 'Télécharger le JSON' }).click());
		const archive = JSON.parse(readFileSync(await json.path(), 'utf8')) as ArchivePacte;
		expect(archive).toMatchObject({ format: 'copacte/pacte', version: 1, territoire: 'Haute-Rivière' });
		const zip = await download(page, () => page.getByRole('link', { name: /^Tous les tableaux, .*CSV/ }).click());
		const files = unzipSync(readFileSync(await zip.path()));
		expect(strFromU8(files['Fiches.csv'] ?? new Uint8Array()).split('\r\n').length).toBeGreaterThan(18);
		await context.close();
		await signedIn.close();
	});

	test('a pacte that one has no part in gives nothing, whether it exists or not', async ({ browser, request }) => {
		const { context, page, pacte } = await enterDemo(browser, serveur, 'Rédactrice');
		const files = [
			'pacte.pdf',
			'pacte.json',
			'synthese.ods',
			'tables.xlsx',
			'tables/fiches.csv',
			'axes/inconnu.docx',
			'fiches/inconnue.pdf'
		];
		for (const file of files) {
			const absent = await page.request.get(`${serveur.url}/pactes/inconnu-inconnu/exports/${file}`);
			expect(absent.status(), file).toBe(404);
			const signedOut = await request.get(`${serveur.url}${pacte}/exports/${file}`, {
				headers: { Accept: 'application/pdf' }
			});
			expect(signedOut.status(), file).toBe(401);
		}
		await context.close();
	});
});

async function download(page: Page, act: () => Promise<void>): Promise<Download> {
	const [file] = await Promise.all([page.waitForEvent('download'), act()]);
	return file;
}

async function pagesOf(file: Download): Promise<number> {
	const pdf = await getDocumentProxy(new Uint8Array(readFileSync(await file.path())));
	return pdf.numPages;
}
