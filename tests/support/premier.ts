import type { Browser, BrowserContext, Page } from '@playwright/test';
import type { Serveur } from './serveur.ts';

/** Makes the first account, an administrateur's, in a browser of their own: they see « Vos pactes ». */
export async function enterPremier(
	browser: Browser,
	serveur: Serveur
): Promise<{ context: BrowserContext; page: Page }> {
	const link = serveur.links().premier;
	if (!link) throw new Error(`The server printed no link for its first administrateur.\n${serveur.output()}`);
	const context = await browser.newContext();
	const page = await context.newPage();
	await page.goto(link);
	await page.getByLabel('Votre nom').fill('Anne Lavigne');
	await page.getByLabel('Votre organisme').fill('Département');
	await page.getByLabel('Adresse électronique').fill('anne@haute-riviere.example');
	await page.getByLabel('Mot de passe', { exact: true }).fill('une riviere sous la neige');
	await page.getByRole('button', { name: 'Créer mon compte' }).click();
	await page.getByRole('heading', { name: 'Vos pactes' }).waitFor();
	return { context, page };
}
