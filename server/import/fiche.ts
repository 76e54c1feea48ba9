import type { ChampPropose, CleDeChamp } from '#lib/import/proposition.ts';
import { cellulesOf } from './balisage.ts';
import { readEtiquettes, type CleDEtiquette } from './etiquettes.ts';
import { readIdentite, readIntitule } from './intitules.ts';
import { isMarked } from './jalons.ts';
import { readLigne, splitHtml, type Ligne } from './lignes.ts';
import { fold, isInacheve, joinLignes, tidy, type Vocabulaire } from './mots.ts';
import { isSansNom } from './organismes.ts';
import type { FicheBrute } from './plan.ts';
import { groupPuces, joinParagraphes } from './puces.ts';
import { isCapitales, readMentionDAxe, type MentionDAxe } from './reperes.ts';
import { readTableau, type TableauLu } from './tableaux.ts';

/** A fiche as its own lines print it, before it is compared with the rest of the text. */
export interface FicheLue {
	/** Line number of its head, and of its title. */
	ligne: number;
	ligneDuTitre: number;
	codeImprime: string;
	titre: string;
	cadre: { code: string; titre: string; ligne: number } | null;
	pilote: string;
	partenaires: string;
	echeance: string;
	champs: ChampPropose[];
	/** The line of each text of the fiche, for the doubts: [key of the field, text, line]. */
	textes: { cle: CleDeChamp | null; texte: string; ligne: number }[];
	/** Line numbers of all that was understood. */
	lignes: number[];
}

/** What only the whole text tells: the labels of its own that come back from fiche to fiche. */
export interface Usages {
	mots: Vocabulaire;
	/** What the text calls its top level. */
	niveau: string | null;
	/** Folded labels without a known meaning. */
	inconnues: ReadonlySet<string>;
	/** Most labels that stand alone on their line are in lower case. */
	basses: boolean;
	/** A field may mix paragraphs and lists: then it is read as prose. */
	melange?: boolean;
}

interface Segment {
	cle: CleDEtiquette | null;
	etiquette: string;
	/** What follows the label on its line. */
	valeur: string;
	ligne: Ligne;
	/** Labels of one line share a row; their values may stand below, side by side. */
	rangee: number;
	mention: MentionDAxe | null;
	tableau: TableauLu | null;
	suite: Ligne[];
	/** Whether a line below holds something: asked at each line. */
	plein: boolean;
}

/** A fiche being read. */
interface Lecture {
	fiche: FicheLue;
	mots: Vocabulaire;
	melange: boolean;
	/** The items of its list fields, by label. */
	listes: Map<string, string[]>;
}

export function readFiche(brute: FicheBrute, tete: Ligne, usages: Usages): FicheLue {
	const avant = readSegments(brute.avant, usages);
	const corps = readSegments(brute.lignes.flatMap(splitHtmlLine), usages);
	const fiche: FicheLue = {
		...{ ligne: tete.numero, ligneDuTitre: tete.numero, codeImprime: brute.entete.code, titre: brute.entete.titre },
		...{ cadre: null, pilote: '', partenaires: '', echeance: '', champs: [], textes: [], lignes: [tete.numero] }
	};
	const lecture: Lecture = { fiche, mots: usages.mots, melange: usages.melange ?? false, listes: new Map() };
	readTitreDeFiche(lecture, corps.debut);
	leadByPilote([...avant.segments, ...corps.segments]);
	for (const segments of [avant.segments, corps.segments]) {
		shareColumns(segments);
		for (const segment of segments) readSegment(lecture, segment);
	}
	return fiche;
}

const CONTACT = /^(?:referent|responsable|contact)/;
const COPILOTE = /^co-?(?:pilot|port)/;

/** Beside « Chef de file », « Référent » names a person who answers: it is a field of its own. */
function leadByPilote(segments: Segment[]): void {
	const pilotes = segments.filter(({ cle }) => cle === 'pilote');
	const contacts = pilotes.filter(({ etiquette }) => CONTACT.test(fold(etiquette)));
	if (contacts.length < pilotes.length) for (const contact of contacts) contact.cle = null;
}

// — The labels, and the lines under each —

