import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { signedIn, startPartenaires, type Partenaires } from '../support/partenaires.ts';

const NOMS = ['Département', 'Région', 'État', 'France Travail'];

/** One story: each step stands on what the partners wrote. */
test.describe.configure({ mode: 'serial' });

let scene: Partenaires;
test.beforeAll(async () => {
	scene = await startPartenaires(NOMS);
});
test.afterAll(() => scene?.close());

const box = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const etat = (page: Page) => page.locator('.sauvegarde');

test('four partners fill the frame of their engagements at once, each in its own section; the others’ are read', async ({
	browser
}) => {
	const contexts = await Promise.all(scene.partenaires.map(({ cookie }) => signedIn(browser, cookie)));
	const pages = await Promise.all(contexts.map((context) => context.newPage()));
	await Promise.all(
		pages.map(async (page, i) => {
			await page.goto(scene.partenaires[i]!.section);
			await page.getByRole('button', { name: 'Ajouter un engagement' }).click();
			await expect(box(page, 'Engagement 1')).toBeFocused();
			await page.keyboard.type(`Un guichet ouvert par ${NOMS[i]}`);
			await page.keyboard.press('Enter');
			await page.keyboard.type('le samedi aussi');
			await page.keyboard.press('Tab');
			await expect(page.getByRole('textbox', { name: 'Engagement 2, sous-point' })).toBeFocused();
			await page.getByRole('button', { name: 'Ajouter une équipe' }).click();
			await page.keyboard.type('Équipe insertion');
			await box(page, 'ETP, équipe 1').fill('1,5');
			await expect(page.getByText('Total, ETP : 1,5')).toBeVisible();
			await expect(etat(page)).toContainText('Enregistré');
		})
	);

	// Each reads the others' sections, and writes in none of them.
	const [first] = pages as [Page];
	await first.goto(scene.partenaires[1]!.section);
	await expect(first.getByText('Un guichet ouvert par Région')).toBeVisible();
	await expect(first.getByText(/elle est écrite par Région/)).toBeVisible();
	expect(await first.getByRole('button', { name: /Ajouter un/ }).count()).toBe(0);

	// Together they are one table.
	await expect
		.poll(async () => {
			await first.goto(`${scene.base}/engagements`);
			return first.getByText('4 parties sur 4 sont rédigées').count();
		})
		.toBe(1);
	for (const nom of NOMS)
		await expect(
			first
				.locator('li > ul > li')
				.filter({ hasText: `Un guichet ouvert par ${nom}` })
				.first()
		).toBeVisible();
	await Promise.all(contexts.map((context) => context.close()));
});

test.describe('the équipe projet, one act after another', () => {
	let context: BrowserContext;
	let page: Page;
	test.beforeAll(async ({ browser }) => {
		context = await signedIn(browser, scene.equipe);
		page = await context.newPage();
	});
	test.afterAll(() => context.close());

	test('links an engagement to an axe, and the gap that remains is said in words', async () => {
		await page.goto(`${scene.base}/engagements`);
		const partie = page.locator('li.carte').filter({ has: page.getByRole('heading', { name: 'Région' }) });
		await partie.getByText('Ne sert aucun axe').first().click();
		await partie.getByLabel('Axe 1 : Se loger').first().check();
		await partie
			.getByRole('button', { name: /Enregistrer les axes/ })
			.first()
			.click();
		await expect(page.getByRole('status').filter({ hasText: 'enregistrés' })).toBeVisible();
		await expect(page.getByText('Aucun engagement sur l’axe 2 (« Travailler »).')).toBeVisible();
		await expect(page.getByText('Aucun engagement sur l’axe 1')).toHaveCount(0);
	});

	test('two partners’ wordings of one engagement are beside each other, and one may take the other’s', async ({
		browser
	}) => {
		await page.goto(scene.partenaires[0]!.section);
		await page.getByText('Ne sert aucun axe').first().click();
		await page.getByLabel('Dit la même chose que').first().selectOption({ label: 'Un guichet ouvert par État' });
		await page
			.getByRole('button', { name: /^Partager/ })
			.first()
			.click();
		await expect(page.locator('blockquote').getByText('Un guichet ouvert par État')).toBeVisible();
		await page.getByRole('button', { name: /Reprendre la formulation/ }).click();
		await expect(box(page, 'Engagement 1')).toHaveValue('Un guichet ouvert par État');
		await page.getByRole('button', { name: 'Annuler' }).first().click();
		await expect(box(page, 'Engagement 1')).toHaveValue('Un guichet ouvert par Département');

		const other = await signedIn(browser, scene.partenaires[2]!.cookie);
		const theirs = await other.newPage();
		await theirs.goto(scene.partenaires[2]!.section);
		await theirs.getByText(/partagé avec Département/).click();
		await expect(theirs.locator('blockquote').getByText('Un guichet ouvert par Département')).toBeVisible();
		await other.close();
	});

	test('an action of the previous pacte, pasted, becomes a draft fiche that knows where it comes from', async () => {
		await page.goto(`${scene.base}/bilan`);
		await page
			.getByLabel('Actions, une par ligne')
			.fill('Une maison relais\tRéalisée\t2022\nUn garage solidaire\tAbandonnée\t\tFaute de local');
		await page.getByRole('button', { name: 'Ajouter ces actions' }).click();
		await expect(page.getByText('1 action sur 2 réalisée, soit 50 % ; 1 abandonnée.')).toBeVisible();
		await page.getByLabel('Où reconduire « Un garage solidaire »').selectOption({ label: '2 · Travailler' });
		await page.getByRole('button', { name: 'Reconduire « Un garage solidaire »' }).click();
		await page.getByRole('link', { name: '2.1 · Un garage solidaire' }).click();
		await expect(page.getByRole('heading', { level: 1 })).toContainText('Un garage solidaire');
		await page.getByRole('link', { name: 'Un garage solidaire' }).first().click();
		await expect(page.getByRole('heading', { level: 1, name: 'Bilan du pacte précédent' })).toBeVisible();
	});
});

