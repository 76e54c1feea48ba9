// Eight people in one section of the diagnostic, one of them cut off. At full length: `npm run endurance -- redaction`.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import { texteOf, type Prose } from '#lib/editor/prose.ts';
import type { ArchivePacte } from '#lib/pactes/archive.ts';
import { etat } from '../support/fiche-en-direct.ts';
import { readPdf } from '../support/pdf.ts';
import {
	chooseInMenu,
	goToLine,
	openSection,
	pasteHTML,
	shown,
	startSectionEnDirect,
	texte,
	type Redacteur,
	type SectionEnDirect
} from '../support/section-en-direct.ts';

/** The real ten minutes, which only the long campaign takes; else his page's clock jumps. */
const IS_LONG = process.env.COPACTE_ENDURANCE === '1';
const TEN_MINUTES = 10 * 60_000;
const ROUNDS = IS_LONG ? 10 : 2;
const BACK = { timeout: 45_000 };
/** Kept on the device or not: eight browsers that open at once on a busy machine may go without. */
const OFFLINE = /Hors ligne/;

const WORD = fileURLToPath(new URL('../../src/lib/editor/collages/word-chapitre.html', import.meta.url));

const NOMS = ['Amina', 'Bruno', 'Chloe', 'Driss', 'Elise', 'Farid', 'Gaelle', 'Hugo'] as const;
type Nom = (typeof NOMS)[number];

const line = (words: string): Prose[number] => ({
	type: 'paragraphe',
	contenu: [{ type: 'texte', texte: words }]
});
const PARTAGE = 'Le paragraphe de tout le monde.';
const SUPPRIME = 'Le passage de trop.';
const DIAGNOSTIC: Prose = [
	{ type: 'paragraphe', titre: 2, contenu: [{ type: 'texte', texte: 'Les habitants' }] },
	line(PARTAGE),
	line('Avant le tableau.'),
	line('Avant la figure.'),
	line('Avant la note.'),
	line('Avant le collage.'),
	line(SUPPRIME),
	line('Pour la suite.')
];

/** Words that nobody else writes, in letters only: typography has nothing to say about them. */
class Words {
	readonly all: string[] = [];
	next(nom: Nom): string {
		const word = `${nom.toLowerCase()}${String.fromCharCode(97 + this.all.length / 26, 97 + (this.all.length % 26))}q`;
		this.all.push(word);
		return word;
	}
}

const timesIn = (text: string, word: string) => text.split(word).length - 1;