function readSegments(lignes: readonly Ligne[], usages: Usages): { debut: Ligne[]; segments: Segment[] } {
	const debut: Ligne[] = [];
	const segments: Segment[] = [];
	const derniereConnue = lignes.findLastIndex((ligne) => readEtiquettes(ligne).length > 0);
	for (let i = 0; i < lignes.length; i++) {
		const ligne = lignes[i]!;
		const mention = ligne.vide || isMarked(ligne) ? null : readMentionDe(usages.niveau, lignes, i);
		// « Titre : … » at the head of a fiche is its title, and none of its fields.
		if (segments.length === 0 && !ligne.vide && readIdentite(ligne) !== null) {
			debut.push(ligne);
			continue;
		}
		const base = { ligne, rangee: i, mention: null, tableau: null, suite: [], plein: false };
		const titre = titreDeTableau(segments.at(-1));
		const tableau =
			mention === null && !ligne.vide ? readTableau(lignes, i, (titre?.cle ?? null) as CleDeChamp | null) : null;
		if (tableau !== null) {
			const suite = lignes.slice(i + 1, i + tableau.longueur);
			if (titre !== null && titre.cle === tableau.cle) Object.assign(titre, { tableau, suite: [ligne, ...suite] });
			else segments.push({ ...base, cle: tableau.cle, etiquette: tableau.colonnes[0]!, valeur: '', tableau, suite });
			i += tableau.longueur - 1;
			continue;
		}
		const etiquettes = mention?.etiquettes ?? readEtiquettesDeFiche(lignes, i, derniereConnue, usages);
		if (mention !== null) {
			segments.push({ ...base, cle: 'axe', etiquette: mention.niveau, valeur: mention.titre, mention, suite: [] });
			for (let j = i + 1; j <= mention.fin; j++) segments.at(-1)!.suite.push(lignes[j]!);
			i = mention.fin;
		}
		const ouvert = segments.at(-1);
		// « Pilote », then « CPAM »: capitals, or words without a colon, right under a label that waits for them are its value.
		const nomme =
			etiquettes[0]?.cle === null &&
			ouvert !== undefined &&
			waits(ouvert) &&
			(isCourt(ouvert.cle) || (etiquettes[0].etiquette === ligne.texte && !isCapitales(ligne.texte)));
		if (!nomme)
			for (const { cle, etiquette, valeur } of etiquettes)
				segments.push({ ...base, cle, etiquette, valeur, suite: [] });
		if (mention !== null || (etiquettes.length > 0 && !nomme)) continue;
		// What follows a table belongs to no field: it is left for the remainders.
		if (ouvert?.tableau) continue;
		(ouvert?.suite ?? debut).push(ligne);
		if (ouvert !== undefined && !ligne.vide) ouvert.plein = true;
	}
	return { debut, segments };
}

function isCourt(cle: CleDEtiquette | null): cle is 'pilote' | 'partenaires' | 'echeance' {
	return cle === 'pilote' || cle === 'partenaires' || cle === 'echeance';
}

function waits({ valeur, plein }: Segment): boolean {
	return valeur === '' && !plein;
}

/** A label and its value; a row of another table, whole; else each paragraph or item of its HTML is a line. */
function splitHtmlLine(ligne: Ligne): Ligne[] {
	if (ligne.paire !== undefined) {
		const [etiquette, valeur] = ligne.paire;
		const lue = (brut: string) => ({ ...readLigne(brut, ligne.numero - 1), paragraphe: true });
		return [{ ...lue(`${etiquette} :`), paire: ligne.paire }, ...valeur.split('\n').filter(Boolean).map(lue)];
	}
	return cellulesOf(ligne.brut) === null ? splitHtml(ligne) : [ligne];
}

/** The label that stands alone above a table names it. */
function titreDeTableau(segment: Segment | undefined): Segment | null {
	if (segment === undefined || segment.tableau !== null || segment.valeur !== '') return null;
	if (segment.cle === 'axe' || isCourt(segment.cle)) return null;
	return segment.plein ? null : segment;
}

/** « Orientation 2 » in a text that numbers axes is a field like another. */
function readMentionDe(niveau: string | null, lignes: readonly Ligne[], index: number): MentionDAxe | null {
	const mention = readMentionDAxe(lignes, index);
	return mention?.niveau === niveau ? mention : null;
}

type EtiquetteDeFiche = Pick<Segment, 'cle' | 'etiquette' | 'valeur'>;

