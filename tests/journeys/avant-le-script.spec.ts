// A slow network: the page is there, its script not yet. What someone already typed or chose must stay.
import { expect, test, type Page } from '@playwright/test';
import { enterDemo } from '../support/demo.ts';
import { startServeur, type Serveur } from '../support/serveur.ts';

let serveur: Serveur;
test.beforeAll(async () => {
	serveur = await startServeur();
});
test.afterAll(() => serveur.stop());

/** Opens a page whose scripts wait; gives what lets them come, and resolves once the page lives. */
async function openSlowly(page: Page, path: string): Promise<() => Promise<void>> {
	let open: () => void = () => undefined;
	const gate = new Promise<void>((resolve) => (open = resolve));
	await page.route(/\.js$/, async (route) => {
		await gate;
		await route.continue();
	});
	await page.goto(serveur.url + path, { waitUntil: 'commit' });
	return async () => {
		await expect(page.locator('#svelte-announcer')).not.toBeAttached();
		open();
		await page.locator('#svelte-announcer').waitFor({ state: 'attached' });
	};
}

test('what was typed to sign in stays when the script comes', async ({ page }) => {
	const wake = await openSlowly(page, '/connexion');
	const [adresse, motDePasse] = [page.getByLabel('Adresse électronique'), page.getByLabel('Mot de passe')];
	await adresse.fill('amina@haute-riviere.example');
	await motDePasse.first().fill('quatre rivières hautes');
	await wake();
	await expect(adresse).toHaveValue('amina@haute-riviere.example');
	await expect(motDePasse.first()).toHaveValue('quatre rivières hautes');
});

test('who one is, typed on arriving by a link, stays when the script comes', async ({ page }) => {
	const wake = await openSlowly(page, new URL(serveur.links().premier ?? '').pathname);
	await page.getByLabel('Votre nom').fill('Amina Belkacem');
	await page.getByLabel('Adresse électronique').fill('amina@haute-riviere.example');
	await wake();
	await expect(page.getByLabel('Votre nom')).toHaveValue('Amina Belkacem');
	await expect(page.getByLabel('Adresse électronique')).toHaveValue('amina@haute-riviere.example');
});

test('the role and the name of an invitation stay when the script comes', async ({ browser }) => {
	const { context, page, pacte } = await enterDemo(browser, serveur, 'Équipe projet');
	const wake = await openSlowly(page, `${pacte}/equipe`);
	await page.getByRole('radio', { name: /^Relecteur/ }).check();
	await page.getByLabel(/Pour qui/).fill('La Mission locale');
	await wake();
	await expect(page.getByRole('radio', { name: /^Relecteur/ })).toBeChecked();
	await expect(page.getByLabel(/Pour qui/)).toHaveValue('La Mission locale');
	await context.close();
});

test('the name of an organisme, and a choice in the tableau de synthèse, stay when the script comes', async ({
	browser
}) => {
	const { context, page, pacte } = await enterDemo(browser, serveur, 'Équipe projet');
	const wake = await openSlowly(page, `${pacte}/organismes`);
	const nom = page.getByLabel('Ajouter un organisme');
	await nom.fill('Épicerie solidaire');
	await wake();
	await expect(nom).toHaveValue('Épicerie solidaire');

	const wakeAgain = await openSlowly(page, `${pacte}/synthese`);
	await page.getByLabel('Seulement les incomplètes').check();
	await page.getByLabel('Échéance').selectOption('2027');
	await wakeAgain();
	await expect(page.getByLabel('Seulement les incomplètes')).toBeChecked();
	await expect(page.getByLabel('Échéance')).toHaveValue('2027');
	await context.close();
});

test('a search that is typed before the script comes has its results', async ({ browser }) => {
	const { context, page, pacte } = await enterDemo(browser, serveur, 'Lectrice');
	const wake = await openSlowly(page, `${pacte}/recherche`);
	await page.getByRole('main').getByRole('searchbox').fill('permanen');
	await wake();
	await expect(page.getByRole('link', { name: /Une permanence itinérante/ })).toBeVisible();
	await expect(page).toHaveURL(/q=permanen$/);
	await context.close();
});

test('how many came without a telephone, and the table of a post-it, stay when the script comes', async ({
	browser
}) => {
	const { context, page, pacte } = await enterDemo(browser, serveur, 'Équipe projet');
	await page.goto(`${serveur.url}${pacte}/seances`);
	const cafe = await page.getByRole('link', { name: 'World café : reprendre pied' }).getAttribute('href');
	const wake = await openSlowly(page, `${cafe}/accueillir`);
	await page.getByLabel('Personnes').fill('2');
	const table = page.getByRole('combobox', { name: /^Table/ });
	const [chosen = ''] = await table.selectOption({ index: 2 });
	await wake();
	await expect(page.getByLabel('Personnes')).toHaveValue('2');
	await expect(table).toHaveValue(chosen);

	const wakeAgain = await openSlowly(page, `${cafe}/papier`);
	await table.selectOption({ index: 1 });
	await wakeAgain();
	await page.getByLabel('Ce qui est écrit').fill('Un car tous les matins');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { name: /pour la table\s2/ })).toBeVisible();
	await context.close();
});
