import { counted } from '#lib/format.ts';
import { foldNom } from '#lib/organismes/fold.ts';
import type { ValeurChamp } from '#lib/pactes/archive.ts';
import {
	A_DEFINIR,
	asTableau,
	ECHEANCE,
	PARTENAIRES,
	PILOTES,
	type Champ,
	type ChampTableau,
	type Modele
} from '#lib/pactes/modele.ts';
import { readEcheance, yearsInWords, type Periode } from './echeance.ts';
import { MANQUES } from './textes.ts';

const INDICATEURS = 'indicateurs';

export type Valeurs = Record<string, ValeurChamp>;

/** Something to look at in a field, in words. */
export interface Remarque {
	champ: string;
	message: string;
}

export interface Completude {
	/** Among the fields that the model asks for. */
	remplis: number;
	total: number;
	trous: Remarque[];
}

/** How much of what the model asks for is written. « À définir » is a value. */
export function completenessOf(modele: Modele, valeurs: Valeurs): Completude {
	const requis = modele.champs.filter((champ) => champ.requis);
	const vides = requis.filter((champ) => !isFilled(valeurs[champ.id]));
	return {
		remplis: requis.length - vides.length,
		total: requis.length,
		trous: vides.map((champ) => ({ champ: champ.id, message: lackOf(champ) }))
	};
}

export function isFilled(valeur: ValeurChamp | undefined): boolean {
	if (!valeur) return false;
	if ('puces' in valeur) return valeur.puces.some((puce) => puce.trim() !== '');
	if ('lignes' in valeur) return valeur.lignes.length > 0;
	if ('schemas' in valeur && valeur.schemas.length > 0) return true;
	return valeur.texte.trim() !== '' || ('organismes' in valeur && valeur.organismes.length > 0);
}

function lackOf(champ: Champ): string {
	return MANQUES[champ.id] ?? `${champ.etiquette}\u00a0: à compléter`;
}

/** « Fiche complète », « 5 champs remplis sur 7 ». */
export function completenessInWords({ remplis, total }: Completude): string {
	if (remplis === total) return 'Fiche complète';
	return `${counted(remplis, 'champ rempli', 'champs remplis')} sur ${total}`;
}

export interface Contexte {
	periode: Periode;
	/** The name of an organisme; undefined when it is not known here. */
	nomOf: (id: string) => string | undefined;
}

/** Gentle hints on what is written: few, true, and never in the way. */
export function hintsOf(modele: Modele, valeurs: Valeurs, { periode, nomOf }: Contexte): Remarque[] {
	const known = new Set(modele.champs.map(({ id }) => id));
	return [
		...modele.champs.flatMap(({ id }) => repeats(id, valeurs[id])),
		...modele.champs.flatMap((champ) => undefinedIndicators(champ, valeurs[champ.id])),
		...uncounted(valeurs[INDICATEURS]),
		...echeanceHints(valeurs[ECHEANCE], periode),
		...pilotAmongPartners(valeurs, nomOf)
	].filter(({ champ }) => known.has(champ));
}

function repeats(champ: string, valeur: ValeurChamp | undefined): Remarque[] {
	if (!valeur || !('puces' in valeur)) return [];
	const seen = new Set<string>();
	const twice = new Map<string, string>();
	for (const puce of valeur.puces) {
		const folded = foldNom(puce);
		if (folded === '') continue;
		if (seen.has(folded)) twice.set(folded, puce);
		seen.add(folded);
	}
	return [...twice.values()].map((puce) => ({ champ, message: `«\u00a0${shortened(puce)}\u00a0» figure deux fois.` }));
}

function shortened(text: string): string {
	return text.length <= 60 ? text : `${text.slice(0, 60).replace(/\s\S*$/u, '')}…`;
}

/** First words of an act: « mise en place de… » says that it is done, not how much. « Places ouvertes » can be counted. */
const ACT = /^(mise|remise|prise|tenue|[a-z]+(tion|ment|age))\b/;
/** Words that say that an indicator counts, measures or describes something. */
const MEASURE =
	/[0-9%]|\b(nombres?|nb|n°|taux|parts?|proportions?|pourcentages?|montants?|durees?|delais?|evolutions?|volumes?|frequences?|effectifs?|couts?|budgets?|ratios?|moyennes?|totaux|total|quantites?|natures?|typologies?|types?|profils?|motifs?|repartitions?|niveaux?|bilans?|enquetes?|satisfaction|questionnaires?|listes?|tableaux?|definir)\b/;

/** Indicators that are still to be defined: said so in the column of their nature, or in their words. */
export function countADefinir(
	champ: Pick<ChampTableau, 'colonnes'>,
	lignes: readonly Record<string, string>[]
): number {
	if (!champ.colonnes.some(({ choix }) => choix?.includes(A_DEFINIR))) return 0;
	return lignes.filter((ligne) => Object.values(ligne).some((texte) => isADefinir(texte))).length;
}

function isADefinir(texte: string): boolean {
	return /^a (definir|preciser)\b/.test(foldNom(texte));
}

function undefinedIndicators(champ: Champ, valeur: ValeurChamp | undefined): Remarque[] {
	if (champ.type !== 'indicateurs' || !valeur || !('lignes' in valeur)) return [];
	const count = countADefinir(asTableau(champ), valeur.lignes);
	return count === 0 ? [] : [{ champ: champ.id, message: `${counted(count, 'indicateur')} à définir.` }];
}

function uncounted(valeur: ValeurChamp | undefined): Remarque[] {
	if (!valeur || !('puces' in valeur)) return [];
	const count = valeur.puces.filter((puce) => saysOnlyThatItIsDone(foldNom(puce))).length;
	if (count === 0) return [];
	const sans = counted(count, 'indicateur', 'indicateurs');
	return [{ champ: INDICATEURS, message: `${sans} sans nombre ni taux\u00a0: que comptera-t-on\u00a0?` }];
}

function saysOnlyThatItIsDone(folded: string): boolean {
	return ACT.test(folded) && !MEASURE.test(folded);
}

function echeanceHints(valeur: ValeurChamp | undefined, periode: Periode): Remarque[] {
	if (!valeur || !('texte' in valeur)) return [];
	const { nature, annees } = readEcheance(valeur.texte, periode);
	const { debut, fin } = periode;
	if (nature === 'a_definir') return [{ champ: ECHEANCE, message: 'Échéance à définir.' }];
	if (debut === null || fin === null || annees.length === 0) return [];
	if (annees.some((annee) => annee >= debut && annee <= fin)) return [];
	const verbe = annees.length > 1 ? 'Années hors' : 'Année hors';
	return [{ champ: ECHEANCE, message: `${verbe} de la période du pacte\u00a0: ${yearsInWords(annees)}.` }];
}

function pilotAmongPartners(valeurs: Valeurs, nomOf: Contexte['nomOf']): Remarque[] {
	const [pilotes, partenaires] = [valeurs[PILOTES], valeurs[PARTENAIRES]];
	if (!pilotes || !partenaires || !('organismes' in pilotes) || !('organismes' in partenaires)) return [];
	return pilotes.organismes
		.filter((id) => partenaires.organismes.includes(id))
		.map((id) => ({
			champ: PARTENAIRES,
			message: `${nomOf(id) ?? 'Un organisme'} est à la fois pilote et partenaire.`
		}));
}
