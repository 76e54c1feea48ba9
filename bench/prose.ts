/*
 * A long section in a real browser, on a real server: how soon it can be written in, how long a key takes, and how soon what
 * one types is on another's screen while twenty people write.
 *   npm run build && npx node bench/prose.ts
 */
import { chromium, type Page } from 'playwright';
import * as Y from 'yjs';
import { enterDemo } from '../tests/support/demo.ts';
import { findChromium } from '../tests/support/chromium.ts';
import { LiveClient } from '../tests/support/live-client.ts';
import { startServeur } from '../tests/support/serveur.ts';
import { report, sayLoad, typeKeys } from './mesures.ts';

const GOALS = { open: 1_500, key: 50 };
const PEOPLE = 20;

const SENTENCE = 'Dans la vallée haute les familles attendent une réponse plus simple et plus proche. ';
const TABLE = `<table>${'<tr><td>Valmorin</td><td>12</td><td>34</td><td>56</td></tr>'.repeat(12)}</table>`;
const PAGE = `<h2>Partie</h2>${`<p>${SENTENCE.repeat(6)}</p>`.repeat(7)}<ul>${`<li>${SENTENCE}</li>`.repeat(3)}</ul>`;
/** About 25 000 words and 40 tables. */
const CHAPITRE = `<p>Le début.</p>${Array.from({ length: 40 }, () => PAGE + TABLE).join('')}<p>La toute fin.</p>`;

sayLoad();
const serveur = await startServeur();
const browser = await chromium.launch(findChromium());
try {
	const { page, context, pacte } = await enterDemo(browser, serveur, 'Équipe projet');
	await page.goto(`${serveur.url}${pacte}/sections`);
	const begin = page.getByRole('button', { name: 'Partir du plan type' });
	if (await begin.isVisible()) await begin.click();
	await page.getByRole('link', { name: 'Le cadre du pacte' }).click();
	await page.waitForURL(/\/sections\//);
	const address = page.url();
	await fill(page);

	const opened: number[] = [];
	for (let i = 0; i < 3; i++) opened.push(await open(page, address));
	report('ouvrir la section (ms)', opened, GOALS.open);

	report('une touche, au début (ms)', await typeAfter(page, 'Le début.'), GOALS.key);
	report('une touche, au milieu (ms)', await typeAfter(page, SENTENCE.trim(), 100), GOALS.key);
	report('une touche, à la fin (ms)', await typeAfter(page, 'La toute fin.'), GOALS.key);

	const [cookie] = (await context.cookies()).filter(({ name }) => name.includes('session'));
	const name = `redaction.${new URL(address).pathname.split('/').at(-1)}`;
	const people = await bring(name, `${cookie?.name}=${cookie?.value}`);
	report(`une touche, ${PEOPLE} personnes avec leurs carets (ms)`, await typeAfter(page, 'Le début.'), GOALS.key);
	report(`de la touche à l’autre écran, ${PEOPLE} personnes (ms)`, await toOthers(page, people), null);
	for (const person of people) person.close();
} finally {
	await browser.close();
	await serveur.stop();
}

async function fill(page: Page): Promise<void> {
	const box = page.getByRole('textbox', { name: /^Texte de/ });
	await box.click();
	const since = Date.now();
	await box.evaluate((dom, html) => {
		const clipboardData = new DataTransfer();
		clipboardData.setData('text/html', html);
		dom.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
	}, CHAPITRE);
	console.log(`coller 60 pages : ${Date.now() - since} ms`);
	await page.locator('.sauvegarde').getByText('Enregistré').waitFor({ timeout: 60_000 });
}

/** From the address to a text that can be written in. */
async function open(page: Page, address: string): Promise<number> {
	const since = Date.now();
	await page.goto(address, { waitUntil: 'commit' });
	await page.locator('.ProseMirror[contenteditable=true]').getByText('La toute fin.').waitFor();
	return Date.now() - since;
}

async function typeAfter(page: Page, words: string, skip = 0): Promise<number[]> {
	await page.locator('.ProseMirror p', { hasText: words }).nth(skip).click();
	await page.keyboard.press('End');
	return typeKeys(page);
}

/** People whose carets stand in the text, and who type. */
async function bring(name: string, cookie: string): Promise<LiveClient[]> {
	const url = `${serveur.url.replace('http', 'ws')}/collaboration`;
	const people = Array.from({ length: PEOPLE - 1 }, () => new LiveClient({ url, name, cookie, origin: serveur.url }));
	for (const [i, person] of people.entries()) {
		await person.ready();
		const place = Y.createRelativePositionFromTypeIndex(textOf(person, i), 3);
		const encoded = Buffer.from(Y.encodeRelativePosition(place)).toString('base64');
		person.sendPresence({ champ: `corps~${encoded}~${encoded}` });
	}
	return people;
}

/** The line in which someone writes. */
function textOf({ doc }: LiveClient, i: number): Y.XmlText {
	const lines = doc
		.getXmlFragment('corps')
		.toArray()
		.filter((element) => (element as Y.XmlElement).nodeName === 'paragraphe');
	return (lines[i * 15] as Y.XmlElement).get(0) as Y.XmlText;
}

/** From a key of each of the others to the browser's screen. */
async function toOthers(page: Page, people: LiveClient[]): Promise<number[]> {
	const times: number[] = [];
	for (let round = 0; round < 2; round++)
		for (const [i, person] of people.entries()) {
			const word = `mot${round}x${i}`;
			const seen = page.waitForFunction(
				(word) => document.querySelector('.ProseMirror')?.textContent?.includes(word),
				word,
				{
					polling: 'raf'
				}
			);
			const since = performance.now();
			textOf(person, i).insert(0, word);
			await seen;
			times.push(performance.now() - since);
		}
	return times;
}
