import type { Proposition } from '#lib/import/proposition.ts';
import type { Ligne } from './lignes.ts';
import { fold, tidy } from './mots.ts';
import { isCapitales } from './reperes.ts';

const NOM_DE_PACTE = /^(?:pactes? territoria(?:l|ux)|pacte (?:departemental|local|d'insertion|pour l'insertion)|pti\b)/;
/** A title is no sentence: it has no verb of the kind that definitions use, and does not end like one. */
const PHRASE =
	/[.;:,]$|\b(?:est|sont|a ete|ont|constitue|definit|permet|vise|doit|affirme|valide|prend|s'inscrit|presente)\b/;
const PERIODE = /(?<!\d)((?:19|20)\d\d)\s*(?:[-–—/]|a|au)\s*((?:19|20)\d\d)(?!\d)/g;
const PERIODE_ACCOLEE = /\b(?:pti|pacte)\s+((?:19|20)\d\d)\s+((?:19|20)\d\d)(?!\d)/g;

export interface TitreLu {
	titre: string | null;
	periode: Proposition['periode'];
	/** Line numbers of the title and of its period. */
	lignes: number[];
}

/** The title that the text prints alone on its line, and the period that goes with it. */
export function readTitre(lignes: readonly Ligne[]): TitreLu {
	const premiere = lignes.find((candidate) => isTitre(candidate, lignes));
	if (premiere === undefined) return { titre: null, periode: mainPeriode(lignes), lignes: [] };
	const titre = [premiere];
	while (titre.length < 4 && continuesTitre(lignes[titre.at(-1)!.numero], titre.at(-1)!))
		titre.push(lignes[titre.at(-1)!.numero]!);
	const texte = tidy(titre.map((ligne) => ligne.texte).join(' '));
	const prises = titre.map(({ numero }) => numero);
	let periode = firstPeriode(fold(texte));
	const fin = titre.at(-1)!.numero;
	const suivante = lignes.slice(fin, fin + 4).find(({ vide }) => !vide);
	if (periode === null && suivante !== undefined) {
		periode = firstPeriode(suivante.plie);
		if (periode !== null && /^(?:periode\s*:?\s*)?[\d\s–—/-]+$/.test(suivante.plie)) prises.push(suivante.numero);
	}
	return { titre: texte, periode: periode ?? mainPeriode(lignes), lignes: prises };
}

/** « PACTE TERRITORIAL / D'INSERTION », « Pacte territorial d'insertion / de la Haute-Rivière ». */
function continuesTitre(ligne: Ligne | undefined, precedente: Ligne): boolean {
	if (ligne === undefined || ligne.vide || ligne.marque !== null || ligne.texte.length > 80 || PHRASE.test(ligne.plie))
		return false;
	if (/^(?:d'|de |du |des |pour |et |l'insertion)/.test(ligne.plie)) return true;
	return isCapitales(precedente.texte) && isCapitales(ligne.texte) && !precedente.plie.includes('insertion');
}

function isTitre(ligne: Ligne, lignes: readonly Ligne[]): boolean {
	if (!ligne.plie.startsWith('p') || !NOM_DE_PACTE.test(ligne.plie)) return false;
	if (ligne.marque !== null || ligne.texte.length > 120 || PHRASE.test(ligne.plie)) return false;
	if (/^\p{Ll}/u.test(ligne.texte)) return false;
	// Inside a paragraph, the words of a sentence fall by chance at the beginning of a line.
	const avant = lignes[ligne.numero - 2];
	return avant === undefined || avant.vide || ligne.debutDePage;
}

type Periode = { debut: number; fin: number };

function firstPeriode(plie: string): Periode | null {
	return periodesOf(plie)[0] ?? null;
}

function periodesOf(plie: string): Periode[] {
	return [...plie.matchAll(PERIODE), ...plie.matchAll(PERIODE_ACCOLEE)]
		.map(([, debut, fin]) => ({ debut: Number(debut), fin: Number(fin) }))
		.filter(({ debut, fin }) => debut < fin && fin - debut <= 10);
}

/** The period that the lines about the pacte print most; the first of them when several do. */
function mainPeriode(lignes: readonly Ligne[]): Proposition['periode'] {
	const comptes = new Map<string, { periode: Periode; fois: number }>();
	for (const { plie } of lignes) {
		if (!(plie.includes('pacte') || plie.includes('pti')) || !/\bpacte|\bpti\b/.test(plie)) continue;
		for (const periode of periodesOf(plie)) {
			const cle = `${periode.debut}-${periode.fin}`;
			const compte = comptes.get(cle) ?? { periode, fois: 0 };
			compte.fois++;
			comptes.set(cle, compte);
		}
	}
	const [premiere] = [...comptes.values()].sort((a, b) => b.fois - a.fois);
	return premiere?.periode ?? { debut: null, fin: null };
}