function readEtiquettesDeFiche(
	lignes: readonly Ligne[],
	index: number,
	derniereConnue: number,
	usages: Usages
): EtiquetteDeFiche[] {
	const ligne = lignes[index]!;
	if (ligne.vide) return [];
	const [premiere, ...autres] = readEtiquettes(ligne);
	const apresVide = index === 0 || lignes[index - 1]!.vide;
	if (premiere !== undefined) {
		if (isMarked(ligne) && premiere.valeur !== '' && !isCourt(premiere.cle)) return [];
		// « … avec les différents / partenaires »: the end of a sentence, unless the text writes its labels so.
		const finDePhrase = premiere.seule && /^\p{Ll}/u.test(ligne.texte) && !apresVide && !usages.basses;
		return finDePhrase ? [] : [premiere, ...autres];
	}
	const inconnue = readInconnue(ligne) ?? readNue(lignes, index);
	if (inconnue === null) return [];
	if (ligne.paire !== undefined) return [{ cle: null, ...inconnue }];
	const entreDeuxConnues = isCapitales(ligne.texte) && apresVide && index < derniereConnue;
	return usages.inconnues.has(fold(inconnue.etiquette)) || entreDeuxConnues ? [{ cle: null, ...inconnue }] : [];
}

/** A line that looks like a label whose meaning is not known: capitals, or a few words before a colon. */
function readInconnue(ligne: Ligne): { etiquette: string; valeur: string } | null {
	if (isMarked(ligne) || ligne.texte.length > 400) return null;
	if (typeof readIntitule(ligne)?.niveau === 'string') return null;
	const deuxPoints = ligne.texte.indexOf(':');
	if (deuxPoints > 2 && deuxPoints <= 50 && /^\p{Lu}/u.test(ligne.texte))
		return { etiquette: tidy(ligne.texte.slice(0, deuxPoints)), valeur: ligne.texte.slice(deuxPoints + 1).trim() };
	return ligne.texte.length <= 60 && isCapitales(ligne.texte) && !/[,;.…]/.test(ligne.texte)
		? { etiquette: tidy(ligne.texte), valeur: '' }
		: null;
}

/** A few words alone on their line, above their value: a label where they come back from fiche to fiche. */
function readNue(lignes: readonly Ligne[], index: number): { etiquette: string; valeur: string } | null {
	const ligne = lignes[index]!;
	if (isMarked(ligne) || ligne.texte.length > 60 || !/^\p{Lu}[^:\t,;.!…]*$/u.test(ligne.texte)) return null;
	if (!(lignes[index - 1]?.vide ?? true) || (lignes[index + 1]?.vide ?? true)) return null;
	return readIntitule(ligne) === null ? { etiquette: tidy(ligne.texte), valeur: '' } : null;
}

/** The usages of a text: read once, before its fiches. */
export function readUsages(fiches: readonly FicheBrute[], niveau: string | null, mots: Vocabulaire): Usages {
	const inconnues = new Map<string, number>();
	let seules = 0;
	let basses = 0;
	for (const { lignes } of fiches) {
		const ici = new Set<string>();
		for (const [i, ligne] of lignes.entries()) {
			if (ligne.vide) continue;
			const [premiere] = readEtiquettes(ligne);
			if (premiere?.seule) {
				seules++;
				if (/^\p{Ll}/u.test(ligne.texte)) basses++;
			}
			const inconnue = premiere === undefined ? (readInconnue(ligne) ?? readNue(lignes, i)) : null;
			if (inconnue !== null) ici.add(fold(inconnue.etiquette));
		}
		for (const etiquette of ici) inconnues.set(etiquette, (inconnues.get(etiquette) ?? 0) + 1);
	}
	const assez = Math.max(2, fiches.length / 2);
	const reviennent = [...inconnues].filter(([, fois]) => fois >= assez).map(([etiquette]) => etiquette);
	return { mots, niveau, inconnues: new Set(reviennent), basses: basses * 2 > seules };
}

// — The title —

function readTitreDeFiche({ fiche, mots }: Lecture, debut: readonly Ligne[]): void {
	const premiere = debut.findIndex(({ vide }) => !vide);
	if (premiere === -1 || (fiche.titre !== '' && premiere > 0)) return;
	const fin = debut.findIndex(({ vide }, i) => i > premiere && vide);
	const groupe = debut.slice(premiere, fin === -1 ? undefined : fin);
	const lignes: Ligne[] = [];
	let titre = fiche.titre;
	const identite = readIdentite(groupe[0]!);
	if (titre === '' && identite !== null && identite.titre !== '') {
		titre = identite.titre;
		lignes.push(groupe.shift()!);
	}
	for (const ligne of groupe.slice(0, 4)) {
		const prolonge =
			titre === '' || (fiche.titre === '' && identite === null) || /^\p{Ll}/u.test(ligne.texte) || isInacheve(titre);
		if (!prolonge || isMarked(ligne) || titre.length > 200) break;
		lignes.push(ligne);
		titre = joinLignes([titre, ligne.texte], mots);
	}
	if (lignes.length === 0) return;
	if (fiche.titre === '') fiche.ligneDuTitre = lignes[0]!.numero;
	fiche.titre = titre;
	fiche.lignes.push(...lignes.map(({ numero }) => numero));
}

