import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { MODELE_ORNE } from '#lib/pactes/modeles/structures.ts';
import { closeApp, openApp } from '../app.ts';
import { readConfig } from '../config.ts';
import { migrations } from '../database/migrations.ts';
import { migrate, openDatabase, type Database } from '../database/open.ts';
import { search } from './search.ts';

/** A folder left by a version that knew neither search nor glossary. */
async function leaveOldDatabase(dataDir: string): Promise<void> {
	const db = openDatabase({ databaseUrl: null, dataDir });
	const all = await migrations('sqlite').getMigrations();
	const before = Object.fromEntries(Object.entries(all).filter(([name]) => name < '0003'));
	await migrate(db, 'sqlite', { getMigrations: () => Promise.resolve(before) });
	await sql`insert into comptes values ('moi', 'moi@haute-riviere.example', 'Anouk', '', null, 0, 0, 1)`.execute(db);
	await insert(db, 'pactes', {
		id: 'ancien',
		intitule: 'Pacte de la Haute-Rivière',
		territoire: 'Haute-Rivière',
		modele: JSON.stringify(MODELE_ORNE),
		demo: 0,
		created_at: 1
	});
	await insert(db, 'participations', { pacte_id: 'ancien', compte_id: 'moi', role: 'lecteur', created_at: 1 });
	const noeud = { pacte_id: 'ancien', titre: 'Une navette vers le marché', code: '1', ordre: 0, a_classer: 0 };
	await insert(db, 'noeuds', { id: 'fiche-ancienne', niveau: 'action', ...noeud });
	await insert(db, 'fiches', { id: 'fiche-ancienne', pacte_id: 'ancien', created_at: 1 });
	const champ = { champ: 'objectifs', ordre: 0, texte: 'Passer deux fois par semaine au hameau', ouverte: 0 };
	await insert(db, 'fiche_champs', { fiche_id: 'fiche-ancienne', pacte_id: 'ancien', ...champ });
	await insert(db, 'organismes', {
		id: 'o',
		pacte_id: 'ancien',
		nom: 'Régie rurale',
		nom_plie: 'regie rurale',
		rang: 0
	});
	await db.destroy();
}

async function insert(db: Database, table: string, row: Record<string, unknown>): Promise<void> {
	const columns = Object.keys(row).map((name) => sql.ref(name));
	const values = Object.values(row).map((value) => sql`${value}`);
	await sql`insert into ${sql.table(table)} (${sql.join(columns)}) values (${sql.join(values)})`.execute(db);
}

test('RE5. a database of an earlier version is searched after its first start, with all that it held', async () => {
	const dataDir = mkdtempSync(join(tmpdir(), 'copacte-ancienne-'));
	await leaveOldDatabase(dataDir);
	const app = await openApp(readConfig({ DATA_DIR: dataDir }));
	await app.remplissage.done;
	const total = async (question: string) =>
		(await search(app.db, { pacteId: 'ancien', by: 'moi', question })).groupes.map(({ kind }) => kind);
	expect(await total('navettes')).toEqual(['fiche']);
	expect(await total('hameaux semaines')).toEqual(['fiche']);
	expect(await total('regies')).toEqual(['organisme']);
	await closeApp(app);
	rmSync(dataDir, { recursive: true });
});
