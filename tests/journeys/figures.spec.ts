import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
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

		// Whoever only reads has the drawing, the table and the sentence.
		const lecteur = await enterDemo(browser, serveur, 'Lectrice');
		await lecteur.page.goto(address);
		await expect(lecteur.page.getByRole('table', { name: /Taux de chômage des jeunes/ })).toContainText('20,2\u00a0%');
		await expect(lecteur.page.getByRole('textbox')).toHaveCount(0);
		for (const { context } of [amina, bruno, lecteur]) await context.close();
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
		await page.getByRole('searchbox', { name: 'Chercher' }).fill('creche');
		await page.getByRole('button', { name: 'Filtrer' }).click();
		await expect(page.getByRole('heading', { name: /^1.figure sur/ })).toBeVisible();
		await context.close();
		await signedIn.context.close();
	});
});

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
