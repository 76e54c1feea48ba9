import type { SignatairePropose } from '#lib/import/proposition.ts';
import { fold, sameForm } from './mots.ts';
import { withoutArticle } from './parties.ts';
import { isLabel, isSuite, type Piece } from './passages.ts';

/** Whose text a group of passages is, and the passage that says it. */
export interface Candidat {
	organisme: string;
	piece: Piece;
	/** Named by the first words of that passage. */
	enTete: boolean;
}

type Nomme = Pick<SignatairePropose, 'organisme'>;

const TETE = 130;
const MARGE = 15;
/** Half of what tells a name from the others. */
const ASSEZ = 0.5;

/**
 * The partner that each group names, by its place; each partner once, the surest first. `partout`: anywhere in the passage,
 * and as often as it is named.
 */
export function rankNames(
	groupes: readonly (readonly Piece[])[],
	signataires: readonly Nomme[],
	partout = false
): Map<number, Candidat> {
	const noms = new Map<number, Candidat>();
	const pris = new Set<string>();
	const formes = formsOf(signataires);
	const accords = groupes
		.flatMap((pieces, groupe) =>
			formes.map((forme) => ({ groupe, organisme: forme.organisme, ...bestPiece(pieces, forme, partout) }))
		)
		.filter(({ points }) => points >= ASSEZ)
		.sort((a, b) => b.points - a.points);
	for (const { groupe, organisme, piece, enTete } of accords) {
		if (noms.has(groupe) || (!partout && pris.has(organisme))) continue;
		pris.add(organisme);
		noms.set(groupe, { organisme, piece: piece!, enTete });
	}
	if (!partout)
		for (const [groupe, pieces] of groupes.entries()) {
			const nom = noms.has(groupe) ? null : ownName(pieces);
			if (nom !== null && !pris.has(nom)) noms.set(groupe, { organisme: nom, piece: pieces[0]!, enTete: true });
		}
	return noms;
}

interface Forme {
	organisme: string;
	/** Each word with what it tells: one that others bear too tells less. */
	mots: Map<string, number>;
	sigles: string[];
	initiales: string;
}

const VIDES = new Set('les des une aux pour sur avec dans son ses par qui'.split(' '));

function formsOf(signataires: readonly Nomme[]): Forme[] {
	const nus = signataires.map(({ organisme }) => organisme.replace(/\([^()]*\)/g, ''));
	const motsDe = nus.map((nom) => new Set(wordsOf(nom)));
	const fois = new Map<string, number>();
	for (const mots of motsDe) for (const mot of mots) fois.set(mot, (fois.get(mot) ?? 0) + 1);
	return signataires.map(({ organisme }, i) => ({
		organisme,
		mots: new Map([...motsDe[i]!].map((mot) => [mot, 1 / fois.get(mot)!])),
		sigles: [...organisme.matchAll(/\(([^()]{2,20})\)/g)].map(([, sigle]) => sameForm(sigle!)),
		initiales: wordsOf(nus[i]!)
			.map((mot) => mot.charAt(0))
			.join('')
	}));
}

function wordsOf(texte: string): string[] {
	return sameForm(texte)
		.split(' ')
		.filter((mot) => mot.length > 2 && !VIDES.has(mot))
		.map((mot) => mot.replace(/[sx]$/, '').slice(0, 8));
}

function bestPiece(
	pieces: readonly Piece[],
	forme: Forme,
	partout: boolean
): { points: number; piece: Piece | null; enTete: boolean } {
	let meilleur = { points: 0, piece: null as Piece | null, enTete: false };
	for (const [i, piece] of pieces.entries()) {
		const texte = partout ? piece.texte : piece.texte.slice(0, TETE);
		const enTete = !isSuite(piece) && likeness(headOf(piece.texte, forme), forme, partout ? 2 : 3) >= ASSEZ;
		// What stands further on may well name another than the one that speaks.
		const points = likeness(texte, forme, partout ? 2 : 3) * (enTete ? 1 : 0.8) * (i === 0 || isLabel(piece) ? 1 : 0.9);
		if (points > meilleur.points) meilleur = { points, piece, enTete };
	}
	return meilleur;
}

/** So much of a text as its own name takes at its head, with an article and a few words. */
function headOf(texte: string, { organisme }: Forme): string {
	return texte.slice(0, organisme.length + MARGE);
}

/** From 0 to 2: the part of a name that a text holds, and its acronym, when it has as many letters as `lettres`. */
function likeness(texte: string, { mots, sigles, initiales }: Forme, lettres = 3): number {
	const ici = new Set(wordsOf(texte));
	const tenus = [...mots].filter(([mot]) => ici.has(mot));
	const part = tenus.length / Math.max(1, mots.size);
	const poids = sum(tenus) / Math.max(Number.EPSILON, sum([...mots]));
	const abreges = [...texte.matchAll(/(?<!\p{L})\p{Lu}{2,8}(?!\p{L})/gu)].map(([sigle]) => fold(sigle));
	const parSigle = abreges.some(
		(sigle) =>
			sigles.includes(sigle) || (sigle.length >= lettres && initiales.slice(0, sigle.length + 1).includes(sigle))
	);
	return (part + poids) / 2 + (parSigle ? 0.7 : 0);
}

function sum(mots: readonly (readonly [string, number])[]): number {
	return mots.reduce((total, [, poids]) => total + poids, 0);
}

/** Whether a text names this body at once. */
export function opensWith(texte: string, organisme: string): boolean {
	return formsOf([{ organisme }]).some((forme) => likeness(texte.slice(0, TETE), forme) >= ASSEZ);
}

// — A name that no list of signatories gives —

const NOM_ET_TEXTE = /^((?:l[ae]s?\s|l['’])?\p{Lu}[^.:;,]{2,80}?)\s*:\s+\p{Lu}/iu;
const NOM_ET_SIGLE = /^((?:l[ae]s?\s|l['’])\p{Lu}[^.:;,()]{4,80}?)\s*\(\p{Lu}{2,8}\)/iu;

/** « La Maison de l'emploi : … », « La Maison des solidarités (MDS) … », or a heading that the text says again. */
function ownName(pieces: readonly Piece[]): string | null {
	const texte = pieces.find((piece) => !isLabel(piece))?.texte ?? '';
	const dit = NOM_ET_TEXTE.exec(texte) ?? NOM_ET_SIGLE.exec(texte);
	if (dit !== null && /^(?:l[ae]s?\s|l['’])?\p{Lu}/u.test(texte)) return withoutArticle(dit[1]!);
	const titre = isLabel(pieces[0]!) && pieces.length > 1 ? pieces[0]!.texte : '';
	const mots = wordsOf(titre);
	const redits = new Set(wordsOf(texte.slice(0, TETE)));
	return mots.length > 0 && mots.every((mot) => redits.has(mot)) ? withoutArticle(titre) : null;
}

/** A passage that begins with a name and a colon, or is nothing but a name: the text of that partner begins there. */
export function isOwnName(piece: Piece, signataires: readonly Nomme[]): boolean {
	if (piece.lignes[0]!.marque !== null) return false;
	const nom = isLabel(piece) ? piece.texte : (NOM_ET_TEXTE.exec(piece.texte)?.[1] ?? '');
	return nom !== '' && formsOf(signataires).some((forme) => likeness(nom, forme) >= ASSEZ);
}
