import { expect, test, type Page } from '@playwright/test';
import { startAnimateurs, type Animateurs } from '../support/animateurs.ts';

const enCours = (page: Page) => page.getByRole('region', { name: /^(Accueil|Tour \d|Changement|Récolte|Vote|Fin)/ });
const suivante = (page: Page) => page.getByRole('button', { name: /^Étape suivante/ });

test.describe('a séance that two people lead', () => {
	test.describe.configure({ mode: 'serial' });
	let scene: Animateurs;
	test.beforeAll(async () => {
		scene = await startAnimateurs({ ouverte: true });
	});
	test.afterAll(() => scene?.close());

	test('both see one step change, one undoes it, and the other’s device may die', async ({ browser }) => {
		const contexts = [await scene.animateur(browser, 0), await scene.animateur(browser, 1)];
		const [first, second] = (await Promise.all(contexts.map((context) => context.newPage()))) as [Page, Page];
		await Promise.all([first.goto(scene.animer), second.goto(scene.animer)]);
		for (const page of [first, second]) await expect(page.getByText('En direct')).toBeVisible();

		await suivante(first).click();
		for (const page of [first, second]) {
			await expect(page.getByRole('heading', { name: 'Tour 1', level: 2 })).toBeVisible();
			await expect(suivante(page)).toContainText('Changement de table, vers le tour 2');
		}
		await second.getByRole('button', { name: /^Annuler/ }).click();
		for (const page of [first, second])
			await expect(page.getByRole('heading', { name: 'Accueil', level: 2 })).toBeVisible();

		// Nothing is tied to the first device: the second goes on alone.
		await contexts[0]!.close();
		await suivante(second).click();
		await expect(second.getByRole('heading', { name: 'Tour 1', level: 2 })).toBeVisible();
		await second.getByRole('button', { name: /^\+5/ }).click();
		await expect(second.getByRole('timer')).toContainText(/2[45]:\d\d/);
		await second.getByRole('button', { name: 'Pause' }).click();
		await expect(second.getByRole('timer')).toContainText('En pause');
		await second.getByRole('button', { name: 'Reprendre' }).click();
		await contexts[1]!.close();
	});

	test('a card appears at its table, is hidden with a reason, and shown again; a message is sent', async ({
		browser
	}) => {
		const context = await scene.animateur(browser, 0);
		const page = await context.newPage();
		await page.goto(scene.animer);
		await expect(page.getByText('En direct')).toBeVisible();
		await scene.ecrire('Un bus de plus le soir');
		const table = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: /Table 1 · cercle/ }) });
		await expect(table).toContainText('1 carte');

		await page.getByText('1 carte à voir').click();
		await page.getByRole('button', { name: 'Masquer « Un bus de plus le soir »' }).click();
		await page.getByRole('button', { name: 'Masquer la carte' }).click();
		await expect(page.getByText('Dites en quelques mots pourquoi.')).toBeVisible();
		await page.getByLabel('Motif').fill('Déjà dit ailleurs');
		await page.getByRole('button', { name: 'Masquer la carte' }).click();
		await page.getByText('1 carte masquée').click();
		await page.getByRole('button', { name: 'Montrer « Un bus de plus le soir »' }).click();
		await expect(page.getByText('1 carte à voir')).toBeVisible();

		await table.getByRole('button', { name: 'Écrire à la table 1' }).click();
		await expect(page.getByLabel('Message', { exact: true })).toBeFocused();
		await page.keyboard.type('Pensez aux soirs');
		await page.keyboard.press('Enter');
		await expect(page.getByRole('listitem').filter({ hasText: 'Pensez aux soirs' })).toContainText('Table 1');
		await context.close();
	});

	test('the script is changed while people work, by keyboard, and the space bar does nothing until one asks', async ({
		browser
	}) => {
		const context = await scene.animateur(browser, 0);
		const page = await context.newPage();
		await page.goto(scene.animer);
		await expect(page.getByText('En direct')).toBeVisible();
		const deroule = page.getByRole('region', { name: 'Déroulé' });
		await deroule.getByRole('button', { name: 'Étape « Vote »' }).press('Enter');
		await page.getByRole('menuitem', { name: 'Modifier' }).press('Enter');
		await page.getByLabel('Titre').fill('Vote à main levée');
		await page.getByLabel(/^Minutes/).fill('7');
		await page.keyboard.press('Enter');
		await expect(deroule.getByText('Vote à main levée')).toBeVisible();
		await expect(deroule.getByText('7 min prévues')).toBeVisible();
		await deroule.getByRole('button', { name: 'Étape « Vote à main levée »' }).press('Enter');
		await page.getByRole('menuitem', { name: 'Monter' }).press('Enter');
		await expect(deroule.getByRole('listitem').nth(-3)).toContainText('Vote à main levée');

		const before = await enCours(page).getByRole('heading').textContent();
		await page.locator('h1').click();
		await page.keyboard.press(' ');
		await page.getByLabel(/barre d’espace/).check();
		await page.locator('h1').click();
		await page.keyboard.press(' ');
		await expect(page.getByRole('heading', { name: 'Changement de table, vers le tour 2', level: 2 })).toBeVisible();
		expect(before).toBe('Tour 1');
		await context.close();
	});

	test('a facilitator sees what a place sees, and the wall, and can do nothing there', async ({ browser }) => {
		const context = await scene.animateur(browser, 0);
		const page = await context.newPage();
		await page.goto(scene.animer);
		await expect(page.getByText('En direct')).toBeVisible();
		const opened = context.waitForEvent('page');
		await page.getByRole('link', { name: 'Voir cette place' }).click();
		const place = await opened;
		await expect(place.getByRole('heading', { name: /Se déplacer|Tour|Changement/ }).first()).toBeVisible();
		for (const button of await place.locator('main button[type=submit]').all()) await expect(button).toBeDisabled();
		await expect(
			page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: /Table 1/ }) }),
			'looking is not being there'
		).toContainText('0 écran sur 1');
		const wall = context.waitForEvent('page');
		await page.getByRole('link', { name: 'Ouvrir la projection' }).click();
		await expect((await wall).getByText(/hôte reste/).first()).toBeVisible();
		await context.close();
	});

	test('it is closed after a confirmation, and opened again with another code', async ({ browser }) => {
		const context = await scene.animateur(browser, 1);
		const page = await context.newPage();
		await page.goto(scene.animer);
		await expect(page.getByText('En direct')).toBeVisible();
		const code = page.locator('.code');
		const former = await code.textContent();
		await page.getByRole('button', { name: 'Fermer la séance' }).click();
		await page.getByRole('dialog').getByRole('button', { name: 'Fermer la séance' }).click();
		await page.getByRole('button', { name: 'Rouvrir la séance' }).click();
		await expect(code).toBeVisible();
		expect(await code.textContent()).not.toBe(former);
		await context.close();
	});
});

test('a séance is rehearsed on a phone with tables that write by themselves, then nothing of it is left', async ({
	browser
}) => {
	const scene = await startAnimateurs({ ouverte: false });
	const context = await scene.animateur(browser, 0);
	const page = await context.newPage();
	await page.setViewportSize({ width: 320, height: 640 });
	await page.goto(scene.animer);
	await expect(page.getByText('En direct')).toBeVisible();
	await page.getByRole('button', { name: 'Répéter d’abord' }).click();
	await expect(page.getByText('Rien de ce qui s’écrit ici ne sera gardé.')).toBeVisible();
	await expect(page).toHaveTitle(/^Répétition/);
	await expect(suivante(page), 'under the thumb').toBeInViewport();
	await suivante(page).click();
	await expect(page.getByText(/Exemple/).first()).toBeAttached({ timeout: 20_000 });
	await page.getByRole('button', { name: 'Effacer la répétition' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Effacer' }).click();
	await expect(page.getByRole('button', { name: 'Ouvrir la séance' })).toBeVisible();
	await expect(page.getByText(/Exemple/)).toHaveCount(0);
	await context.close();
	await scene.close();
});