/** Those that are not there once. */
function faultsIn(text: string, words: readonly string[]): string[] {
	return words.flatMap((word) => (timesIn(text, word) === 1 ? [] : [`${word} : ${timesIn(text, word)} fois`]));
}

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test.describe.serial('eight people write one section of the diagnostic at once', () => {
	test.describe.configure({ timeout: IS_LONG ? TEN_MINUTES + 300_000 : 180_000 });

	let scene: SectionEnDirect;
	let people: Record<Nom, Redacteur>;
	const words = new Words();
	/** What Hugo wrote in a passage that was deleted meanwhile. */
	let perdu: string;

	const page = (nom: Nom): Page => people[nom].page;
	const connected = () => NOMS.filter((nom) => nom !== 'Hugo');

	test.beforeAll(async ({ browser }) => {
		scene = await startSectionEnDirect(NOMS, DIAGNOSTIC);
		const { serveur, network, section } = scene;
		const entries = await Promise.all(
			NOMS.map(async (nom, i) => {
				const isHugo = nom === 'Hugo';
				const address = `http://localhost:${isHugo ? network.port : serveur.port}${section}`;
				return [nom, await openSection(browser, scene.people[i]!, address, { ownClock: isHugo && !IS_LONG })] as const;
			})
		);
		people = Object.fromEntries(entries) as Record<Nom, Redacteur>;
	});
	test.afterEach(async ({}, info) => {
		if (info.status !== info.expectedStatus && scene) await info.attach('server', { body: scene.serveur.output() });
	});
	test.afterAll(async () => {
		await Promise.all(Object.values(people ?? {}).map(({ context }) => context.close()));
		await scene?.close();
	});

	async function write(nom: Nom, text = ` ${words.next(nom)}`): Promise<void> {
		await page(nom).keyboard.type(text, { delay: 15 });
	}

	async function saved(noms: readonly Nom[]): Promise<void> {
		await Promise.all(noms.map((nom) => expect(etat(page(nom)), nom).toContainText('Enregistré', BACK)));
	}

	/** The same on these screens; gives what they show. */
	async function same(noms: readonly Nom[]): Promise<string> {
		await expect.poll(async () => new Set(await Promise.all(noms.map((nom) => shown(page(nom))))).size, BACK).toBe(1);
		return shown(page(noms[0] as Nom));
	}

	test('a table, a figure, a footnote, a paste from Word, titles and lists toggled under someone’s keys', async () => {
		scene.network.cut();
		await expect(etat(page('Hugo'))).toContainText(OFFLINE, BACK);
		const [entete, cellule] = [words.next('Chloe'), words.next('Driss')];
		const titre = words.next('Elise');
		await Promise.all([
			(async () => {
				await goToLine(page('Amina'), PARTAGE);
				for (let i = 0; i < 6; i++) await write('Amina');
			})(),
			(async () => {
				await goToLine(page('Bruno'), PARTAGE);
				for (const style of ['Titre 2', 'Texte', 'Titre 1', 'Texte'])
					await page('Bruno').getByLabel('Style du paragraphe').selectOption(style);
				for (let i = 0; i < 3; i++)
					await page('Bruno').getByRole('button', { name: 'Liste à puces', exact: true }).click();
				await deleteLine(page('Bruno'), SUPPRIME);
			})(),
			(async () => {
				await goToLine(page('Chloe'), 'Avant le tableau.');
				await chooseInMenu(page('Chloe'), 'Insérer', 'Un tableau');
				await page('Chloe').keyboard.type(entete, { delay: 15 });
				await page('Chloe').keyboard.press('Tab');
				await page('Chloe').keyboard.type(words.next('Chloe'), { delay: 15 });
			})(),
			(async () => {
				const cells = texte(page('Driss')).getByRole('cell');
				await cells.nth(4).click();
				await page('Driss').keyboard.type(cellule, { delay: 15 });
				await page('Driss').keyboard.press('Tab');
				await page('Driss').keyboard.type(words.next('Driss'), { delay: 15 });
			})(),
			(async () => {
				await goToLine(page('Elise'), 'Avant la figure.');
				await chooseInMenu(page('Elise'), 'Insérer', 'Une figure, ou un de ses chiffres');
				await page('Elise').getByLabel('Nouvelle figure').fill(`Ménages ${titre}`);
				await page('Elise').getByRole('button', { name: 'Créer et insérer' }).click();
				await expect(texte(page('Elise')).locator('.bloc')).toContainText(titre, BACK);
				await goToLine(page('Elise'), 'Avant la figure.');
				await write('Elise');
			})(),
			(async () => {
				await goToLine(page('Farid'), 'Avant la note.');
				await chooseInMenu(page('Farid'), 'Insérer', 'Une note de bas de page');
				await page('Farid').keyboard.type(`Source ${words.next('Farid')}`, { delay: 15 });
			})(),
			(async () => {
				await goToLine(page('Gaelle'), 'Avant le collage.');
				await page('Gaelle').keyboard.press('Enter');
				await write('Gaelle', words.next('Gaelle'));
				await page('Gaelle').keyboard.press('Enter');
				await pasteHTML(page('Gaelle'), readFileSync(WORD, 'utf8'));
			})(),
			(async () => {
				await goToLine(page('Hugo'), SUPPRIME);
				perdu = `${words.next('Hugo')} ${words.next('Hugo')}`;
				await page('Hugo').keyboard.type(` ${perdu}`, { delay: 15 });
				await goToLine(page('Hugo'), PARTAGE);
				await write('Hugo');
				await goToLine(page('Hugo'), 'Pour la suite.');
				await write('Hugo');
			})()
		]);
		await saved(connected());
		const text = await same(connected());
		const written = words.all.filter((word) => !word.startsWith('hugo') && word !== titre);
		expect(faultsIn(text, written), text).toEqual([]);
		expect(text).not.toContain(SUPPRIME);
		expect(timesIn(text, 'quarante communes'), 'pasted once').toBe(1);
		expect(text).toMatch(/<li><p>Le bus de la vallée haute|<li>Le bus de la vallée haute/);
		expect(timesIn(text, '<table>')).toBe(1);
		expect(timesIn(text, '<bloc/>')).toBe(1);
		expect(text).toMatch(new RegExp(`<(ul|li|ul><li)>[^\n]*${PARTAGE}`));
	});

	test('the server is killed while they type, and starts again: everyone’s words are there', async () => {
		const noms = connected();
		const typing = noms.map(async (nom) => {
			for (let i = 0; i < 4; i++) await write(nom);
		});
		await wait(300);
		await scene.serveur.kill9();
		await Promise.all(typing);
		await Promise.all(noms.map((nom) => expect(etat(page(nom)), nom).toContainText(OFFLINE, BACK)));
		await Promise.all(noms.map((nom) => write(nom)));
		await scene.serveur.restart();
		await saved(noms);
		const text = await same(noms);
		const written = words.all.filter((word) => !word.startsWith('hugo') && !isTitre(word));
		expect(faultsIn(text, written), text).toEqual([]);
	});

	test('the one who was cut off for ten minutes, and went on writing, comes back: eight times the same text', async () => {
		const hugo = page('Hugo');
		const round = TEN_MINUTES / ROUNDS;
		for (let i = 0; i < ROUNDS; i++) {
			await goToLine(hugo, 'Pour la suite.');
			await write('Hugo');
			await write('Amina');
			if (IS_LONG) await wait(round);
			else await hugo.clock.fastForward(round);
		}
		await expect(etat(hugo)).toContainText(OFFLINE);
		scene.network.mend();
		await saved(NOMS);
		const text = await same(NOMS);
		const rescued = perdu.split(' ');
		expect(
			faultsIn(
				text,
				words.all.filter((word) => !rescued.includes(word) && !isTitre(word))
			),
			text
		).toEqual([]);
		for (const word of rescued) expect(text).not.toContain(word);
	});

	test('what was written in a passage that was deleted meanwhile is offered, and goes back into the text', async () => {
		const hugo = page('Hugo');
		const offered = hugo.getByRole('region', { name: 'Écrit dans un passage supprimé entre-temps' });
		await expect(offered).toContainText(perdu, BACK);
		await expect(offered).toContainText('Hugo');
		await goToLine(hugo, 'Pour la suite.');
		await offered.getByRole('button', { name: 'Remettre dans le texte' }).click();
		await expect(offered).toBeHidden();
		await saved(NOMS);
		const text = await same(NOMS);
		expect(
			faultsIn(
				text,
				words.all.filter((word) => !isTitre(word))
			),
			text
		).toEqual([]);
	});

	test('the same words come out of the JSON export and of the PDF', async () => {
		const { serveur, pacte } = scene;
		const exportOf = async (file: string) => {
			const response = await page('Amina').request.get(`${serveur.url}${pacte}/exports/${file}`);
			expect(response.status(), file).toBe(200);
			return response.body();
		};
		const archive = JSON.parse((await exportOf('pacte.json')).toString('utf8')) as ArchivePacte;
		const written = texteOf(archive.sections.flatMap(({ prose }) => prose));
		expect(
			faultsIn(
				written,
				words.all.filter((word) => !isTitre(word))
			)
		).toEqual([]);
		expect(archive.figures.map(({ titre }) => titre).join()).toContain(words.all.find(isTitre));
		// Words that reach the end of a line may be cut.
		const printed = readPdf(await exportOf('pacte.pdf')).replace(/[-\u2010\u00ad]?\s+|\u200b|\u2060/g, '');
		expect(
			faultsIn(
				printed,
				words.all.filter((word) => !isTitre(word))
			),
			printed
		).toEqual([]);
		expect(printed).toContain(words.all.find(isTitre));
	});

	/** Élise's first word is the title of her figure. */
	function isTitre(word: string): boolean {
		return word === words.all.find((each) => each.startsWith('elise'));
	}
});

/** As one does: the line is chosen whole, again when it moved under the pointer, and goes; then the empty line. */
async function deleteLine(page: Page, words: string): Promise<void> {
	await expect(async () => {
		await texte(page).getByText(words).click({ clickCount: 3, timeout: 5_000, force: true });
		expect(await page.evaluate(() => String(getSelection()).trim())).toBe(words);
	}).toPass(BACK);
	await page.keyboard.press('Delete');
	// As one would: again, while the empty line is still there.
	await expect(async () => {
		if (await isOnEmptyLine(page)) await page.keyboard.press('Backspace');
		expect(await isOnEmptyLine(page)).toBe(false);
	}).toPass(BACK);
}

function isOnEmptyLine(page: Page): Promise<boolean> {
	return page.evaluate(() => {
		const { anchorNode: node } = getSelection() as Selection;
		const line = (node instanceof Element ? node : node?.parentElement)?.closest('p, li, h2, h3, h4')?.cloneNode(true);
		if (!(line instanceof Element)) return false;
		for (const caret of line.querySelectorAll('.caret')) caret.remove();
		return (line.textContent ?? '').replaceAll('\ufeff', '') === '';
	});
}
