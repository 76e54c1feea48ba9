import { AxeBuilder } from '@axe-core/playwright';
import {
	expect,
	test,
	type Browser,
	type BrowserContext,
	type Locator,
	type Page,
	type Request
} from '@playwright/test';
import { enterDemo } from '../support/demo.ts';
import { enterPremier } from '../support/premier.ts';
import { sartheEntiere } from '../support/sarthe-entiere.ts';
import { startServeur, type Serveur } from '../support/serveur.ts';

/** Two workers share the screens, each with a server of its own. */
test.describe.configure({ mode: 'parallel' });

interface Ecran {
	nom: string;
	path: (lieux: Lieux) => string;
	js: number;
	/** Whether prose is edited there: a page that is only read carries no editor. */
	editeur?: boolean;
	signedOut?: boolean;
	/** Someone without account who has joined the room that is open. */
	assis?: boolean;
	/** Who looks at it, when it is not the équipe projet. */
	role?: string;
	/** What they do before it is all there. */
	puis?: (page: Page) => Promise<void>;
}

/** Who makes the pactes of an installation. */
const ADMINISTRATEUR = 'Administrateur';

/** Addresses inside the demonstration, and a second pacte. */
interface Lieux {
	base: string;
	fiche: string;
	figure: string;
	/** Open to those who write. */
	section: string;
	validee: string;
	engagement: string;
	seance: string;
	/** A séance whose room is open. */
	cafe: string;
	/** A pacte of four levels and 27 fiches, each with a table. */
	sarthe: string;
	ficheSarthe: string;
}

