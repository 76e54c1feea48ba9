import { fail, redirect } from '@sveltejs/kit';
import type { ArchivePacte } from '#lib/pactes/archive.ts';
import { apercuOf } from '#lib/pactes/modeles/apercu.ts';
import { copieOf, ETENDUES } from '#lib/pactes/modeles/copie.ts';
import { modeleFromArchive } from '#lib/pactes/modeles/modele-from-archive.ts';
import { pacteErrors, readPacteForm } from '#lib/pactes/pacte-rules.ts';
import { requireAdministrateur } from '#server/comptes/rights.ts';
import { DomainError } from '#server/errors.ts';
import { archiveFromJson } from '#server/export/archive.ts';
import { createPacteFromArchive } from '#server/pactes/create-pacte.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => {
	requireAdministrateur(locals.compte);
};

export const actions: Actions = {
	/** Reads an export. Writes nothing. */
	lire: async ({ request, locals }) => {
		requireAdministrateur(locals.compte);
		const fichier = (await request.formData()).get('fichier');
		if (!(fichier instanceof File) || fichier.size === 0)
			return fail(422, { erreur: 'Choisissez l’export JSON d’un pacte.' });
		try {
			return { source: readOf(readJson(await fichier.text())) };
		} catch (error) {
			if (error instanceof DomainError) return fail(422, { erreur: error.message });
			throw error;
		}
	},

	creer: async ({ request, locals }) => {
		const compte = requireAdministrateur(locals.compte);
		const form = await request.formData();
		const pacte = readPacteForm(form);
		const etendue = ETENDUES.find((one) => one === form.get('etendue')) ?? 'structure';
		let id: string;
		try {
			const archive = readJson(String(form.get('archive') ?? ''));
			const erreurs = pacteErrors(pacte);
			if (Object.keys(erreurs).length > 0) return fail(422, { source: readOf(archive), pacte, etendue, erreurs });
			const copie = copieOf(archive, etendue, pacte);
			id = await createPacteFromArchive(locals.app, copie, { compteId: compte.id, acte: 'pacte_cree' });
		} catch (error) {
			if (error instanceof DomainError) return fail(422, { erreur: error.message });
			throw error;
		}
		redirect(303, `/pactes/${id}`);
	}
};

function readOf(archive: ArchivePacte) {
	const { intitule, territoire, debut, fin, noeuds, fiches } = archive;
	return {
		json: JSON.stringify(archive),
		intitule,
		territoire,
		debut,
		fin,
		noeuds: noeuds.length,
		fiches: fiches.length,
		apercu: apercuOf(modeleFromArchive(archive))
	};
}

function readJson(texte: string): ArchivePacte {
	let json: unknown;
	try {
		json = JSON.parse(texte);
	} catch {
		throw new DomainError(
			'invalide',
			'Ce fichier n’est pas un export JSON de Copacte, ou il est incomplet. Demandez un nouvel export à qui vous l’a donné.'
		);
	}
	return archiveFromJson(json);
}
