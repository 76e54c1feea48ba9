import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import ExcelJS from 'exceljs';
import { getDocumentProxy } from 'unpdf';
import { enterDemo } from '../support/demo.ts';
import { startServeur, type Serveur } from '../support/serveur.ts';

test.describe('figures that several people fill', () => {
	let serveur: Serveur;

	test.beforeAll(async () => {
		serveur = await startServeur();
	});

	test.afterAll(() => serveur.stop());

	test('two people fill one grid at once, one by hand and one by a paste; it is drawn, said and taken away', async ({
		browser
	}) => {
		const amina = await enterDemo(browser, serveur, 'Équipe projet');
		const bruno = await enterDemo(browser, serveur, 'Rédactrice');
		await amina.page.goto(`${serveur.url}${amina.pacte}`);
		await amina.page
			.getByRole('navigation', { name: 'Parties du pacte' })
			.getByRole('link', { name: 'Figures' })
			.click();
		await amina.page.getByLabel('Titre d’une nouvelle figure').fill('Taux de chômage des jeunes');
		await amina.page.getByRole('button', { name: 'Ajouter' }).click();
		await expect(cell(amina.page, 'Libellé de la ligne 1')).toBeEditable();
		const address = amina.page.url();
		await bruno.page.goto(address);
		await expect(cell(bruno.page, 'Libellé de la ligne 1')).toBeEditable();

		// By hand: Enter goes down the column, and makes a row after the last.
		await cell(amina.page, 'Nom de la colonne 1').click();
		await amina.page.keyboard.type('Département');
		await cell(amina.page, 'Libellé de la ligne 1').click();
		await amina.page.keyboard.type('2014');
		await amina.page.keyboard.press('Enter');
		await amina.page.keyboard.type('2015');
		await amina.page.keyboard.press('Enter');
		await amina.page.keyboard.type('2016');
		await amina.page.keyboard.press('Enter');
		await expect(cell(amina.page, 'Libellé de la ligne 4')).toBeFocused();
		await amina.page.keyboard.type('2017');

		// Meanwhile, by a paste: values and a second column, from the first cell.
		await expect(cell(bruno.page, 'Libellé de la ligne 4')).toHaveValue('2017');
		await paste(
			bruno.page,
			'Nom de la colonne 1',
			'Département\tFrance\n18,2\t23,1\n17,5\t22,4\n16,9\tn. d.\n15,4\t20,2\n'
		);
		await expect(cell(amina.page, '2017, France')).toHaveValue('20,2');
		await cell(amina.page, '2016, France').fill('21,3');
		await expect(cell(bruno.page, '2016, France')).toHaveValue('21,3');
		await expect(
			bruno.page
				.getByText('Équipe projet écrit ici')
				.or(bruno.page.getByText(/écrit ici/))
				.first()
		).toBeVisible();

		// One « Annuler » takes back the whole paste, and nothing of the other's.
		await bruno.page.getByRole('button', { name: 'Annuler' }).click();
		await expect(cell(amina.page, '2014, Département')).toHaveValue('');
		await expect(cell(amina.page, 'Libellé de la ligne 4')).toHaveValue('2017');
		await bruno.page.getByRole('button', { name: 'Rétablir' }).click();
		await expect(cell(amina.page, '2014, Département')).toHaveValue('18,2');

		await amina.page.getByLabel('Unité').fill('%');
		await amina.page.getByLabel('Date des données').fill('2014-2017');
		await expect(amina.page.getByText('La source manque')).toBeVisible();
		await amina.page.getByLabel('Source', { exact: true }).fill('Insee');
		await expect(amina.page.getByText('La source manque')).toBeHidden();
		await amina.page.getByRole('radio', { name: 'Lignes' }).check();
		await expect(bruno.page.getByRole('img', { name: /^Courbes/ })).toBeVisible();
		await amina.page.getByRole('button', { name: 'Reprendre cette phrase' }).click();
		await expect(bruno.page.getByLabel('La figure en une phrase')).not.toHaveValue('');
		await expect(amina.page.locator('.sauvegarde')).toContainText('Enregistré');

		const [svg] = await Promise.all([
			amina.page.waitForEvent('download'),
			amina.page.getByRole('link', { name: 'Télécharger l’image' }).click()
		]);
		expect(readFileSync(await svg.path(), 'utf8')).toContain('aria-label="Courbes');
		const [csv] = await Promise.all([
			amina.page.waitForEvent('download'),
			amina.page.getByRole('link', { name: 'Télécharger les données' }).click()
		]);
		expect(readFileSync(await csv.path(), 'utf8')).toContain('2014;18,2;23,1');

		const [pdf] = await Promise.all([
			amina.page.waitForEvent('download'),
			amina.page.evaluate((href) => {
				const link = document.createElement('a');
				link.href = href;
				link.download = '';
				link.click();
			}, `${amina.pacte}/exports/pacte.pdf`)
		]);
		const printed = await readPdf(await pdf.path());
		expect(printed.text).toContain('21,3');
		expect(printed.text).toContain('Source : Insee · 2014-2017');
		expect(printed.alternatives.some((words) => words.includes('Taux de chômage des jeunes'))).toBe(true);

		// Whoever only reads has the drawing, the table and the sentence.
		const lecteur = await enterDemo(browser, serveur, 'Lectrice');
		await lecteur.page.goto(address);
		await expect(lecteur.page.getByRole('table', { name: /Taux de chômage des jeunes/ })).toContainText('20,2\u00a0%');
		await expect(lecteur.page.getByRole('textbox')).toHaveCount(0);
		for (const { context } of [amina, bruno, lecteur]) await context.close();
	});

	test('a table is imported from a spreadsheet: nothing is written while something is wrong', async ({ browser }) => {
		const { context, page, pacte } = await enterDemo(browser, serveur, 'Rédactrice');
		await page.goto(`${serveur.url}${pacte}/figures`);
		await page.getByRole('link', { name: 'Coller ou importer un tableau' }).click();
		await page.getByRole('button', { name: 'Lire ce tableau' }).click();
		await expect(page.getByRole('alert')).toContainText('Choisissez un fichier, ou collez un tableau');
		await page.getByLabel('Fichier').setInputFiles({
			name: 'Accueil par territoire.xlsx',
			mimeType: 'application/octet-stream',
			buffer: await workbook()
		});
		await page.getByRole('button', { name: 'Lire ce tableau' }).click();
		await expect(page.getByLabel('Titre')).toHaveValue('Accueil par territoire');
		await page.getByLabel('Feuille').selectOption({ label: 'Données (4 lignes)' });
		await expect(page.getByRole('heading', { name: /Aperçu.: 2.lignes, 2.colonnes/ })).toBeVisible();
		await expect(page.getByText(/Ligne 4.: «.2024.».: «.beaucoup.» n’est pas un nombre/)).toBeVisible();
		await page.getByRole('button', { name: 'Créer la figure' }).click();
		await expect(page.getByRole('alert')).toContainText('Rien n’est écrit');
		await page.getByRole('checkbox', { name: /telles quelles/ }).check();
		await page.getByRole('button', { name: 'Créer la figure' }).click();
		await expect(cell(page, 'Plaine, 2024')).toHaveValue('beaucoup');
		await expect(cell(page, 'Haute vallée, 2023')).toHaveValue('12,5');
		await context.close();
	});

	test('without JavaScript a pasted .csv is read, reviewed and written too', async ({ browser }) => {
		const signedIn = await enterDemo(browser, serveur, 'Rédactrice');
		const context = await browser.newContext({
			javaScriptEnabled: false,
			storageState: await signedIn.context.storageState()
		});
		const page = await context.newPage();
		await page.goto(`${serveur.url}${signedIn.pacte}/figures/importer`);
		await page.getByLabel('Ou le tableau, collé').fill('Âge;Nombre\nMoins de 30 ans;12\nPlus de 30 ans;30');
		await page.getByRole('button', { name: 'Lire ce tableau' }).click();
		await page.getByLabel('Ligne qui nomme les colonnes').selectOption('-1');
		await page.getByRole('button', { name: 'Mettre à jour l’aperçu' }).click();
		await expect(page.getByRole('heading', { name: /Aperçu.: 3.lignes/ })).toBeVisible();
		await page.getByLabel('Ligne qui nomme les colonnes').selectOption('0');
		await page.getByLabel('Titre').fill('Personnes reçues par âge');
		await page.getByRole('button', { name: 'Créer la figure' }).click();
		await expect(page.getByRole('rowheader', { name: 'Plus de 30 ans' })).toBeVisible();
		await context.close();
		await signedIn.context.close();
	});

	test('a figure is removed, found among those removed, and brought back, without JavaScript too', async ({
		browser
	}) => {
		const signedIn = await enterDemo(browser, serveur, 'Équipe projet');
		const context = await browser.newContext({
			javaScriptEnabled: false,
			storageState: await signedIn.context.storageState()
		});
		const page = await context.newPage();
		await page.goto(`${serveur.url}${signedIn.pacte}/figures`);
		await page.getByLabel('Titre d’une nouvelle figure').fill('Places de crèche');
		await page.getByRole('button', { name: 'Ajouter' }).click();
		await expect(page.getByRole('heading', { level: 1 })).toContainText('Places de crèche');
		await page.getByRole('link', { name: 'Retirer cette figure' }).click();
		await page.getByRole('button', { name: 'Retirer la figure' }).click();
		await expect(page.getByRole('heading', { name: 'Retirées il y a moins de 30 jours' })).toBeVisible();
		await page.getByRole('button', { name: 'Restaurer « Places de crèche »' }).click();
		await expect(page.getByRole('link', { name: 'Places de crèche' })).toBeVisible();
		await page.getByRole('searchbox', { name: 'Chercher une figure' }).fill('creche');
		await page.getByRole('button', { name: 'Filtrer' }).click();
		await expect(page.getByRole('heading', { name: /^1.figure sur/ })).toBeVisible();
		await context.close();
		await signedIn.context.close();
	});
});

