import type { SignatairePropose } from '#lib/import/proposition.ts';
import { cellulesOf, isTraitDeTableau } from './balisage.ts';
import type { Ligne } from './lignes.ts';
import { fold, joinLignes, tidy, type Vocabulaire } from './mots.ts';
import { groupPuces } from './puces.ts';
import { isCapitales } from './reperes.ts';

export interface SignatairesLus {
	signataires: SignatairePropose[];
	lignes: number[];
	/** Rows of the grid with more names than bodies, or fewer: who signs for whom is not known. */
	desaccords: { ligne: number; organismes: number; personnes: number }[];
}

const AUCUN: SignatairesLus = { signataires: [], lignes: [], desaccords: [] };
const LIGNE_DE_GRILLE = 90;
const LONGUEUR_DE_SIGNATAIRE = 200;

/**
 * Reads the signatories that a heading announces: a grid (bodies, then a row of names), or a list. The heading stands
 * before them, or after: text taken out of a PDF often gives the title of a page last. `connus` are the names of bodies
 * printed elsewhere: they tell apart those that one line of the grid runs together.
 */
export function readSignataires(
	lignes: readonly Ligne[],
	titre: number,
	limites: { debut: number; fin: number },
	mots: Vocabulaire,
	connus: readonly string[]
): SignatairesLus {
	let finDuTitre = titre + 1;
	while (finDuTitre < limites.fin && isSuiteDuTitre(lignes[finDuTitre]!, lignes[titre]!)) finDuTitre++;
	const apres = lignes.slice(finDuTitre, blockEnd(lignes, finDuTitre, limites.fin));
	const avant = lignes.slice(blockStart(lignes, titre, limites.debut), titre);
	const entete = lignes.slice(titre, finDuTitre).map(({ numero }) => numero);
	// « - France Travail, Camille ROUX » is an item, although all its words could be those of a name.
	const enListe = apres.filter(({ marque }) => marque === 'tiret' || marque === 'symbole').length > 1;
	const grilles = enListe ? [avant] : [apres, avant];
	const lus = grilles.map((bloc) => (bloc.some(isRangeeDeNoms) ? readGrille(bloc, mots, connus) : AUCUN));
	if (endsCleanly(lignes, finDuTitre + apres.length, limites.fin)) lus.push(readListe(apres, mots));
	const trouves = lus.find(({ signataires }) => signataires.length > 0);
	return trouves === undefined ? AUCUN : { ...trouves, lignes: [...entete, ...trouves.lignes] };
}

/** A list stops at a blank line or at the next heading; where it stops in the middle of a sentence there was none. */
function endsCleanly(lignes: readonly Ligne[], fin: number, limite: number): boolean {
	return fin >= limite || lignes[fin - 1]!.vide || isCapitales(lignes[fin]!.texte);
}

function isSuiteDuTitre(ligne: Ligne, titre: Ligne): boolean {
	return (
		!ligne.vide &&
		ligne.marque === null &&
		isCapitales(titre.texte) &&
		isCapitales(ligne.texte) &&
		!isRangeeDeNoms(ligne)
	);
}

function blockEnd(lignes: readonly Ligne[], debut: number, limite: number): number {
	let i = debut;
	while (i < limite && canBeInGrille(lignes[i]!)) i++;
	return i;
}

function blockStart(lignes: readonly Ligne[], titre: number, limite: number): number {
	let i = titre;
	while (i > limite && canBeInGrille(lignes[i - 1]!)) {
		i--;
		if (lignes[i]!.debutDePage) break;
	}
	return i;
}

function canBeInGrille(ligne: Ligne): boolean {
	if (ligne.vide || isRangeeDeNoms(ligne)) return true;
	if (isCapitales(ligne.texte) && /^[^,]*\p{Lu}{5}/u.test(ligne.texte)) return false;
	return ligne.texte.length <= LIGNE_DE_GRILLE && !/[.:]$/.test(ligne.texte);
}

// — A table: a row for each body, who signs for it, what it waits for —

