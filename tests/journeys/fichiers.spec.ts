// What comes in by a file: a pacte that Word holds, a list for its fiches; and a pacte that starts from a neighbour's.
import { expect, test, type Page } from '@playwright/test';
import { enterPremier } from '../support/premier.ts';
import { startServeur, type Serveur } from '../support/serveur.ts';

const TEXTE = 'server/import/exemples/fiches-en-ligne.txt';
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** One story, told in order. */
test.describe.serial('files that come in', () => {
	let serveur: Serveur;
	let page: Page;
	let base: string;

	test.beforeAll(async ({ browser }) => {
		serveur = await startServeur();
		({ page } = await enterPremier(browser, serveur));
	});
	test.afterAll(async () => {
		await page.context().close();
		await serveur.stop();
	});

	async function read(file: Parameters<ReturnType<Page['getByLabel']>['setInputFiles']>[0]): Promise<void> {
		await page.goto(`${serveur.url}/pactes/importer`);
		await page.getByLabel('Fichier').setInputFiles(file);
		await page.getByRole('button', { name: 'Lire ce texte' }).click();
	}
	const download = async (path: string) => (await page.request.get(`${serveur.url}${base}/exports/${path}`)).body();

	test('a Word file is read, and reviewed before anything is written; what is no Word file is refused in words', async () => {
		await read(TEXTE);
		await expect(page.getByRole('heading', { name: 'Relire avant de créer' })).toBeVisible({ timeout: 30_000 });
		await page.getByLabel('Territoire').fill('Haute-Rivière');
		await page.getByRole('button', { name: 'Créer le pacte' }).click();
		await page.waitForURL(/\/orientations$/);
		base = new URL(page.url()).pathname.replace(/\/orientations$/, '');

		await read({ name: 'faux.docx', mimeType: WORD, buffer: Buffer.from('Ceci n’est pas un document Word.') });
		await expect(page.getByRole('alert').first()).toBeVisible();
		await read({ name: 'pacte.docx', mimeType: WORD, buffer: await download('pacte.docx') });
		await expect(page.getByRole('heading', { name: 'Relire avant de créer' })).toBeVisible({ timeout: 30_000 });
		await expect(page.getByText('Copacte a compris')).toContainText(/\d+\s+fiches-actions/);
	});

	test('a list for the fiches is refused whole while a row is wrong, then goes in', async () => {
		await page.goto(`${serveur.url}${base}/fiches/importer`);
		const champ = page.getByLabel('Ce que la liste remplit');
		const indicateurs = (await champ.locator('option').allTextContents()).find((nom) => /indicateur/i.test(nom))!;
		const lay = async (texte: string) => {
			await champ.selectOption(indicateurs);
			await page.getByLabel('Ou le tableau, collé').fill(texte);
			await page.getByRole('button', { name: 'Lire cette liste' }).click();
		};
		const code = '1.1';
		await lay(`Code\tIndicateur\n${code}\tVoyageurs du premier car\n99.9\tNulle part`);
		await expect(page.getByText('1 ligne à corriger')).toBeVisible();
		await page.getByRole('button', { name: 'Importer ces lignes' }).click();
		await expect(page.getByRole('alert').first()).toBeVisible();
		expect(String(await download('pacte.json'))).not.toContain('Voyageurs du premier car');
		await lay(`Code\tIndicateur\n${code}\tVoyageurs du premier car`);
		await page.getByRole('button', { name: 'Importer ces lignes' }).click();
		await expect.poll(async () => String(await download('pacte.json'))).toContain('Voyageurs du premier car');
	});

	test('a neighbour starts from its structure, without a word of it', async () => {
		const json = await download('pacte.json');
		await page.goto(`${serveur.url}/pactes/copier`);
		await page.getByLabel('Export JSON du pacte').setInputFiles({
			name: 'voisin.json',
			mimeType: 'application/json',
			buffer: json
		});
		await page.getByRole('button', { name: 'Lire ce fichier' }).click();
		await page.getByRole('group', { name: 'Ce que vous gardez' }).getByRole('radio').first().check();
		await page.getByLabel('Intitulé').fill('Pacte du département voisin');
		await page.getByLabel('Territoire').fill('Un département voisin');
		await page.getByRole('button', { name: 'Créer le pacte' }).click();
		await page.waitForURL(/\/pactes\/(?!copier)[^/]+/);
		base = `/pactes/${new URL(page.url()).pathname.split('/')[2]}`;
		const copie = String(await download('pacte.json'));
		expect(copie).toContain('Pacte du département voisin');
		expect(copie).not.toContain('Voyageurs du premier car');
	});
});