/** A workbook whose second sheet has a title above its names, and a word among its numbers. */
async function workbook(): Promise<Buffer> {
	const book = new ExcelJS.Workbook();
	book.addWorksheet('Notes').addRow(['Rien ici', 1]);
	const sheet = book.addWorksheet('Données');
	sheet.addRow(['Personnes reçues']);
	sheet.addRow(['Territoire', 2023, 2024]);
	sheet.addRow(['Haute vallée', 12.5, 14]);
	sheet.addRow(['Plaine', 20, 'beaucoup']);
	return Buffer.from(await book.xlsx.writeBuffer());
}

interface Node {
	role?: string;
	alt?: string;
	children?: Node[];
}

async function readPdf(path: string): Promise<{ text: string; alternatives: string[] }> {
	const pdf = await getDocumentProxy(new Uint8Array(readFileSync(path)));
	const alternatives: string[] = [];
	const visit = ({ role, alt, children = [] }: Node) => {
		if (role === 'Figure' && alt) alternatives.push(alt);
		children.forEach(visit);
	};
	let text = '';
	for (let n = 1; n <= pdf.numPages; n++) {
		const page = await pdf.getPage(n);
		const { items } = await page.getTextContent();
		text += ` ${items.map((item) => ('str' in item ? item.str : '')).join(' ')}`;
		const tree = (await page.getStructTree()) as Node | null;
		if (tree) visit(tree);
	}
	return { text: text.replace(/\s+/g, ' '), alternatives };
}

const cell = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });

/** What Ctrl+V does with the clipboard of a spreadsheet. */
async function paste(page: Page, name: string, text: string): Promise<void> {
	await cell(page, name).focus();
	await cell(page, name).evaluate((area, pasted) => {
		const clipboardData = new DataTransfer();
		clipboardData.setData('text/plain', pasted);
		area.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
	}, text);
}