/** Each screen, for the équipe projet of the demonstration, with what it may weigh (kB of JavaScript, compressed). */
const ECRANS: readonly Ecran[] = [
	{ nom: 'connexion', path: () => '/connexion', js: 60, signedOut: true },
	{ nom: 'pactes', path: () => '/', js: 60 },
	{ nom: 'pactes d’un administrateur', path: () => '/', js: 60, role: ADMINISTRATEUR },
	{ nom: 'administration', path: () => '/administration', js: 60, role: ADMINISTRATEUR },
	{ nom: 'pacte à créer', path: () => '/pactes/nouveau', js: 60, role: ADMINISTRATEUR },
	{ nom: 'pacte à copier', path: () => '/pactes/copier', js: 60, role: ADMINISTRATEUR },
	{
		nom: 'pacte à copier, lu',
		path: () => '/pactes/copier',
		js: 60,
		role: ADMINISTRATEUR,
		puis: async (page) => {
			await page.getByLabel('Export JSON du pacte').setInputFiles(voisin());
			await page.getByRole('button', { name: 'Lire ce fichier' }).click();
			await page.getByText('Sa structure, son plan et sa démarche').click();
		}
	},
	{ nom: 'pacte à importer', path: () => '/pactes/importer', js: 150, role: ADMINISTRATEUR },
	{
		nom: 'relecture de fiches et de leurs tableaux',
		path: () => '/pactes/importer',
		js: 150,
		role: ADMINISTRATEUR,
		puis: (page) => relire(page, 'synthese-et-fiches')
	},
	{
		nom: 'relecture d’engagements et de parties de texte',
		path: () => '/pactes/importer',
		js: 150,
		role: ADMINISTRATEUR,
		puis: (page) => relire(page, 'parties-et-recommandations')
	},
	{ nom: 'séance à accueillir', path: () => '/pactes/accueillir-seance', js: 60, role: ADMINISTRATEUR },
	{ nom: 'accueil du pacte', path: ({ base }) => base, js: 150 },
	{ nom: 'orientations', path: ({ base }) => `${base}/orientations`, js: 150 },
	{ nom: 'modèle', path: ({ base }) => `${base}/modele?modifier=niveau-axe`, js: 150 },
	{ nom: 'modèle que l’on lit', path: ({ base }) => `${base}/modele`, js: 150, role: 'Lectrice' },
	{
		nom: 'modèle, un tableau',
		path: ({ sarthe }) => `${sarthe}/modele?modifier=champ-livrables`,
		js: 150,
		role: ADMINISTRATEUR
	},
	{ nom: 'fiche', path: ({ fiche }) => fiche, js: 150 },
	{ nom: 'fiche à tableau', path: ({ ficheSarthe }) => ficheSarthe, js: 150, role: ADMINISTRATEUR },
	{ nom: 'synthèse', path: ({ base }) => `${base}/synthese`, js: 150 },
	{ nom: 'synthèse à quatre niveaux', path: ({ sarthe }) => `${sarthe}/synthese`, js: 150, role: ADMINISTRATEUR },
	{ nom: 'fiches', path: ({ base }) => `${base}/fiches`, js: 150 },
	{
		nom: 'changer plusieurs fiches',
		path: ({ base, fiche }) => `${base}/fiches/ensemble?fiche=${fiche.split('/').at(-1)}`,
		js: 150
	},
	{ nom: 'vérifier la cohérence', path: ({ base }) => `${base}/verifier`, js: 150 },
	{ nom: 'réunir deux organismes', path: ({ base }) => `${base}/organismes/doublons`, js: 150 },
	{ nom: 'un champ, toutes les fiches', path: ({ base }) => `${base}/fiches/champ/objectifs`, js: 150 },
	{
		nom: 'un tableau, toutes les fiches',
		path: ({ sarthe }) => `${sarthe}/fiches/champ/livrables`,
		js: 150,
		role: ADMINISTRATEUR
	},
	{ nom: 'champs des fiches', path: ({ base }) => `${base}/fiches/champ`, js: 150 },
	{ nom: 'transformer une fiche', path: ({ fiche }) => `${fiche}/transformer`, js: 150 },
	{ nom: 'corbeille', path: ({ base }) => `${base}/fiches/corbeille`, js: 150 },
	{ nom: 'importer une liste', path: ({ base }) => `${base}/fiches/importer`, js: 150 },
	{
		nom: 'liste relue',
		path: ({ sarthe }) => `${sarthe}/fiches/importer`,
		js: 150,
		role: ADMINISTRATEUR,
		puis: async (page) => {
			await page.getByLabel('Ou le tableau, collé').fill('Code\tLivrables\nI1a\tUn guide\nIX\tNulle part');
			await page.getByRole('button', { name: 'Lire cette liste' }).click();
			await expect(page.getByText('1 ligne à corriger')).toBeVisible();
		}
	},
	{ nom: 'chercher et remplacer', path: ({ base }) => `${base}/remplacer?cherche=insertion`, js: 150 },
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
	{ nom: 'phases', path: ({ base }) => `${base}/phases?modifier=nouvelle`, js: 150 },
	{ nom: 'séances', path: ({ base }) => `${base}/seances`, js: 150 },
	{ nom: 'calendrier', path: ({ base }) => `${base}/seances?vue=calendrier&mois=2026-06`, js: 150 },
	{ nom: 'planning', path: ({ base }) => `${base}/seances?vue=planning`, js: 150 },
	{ nom: 'séance à ajouter', path: ({ base }) => `${base}/seances?ajouter=seance`, js: 150 },
	{ nom: 'série à créer', path: ({ base }) => `${base}/seances?ajouter=serie`, js: 150 },
	{ nom: 'entretiens à importer', path: ({ base }) => `${base}/seances?ajouter=entretiens`, js: 150 },
	{ nom: 'séance', path: ({ seance }) => seance, js: 150 },
	{ nom: 'accueillir', path: ({ cafe }) => `${cafe}/accueillir`, js: 150 },
	{ nom: 'projection', path: ({ cafe }) => `${salleOf(cafe)}/mur`, js: 110 },
	{ nom: 'rejoindre', path: () => '/r', js: 0, signedOut: true },
	{ nom: 'table d’un world café', path: ({ cafe }) => salleOf(cafe), js: 110, assis: true },
	{ nom: 'choisir sa table', path: ({ cafe }) => `${salleOf(cafe)}/place`, js: 0, assis: true },
	{ nom: 'séance que l’on lit', path: ({ seance }) => seance, js: 150, role: 'Lectrice' },
	{ nom: 'animer', path: ({ cafe }) => `${cafe}/animer`, js: 150 },
	{ nom: 'déroulé d’une séance', path: ({ cafe }) => `${cafe}/deroule`, js: 150 },
	{ nom: 'déroulés', path: ({ base }) => `${base}/seances/deroules`, js: 150 },
	{ nom: 'papier', path: ({ cafe }) => `${cafe}/papier`, js: 150 },
	{ nom: 'séance à emporter', path: ({ cafe }) => `${cafe}/emporter`, js: 150 },
	{ nom: 'récolte', path: ({ cafe }) => `${cafe}/recolte`, js: 150 },
	{ nom: 'votes de la récolte', path: ({ cafe }) => `${cafe}/recolte?vue=votes`, js: 150 },
	{ nom: 'matrice de la récolte', path: ({ cafe }) => `${cafe}/recolte?vue=matrice`, js: 150 },
	{ nom: 'salle à préparer', path: ({ seance }) => `${seance}/preparer`, js: 150 },
	{ nom: 'exporter', path: ({ base }) => `${base}/exports`, js: 150 },
	{ nom: 'logos et mention', path: ({ base }) => `${base}/exports/mise-en-page`, js: 150 },
	{ nom: 'équipe', path: ({ base }) => `${base}/equipe`, js: 150 },
	{ nom: 'textes importés', path: ({ base }) => `${base}/textes`, js: 150 },
	{ nom: 'compte', path: () => '/compte', js: 60 },
	{ nom: 'aide', path: () => '/aide', js: 0 },
	{ nom: 'accessibilité', path: () => '/accessibilite', js: 0 },
	{ nom: 'données personnelles', path: () => '/donnees-personnelles', js: 0 }
];
/** Each width once, each theme at least once: what a theme changes, colours, it changes at every width. */
const REGARDS = [
	{ width: 320, colorScheme: 'light' },
	{ width: 768, colorScheme: 'dark' },
	{ width: 1440, colorScheme: 'light' }
] as const;

