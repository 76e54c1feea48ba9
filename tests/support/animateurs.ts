// A world café behind a real server, prepared or open, and two people who lead it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext } from '@playwright/test';
import { closeApp, openApp } from '../../server/app.ts';
import { createSession } from '../../server/comptes/session.ts';
import { readConfig } from '../../server/config.ts';
import { takeSiege } from '../../server/salles/sieges.ts';
import { siegeCookieName } from '../../server/comptes/transport.ts';
import { signedIn } from './partenaires.ts';
import { salleDEssai } from './salle.ts';
import { startServeur, type Serveur } from './serveur.ts';

export interface Animateurs {
	serveur: Serveur;
	seanceId: string;
	/** The cockpit. */
	animer: string;
	/** The browser of the first or of the second facilitator. */
	animateur(browser: Browser, which: 0 | 1): Promise<BrowserContext>;
	/** One act of the person who holds the first table's device. */
	ecrire(texte: string): Promise<void>;
	close(): Promise<void>;
}

export async function startAnimateurs({ ouverte }: { ouverte: boolean }): Promise<Animateurs> {
	const dataDir = mkdtempSync(join(tmpdir(), 'copacte-animateurs-'));
	const app = await openApp(readConfig({ DATA_DIR: dataDir }));
	const { pacte, seanceId, acte, animateur, lire } = await salleDEssai(app);
	const { tables } = await lire();
	const { token } = await takeSiege(app, seanceId, { genre: 'table', tableId: tables[0]!.id });
	if (!ouverte) {
		// As if it had been rehearsed: erased, it is prepared and nothing more.
		await app.db.updateTable('salles').set({ repetition: 1 }).execute();
		await acte(animateur, 'effacerRepetition');
	}
	const other = await pacte.membre('animateur');
	const cookies = [(await createSession(app, pacte.by)).cookie, (await createSession(app, other)).cookie] as const;
	await closeApp(app);
	const serveur = await startServeur({ dataDir });
	let acts = 0;
	return {
		serveur,
		seanceId,
		animer: `${serveur.url}/pactes/${pacte.pacteId}/seances/${seanceId}/animer`,
		animateur: (browser, which) => signedIn(browser, cookies[which]),
		async ecrire(texte) {
			const cle = `carte-d-essai-${acts++}`;
			const response = await fetch(`${serveur.url}/salle/${seanceId}/actes`, {
				method: 'POST',
				headers: {
					'Content-Type': 'application/json',
					Cookie: `${siegeCookieName(new URL(serveur.url), seanceId)}=${token}`
				},
				body: JSON.stringify({ comme: 'siege', actes: [{ cle, acte: 'ajouterCarte', donnees: { texte } }] })
			});
			if (!/"fait":true/.test(await response.text())) throw new Error(`The card was refused: ${response.status}`);
		},
		async close() {
			await serveur.stop();
			rmSync(dataDir, { recursive: true, force: true });
		}
	};
}