// — Two columns —

/**
 * « Axe 1    Pilote : », and below « Titre de l'axe    Conseil départemental »: the values of labels printed side by
 * side are dealt out to them, when none has its value beside it.
 */
function shareColumns(segments: Segment[]): void {
	for (let i = 0; i < segments.length;) {
		const rangee = segments.slice(i, i + 6).filter(({ rangee }) => rangee === segments[i]!.rangee);
		i += rangee.length;
		const derniere = rangee.at(-1)!;
		if (rangee.length < 2 || rangee.some(({ valeur }) => valeur !== '')) continue;
		const debut = derniere.suite.findIndex(({ vide }) => !vide);
		const fin = derniere.suite.findIndex(({ vide }, j) => j > debut && vide);
		const lignes = derniere.suite.slice(debut === -1 ? 0 : debut, fin === -1 ? undefined : fin);
		const colonnes = dealOut(lignes, rangee);
		if (colonnes === null) continue;
		derniere.suite = derniere.suite.slice(lignes.length + Math.max(debut, 0));
		for (const [c, segment] of rangee.entries())
			segment.suite = colonnes[c]!.concat(segment === derniere ? derniere.suite : []);
	}
}

function dealOut(lignes: readonly Ligne[], rangee: readonly Segment[]): Ligne[][] | null {
	const nombre = rangee.length;
	const colonnes: Ligne[][] = Array.from({ length: nombre }, () => []);
	const coupees = lignes.map(splitCellules);
	if (coupees.some((cellules) => cellules.length > nombre)) return null;
	if (coupees.some((cellules) => cellules.length > 1)) {
		for (const [i, cellules] of coupees.entries())
			for (const [c, texte] of cellules.entries())
				for (const morceau of isCourte(rangee[c]!) ? [texte.replaceAll('\n', ', ')] : texte.split('\n'))
					if (morceau !== '') colonnes[c]!.push({ ...lignes[i]!, ...readLigne(morceau, lignes[i]!.numero - 1) });
		return colonnes;
	}
	// Without columns, the title of the axe stands above the pilote; other values are all of the last label.
	if (rangee[0]!.cle !== 'axe') return null;
	colonnes[0]!.push(...lignes.slice(0, -1));
	colonnes[nombre - 1]!.push(...lignes.slice(-1));
	return colonnes;
}

/** What HTML puts on several lines of a cell is a list. */
function isCourte({ cle }: Segment): boolean {
	return cle === 'pilote' || cle === 'partenaires' || cle === 'echeance';
}

/** A line that begins with a tab has an empty first cell. */
function splitCellules({ brut, texte }: Ligne): string[] {
	const cellules = cellulesOf(brut);
	if (cellules !== null) return cellules.slice(0, cellules.findLastIndex((cellule) => cellule !== '') + 1);
	return texte.split(/\s*\t\s*|\s{3,}/).filter((cellule) => cellule !== '');
}

// — The value of one label —

function readSegment(lecture: Lecture, segment: Segment): void {
	lecture.fiche.lignes.push(segment.ligne.numero);
	if (segment.tableau !== null) return addTableau(lecture, segment, segment.tableau);
	switch (segment.cle) {
		case 'axe':
			return readCadre(lecture, segment);
		case 'pilote':
		case 'partenaires':
		case 'echeance':
			return readCourt(lecture, segment, segment.cle);
		default:
			return readChamp(lecture, segment, segment.cle);
	}
}

function readCadre({ fiche, mots }: Lecture, segment: Segment): void {
	const valeur = readValeur(segment, mots);
	pushAll(fiche.lignes, valeur.lignes);
	if (fiche.cadre !== null) return;
	const ligne = segment.ligne.numero;
	if (segment.mention !== null) {
		fiche.cadre = { code: segment.mention.code, titre: segment.mention.titre || valeur.texte, ligne };
		return;
	}
	// « Axe : 1 – Titre »
	const [, code = '', titre = ''] =
		/^(?:n\s?°\s?)?(\d{1,2}|[IVX]{1,5})?(?!\p{L})\s*[:.–—/-]?\s*(.*)$/u.exec(valeur.texte) ?? [];
	fiche.cadre = { code, titre, ligne };
}

