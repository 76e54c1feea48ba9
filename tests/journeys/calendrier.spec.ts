import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import { enterDemo } from '../support/demo.ts';
import { startServeur, type Serveur } from '../support/serveur.ts';

/** One story: the calendar of a démarche, from its phases to a sheet to sign. */
test.describe.configure({ mode: 'serial' });

let serveur: Serveur;
let page: Page;
let base: string;

test.beforeAll(async ({ browser }) => {
	serveur = await startServeur();
	const entered = await enterDemo(browser, serveur, 'Équipe projet');
	page = entered.page;
	base = `${serveur.url}${entered.pacte}`;
});
test.afterAll(() => serveur?.stop());

const field = (name: string) => page.getByLabel(name, { exact: false }).first();

test('a phase is added, moved and taken out, and each is taken back with one button', async () => {
	await page.goto(`${base}/phases`);
	const titles = () => page.getByRole('heading', { level: 3 }).allTextContents();
	const before = await titles();
	await page.getByRole('link', { name: 'Ajouter une phase' }).click();
	await field('Titre de la phase').fill('Relecture');
	await field('Début').fill('automne 2028');
	await field('Contenus').fill('- Relire\n- Corriger');
	await page.getByRole('button', { name: 'Ajouter la phase' }).click();
	await expect(page.getByRole('heading', { level: 3 }).last()).toHaveText(/Relecture$/);
	await expect(page.getByText('automne 2028', { exact: true }).first()).toBeVisible();

	await page.getByRole('button', { name: 'Monter « Relecture »' }).click();
	await expect(page.getByRole('heading', { level: 3 }).last()).not.toHaveText(/Relecture$/);
	await page.getByRole('button', { name: 'Annuler ce changement' }).click();
	await expect(page.getByRole('heading', { level: 3 }).last()).toHaveText(/Relecture$/);

	await page.getByRole('button', { name: 'Retirer « Relecture »' }).click();
	await expect(page.getByRole('status').filter({ hasText: 'est retirée' })).toBeVisible();
	expect(await titles()).toEqual(before);
	await page.getByRole('button', { name: 'Annuler ce changement' }).click();
	await expect(page.getByRole('heading', { level: 3 }).last()).toHaveText(/Relecture$/);
});

test('a wrong date is refused with what was typed; a series makes all its séances in one act, and is taken back so', async () => {
	await page.goto(`${base}/seances?ajouter=serie`);
	await field('Thèmes').fill('Numérique\nSanté');
	await field('Nombre de réunions').fill('2');
	await field('Dates').fill('12/03/2028\nbientôt');
	await page.getByRole('button', { name: 'Créer les séances' }).click();
	await expect(page.getByRole('alert')).toContainText('Ligne 2');
	await expect(field('Thèmes')).toHaveValue('Numérique\nSanté');
	await field('Dates').fill('12/03/2028\navril 2028');
	await page.getByRole('button', { name: 'Créer les séances' }).click();
	await expect(page.getByRole('status').filter({ hasText: '4 séances sont ajoutées' })).toBeVisible();
	await expect(page.getByRole('link', { name: /^Numérique, 2e/ })).toBeVisible();
	await page.getByRole('button', { name: 'Annuler ce changement' }).click();
	await expect(page.getByRole('link', { name: /^Numérique, 2e/ })).toHaveCount(0);
});

test('interviews are read from a paste, refused line by line, then imported together', async () => {
	await page.goto(`${base}/seances?ajouter=entretiens`);
	const list = field('Liste des entretiens');
	await list.fill('Organisme;Date;Besoins\nCAF;12/05/2028;Des horaires plus larges\nClub;hier;');
	await page.getByRole('button', { name: 'Vérifier la liste' }).click();
	await expect(page.getByRole('row', { name: /Club/ })).toContainText('n’est pas une date');
	expect(await page.getByRole('button', { name: /^Importer 2/ }).count()).toBe(0);
	await list.fill('Organisme;Date;Besoins\nCAF;12/05/2028;Des horaires plus larges\nClub;mai 2028;');
	await page.getByRole('button', { name: 'Vérifier la liste' }).click();
	await page.getByRole('button', { name: /^Importer 2/ }).click();
	await expect(page.getByRole('status').filter({ hasText: '2 entretiens sont importés' })).toBeVisible();
	await page
		.getByRole('link', { name: /Entretien.*CAF/ })
		.last()
		.click();
	await expect(page.getByLabel('Ce qui s’est dit et décidé')).toHaveValue('Des horaires plus larges');
});

