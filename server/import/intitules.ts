import type { Ligne } from './lignes.ts';
import { fold, isInacheve, joinLignes, tidy, type Vocabulaire } from './mots.ts';
import { isCapitales, isLigneDeSommaire } from './reperes.ts';

/** « Objectif opérationnel 1.2 : Se loger », « SOUS-ACTION 1 : … », « A-2 – … », « 3. … »: a level, a code, a title. */
export interface Intitule {
	/** As the text names it, in the singular; null when it prints a code or a title alone. */
	niveau: string | null;
	/** As printed; empty when there is none. */
	code: string;
	titre: string;
	/** Line numbers. */
	ligne: number;
	lignes: number[];
}

const ACCENTS: Record<string, string> = {
	strategique: 'stratégique',
	operationnel: 'opérationnel',
	operationnelle: 'opérationnelle',
	general: 'général',
	specifique: 'spécifique',
	thematique: 'thématique',
	intermediaire: 'intermédiaire',
	priorite: 'priorité',
	defi: 'défi',
	theme: 'thème',
	operation: 'opération',
	'fiche action': 'fiche',
	'fiche-action': 'fiche',
	'fiche projet': 'fiche',
	'fiche-projet': 'fiche',
	'sous action': 'sous-action'
};

const NIVEAU =
	/^((?:axe|orientation|objectif|priorite|ambition|volet|defi|enjeu|theme|chantier|programme|levier|pilier|thematique|engagement|mesure|projet|operation|action|sous[- ]action|fiche[ -]action|fiche[ -]projet|fiche)(?: (?:strategique|operationnelle|operationnel|general|specifique|prioritaire|thematique|transversale?|intermediaire|d'intervention))?)(?![\p{L}\d])\s*/u;
/** « n° », « no ». */
const NUMERO = /^n\s?[°ºo.]\s*/;
const CODE =
	/^(?:[IVX]{1,5}(?![\p{L}])|[A-Z]{1,4}[.-]?\d{1,3}|\d{1,3}|[IVX]{1,4}(?=[.-]?\d)|[A-Za-z](?![\p{L}\d'’]))(?:[.-]?(?:\d{1,3}|[A-Za-z](?![\p{L}'’])|[IVX]{1,4}(?![\p{L}]))){0,5}(?: ?(?:[Bb]is|[Tt]er|[Qq]uater|BIS|TER|QUATER))?(?![\p{L}\d])/u;
const SEPARATEUR = /^\s*[:.)–—/|-]\s*|^\s*\t\s*|^\s+(?=[\p{Lu}«])|^\s*$/u;
const LONGUEUR_MAXIMALE = 400;

/** Reads a heading that names a level or bears a code; null for another line. */
export function readIntitule(ligne: Ligne): Intitule | null {
	const { texte, plie, numero } = ligne;
	if (ligne.vide || texte.length > LONGUEUR_MAXIMALE || isLigneDeSommaire(ligne)) return null;
	if (ligne.marque === 'symbole' || ligne.marque === 'tiret') return null;
	const niveau = NIVEAU.exec(plie);
	const suite = niveau === null ? texte : texte.slice(niveau[0].length);
	const apresNumero = suite.slice(NUMERO.exec(fold(suite.slice(0, 8)))?.[0].length ?? 0);
	const imprime = CODE.exec(apresNumero)?.[0] ?? '';
	const code = imprime.replace(/ ?(?:bis|ter|quater)$/i, (rang) => ` ${rang.trim().toLowerCase()}`);
	const reste = apresNumero.slice(imprime.length);
	const separateur = SEPARATEUR.exec(reste);
	const base = { ligne: numero, lignes: [numero] };
	if (niveau !== null) {
		if (/^\p{Ll}/u.test(texte) || separateur === null) return null;
		if (code === '' && (separateur[0].trim() === '' || !isNomDeNiveauSeul(reste))) return null;
		const nom = niveauOf(niveau[1]!);
		// « Objectif général : … » is a field of a fiche; a level has its number.
		if (code === '' && nom.startsWith('objectif')) return null;
		if (code !== '' && /^[a-z]$/.test(code) && !/[:.)–—-]/.test(separateur[0])) return null;
		return { niveau: nom, code, titre: tidy(reste.slice(separateur[0].length)), ...base };
	}
	if (code === '' && ligne.rang !== null && ligne.marque === 'numero')
		return { niveau: null, code: ligne.rang, titre: tidy(texte), ...base };
	// A number alone is a page or a year; a code has two parts, or a letter and a number.
	const compose = /\d[.-]?[A-Za-z\d]/.test(code)
		? /[.-]|[A-Za-z]/.test(code)
		: /[A-Za-z][.-]?\d|^[IVX]+[.-][A-Z]$/.test(code);
	if (!compose || separateur === null || separateur[0] === reste) return null;
	const titre = tidy(reste.slice(separateur[0].length));
	return titre.length > 2 && /^[\p{Lu}«]/u.test(titre) ? { niveau: null, code, titre, ...base } : null;
}

/** « ACTION : Créer une permanence » has no number. */
function isNomDeNiveauSeul(reste: string): boolean {
	return /^\s*[:–—]\s*\S/.test(reste);
}

