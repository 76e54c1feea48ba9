import type { KindTrouve } from '#lib/recherche/resultat.ts';
import type { Presentation, Source } from './source.ts';
import { fiche } from './sources/fiche.ts';
import { figure, presentFigures } from './sources/figure.ts';
import { glossaire, presentGlossaire } from './sources/glossaire.ts';
import { organismes, presentOrganismes } from './sources/organismes.ts';
import { orientations, presentFiches, presentOrientations } from './sources/orientations.ts';
import { presentTextes, textes } from './sources/textes.ts';
import { plan, presentConstats, presentSections, section } from './sources/section.ts';

/** Where findable texts come from. */
export const SOURCES = { orientations, fiche, plan, section, figure, organismes, glossaire, textes } satisfies Record<
	string,
	Source
>;
export type NomDeSource = keyof typeof SOURCES;

/** How each kind of result is shown. */
export const PRESENTATIONS: Record<KindTrouve, Presentation> = {
	orientation: presentOrientations,
	fiche: presentFiches,
	section: presentSections,
	constat: presentConstats,
	figure: presentFigures,
	organisme: presentOrganismes,
	glossaire: presentGlossaire,
	texte_importe: presentTextes
};
