import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Browser, type Locator, type Page, type Request } from '@playwright/test';
import { startServeur, type Serveur } from '../support/serveur.ts';
import { enterDemo } from '../support/demo.ts';

interface Ecran {
	nom: string;
	path: (lieux: Lieux) => string;
	js: number;
	/** Whether prose is edited there: a page that is only read carries no editor. */
	editeur?: boolean;
	signedOut?: boolean;
	/** Who looks at it, when it is not the équipe projet. */
	role?: string;
}

/** Addresses inside the demonstration. */
interface Lieux {
	base: string;
	fiche: string;
	figure: string;
	/** Open to those who write. */
	section: string;
	validee: string;
	engagement: string;
}

/** Each screen of the demonstration, for the équipe projet, with what it may weigh (kB of JavaScript, compressed). */
const ECRANS: readonly Ecran[] = [
	{ nom: 'connexion', path: () => '/connexion', js: 60, signedOut: true },
	{ nom: 'pactes', path: () => '/', js: 60 },
	{ nom: 'accueil du pacte', path: ({ base }) => base, js: 150 },
	{ nom: 'orientations', path: ({ base }) => `${base}/orientations`, js: 150 },
	{ nom: 'fiche', path: ({ fiche }) => fiche, js: 150 },
	{ nom: 'synthèse', path: ({ base }) => `${base}/synthese`, js: 150 },
	{ nom: 'figures', path: ({ base }) => `${base}/figures`, js: 150 },
	{ nom: 'figure', path: ({ figure }) => figure, js: 150 },
	{ nom: 'rédaction', path: ({ base }) => `${base}/sections`, js: 150 },
	{ nom: 'section que l’on écrit', path: ({ section }) => section, js: 260, editeur: true },
	{ nom: 'section que l’on lit', path: ({ section }) => section, js: 150, role: 'Lectrice' },
	{ nom: 'section validée', path: ({ validee }) => validee, js: 150 },
	{
		nom: 'engagements qu’un partenaire écrit',
		path: ({ engagement }) => engagement,
		js: 260,
		role: 'Partenaire',
		editeur: true
	},
	{ nom: 'engagements que l’on lit', path: ({ engagement }) => engagement, js: 150, role: 'Lectrice' },
	{ nom: 'constats', path: ({ base }) => `${base}/constats`, js: 150 },
	{ nom: 'importer un tableau', path: ({ base }) => `${base}/figures/importer`, js: 150 },
	{ nom: 'partenaires', path: ({ base }) => `${base}/organismes`, js: 150 },
	{ nom: 'recherche', path: ({ base }) => `${base}/recherche?q=accompagnement`, js: 150 },
	{ nom: 'glossaire', path: ({ base }) => `${base}/glossaire`, js: 150 },
	{ nom: 'engagements', path: ({ base }) => `${base}/engagements`, js: 150 },
	{ nom: 'gouvernance', path: ({ base }) => `${base}/gouvernance?modifier=nouvelle`, js: 150 },
	{ nom: 'financement', path: ({ base }) => `${base}/financement?modifier=enveloppe-`, js: 150 },
	{ nom: 'plans et schémas liés', path: ({ base }) => `${base}/schemas`, js: 150 },
	{ nom: 'signatures', path: ({ base }) => `${base}/signatures`, js: 150 },
	{ nom: 'bilan', path: ({ base }) => `${base}/bilan`, js: 150 },
	{ nom: 'exporter', path: ({ base }) => `${base}/exports`, js: 150 },
	{ nom: 'équipe', path: ({ base }) => `${base}/equipe`, js: 150 },
	{ nom: 'textes importés', path: ({ base }) => `${base}/textes`, js: 150 },
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

/** A word that only the code of the editor holds. */
const EDITEUR = 'ProseMirror';

let serveur: Serveur;
let lieux: Lieux;

test.beforeAll(async ({ browser }) => {
	serveur = await startServeur();
	const { context, page, pacte } = await enterDemo(browser, serveur, 'Équipe projet');
	const pathOf = async (from: string, link: Locator) => {
		await page.goto(`${serveur.url}${pacte}/${from}`);
		return new URL((await link.getAttribute('href')) as string, page.url()).pathname;
	};
	const sectionOf = (titre: string) => pathOf('sections', page.getByRole('link', { name: titre }));
	lieux = {
		base: pacte,
		fiche: await pathOf('synthese', page.locator('a[href*="/fiches/"]').first()),
		figure: await pathOf('figures', page.locator('.liste a').first()),
		section: await sectionOf('Le territoire et ses habitants'),
		validee: await sectionOf('Éditorial'),
		engagement: await sectionOf('7.1 La CAF')
	};
	await context.close();
});

test.afterAll(() => serveur.stop());

for (const { nom, path, js, signedOut, role, editeur = false } of ECRANS) {
	test(`${nom}: no axe violation, no sideways scroll, French names, at 320, 768 and 1440 px, light and dark`, async ({
		browser
	}) => {
		const page = await open(browser, signedOut, role);
		await page.goto(`${serveur.url}${path(lieux)}`);
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
		await page.goto(`${serveur.url}${path(lieux)}`);
		if (editeur) await expect(page.locator('[contenteditable=true]').first()).toBeVisible();
		// What the page asks for once it is idle, such as a part that is only useful on a click, counts too.
		await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
		await expect.poll(() => underway).toBe(0);
		const sizes = await Promise.all(scripts.map((request) => request.sizes()));
		const weight = sizes.reduce((total, size) => total + size.responseBodySize, 0);
		expect(weight / 1000, 'kB of JavaScript').toBeLessThanOrEqual(js);
		expect(elsewhere).toEqual([]);
		const texts = await Promise.all(scripts.map(async (request) => (await (await request.response())?.text()) ?? ''));
		expect(
			texts.some((text) => text.includes(EDITEUR)),
			'the editor is loaded'
		).toBe(editeur);
		await page.context().close();
	});
}

async function open(browser: Browser, signedOut = false, role = 'Équipe projet'): Promise<Page> {
	if (signedOut) return (await browser.newContext()).newPage();
	return (await enterDemo(browser, serveur, role)).page;
}
