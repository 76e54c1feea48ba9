// A pacte on the Sarthe's model behind a real server, with people who may write it, each with a session.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ArchivePacte, ValeurChamp } from '#lib/pactes/archive.ts';
import { closeApp, openApp } from '#server/app.ts';
import { readConfig } from '#server/config.ts';
import { openDatabase } from '#server/database/open.ts';
import { createPacteFromArchive } from '#server/pactes/create-pacte.ts';
import { LiveWorld, type Someone } from './live-world.ts';
import { archiveSarthe, VALEURS_SARTHE } from './pacte-sarthe.ts';
import { startServeur, type Serveur } from './serveur.ts';

export interface SartheEnDirect {
	serveur: Serveur;
	/** The équipe projet first, then rédacteurs. */
	people: Someone[];
	/** Its path. */
	pacte: string;
	/** The paths of its fiches, in the order of the tree. */
	fiches: string[];
	/** The values of a field as the server's rows have them, once written: one a line. */
	rows(fiche: string, champ: string): Promise<string[]>;
	close(): Promise<void>;
}

export async function startSartheEnDirect(
	noms: readonly string[],
	archive: ArchivePacte = archiveSarthe()
): Promise<SartheEnDirect> {
	const dataDir = mkdtempSync(join(tmpdir(), 'copacte-sarthe-'));
	const app = await openApp(readConfig({ DATA_DIR: dataDir }));
	const pacteId = await createPacteFromArchive(app, archive, { compteId: null, acte: 'pacte_importe' });
	const nodes = await app.db
		.selectFrom('noeuds')
		.select('id')
		.where('pacte_id', '=', pacteId)
		.where('porte_fiche', '=', 1)
		.orderBy('ordre')
		.execute();
	await closeApp(app);
	const world = await LiveWorld.open({ dataDir });
	const people: Someone[] = [];
	for (const [i, nom] of noms.entries())
		people.push(await world.addSomeone(nom, pacteId, i === 0 ? 'equipe_projet' : 'redacteur'));
	await world.close();
	const serveur = await startServeur({ dataDir });
	const pacte = `/pactes/${pacteId}`;
	return {
		serveur,
		people,
		pacte,
		fiches: nodes.map(({ id }) => `${pacte}/fiches/${id}`),
		async rows(fiche, champ) {
			const db = openDatabase({ databaseUrl: null, dataDir });
			try {
				const rows = await db
					.selectFrom('fiche_champs')
					.select(['texte', 'ordre'])
					.where('fiche_id', '=', fiche.split('/').at(-1) as string)
					.where('champ', '=', champ)
					.orderBy('ordre')
					.execute();
				return rows.map(({ texte }) => texte);
			} finally {
				await db.destroy();
			}
		},
		async close() {
			await serveur.stop();
			rmSync(dataDir, { recursive: true, force: true });
		}
	};
}

/** As long as the longest fiche of the Sarthe. */
export const LONGUEUR = 8_370;

/** Values in which the words of a fiche, all fields together, are that many characters. */
export function longValues(longueur = LONGUEUR): Record<string, ValeurChamp> {
	const phrase = 'Dans la vallée haute, chacun doit pouvoir aller travailler, apprendre et se soigner. ';
	const others = Object.entries(VALEURS_SARTHE).filter(([id]) => id !== 'contexte');
	const rest = longueur - others.reduce((sum, [, valeur]) => sum + lengthOf(valeur), 0);
	const texte = phrase.repeat(Math.ceil(rest / phrase.length)).slice(0, rest);
	return { ...VALEURS_SARTHE, contexte: { texte } };
}

function lengthOf(valeur: ValeurChamp): number {
	if ('lignes' in valeur) return valeur.lignes.flatMap((ligne) => Object.values(ligne)).join('').length;
	if ('puces' in valeur) return valeur.puces.join('').length;
	return valeur.texte.length;
}
