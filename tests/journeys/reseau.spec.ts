// A person's work on a device that sleeps, on a network that fails. At full length: `npm run endurance -- retours`.
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import {
	contextOf,
	echeance,
	etat,
	OFFLINE,
	OFFLINE_WITHOUT_COPY,
	openFiche,
	startFicheEnDirect,
	type,
	type FicheEnDirect
} from '../support/fiche-en-direct.ts';

/** The real waits, which only the long campaigns take. */
const IS_LONG = process.env.COPACTE_ENDURANCE === '1';
const FIVE_MINUTES = 5 * 60_000;
const CYCLES = IS_LONG ? 36 : 4;
const CYCLE = 5_000;
const BACK = { timeout: 30_000 };

let scene: FicheEnDirect;
test.beforeAll(async () => {
	scene = await startFicheEnDirect();
});
test.beforeEach(({}, info) => {
	if (IS_LONG) info.setTimeout(FIVE_MINUTES + 120_000);
	scene.network.mend();
	scene.nextFiche();
});
test.afterAll(() => scene?.close());

/** Amina's own network is the relay; Bruno's never fails. */
async function bothOpen(amina: BrowserContext, bruno: BrowserContext): Promise<[Page, Page]> {
	return [await openHers(amina), await openFiche(bruno, scene.serveur.url + scene.fiche)];
}

function openHers(context: BrowserContext): Promise<Page> {
	return openFiche(context, `http://localhost:${scene.network.port}${scene.fiche}`);
}

/** The browser stops the page, its timers and its script, as a phone does in a pocket. */
async function lifecycle(page: Page, state: 'frozen' | 'active'): Promise<void> {
	const session = await page.context().newCDPSession(page);
	await session.send('Page.setWebLifecycleState', { state });
	await session.detach();
}

/** From now on IndexedDB gives every write up, as it does when there is no room left. */
function fillDevice(): void {
	const { add } = IDBObjectStore.prototype;
	IDBObjectStore.prototype.add = function (...row) {
		const request = add.apply(this, row);
		this.transaction.abort();
		return request;
	};
}

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** All hold all the words, each once. */
async function expectUnion(pages: Page[], words: readonly string[], within: number): Promise<void> {
	for (const page of pages) {
		const read = async () => (await echeance(page).inputValue()).split(' ').filter(Boolean).sort();
		await expect.poll(read, { timeout: within }).toEqual([...words].sort());
	}
}

test('R82. a phone that slept five minutes, with a word that had not left, wakes to the union of what both wrote', async ({
	browser
}) => {
	const [a, b] = [await contextOf(browser, scene.amina), await contextOf(browser, scene.bruno)];
	const [hers, his] = await bothOpen(a, b);
	await type(hers, 'un ');
	await expect(echeance(his)).toHaveValue('un ');
	scene.network.freeze();
	await type(hers, 'endormi ');
	await lifecycle(hers, 'frozen');
	await type(his, 'veille ');
	await expect(etat(his)).toContainText('Enregistré');
	if (IS_LONG) await wait(FIVE_MINUTES);
	scene.network.mend();
	await lifecycle(hers, 'active');
	await expect(etat(hers)).toContainText('Enregistré', BACK);
	await expectUnion([hers, his], ['un', 'endormi', 'veille'], BACK.timeout);
	await Promise.all([a.close(), b.close()]);
});

test('R82. on a network that drops every 5 s, what both write comes together within 5 s of its return', async ({
	browser
}) => {
	const [a, b] = [await contextOf(browser, scene.amina), await contextOf(browser, scene.bruno)];
	const [hers, his] = await bothOpen(a, b);
	const words: string[] = [];
	for (let cycle = 0; cycle < CYCLES; cycle++) {
		const end = wait(CYCLE);
		scene.network.cut();
		if (!IS_LONG) await expect(etat(hers)).toContainText(OFFLINE, BACK);
		await type(hers, `a${cycle} `);
		await type(his, `b${cycle} `);
		words.push(`a${cycle}`, `b${cycle}`);
		scene.network.mend();
		if (IS_LONG) await end;
		else await expect(etat(hers)).toContainText('Enregistré', BACK);
	}
	await expectUnion([hers, his], words, 5_000);
	await expect(etat(hers)).toContainText('Enregistré');
	await Promise.all([a.close(), b.close()]);
});

