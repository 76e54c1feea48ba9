import { expect, test, type Page } from '@playwright/test';
import { enterDemo } from '../support/demo.ts';
import { startServeur, type Serveur } from '../support/serveur.ts';

let serveur: Serveur;
let page: Page;
let pacte: string;

test.beforeAll(async ({ browser }) => {
	serveur = await startServeur();
	({ page, pacte } = await enterDemo(browser, serveur, 'Équipe projet'));
});
test.afterAll(() => serveur.stop());

const open = (path: string) => page.goto(`${serveur.url}${pacte}/${path}`);

test('one wording is replaced across the pacte, seen first, and taken back in one gesture', async () => {
	await open('fiches');
	await page.getByRole('link', { name: 'Chercher et remplacer' }).click();
	await page.getByLabel('Chercher', { exact: true }).fill('insertion');
	await page.getByLabel('Remplacer par').fill('inclusion');
	await page.getByRole('button', { name: 'Voir les endroits' }).click();
	await expect(page.locator('ins').first()).toHaveText('inclusion');
	const boxes = page.locator('input[name=cle]:enabled');
	const places = await boxes.count();
	expect(places).toBeGreaterThan(3);
	await page.getByRole('button', { name: 'Remplacer ce qui est coché' }).click();
	await expect(page.getByText(/^Remplacé \d+\sfois/)).toBeVisible();
	await expect(boxes).toHaveCount(0);
	await page.getByRole('button', { name: 'Annuler ce changement' }).click();
	await expect(page.getByText(/modifications reprises/)).toBeVisible();
	await expect(boxes).toHaveCount(places);
});

test('a field is written down the fiches, one after the other, and what is written is in the fiche', async () => {
	await open('fiches/champ/objectifs');
	await page
		.getByRole('button', { name: /^Écrire ici/ })
		.first()
		.click();
	const line = page.getByRole('textbox').first();
	await expect(line).toBeFocused();
	await line.press('End');
	await line.pressSequentially(' partout');
	await line.press('Alt+PageDown');
	await expect(page.getByText(/ partout$/).first()).toBeVisible();
	await expect(page.getByText(/^2 sur \d+ ·/)).toBeVisible();
	await expect(line).toBeFocused();
	await line.press('Alt+PageUp');
	await expect(page.getByText(/^1 sur \d+ ·/)).toBeVisible();
	await expect(line).toHaveValue(/ partout$/);
	await page.getByRole('button', { name: 'Fiche suivante' }).click();
	await page.getByRole('button', { name: 'Fermer' }).click();
	await expect(page.getByRole('button', { name: /^Écrire ici/ }).nth(1)).toBeFocused();
});

test('a fiche that is thrown away comes back with its text', async () => {
	await open('fiches');
	const first = page.getByRole('main').locator('li a').first();
	const titre = (await first.textContent()) ?? '';
	await page
		.getByRole('link', { name: /^Dupliquer, fusionner/ })
		.first()
		.click();
	await page.getByRole('button', { name: 'Mettre à la corbeille' }).click();
	await page.getByRole('button', { name: /^Reprendre/ }).click();
	await expect(page.getByText('La corbeille est vide.')).toBeVisible();
	await open('fiches');
	await expect(page.getByRole('main').getByRole('link', { name: titre, exact: true })).toBeVisible();
});
