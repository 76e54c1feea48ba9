// A world café from its preparation to a fiche: who leads it, the wall, two tables, a phone, a phone without script. One table is
// cut from the network for ten minutes: at full length with `npm run endurance -- seance`, else its page's clock jumps.
import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { enterDemo } from '../support/demo.ts';
import { openRelay, type Relay } from '../support/relay.ts';
import { startServeur, type Serveur } from '../support/serveur.ts';

const IS_LONG = process.env.COPACTE_ENDURANCE === '1';
const TEN_MINUTES = 10 * 60_000;
const SOON = { timeout: 20_000 };

const PHONE = { width: 320, height: 640 };
const TABLET = { width: 800, height: 1100 };

test.describe.serial('a world café, from its preparation to a fiche', () => {
	test.use({ actionTimeout: 20_000 });
	test.describe.configure({ timeout: IS_LONG ? TEN_MINUTES + 300_000 : 120_000 });

	let serveur: Serveur;
	let network: Relay;
	let animatrice: Page;
	/** The path of the séance, and of its pacte. */
	let seance: string;
	let code: string;
	let mur: Page;
	let table1: Page;
	let table2: Page;
	let telephone: Page;
	let sansScript: Page;
	const contexts: BrowserContext[] = [];

	test.beforeAll(async () => {
		serveur = await startServeur();
		network = await openRelay('127.0.0.1', serveur.port);
	});
	test.afterAll(async () => {
		await Promise.all(contexts.map((context) => context.close()));
		await network?.close();
		await serveur?.stop();
	});

	async function device(browser: Browser, options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
		const context = await browser.newContext(options);
		contexts.push(context);
		return context.newPage();
	}

	/** With the six digits, then at the table where one is; `shared`: the device serves the whole table. */
	async function join(
		page: Page,
		{ table, port = serveur.port, shared = false }: { table: number; port?: number; shared?: boolean }
	): Promise<void> {
		const server = `http://localhost:${port}`;
		await page.goto(`${server}/r`);
		await page.getByRole('textbox').fill(code);
		await page.getByRole('button', { name: 'Rejoindre' }).click();
		await page.waitForURL(/\/salle\//);
		const choice = `${server}/salle/${seance.split('/').at(-1)}/place`;
		await page.goto(choice);
		if (shared) {
			await page.getByRole('button', { name: 'Cet appareil sert à toute la table' }).click();
			await page.goto(choice);
		}
		await page.getByRole('button', { name: new RegExp(`Table\\s${table}\\b`) }).click();
		await expect(page.getByText(new RegExp(`Table\\s${table}`)).first()).toBeVisible();
	}

	/** A card, as a table's screen shows it. */
	const carteA = (page: Page, texte: string) => page.getByRole('paragraph').filter({ hasText: texte });

	async function write(page: Page, texte: string): Promise<void> {
		await page.getByLabel('Votre carte').fill(texte);
		await page.getByRole('button', { name: 'Ajouter à la table' }).click();
	}

	/** A second touch right after the first is taken for the same: as one would, look, then touch again. */
	const suivante = async (etape: RegExp) => {
		const there = animatrice.getByRole('heading', { name: etape, level: 2 });
		await expect(async () => {
			if (!(await there.isVisible())) await animatrice.getByRole('button', { name: /^Étape suivante/ }).click();
			await expect(there).toBeVisible({ timeout: 3_000 });
		}).toPass(SOON);
	};

	test('it is created and prepared in two forms, then opened', async ({ browser }) => {
		const entered = await enterDemo(browser, serveur, 'Animatrice');
		animatrice = entered.page;
		contexts.push(entered.context);
		await animatrice.goto(`${serveur.url}${entered.pacte}/seances?ajouter=seance`);
		await animatrice.getByRole('textbox', { name: 'Titre' }).fill('World café de la vallée');
		await animatrice.getByLabel('Format', { exact: true }).selectOption('World café');
		await animatrice.getByRole('button', { name: 'Ajouter la séance' }).click();
		await animatrice.getByRole('link', { name: 'Préparer la salle' }).click();
		await animatrice
			.getByRole('textbox', { name: 'Questions' })
			.fill('Qu’est-ce qui retarde ?\nQu’est-ce qui aide ?\nPar quoi commencer ?');
		await animatrice.getByLabel('Nombre de tables').fill('3');
		await animatrice.getByLabel('Nombre de tours').fill('3');
		await animatrice.getByRole('button', { name: 'Préparer la salle' }).click();
		await animatrice.getByRole('link', { name: 'Ouvrir et animer' }).click();
		await animatrice.waitForURL(/\/animer$/);
		seance = new URL(animatrice.url()).pathname.replace(/\/animer$/, '');
		await animatrice.getByRole('button', { name: 'Ouvrir la séance' }).click();
		const digits = animatrice.locator('.code').first();
		await expect(digits).toHaveText(/\d{3}\s\d{3}/);
		code = (await digits.textContent())!.replace(/\D/g, '');
	});

	test('two tables, a phone and a phone without script join, and the wall counts them without a name', async ({
		browser
	}) => {
		mur = await device(browser, {
			viewport: { width: 1280, height: 720 },
			storageState: await animatrice.context().storageState()
		});
		await mur.goto(`${serveur.url}/salle/${seance.split('/').at(-1)}/mur`);
		await expect(mur.getByText(new RegExp(`${code.slice(0, 3)}\\s${code.slice(3)}`))).toBeVisible();

		table1 = await device(browser, { viewport: TABLET });
		if (!IS_LONG) await table1.clock.install();
		table2 = await device(browser, { viewport: TABLET });
		telephone = await device(browser, { viewport: PHONE });
		sansScript = await device(browser, { viewport: PHONE, javaScriptEnabled: false });
		await join(table1, { table: 1, port: network.port, shared: true });
		await join(table2, { table: 2, shared: true });
		await join(telephone, { table: 1 });
		await join(sansScript, { table: 1 });
		await expect(mur.getByText(/2\spersonnes, 3\stables/)).toBeVisible(SOON);
	});

	test('in the first round each writes, and a table sees its own cards', async () => {
		await suivante(/^Tour 1/);
		for (const page of [table1, table2, telephone])
			await expect(page.getByText('Qu’est-ce qui retarde ?').first()).toBeVisible(SOON);
		await expect(mur.getByRole('heading', { name: 'Qu’est-ce qui retarde ?' })).toBeVisible();
		await expect(mur.getByRole('timer')).toHaveText(/\d+:\d\d/);
		await write(telephone, 'Le car de six heures');
		await write(table2, 'Trois dossiers');
		await sansScript.reload();
		await write(sansScript, 'Le téléphone sonne dans le vide');
		await expect(carteA(sansScript, 'Le téléphone sonne dans le vide')).toBeVisible();
		// Written in silence: shown together, when the table decides.
		await expect(table1.getByText(/2\scartes écrites en silence/)).toBeVisible(SOON);
		await expect(carteA(table1, 'Le car de six heures')).toHaveCount(0);
		await table1.getByRole('button', { name: 'Montrer les cartes à la table' }).click();
		for (const texte of ['Le car de six heures', 'Le téléphone sonne dans le vide'])
			await expect(carteA(table1, texte)).toBeVisible(SOON);
		await expect(carteA(table1, 'Trois dossiers')).toHaveCount(0);
		await table2.getByRole('button', { name: 'Montrer les cartes à la table' }).click();
	});

	test('people change tables, and the newcomers see what was said before them', async () => {
		await suivante(/^Changement de table/);
		await expect(telephone.getByRole('heading', { name: /^(Allez|Restez) à la\stable/ })).toBeVisible(SOON);
		const there = /table\s(\d)/.exec(
			(await telephone.getByRole('heading', { name: /à la\stable/ }).textContent())!
		)![1];
		await suivante(/^Tour 2/);
		await expect(telephone.getByText(new RegExp(`Table\\s${there}`)).first()).toBeVisible(SOON);
		await expect(table1.getByText(/Ce qui s’est dit avant nous \([23]\)/)).toBeVisible(SOON);
	});

	test('a table without network for ten minutes goes on writing, and its cards go to their round', async () => {
		network.cut();
		await expect(table1.getByText(/^Pas de réseau/)).toBeVisible({ timeout: 30_000 });
		for (const texte of ['Écrite sans réseau', 'Une autre aussi']) await write(table1, texte);
		await expect(carteA(table1, 'Écrite sans réseau')).toBeVisible();
		await suivante(/^Changement de table/);
		await suivante(/^Tour 3/);
		if (IS_LONG) await new Promise((resolve) => setTimeout(resolve, TEN_MINUTES));
		else await table1.clock.fastForward(TEN_MINUTES);
		await expect(table1.getByText(/^Pas de réseau/)).toBeVisible();
		network.mend();
		await expect(table1.getByText(/^Pas de réseau/)).toBeHidden({ timeout: 40_000 });
		await expect(table1.getByText('Par quoi commencer ?').first()).toBeVisible(SOON);
		await write(table1, 'Après le retour');
		await expect(table1.getByText(/3\scartes écrites en silence/)).toBeVisible(SOON);
		await table1.getByRole('button', { name: 'Montrer les cartes à la table' }).click();
		await animatrice.goto(`${serveur.url}${seance}/recolte`);
		await expect(animatrice.getByText('Hors ligne')).toHaveCount(0);
		const carte = (texte: string) => animatrice.getByRole('listitem').filter({ hasText: texte });
		for (const texte of ['Écrite sans réseau', 'Une autre aussi']) {
			await expect(carte(texte)).toHaveCount(1, SOON);
			await expect(carte(texte)).toContainText(/tour\s2/);
		}
		await expect(carte('Après le retour')).toContainText(/tour\s3/);
	});

	test('the harvest is grouped, people vote for what counts, and a group becomes a fiche that shows its cards', async () => {
		for (const [i, textes] of [['Le car de six heures', 'Écrite sans réseau'], ['Trois dossiers']].entries()) {
			for (const texte of textes)
				await animatrice.getByRole('listitem').filter({ hasText: texte }).getByRole('checkbox').check();
			await animatrice.getByRole('button', { name: 'Nouveau groupe', exact: true }).click();
			await expect(animatrice.getByRole('article')).toHaveCount(i + 1);
		}
		await animatrice.getByRole('link', { name: 'Votes' }).click();
		await animatrice.getByRole('button', { name: 'Ouvrir le vote' }).click();
		await animatrice.goto(`${serveur.url}${seance}/animer`);
		await suivante(/^Récolte/);
		await suivante(/^Vote/);
		const give = telephone.getByRole('button', { name: 'Donner un point' }).first();
		await give.click(SOON);
		await expect(telephone.getByText('1 point', { exact: true })).toBeVisible();
		await sansScript.reload();
		await sansScript.getByRole('button', { name: 'Donner un point' }).first().click();
		await expect(sansScript.getByText('1 point', { exact: true })).toBeVisible();
		await expect(telephone.getByText(/2\spoints/)).toHaveCount(0);

		await animatrice.goto(`${serveur.url}${seance}/recolte`);
		await expect(animatrice.getByText('Hors ligne')).toHaveCount(0);
		await animatrice.getByRole('link', { name: 'Votes' }).click();
		await animatrice.getByRole('button', { name: 'Fermer le vote' }).click();
		await expect(animatrice.getByText('Vote fermé')).toBeVisible();
		await expect(mur.getByText(/2\spoints/).first()).toBeVisible(SOON);

		await animatrice.getByRole('link', { name: 'Cartes et groupes' }).click();
		const groupe = animatrice.getByRole('article').filter({ hasText: 'Le car de six heures' });
		await groupe.getByRole('button', { name: /^Actions du groupe/ }).click();
		await animatrice.getByRole('menuitem', { name: 'Verser dans le pacte…' }).click();
		await animatrice.getByLabel('Fiche-action').check();
		await animatrice.getByLabel('Titre').fill('Le premier car');
		await animatrice.getByRole('button', { name: 'Verser', exact: true }).click();
		await groupe.getByRole('link').click();
		await expect(animatrice).toHaveURL(/\/fiches\//);
		await animatrice.getByText('Vient de : 2 contributions, 1 séance').click();
		for (const texte of ['Le car de six heures', 'Écrite sans réseau'])
			await expect(animatrice.getByRole('listitem').filter({ hasText: texte })).toBeVisible();
	});
});
