// A séance goes to a laptop that serves a room without Internet, and comes home: two real servers, and a file each way.
import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import { enterDemo } from '../support/demo.ts';
import { enterPremier } from '../support/premier.ts';
import { startServeur, type Serveur } from '../support/serveur.ts';

test.describe.serial('a séance that is taken along', () => {
	test.describe.configure({ timeout: 120_000 });

	let home: Serveur;
	let laptop: Serveur;
	test.beforeAll(async () => {
		[home, laptop] = await Promise.all([startServeur(), startServeur()]);
	});
	test.afterAll(() => Promise.all([home?.stop(), laptop?.stop()]));

	async function download(page: Page, button: string): Promise<{ name: string; buffer: Buffer; mimeType: string }> {
		const [file] = await Promise.all([
			page.waitForEvent('download'),
			page.getByRole('button', { name: button }).click()
		]);
		return { name: file.suggestedFilename(), buffer: await readFile(await file.path()), mimeType: 'application/json' };
	}

	test('one file out, one file back, and no card twice', async ({ browser }) => {
		const { page, pacte } = await enterDemo(browser, home, 'Animatrice');
		await page.goto(`${home.url}${pacte}/seances`);
		await page.getByRole('link', { name: /reprendre pied/ }).click();
		await page.waitForURL(/\/seances\/[^/?]+$/);
		const seance = page.url();
		await page.goto(`${seance}/animer`);
		await expect(page.getByText('En direct')).toBeVisible();
		await page.getByRole('button', { name: 'Fermer la séance' }).click();
		await page.getByRole('dialog').getByRole('button', { name: 'Fermer la séance' }).click();
		await expect(page.getByRole('button', { name: 'Rouvrir la séance' })).toBeVisible();
		await page.goto(seance);
		await page.getByRole('link', { name: 'Emporter', exact: true }).click();
		const out = await download(page, 'Emporter la séance');
		await page.reload();
		await expect(page.getByText('Cette séance est emportée', { exact: true })).toBeVisible();

		// On the laptop: its first administrator receives it, opens the room, and somebody writes.
		const { page: admin } = await enterPremier(browser, laptop);
		await admin.getByRole('link', { name: 'Accueillir une séance emportée' }).click();
		await admin.locator('input[type=file]').setInputFiles(out);
		await admin.getByRole('button', { name: 'Accueillir la séance' }).click();
		await admin.waitForURL(/\/seances\//);
		const there = admin.url();
		await admin.goto(`${there}/animer`);
		await expect(admin.getByText('En direct')).toBeVisible();
		await admin.getByRole('button', { name: /^(Ouvrir|Rouvrir) la séance/ }).click();
		const digits = admin.locator('.code').first();
		await expect(digits).toHaveText(/\d{3}\s\d{3}/);
		const guest = await (await browser.newContext({ viewport: { width: 320, height: 640 } })).newPage();
		await guest.goto(`${laptop.url}/r`);
		await guest.getByRole('textbox').fill((await digits.textContent())!);
		await guest.getByRole('button', { name: 'Rejoindre' }).click();
		await guest.waitForURL(/\/salle\//);
		await guest.getByLabel('Votre carte').fill('Dite loin du réseau');
		await guest.getByRole('button', { name: 'Ajouter à la table' }).click();
		await expect(guest.getByRole('paragraph').filter({ hasText: 'Dite loin du réseau' })).toBeVisible();
		await admin.goto(`${there}/recolte`);
		await expect(admin.getByRole('listitem').filter({ hasText: 'Dite loin du réseau' })).toHaveCount(1);
		await admin.goto(`${there}/emporter`);
		const back = await download(admin, 'Prendre le fichier du retour');

		await page.locator('input[type=file]').setInputFiles(back);
		await page.getByRole('button', { name: 'Rapporter la séance' }).click();
		await expect(page.getByText(/1\scarte nouvelle sur 14/)).toBeVisible();
		await page.locator('input[type=file]').setInputFiles(back);
		await page.getByRole('button', { name: 'Ajouter ce qui manque' }).click();
		await expect(page.getByText(/toutes étaient déjà ici/)).toBeVisible();
		await page.goto(`${seance}/recolte`);
		await expect(page.getByRole('listitem').filter({ hasText: 'Dite loin du réseau' })).toHaveCount(1);
	});
});
