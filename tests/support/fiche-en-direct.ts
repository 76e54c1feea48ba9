// A fiche that two people have open in their browsers, each behind a network of their own.
import { rmSync } from 'node:fs';
import { expect, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { LiveWorld, type Someone } from './live-world.ts';
import { openRelay, type Relay } from './relay.ts';
import { startServeur, type Serveur } from './serveur.ts';

export const OFFLINE = 'Hors ligne, tout est gardé ici';
export const OFFLINE_WITHOUT_COPY = 'Hors ligne : gardez cet onglet ouvert';

export interface FicheEnDirect {
	serveur: Serveur;
	amina: Someone;
	bruno: Someone;
	/** The path of a fiche: the same until the next one is asked for. */
	fiche: string;
	/** Goes on to a fiche in which nobody has written. */
	nextFiche(): void;
	/** What lies between Amina and the server. */
	network: Relay;
	close(): Promise<void>;
}

const FICHES = 10;

/** A server, fiches and their two rédacteurs. */
export async function startFicheEnDirect(): Promise<FicheEnDirect> {
	const world = await LiveWorld.open();
	const [amina, bruno] = [await world.addSomeone('Amina'), await world.addSomeone('Bruno')];
	const paths: string[] = [];
	while (paths.length < FICHES) {
		const { pacteId, fiche } = await world.addPacte();
		for (const { compteId } of [amina, bruno]) await world.addRole(compteId, pacteId, 'redacteur');
		paths.push(`/pactes/${pacteId}/fiches/${fiche.slice('fiche.'.length)}`);
	}
	await world.close();
	const serveur = await startServeur({ dataDir: world.dataDir });
	const network = await openRelay('127.0.0.1', serveur.port);
	return {
		serveur,
		amina,
		bruno,
		get fiche() {
			return paths[0] as string;
		},
		nextFiche: () => void paths.shift(),
		network,
		async close() {
			await network.close();
			await serveur.stop();
			rmSync(world.dataDir, { recursive: true, force: true });
		}
	};
}

/** A browser where someone is signed in. */
export async function contextOf(browser: Browser, { cookie }: Someone): Promise<BrowserContext> {
	const context = await browser.newContext();
	const [name = '', value = ''] = cookie.split('=');
	await context.addCookies([{ name, value, url: 'http://localhost' }]);
	return context;
}

/** Opens a fiche by its whole address, and waits until it is live. */
export async function openFiche(context: BrowserContext, address: string): Promise<Page> {
	const page = await context.newPage();
	await page.goto(address);
	await expect(echeance(page)).toBeEditable();
	await expect(etat(page)).toContainText('Enregistré');
	return page;
}

export const etat = (page: Page) => page.locator('.sauvegarde');
export const echeance = (page: Page) => page.getByRole('textbox', { name: /Échéance/ }).first();

/** Types at the end of the échéance. */
export async function type(page: Page, text: string): Promise<void> {
	await echeance(page).focus();
	await page.keyboard.press('Control+End');
	await page.keyboard.type(text);
}
