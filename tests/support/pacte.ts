// A pacte of the Haute-Rivière with people in it, for the tests of acts.
import type { Role } from '#lib/documents/rights.ts';
import { documentName } from '#lib/documents/document.ts';
import { addNoeud } from '#lib/orientations/arbre.ts';
import type { Modele } from '#lib/pactes/modele.ts';
import { MODELE_ORNE } from '#lib/pactes/modeles/structures.ts';
import type { App } from '#server/app.ts';
import { newId } from '#server/ids.ts';
import { createOrganisme } from '#server/organismes/organismes.ts';
import { createPacte } from '#server/pactes/create-pacte.ts';

export interface PacteDEssai {
	pacteId: string;
	/** Its équipe projet. */
	by: string;
	/** Someone else, with a role; a partenaire acts for an organisme. */
	membre(role: Role, organismeId?: string): Promise<string>;
	organisme(nom: string): Promise<string>;
	/** Branches at the top of the tree; gives their ids. */
	axes(...titres: string[]): Promise<string[]>;
	actes(): Promise<string[]>;
}

export async function pacteDEssai(app: App, modele: Modele = MODELE_ORNE): Promise<PacteDEssai> {
	const by = await compte(app, 'Nadia Roche');
	const pacteId = await createPacte(
		app,
		{
			intitule: 'Pacte de la Haute-Rivière',
			territoire: 'Haute-Rivière',
			debut: 2026,
			fin: 2030,
			modele
		},
		by
	);
	return {
		pacteId,
		by,
		async membre(role, organismeId) {
			const id = await compte(app, `Personne ${role}`);
			const participation = { pacte_id: pacteId, compte_id: id, role, created_at: app.now() };
			await app.db
				.insertInto('participations')
				.values({ ...participation, organisme_id: organismeId ?? null })
				.execute();
			return id;
		},
		organisme: async (nom) => (await createOrganisme(app, { pacteId, by, nom })).organisme.id,
		async axes(...titres) {
			const ids = titres.map(() => newId());
			await app.collaboration.edit(
				documentName('orientations', pacteId),
				(doc) =>
					titres.forEach((titre, i) => addNoeud(doc, { id: ids[i] as string, parent: null, niveau: 'axe', titre })),
				by
			);
			await app.collaboration.settle(pacteId);
			return ids;
		},
		actes: async () =>
			(await app.db.selectFrom('journal').select('acte').where('pacte_id', '=', pacteId).orderBy('id').execute()).map(
				({ acte }) => acte
			)
	};
}

async function compte(app: App, nom: string): Promise<string> {
	const id = newId();
	await app.db
		.insertInto('comptes')
		.values({
			id,
			email: `${id}@haute-riviere.example`,
			nom,
			organisme: '',
			mot_de_passe: null,
			administrateur: 0,
			demo: 0,
			created_at: app.now()
		})
		.execute();
	return id;
}