test('without JavaScript, an instance, an enveloppe and a signatory are written, changed, and refused with words', async ({
	browser
}) => {
	const context = await signedIn(browser, scene.equipe, { javaScriptEnabled: false });
	const page = await context.newPage();

	await page.goto(`${scene.base}/gouvernance`);
	await page.getByRole('link', { name: 'Ajouter une instance' }).click();
	await page.getByLabel('Objet').fill('Décider ensemble');
	await page.getByRole('button', { name: 'Ajouter l’instance' }).click();
	await expect(page.getByRole('alert')).toContainText('Donnez un nom à l’instance.');
	await expect(page.getByLabel('Objet'), 'what was typed is still there').toHaveValue('Décider ensemble');
	await page.getByLabel('Nom de l’instance').fill('Comité de pilotage');
	await page.getByLabel('Nombre de réunions').fill('1');
	await page.getByLabel('Rôles').fill('Décider\nSuivre');
	await page.getByRole('button', { name: 'Ajouter l’instance' }).click();
	await expect(page.getByRole('heading', { name: 'Comité de pilotage' })).toBeVisible();
	await expect(page.getByText('Au moins une fois par an')).toBeVisible();

	await page.goto(`${scene.base}/financement`);
	await page.getByRole('link', { name: 'Ajouter une enveloppe' }).click();
	await page.getByLabel('Nom de l’enveloppe').fill('FSE 2027-2029');
	await page.getByLabel('Montant').fill('beaucoup');
	await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
	await expect(page.getByRole('alert')).toContainText('Écrivez le montant en chiffres');
	await page.getByLabel('Montant').fill('4 624 000');
	await page.getByLabel('Dont part du FSE').fill('2 312 000 €');
	await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
	await expect(page.getByText('4 624 000 €, dont 2 312 000 € de FSE')).toBeVisible();

	await page.goto(`${scene.base}/signatures`);
	await page.getByLabel('Organisme').fill('CAF');
	await page.getByLabel('Qui signe').fill('Claire Astier');
	await page.getByRole('button', { name: 'Ajouter', exact: true }).click();
	await page.getByRole('link', { name: 'Modifier CAF' }).click();
	await page.getByLabel('Où en est la décision').selectOption('sous_reserve');
	await page.getByLabel('Instance ou délibération').fill('conseil d’administration');
	await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
	await expect(page.getByText('Sous réserve de : conseil d’administration')).toBeVisible();
	await context.close();
});

test('who only reads sees the parts and has nothing to fill in', async ({ browser }) => {
	const context = await signedIn(browser, scene.lecteur);
	const page = await context.newPage();
	for (const [path, text] of [
		['engagements', 'Engagements et axes'],
		['gouvernance', 'Gouvernance'],
		['financement', 'Enveloppes'],
		['signatures', 'Signatures'],
		['bilan', 'Bilan du pacte précédent']
	] as const) {
		await page.goto(`${scene.base}/${path}`);
		await expect(page.getByRole('heading', { name: text }).first()).toBeVisible();
		await expect(page.locator('main form'), path).toHaveCount(0);
	}
	await context.close();
});
