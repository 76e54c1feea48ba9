import type { Browser, BrowserContext, Page } from '@playwright/test';
import type { Serveur } from './serveur.ts';

/** Signs in by a role link of the demonstration, in a browser of one's own. `pacte` is the path of its pacte. */
export async function enterDemo(
	browser: Browser,
	serveur: Serveur,
	role: string
): Promise<{ context: BrowserContext; page: Page; pacte: string }> {
	const link = serveur.links().demo.find(({ nom }) => nom === role);
	if (!link) throw new Error(`The server printed no link for « ${role} ».\n${serveur.output()}`);
	const context = await browser.newContext();
	const page = await context.newPage();
	await page.goto(link.url);
	await page.getByRole('button', { name: 'Entrer' }).click();
	await page.waitForURL((url) => !url.pathname.startsWith('/bienvenue'));
	if (!new URL(page.url()).pathname.startsWith('/pactes/')) {
		await page.goto(serveur.url);
		await page.getByRole('link', { name: /Haute-Rivière/ }).click();
		await page.waitForURL(/\/pactes\//);
	}
	const pacte = new URL(page.url()).pathname.split('/').slice(0, 3).join('/');
	return { context, page, pacte };
}
