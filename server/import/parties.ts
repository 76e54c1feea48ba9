import type { SignatairePropose } from '#lib/import/proposition.ts';
import type { Ligne } from './lignes.ts';
import { joinLignes, tidy, type Vocabulaire } from './mots.ts';
import { isCapitales } from './reperes.ts';

/** The parties to a pacte, where no heading says « Signataires ». */
export interface PartiesLues {
	signataires: SignatairePropose[];
	/** Line numbers that hold nothing else. */
	lignes: number[];
}

const AUCUNE: PartiesLues = { signataires: [], lignes: [] };

export function readParties(lignes: readonly Ligne[], mots: Vocabulaire): PartiesLues {
	const parties = readEntre(lignes, mots);
	return parties.signataires.length > 0 ? parties : readRepresentes(lignes);
}

// — « Entre, d'une part, le Département, et, d'autre part, la Région, la CAF… » —

const ENTRE = /^entre\b(?:\s*:|,? d'une part|\s*$|\s+les soussignes)/;
const ET = /^et,?(?: d'autre part|\s*:?$|\s+les soussignes)/;
const FIN =
	/^(?:preambule|considerant|vu |il est |il a ete |article|ont? convenu|est convenu|sommaire|introduction|ci-apres|d'une part|d'autre part)/;
/** How far the other side may begin. */
const LOIN = 60;
const PARTIE_LONGUE = 200;
const NOM_EN_TETE = /^(?:(?:l[ea]s?|une?|des)\s|l['’]|pole emploi|france travail|cap emploi|monsieur|madame)/;

function readEntre(lignes: readonly Ligne[], mots: Vocabulaire): PartiesLues {
	const entre = lignes.findIndex(({ plie }) => ENTRE.test(plie));
	if (entre === -1) return AUCUNE;
	const et = lignes.findIndex(({ plie }, i) => i > entre && i <= entre + LOIN && ET.test(plie));
	if (et === -1) return readListe(lignes, entre, mots);
	const premiere = cutParties(lignes.slice(entre + 1, et));
	const autres = cutParties(lignes.slice(et + 1));
	const parties = [...premiere.parties, ...autres.parties];
	if (autres.parties.length < 2) return AUCUNE;
	return {
		signataires: parties.map((partie) => toSignataire(partie, mots)),
		lignes: [
			...[lignes[entre]!, lignes[et]!].filter(({ texte }) => texte.length < 40).map(({ numero }) => numero),
			...parties.flatMap(({ lignes }) => lignes.map(({ numero }) => numero))
		]
	};
}

/** « Entre les soussignés : - le Département, … ; - la CAF, … »: items, and no other side. */
function readListe(lignes: readonly Ligne[], entre: number, mots: Vocabulaire): PartiesLues {
	const suite = lignes.slice(entre + 1, entre + 1 + LOIN).filter(({ vide }) => !vide);
	const fin = suite.findIndex(({ marque }, i) => marque === null && /[.;]$/.test(suite[i - 1]?.texte ?? ';'));
	const { parties } = cutParties(suite.slice(0, fin === -1 ? undefined : fin));
	if (parties.length < 2 || parties.some(({ lignes }) => lignes[0]!.marque === null)) return AUCUNE;
	return {
		signataires: parties.map((partie) => toSignataire(partie, mots)),
		lignes: [lignes[entre]!.numero, ...parties.flatMap(({ lignes }) => lignes.map(({ numero }) => numero))]
	};
}

interface Partie {
	lignes: Ligne[];
	reserve: string | null;
}

/** One name a line, or a paragraph; a sentence that ends with « : » says something of those that follow it. */
function cutParties(lignes: readonly Ligne[]): { parties: Partie[] } {
	const parties: Partie[] = [];
	let apresVide = true;
	let phrase: Ligne[] = [];
	let reserve: string | null = null;
	for (const ligne of lignes) {
		if (ligne.vide) {
			apresVide = true;
			continue;
		}
		const precedente = parties.at(-1)?.lignes.at(-1)?.texte ?? '';
		if (FIN.test(ligne.plie) || precedente.endsWith('.') || isCapitalesLongues(ligne)) break;
		if (phrase.length > 0 || isPhrase(ligne)) {
			phrase.push(ligne);
			if (!ligne.texte.endsWith(':')) continue;
			reserve = readReserve(phrase);
			phrase = [];
		} else if (beginsPartie(ligne, precedente, apresVide)) parties.push({ lignes: [ligne], reserve });
		else if (parties.length > 0) parties.at(-1)!.lignes.push(ligne);
		else break;
		apresVide = false;
	}
	return { parties };
}

function isCapitalesLongues({ texte }: Ligne): boolean {
	return isCapitales(texte) && texte.length > 60;
}

/** « Les signataires, membres du comité (sous réserve…) : » */
function isPhrase({ plie, texte }: Ligne): boolean {
	return (
		texte.length > PARTIE_LONGUE || /^les (?:signataires|parties|partenaires|organismes|institutions)\b/.test(plie)
	);
}

function beginsPartie({ plie, marque, texte }: Ligne, precedente: string, apresVide: boolean): boolean {
	if (marque !== null || NOM_EN_TETE.test(plie) || /[,;]$/.test(precedente)) return true;
	return apresVide && /^\p{Lu}/u.test(texte);
}

function readReserve(phrase: readonly Ligne[]): string | null {
	const texte = tidy(phrase.map((ligne) => ligne.texte).join(' '));
	const trouve = /sous réserve\s+(?:d['’]|de\s)?\s*([^):]+)/iu.exec(texte);
	return trouve === null ? null : tidy(trouve[1]!).replace(/[,;.]$/, '');
}

function toSignataire({ lignes, reserve }: Partie, mots: Vocabulaire): SignatairePropose {
	const texte = joinLignes(
		lignes.map((ligne) => ligne.texte),
		mots
	).replace(/\s*[,;.]+$/, '');
	const represente = /^(.+?),?\s+représentée?s?\s+par\s*:?\s*(.*)$/iu.exec(texte);
	const dite = reserve ?? readReserve(lignes);
	const nom = (represente?.[1] ?? texte).replace(/[\s,(]*sous réserve.*$/isu, '');
	return {
		organisme: withoutArticle(nom),
		...(represente?.[2] && { personne: represente[2] }),
		...(dite !== null && { reserve: dite }),
		ligne: lignes[0]!.numero
	};
}

/** « la Région Grand Est » is called « Région Grand Est »; « Le Mans » is called so. */
export function withoutArticle(nom: string): string {
	if (/^(?:le (?:mans|havre|puy|creusot)|la (?:rochelle|roche)|les (?:sables|lilas))\b/iu.test(nom)) return nom.trim();
	const nu = nom.trim().replace(/^(?:(?:le|la|les)\s+|l['’])(?=\S)/iu, '');
	return nu.charAt(0).toUpperCase() + nu.slice(1);
}

// — Blocks to sign: « La CAF, représentée par … » —

const REPRESENTE = /représentée?s?\s+par\b/iu;
const BLOCS_DE_SIGNATURE = 3;
const ESPACE_ENTRE_BLOCS = 25;

function readRepresentes(lignes: readonly Ligne[]): PartiesLues {
	const places = lignes.flatMap(({ brut }, i) => (REPRESENTE.test(brut) ? [i] : []));
	const serie = longestRun(places);
	if (serie.length < BLOCS_DE_SIGNATURE) return AUCUNE;
	const debut = blockStart(lignes, serie[0]!);
	const fin = blockEnd(lignes, serie.at(-1)!);
	const cases = cutCases(lignes.slice(debut, fin));
	const signataires: SignatairePropose[] = [];
	for (const { texte, ligne } of cases) {
		const trouve = /^(.*?)[,\s]+représentée?s?\s+par\s*:?\s*(.*)$/isu.exec(texte);
		if (trouve !== null) {
			const personne = tidy(trouve[2]!);
			signataires.push({ organisme: withoutArticle(tidy(trouve[1]!)), ...(personne && { personne }), ligne });
		} else if (signataires.length > 0) addPersonne(signataires.at(-1)!, texte);
	}
	return { signataires, lignes: lignes.slice(debut, fin).map(({ numero }) => numero) };
}

/** Those that stand together: a sentence elsewhere may say « représenté par » too. */
function longestRun(places: readonly number[]): number[] {
	let meilleure: number[] = [];
	let serie: number[] = [];
	for (const place of places) {
		if (serie.length > 0 && place - serie.at(-1)! > ESPACE_ENTRE_BLOCS) serie = [];
		serie.push(place);
		if (serie.length > meilleure.length) meilleure = [...serie];
	}
	return meilleure;
}

function blockStart(lignes: readonly Ligne[], premiere: number): number {
	let i = premiere;
	while (i > 0 && !lignes[i - 1]!.vide) i--;
	return i;
}

function blockEnd(lignes: readonly Ligne[], derniere: number): number {
	let i = derniere + 1;
	while (i < lignes.length && !lignes[i]!.vide) i++;
	return i;
}

/** The cells of a grid in HTML, or paragraphs. */
function cutCases(lignes: readonly Ligne[]): { texte: string; ligne: number }[] {
	const cases: { texte: string; ligne: number }[] = [];
	let ouverte: { texte: string; ligne: number } | null = null;
	for (const { brut, numero, vide } of lignes) {
		const parts = vide ? ['', ''] : brut.split(/<\/(?:p|td|th|tr)>/i);
		for (const [i, part] of parts.entries()) {
			const texte = part
				.replaceAll(/<[^>]{0,200}>/g, ' ')
				.replaceAll(/[|*]/g, ' ')
				.replaceAll(/\^\{(\w{1,4})\}/g, '$1')
				.trim();
			if (texte !== '') {
				ouverte ??= { texte: '', ligne: numero };
				ouverte.texte = `${ouverte.texte} ${texte}`.trim();
			}
			if (i < parts.length - 1 && ouverte !== null) {
				cases.push(ouverte);
				ouverte = null;
			}
		}
	}
	if (ouverte !== null) cases.push(ouverte);
	return cases;
}

function addPersonne(signataire: SignatairePropose, texte: string): void {
	signataire.personne = tidy([signataire.personne ?? '', texte].filter(Boolean).join(', '));
}
