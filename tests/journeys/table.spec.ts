// A table of a world café: devices that mix freely, with and without script, with and without network; and the paper left on it.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { openMandataire } from '../support/mandataire.ts';
import { startSalleEnDirect, type SalleEnDirect } from '../support/salle-en-direct.ts';

const BACK = { timeout: 30_000 };

let salle: SalleEnDirect;
test.beforeEach(async ({}, info) => {
	salle = await startSalleEnDirect({ ecritureSilencieuse: info.title.includes('silence') });
	await salle.etape('tour', 1);
});
test.afterEach(() => salle.close());

const champ = (page: Page) => page.getByLabel('Votre carte');
const carte = (page: Page, texte: string) => page.getByRole('listitem').filter({ hasText: texte });

async function ajouter(page: Page, texte: string): Promise<void> {
	await champ(page).fill(texte);
	await page.getByRole('button', { name: 'Ajouter à la table' }).click();
	await expect(carte(page, texte).first()).toBeVisible();
}

/** The script is there: what only it brings is shown. */
async function isLive(page: Page): Promise<void> {
	await expect(page.getByRole('button', { name: 'Retourner l’affichage' })).toBeVisible();
}

test('a tablet, a phone at 320 px and a phone without script share a table: each sees the others’ cards, takes back its own, and they choose pépites', async ({
	browser
}) => {
	const tablette = await salle.rejoindre(browser, 1, { genre: 'table', viewport: { width: 768, height: 1024 } });
	const phone = await salle.rejoindre(browser, 1, { viewport: { width: 320, height: 640 } });
	const nu = await salle.rejoindre(browser, 1, { javaScriptEnabled: false });
	await Promise.all([tablette, phone].map(isLive));

	await tablette.getByRole('radio', { name: 'Un besoin' }).check();
	await ajouter(tablette, 'Un bus le soir');
	await expect(carte(phone, 'Un bus le soir')).toContainText('Besoin');
	await champ(nu).fill('Une crèche près de la gare');
	await nu.getByRole('button', { name: 'Ajouter à la table' }).click();
	await nu.reload();
	await expect(carte(nu, 'Une crèche')).toHaveCount(1);
	await expect(carte(nu, 'Un bus le soir')).toBeVisible();
	await expect(carte(tablette, 'Une crèche')).toHaveCount(1);

	await expect(carte(phone, 'Une crèche').getByText('Changer')).toHaveCount(0);
	await nu.getByText(/^Changer\s*: Une crèche/).click();
	await nu.getByRole('button', { name: 'Retirer cette carte' }).click();
	await expect(carte(phone, 'Une crèche')).toHaveCount(0);
	await nu.getByRole('button', { name: 'Remettre la carte' }).click();
	await expect(carte(phone, 'Une crèche')).toHaveCount(1);

	await phone.getByRole('button', { name: /^Pépite : Un bus/ }).click();
	await expect(tablette.getByRole('region', { name: 'Nos 3 pépites' })).toContainText('Un bus le soir');

	const header = tablette.getByRole('banner');
	expect((await header.boundingBox())?.height).toBeLessThanOrEqual(1024 / 4);
	await tablette.getByRole('button', { name: 'Retourner l’affichage' }).click();
	await expect(header).toBeInViewport();
	await tablette.getByRole('button', { name: 'Retourner l’affichage' }).click();

	for (const page of [tablette, phone]) {
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			const { violations } = await new AxeBuilder({ page }).analyze();
			expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
		}
		expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
	}
});

test('what is written in silence is shown to the others when the table’s screen shows it, and not before', async ({
	browser
}) => {
	const tablette = await salle.rejoindre(browser, 2, { genre: 'table' });
	const phone = await salle.rejoindre(browser, 2);
	await Promise.all([tablette, phone].map(isLive));
	await ajouter(phone, 'Je n’ose pas le dire');
	await expect(tablette.getByText('1 carte écrite')).toBeVisible();
	expect(await tablette.content()).not.toContain('n’ose pas');
	await tablette.getByRole('button', { name: 'Montrer les cartes à la table' }).click();
	await expect(carte(tablette, 'Je n’ose pas le dire')).toBeVisible();
	await expect(phone.getByRole('status').filter({ hasText: 'Les cartes de la table sont montrées' })).toHaveCount(1);
});

