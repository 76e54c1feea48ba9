import { expect, test, type Page } from '@playwright/test';
import AxeBuilder from '@axe-core/playwright';
import { enterDemo } from '../support/demo.ts';
import { startServeur, type Serveur } from '../support/serveur.ts';

/** One story: a world café is set up, said again, and changed. */
test.describe.configure({ mode: 'serial' });

let serveur: Serveur;
let page: Page;
let base: string;
let seance: string;

test.beforeAll(async ({ browser }) => {
	serveur = await startServeur();
	const entered = await enterDemo(browser, serveur, 'Équipe projet');
	page = entered.page;
	base = `${serveur.url}${entered.pacte}`;
	await page.goto(`${base}/seances?ajouter=serie`);
	await page.getByLabel('Thèmes').fill('Mobilité');
	await page.getByLabel('Nombre de réunions').fill('1');
	await page.getByLabel('Format').selectOption('world_cafe');
	await page.getByRole('button', { name: 'Créer les séances' }).click();
	await page.getByRole('link', { name: /^Mobilité/ }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Mobilité/);
	seance = new URL(page.url()).pathname;
});
test.afterAll(() => serveur?.stop());

const FIELDS = 12;

test('a café is set up in twelve fields, said in words as it is typed, and its rotation is there', async () => {
	await page.getByRole('link', { name: 'Préparer la salle' }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'Préparer la salle' })).toBeVisible();
	const names = await page
		.locator('form')
		.filter({ has: page.getByLabel('Nombre de tables') })
		.locator('input, textarea')
		.evaluateAll((controls) => controls.map((control) => (control as HTMLInputElement).name));
	expect(new Set(names).size).toBeLessThanOrEqual(FIELDS);

	await page.getByLabel('Questions').fill('Faut-il plus de bus ?');
	await expect(page.getByText('appelle un oui ou un non')).toBeVisible();
	await page.getByLabel('Questions').fill('Qu’est-ce qui aide à se déplacer ?');
	await expect(page.getByText('appelle un oui ou un non')).toHaveCount(0);
	await page.getByLabel('Noms des tables').fill('Se déplacer — Camille (6 places)\nSe loger — Dominique');
	await page.getByLabel('Inscrits').fill('Usagers 6\nCAF 4\nFrance Travail 6\nMission locale 6');
	await expect(
		page.getByRole('status').filter({ hasText: '6 tables, 3 tours de 20 min : 1 h 06, 24 personnes' })
	).toBeVisible();
	await page.getByRole('button', { name: 'Préparer la salle' }).click();
	await expect(page.getByRole('status').filter({ hasText: 'La salle est prête.' })).toBeVisible();
	await expect(page.getByText(/^Personne ne revient|répétées?/)).toBeVisible();
	const places = page.getByRole('region', { name: 'Places par table et par tour' });
	await expect(places.getByRole('row')).toHaveCount(7);
	expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
});

test('what was set up comes back, a wrong number is refused with what was typed, and slips stay when words change', async () => {
	const slips = () =>
		page
			.getByRole('region', { name: 'Places par table et par tour' })
			.getByRole('row')
			.evaluateAll((rows) =>
				rows.slice(1).map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent))
			);
	await page.reload();
	await expect(page.getByLabel('Noms des tables')).toHaveValue('Se déplacer — Camille (6)\nSe loger — Dominique');
	const before = await slips();
	await page.getByLabel('Nombre de tables').fill('40');
	await page.getByRole('button', { name: 'Enregistrer la préparation' }).click();
	await expect(page.getByRole('alert')).toContainText('de 1 à 30');
	await expect(page.getByLabel('Nombre de tables')).toHaveValue('40');
	await page.getByLabel('Nombre de tables').fill('6');
	await page.getByLabel('Questions').fill('Qu’est-ce qui manque pour se déplacer ?');
	await page.getByRole('button', { name: 'Enregistrer la préparation' }).click();
	await expect(page.getByRole('status').filter({ hasText: 'La salle est prête.' })).toBeVisible();
	expect(await slips()).toEqual(before);
});

test('who does not come is noted so, and the rotation is computed without them', async () => {
	await page.getByText('Place par place').click();
	await page.getByRole('button', { name: 'Absent, place 1', exact: true }).click();
	await expect(page.getByRole('button', { name: 'Présent, place 1', exact: true })).toBeVisible();
	await page.getByRole('button', { name: 'Calculer de nouveau' }).click();
	await expect(page.getByRole('status').filter({ hasText: 'La rotation est calculée de nouveau.' })).toBeVisible();
	const region = page.getByRole('region', { name: 'Tables de chaque place' });
	await expect(region.getByRole('row', { name: /^1, Usagers/ }).getByRole('cell', { name: '—' })).toHaveCount(3);
});

test('all of it works without JavaScript', async ({ browser }) => {
	const context = await browser.newContext({
		javaScriptEnabled: false,
		storageState: await page.context().storageState()
	});
	const plain = await context.newPage();
	await plain.goto(`${serveur.url}${seance}/preparer`);
	await plain.getByLabel('Minutes par tour').fill('25');
	await plain.getByRole('button', { name: 'Enregistrer la préparation' }).click();
	await expect(plain.getByText('La salle est prête.')).toBeVisible();
	await expect(plain.getByText('3 tours de 25 min')).toBeVisible();
	await context.close();
});

test('it is readable at 320, 768 and 1440 px, in light and dark', async () => {
	const folder = process.env.CAPTURES;
	for (const colorScheme of ['light', 'dark'] as const)
		for (const width of [320, 768, 1440]) {
			await page.emulateMedia({ colorScheme });
			await page.setViewportSize({ width, height: 900 });
			const overflow = await page.evaluate(
				() => document.documentElement.scrollWidth - document.documentElement.clientWidth
			);
			expect(overflow).toBeLessThanOrEqual(0);
			if (folder) await page.screenshot({ path: `${folder}/preparer-${width}-${colorScheme}.png`, fullPage: true });
		}
});
