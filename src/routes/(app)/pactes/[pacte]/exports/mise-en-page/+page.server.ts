import { canAdministerPacte } from '#lib/documents/rights.ts';
import { PAGES_DE_LA_MENTION } from '#lib/pactes/mise-en-page.ts';
import { DomainError } from '#server/errors.ts';
import { addLogo, readMiseEnPage, saveMiseEnPage } from '#server/pactes/mise-en-page.ts';
import { readImages } from '#server/pieces/pieces.ts';
import { acte } from '../../acte.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, depends }) => {
	depends('pacte:parties');
	const { role } = await parent();
	const { mention, pages, logos } = await readMiseEnPage(locals.app.db, params.pacte);
	const images = await readImages(locals.app.db, params.pacte, `/pactes/${params.pacte}`);
	return {
		mention,
		pages,
		logos: logos.flatMap((logo) => {
			const image = images[logo.piece];
			return image ? [{ ...logo, ...image }] : [];
		}),
		decide: canAdministerPacte(role)
	};
};

export const actions: Actions = {
	enregistrer: (event) =>
		acte(event, 'enregistrer', async (app, act, saisie) => {
			const asked = saisie.text('pages');
			const pages = PAGES_DE_LA_MENTION.find((known) => known === asked);
			if (pages === undefined) throw new DomainError('invalide', 'Choisissez les pages qui portent la mention.');
			const logos = saisie.all('logo');
			const alternatives = saisie.all('alternative');
			await saveMiseEnPage(app, act, {
				mention: saisie.text('mention'),
				pages,
				alternatives: new Map(logos.map((piece, i) => [piece, alternatives[i] ?? ''])),
				retires: saisie.all('retirer')
			});
			return 'C’est enregistré\u00a0: les prochains exports en tiennent compte.';
		}),
	ajouter: (event) =>
		acte(event, 'ajouter', async (app, act, saisie) => {
			const bytes = await saisie.file('fichier');
			if (!bytes) throw new DomainError('invalide', 'Choisissez un fichier d’image (PNG, JPEG, GIF ou WebP).');
			await addLogo(app, act, { nom: 'logo', bytes, alternative: saisie.text('alternative') });
			return 'Le logo est ajouté.';
		})
};
