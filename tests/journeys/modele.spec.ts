// The équipe projet changes the model of a pacte while someone writes in one of its fiches.
import { expect, test } from '@playwright/test';
import { enterDemo } from '../support/demo.ts';
import { startServeur, type Serveur } from '../support/serveur.ts';

let serveur: Serveur;
test.beforeAll(async () => {
	serveur = await startServeur();
});
test.afterAll(() => serveur?.stop());

test('a field that is added shows in the fiche that someone is writing, whose caret stays; numbers are shown before they change, and one press takes back', async ({
	browser
}) => {
	const equipe = await enterDemo(browser, serveur, 'Équipe projet');
	const redactrice = await enterDemo(browser, serveur, 'Rédactrice');
	await redactrice.page.goto(`${serveur.url}${redactrice.pacte}/orientations`);
	await redactrice.page.getByRole('link', { name: 'Un premier rendez-vous sous dix jours' }).click();
	const bullet = redactrice.page.locator('#champ-objectifs textarea').first();
	await bullet.click();
	await bullet.press('End');
	await bullet.pressSequentially(' enti');

	const { page } = equipe;
	const modele = `${serveur.url}${equipe.pacte}/modele`;
	await page.goto(`${modele}?modifier=champ`, { waitUntil: 'networkidle' });
	await page.getByLabel('Nom du champ').fill('Points de vigilance');
	await page.getByRole('button', { name: 'Ajouter le champ' }).click();
	await expect(page.getByRole('status').filter({ hasText: 'Points de vigilance' })).toBeVisible();

	const added = redactrice.page
		.locator('section, div')
		.filter({ hasText: /^Points de vigilance/ })
		.first();
	await expect(added).toBeVisible();
	await expect(bullet).toBeFocused();
	await redactrice.page.keyboard.type('er');
	await expect(bullet).toHaveValue(/ entier$/);

	await page.getByRole('button', { name: 'Annuler ce changement' }).click();
	await expect(page.getByText(/^C’est annulé/)).toBeVisible();
	await expect(redactrice.page.getByText('Points de vigilance')).toHaveCount(0);
	await expect(bullet).toBeFocused();

	await page.goto(`${modele}?modifier=niveau-axe`, { waitUntil: 'networkidle' });
	await page.getByLabel('Numéros', { exact: true }).selectOption('I');
	await page.getByRole('button', { name: 'Enregistrer' }).click();
	await expect(page.getByRole('heading', { name: 'Avant d’appliquer' })).toBeVisible();
	await expect(page.getByRole('row', { name: '1.1 I1 Un premier rendez-vous sous dix jours' })).toBeVisible();
	await page.getByRole('button', { name: 'Appliquer' }).click();
	await expect(redactrice.page.getByText('Anciennement 1.1')).toBeVisible();
	await expect(redactrice.page.getByRole('heading', { level: 1 })).toContainText('I1');
	await expect(bullet).toBeFocused();
});
