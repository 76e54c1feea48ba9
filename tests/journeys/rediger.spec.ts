import { expect, test, type Page } from '@playwright/test';
import { png } from '../../server/pieces/images-de-test.ts';
import { enterDemo } from '../support/demo.ts';
import { startServeur, type Serveur } from '../support/serveur.ts';

let serveur: Serveur;
let sections: string[];

test.beforeAll(async ({ browser }) => {
	serveur = await startServeur();
	const { context, page, pacte } = await enterDemo(browser, serveur, 'Équipe projet');
	await page.goto(`${serveur.url}${pacte}/sections`);
	const begin = page.getByRole('button', { name: 'Partir du plan type' });
	if (await begin.isVisible()) await begin.click();
	await expect(page.locator('.plan a').first()).toBeVisible();
	// Nothing is written in these.
	const links = page.locator('.plan').getByRole('link', { name: /Le cadre du pacte|Diagnostic|Les partenaires/ });
	sections = await links.evaluateAll((all) => all.map((link) => new URL((link as HTMLAnchorElement).href).pathname));
	await context.close();
});

test.afterAll(() => serveur.stop());

const box = (page: Page) => page.getByRole('textbox', { name: /^Texte de/ });
const etat = (page: Page) => page.locator('.sauvegarde');

async function openAs(browser: Parameters<typeof enterDemo>[0], role: string, section: string): Promise<Page> {
	const { page } = await enterDemo(browser, serveur, role);
	await page.goto(serveur.url + section);
	return page;
}

/** Pastes as a browser does. */
async function paste(page: Page, html: string): Promise<void> {
	await box(page).click();
	await box(page).evaluate((dom, html) => {
		const clipboardData = new DataTransfer();
		clipboardData.setData('text/html', html);
		clipboardData.setData('text/plain', 'texte');
		dom.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
	}, html);
}

/** About 60 pages: 25 000 words, 40 tables. */
function chapitre(): string {
	const sentence = 'Dans la vallée haute les familles attendent une réponse plus simple et plus proche. ';
	const table = `<table>${'<tr><td>Valmorin</td><td>12</td><td>34</td><td>56</td></tr>'.repeat(12)}</table>`;
	const page = `<h2>Partie</h2>${`<p>${sentence.repeat(6)}</p>`.repeat(7)}<ul>${`<li>${sentence}</li>`.repeat(3)}</ul>`;
	return `${Array.from({ length: 40 }, () => page + table).join('')}<p>La toute fin.</p>`;
}

test('60 pages pasted at once are let in by the server, reach the other writer whole, and are there after a reload', async ({
	browser
}) => {
	const [mine, theirs] = [
		await openAs(browser, 'Équipe projet', sections[0] as string),
		await openAs(browser, 'Rédactrice', sections[0] as string)
	];
	await expect(box(mine)).toBeEditable();
	await expect(box(theirs)).toBeEditable();
	await paste(mine, chapitre());
	await expect(etat(mine)).toContainText('Enregistré', { timeout: 30_000 });
	await expect(mine.getByText('n’est pas enregistrée')).toHaveCount(0);
	const shape = (page: Page) =>
		box(page).evaluate((dom) => ({
			tables: dom.querySelectorAll('table').length,
			cells: dom.querySelectorAll('td').length,
			items: dom.querySelectorAll('li').length,
			titles: dom.querySelectorAll('h2').length,
			end: dom.textContent?.includes('La toute fin.')
		}));
	const whole = { tables: 40, cells: 40 * 48, items: 120, titles: 40, end: true };
	await expect.poll(() => shape(theirs), { timeout: 30_000 }).toEqual(whole);
	await mine.reload();
	await expect.poll(() => shape(mine), { timeout: 30_000 }).toEqual(whole);
	await Promise.all([mine.context().close(), theirs.context().close()]);
});