test('without network a table goes on: its cards are listed as waiting, survive the page, and arrive once each; a draft begun in a round goes to it', async ({
	browser
}) => {
	const ici = await salle.rejoindre(browser, 1, { par: 'relais' });
	const voisin = await salle.rejoindre(browser, 1);
	await Promise.all([ici, voisin].map(isLive));
	await ajouter(ici, 'Avant la coupure');
	await expect(carte(voisin, 'Avant la coupure')).toBeVisible();

	salle.network.cut();
	await ajouter(ici, 'Pendant la coupure');
	await expect(carte(ici, 'Pendant la coupure')).toContainText('en attente d’envoi');
	await ajouter(ici, 'Encore pendant');
	await expect(ici.getByText(/^Pas de réseau depuis un instant/)).toBeVisible(BACK);
	await champ(ici).fill('Une phrase que je finis');
	await salle.etape('deplacement', 2);
	await expect(voisin.getByRole('heading', { name: /table/ }).first()).toBeVisible();
	salle.network.mend();
	await expect(ici.getByText('cette carte ira à l’étape « Tour 1 »')).toBeVisible(BACK);
	await expect(champ(ici)).toHaveValue('Une phrase que je finis');
	await ici.reload();
	await isLive(ici);
	await expect(champ(ici)).toHaveValue('Une phrase que je finis');
	await ici.getByRole('button', { name: 'Ajouter à la table' }).click();
	await expect(champ(ici)).toHaveCount(0);

	const apres = await salle.rejoindre(browser, 1);
	await salle.etape('tour', 2);
	await apres.getByText('Ce qui s’est dit avant nous (4)').click();
	for (const texte of ['Avant la coupure', 'Pendant la coupure', 'Encore pendant', 'Une phrase que je finis'])
		await expect(carte(apres, texte)).toHaveCount(1);
});

test('behind a proxy that holds back every answer a table follows the room; on another network it has its seat and its draft', async ({
	browser
}) => {
	const proxy = await openMandataire(salle.serveur.port);
	try {
		const ici = await salle.rejoindre(browser, 1, { par: proxy });
		const voisin = await salle.rejoindre(browser, 1);
		await Promise.all([ici, voisin].map(isLive));
		await ajouter(voisin, 'Un bus le soir');
		await expect(carte(ici, 'Un bus le soir')).toBeVisible(BACK);
		await ajouter(ici, 'De ma place');
		await expect(carte(voisin, 'De ma place')).toBeVisible();
		await champ(ici).fill('Une phrase commencée');

		proxy.changerDeReseau('127.0.0.2');
		await ajouter(voisin, 'Pendant le changement');
		await expect(carte(ici, 'Pendant le changement')).toBeVisible(BACK);
		await expect(champ(ici)).toHaveValue('Une phrase commencée');
		await ici.reload();
		await isLive(ici);
		await expect(champ(ici)).toHaveValue('Une phrase commencée');
		// Only the place that wrote a card may take it back.
		await expect(ici.getByText(/^Changer\s*: De ma place/)).toBeVisible();
		await expect(voisin.getByText(/^Changer\s*: De ma place/)).toHaveCount(0);
	} finally {
		await proxy.close();
	}
});

test('the host’s role is handed over in two taps, the facilitator is called, and says something back', async ({
	browser
}) => {
	const [hote, autre] = [await salle.rejoindre(browser, 3), await salle.rejoindre(browser, 3)];
	await Promise.all([hote, autre].map(isLive));
	await hote.getByRole('button', { name: 'Prendre le rôle d’hôte' }).click();
	await expect(autre.getByRole('button', { name: 'Prendre le rôle d’hôte' })).toHaveCount(0);
	await hote.getByRole('button', { name: 'Passer le rôle d’hôte' }).click();
	await autre.getByRole('button', { name: 'Prendre le rôle d’hôte' }).click();
	await expect(autre.getByText('Vous êtes l’hôte de cette table.')).toBeVisible();
	await expect(hote.getByText('Vous êtes l’hôte de cette table.')).toHaveCount(0);
	await hote.getByRole('button', { name: 'Appeler l’animateur' }).click();
	await expect(autre.getByText('L’animateur est prévenu.')).toBeVisible();
	await salle.animer('envoyerMessage', { texte: 'J’arrive dans deux minutes' });
	await expect(hote.getByText('J’arrive dans deux minutes').first()).toBeVisible();
});

