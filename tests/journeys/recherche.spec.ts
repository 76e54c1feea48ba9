import { expect, test } from '@playwright/test';
import { enterDemo } from '../support/demo.ts';
import { startServeur, type Serveur } from '../support/serveur.ts';

let serveur: Serveur;

test.beforeAll(async () => {
	serveur = await startServeur();
});
test.afterAll(() => serveur.stop());

test.describe('search in a pacte', () => {
	test('from any page: « / », words without accents, the arrow keys, and the very field', async ({ browser }) => {
		const { context, page, pacte } = await enterDemo(browser, serveur, 'Lectrice');
		await page.goto(`${serveur.url}${pacte}/synthese`);
		// The key is heard once the page's script has begun.
		await expect(async () => {
			await page.keyboard.press('/');
			await expect(page.getByRole('searchbox', { name: 'Rechercher dans ce pacte' })).toBeFocused({ timeout: 1_000 });
		}).toPass();
		await page.keyboard.type('vehicule equipe');
		await page.keyboard.press('Enter');
		await expect(page.getByRole('heading', { name: 'Recherche', exact: true })).toBeVisible();
		await expect(page.getByText(/^1\srésultat$/).first()).toBeVisible();
		const fiche = page.getByRole('link', { name: /1\.3 Une permanence itinérante/ });
		await expect(fiche.locator('mark').filter({ hasText: 'véhicule' })).toBeVisible();

		const box = page.getByRole('main').getByRole('searchbox');
		await box.press('ArrowDown');
		await expect(fiche).toBeFocused();
		await page.keyboard.press('ArrowUp');
		await expect(box).toBeFocused();
		await fiche.click();
		await expect(page).toHaveURL(/\/fiches\/[\w-]+#champ-modalites$/);
		await context.close();
	});

	test('results follow what is typed, and « / » is a slash inside a field', async ({ browser }) => {
		const { context, page, pacte } = await enterDemo(browser, serveur, 'Lectrice');
		await page.goto(`${serveur.url}${pacte}/recherche`);
		const box = page.getByRole('main').getByRole('searchbox');
		await box.pressSequentially('permanen');
		await expect(page.getByRole('link', { name: /Une permanence itinérante/ })).toBeVisible();
		await expect(page).toHaveURL(/q=permanen$/);
		await expect(box).toBeFocused();
		await box.press('/');
		await expect(box).toHaveValue('permanen/');
		await context.close();
	});

	test('results that come late take no letter from who is still typing', async ({ browser }) => {
		const { context, page, pacte } = await enterDemo(browser, serveur, 'Lectrice');
		let release: () => void = () => undefined;
		const gate = new Promise<void>((resolve) => (release = resolve));
		let asked = 0;
		await page.route(
			(url) => url.pathname.endsWith('/recherche/__data.json'),
			async (route) => {
				asked += 1;
				await gate;
				await route.continue();
			}
		);
		await page.goto(`${serveur.url}${pacte}/recherche`);
		const box = page.getByRole('main').getByRole('searchbox');
		await box.pressSequentially('véhi');
		await expect.poll(() => asked).toBe(1);
		await box.press('c');
		release();
		await expect(page).toHaveURL(/q=v%C3%A9hi/);
		await box.pressSequentially('ule');
		await expect(page).toHaveURL(/q=v%C3%A9hicule$/);
		await expect(box).toHaveValue('véhicule');
		await context.close();
	});

	test('without JavaScript: numbers, kinds, a misspelt word and the words that are proposed', async ({ browser }) => {
		const { context: signedIn, pacte } = await enterDemo(browser, serveur, 'Lectrice');
		const context = await browser.newContext({ javaScriptEnabled: false, storageState: await signedIn.storageState() });
		const page = await context.newPage();
		await page.goto(`${serveur.url}${pacte}/recherche`);
		const ask = async (question: string) => {
			await page.getByRole('main').getByRole('searchbox').fill(question);
			await page.getByRole('main').getByRole('button', { name: 'Lancer la recherche' }).click();
		};
		await ask('fiche 2.3');
		await expect(page.getByRole('link', { name: /^2\.3 Garder les enfants/ })).toBeVisible();
		await expect(page.getByText(/^1\srésultat$/)).toBeVisible();
		await ask('permanense');
		await expect(page.getByText('Aucun résultat')).toBeVisible();
		await page.getByRole('link', { name: 'permanence', exact: true }).click();
		await expect(page.getByRole('link', { name: /Une permanence itinérante/ })).toBeVisible();
		await ask('de la');
		await expect(page.getByText('Ces mots sont trop courants')).toBeVisible();
		await ask('<b>x</b>');
		await expect(page.getByText('Aucun résultat')).toBeVisible();
		await context.close();
		await signedIn.close();
	});

	test('a pacte that one has no part in answers nothing', async ({ browser, request }) => {
		const { context, page, pacte } = await enterDemo(browser, serveur, 'Lectrice');
		const absent = await page.request.get(`${serveur.url}/pactes/inconnu-inconnu/recherche?q=permanence`);
		expect(absent.status()).toBe(404);
		const signedOut = await request.get(`${serveur.url}${pacte}/recherche?q=permanence`, { maxRedirects: 0 });
		expect(signedOut.status()).toBe(303);
		await context.close();
	});
});

test.describe('the glossary', () => {
	test('what is used and not explained is explained in two steps, changed, taken out and put back', async ({
		browser
	}) => {
		const { context, page, pacte } = await enterDemo(browser, serveur, 'Rédactrice');
		await page.goto(`${serveur.url}${pacte}/glossaire`);
		const lacking = page.getByRole('region', { name: 'Employés sans être expliqués' });
		await expect(lacking.getByRole('strong').filter({ hasText: 'CPAM' })).toBeVisible();
		await lacking.getByRole('link', { name: 'Expliquer CPAM' }).click();
		const form = page.getByRole('region', { name: 'Expliquer CPAM' });
		await expect(form.getByLabel('Ce qu’il veut dire')).toHaveValue('caisse primaire d’assurance maladie');
		await form.getByRole('button', { name: 'Ajouter', exact: true }).click();
		await expect(lacking.getByRole('strong').filter({ hasText: 'CPAM' })).toHaveCount(0);

		await page.getByRole('link', { name: 'Modifier CPAM' }).click();
		const entrees = page.getByRole('list', { name: /entrées/ });
		await entrees.getByLabel('Précision').fill('Elle rembourse les soins.');
		await entrees.getByRole('button', { name: 'Enregistrer' }).click();
		await expect(entrees.getByText('Elle rembourse les soins.')).toBeVisible();

		await page.getByRole('button', { name: 'Retirer CPAM' }).click();
		await expect(page.getByText(/CPAM\s» est retiré/)).toBeVisible();
		await page.getByRole('button', { name: 'Remettre CPAM' }).click();
		await expect(entrees.getByText('Elle rembourse les soins.')).toBeVisible();
		await context.close();
	});

	test('without JavaScript: pasted lines are shown before they are added; a refusal says what to do', async ({
		browser
	}) => {
		const { context: signedIn, pacte } = await enterDemo(browser, serveur, 'Rédactrice');
		const context = await browser.newContext({ javaScriptEnabled: false, storageState: await signedIn.storageState() });
		const page = await context.newPage();
		await page.goto(`${serveur.url}${pacte}/glossaire?coller`);
		await page.getByLabel('Une entrée par ligne').fill('PLIE : plan local pour l’insertion et l’emploi\nRSA\trevenu');
		await page.getByRole('button', { name: 'Voir ce qui est compris' }).click();
		await expect(page.getByText(/1\sentrée à ajouter,\s+dans\s+2\slignes comprises/)).toBeVisible();
		await page.getByRole('button', { name: 'Ajouter ces entrées' }).click();
		await expect(page.getByText(/1\sentrée ajoutée\./)).toBeVisible();
		await page.getByRole('region', { name: 'Ajouter une entrée' }).getByLabel('Sigle').fill('RSA');
		await page.getByRole('region', { name: 'Ajouter une entrée' }).getByLabel('Ce qu’il veut dire').fill('autre');
		await page.getByRole('button', { name: 'Ajouter', exact: true }).click();
		await expect(page.getByText(/RSA\s» est déjà expliqué/)).toBeVisible();
		await context.close();
		await signedIn.close();
	});

	test('a lecteur reads it and has nothing to write with', async ({ browser }) => {
		const { context, page, pacte } = await enterDemo(browser, serveur, 'Lectrice');
		await page.goto(`${serveur.url}${pacte}/glossaire`);
		await expect(page.getByText('revenu de solidarité active').first()).toBeVisible();
		await expect(page.getByRole('button', { name: /Ajouter|Retirer|Modifier/ })).toHaveCount(0);
		await context.close();
	});
});
