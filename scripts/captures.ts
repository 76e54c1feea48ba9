// `npm run captures`: takes the screenshots of the README again, from the demonstration of a server of its own.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright';
import { findChromium } from '../tests/support/chromium.ts';
import { enterDemo } from '../tests/support/demo.ts';
import { startServeur, type Serveur } from '../tests/support/serveur.ts';

const FOLDER = fileURLToPath(new URL('../docs/captures', import.meta.url));
const EXAMPLE = fileURLToPath(new URL('../server/import/exemples/fiches-en-ligne.txt', import.meta.url));

/** Pages of a pacte, which are live; those before it (`/pactes/importer`) are not. */
const PACTE = /^\/pactes\/(?!importer|nouveau)/;

mkdirSync(FOLDER, { recursive: true });
const serveur = await startServeur();
const browser = await chromium.launch(findChromium());
try {
	await takeAll(browser, serveur);
} finally {
	await browser.close();
	await serveur.stop();
}

async function takeAll(browser: Browser, serveur: Serveur): Promise<void> {
	const projet = await enterDemo(browser, serveur, 'Équipe projet');
	await capture(projet.page, `${projet.pacte}`, 'accueil');
	await capture(projet.page, `${projet.pacte}/orientations`, 'orientations');
	await capture(projet.page, `${projet.pacte}/synthese`, 'synthese');
	await captureFiche(browser, serveur, projet);
	await captureSection(browser, serveur, projet);
	await captureRelecture(browser, serveur);
}

/** The fiche of the demonstration that has most to show, while somebody else writes in it. */
async function captureFiche(browser: Browser, serveur: Serveur, projet: { page: Page; pacte: string }): Promise<void> {
	const path = new URL(
		(await projet.page.locator('a[href*="/fiches/"]').first().getAttribute('href')) ?? '',
		projet.page.url()
	).pathname;
	const redactrice = await enterDemo(browser, serveur, 'Rédactrice');
	await redactrice.page.goto(`${serveur.url}${path}`);
	await saved(redactrice.page);
	await redactrice.page.getByRole('textbox').nth(2).click();
	await visit(projet.page, path);
	await projet.page
		.getByText(/écrit.ici/)
		.first()
		.waitFor();
	await shoot(projet.page, 'fiche');
}

/** A section of the diagnostic, written by two people. */
async function captureSection(
	browser: Browser,
	serveur: Serveur,
	projet: { page: Page; pacte: string }
): Promise<void> {
	await visit(projet.page, `${projet.pacte}/sections`);
	const link = projet.page.getByRole('link', { name: 'Le territoire et ses habitants' });
	const path = new URL((await link.getAttribute('href')) ?? '', projet.page.url()).pathname;
	const redactrice = await enterDemo(browser, serveur, 'Rédactrice');
	await redactrice.page.goto(`${serveur.url}${path}`);
	await saved(redactrice.page);
	await redactrice.page.locator('[contenteditable=true] p').nth(1).click();
	await redactrice.page.keyboard.press('End');
	await visit(projet.page, path);
	await projet.page.getByText(/autre personne écrit/).waitFor();
	await shoot(projet.page, 'section');
}

/** A pacte read from its text, before anything is written. */
async function captureRelecture(browser: Browser, serveur: Serveur): Promise<void> {
	const page = await (await browser.newContext({ locale: 'fr-FR' })).newPage();
	await page.goto(serveur.links().premier ?? '');
	await page.getByLabel('Votre nom').fill('Camille Aubry');
	await page.getByLabel('Votre organisme').fill('Département de la Haute-Rivière');
	await page.getByLabel('Adresse électronique').fill('camille.aubry@haute-riviere.example');
	await page.getByLabel('Mot de passe').fill('quatre mots sans aucun rapport');
	await page.getByRole('button', { name: 'Créer' }).click();
	await page.waitForURL((url) => url.pathname === '/');
	await visit(page, '/pactes/importer');
	await page.getByLabel('Fichier').setInputFiles(EXAMPLE);
	await page.getByRole('button', { name: 'Lire ce texte' }).click();
	await page.getByRole('heading', { level: 1, name: /Relire|Relecture/ }).waitFor();
	await page.getByRole('heading', { name: 'Doutes' }).evaluate((heading) => heading.scrollIntoView());
	await shoot(page, 'relecture');
}

async function capture(page: Page, path: string, name: string): Promise<void> {
	await visit(page, path);
	await shoot(page, name);
}

async function visit(page: Page, path: string): Promise<void> {
	await page.setViewportSize({ width: 1280, height: 800 });
	await page.emulateMedia({ reducedMotion: 'reduce' });
	await page.goto(new URL(path, serveur.url).href);
	if (PACTE.test(path)) await saved(page);
}

/** The live document is there, and all of it is on the server's disk. */
async function saved(page: Page): Promise<void> {
	await page.locator('[data-etat=enregistre]').filter({ hasText: 'Enregistré' }).waitFor();
}

async function shoot(page: Page, name: string): Promise<void> {
	await page.evaluate(() => document.fonts.ready);
	await page.screenshot({ path: join(FOLDER, `${name}.png`) });
	console.log(`docs/captures/${name}.png`);
}