test('R82. what a page reads again while the network fails is read once it is back, and the page stays', async ({
	browser
}) => {
	const [a, b] = [await contextOf(browser, scene.amina), await contextOf(browser, scene.bruno)];
	const [hers, his] = await bothOpen(a, b);
	let failures = 0;
	let loads = 0;
	hers.on('load', () => (loads += 1));
	const isReading = (url: URL) => url.pathname.endsWith('/__data.json');
	await hers.route(isReading, async (route) => {
		failures += 1;
		await route.abort('internetdisconnected');
	});
	scene.network.cut();
	await expect(etat(hers)).toContainText(OFFLINE, BACK);
	await type(his, 'lundi ');
	scene.network.mend();
	await expect.poll(() => failures, BACK).toBeGreaterThan(1);
	await type(hers, 'matin ');
	await hers.unroute(isReading);
	await expectUnion([hers, his], ['lundi', 'matin'], BACK.timeout);
	await expect(etat(hers)).toContainText('Enregistré', BACK);
	expect(loads).toBe(0);
	await Promise.all([a.close(), b.close()]);
});

test('R82. a page that is asked for without network opens once it is back; the one that is written in stays until then', async ({
	browser
}) => {
	const context = await contextOf(browser, scene.amina);
	const hers = await openHers(context);
	await context.setOffline(true);
	await hers.getByRole('link', { name: 'Synthèse' }).click();
	await expect(hers.getByRole('status').filter({ hasText: 'dès qu’il reviendra' })).toBeVisible();
	await type(hers, 'mardi ');
	await context.setOffline(false);
	await hers.waitForURL(/\/synthese$/);
	await expect(hers.getByRole('heading', { level: 1 })).toBeVisible();
	await hers.goBack();
	await expect(echeance(hers)).toHaveValue('mardi ');
	await context.close();
});

test('R82. a laptop that is closed, and opened where there is no network, keeps what is typed and brings it later', async ({
	browser
}) => {
	const [a, b] = [await contextOf(browser, scene.amina), await contextOf(browser, scene.bruno)];
	const [hers, his] = await bothOpen(a, b);
	await type(hers, 'avant ');
	// Cut in the middle of the word, on a busy machine, the two words would be one in the other.
	await expectUnion([hers, his], ['avant'], BACK.timeout);
	scene.network.cut();
	await lifecycle(hers, 'frozen');
	await type(his, 'pendant ');
	await expect(etat(his)).toContainText('Enregistré');
	if (IS_LONG) await wait(FIVE_MINUTES);
	await lifecycle(hers, 'active');
	await expect(etat(hers)).toContainText(OFFLINE, BACK);
	await type(hers, 'ailleurs ');
	scene.network.mend();
	await expect(etat(hers)).toContainText('Enregistré', BACK);
	await expectUnion([hers, his], ['avant', 'pendant', 'ailleurs'], BACK.timeout);
	await Promise.all([a.close(), b.close()]);
});

for (const network of ['with', 'without'] as const)
	test(`R82. a tab that is closed 100 ms after a key, ${network} network, has the letter when it is opened again`, async ({
		browser
	}) => {
		const context = await contextOf(browser, scene.amina);
		const page = await openHers(context);
		if (network === 'without') {
			scene.network.cut();
			await expect(etat(page)).toContainText(OFFLINE, BACK);
		}
		await type(page, 'Z');
		await wait(100);
		await page.close();
		scene.network.mend();
		await expect(echeance(await openHers(context))).toHaveValue('Z');
		const other = await contextOf(browser, scene.bruno);
		await expect(echeance(await openFiche(other, scene.serveur.url + scene.fiche))).toHaveValue('Z');
		await Promise.all([context.close(), other.close()]);
	});

test('R82. where the device has no room left for a copy, online work goes on, and nothing is said to be kept', async ({
	browser
}) => {
	const context = await contextOf(browser, scene.amina);
	const page = await openHers(context);
	await page.evaluate(fillDevice);
	await type(page, 'plein ');
	await expect(etat(page)).toContainText('Enregistré');
	scene.network.cut();
	await expect(etat(page)).toContainText(OFFLINE_WITHOUT_COPY, BACK);
	await type(page, 'encore ');
	scene.network.mend();
	await expect(etat(page)).toContainText('Enregistré', BACK);
	await expect(echeance(page)).toHaveValue('plein encore ');
	await context.close();
});

test('R82. two tabs of one person, one closed: the other goes on writing, and the person stays there for others until it closes too', async ({
	browser
}) => {
	const [a, b] = [await contextOf(browser, scene.amina), await contextOf(browser, scene.bruno)];
	const [one, his] = await bothOpen(a, b);
	const two = await openHers(a);
	const here = his.getByText(/Amina/);
	await type(one, 'un ');
	await expect(echeance(two)).toHaveValue('un ');
	await echeance(two).focus();
	await one.close();
	await type(two, 'deux ');
	await expect(echeance(his)).toHaveValue('un deux ');
	await expect(here).not.toHaveCount(0);
	await two.close();
	await expect(here).toHaveCount(0);
	await Promise.all([a.close(), b.close()]);
});
