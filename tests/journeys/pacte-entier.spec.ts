import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { extractText, getDocumentProxy } from 'unpdf';
import type { ArchivePacte } from '#lib/pactes/archive.ts';
import { missingSeeds, ORNE } from '../support/seeds.ts';
import { startServeur, type Serveur } from '../support/serveur.ts';

/** One story, told in order: each step stands on the one before. */
test.describe.serial('a real pacte, from its old text to a new PDF, written by two people at once', () => {
	test.skip(missingSeeds() !== null, missingSeeds() ?? '');

	let serveur: Serveur;
	let contexts: BrowserContext[];
	/** The first administrateur, and the person whom she invites. */
	let anne: Page;
	let karim: Page;
	let base: string;
	let invitation: string;

	test.beforeAll(async ({ browser }) => {
		serveur = await startServeur();
		contexts = [await browser.newContext(), await browser.newContext()];
		[anne, karim] = (await Promise.all(contexts.map((context) => context.newPage()))) as [Page, Page];
	});

	test.afterEach(async ({}, testInfo) => {
		if (testInfo.status !== testInfo.expectedStatus) await testInfo.attach('server', { body: serveur.output() });
	});

	test.afterAll(async () => {
		await Promise.all(contexts.map((context) => context.close()));
		await serveur.stop();
	});

	test('the printed link makes the first administrateur, once', async () => {
		const link = serveur.links().premier as string;
		await anne.goto(link);
		expect(new URL(anne.url()).pathname, 'the token leaves the address at once').toBe('/bienvenue');
		await anne.getByLabel('Votre nom').fill('Anne Lavigne');
		await anne.getByLabel('Votre organisme').fill('Département');
		await anne.getByLabel('Adresse électronique').fill('anne@haute-riviere.example');
		await anne.getByLabel('Mot de passe', { exact: true }).fill('une riviere sous la neige');
		await anne.getByRole('button', { name: 'Créer mon compte' }).click();
		await expect(anne.getByRole('heading', { name: 'Vos pactes' })).toBeVisible();

		await karim.goto(link);
		await expect(karim.getByRole('heading', { name: 'Ce lien ne fonctionne plus' })).toBeVisible();
	});

	test('the Orne’s text is read, its doubts are said, and it is corrected by hand before anything is written', async () => {
		await anne.getByRole('link', { name: 'Importer' }).first().click();
		await anne.getByLabel('Fichier').setInputFiles(ORNE);
		await anne.getByRole('button', { name: 'Lire ce texte' }).click();
		await expect(anne.getByRole('heading', { name: 'Relire avant de créer' })).toBeVisible();
		await expect(anne.getByText('37 fiches-actions et')).toBeVisible();
		await expect(anne.getByRole('paragraph').filter({ hasText: 'La section porte « Axe 5 »' })).toBeVisible();

		await anne
			.getByRole('textbox', { name: 'Titre de : action 6.4' })
			.fill('Développer les savoir-être professionnels des jeunes');
		await anne.getByLabel('Territoire').fill('Orne');

		await expect(anne.getByRole('link', { name: 'Glossaire 36' })).toBeVisible();
		await anne.getByRole('button', { name: 'Retirer DTAS' }).click();
		await expect(anne.getByRole('link', { name: 'Glossaire 35' })).toBeVisible();

		await anne.reload();
		await anne.getByRole('button', { name: 'Reprendre la relecture' }).click();
		await expect(anne.getByLabel('Territoire'), 'a reload keeps the corrections').toHaveValue('Orne');

		await anne.getByRole('button', { name: 'Créer le pacte' }).click();
		await anne.waitForURL(/\/orientations$/);
		base = new URL(anne.url()).pathname.replace(/\/orientations$/, '');
		await expect(anne.getByText('7 axes, 19 perspectives et 37 fiches-actions')).toBeVisible();
		await expect(
			anne.getByRole('link', { name: 'Développer les savoir-être professionnels des jeunes' })
		).toBeVisible();
	});

	test('Orne 13 (glossaire): its entries are kept, with what they lack and have in excess; the text is searched', async () => {
		await anne.goto(`${serveur.url}${base}/glossaire`);
		await expect(anne.getByRole('heading', { name: /^35\sentrées$/ })).toBeVisible();
		const lacking = anne.getByRole('region', { name: 'Employés sans être expliqués' });
		for (const sigle of ['PFIDASS', 'UC-IRSA', 'CMP', 'AFEST', 'RSE', 'ISF'])
			await expect(lacking.getByRole('link', { name: `Expliquer ${sigle}`, exact: true })).toBeVisible();
		const unused = anne.getByRole('region', { name: 'Expliqués sans être employés' });
		await expect(unused.getByRole('strong')).toHaveText(['EPS']);

		await anne.goto(`${serveur.url}${base}/recherche?q=AFEST`);
		await expect(anne.getByRole('main').getByRole('link').filter({ hasText: 'AFEST' }).first()).toBeVisible();
	});

	test('a second person comes by a link, as équipe projet', async () => {
		await anne.goto(`${serveur.url}${base}/equipe`);
		await anne.getByRole('radio', { name: /Équipe projet/ }).check();
		await anne.getByLabel('Pour qui').fill('Karim, CAF');
		await anne.getByRole('button', { name: 'Préparer le lien d’invitation' }).click();
		invitation = await anne.getByLabel('Lien à transmettre').inputValue();

		await karim.goto(invitation);
		await karim.getByLabel('Votre nom').fill('Karim Ben Salah');
		await karim.getByLabel('Votre organisme').fill('CAF');
		await karim.getByLabel('Adresse électronique').fill('karim@caf.example');
		await karim.getByLabel('Mot de passe', { exact: true }).fill('douze marches');
		await karim.getByRole('button', { name: 'Créer mon compte et rejoindre' }).click();
		await karim.waitForURL(`${serveur.url}${base}`);
	});

	test('both write in the same fiche: same bullet, caret kept, each sees where the other is', async () => {
		const fiche = new URL((await ficheLink('1.1')) as string, serveur.url).href;
		await Promise.all([anne.goto(fiche), karim.goto(fiche)]);
		const [hers, his] = [anne, karim].map((page) => page.getByRole('textbox', { name: 'Objectif 1' })) as [
			ReturnType<Page['getByRole']>,
			ReturnType<Page['getByRole']>
		];
		await hers.focus();
		await anne.keyboard.press('Control+Home');
		await his.focus();
		await karim.keyboard.press('Control+End');
		await expect(anne.getByText(/CAF écrit ici|Karim.* écrit ici/).first()).toBeVisible();

		await Promise.all([
			anne.keyboard.type('Dès le premier jour : ', { delay: 20 }),
			karim.keyboard.type(' Et le dire simplement.', { delay: 20 })
		]);
		for (const bullet of [hers, his])
			await expect(bullet).toHaveValue(/^Dès le premier jour : .* Et le dire simplement\.$/);
		await Promise.all([saved(anne), saved(karim)]);

		await karim.keyboard.press('Control+z');
		await expect(his).toHaveValue(/^Dès le premier jour : /);
		await expect(his, 'undo touches only one’s own changes').not.toHaveValue(/simplement/);
		await karim.keyboard.press('Control+Shift+z');
		await expect(hers).toHaveValue(/simplement\.$/);
	});

	test('both move branches at once: the same tree and the same codes on both screens', async () => {
		await Promise.all([anne, karim].map((page) => page.goto(`${serveur.url}${base}/orientations`)));
		await Promise.all([menu(anne, 'la fiche-action 2.2', 'Monter'), menu(karim, 'l’axe 7', 'Monter')]);
		const [hers, his] = [outline(anne), outline(karim)];
		for (const tree of [hers, his])
			await expect.poll(async () => (await tree()).find((line) => line.startsWith('Axe 6'))).toMatch(/gouvernance/);
		await expect.poll(async () => (await hers()).join('\n') === (await his()).join('\n')).toBe(true);
		const lines = (await hers()).filter((line) => /^(Axe|Fiche-action) /.test(line));
		expect(lines.filter((line) => line.startsWith('Axe'))).toHaveLength(7);
		expect(lines.filter((line) => line.startsWith('Fiche-action'))).toHaveLength(37);
		expect(new Set(lines).size, 'nothing twice').toBe(lines.length);
		await Promise.all([saved(anne), saved(karim)]);
	});

	test('the tableau de synthèse follows by itself, and finds 2021 in « 2021 ou 2022 »', async () => {
		await anne.goto(`${serveur.url}${base}/synthese`);
		await karim.goto(new URL((await ficheLink('1.1')) as string, serveur.url).href);
		await karim.getByRole('textbox', { name: 'Échéance de mise en œuvre' }).fill('2021 ou 2022');
		await expect(anne.getByRole('row', { name: /1\.1/ })).toContainText('2021 ou 2022', { timeout: 4_000 });

		await anne.getByLabel('Échéance').selectOption('2021');
		await anne.getByRole('button', { name: 'Filtrer' }).click();
		await expect(anne.getByRole('heading', { name: '19 fiches-actions sur 37' })).toBeVisible();
	});

	test('the server is killed and started again: everything is there, and both go on by themselves', async () => {
		await anne.goto(new URL((await ficheLink('1.1')) as string, serveur.url).href);
		const bullet = anne.getByRole('textbox', { name: 'Objectif 2' });
		await bullet.fill('Écrit juste avant la panne.');
		await saved(anne);
		await serveur.kill9();
		await expect(anne.locator('[data-etat]')).toContainText('Hors ligne, tout est gardé ici', { timeout: 40_000 });
		await bullet.fill('Écrit pendant la panne.');
		await serveur.restart();
		await saved(anne, 40_000);
		await expect(karim.getByRole('textbox', { name: 'Objectif 2' })).toHaveValue('Écrit pendant la panne.', {
			timeout: 40_000
		});
		await anne.reload();
		await expect(bullet).toHaveValue('Écrit pendant la panne.');
	});

	test('the PDF is read page by page: contents, every fiche on its page, what was written', async () => {
		const response = await anne.request.get(`${serveur.url}${base}/exports/pacte.pdf`);
		expect(response.headers()['content-type']).toBe('application/pdf');
		const pdf = await getDocumentProxy(new Uint8Array(await response.body()));
		const { text } = (await extractText(pdf)) as { text: string[] };
		const pages = text.map(plain);
		const holding = (words: string) => pages.flatMap((page, index) => (page.includes(words) ? [index + 1] : []));

		expect(holding('Écrit pendant la panne.'), 'on the page of its fiche, and only there').toHaveLength(1);
		const contents = pages.slice(1, 3).join(' ');
		expect(contents).toContain('Sommaire');
		const archive = (await (await anne.request.get(`${serveur.url}${base}/exports/pacte.json`)).json()) as ArchivePacte;
		const titles = archive.noeuds.filter(({ niveau }) => niveau === 'action').map(({ titre }) => plain(titre));
		expect(titles).toHaveLength(37);
		for (const title of titles) {
			const own = holding(title).filter((page) => isFiche(pages[page - 1] as string));
			expect(own, `the page of « ${title} »`).toHaveLength(1);
			expect(contents, 'the contents give its page').toMatch(new RegExp(`${escaped(title)}[ .]* ${own[0]}(?!\\d)`));
		}
		expect(pages.filter(isFiche), 'each fiche is on one page').toHaveLength(37);
	});

	async function ficheLink(code: string): Promise<string | null> {
		const page = await contexts[0]!.newPage();
		await page.goto(`${serveur.url}${base}/orientations`);
		const href = await page
			.getByRole('listitem')
			.filter({ hasText: new RegExp(`Fiche-action\\s+${code.replace('.', '\\.')}`) })
			.last()
			.getByRole('link')
			.first()
			.getAttribute('href');
		await page.close();
		return href;
	}
});

/** Spaces of all kinds are one. */
function plain(text: string): string {
	return text.replace(/\s+/g, ' ').trim();
}

function isFiche(page: string): boolean {
	return /^Axe \d : .* \d\.\d /.test(page);
}

function escaped(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The state of saving, as the person reads it. */
async function saved(page: Page, timeout = 10_000): Promise<void> {
	await expect(page.locator('[data-etat]')).toContainText('Enregistré', { timeout });
}

async function menu(page: Page, node: string, act: string): Promise<void> {
	await page.getByRole('button', { name: `Actions sur ${node}`, exact: true }).click();
	await page.getByRole('menuitem', { name: act, exact: true }).click();
}

/** The tree as it is read: one line a node, code and title. */
function outline(page: Page): () => Promise<string[]> {
	return async () => {
		const texts = await page.getByRole('list', { name: 'Arbre des orientations' }).locator('.intitule').allInnerTexts();
		return texts.map((text) => text.replace(/\s+/g, ' ').trim());
	};
}
