import { readFileSync } from 'node:fs';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { startAnimateurs, type Animateurs } from '../support/animateurs.ts';

/** One story: each step stands on what the room wrote. */
test.describe.configure({ mode: 'serial' });

const [BUS, TAXI, CRECHE, VELOS] = [
	'Un bus à 20 h',
	'Un taxi partagé',
	'Une crèche le soir',
	'Des vélos en prêt'
] as const;

let scene: Animateurs;
let nadia: Page;
let samir: Page;
test.beforeAll(async ({ browser }) => {
	scene = await startAnimateurs({ ouverte: true });
	nadia = await (await scene.animateur(browser, 0)).newPage();
	samir = await (await scene.animateur(browser, 1)).newPage();
	await nadia.goto(scene.animer);
	await expect(nadia.getByText('En direct')).toBeVisible();
	await nadia.getByRole('button', { name: /^Étape suivante/ }).click();
	await expect(nadia.getByRole('heading', { name: 'Tour 1', level: 2 })).toBeVisible();
	for (const texte of [BUS, TAXI, CRECHE, VELOS]) await scene.ecrire(texte);
	for (const page of [nadia, samir]) {
		await page.goto(scene.animer.replace(/animer$/, 'recolte'));
		await expect(carte(page, VELOS)).toBeVisible();
		await expect(page.getByText('Hors ligne')).toHaveCount(0);
	}
});
test.afterAll(() => scene?.close());

function carte(page: Page, texte: string): Locator {
	return page.getByRole('listitem').filter({ hasText: texte });
}

function groupe(page: Page, titre: string): Locator {
	return page.getByRole('article').filter({ has: page.getByRole('heading', { name: titre, exact: true }) });
}

async function choose(page: Page, ...textes: string[]): Promise<void> {
	for (const texte of textes) await carte(page, texte).getByRole('checkbox').check();
}

async function menu(page: Page, of: string, item: string): Promise<void> {
	await page.getByRole('button', { name: of, exact: true }).click();
	await page.getByRole('menuitem', { name: item }).click();
}

test('two facilitators group cards at once, by keyboard: each card is in one place, and both see the same', async () => {
	await choose(nadia, BUS, TAXI);
	await choose(samir, TAXI, VELOS);
	await Promise.all(
		[nadia, samir].map(async (page) => {
			await page.getByRole('button', { name: 'Nouveau groupe', exact: true }).focus();
			await page.keyboard.press('Enter');
		})
	);
	for (const page of [nadia, samir]) {
		await expect(page.getByRole('article')).toHaveCount(2);
		await expect(page.getByText('4 cartes, 2 groupes.')).toBeVisible();
		for (const texte of [BUS, TAXI, CRECHE, VELOS]) await expect(carte(page, texte)).toHaveCount(1);
	}
});

test('a group is renamed, merged, and what was done last is undone in one act', async () => {
	await menu(nadia, `Actions du groupe ${BUS}`, 'Renommer…');
	await nadia.getByLabel('Titre du groupe').fill('Transports');
	await nadia.getByRole('button', { name: 'Renommer', exact: true }).click();
	await expect(groupe(samir, 'Transports')).toBeVisible();

	const other = samir.getByRole('article').filter({ hasNot: samir.getByRole('heading', { name: 'Transports' }) });
	const titre = (await other.getByRole('heading').textContent()) ?? '';
	await menu(samir, `Actions du groupe ${titre}`, 'Réunir avec…');
	await samir.getByRole('button', { name: 'Réunir', exact: true }).click();
	for (const page of [nadia, samir]) await expect(groupe(page, 'Transports')).toContainText('3 cartes');
	await samir.getByRole('button', { name: /^Annuler/ }).click();
	await expect(nadia.getByRole('article')).toHaveCount(2);

	await menu(samir, `Actions du groupe ${titre}`, 'Réunir avec…');
	await samir.getByRole('button', { name: 'Réunir', exact: true }).click();
	await expect(groupe(nadia, 'Transports')).toContainText('3 cartes');
	await menu(nadia, `Actions de la carte : ${CRECHE}`, 'Déplacer vers…');
	await nadia.getByLabel('Vers').selectOption('Un nouveau groupe');
	await nadia.getByLabel('Titre du groupe').fill('Garder les enfants');
	await nadia.getByRole('button', { name: 'Déplacer', exact: true }).click();
	await expect(groupe(samir, 'Garder les enfants')).toContainText(CRECHE);
});

