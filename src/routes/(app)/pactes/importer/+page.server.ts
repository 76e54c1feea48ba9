import { fail, redirect } from '@sveltejs/kit';
import type { Lecture } from '#lib/import/relecture.svelte.ts';
import type { ArchivePacte } from '#lib/pactes/archive.ts';
import { pacteErrors } from '#lib/pactes/pacte-rules.ts';
import { requireAdministrateur } from '#server/comptes/rights.ts';
import { DomainError } from '#server/errors.ts';
import { archiveFromJson } from '#server/export/archive.ts';
import { decodeTexte } from '#server/import/decode.ts';
import { importText } from '#server/import/import.ts';
import { createPacteFromArchive } from '#server/pactes/create-pacte.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => {
	requireAdministrateur(locals.compte);
};

type Lu = { archive: ArchivePacte } | { lecture: Lecture };

export const actions: Actions = {
	/** Reads a text or an export. Writes nothing. */
	lire: async ({ request, locals }) => {
		requireAdministrateur(locals.compte);
		const form = await request.formData();
		try {
			const texte = await givenText(form);
			if (texte.trim() === '') return fail(422, { erreur: 'Choisissez un fichier, ou collez le texte du pacte.' });
			return texte.trimStart().startsWith('{')
				? { archive: readJson(texte) }
				: ({ lecture: await readLecture(texte) } satisfies Lu);
		} catch (error) {
			if (error instanceof DomainError) return fail(422, { erreur: error.message });
			throw error;
		}
	},

	/** Writes the reviewed pacte, whole. */
	creer: async ({ request, locals }) => {
		const compte = requireAdministrateur(locals.compte);
		const form = await request.formData();
		let id: string;
		try {
			const archive = readJson(String(form.get('archive') ?? ''));
			const erreurs = pacteErrors(archive);
			if (Object.keys(erreurs).length > 0) return fail(422, { erreur: 'Complétez ce qui décrit le pacte.', erreurs });
			id = await createPacteFromArchive(locals.app, archive, { compteId: compte.id, acte: 'pacte_importe' });
		} catch (error) {
			if (error instanceof DomainError) return fail(422, { erreur: error.message });
			throw error;
		}
		redirect(303, `/pactes/${id}/orientations`);
	}
};

async function givenText(form: FormData): Promise<string> {
	const fichier = form.get('fichier');
	if (fichier instanceof File && fichier.size > 0) return decodeTexte(await fichier.bytes());
	return String(form.get('texte') ?? '');
}

function readJson(texte: string): ArchivePacte {
	let json: unknown;
	try {
		json = JSON.parse(texte);
	} catch {
		throw new DomainError('invalide', 'Ce fichier commence comme un export JSON, mais il est incomplet ou abîmé.');
	}
	return archiveFromJson(json);
}

async function readLecture(texte: string): Promise<Lecture> {
	const proposition = await importText(texte);
	const lines = texte.split(/\r\n|\r|\n/);
	const extraits = Object.fromEntries(proposition.doutes.map(({ ligne }) => [ligne, (lines[ligne - 1] ?? '').trim()]));
	return { proposition, extraits };
}
