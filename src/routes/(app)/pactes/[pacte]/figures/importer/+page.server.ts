import { fail, redirect } from '@sveltejs/kit';
import { canWriteFigures } from '#lib/documents/rights.ts';
import { figureFromRelecture, newRelecture, readRelecture, type Relecture } from '#lib/figures/import-form.ts';
import { FIGURE_REFUSEE } from '#lib/figures/textes.ts';
import { requireCompte } from '#server/comptes/rights.ts';
import { DomainError } from '#server/errors.ts';
import { addFigure } from '#server/figures/figures.ts';
import { importSheets } from '#server/figures/import-sheets.ts';
import { roleOf } from '#server/pactes/pactes.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ parent }) => {
	const { role } = await parent();
	if (!canWriteFigures(role)) throw new DomainError('interdit', FIGURE_REFUSEE);
};

const PERDU = 'Le tableau n’est pas arrivé entier. Choisissez-le à nouveau.';

export const actions: Actions = {
	/** Reads a file or a paste. Writes nothing. */
	lire: async ({ locals, params, request }) => {
		const compte = requireCompte(locals.compte);
		if (!canWriteFigures(await roleOf(locals.app.db, compte.id, params.pacte)))
			throw new DomainError('interdit', FIGURE_REFUSEE);
		const form = await request.formData();
		const fichier = form.get('fichier');
		const isFile = fichier instanceof File && fichier.size > 0;
		const texte = String(form.get('texte') ?? '');
		try {
			const feuilles = await importSheets(isFile ? await fichier.bytes() : texte);
			return { relecture: newRelecture(feuilles, isFile ? fichier.name : '') };
		} catch (error) {
			if (!(error instanceof DomainError)) throw error;
			return fail(422, { erreur: error.message, texte: isFile ? '' : texte.slice(0, 100_000) });
		}
	},

	/** The preview again, for who has no script. */
	apercu: async ({ request }) => {
		const form = await request.formData();
		const relecture = readRelecture(form);
		if (!relecture) return fail(422, { erreur: PERDU });
		return { relecture };
	},

	/** Makes the figure, whole or not at all. */
	creer: async ({ locals, params, request }) => {
		const compte = requireCompte(locals.compte);
		const relecture = readRelecture(await request.formData());
		if (!relecture) return fail(422, { erreur: PERDU });
		const made = figureFromRelecture(relecture);
		if ('erreur' in made) return fail(422, { relecture: { ...relecture, erreur: made.erreur } satisfies Relecture });
		const id = await addFigure(locals.app, { pacteId: params.pacte, by: compte.id, figure: made.figure });
		redirect(303, `/pactes/${params.pacte}/figures/${id}`);
	}
};
