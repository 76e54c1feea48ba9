import { LONGUEUR_REPERE, type Ligne } from './lignes.ts';
import { isInacheve, joinLignes, type Vocabulaire } from './mots.ts';
import { isCapitales } from './reperes.ts';

/**
 * A text that is no fiche, as it is read: headings, paragraphs, lists. Lines that a page, a column or a double spacing
 * cut apart are one again.
 */
export type Bloc = Titre | Paragraphe | Liste;

interface Place {
	/** Line numbers. */
	debut: number;
	lignes: number[];
}
export interface Titre extends Place {
	genre: 'titre';
	/** Without its number. */
	texte: string;
	rang: string | null;
	/** What headings of one depth share: their numbering, their capitals, their Markdown. */
	style: string;
	/** « 5.1 »: its number in the plan, where marked headings follow one another by theirs. */
	numero?: string;
}
export interface Paragraphe extends Place {
	genre: 'paragraphe';
	texte: string;
}
export interface Liste extends Place {
	genre: 'liste';
	items: Item[];
}
export interface Item extends Place {
	texte: string;
	rang: string | null;
	/** A sub-point of the one above. */
	sous: boolean;
}

const TITRE_LONG = 110;
const TITRE_COUPE = 170;
const LIGNES_DE_TITRE = 3;
/** No paragraph is put together from more lines than this: the text is then no prose. */
const LIGNES_DE_MORCEAU = 400;
const LIGNES_DE_CITATION = 40;

/** Reads the lines that `isLibre` leaves, in their order. */
export function readBlocs(lignes: readonly Ligne[], isLibre: (ligne: Ligne) => boolean, mots: Vocabulaire): Bloc[] {
	const morceaux = cutMorceaux(lignes, isLibre);
	const blocs: Bloc[] = [];
	for (const [i, morceau] of morceaux.entries()) {
		const titre = readTitre(morceau, morceaux[i - 1], morceaux[i + 1], mots);
		if (titre !== null) blocs.push(titre);
		else if (isItem(morceau)) addItem(blocs, morceau, morceaux[i - 1], mots);
		else blocs.push({ genre: 'paragraphe', texte: texteOf(morceau, mots), ...placeOf(morceau.lignes) });
	}
	takeNumeros(blocs);
	return blocs;
}

// — Pieces: the lines of one heading, one paragraph, one item —

interface Morceau {
	lignes: Ligne[];
	/** What marks it, as printed; empty for prose. */
	signe: string;
	apresVide: boolean;
	/** After lines that were read as something else. */
	apresCoupe: boolean;
	/** The width of the lines around it: what is shorter ends before its margin. */
	largeur: number;
}

function cutMorceaux(lignes: readonly Ligne[], isLibre: (ligne: Ligne) => boolean): Morceau[] {
	const morceaux: Morceau[] = [];
	const largeurs = measure(lignes);
	let apresVide = true;
	let coupe = true;
	for (const ligne of lignes) {
		if (ligne.vide) {
			apresVide = true;
			continue;
		}
		if (isPied(ligne)) continue;
		if (!isLibre(ligne)) {
			coupe = true;
			continue;
		}
		const largeur = largeurs[ligne.numero - 1]!;
		const morceau = morceaux.at(-1);
		const signe = signeOf(ligne);
		if (morceau === undefined || coupe || signe !== '' || !goesOn(morceau, ligne, apresVide))
			morceaux.push({ lignes: [ligne], signe, apresVide: apresVide || coupe, apresCoupe: coupe, largeur });
		else morceau.lignes.push(ligne);
		[apresVide, coupe] = [false, false];
	}
	return morceaux;
}

/** « PROGRAMME 2017-2021      DÉPARTEMENT     - 4 - »: the foot of a page, printed on one line. */
function isPied({ brut }: Ligne): boolean {
	return /\s{4}[-–]\s?\d{1,3}\s?[-–]\s*$/.test(brut.slice(-16));
}

/** The width of the page around each line: the third longest of its neighbours. */
function measure(lignes: readonly Ligne[]): number[] {
	const pleines = lignes.filter(({ vide }) => !vide);
	const largeurs = new Array<number>(lignes.length).fill(0);
	for (const [i, { numero }] of pleines.entries()) {
		const autour = pleines.slice(Math.max(0, i - 10), i + 11).map(({ texte }) => texte.length);
		largeurs[numero - 1] = autour.sort((a, b) => b - a)[2] ?? autour[0]!;
	}
	return largeurs;
}

