import { allBranches, newBranche, rangOf, RANGS, type Branche } from './branches.ts';
import { readIntitule } from './intitules.ts';
import { isMarked } from './jalons.ts';
import type { Ligne } from './lignes.ts';
import { fold, sameForm, type Vocabulaire } from './mots.ts';
import { groupPuces, type Puce } from './puces.ts';
import { readTitresCodes } from './synthese.ts';

/** Levels of which a text gives the names only, by their folded names. */
const NIVEAUX = new Map(
	[...Object.keys(RANGS), 'perspective', 'préconisation', 'recommandation', 'proposition', "cadre d'action"]
		.filter((niveau) => niveau !== 'fiche')
		.map((niveau) => [fold(niveau), niveau])
);

/**
 * Hangs below each branch what a list gives of it under a heading that names its level: « ### Perspectives » under
 * « ## Axe 1 : … ». What the tree holds already, by its fiches, is left. Returns the numbers of the lines that were read.
 */
export function plantListes(
	lignes: readonly Ligne[],
	racines: readonly Branche[],
	hors: ReadonlySet<number>,
	mots: Vocabulaire
): Set<number> {
	const prises = new Set<number>();
	const branches = allBranches(racines);
	const plantees = new Map<Branche, number>();
	let ouverte: { branche: Branche; profondeur: number } | null = null;
	for (const [i, ligne] of lignes.entries()) {
		const { profondeur } = ligne;
		if (profondeur === 0 || hors.has(ligne.numero)) continue;
		const nommee = branchOf(ligne, branches);
		if (nommee !== null) ouverte = { branche: nommee, profondeur };
		if (ouverte === null || nommee !== null) continue;
		if (profondeur <= ouverte.profondeur) ouverte = null;
		const niveau = niveauDeListe(ligne.plie);
		if (ouverte === null || niveau === null) continue;
		const { branche } = ouverte;
		const fin = lignes.findIndex((suivante, j) => j > i && suivante.profondeur > 0);
		const suite = lignes.slice(i + 1, fin === -1 ? undefined : fin).filter(({ numero }) => !hors.has(numero));
		const { puces, marquees } = groupPuces(suite, mots);
		const nouvelles = marquees ? missingFrom(branche, niveau, puces) : [];
		if (nouvelles.length === 0) continue;
		const place = plantees.get(branche) ?? 0;
		branche.enfants.splice(place, 0, ...nouvelles);
		plantees.set(branche, place + nouvelles.length);
		for (const numero of [ligne.numero, ...puces.flatMap(({ lignes }) => lignes)]) prises.add(numero);
	}
	return prises;
}

/** The branch that this heading opens. */
function branchOf(ligne: Ligne, branches: readonly Branche[]): Branche | null {
	const intitule = readIntitule(ligne);
	if (intitule === null || intitule.niveau === null || isMarked(ligne)) return null;
	const { code, titre } = intitule;
	return (
		branches.find(
			(branche) =>
				rangOf(branche.niveau) === rangOf(intitule.niveau!) &&
				(code === '' ? sameForm(branche.titre) === sameForm(titre) : branche.entier === code || branche.code === code)
		) ?? null
	);
}

/** « Perspectives », « Objectifs opérationnels », folded: a level, in the plural. */
export function niveauDeListe(plie: string): string | null {
	const singulier = plie.replace(/^(?:les|liste des) |\s*:$/g, '').replace(/s(?=[\s-]|$)/g, '');
	return singulier === plie ? null : (NIVEAUX.get(singulier) ?? NIVEAUX.get(`${singulier}s`) ?? null);
}

/** A title may be followed by the page that it leads to. */
function missingFrom(parent: Branche, niveau: string, puces: readonly Puce[]): Branche[] {
	// A level may say again the words of another: only its own titles are known.
	const siens = parent.enfants.filter((enfant) => enfant.niveau === niveau);
	const connus = new Set(siens.map(({ titre }) => sameForm(titre)));
	const isConnu = (titre: string) =>
		connus.has(sameForm(titre)) || connus.has(sameForm(titre.replace(/\s\d{1,4}$/, '')));
	return readTitresCodes(puces.map(({ texte }) => texte))
		.map(({ code, titre }, i) => newBranche({ niveau, code, titre, ligne: puces[i]!.debut, parent }))
		.filter(({ titre }) => !isConnu(titre));
}