function niveauOf(plie: string): string {
	const entier = ACCENTS[plie];
	if (entier !== undefined) return entier;
	return plie
		.split(' ')
		.map((mot) => ACCENTS[mot] ?? mot)
		.join(' ');
}

/** The lines above the first field of a fiche, as headings from the outermost to its own. */
export function readBloc(lignes: readonly Ligne[], mots: Vocabulaire): Intitule[] {
	const intitules: Intitule[] = [];
	let apresVide = true;
	let precedente = 0;
	for (const ligne of lignes) {
		if (ligne.vide) {
			apresVide = true;
			continue;
		}
		if (ligne.numero !== precedente + 1) apresVide = true;
		precedente = ligne.numero;
		const dernier = intitules.at(-1);
		const lu = readIntitule(ligne) ?? readIdentite(ligne);
		if (lu !== null) {
			if (dernier !== undefined && lu.niveau === 'identite' && isDActionOuSansNiveau(dernier))
				fillIdentite(dernier, lu);
			else intitules.push(lu.niveau === 'identite' ? { ...lu, niveau: null } : lu);
		} else if (dernier !== undefined && prolonge(dernier, ligne, apresVide)) {
			dernier.titre = joinLignes([dernier.titre, ligne.texte], mots);
			dernier.lignes.push(ligne.numero);
		} else intitules.push({ niveau: null, code: '', titre: ligne.texte, ligne: ligne.numero, lignes: [ligne.numero] });
		apresVide = false;
	}
	return intitules;
}

/** « Intitulé : … » completes « Action 3 », and names no « Axe 1 ». */
function isDActionOuSansNiveau({ niveau }: Intitule): boolean {
	return niveau === null || /^(?:fiche|action|sous-action|mesure|projet|opération)/.test(niveau);
}

function prolonge({ titre, niveau, code }: Intitule, ligne: Ligne, apresVide: boolean): boolean {
	if (titre === '') return true;
	if (isInacheve(titre) || (/^\p{Ll}/u.test(ligne.texte) && !apresVide)) return true;
	if (apresVide || titre.length > 300) return false;
	return isCapitales(titre) === isCapitales(ligne.texte) && (niveau !== null || code !== '' || isCapitales(titre));
}

const TITRE =
	/^(?:(?:intitule|titre|nom|libelle|objet)(?: (?:de l'action|de la fiche(?:[ -]action)?|du projet|de la mesure|de l'operation))?|action)\s*(?:[:\t]|\s–)\s*(?=\S)/;
const REFERENCE =
	/^(?:code|reference|ref\.?|numero|n\s?[°º])(?: (?:de l'action|de la fiche(?:[ -]action)?|action|fiche))?\s*[:\t]\s*(?=\S)/;

/** « Intitulé de l'action : … », « Référence : A-2 »: what others print as a heading. */
export function readIdentite(ligne: Ligne): Intitule | null {
	if (ligne.vide || ligne.texte.length > LONGUEUR_MAXIMALE) return null;
	const base = { niveau: 'identite', ligne: ligne.numero, lignes: [ligne.numero] };
	const titre = TITRE.exec(ligne.plie);
	if (titre !== null) return { ...base, code: '', titre: tidy(ligne.texte.slice(titre[0].length)) };
	const reference = REFERENCE.exec(ligne.plie);
	if (reference === null) return null;
	const valeur = ligne.texte.slice(reference[0].length).trim();
	const code = CODE.exec(valeur)?.[0];
	return code === undefined
		? null
		: { ...base, code, titre: tidy(valeur.slice(code.length).replace(/^\s*[:–—-]\s*/, '')) };
}

function fillIdentite(dernier: Intitule, lu: Intitule): void {
	if (dernier.titre === '') dernier.titre = lu.titre;
	else if (lu.titre !== '' && dernier.code !== '' && lu.code === '') dernier.titre = lu.titre;
	if (dernier.code === '') dernier.code = lu.code;
	dernier.lignes.push(...lu.lignes);
}

/** A line that can only be a heading: a level and its number, a code, capitals, a mark of heading. */
export function isTitreFort(ligne: Ligne): boolean {
	if (ligne.vide || ligne.marque === 'symbole' || ligne.marque === 'tiret') return false;
	if (ligne.profondeur > 0) return true;
	if (readIdentite(ligne) !== null) return true;
	const intitule = readIntitule(ligne);
	if (intitule !== null) return intitule.niveau !== null || intitule.code.length > 2;
	return ligne.texte.length <= 300 && isCapitales(ligne.texte) && !/[;:]$/.test(ligne.texte);
}

/** A line that may be one: short, without the end of a sentence. */
export function isTitrePossible(ligne: Ligne): boolean {
	const { texte, marque } = ligne;
	if (ligne.vide || marque === 'symbole' || marque === 'tiret') return false;
	return (
		texte.length >= 4 &&
		texte.length <= 180 &&
		/^[\p{Lu}«\d]/u.test(texte) &&
		!/[.;:,…]$/.test(texte) &&
		!texte.includes('\t')
	);
}
