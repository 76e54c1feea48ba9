import { PLAN_TYPE } from '#lib/sections/section.ts';
import { DEMARCHE_ALLIER, DEMARCHE_MAYENNE, DEMARCHE_MEUSE, DEMARCHE_ORNE, DEMARCHE_SARTHE } from './demarches.ts';
import { SANS_DEMARCHE, type ModeleDePacte } from './modele-de-pacte.ts';
import { PLAN_ALLIER, PLAN_MAYENNE, PLAN_MEUSE, PLAN_ORNE, PLAN_SARTHE } from './plans.ts';
import {
	MODELE_ALLIER,
	MODELE_MAYENNE,
	MODELE_MEUSE,
	MODELE_ORNE,
	MODELE_SARTHE,
	MODELE_VIERGE
} from './structures.ts';

/** What Copacte ships. */
export const MODELES_DE_PACTE: readonly ModeleDePacte[] = [
	{ structure: MODELE_ORNE, plan: PLAN_ORNE, demarche: DEMARCHE_ORNE },
	{ structure: MODELE_SARTHE, plan: PLAN_SARTHE, demarche: DEMARCHE_SARTHE },
	{ structure: MODELE_MEUSE, plan: PLAN_MEUSE, demarche: DEMARCHE_MEUSE },
	{ structure: MODELE_ALLIER, plan: PLAN_ALLIER, demarche: DEMARCHE_ALLIER },
	{ structure: MODELE_MAYENNE, plan: PLAN_MAYENNE, demarche: DEMARCHE_MAYENNE },
	{ structure: MODELE_VIERGE, plan: [...PLAN_TYPE], demarche: SANS_DEMARCHE }
];