test('a séance is added with its hour and place, found in its month, noted, printed, put aside and brought back', async () => {
	await page.goto(`${base}/seances?ajouter=seance`);
	await field('Titre').fill('Comité de mars');
	await page.getByRole('textbox', { name: 'Date', exact: false }).first().fill('14 mars 2028');
	await page.getByLabel('Heure de début').fill('14h30');
	await page.getByLabel('Lieu').fill('Salle des fêtes');
	await page.getByLabel('Ordre du jour').fill('Accueil (10 min)\nDécider (50 min)');
	await page.getByRole('button', { name: 'Ajouter la séance' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Comité de mars');
	await expect(page.getByText('14 mars 2028, à 14 h 30')).toBeVisible();
	await expect(page.getByText('60 minutes en tout.')).toBeVisible();

	const row = page.getByRole('row').nth(-3);
	await row.getByRole('textbox', { name: /Ou d’autres/ }).fill('Des habitants');
	await row.getByRole('textbox', { name: /^Présents/ }).fill('7');
	await row.getByRole('textbox', { name: /^Sans téléphone/ }).fill('2');
	await page.getByRole('button', { name: 'Enregistrer les présences' }).click();
	await expect(page.getByText('7 présentes, dont 2 sans téléphone.')).toBeVisible();

	const [sheet] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('link', { name: 'Feuille de présence à imprimer' }).click()
	]);
	expect((await readFile(await sheet.path())).subarray(0, 5).toString()).toBe('%PDF-');

	await page.goto(`${base}/seances?vue=calendrier&mois=2028-03`);
	await expect(page.getByRole('cell', { name: /14.*Comité de mars/ })).toBeVisible();
	await page.getByRole('link', { name: /Comité de mars/ }).click();
	await page.getByRole('link', { name: 'Retirer' }).click();
	await page.getByRole('button', { name: 'Retirer la séance' }).click();
	await expect(page.getByText('« Comité de mars » est retirée.')).toBeVisible();
	await page.getByRole('button', { name: 'Annuler ce changement' }).click();
	await expect(page.getByRole('status').filter({ hasText: 'est remise' })).toBeVisible();
});

test('a calendar of one’s own is fed by a secret address, which can be put out', async ({ request }) => {
	await page.goto(`${base}/seances`);
	await page.getByRole('button', { name: 'S’abonner' }).click();
	const address = await page.getByLabel('Lien à transmettre').inputValue();
	const feed = await request.get(address);
	expect(feed.headers()['content-type']).toMatch(/^text\/calendar/);
	expect(await feed.text()).toContain('SUMMARY:Comité de mars');
	await page.getByRole('button', { name: 'Éteindre mon adresse' }).click();
	await expect(page.getByRole('status').filter({ hasText: 'ne donne plus rien' })).toBeVisible();
	expect((await request.get(address)).status()).toBe(404);
});

test('the planning is a picture with words for whoever does not see it, and a table', async () => {
	await page.goto(`${base}/seances?vue=planning`);
	await expect(page.getByRole('img', { name: /^Planning, .*Comité/ })).toBeVisible();
	await page.getByText('Le même planning en tableau').click();
	await expect(page.getByRole('row', { name: /Relecture/ })).toContainText('automne 2028');
	const [image] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('link', { name: 'Télécharger l’image' }).click()
	]);
	expect((await readFile(await image.path())).toString()).toMatch(/^<svg/);
});

test('without script, the same forms do the same', async ({ browser }) => {
	const state = await page.context().storageState();
	const context = await browser.newContext({ javaScriptEnabled: false, storageState: state });
	const plain = await context.newPage();
	await plain.goto(`${base}/phases?modifier=nouvelle`);
	await plain.getByLabel('Titre de la phase').fill('Sans script');
	await plain.getByRole('button', { name: 'Ajouter la phase' }).click();
	await expect(plain.getByRole('heading', { name: /Sans script/ })).toBeVisible();
	await plain.getByRole('button', { name: 'Annuler ce changement' }).click();
	await expect(plain.getByRole('heading', { name: /Sans script/ })).toHaveCount(0);
	await context.close();
});

test('who only reads sees the calendar and changes nothing', async ({ browser }) => {
	const { page: reader, context } = await enterDemo(browser, serveur, 'Lectrice');
	await reader.goto(`${base}/seances`);
	await reader.getByRole('link', { name: 'Comité de mars' }).click();
	await expect(reader.getByText('14 mars 2028, à 14 h 30')).toBeVisible();
	expect(await reader.getByRole('button', { name: /Enregistrer|Retirer/ }).count()).toBe(0);
	const answer = await reader.request.post(`${base}/phases?/ajouter`, {
		form: { titre: 'X' },
		headers: { origin: serveur.url, accept: 'text/html' }
	});
	expect(answer.status()).toBe(403);
	await context.close();
});