/** « - », « • », « 1. », « # »; empty for the line of a paragraph. */
function signeOf(ligne: Ligne): string {
	const brut = ligne.brut.trim();
	if (/^#{1,6}\s/.test(brut)) return brut.slice(0, brut.indexOf(' '));
	if (ligne.marque === 'numero') return '1';
	if (ligne.marque === 'tiret') return /^[oÿÿØü§]\s/.test(brut) ? brut.charAt(0) : '-';
	if (ligne.marque === 'symbole') return brut.charAt(0);
	if (readRang(ligne.texte) !== null) return 'A';
	return /^\|.*\|$/.test(brut) ? '|' : '';
}

function goesOn(morceau: Morceau, ligne: Ligne, apresVide: boolean): boolean {
	const { lignes, signe, largeur } = morceau;
	if (signe.startsWith('#') || signe === '|' || lignes.length >= LIGNES_DE_MORCEAU) return false;
	const { texte } = lignes.at(-1)!;
	if (/^«\s?\p{Lu}/u.test(ligne.texte)) return isInacheve(texte);
	if (isOpenQuote(lignes)) return true;
	if (/[-\u00ad\u2010]$/.test(texte) || (isInacheve(texte) && !isCapitales(texte))) return true;
	if (!apresVide) return !ligne.debutDePage || /^\p{Ll}/u.test(ligne.texte) || texte.endsWith(',');
	if (/[.;:!?…»]$/.test(texte) || (texte.endsWith(',') && /^\p{Lu}/u.test(ligne.texte))) return false;
	if (/^\p{Ll}/u.test(ligne.texte)) return !(texte.endsWith(',') && /^(?:la?|les?|l['’])\b/.test(ligne.texte));
	if (isCapitales(texte)) return isCapitales(ligne.texte) && (isInacheve(texte) || texte.length >= largeur * 0.6);
	// A short line that nothing ends stands above what follows.
	const courte = ligne.texte.length < largeur * 0.6 && !/[.;:,]$/.test(ligne.texte);
	return texte.length >= largeur * 0.85 && texte.length > 60 && !courte;
}

/** A quotation goes on over what cuts it, until its closing mark. */
function isOpenQuote(lignes: readonly Ligne[]): boolean {
	if (!lignes[0]!.texte.startsWith('«') || lignes.length > LIGNES_DE_CITATION) return false;
	const texte = lignes.map((ligne) => ligne.texte).join(' ');
	return texte.split('«').length > texte.split('»').length;
}

/** « <p> », « <ul style=…> »; « <https://…> » is an address. */
const BALISE = /<\/?[a-z][a-z0-9]{0,10}(?:\s[^<>]{0,200})?\/?>/gi;

function texteOf({ lignes, signe }: Morceau, mots: Vocabulaire): string {
	const textes = lignes.map(({ texte }) => texte);
	if (signe.startsWith('#')) textes[0] = textes[0]!.replace(/^#{1,6}\s+/, '');
	return joinLignes(textes, mots)
		.replaceAll(BALISE, ' ')
		.replaceAll('**', '')
		.replaceAll(/\^\{(\w{1,4})\}/g, '$1')
		.replaceAll(/ {2,}/g, ' ')
		.trim();
}

function placeOf(lignes: readonly Ligne[]): Place {
	return { debut: lignes[0]!.numero, lignes: lignes.map(({ numero }) => numero) };
}

// — Headings —

/** « A. », « II – », « 1   Un contexte »: numbers that are no item of a list. */
const RANG =
	/^(?:([IVX]{1,5}|[A-H])(?:\s?[.)]\s+|\s+[–—:-]\s*)|(\d{1,2}(?:\.\d{1,2})+)[.)]?\s+|(\d{1,2})\s{2,})(?=[\p{Lu}«])/u;

function readRang(texte: string): string | null {
	const trouve = RANG.exec(texte.slice(0, 40));
	return trouve === null ? null : (trouve[1] ?? trouve[2] ?? trouve[3])!;
}

const NUMERO = /^(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?=\S)/;

/** « # 5 Engagements », « ## 5.1 La CAF »: numbers that follow one another are those of the plan, and no words of it. */
function takeNumeros(blocs: readonly Bloc[]): void {
	const numeros = new Map<string, Titre>();
	let dernier = 0;
	for (const bloc of blocs) {
		if (bloc.genre !== 'titre' || !bloc.style.startsWith('#')) continue;
		const numero = NUMERO.exec(bloc.texte)?.[1] ?? '';
		const dans = numero.slice(0, Math.max(0, numero.lastIndexOf('.')));
		if (numero === '' || (dans === '' ? Number(numero) <= dernier : !numeros.has(dans))) continue;
		if (dans === '') dernier = Number(numero);
		numeros.set(numero, bloc);
	}
	if ([...numeros.keys()].filter((numero) => !numero.includes('.')).length < 2) return;
	for (const [numero, titre] of numeros) Object.assign(titre, { numero, texte: titre.texte.replace(NUMERO, '') });
}

/** Short, apart, unfinished by any mark: what stands above what follows. */
function readTitre(
	morceau: Morceau,
	avant: Morceau | undefined,
	apres: Morceau | undefined,
	mots: Vocabulaire
): Titre | null {
	const { lignes, signe } = morceau;
	if (signe.startsWith('#')) {
		const texte = texteOf(morceau, mots);
		return texte === '' ? null : { genre: 'titre', texte, rang: null, style: signe, ...placeOf(lignes) };
	}
	if (signe !== '' && signe !== '1' && signe !== 'A') return null;
	const entier = texteOf(morceau, mots);
	const rang = readRang(lignes[0]!.texte);
	const texte = rang === null ? entier : entier.slice(rang.length).replace(/^[\s.):–—-]+/, '');
	if (!looksLikeTitre(texte, morceau)) return null;
	if (signe === '1' && isInSuite(morceau, avant, apres)) return null;
	if (signe === '' && !standsApart(morceau, apres)) return null;
	const capitales = isCapitales(texte) ? 'C' : 'c';
	const numero = lignes[0]!.rang ?? rang;
	return {
		genre: 'titre',
		texte,
		rang: numero,
		style: `${kindOf(numero, lignes[0]!)}${capitales}`,
		...placeOf(lignes)
	};
}

/** A verb in the indicative makes a sentence of it. */
const PHRASE =
	/\b(?:est|sont|sera|seront|etait|ont|doit|doivent|permet|permettent|peut|peuvent|vise|constitue|s'engage|il s'agit)\b/;

function looksLikeTitre(texte: string, { lignes, largeur }: Morceau): boolean {
	const { plie } = lignes[0]!;
	const capitales = isCapitales(texte);
	if (!/^[\p{Lu}\d«]/u.test(texte) || lignes.length > LIGNES_DE_TITRE || texte.length > LONGUEUR_REPERE) return false;
	if (/[.,;!?…]$/.test(texte) || (texte.endsWith(':') && !capitales)) return false;
	if (isInacheve(texte) || (!capitales && PHRASE.test(plie) && !/^ce que?i? /.test(plie)) || !/\p{L}{3}/u.test(texte))
		return false;
	if (texte.length > (lignes.length > 1 || capitales ? TITRE_COUPE : TITRE_LONG)) return false;
	if (capitales) return true;
	if (lignes[0]!.rang !== null || readRang(lignes[0]!.texte) !== null) return true;
	if (/^(?:entre|et)\b/.test(plie)) return false;
	// A line of prose runs to the margin; that of a heading is cut before it.
	const coupee = lignes.slice(0, -1).every((ligne) => ligne.texte.length < largeur * 0.8);
	return coupee && (lignes.length > 1 || texte.length < Math.max(largeur * 0.9, 40));
}

/** One of « 1. … 2. … 3. … »: an item, whatever its looks. */
function isInSuite({ lignes }: Morceau, avant: Morceau | undefined, apres: Morceau | undefined): boolean {
	const rang = Number(lignes[0]!.rang);
	const is = (morceau: Morceau | undefined, attendu: number) =>
		morceau?.signe === '1' && Number(morceau.lignes[0]!.rang) === attendu;
	return Number.isNaN(rang) || is(avant, rang - 1) || is(apres, rang + 1);
}

function standsApart({ apresVide, lignes }: Morceau, apres: Morceau | undefined): boolean {
	if (!apresVide && !lignes[0]!.debutDePage) return false;
	return apres === undefined || apres.apresVide || apres.signe !== '' || apres.lignes[0]!.debutDePage;
}

function kindOf(rang: string | null, { texte, brut }: Ligne): string {
	if (rang === null) return '';
	const separateur = brut.trim().slice(rang.length).trimStart().charAt(0);
	const signe = /[.)/:–—-]/.test(separateur) ? separateur.replace(/[–—]/, '-') : ' ';
	if (/^\d+$/.test(rang)) return `1${signe}`;
	if (/^\d/.test(rang)) return rang.replaceAll(/\d+/g, '1');
	return /^[IVX]+$/.test(rang) && !/^[A-H]\b/.test(texte) ? `I${signe}` : `A${signe}`;
}

// — Lists —

function isItem({ signe }: Morceau): boolean {
	return signe !== '' && signe !== 'A' && signe !== '|';
}

function addItem(blocs: Bloc[], morceau: Morceau, avant: Morceau | undefined, mots: Vocabulaire): void {
	const { lignes, signe } = morceau;
	const item: Item = { texte: texteOf(morceau, mots), rang: lignes[0]!.rang, sous: false, ...placeOf(lignes) };
	const liste = blocs.at(-1);
	const suite = liste?.genre === 'liste' && avant !== undefined && isItem(avant) && !morceau.apresCoupe;
	if (!suite) return openListe(blocs, item, signe);
	const signes = SIGNES.get(liste)!;
	const parent = liste.items.findLast(({ sous }) => !sous)!;
	item.sous = signe === signes[1] || (signe !== signes[0] && (parent.texte.endsWith(':') || signe === 'o'));
	if (item.sous) signes[1] = signe;
	else if (signe !== signes[0] || (item.rang === '1' && parent.rang !== null)) return openListe(blocs, item, signe);
	liste.items.push(item);
	liste.lignes.push(...item.lignes);
}

function openListe(blocs: Bloc[], item: Item, signe: string): void {
	const liste: Liste = { genre: 'liste', items: [item], debut: item.debut, lignes: [...item.lignes] };
	blocs.push(liste);
	SIGNES.set(liste, [signe]);
}

/** The marks of the points of a list, then of its sub-points. */
const SIGNES = new WeakMap<Liste, string[]>();
