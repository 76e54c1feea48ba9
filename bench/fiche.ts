/*
 * A fiche as long as the longest of the Sarthe in a real browser, while five people write in it: how long a key holds the page, and how
 * soon what one types is on another's screen. One types in this browser; the four others write all the time.
 *   npm run build && npx node bench/fiche.ts
 */
import { setTimeout as delay } from 'node:timers/promises';
import { chromium, type Page } from 'playwright';
import type * as Y from 'yjs';
import { texteOf } from '#lib/fiches/fiche.ts';
import { lignesOf } from '#lib/fiches/tableau.ts';
import { findChromium } from '../tests/support/chromium.ts';
import { contextOf, etat } from '../tests/support/fiche-en-direct.ts';
import { LiveClient } from '../tests/support/live-client.ts';
import { archiveSarthe } from '../tests/support/pacte-sarthe.ts';
import { LONGUEUR, longValues, startSartheEnDirect } from '../tests/support/sarthe-en-direct.ts';
import { KEYS, report, sayLoad, typeKeys } from './mesures.ts';

const GOAL = 100;
const NOMS = ['Amina', 'Bruno', 'Chloé', 'Driss', 'Élise'];

sayLoad();
const here = await startSartheEnDirect(NOMS, archiveSarthe({ valeurs: longValues() }));
const browser = await chromium.launch(findChromium());
const fiche = here.fiches[0] as string;
try {
	const context = await contextOf(browser, here.people[0]!);
	const page = await context.newPage();
	await page.goto(`http://localhost:${here.serveur.port}${fiche}`);
	await etat(page).getByText('Enregistré').waitFor();
	const contexte = page.getByRole('textbox', { name: 'Contexte et enjeux' });
	await contexte.waitFor();
	const cdp = await context.newCDPSession(page);
	// Time of the page's own thread, which a busy machine does not stretch.
	await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
	const work = async () => {
		const { metrics } = await cdp.send('Performance.getMetrics');
		return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN) * 1_000;
	};
	console.log(`fiche de ${LONGUEUR} caractères`);

	const before = await work();
	report('une touche dans le texte long, seul (ms)', await typeIn(page, 'Contexte et enjeux'), GOAL);
	console.log(`travail de la page par touche, seul : ${(((await work()) - before) / KEYS).toFixed(1)} ms`);
	const people = await bring();
	const stop = writeAllTheTime(people);
	const since = await work();
	report('une touche dans le texte long, à cinq (ms)', await typeIn(page, 'Contexte et enjeux'), GOAL);
	console.log(
		`travail de la page par touche, à cinq, leurs lettres comprises : ${(((await work()) - since) / KEYS).toFixed(1)} ms`
	);
	report('une touche dans un livrable, à cinq (ms)', await typeIn(page, 'Livrables, livrable 1'), GOAL);
	report('une touche dans un indicateur, à cinq (ms)', await typeIn(page, 'Indicateur, indicateur 1'), GOAL);
	await stop();
	report('de la touche d’un autre à cet écran, à cinq (ms)', await toThisScreen(page, people), null);
	for (const person of people) person.close();
} finally {
	await browser.close();
	await here.close();
}

async function typeIn(page: Page, name: string): Promise<number[]> {
	await page.getByRole('textbox', { name, exact: true }).focus();
	return typeKeys(page);
}

/** The four others, each with a place of their own. */
async function bring(): Promise<LiveClient[]> {
	const { url } = here.serveur;
	const name = `fiche.${fiche.split('/').at(-1)}`;
	const people = here.people
		.slice(1)
		.map(
			({ cookie }) => new LiveClient({ url: `${url.replace('http', 'ws')}/collaboration`, name, cookie, origin: url })
		);
	for (const person of people) {
		await person.ready();
		person.sendPresence({ champ: 'contexte' });
	}
	return people;
}

/** Ten letters a second each, half of them in the long text. */
function writeAllTheTime(people: readonly LiveClient[]): () => Promise<void> {
	let on = true;
	const writing = people.map(async ({ doc }, who) => {
		for (let i = 0; on; i++) {
			const text = i % 2 === 0 ? texteOf(doc, 'contexte') : cellOf(doc, who);
			text?.insert(Math.min(text.length, 200 + who * 1_500), 'é');
			await delay(100);
		}
	});
	return async () => {
		on = false;
		await Promise.all(writing);
	};
}

function cellOf(doc: Y.Doc, who: number): Y.Text | undefined {
	const champ = who % 2 === 0 ? 'livrables' : 'indicateurs';
	const colonne = who % 2 === 0 ? 'public' : 'libelle';
	return lignesOf(doc, champ)[0]?.cellules.get(colonne);
}

async function toThisScreen(page: Page, people: readonly LiveClient[]): Promise<number[]> {
	const times: number[] = [];
	for (let round = 0; round < 5; round++)
		for (const [i, { doc }] of people.entries()) {
			const word = `mot${round}x${i}`;
			const seen = page.waitForFunction(
				(word) => [...document.querySelectorAll('textarea')].some(({ value }) => value.includes(word)),
				word,
				{ polling: 'raf' }
			);
			const since = performance.now();
			texteOf(doc, 'contexte')?.insert(0, word);
			await seen;
			times.push(performance.now() - since);
		}
	return times;
}
