// A pacte whose partners each have a section of engagements, and the people who write for them, behind a real server.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext } from '@playwright/test';
import type { Role } from '#lib/documents/rights.ts';
import { closeApp, openApp, type App } from '../../server/app.ts';
import { sessionCookieName } from '../../server/comptes/transport.ts';
import { createSession } from '../../server/comptes/session.ts';
import { readConfig } from '../../server/config.ts';
import { addSection } from '../../server/sections/sections.ts';
import { pacteDEssai } from './pacte.ts';
import { startServeur, type Serveur } from './serveur.ts';

export interface Partenaire {
	nom: string;
	/** The path of its section. */
	section: string;
	cookie: string;
}

export interface Partenaires {
	serveur: Serveur;
	/** The path of the pacte. */
	base: string;
	partenaires: Partenaire[];
	/** The équipe projet. */
	equipe: string;
	lecteur: string;
	close(): Promise<void>;
}

/** One section a name; two axes in the tree. */
export async function startPartenaires(noms: readonly string[]): Promise<Partenaires> {
	const dataDir = mkdtempSync(join(tmpdir(), 'copacte-partenaires-'));
	const app = await openApp(readConfig({ DATA_DIR: dataDir }));
	const pacte = await pacteDEssai(app);
	await pacte.axes('Se loger', 'Travailler');
	const base = `/pactes/${pacte.pacteId}`;
	const partenaires: Partenaire[] = [];
	for (const nom of noms) {
		const organismeId = await pacte.organisme(nom);
		const id = await addSection(app, pacte, { genre: 'engagement', titre: nom, parent: null, organismeId });
		const compteId = await pacte.membre('partenaire', organismeId);
		partenaires.push({ nom, section: `${base}/sections/${id}`, cookie: await cookieOf(app, compteId) });
	}
	const equipe = await cookieOf(app, pacte.by);
	const lecteur = await cookieOf(app, await pacte.membre('lecteur' satisfies Role));
	await closeApp(app);
	const serveur = await startServeur({ dataDir });
	return {
		serveur,
		base: serveur.url + base,
		partenaires: partenaires.map((partenaire) => ({ ...partenaire, section: serveur.url + partenaire.section })),
		equipe,
		lecteur,
		async close() {
			await serveur.stop();
			rmSync(dataDir, { recursive: true, force: true });
		}
	};
}

async function cookieOf(app: App, compteId: string): Promise<string> {
	return (await createSession(app, compteId)).cookie;
}

/** A browser in which someone is signed in. */
export async function signedIn(
	browser: Browser,
	cookie: string,
	options: { javaScriptEnabled?: boolean } = {}
): Promise<BrowserContext> {
	const context = await browser.newContext(options);
	const name = sessionCookieName(new URL('http://localhost'));
	await context.addCookies([{ name, value: cookie, url: 'http://localhost' }]);
	return context;
}
