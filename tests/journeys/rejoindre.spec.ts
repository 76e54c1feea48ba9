// Coming into a room: by the QR code, by six digits, without script, on the way; and the wall that says how.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { startSalleEnDirect, type SalleEnDirect } from '../support/salle-en-direct.ts';
import { Visiteur, wordsOf } from '../support/visiteur.ts';

test.describe.configure({ mode: 'serial' });

let scene: SalleEnDirect;
let code: string;
test.beforeAll(async () => {
	scene = await startSalleEnDirect({
		inscrits: [{ organismeId: null, organisme: 'CAF', nombre: 2, usager: false }]
	});
	code = scene.salle.code as string;
});
test.afterAll(() => scene?.close());

const typed = () => `${code.slice(0, 3)} ${code.slice(3)}`;
const salle = () => `${scene.serveur.url}/salle/${scene.seanceId}`;

async function isClean(page: Page): Promise<void> {
	for (const width of [320, 768, 1440]) {
		await page.setViewportSize({ width, height: 900 });
		const { violations } = await new AxeBuilder({ page }).analyze();
		expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
		expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
	}
}

test('without script, six digits written as they are shown lead to a table, and the seat outlives a reload', async ({
	browser
}) => {
	const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
	const page = await context.newPage();
	await page.goto(`${scene.serveur.url}/r`);
	await page.getByLabel('Code de la séance').fill('12 34');
	await page.getByRole('button', { name: 'Rejoindre' }).click();
	await expect(page.getByText('Un code a six chiffres')).toBeVisible();
	await page.getByLabel('Code de la séance').fill(typed());
	await page.getByRole('button', { name: 'Rejoindre' }).click();
	await page.getByRole('button', { name: /Table\s2/ }).click();
	await expect(page).toHaveURL(salle());
	await expect(page.getByText(/Table\s2/).first()).toBeVisible();
	await page.reload();
	await expect(page.getByText(/Table\s2/).first()).toBeVisible();
	expect((await context.cookies()).every(({ httpOnly }) => httpOnly)).toBe(true);
	await context.close();
});

test('the QR code of a table leads in one step to a field where one may write, and leaves no token in the address', async ({
	browser
}) => {
	await scene.etape('tour', 1);
	const page = await scene.rejoindre(browser, 1, { viewport: { width: 320, height: 640 } });
	expect(page.url()).toBe(salle());
	const field = page.getByRole('textbox').first();
	await field.fill('Un bus de plus le soir');
	await expect(field).toHaveValue('Un bus de plus le soir');
	await expect(page.getByText(/Table\s1/).first()).toBeVisible();
	await page.context().close();
});

test('who comes during a round is led to a table with room, with its question', async ({ browser }) => {
	const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
	await page.goto(`${scene.serveur.url}/r/${scene.jeton}`);
	await expect(page).toHaveURL(salle());
	await expect(page.getByText('Qu’est-ce qui aide à reprendre un emploi').first()).toBeVisible();
	await expect(page.getByText(/Table\s3/).first()).toBeVisible();
	await page.context().close();
});

test('a hundred and twenty devices of one address join, while somebody there guesses codes', async () => {
	const guesser = new Visiteur(scene.serveur.url);
	const guesses = Array.from({ length: 18 }, (_, i) =>
		guesser.post('/r', { code: String((Number(code) + 1 + i) % 1_000_000).padStart(6, '0') })
	);
	const joined = await Promise.all(
		Array.from({ length: 120 }, async (_, i) => {
			const phone = new Visiteur(scene.serveur.url);
			const { headers } =
				i % 2 === 0
					? await phone.get(`/r/${scene.jeton}?table=${1 + (i % 3)}`)
					: await phone.post('/r', { code: typed() });
			return (await phone.get(headers.location ?? '/absent')).status;
		})
	);
	expect(joined).toEqual(joined.map(() => 200));
	const answers = await Promise.all(guesses);
	expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([422]));
	expect(wordsOf(answers[0]!)).toContain('Ce code n’ouvre aucune séance en ce moment');
});

test('the wall opens by its own address, follows the room, says no name, keeps what it shows when the server is away', async ({
	browser
}) => {
	const page = await (await browser.newContext({ viewport: { width: 1280, height: 720 } })).newPage();
	await page.goto(`${scene.serveur.url}/m/${scene.jetonMur}`);
	expect(page.url()).toBe(`${salle()}/mur`);
	await expect(page.locator('[data-en-ligne=true]')).toBeVisible();
	await expect(page.getByRole('heading', { name: /Qu’est-ce qui aide/ })).toBeVisible();
	await expect(page.getByRole('timer')).toBeVisible();
	await expect(page.getByRole('img', { name: 'QR code pour rejoindre la séance' })).toBeVisible();
	await scene.animer('montrerAuMur', { vue: 'accueil' });
	await expect(page.getByText(/\d+\spersonnes, 3\stables/)).toBeVisible();
	const { sizes, beyond } = await page.evaluate(() => ({
		sizes: [...document.querySelectorAll('.mur p, .mur h1, .mur li')]
			.filter((each) => each.clientHeight > 1)
			.map((each) => Number.parseFloat(getComputedStyle(each).fontSize)),
		beyond: document.documentElement.scrollHeight - innerHeight
	}));
	expect(Math.min(...sizes)).toBeGreaterThanOrEqual(0.044 * 720 - 0.1);
	expect(beyond).toBeLessThanOrEqual(0);
	const qr = await page.getByRole('img', { name: /QR code/ }).boundingBox();
	expect(qr!.height).toBeGreaterThanOrEqual(0.72 * 720);
	await isClean(page);
	await scene.serveur.kill9();
	await expect(page.locator('[data-en-ligne=false]')).toBeVisible();
	await expect(page.getByText(/\d+\spersonnes, 3\stables/)).toBeVisible();
	await scene.serveur.restart();
	await scene.animer('montrerAuMur', { vue: 'rotation' });
	await expect(page.getByText('L’hôte reste.')).toBeVisible({ timeout: 30_000 });
	await page.context().close();
});

test('a facilitator counts who has no telephone, and the screens of joining have no axe violation', async ({
	browser
}) => {
	const page = await (await scene.animateur(browser)).newPage();
	await page.goto(`${scene.serveur.url}${scene.pacte}/seances/${scene.seanceId}/accueillir`);
	await page.getByLabel('Personnes').fill('2');
	await page.getByRole('button', { name: 'Compter' }).click();
	await expect(page.getByText(/C’est noté\s: places \d+ et \d+/).first()).toBeVisible();
	await isClean(page);
	await page.goto(`${scene.serveur.url}/r`);
	await isClean(page);
	await page.goto(`${scene.serveur.url}/r/${scene.jeton}?place=1`);
	await page.goto(`${salle()}/place`);
	await isClean(page);
	await page.context().close();
});
