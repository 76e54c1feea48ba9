import { PARTIES_VIDES, type ArchivePacte } from '#lib/pactes/archive.ts';
import type { Modele } from '#lib/pactes/modele.ts';
import type { PacteForm } from '#lib/pactes/pacte-rules.ts';
import { emptyParties } from '#lib/parties/parties-archive.ts';
import { planOf } from '#lib/sections/plan-type.ts';
import type { SectionAPrevoir } from '#lib/sections/section.ts';
import { datedDemarche, type ModeleDePacte } from './modele-de-pacte.ts';

/** A pacte in which nothing is written yet. */
export function emptyArchive(pacte: PacteForm, modele: Modele, plan: readonly SectionAPrevoir[]): ArchivePacte {
	return {
		format: 'copacte/pacte',
		version: 1,
		intitule: pacte.intitule,
		territoire: pacte.territoire,
		debut: pacte.debut,
		fin: pacte.fin,
		modele,
		organismes: [],
		noeuds: [],
		fiches: [],
		signataires: [],
		engagements: [],
		textes: [],
		...PARTIES_VIDES,
		sections: planOf(plan)
	};
}

/** A pacte that begins on a model. `depart`: the first month of its process (`2026-03`), empty when not known; null: without it. */
export function archiveOfModele(
	pacte: PacteForm,
	{ structure, plan, demarche }: ModeleDePacte,
	depart: string | null
): ArchivePacte {
	const archive = emptyArchive(pacte, structure, plan);
	if (depart === null) return archive;
	const { instances, ...dated } = datedDemarche(demarche, depart);
	return { ...archive, ...dated, parties: { ...emptyParties(), instances } };
}
