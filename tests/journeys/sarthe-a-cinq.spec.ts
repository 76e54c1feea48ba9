// Five people in one fiche as long as the longest of the Sarthe, each in a field and all in one text, one of them cut off for a while.
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { contextOf, etat } from '../support/fiche-en-direct.ts';
import { openRelay, type Relay } from '../support/relay.ts';
import { archiveSarthe } from '../support/pacte-sarthe.ts';
import { LONGUEUR, longValues, startSartheEnDirect, type SartheEnDirect } from '../support/sarthe-en-direct.ts';

const NOMS = ['Amina', 'Bruno', 'Chloé', 'Driss', 'Élise'] as const;
const HORS_LIGNE = 4;

let here: SartheEnDirect;
/** What lies between the last of them and the server. */
let network: Relay;
test.beforeAll(async () => {
	here = await startSartheEnDirect(NOMS, archiveSarthe({ valeurs: longValues() }));
	network = await openRelay('127.0.0.1', here.serveur.port);
});
test.afterAll(async () => {
	await network.close();
	await here.close();
});

const champ = (page: Page, name: string | RegExp) =>
	page.getByRole('textbox', { name, exact: typeof name === 'string' }).first();
const contexte = (page: Page) => champ(page, 'Contexte et enjeux');

/** Types at a place of the shared text that is one's own: the end of its own fifth. */
async function typeInContexte(page: Page, who: number, words: string): Promise<void> {
	await contexte(page).focus();
	await contexte(page).evaluate((area: HTMLTextAreaElement, part) => {
		const place = area.value.indexOf('. ', Math.floor((area.value.length * part) / 6)) + 1;
		area.setSelectionRange(place, place);
	}, who + 1);
	await page.keyboard.type(words);
}

/** What each does in a field of their own. */
const OWN: ((page: Page) => Promise<void>)[] = [
	async (page) => {
		await champ(page, /^Objectif/).focus();
		await page.keyboard.press('Control+End');
		await page.keyboard.type(' Amina précise.');
	},
	async (page) => {
		await champ(page, 'Opérateur(s), livrable 3').focus();
		await page.keyboard.press('Control+End');
		await page.keyboard.press('Enter');
		await page.keyboard.type('Le garage de Bruno');
	},
	async (page) => {
		await page.getByRole('button', { name: 'Ajouter un indicateur' }).click();
		await page.keyboard.type('Trajets comptés par Chloé');
	},
	async (page) => {
		await page.getByRole('button', { name: /^Livrable 3.*déplacer/ }).click();
		await page.getByRole('menuitem', { name: 'Ajouter une ligne à la suite' }).click();
		await expect(champ(page, 'Opérateur(s), livrable 4')).toBeFocused();
		await page.keyboard.type('La coopérative de Driss');
	},
	async (page) => {
		await champ(page, /^Conditions de réussite/).focus();
		await page.keyboard.type('Élise attend la Région.');
	}
];

test(`Sarthe 15. five people edit a fiche of ${LONGUEUR} characters at once, one of them offline for a while: nothing is lost`, async ({
	browser
}) => {
	const contexts: BrowserContext[] = [];
	for (const someone of here.people) contexts.push(await contextOf(browser, someone));
	const fiche = here.fiches[0] as string;
	const pages = await Promise.all(
		contexts.map(async (context, who) => {
			const page = await context.newPage();
			await page.goto(`http://localhost:${who === HORS_LIGNE ? network.port : here.serveur.port}${fiche}`);
			await expect(etat(page)).toContainText('Enregistré');
			await expect(contexte(page)).toBeEditable();
			return page;
		})
	);
	const before = await contexte(pages[0] as Page).inputValue();

	network.cut();
	await expect(etat(pages[HORS_LIGNE] as Page)).toContainText('Hors ligne');
	await Promise.all(
		pages.map(async (page, who) => {
			await typeInContexte(page, who, ` (${NOMS[who]} ajoute ceci)`);
			await OWN[who]?.(page);
		})
	);
	network.mend();
	for (const page of pages) await expect(etat(page)).toContainText('Enregistré', { timeout: 45_000 });

	const everything = () =>
		Promise.all(
			pages.map((page) =>
				page
					.locator('.champs textarea')
					.evaluateAll((areas) => areas.map((area) => (area as HTMLTextAreaElement).value))
			)
		);
	await expect
		.poll(async () => new Set((await everything()).map((values) => JSON.stringify(values))).size, { timeout: 30_000 })
		.toBe(1);
	const [values = []] = await everything();
	const said = values.join('\n');
	for (const nom of NOMS) expect(said.split(`(${nom} ajoute ceci)`), nom).toHaveLength(2);
	for (const words of [
		'Amina précise.',
		'Le garage de Bruno',
		'comptés par Chloé',
		'coopérative de Driss',
		'Élise attend'
	])
		expect(said.split(words), words).toHaveLength(2);
	// What nobody touched is as it was.
	expect((await contexte(pages[0] as Page).inputValue()).replace(/ \([^)]* ajoute ceci\)/g, '')).toBe(before);
	// And the server's rows say the same.
	await expect
		.poll(async () => (await here.rows(fiche, 'contexte')).join('\n'))
		.toBe(await contexte(pages[0] as Page).inputValue());
	expect((await here.rows(fiche, 'livrables')).at(-1)).toContain('La coopérative de Driss');
	expect(await here.rows(fiche, 'indicateurs')).toContain('Trajets comptés par Chloé');
	for (const context of contexts) await context.close();
});
