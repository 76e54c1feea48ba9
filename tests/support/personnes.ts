// People and pactes of the Haute-Rivière, as rows: for tests of what is decided about them.
import type { Role } from '#lib/documents/rights.ts';
import { MODELE_VIERGE } from '#lib/pactes/modeles/structures.ts';
import type { App } from '../../server/app.ts';
import { newId } from '../../server/ids.ts';

interface PersonneOptions {
	email?: string;
	organisme?: string;
	administrateur?: boolean;
	demo?: boolean;
	/** A PHC string; null: no password. */
	hash?: string | null;
}

export async function addPersonne(app: App, nom: string, options: PersonneOptions = {}): Promise<string> {
	const id = newId();
	await app.db
		.insertInto('comptes')
		.values({
			id,
			email: options.email ?? `${id.toLowerCase()}@haute-riviere.example`,
			nom,
			organisme: options.organisme ?? '',
			mot_de_passe: options.hash ?? null,
			administrateur: options.administrateur ? 1 : 0,
			demo: options.demo ? 1 : 0,
			created_at: app.now()
		})
		.execute();
	return id;
}

/** A pacte without documents, and its people. */
export async function addPacte(
	app: App,
	membres: Record<string, Role>,
	{ demo = false }: { demo?: boolean } = {}
): Promise<string> {
	const id = newId();
	await app.db
		.insertInto('pactes')
		.values({
			id,
			intitule: 'Pacte de la Haute-Rivière',
			territoire: 'Haute-Rivière',
			debut: 2027,
			fin: 2031,
			modele: JSON.stringify(MODELE_VIERGE),
			demo: demo ? 1 : 0,
			created_at: app.now()
		})
		.execute();
	for (const [compte_id, role] of Object.entries(membres)) {
		const row = { pacte_id: id, compte_id, role, created_at: app.now() };
		await app.db.insertInto('participations').values(row).execute();
	}
	return id;
}
