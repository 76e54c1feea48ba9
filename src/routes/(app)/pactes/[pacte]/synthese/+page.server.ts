import { choicesOf, filterSynthese, readFiltres } from '#lib/fiches/synthese.ts';
import { readSynthese } from '#server/fiches/synthese.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, parent, depends, url }) => {
	depends('pacte:noeuds', 'pacte:fiches', 'pacte:organismes');
	const { pacte, modele } = await parent();
	const { lignes, aClasser } = await readSynthese(locals.app.db, { ...pacte, modele });
	const filtres = readFiltres(url.searchParams);
	return {
		filtres,
		choix: choicesOf(lignes),
		lignes: filterSynthese(lignes, filtres),
		total: lignes.length,
		incompletes: lignes.filter(({ completude }) => completude.trous.length > 0).length,
		aClasser
	};
};
