import type { Transaction } from 'kysely';
import type { Role } from '#lib/documents/rights.ts';
import type { App } from '../app.ts';
import type { Schema } from '../database/schema.ts';
import { newId } from '../ids.ts';
import { createPacteFromArchive } from '../pactes/create-pacte.ts';
import { openDemoCafe } from './cafe.ts';
import { demonstration } from './demonstration.ts';

/** One account a role: their links are printed at start, and reach only the demonstration's pacte. */
const COMPTES_DE_DEMO: { role: Role; nom: string; organisme: string }[] = [
	{ role: 'equipe_projet', nom: 'Équipe projet', organisme: 'Département de la Haute-Rivière' },
	{ role: 'animateur', nom: 'Animatrice', organisme: 'Département de la Haute-Rivière' },
	{ role: 'redacteur', nom: 'Rédactrice', organisme: 'CAF' },
	{ role: 'partenaire', nom: 'Partenaire', organisme: 'CAF' },
	{ role: 'relecteur', nom: 'Relecteur', organisme: 'Mission locale' },
	{ role: 'lecteur', nom: 'Lectrice', organisme: 'CCAS de Bourg-le-Pont' }
];

/** Puts the demonstration in an empty installation, once: whoever removes it does not find it again. */
export async function prepareDemo(app: App): Promise<void> {
	if (!(await isEmpty(app))) return;
	const options = { compteId: null, acte: 'pacte_importe', demo: true } as const;
	const pacteId = await createPacteFromArchive(app, demonstration(), {
		...options,
		also: (trx, pacteId) => insertComptes(trx, pacteId, app.now())
	});
	await openDemoCafe(app, pacteId, await equipeOf(app, pacteId));
}

async function insertComptes(trx: Transaction<Schema>, pacte_id: string, created_at: number): Promise<void> {
	for (const { role, nom, organisme } of COMPTES_DE_DEMO) {
		const id = newId();
		const email = `${role}@demo.invalid`;
		const compte = { id, email, nom, organisme, mot_de_passe: null, administrateur: 0, demo: 1, created_at } as const;
		await trx.insertInto('comptes').values(compte).execute();
		const organisme_id = role === 'partenaire' ? await organismeOf(trx, pacte_id, organisme) : null;
		await trx
			.insertInto('participations')
			.values({ pacte_id, compte_id: id, role, organisme_id, created_at })
			.execute();
	}
	await trx.insertInto('reglages').values({ cle: 'demo', valeur: pacte_id }).execute();
}

async function equipeOf({ db }: App, pacteId: string): Promise<string> {
	const { compte_id } = await db
		.selectFrom('participations')
		.select('compte_id')
		.where('pacte_id', '=', pacteId)
		.where('role', '=', 'equipe_projet')
		.executeTakeFirstOrThrow();
	return compte_id;
}

/** For whom a partenaire writes. */
async function organismeOf(trx: Transaction<Schema>, pacteId: string, nom: string): Promise<string> {
	const { id } = await trx
		.selectFrom('organismes')
		.select('id')
		.where('pacte_id', '=', pacteId)
		.where('nom', '=', nom)
		.executeTakeFirstOrThrow();
	return id;
}

async function isEmpty({ db }: App): Promise<boolean> {
	const [compte, pacte, reglage] = await Promise.all([
		db.selectFrom('comptes').select('id').limit(1).executeTakeFirst(),
		db.selectFrom('pactes').select('id').limit(1).executeTakeFirst(),
		db.selectFrom('reglages').select('cle').where('cle', '=', 'demo').executeTakeFirst()
	]);
	return !compte && !pacte && !reglage;
}

/** Ends the demonstration: its pacte, its accounts and their links. */
export async function removeDemo(app: App): Promise<void> {
	const pactes = await app.db.selectFrom('pactes').select('id').where('demo', '=', 1).execute();
	const comptes = await app.db.selectFrom('comptes').select('id').where('demo', '=', 1).execute();
	for (const { id } of pactes) app.collaboration.forget(id);
	for (const { id } of comptes) app.collaboration.closeCompte(id);
	await app.db.transaction().execute(async (trx) => {
		await trx.deleteFrom('pactes').where('demo', '=', 1).execute();
		await trx.deleteFrom('comptes').where('demo', '=', 1).execute();
	});
}