/** English that a library might leave in a name: none may reach someone who listens. */
const ENGLISH =
	/\b(close|open|menu button|search|loading|save|saved|cancel|delete|remove|add|next|previous|select|submit|clear|toggle|required|draggable|expand|collapse)\b/i;

/** A word that only the code of the editor holds. */
const EDITEUR = 'ProseMirror';

/** As people read it, with all that it folds. */
async function relire(page: Page, exemple: string): Promise<void> {
	await page.getByLabel('Fichier').setInputFiles(`server/import/exemples/${exemple}.txt`);
	await page.getByRole('button', { name: 'Lire ce texte' }).click();
	await expect(page.getByRole('heading', { name: 'Relire avant de créer' })).toBeVisible({ timeout: 30_000 });
	await page.locator('details').evaluateAll((all) => all.forEach((one) => ((one as HTMLDetailsElement).open = true)));
}

/** The export of another pacte. */
function voisin() {
	return { name: 'voisin.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(sartheEntiere())) };
}

let serveur: Serveur;
let lieux: Lieux;
/** Six digits that open the café. */
let code: string;

test.beforeAll(async ({ browser }) => {
	serveur = await startServeur();
	const [demo, sarthe] = await Promise.all([lieuxDeLaDemo(browser), lieuxDeLaSarthe(browser)]);
	lieux = { ...demo, ...sarthe };
});

test.afterAll(() => serveur.stop());

for (const { nom, path, js, editeur = false, puis, ...qui } of ECRANS) {
	test(`${nom}: no axe violation, no sideways scroll, French names, at 320 and 1440 px in light, at 768 px in dark; at most ${js} kB of JavaScript, and nothing asked of another site`, async ({
		browser
	}) => {
		const page = await open(browser, qui);
		const asked = listen(page);
		await page.goto(`${serveur.url}${path(lieux)}`);
		await puis?.(page);
		if (editeur) await expect(page.locator('[contenteditable=true]').first()).toBeVisible();
		const scripts = await asked.scripts();
		expect.soft(await weightOf(scripts), 'kB of JavaScript').toBeLessThanOrEqual(js);
		const texts = await Promise.all(scripts.map(async (request) => (await (await request.response())?.text()) ?? ''));
		expect
			.soft(
				texts.some((text) => text.includes(EDITEUR)),
				'the editor is loaded'
			)
			.toBe(editeur);

		for (const { width, colorScheme } of REGARDS) {
			await page.emulateMedia({ colorScheme });
			await page.setViewportSize({ width, height: 900 });
			const where = `${nom}, ${width} px, ${colorScheme}`;
			// One frame: what the other mode opens to join the results of several costs as much as the analysis.
			const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
			expect
				.soft(
					violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`),
					where
				)
				.toEqual([]);
			const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
			expect.soft(sideways, `${where}: pixels beyond the edge`).toBeLessThanOrEqual(0);
		}
		expect(page.frames(), 'a page of one frame').toHaveLength(1);
		const lines = (await page.locator('body').ariaSnapshot()).split('\n');
		// Each begins with its role, which the browser says in its own language.
		expect
			.soft(
				lines.filter((line) => ENGLISH.test(line.replace(/^\s*- \w+/, ''))),
				nom
			)
			.toEqual([]);
		expect(asked.elsewhere).toEqual([]);
		await page.context().close();
	});
}

/** What a page asks for, from its first request. */
function listen(page: Page) {
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
	return {
		elsewhere,
		/** What the page asks for once it is idle, such as a part that is only useful on a click, counts too. */
		async scripts(): Promise<Request[]> {
			// From a frame on: after a click, a browser without a screen may call nothing idle.
			await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestIdleCallback(resolve))));
			await expect.poll(() => underway).toBe(0);
			return scripts;
		}
	};
}

/** In kB, as sent. */
async function weightOf(requests: Request[]): Promise<number> {
	const sizes = await Promise.all(requests.map((request) => request.sizes()));
	return sizes.reduce((total, size) => total + size.responseBodySize, 0) / 1000;
}

async function lieuxDeLaDemo(browser: Browser) {
	const { context, page, pacte } = await enterDemo(browser, serveur, 'Équipe projet');
	const pathOf = async (from: string, link: Locator) => {
		await page.goto(`${serveur.url}${pacte}/${from}`);
		return new URL((await link.getAttribute('href')) as string, page.url()).pathname;
	};
	const sectionOf = (titre: string) => pathOf('sections', page.getByRole('link', { name: titre }));
	const demo = {
		base: pacte,
		fiche: await pathOf('synthese', page.locator('a[href*="/fiches/"]').first()),
		figure: await pathOf('figures', page.locator('.liste a').first()),
		section: await sectionOf('Le territoire et ses habitants'),
		validee: await sectionOf('Éditorial'),
		engagement: await sectionOf('7.1 La CAF'),
		seance: await pathOf('seances', page.getByRole('link', { name: 'Lancement' })),
		cafe: await pathOf('seances', page.getByRole('link', { name: /reprendre pied/ }).first())
	};
	await page.goto(`${serveur.url}${demo.cafe}/animer`);
	code = (await page.locator('.code').first().textContent()) ?? '';
	await remember('Équipe projet', context);
	return demo;
}

/** The administrateur comes in, and takes up a pacte from its export. */
async function lieuxDeLaSarthe(browser: Browser) {
	const { context, page } = await enterPremier(browser, serveur);
	await page.goto(`${serveur.url}/pactes/importer`);
	await page.getByLabel('Fichier').setInputFiles(voisin());
	await page.getByRole('button', { name: 'Lire ce texte' }).click();
	await page.getByRole('button', { name: 'Créer ce pacte' }).click();
	await page.waitForURL(/\/pactes\/(?!importer)[^/]+/);
	const sarthe = new URL(page.url()).pathname.split('/').slice(0, 3).join('/');
	await page.goto(`${serveur.url}${sarthe}/synthese`);
	const ficheSarthe = new URL(
		(await page.locator('a[href*="/fiches/"]').first().getAttribute('href')) as string,
		page.url()
	).pathname;
	await remember(ADMINISTRATEUR, context);
	return { sarthe, ficheSarthe };
}

/** What a participant sees of a séance. */
function salleOf(cafe: string): string {
	return `/salle/${cafe.split('/').at(-1)}`;
}

type Qui = Pick<Ecran, 'signedOut' | 'assis' | 'role'>;

/** Who has come in already, as their browser remembers it: what a page keeps is left out. */
const entered = new Map<string, Awaited<ReturnType<BrowserContext['storageState']>>>();

/** A page of theirs, in a browser that has kept nothing of any page yet. */
async function open(browser: Browser, { signedOut, assis, role = 'Équipe projet' }: Qui): Promise<Page> {
	if (signedOut) return (await browser.newContext()).newPage();
	const who = assis ? 'assis' : role;
	if (!entered.has(who))
		await remember(who, assis ? await sit(browser) : (await enterDemo(browser, serveur, role)).context);
	return (await browser.newContext({ storageState: entered.get(who)! })).newPage();
}

/** They have come in: their browser is closed. */
async function remember(who: string, arrived: BrowserContext): Promise<void> {
	entered.set(who, { ...(await arrived.storageState()), origins: [] });
	await arrived.close();
}

async function sit(browser: Browser): Promise<BrowserContext> {
	const context = await browser.newContext();
	const page = await context.newPage();
	await page.goto(`${serveur.url}/r`);
	await page.getByRole('textbox').fill(code);
	await page.getByRole('button', { name: 'Rejoindre' }).click();
	await page.waitForURL(/\/salle\//);
	return context;
}