test('an image is added with its words, others see it, a stranger does not, and what is no image is refused in French', async ({
	browser
}) => {
	const [mine, theirs] = [
		await openAs(browser, 'Équipe projet', sections[1] as string),
		await openAs(browser, 'Lectrice', sections[1] as string)
	];
	await box(mine).click();
	const add = async (name: string, buffer: Buffer) => {
		await mine.getByLabel('Fichier').setInputFiles({ name, mimeType: 'image/png', buffer });
		await mine.getByLabel('Texte alternatif').fill('Le plan des deux vallées');
		await mine.getByRole('button', { name: 'Insérer l’image' }).click();
	};
	await mine.getByRole('button', { name: 'Insérer' }).click();
	await mine.getByRole('menuitem', { name: 'Une image' }).click();
	await add('faux.png', Buffer.from('<svg onload="alert(1)"/>'));
	await expect(mine.getByText('n’est pas une image que Copacte sait garder')).toBeVisible();
	await add('plan.png', Buffer.from(png(30, 20, [['tEXt', 'Pris à Valmorin']])));
	await expect(mine.getByRole('img', { name: 'Le plan des deux vallées' })).toBeVisible();
	const seen = theirs.getByRole('img', { name: 'Le plan des deux vallées' });
	await expect(seen).toBeVisible({ timeout: 20_000 });
	const src = (await seen.getAttribute('src')) as string;

	const answer = await theirs.request.get(serveur.url + src);
	expect(answer.headers()).toMatchObject({
		'content-type': 'image/png',
		'x-content-type-options': 'nosniff',
		'content-security-policy': "default-src 'none'; sandbox"
	});
	expect((await answer.body()).includes('Valmorin')).toBe(false);
	const stranger = await (await browser.newContext()).request.get(serveur.url + src, { maxRedirects: 0 });
	expect(stranger.status()).not.toBe(200);
	await Promise.all([mine.context().close(), theirs.context().close()]);
});

test('who only reads gets no editor: neither its code nor a box to write in', async ({ browser }) => {
	const { page } = await enterDemo(browser, serveur, 'Lectrice');
	const scripts: Promise<string>[] = [];
	page.on('response', (response) => {
		if (response.request().resourceType() === 'script') scripts.push(response.text());
	});
	await page.goto(serveur.url + (sections[0] as string));
	await expect(page.getByText('Vous lisez cette section')).toBeVisible();
	await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
	const code = (await Promise.all(scripts)).join('');
	expect(code.includes('Vous lisez cette section')).toBe(true);
	for (const word of ['ProseMirror-gapcursor', 'prosemirrorView']) expect(code.includes(word), word).toBe(false);
	await expect(page.locator('[contenteditable]')).toHaveCount(0);
	await page.context().close();
});

test('case 83: a page from before an update reads, is told to reload, and finds again after it what it had written', async ({
	browser
}) => {
	const { page } = await enterDemo(browser, serveur, 'Rédactrice');
	let isOld = true;
	// The page says which shape of texts it knows where it asks to be let in: an older one than the server's.
	await page.routeWebSocket(/\/collaboration/, (socket) => {
		const server = socket.connectToServer();
		socket.onMessage((message) => server.send(isOld ? withOlderVersion(message) : message));
	});
	await page.goto(serveur.url + (sections[2] as string));
	await expect(page.locator('#contenu').getByText('Copacte a été mis à jour : rechargez la page')).toBeVisible();
	await expect(page.locator('[contenteditable="true"]')).toHaveCount(0);
	isOld = false;
	await page.reload();
	await expect(box(page)).toBeEditable();
	await box(page).click();
	await page.keyboard.type('Écrit après.');
	await expect(etat(page)).toContainText('Enregistré');

	// The server goes, something is written, and the server that comes back knows a newer shape.
	await serveur.kill9();
	await expect(etat(page)).toContainText('Hors ligne');
	await page.keyboard.type(' Et gardé.');
	isOld = true;
	await serveur.restart();
	await expect(page.locator('#contenu').getByText('Copacte a été mis à jour : rechargez la page')).toBeVisible({
		timeout: 20_000
	});
	await expect(page.getByText('Écrit après. Et gardé.')).toBeVisible();
	isOld = false;
	page.on('dialog', (dialog) => void dialog.accept());
	await page.reload();
	await expect(box(page)).toContainText('Écrit après. Et gardé.');
	await expect(etat(page)).toContainText('Enregistré', { timeout: 20_000 });
	const other = await openAs(browser, 'Équipe projet', sections[2] as string);
	await expect(box(other)).toContainText('Écrit après. Et gardé.');
	await Promise.all([page.context().close(), other.context().close()]);
});

/** The request to be let in (type 2, step 0) carries the version as a text of one digit, after the name of the document. */
function withOlderVersion(message: string | Buffer): string | Buffer {
	if (typeof message === 'string') return message;
	const afterName = 1 + (message[0] as number);
	const [type, step, length] = message.subarray(afterName);
	if (type !== 2 || step !== 0 || length !== 1) return message;
	const at = afterName + 2;
	return Buffer.concat([message.subarray(0, at), Buffer.from([2, 0x2d, 0x31]), message.subarray(at + 2)]);
}
