import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type BrowserContext } from '@playwright/test';
import SQLite from 'better-sqlite3';
import {
	contextOf,
	echeance,
	etat,
	OFFLINE,
	OFFLINE_WITHOUT_COPY,
	openFiche as openAt,
	startFicheEnDirect,
	type,
	type FicheEnDirect
} from '../support/fiche-en-direct.ts';

let scene: FicheEnDirect;
test.beforeAll(async () => {
	scene = await startFicheEnDirect();
});
test.afterAll(() => scene?.close());

const openFiche = (context: BrowserContext) => openAt(context, scene.serveur.url + scene.fiche);

test('what is typed while the server is away is counted, kept, and saved when it comes back, for everyone', async ({
	browser
}) => {
	const [a, b] = await Promise.all([contextOf(browser, scene.amina), contextOf(browser, scene.bruno)]);
	const [mine, theirs] = [await openFiche(a), await openFiche(b)];
	await type(mine, 'un ');
	await expect(echeance(theirs)).toHaveValue(/un $/);
	await scene.serveur.kill9();
	await expect(etat(mine)).toContainText(OFFLINE);
	await type(mine, 'deux');
	await expect(etat(mine)).toContainText('4 modifications en attente');
	await scene.serveur.restart();
	await expect(etat(mine)).toContainText('Enregistré', { timeout: 20_000 });
	await expect(echeance(theirs)).toHaveValue(/un deux$/, { timeout: 20_000 });
	await Promise.all([a.close(), b.close()]);
});

test('a tab that is closed without network, after a warning, finds its text again and saves it', async ({
	browser
}) => {
	const context = await contextOf(browser, scene.amina);
	const page = await openFiche(context);
	await scene.serveur.kill9();
	await expect(etat(page)).toContainText(OFFLINE);
	await type(page, ' gardé');
	await expect(etat(page)).toContainText('6 modifications en attente');
	// On a busy machine the last key reaches the device a moment later: until then the state does not claim to keep all.
	await expect(etat(page)).toContainText(OFFLINE);
	const warned = page.waitForEvent('dialog');
	await page.close({ runBeforeUnload: true });
	const dialog = await warned;
	expect(dialog.type()).toBe('beforeunload');
	const closed = page.waitForEvent('close');
	await dialog.accept();
	await closed;
	await scene.serveur.restart();
	const again = await openFiche(context);
	await expect(echeance(again)).toHaveValue(/ gardé$/);
	const other = await contextOf(browser, scene.bruno);
	await expect(echeance(await openFiche(other))).toHaveValue(/ gardé$/);
	await Promise.all([context.close(), other.close()]);
});

test('where the browser forbids a copy, online work goes on, and the state does not claim to keep anything', async ({
	browser
}) => {
	const context = await contextOf(browser, scene.amina);
	await context.addInitScript(() => {
		Object.defineProperty(window, 'indexedDB', {
			get() {
				throw new DOMException('denied', 'SecurityError');
			}
		});
	});
	const page = await openFiche(context);
	await type(page, ' sans copie');
	await expect(etat(page)).toContainText('Enregistré');
	await scene.serveur.kill9();
	await expect(etat(page)).toContainText(OFFLINE_WITHOUT_COPY);
	await type(page, ' encore');
	await scene.serveur.restart();
	await expect(etat(page)).toContainText('Enregistré', { timeout: 20_000 });
	await expect(echeance(page)).toHaveValue(/ sans copie encore$/);
	await context.close();
});

test('when the server can store nothing, it says so within 2 s, pages still open, and all is saved by itself afterwards', async ({
	browser
}) => {
	const [a, b] = await Promise.all([contextOf(browser, scene.amina), contextOf(browser, scene.bruno)]);
	const [mine, theirs] = [await openFiche(a), await openFiche(b)];
	const other = new SQLite(join(scene.serveur.dataDir, 'copacte.sqlite'));
	other.exec('begin immediate');
	const since = Date.now();
	await type(mine, ' malgré tout');
	await expect(etat(mine)).toContainText(
		'Enregistrement impossible sur le serveur : vos modifications sont gardées ici'
	);
	await expect(etat(theirs)).toContainText('Enregistrement impossible sur le serveur');
	expect(Date.now() - since).toBeLessThan(3_000);
	await expect(etat(mine)).toContainText('modifications en attente');
	const newcomer = await a.newPage();
	await newcomer.goto(scene.serveur.url + scene.fiche);
	await expect(etat(newcomer)).toContainText('Enregistrement impossible');
	await expect(echeance(theirs)).not.toHaveValue(/ malgré tout$/);
	other.close();
	await expect(etat(mine)).toContainText('Enregistré', { timeout: 10_000 });
	await expect(echeance(theirs)).toHaveValue(/ malgré tout$/);
	await Promise.all([a.close(), b.close()]);
});

test('two tabs of one person write in the same field', async ({ browser }) => {
	const context = await contextOf(browser, scene.amina);
	const [one, two] = [await openFiche(context), await openFiche(context)];
	await type(one, ' un');
	await expect(echeance(two)).toHaveValue(/ un$/);
	await type(two, ' deux');
	await expect(echeance(one)).toHaveValue(/ un deux$/);
	await expect(etat(one)).toContainText('Enregistré');
	await expect(etat(two)).toContainText('Enregistré');
	await context.close();
});

test('someone whose text is refused reads why, takes it with them, and goes on from what is saved', async ({
	browser
}) => {
	const [a, b] = await Promise.all([contextOf(browser, scene.amina), contextOf(browser, scene.bruno)]);
	const [mine, theirs] = [await openFiche(a), await openFiche(b)];
	await type(theirs, ' à garder');
	await expect(echeance(mine)).toHaveValue(/ à garder$/);
	await echeance(mine).focus();
	await mine.keyboard.press('Control+End');
	await mine.keyboard.insertText(` collé ${'de la vallée '.repeat(25_000)}`);
	const notice = mine.getByRole('alert').filter({ hasText: 'n’est pas enregistrée' });
	await expect(notice).toContainText('trop grande');

	const [download] = await Promise.all([
		mine.waitForEvent('download'),
		notice.getByRole('button', { name: 'Télécharger mon texte' }).click()
	]);
	expect(readFileSync(await download.path(), 'utf8')).toContain('à garder collé de la vallée');
	await notice.getByRole('button', { name: 'Reprendre le texte enregistré' }).click();
	await expect(echeance(mine)).toHaveValue(/ à garder$/);
	await type(mine, ' et la suite');
	await expect(echeance(theirs)).toHaveValue(/ à garder et la suite$/);
	await expect(etat(mine)).toContainText('Enregistré');
	await Promise.all([a.close(), b.close()]);
});

test('someone who signs out in another tab loses the live text within 5 s, reads why, and the socket does not come back', async ({
	browser
}) => {
	const context = await contextOf(browser, scene.bruno);
	const page = await openFiche(context);
	const elsewhere = await context.newPage();
	await elsewhere.goto(`${scene.serveur.url}/compte`);
	const sockets: string[] = [];
	page.on('websocket', (socket) => sockets.push(socket.url()));
	await elsewhere.evaluate(async () => {
		await fetch('/deconnexion', { method: 'POST', redirect: 'manual' });
	});
	await expect(etat(page)).toContainText('Vous n’êtes plus connecté', { timeout: 5_000 });
	expect(sockets).toEqual([]);
	await context.close();
});