test('a card is dragged from one group into another', async () => {
	await carte(nadia, VELOS).dragTo(groupe(nadia, 'Garder les enfants').getByRole('heading'));
	await expect(groupe(samir, 'Garder les enfants')).toContainText(VELOS);
	await nadia.getByRole('button', { name: /^Annuler/ }).click();
	await expect(groupe(samir, 'Transports')).toContainText(VELOS);
});

test('a vote is opened; hands and paper are counted apart; its points are seen once it is closed', async () => {
	await nadia.getByRole('link', { name: 'Votes' }).click();
	await nadia.getByLabel('Titre', { exact: false }).fill('Priorités');
	await nadia.getByRole('button', { name: 'Ouvrir le vote' }).click();
	await expect(nadia.getByText('Vote ouvert')).toBeVisible();
	await nadia.getByLabel('Mains levées pour Transports').fill('27');
	await nadia.getByLabel('Bulletins papier pour Transports').fill('4');
	await nadia.keyboard.press('Tab');
	await nadia.getByRole('button', { name: 'Fermer le vote' }).click();
	await expect(nadia.getByText('Vote fermé')).toBeVisible();
	await samir.getByRole('link', { name: 'Votes' }).click();
	const row = samir.getByRole('row').filter({ hasText: 'Transports' });
	await expect(row.getByRole('cell').first()).toHaveText('0');
	await expect(row.getByLabel('Mains levées pour Transports')).toHaveValue('27');
	await expect(row.getByLabel('Bulletins papier pour Transports')).toHaveValue('4');
});

test('groups are placed in the matrix by two choices', async () => {
	await nadia.getByRole('link', { name: 'Matrice' }).click();
	await nadia.getByLabel('Impact de Transports').selectOption('5');
	await nadia.getByLabel('Faisabilité de Transports').selectOption('3');
	await samir.getByRole('link', { name: 'Matrice' }).click();
	await expect(samir.getByLabel('Impact de Transports')).toHaveValue('5');
	await expect(samir.getByLabel('Faisabilité de Transports')).toHaveValue('3');
});

test('a group becomes a draft fiche, which tells its words; the harvest leads to it', async () => {
	await nadia.getByRole('link', { name: 'Cartes et groupes' }).click();
	await menu(nadia, 'Actions du groupe Transports', 'Verser dans le pacte…');
	await nadia.getByLabel('Fiche-action').check();
	await nadia.getByLabel('Titre').fill('Se déplacer le soir');
	await nadia.getByRole('button', { name: 'Verser', exact: true }).click();
	await groupe(nadia, 'Transports').getByRole('link').click();
	await expect(nadia).toHaveURL(/\/fiches\//);
	await nadia.getByText('Vient de : 3 contributions, 1 séance').click();
	for (const texte of [BUS, TAXI, VELOS]) await expect(nadia.getByText(texte)).toBeVisible();
	await nadia.getByRole('link', { name: 'World café de la mobilité' }).click();
	await expect(nadia.getByRole('heading', { name: 'Ce qui en est sorti' })).toBeVisible();
});

test('the compte rendu is there in four formats', async () => {
	for (const [format, start] of [
		['ODT', 'PK'],
		['DOCX', 'PK'],
		['XLSX', 'PK'],
		['PDF', '%PDF']
	] as const) {
		const coming = nadia.waitForEvent('download');
		await nadia.getByRole('link', { name: `Compte rendu en ${format}` }).click();
		const download = await coming;
		expect(download.suggestedFilename()).toBe(`Compte rendu - World café de la mobilité.${format.toLowerCase()}`);
		expect(readFileSync(await download.path(), 'latin1').slice(0, start.length)).toBe(start);
	}
});