test('one votes on a phone, and without script, within a budget; results come when the vote is closed', async ({
	browser
}) => {
	const phone = await salle.rejoindre(browser, 1, { viewport: { width: 320, height: 640 } });
	await isLive(phone);
	await ajouter(phone, 'Un bus le soir');
	await ajouter(phone, 'Une crèche');
	for (const texte of ['Un bus', 'Une crèche']) await phone.getByRole('button', { name: `Pépite : ${texte}` }).click();
	const nu = await salle.rejoindre(browser, 2, { javaScriptEnabled: false });
	await expect(phone.getByRole('region', { name: 'Nos 3 pépites' })).toContainText('Une crèche');
	await salle.etape('recolte');
	await expect(phone.getByRole('region', { name: 'Les pépites des tables' })).toContainText('Un bus le soir');
	await salle.etape('vote');
	await salle.animer('ouvrirScrutin', { sur: 'cartes', objets: [], budget: 2 });
	const bus = phone.getByRole('group', { name: 'Un bus le soir' });
	await bus.getByRole('button', { name: 'Donner un point' }).click();
	await bus.getByRole('button', { name: 'Donner un point' }).click();
	await expect(phone.getByText('Vous avez donné vos 2 points.')).toBeVisible();
	await expect(bus.getByRole('button', { name: 'Donner un point' })).toBeDisabled();
	await bus.getByRole('button', { name: 'Retirer un point' }).click();
	await nu.reload();
	await nu.getByRole('group', { name: 'Un bus le soir' }).getByRole('button', { name: 'Donner un point' }).click();
	await expect(nu.getByText('Il vous reste 1 point sur 2.')).toBeVisible();
	expect(await nu.content()).not.toContain('2 points</strong>');
	const scrutin = await phone.locator('input[name=scrutin]').first().inputValue();
	await salle.animer('fermerScrutin', { scrutin });
	await expect(phone.getByText('2 points, dont 1 de vous')).toBeVisible();
	await nu.reload();
	await expect(nu.getByText('2 points, dont 1 de vous')).toBeVisible();
});

test('twenty post-its are typed by keyboard alone, one is taken back and put back, and a photo is kept beside them', async ({
	browser
}) => {
	const context = await salle.animateur(browser);
	const page = await context.newPage();
	await page.goto(`${salle.serveur.url}${salle.pacte}/seances/${salle.seanceId}/papier`);
	await page.getByLabel('Table', { exact: true }).selectOption({ index: 1 });
	const texte = page.getByLabel('Ce qui est écrit');
	await texte.focus();
	for (let i = 1; i <= 20; i++) {
		await page.keyboard.press(String((i % 5) + 1));
		await page.keyboard.type(`Post-it ${i}`);
		await page.keyboard.press('Enter');
	}
	await expect(page.getByRole('heading', { name: '20 cartes saisies pour la table 2' })).toBeVisible();
	await expect(carte(page, 'Post-it 20')).toContainText('Constat');
	await expect(carte(page, 'Post-it 19')).toContainText('Question');
	await page.getByRole('button', { name: 'Retirer : Post-it 20' }).click();
	await expect(page.getByRole('heading', { name: '19 cartes saisies' })).toBeVisible();
	await page.getByRole('button', { name: 'Remettre la carte' }).click();
	await expect(page.getByRole('heading', { name: '20 cartes saisies' })).toBeVisible();
	const table = await salle.rejoindre(browser, 2);
	await expect(carte(table, 'Post-it 20')).toContainText('papier');

	const png = Buffer.from(
		'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
		'base64'
	);
	await page.getByLabel('Ajouter une photo').setInputFiles({ name: 'papier.png', mimeType: 'image/png', buffer: png });
	await page.getByRole('button', { name: 'Garder la photo' }).click();
	const photo = page.getByRole('img', { name: 'Le papier à transcrire' });
	await expect(photo).toBeVisible();
	expect(await photo.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(1);
	await page.getByRole('button', { name: 'Tout est transcrit' }).click();
	await expect(page.getByText('Elle s’effacera dans 30 jours.')).toBeVisible();
	const { violations } = await new AxeBuilder({ page }).analyze();
	expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
	await context.close();
});
