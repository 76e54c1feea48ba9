// The world café of a real server, open, with its facilitator signed in: for the stories of browsers.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test';
import type { Cafe } from '#lib/salles/cafe.ts';
import type { Salle } from '#lib/salles/salle.ts';
import { closeApp, openApp } from '../../server/app.ts';
import { createSession } from '../../server/comptes/session.ts';
import { readConfig } from '../../server/config.ts';
import { newId } from '../../server/ids.ts';
import { openRelay, type Relay } from './relay.ts';
import { salleDEssai } from './salle.ts';
import { startServeur, type Serveur } from './serveur.ts';

export interface SalleEnDirect {
	serveur: Serveur;
	seanceId: string;
	/** The path of its pacte. */
	pacte: string;
	/** What lies between some and the server. */
	network: Relay;
	/** As the room was prepared. */
	salle: Salle;
	/** Of its QR code, and of the wall's address. */
	jeton: string;
	jetonMur: string;
	/** A facilitator's browser. */
	animateur(browser: Browser): Promise<BrowserContext>;
	/** One act of the facilitator, on the running server. */
	animer(acte: string, donnees?: Record<string, unknown>): Promise<void>;
	/** Goes to the first step of this kind, or of this round. */
	etape(genre: Salle['etapes'][number]['genre'], tour?: number): Promise<void>;
	/** Someone who scans the card of a table, and is seated there. */
	rejoindre(
		browser: Browser,
		table: number,
		options?: BrowserContextOptions & { genre?: 'table'; par?: 'relais' | { url: string } }
	): Promise<Page>;
	close(): Promise<void>;
}

export async function startSalleEnDirect(cafe: Partial<Cafe> = {}): Promise<SalleEnDirect> {
	const dataDir = mkdtempSync(join(tmpdir(), 'copacte-salle-'));
	const app = await openApp(readConfig({ DATA_DIR: dataDir }));
	const { pacte, seanceId, lire } = await salleDEssai(app, cafe);
	const salle = await lire();
	const { jeton, jeton_mur: jetonMur } = await app.db
		.selectFrom('salles')
		.select(['jeton', 'jeton_mur'])
		.executeTakeFirstOrThrow();
	const { cookie } = await createSession(app, pacte.by);
	await closeApp(app);
	const serveur = await startServeur({ dataDir });
	const network = await openRelay('127.0.0.1', serveur.port);

	async function animer(acte: string, donnees: Record<string, unknown> = {}): Promise<void> {
		const response = await fetch(`${serveur.url}/salle/${seanceId}/actes`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json', Cookie: `copacte_session=${cookie}` },
			body: JSON.stringify({ comme: 'animateur', actes: [{ cle: newId(), acte, donnees }] })
		});
		const { reponses } = (await response.json()) as { reponses: { fait: boolean; refus?: string }[] };
		if (!reponses[0]?.fait) throw new Error(`${acte}: ${reponses[0]?.refus}`);
	}

	return {
		serveur,
		seanceId,
		pacte: `/pactes/${pacte.pacteId}`,
		network,
		salle,
		jeton,
		jetonMur,
		async animateur(browser) {
			const context = await browser.newContext();
			await context.addCookies([{ name: 'copacte_session', value: cookie, url: serveur.url }]);
			return context;
		},
		animer,
		async etape(genre, tour) {
			const etape = salle.etapes.find((each) => each.genre === genre && (tour === undefined || each.tour === tour));
			await animer('allerAEtape', { etape: etape?.id });
		},
		async rejoindre(browser, table, { genre, par, ...options } = {}) {
			const page = await (await browser.newContext(options)).newPage();
			const origin = par === 'relais' ? `http://localhost:${network.port}` : (par?.url ?? serveur.url);
			await page.goto(`${origin}/r/${jeton}?table=${table}${genre ? `&genre=${genre}` : ''}`);
			return page;
		},
		async close() {
			await network.close();
			await serveur.stop();
			rmSync(dataDir, { recursive: true, force: true });
		}
	};
}