const TETE_D_ORGANISMES = /^(?:organismes?|structures?|institutions?|partenaires?|parties|signataires?)\b/;
const TETE_DE_PERSONNES = /^(?:represente|representant|nom|personne|qualite)/;
const RESERVE = /sous réserve\s*(?:de\s*:|d['’]|de\s|:)?\s*(.+)$/isu;

/** Reads the table of signatories, wherever it stands: « Organisme | Représenté par | Signature ». */
export function readTableDeSignataires(lignes: readonly Ligne[]): SignatairesLus {
	const tete = lignes.findIndex(({ brut, vide }) => {
		const tetes = vide ? [] : (cellulesOf(brut) ?? []).map(fold);
		return (
			TETE_D_ORGANISMES.test(tetes[0] ?? '') &&
			tetes.some((texte) => TETE_DE_PERSONNES.test(texte)) &&
			tetes.some((texte) => /^signatures?\b/.test(texte))
		);
	});
	if (tete === -1) return AUCUN;
	const personnes = cellulesOf(lignes[tete]!.brut)!.findIndex((texte) => TETE_DE_PERSONNES.test(fold(texte)));
	const lus: SignatairesLus = { signataires: [], lignes: [lignes[tete]!.numero], desaccords: [] };
	for (const { brut, vide, numero } of lignes.slice(tete + 1)) {
		if (isTraitDeTableau(brut)) continue;
		const cellules = vide ? null : cellulesOf(brut)?.map((texte) => tidy(texte.replaceAll('\n', ' ')));
		if (!cellules) break;
		lus.lignes.push(numero);
		const [organisme = ''] = cellules;
		const personne = cellules[personnes] ?? '';
		const reserve = cellules.map((texte) => RESERVE.exec(texte)?.[1]).find((texte) => texte !== undefined);
		if (organisme !== '')
			lus.signataires.push({ organisme, ...(personne && { personne }), ...(reserve && { reserve }), ligne: numero });
	}
	return lus.signataires.length > 0 ? lus : AUCUN;
}

// — A list: « - CAF, Camille ROUX » —

function readListe(bloc: readonly Ligne[], mots: Vocabulaire): SignatairesLus {
	const { puces } = groupPuces(bloc, mots);
	if (puces.length < 2 || puces.some(({ texte }) => texte.length > LONGUEUR_DE_SIGNATAIRE)) return AUCUN;
	const signataires = puces.map(({ texte, debut }): SignatairePropose => {
		const { organisme, personne } = splitPersonne(texte);
		return personne === null ? { organisme, ligne: debut } : { organisme, personne, ligne: debut };
	});
	return { signataires, lignes: puces.flatMap(({ lignes }) => lignes), desaccords: [] };
}

function splitPersonne(texte: string): { organisme: string; personne: string | null } {
	const sansPoint = texte.replace(/[;,.]$/, '');
	const represente = /^(.+?),?\s+représentée?s?\s+par\s*:?\s*(.*)$/iu.exec(sansPoint);
	if (represente !== null) return { organisme: represente[1]!, personne: represente[2] || null };
	for (const { index, 0: separateur } of sansPoint.matchAll(/\s*[:,(]\s*|\s[–—-]\s|\t/g)) {
		const suite = sansPoint.slice(index + separateur.length).replace(/\)$/, '');
		// « Mme Hélène ROUAULT, présidente »
		const nom = suite.replace(/,\s+\p{Ll}[^,]{2,60}$/u, '');
		if (readNoms(nom).length === 1) return { organisme: tidy(sansPoint.slice(0, index)), personne: suite };
	}
	return { organisme: sansPoint, personne: null };
}

// — A grid: lines of bodies side by side, then a row of names —

function readGrille(bloc: readonly Ligne[], mots: Vocabulaire, connus: readonly string[]): SignatairesLus {
	const lus: SignatairesLus = { signataires: [], lignes: [], desaccords: [] };
	let rangee: Ligne[] = [];
	for (const ligne of bloc) {
		if (!isRangeeDeNoms(ligne)) {
			rangee.push(ligne);
			continue;
		}
		readRangee(rangee, ligne, mots, connus, lus);
		rangee = [];
	}
	return lus;
}

function readRangee(
	rangee: readonly Ligne[],
	ligneDeNoms: Ligne,
	mots: Vocabulaire,
	connus: readonly string[],
	lus: SignatairesLus
): void {
	const personnes = readNoms(ligneDeNoms.texte);
	const organismes = splitRangee(rangee, mots, connus, personnes.length);
	if (organismes.length === 0) return;
	const accord = organismes.length === personnes.length;
	for (const [i, { nom, ligne }] of organismes.entries())
		lus.signataires.push(accord ? { organisme: nom, personne: personnes[i]!, ligne } : { organisme: nom, ligne });
	for (const { vide, numero } of rangee) if (!vide) lus.lignes.push(numero);
	if (accord) lus.lignes.push(ligneDeNoms.numero);
	else lus.desaccords.push({ ligne: ligneDeNoms.numero, organismes: organismes.length, personnes: personnes.length });
}

interface OrganismeDeGrille {
	nom: string;
	ligne: number;
}

/** A body begins with its article: at the head of a paragraph, or within a line where another one ends. */
const DEBUT = /^(?:l[ae]s?\s|l['’])/iu;
const DEBUT_DANS_LA_LIGNE = /(?<!\s(?:de|du|des|d['’]|à|et|aux?|pour))\s+(?=(?:L[ae]s?\s+|L['’])\p{Lu})/gu;

function splitRangee(
	rangee: readonly Ligne[],
	mots: Vocabulaire,
	connus: readonly string[],
	attendus: number
): OrganismeDeGrille[] {
	const morceaux: { lignes: string[]; ligne: number }[] = [];
	let apresVide = true;
	for (const { vide, texte, numero } of rangee) {
		if (vide) {
			apresVide = true;
			continue;
		}
		const [premier, ...autres] = texte.split(/\t/).flatMap((colonne) => colonne.split(DEBUT_DANS_LA_LIGNE));
		if (morceaux.length === 0 || (apresVide && DEBUT.test(premier!) && /\p{Lu}/u.test(premier!)))
			morceaux.push({ lignes: [premier!], ligne: numero });
		else morceaux.at(-1)!.lignes.push(premier!);
		for (const autre of autres) morceaux.push({ lignes: [autre], ligne: numero });
		apresVide = false;
	}
	const organismes = morceaux.map(({ lignes, ligne }) => ({
		nom: joinLignes(lignes, mots).replace(/[,\s]+représentée?s?\s+par\s*:?$/iu, ''),
		ligne
	}));
	return organismes.length < attendus ? splitConnus(organismes, connus, attendus) : organismes;
}

/** « La Région Pôle emploi »: two bodies, because the second is named elsewhere. */
function splitConnus(
	organismes: readonly OrganismeDeGrille[],
	connus: readonly string[],
	attendus: number
): OrganismeDeGrille[] {
	let manquent = attendus - organismes.length;
	const plies = connus.map((nom) => fold(nom)).filter((nom) => nom.length >= 3);
	return organismes.flatMap((organisme) => {
		if (manquent === 0) return [organisme];
		const plie = fold(organisme.nom);
		const coupe = plies
			.map((connu) => ({
				index: plie.indexOf(` ${connu}`),
				fin: plie.charAt(plie.indexOf(` ${connu}`) + connu.length + 1)
			}))
			.filter(({ index, fin }) => index > 0 && !/\p{L}/u.test(fin) && plie.slice(0, index).includes(' '))
			.map(({ index }) => index)
			.sort((a, b) => a - b)[0];
		if (coupe === undefined) return [organisme];
		manquent--;
		return [
			{ ...organisme, nom: organisme.nom.slice(0, coupe).trim() },
			{ ...organisme, nom: organisme.nom.slice(coupe).trim() }
		];
	});
}

// — Names of people: « Camille ROUX », « Anne-Marie DE LA TOUR » —

const PRENOM = /^\p{Lu}[\p{Ll}’']+(?:-\p{Lu}[\p{Ll}’']+)*$|^(?:M\.|Mme|Mr)$/u;
const NOM = /^\p{Lu}[\p{Lu}’']+(?:-\p{Lu}+)*$/u;
const ARTICLE = /^(?:L[ae]s?|Un|Une|Des|Du)$/u;

function isRangeeDeNoms(ligne: Ligne): boolean {
	return !ligne.vide && ligne.texte.length <= 200 && readNoms(ligne.texte).length > 0;
}

/** The people of a line that holds nothing else; empty otherwise. */
function readNoms(texte: string): string[] {
	const noms: string[][] = [];
	let attend: 'prenom' | 'suite' | 'nom' = 'prenom';
	for (const mot of texte.trim().split(/[\s,]+/)) {
		if (PRENOM.test(mot) && !ARTICLE.test(mot)) {
			if (attend !== 'suite') noms.push([]);
			attend = 'suite';
		} else if (NOM.test(mot) && attend !== 'prenom') attend = 'nom';
		else return [];
		noms.at(-1)!.push(mot);
		if (noms.at(-1)!.length > 6) return [];
	}
	return attend === 'nom' ? noms.map((nom) => nom.join(' ')) : [];
}
