// A section of a pacte that many people have open in their browsers, one of them behind a network of her own.
import { rmSync } from 'node:fs';
import { expect, type Browser, type BrowserContext, type Page } from '@playwright/test';
import type { Prose } from '#lib/editor/prose.ts';
import { contextOf, etat } from './fiche-en-direct.ts';
import { LiveWorld, type Someone } from './live-world.ts';
import { openRelay, type Relay } from './relay.ts';
import { startServeur, type Serveur } from './serveur.ts';

export interface SectionEnDirect {
	serveur: Serveur;
	people: Someone[];
	/** The paths of the pacte and of its section. */
	pacte: string;
	section: string;
	/** What lies between one of them and the server. */
	network: Relay;
	close(): Promise<void>;
}

/** A server, a section in which this is written, and its rédacteurs. */
export async function startSectionEnDirect(noms: readonly string[], prose: Prose): Promise<SectionEnDirect> {
	const world = await LiveWorld.open();
	const { pacteId } = await world.addPacte();
	const name = await world.addSection(pacteId, prose);
	const people: Someone[] = [];
	for (const nom of noms) people.push(await world.addSomeone(nom, pacteId, 'redacteur'));
	await world.close();
	const serveur = await startServeur({ dataDir: world.dataDir });
	const network = await openRelay('127.0.0.1', serveur.port);
	return {
		serveur,
		people,
		pacte: `/pactes/${pacteId}`,
		section: `/pactes/${pacteId}/sections/${name.slice('redaction.'.length)}`,
		network,
		async close() {
			await network.close();
			await serveur.stop();
			rmSync(world.dataDir, { recursive: true, force: true });
		}
	};
}

export interface Redacteur {
	context: BrowserContext;
	page: Page;
}

/** Opens a section by its whole address, and waits until it can be written. `ownClock`: its clock may be moved. */
export async function openSection(
	browser: Browser,
	someone: Someone,
	address: string,
	{ ownClock = false } = {}
): Promise<Redacteur> {
	const context = await contextOf(browser, someone);
	const page = await context.newPage();
	if (ownClock) await page.clock.install();
	await page.goto(address);
	await expect(texte(page)).toBeEditable({ timeout: 30_000 });
	await expect(etat(page)).toContainText('Enregistré');
	return { context, page };
}

export const texte = (page: Page) => page.getByRole('textbox', { name: /^Texte de/ });

/** Puts the caret at the end of the line that says this; again when the line moved under the pointer, as one would. */
export async function goToLine(page: Page, words: string): Promise<void> {
	await expect(async () => {
		// Not waiting until it keeps still: others may be changing it all the time.
		await texte(page).getByText(words).last().click({ timeout: 5_000, force: true });
		await page.keyboard.press('End');
		const before = await page.evaluate(() => {
			const { anchorNode: node, anchorOffset, isCollapsed } = getSelection() as Selection;
			const element = node instanceof Element ? node : node?.parentElement;
			const line = element?.closest('p, li, h2, h3, h4');
			if (!node || !line || !isCollapsed) return '';
			const range = document.createRange();
			range.selectNodeContents(line);
			range.setEnd(node, anchorOffset);
			const read = range.cloneContents();
			for (const caret of read.querySelectorAll('.caret')) caret.remove();
			return read.textContent.replaceAll('\ufeff', '');
		});
		expect(before).toContain(words);
	}).toPass({ timeout: 45_000 });
}

export async function chooseInMenu(page: Page, menu: string, act: string): Promise<void> {
	await page.getByRole('button', { name: menu, exact: true }).click();
	await page.getByRole('menuitem', { name: act, exact: true }).click();
}

/** What Ctrl+V does with the clipboard of a word processor. */
export async function pasteHTML(page: Page, html: string): Promise<void> {
	await texte(page).evaluate((area, pasted) => {
		const clipboardData = new DataTransfer();
		clipboardData.setData('text/html', pasted);
		area.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
	}, html);
}

/** The text and its structure as they are on someone's screen, without what only that screen shows: carets, selections. */
export function shown(page: Page): Promise<string> {
	return texte(page).evaluate((area) => {
		const read = (node: Node): string => {
			if (!(node instanceof Element)) return node.textContent ?? '';
			if (node.matches('.caret, .ProseMirror-separator, .ProseMirror-trailingBreak, .ProseMirror-gapcursor')) return '';
			if (node.matches('.bloc')) return '<bloc/>\n';
			const inside = [...node.childNodes].map(read).join('');
			if (node.matches('.choisi') || node === area) return inside;
			const tag = node.localName;
			return `<${tag}>${inside}</${tag}>${/^(p|h\d|li|table)$/.test(tag) ? '\n' : ''}`;
		};
		return read(area).replaceAll('\ufeff', '');
	});
}
