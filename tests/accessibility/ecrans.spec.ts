import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Browser, type Page, type Request } from '@playwright/test';
import { startServeur, type Serveur } from '../support/serveur.ts';
import { enterDemo } from '../support/demo.ts';

interface Ecran {
	nom: string;
	path: (base: string, fiche: string, figure: string, section: string) => string;
	js: number;
	signedOut?: boolean;
	/** Who looks at it, when it is not the équipe projet. */
	role?: string;
}

/** Each screen of the demonstration, for the équipe projet, with what it may weigh (kB of JavaScript, compressed). */
const ECRANS: readonly Ecran[] = [
	{ nom: 'connexion', path: () => '/connexion', js: 60, signedOut: true },
	{ nom: 'pactes', path: () => '/', js: 60 },
	{ nom: 'accueil du pacte', path: (base: string) => base, js: 150 },
	{ nom: 'orientations', path: (base: string) => `${base}/orientations`, js: 150 },
	{ nom: 'fiche', path: (_base: string, fiche: string) => fiche, js: 150 },
	{ nom: 'synthèse', path: (base: string) => `${base}/synthese`, js: 150 },
	{ nom: 'figures', path: (base: string) => `${base}/figures`, js: 150 },
	{ nom: 'figure', path: (_base: string, _fiche: string, figure: string) => figure, js: 150 },
	{
		nom: 'section que l’on écrit',
		path: (_base: string, _fiche: string, _figure: string, section: string) => section,
		js: 260
	},
	{
		nom: 'section que l’on lit',
		path: (_base: string, _fiche: string, _figure: string, section: string) => section,
		js: 150,
		role: 'Lectrice'
	},
	{ nom: 'importer un tableau', path: (base: string) => `${base}/figures/importer`, js: 150 },
	{ nom: 'partenaires', path: (base: string) => `${base}/organismes`, js: 150 },
	{ nom: 'recherche', path: (base: string) => `${base}/recherche?q=accompagnement`, js: 150 },
	{ nom: 'glossaire', path: (base: string) => `${base}/glossaire`, js: 150 },
	{ nom: 'engagements', path: (base: string) => `${base}/engagements`, js: 150 },
	{ nom: 'gouvernance', path: (base: string) => `${base}/gouvernance?modifier=nouvelle`, js: 150 },
	{ nom: 'financement', path: (base: string) => `${base}/financement?modifier=enveloppe-`, js: 150 },
	{ nom: 'signatures', path: (base: string) => `${base}/signatures`, js: 150 },
	{ nom: 'bilan', path: (base: string) => `${base}/bilan`, js: 150 },
	{ nom: 'exporter', path: (base: string) => `${base}/exports`, js: 150 },
	{ nom: 'équipe', path: (base: string) => `${base}/equipe`, js: 150 },
	{ nom: 'textes importés', path: (base: string) => `${base}/textes`, js: 150 },
	{ nom: 'compte', path: () => '/compte', js: 60 },
	{ nom: 'aide', path: () => '/aide', js: 0 },
	{ nom: 'accessibilité', path: () => '/accessibilite', js: 0 },
	{ nom: 'données personnelles', path: () => '/donnees-personnelles', js: 0 }
];
const WIDTHS = [320, 768, 1440];
const THEMES = ['light', 'dark'] as const;

/** English that a library might leave in a name: none may reach someone who listens. */
const ENGLISH =
	/\b(close|open|menu button|search|loading|save|saved|cancel|delete|remove|add|next|previous|select|submit|clear|toggle|required|draggable|expand|collapse)\b/i;

let serveur: Serveur;
let base: string;
let fiche: string;
let figure: string;
let section: string;

test.beforeAll(async ({ browser }) => {
	serveur = await startServeur();
	const { context, page, pacte } = await enterDemo(browser, serveur, 'Équipe projet');
	base = pacte;
	await page.goto(`${serveur.url}${base}/synthese`);
	fiche = (await page.locator('a[href*="/fiches/"]').first().getAttribute('href')) as string;
	fiche = new URL(fiche, `${serveur.url}${base}/synthese`).pathname;
	await page.goto(`${serveur.url}${base}/figures`);
	figure = (await page.locator('.liste a').first().getAttribute('href')) as string;
	figure = new URL(figure, `${serveur.url}${base}/figures`).pathname;
	await page.goto(`${serveur.url}${base}/sections`);
	const begin = page.getByRole('button', { name: 'Partir du plan type' });
	if (await begin.isVisible()) await begin.click();
	await page.getByRole('link', { name: 'Le territoire et ses habitants' }).click();
	await page.waitForURL(/\/sections\//);
	section = new URL(page.url()).pathname;
	await context.close();
});

test.afterAll(() => serveur.stop());

for (const { nom, path, js, signedOut, role } of ECRANS) {
	test(`${nom}: no axe violation, no sideways scroll, French names, at 320, 768 and 1440 px, light and dark`, async ({
		browser
	}) => {
		const page = await open(browser, signedOut, role);
		await page.goto(`${serveur.url}${path(base, fiche, figure, section)}`);
		for (const colorScheme of THEMES) {
			await page.emulateMedia({ colorScheme });
			for (const width of WIDTHS) {
				await page.setViewportSize({ width, height: 900 });
				const where = `${nom}, ${width} px, ${colorScheme}`;
				const { violations } = await new AxeBuilder({ page }).analyze();
				expect(
					violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`),
					where
				).toEqual([]);
				const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
				expect(sideways, `${where}: pixels beyond the edge`).toBeLessThanOrEqual(0);
			}
		}
		const lines = (await page.locator('body').ariaSnapshot()).split('\n');
		// Each begins with its role, which the browser says in its own language.
		expect(
			lines.filter((line) => ENGLISH.test(line.replace(/^\s*- \w+/, ''))),
			nom
		).toEqual([]);
		await page.context().close();
	});

	test(`${nom}: at most ${js} kB of JavaScript, and nothing asked of another site`, async ({ browser }) => {
		const page = await open(browser, signedOut, role);
		const scripts: Request[] = [];
		const elsewhere: string[] = [];
		let underway = 0;
		page.on('request', (request) => {
			if (!request.url().startsWith(serveur.url) && !request.url().startsWith('data:')) elsewhere.push(request.url());
			if (request.resourceType() !== 'script') return;
			scripts.push(request);
			underway += 1;
		});
		const onEnd = (request: Request) => {
			if (request.resourceType() === 'script') underway -= 1;
		};
		page.on('requestfinished', onEnd);
		page.on('requestfailed', onEnd);
		await page.goto(`${serveur.url}${path(base, fiche, figure, section)}`);
		// What the page asks for once it is idle, such as a part that is only useful on a click, counts too.
		await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
		await expect.poll(() => underway).toBe(0);
		const sizes = await Promise.all(scripts.map((request) => request.sizes()));
		const weight = sizes.reduce((total, size) => total + size.responseBodySize, 0);
		expect(weight / 1000, 'kB of JavaScript').toBeLessThanOrEqual(js);
		expect(elsewhere).toEqual([]);
		await page.context().close();
	});
}

async function open(browser: Browser, signedOut = false, role = 'Équipe projet'): Promise<Page> {
	if (signedOut) return (await browser.newContext()).newPage();
	return (await enterDemo(browser, serveur, role)).page;
}