/** A form says so of what nobody has filled in. */
const NON_RENSEIGNE = /^non renseignée?s?\s*\.?$/i;

function readCourt({ fiche, mots }: Lecture, segment: Segment, cle: 'pilote' | 'partenaires' | 'echeance'): void {
	const { texte: imprime, lignes } = readValeur(segment, mots);
	pushAll(fiche.lignes, lignes);
	const texte = NON_RENSEIGNE.test(imprime) ? '' : imprime;
	if (fiche[cle] === '') fiche[cle] = texte;
	else if (cle === 'pilote' && COPILOTE.test(fold(segment.etiquette)))
		fiche[cle] += isSansNom(texte) ? '' : ` ; ${texte}`;
	else if (texte !== '') fiche.champs.push({ cle: null, etiquette: segment.etiquette, texte });
}

/**
 * A short value: what stands beside the label, then the lines below until a blank one or the end of a sentence. What
 * comes after belongs to no label, even when the fiche is not over.
 */
function readValeur(segment: Segment, mots: Vocabulaire): { texte: string; lignes: number[] } {
	const prises: Ligne[] = [];
	let dernier = segment.valeur;
	let marquees = false;
	const enListe = segment.cle === 'partenaires';
	for (const [i, ligne] of segment.suite.entries()) {
		if (ligne.vide) {
			// A blank line ends the value, unless it has not begun or is a list whose items stand apart.
			const suivante = segment.suite.slice(i, i + 4).find(({ vide }) => !vide);
			if (dernier === '' || (marquees && suivante !== undefined && isMarked(suivante))) continue;
			break;
		}
		if (dernier !== '' && !isMarked(ligne)) {
			const finie = /[.…!?]$/.test(dernier) && !/^\p{Ll}/u.test(ligne.texte);
			const prolonge =
				/^[\p{Ll}(]/u.test(ligne.texte) ||
				/[,;/‐-]$/.test(dernier) ||
				isInacheve(dernier) ||
				segment.valeur === '' ||
				enListe;
			if (finie || !prolonge) break;
		}
		prises.push(ligne);
		dernier = ligne.texte;
		marquees ||= isMarked(ligne);
	}
	const texte = isUnParLigne(segment, prises, marquees)
		? [segment.valeur, ...itemsOf(prises, mots)].filter((nom) => nom !== '').join(', ')
		: joinLignes([segment.valeur, ...prises.map(({ texte }) => texte)], mots);
	return { texte, lignes: prises.map(({ numero }) => numero) };
}

/** Names under each other: marked as items, or without a single comma between them. */
function isUnParLigne({ cle }: Segment, prises: readonly Ligne[], marquees: boolean): boolean {
	if (cle !== 'pilote' && cle !== 'partenaires') return false;
	return marquees || (prises.length > 1 && !prises.some(({ texte }) => /[,;]/.test(texte)));
}

function itemsOf(lignes: readonly Ligne[], mots: Vocabulaire): string[] {
	return groupPuces(lignes, mots).puces.map(({ texte }) => texte.replace(/[,;]$/, ''));
}

/** Fields that a model holds as a list, whatever the text looks like. */
const EN_LISTE = new Set<CleDeChamp | null>([
	'finalite',
	'objectifs',
	'modalites',
	'livrables',
	'etapes',
	'indicateurs',
	'resultats'
]);

function readChamp(lecture: Lecture, segment: Segment, cle: CleDeChamp | null): void {
	const { fiche, mots } = lecture;
	const suite = segment.suite.slice(0, endOfField(segment));
	const valeur: Ligne[] = segment.valeur === '' ? [] : [readValeurDeChamp(segment)];
	const lignes = [...valeur, ...suite];
	const { puces, marquees } = groupPuces(lignes, mots);
	const enListe =
		lecture.melange && marquees && isMelange(lignes)
			? false
			: EN_LISTE.has(cle)
				? !isProse(
						puces.map(({ texte }) => texte),
						marquees
					)
				: marquees && isAllMarked(lignes);
	const ligne = segment.ligne.numero;
	if (!enListe) {
		const texte = joinParagraphes(lignes, mots);
		fiche.champs.push({ cle, etiquette: segment.etiquette, texte });
		if (texte !== '') fiche.textes.push({ cle, texte, ligne });
		for (const { vide, numero } of suite) if (!vide) fiche.lignes.push(numero);
		return;
	}
	const surUneLigne = valeur.length > 0 && puces.length === 1;
	const items = surUneLigne
		? splitSemicolons(puces[0]!.texte).map((texte) => ({ ...puces[0]!, texte, debut: ligne }))
		: puces;
	addPuces(
		lecture,
		cle,
		segment.etiquette,
		items.map(({ texte }) => texte)
	);
	for (const { texte, debut } of items) fiche.textes.push({ cle, texte, ligne: debut });
	for (const { lignes } of items) pushAll(fiche.lignes, lignes);
}

/** « Objectifs : - Ouvrir un lieu »: what stands beside the label may be the first item of its list. */
function readValeurDeChamp({ ligne, valeur }: Segment): Ligne {
	const lue = readLigne(valeur, ligne.numero - 1);
	const base = { ...ligne, rang: null, retrait: 0, etiquettes: undefined };
	return isMarked(lue) ? { ...base, texte: lue.texte, marque: lue.marque } : { ...base, texte: valeur, marque: null };
}

/** A table cut by a page comes back under the same head: it is one table. */
function addTableau({ fiche }: Lecture, segment: Segment, { cle, colonnes, lignes, suites }: TableauLu): void {
	for (const { vide, numero } of segment.suite) if (!vide) fiche.lignes.push(numero);
	const meme = fiche.champs.find(
		(champ) =>
			'colonnes' in champ && champ.cle === cle && champ.colonnes.map(fold).join('\t') === colonnes.map(fold).join('\t')
	);
	if (meme !== undefined && 'colonnes' in meme) {
		const debut = meme.lignes.length;
		meme.lignes.push(...lignes);
		if (suites.length > 0)
			meme.suites = [...(meme.suites ?? []), ...suites.map(([r, c]): [number, number] => [r + debut, c])];
		return;
	}
	fiche.champs.push({ cle, etiquette: segment.etiquette, colonnes, lignes, ...(suites.length > 0 && { suites }) });
}

/** A field cut by a page comes back under the same label, « (suite) » perhaps: it is one field. */
function addPuces({ fiche, listes }: Lecture, cle: CleDeChamp | null, etiquette: string, puces: string[]): void {
	const nom = `${cle} ${fold(etiquette).replace(/\s*\([^)]{0,30}\)/g, '')}`;
	const meme = listes.get(nom);
	if (meme !== undefined) return pushAll(meme, puces);
	listes.set(nom, puces);
	fiche.champs.push({ cle, etiquette, puces });
}

/** Fields of a few words: beside their label, they end with their paragraph. */
const BREFS = new Set<CleDeChamp | null>(['public', 'territoire', 'calendrier', 'budget', 'financeurs']);

/** A heading in capitals that is no label closes the last field: the fiche is over, another part begins. */
function endOfField({ suite, cle, valeur }: Segment): number {
	const bref = valeur !== '' && BREFS.has(cle as CleDeChamp | null);
	const fin = suite.findIndex((ligne, i) => {
		const apresVide = i === 0 || suite[i - 1]!.vide;
		if (isMarked(ligne)) return false;
		if (bref && apresVide && i > 0) return !ligne.vide;
		return apresVide && isCapitales(ligne.texte) && !/[,;.…:]$/.test(ligne.texte);
	});
	return fin === -1 ? suite.length : fin;
}

function isProse(puces: readonly string[], marquees: boolean): boolean {
	return (
		!marquees && puces.some((texte) => texte.length > 400 || (/[.!?] \p{Lu}/u.test(texte) && /[.!?]$/.test(texte)))
	);
}

/** Paragraphs beside a list: the list alone would lose them. */
function isMelange(lignes: readonly Ligne[]): boolean {
	return lignes.some(
		(ligne, i) => !ligne.vide && ligne.marque === null && (i === 0 || lignes[i - 1]!.vide) && !isSuite(ligne, lignes, i)
	);
}

/** The end of an item, after a blank line. */
function isSuite(ligne: Ligne, lignes: readonly Ligne[], i: number): boolean {
	return i > 0 && /^[\p{Ll}(]/u.test(ligne.texte) && lignes.slice(0, i).some(({ marque }) => marque !== null);
}

function isAllMarked(lignes: readonly Ligne[]): boolean {
	return lignes.find(({ vide }) => !vide)?.marque !== null;
}

function splitSemicolons(texte: string): string[] {
	return texte.split(/\s*;\s+/).filter((item) => item !== '');
}

/** A spread would overflow the stack where a text has a hundred thousand lines in one field. */
function pushAll<T>(cible: T[], source: readonly T[]): void {
	for (const element of source) cible.push(element);
}
