import { fail, redirect } from '@sveltejs/kit';
import type { Lecture } from '#lib/import/relecture.svelte.ts';
import type { ArchivePacte } from '#lib/pactes/archive.ts';
import { pacteErrors } from '#lib/pactes/pacte-rules.ts';
import { requireAdministrateur } from '#server/comptes/rights.ts';
import { DomainError } from '#server/errors.ts';
import { archiveFromJson } from '#server/export/archive.ts';
import { decodeOctets, decodeTexte } from '#server/import/decode.ts';
import { importFichier } from '#server/import/import.ts';
import { checkFichier } from '#server/import/limites.ts';
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
			const source = await givenSource(form);
			if (source.contenu.length === 0)
				return fail(422, { erreur: 'Choisissez un fichier, ou collez le texte du pacte.' });
			return isJson(source.contenu)
				? { archive: readJson(decodeTexte(source.contenu)) }
				: ({ lecture: await readLecture(source) } satisfies Lu);
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

interface Source {
	contenu: Uint8Array | string;
	nom: string;
}

async function givenSource(form: FormData): Promise<Source> {
	const fichier = form.get('fichier');
	if (fichier instanceof File && fichier.size > 0) {
		checkFichier(fichier.size);
		return { contenu: await fichier.bytes(), nom: fichier.name };
	}
	return { contenu: String(form.get('texte') ?? '').trim(), nom: '' };
}

/** An export of Copacte; RTF begins with a brace too. */
function isJson(contenu: Uint8Array | string): boolean {
	const debut = typeof contenu === 'string' ? contenu.slice(0, 200) : decodeOctets(contenu.subarray(0, 200));
	return /^\ufeff?\s*\{(?!\\rtf)/.test(debut);
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

async function readLecture({ contenu, nom }: Source): Promise<Lecture> {
	const { proposition, texte } = await importFichier(contenu, { nom });
	const lines = texte.split(/\r\n|\r|\n/);
	const extraits = Object.fromEntries(proposition.doutes.map(({ ligne }) => [ligne, (lines[ligne - 1] ?? '').trim()]));
	return { proposition, extraits };
}
