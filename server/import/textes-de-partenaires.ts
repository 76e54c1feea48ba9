import type { Doute, EngagementPropose, SignatairePropose } from '#lib/import/proposition.ts';
import { readBlocs, type Bloc } from './blocs.ts';
import { engagementOf, findChapitre } from './engagements.ts';
import type { Ligne, Texte } from './lignes.ts';
import { isOwnName, opensWith, rankNames, type Candidat } from './noms-de-signataires.ts';
import { countBreaks, cutPieces, linesOf, mendOrder, moveAnnouncedList, textOf, type Piece } from './passages.ts';
import { enumerate } from './textes.ts';

/** What each partner writes of itself and of its part, under a heading that speaks of them. */
export interface TextesLus {
	engagements: EngagementPropose[];
	doutes: Doute[];
	/** Line numbers that they hold whole. */
	lignes: Set<number>;
}

const CHAPITRE = /^(?:les |nos )?(?:partenaires|signataires|parties|acteurs)\b(?!.*\bengage)/;
/** Fewer are no series of texts. */
const TEXTES_MINIMUM = 3;
const TEXTE_COURT = 40;
/** More are no chapter of a pacte, and would be long to put in order. */
const PASSAGES_AU_PLUS = 1000;

/**
 * Texts that stand one after another, apart by more blank than their paragraphs, or each opened by the name of its partner.
 * Pages in columns come out with their passages in disorder: they are put back where every sentence goes on, and told.
 */
export function readTextesDePartenaires(
	blocs: readonly Bloc[],
	{ lignes, mots }: Pick<Texte, 'lignes' | 'mots'>,
	isLibre: (ligne: Ligne) => boolean,
	signataires: readonly SignatairePropose[]
): TextesLus {
	const lus: TextesLus = { engagements: [], doutes: [], lignes: new Set() };
	const chapitre = findChapitre(blocs, CHAPITRE);
	if (chapitre === null) return lus;
	const debut = blocs[chapitre.debut]!.lignes.at(-1)!;
	const fin = blocs[chapitre.fin]?.debut ?? lignes.length + 1;
	const groupes = cutTextes(lignes.slice(debut, fin - 1), isLibre, signataires);
	const listes = groupes.slice(1).map((groupe, i) => moveAnnouncedList(groupes[i]!, groupe));
	const textes = nameTextes(groupes, signataires);
	if (textes.filter(({ organisme }) => organisme !== '').length < TEXTES_MINIMUM) return lus;
	for (const texte of textes) {
		const pieces = texte.mele === null ? inOrder(texte) : texte.pieces;
		lus.engagements.push(
			engagementOf(
				texte.organisme,
				texte.organisme === '' ? 'Texte d’un partenaire, à nommer' : undefined,
				readBlocs(linesOf(pieces), () => true, mots)
			)
		);
		for (const { numero } of texte.pieces.flatMap(({ lignes }) => lignes)) lus.lignes.add(numero);
		if (pieces.some((piece, i) => piece !== texte.pieces[i]))
			lus.doutes.push({
				ligne: lineOf(texte.pieces),
				message: `Les passages de ce texte (« ${texte.organisme} ») sont imprimés dans le désordre ; ils sont remis dans l'ordre où leurs phrases se suivent.`
			});
	}
	lus.doutes.push(...textesMeles(textes), ...listesDeplacees(listes, textes), ...differences(textes, signataires));
	return lus;
}

// — One text after another —

function cutTextes(
	lignes: readonly Ligne[],
	isLibre: (ligne: Ligne) => boolean,
	signataires: readonly SignatairePropose[]
): Piece[][] {
	const pieces = cutPieces(lignes, isLibre);
	if (pieces.length > PASSAGES_AU_PLUS) return [];
	const large = wideGap(pieces);
	const begins = (piece: Piece) =>
		large === null ? isOwnName(piece, signataires) : piece.vides >= large && !continuesNumbers(piece, pieces);
	const groupes: Piece[][] = [];
	for (const piece of pieces) {
		if (groupes.length === 0 || begins(piece)) groupes.push([piece]);
		else groupes.at(-1)!.push(piece);
	}
	return groupes;
}

/** The blank that sets texts apart: wider than that between two paragraphs. Null when all are alike. */
function wideGap(pieces: readonly Piece[]): number | null {
	const fois = new Map<number, number>();
	for (const { vides } of pieces) if (vides > 0) fois.set(vides, (fois.get(vides) ?? 0) + 1);
	const usuel = [...fois].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 1;
	const larges = pieces.filter(({ vides }) => vides > usuel).length;
	return larges >= TEXTES_MINIMUM ? usuel + 1 : null;
}

/** « 2. », where the text above has a « 1. »: a page was cut, not a text. */
function continuesNumbers({ lignes }: Piece, pieces: readonly Piece[]): boolean {
	const rang = Number(lignes[0]!.rang ?? NaN);
	if (!(rang > 1)) return false;
	const ici = pieces.findIndex((piece) => piece.lignes[0] === lignes[0]);
	return pieces.slice(0, ici).findLast((piece) => piece.lignes[0]!.rang !== null)?.lignes[0]!.rang === String(rang - 1);
}

// — Whose text it is —

interface TexteDePartenaire {
	/** Empty when nothing says it. */
	organisme: string;
	pieces: Piece[];
	/** The texts that were printed as one tangle have the same; else null. */
	mele: object | null;
}

function nameTextes(groupes: Piece[][], signataires: readonly SignatairePropose[]): TexteDePartenaire[] {
	const noms = rankNames(groupes, signataires);
	const premier = groupes.findIndex((_, i) => noms.has(i));
	if (premier === -1) return [];
	const textes: TexteDePartenaire[] = [];
	const restants = signataires.filter(
		({ organisme }) => ![...noms.values()].some((nom) => nom.organisme === organisme)
	);
	for (let i = premier; i < groupes.length; i++) {
		const fin = endOfTangle(groupes, noms, i);
		if (fin > i) {
			textes.push(...untangle(groupes.slice(i, fin + 1), noms, i, restants));
			i = fin;
		} else {
			const organisme = noms.get(i)?.organisme ?? '';
			textes.push({ organisme, pieces: groupes[i]!, mele: null });
		}
	}
	return textes.filter(({ organisme, pieces }) => organisme !== '' || textOf(pieces).length >= TEXTE_COURT);
}

/** The last of the neighbours that begin or stop in the middle of a sentence, however their passages are put. */
function endOfTangle(groupes: Piece[][], noms: ReadonlyMap<number, Candidat>, debut: number): number {
	let fin = debut;
	while (fin < groupes.length && isTangled({ pieces: groupes[fin]!, organisme: noms.get(fin)?.organisme ?? '' })) fin++;
	return fin - debut > 1 ? fin - 1 : debut;
}

function isTangled(texte: Pick<TexteDePartenaire, 'organisme' | 'pieces'>): boolean {
	return countBreaks(inOrder(texte)) > 1;
}

function inOrder({ pieces, organisme }: Pick<TexteDePartenaire, 'organisme' | 'pieces'>): Piece[] {
	return mendOrder(pieces, (texte) => organisme !== '' && opensWith(texte, organisme));
}

interface TexteMele extends TexteDePartenaire {
	/** The passage that opens with the name is there. */
	commence?: boolean;
}

/** Each passage goes to the partner that it names; one that names none, with the passage above it. */
function untangle(
	groupes: Piece[][],
	noms: ReadonlyMap<number, Candidat>,
	premier: number,
	restants: readonly SignatairePropose[]
): TexteDePartenaire[] {
	const connus = groupes.flatMap((_, i) => noms.get(premier + i)?.organisme ?? []);
	const candidats = [...restants, ...connus.map((organisme) => ({ organisme, ligne: 0 }))];
	const mele = {};
	const textes = new Map<string, TexteMele>();
	const ranks = rankNames(
		groupes.flat().map((piece) => [piece]),
		candidats,
		true
	);
	let place = 0;
	for (const groupe of groupes) {
		let organisme = '';
		for (const [i, piece] of groupe.entries()) {
			const nom = ranks.get(place + i);
			const suivant = groupe.findIndex((_, j) => j > i && ranks.has(place + j));
			const apres = ranks.get(place + suivant);
			if (nom !== undefined) organisme = nom.organisme;
			else if (organisme === '' && apres !== undefined && !apres.enTete) organisme = apres.organisme;
			const texte: TexteMele = textes.get(organisme) ?? { organisme, pieces: [], mele };
			textes.set(organisme, texte);
			// What opens with a name comes first, whatever column it stood in.
			if (nom?.enTete && !texte.commence) texte.pieces.unshift(piece);
			else texte.pieces.push(piece);
			texte.commence ||= nom?.enTete ?? false;
		}
		place += groupe.length;
	}
	return [...textes.values()];
}

// — What is told —

function lineOf(pieces: readonly Piece[]): number {
	return Math.min(...pieces.map(({ lignes }) => lignes[0]!.numero));
}

function textesMeles(textes: readonly TexteDePartenaire[]): Doute[] {
	return [...Map.groupBy(textes, ({ mele }) => mele)].flatMap(([mele, siens]) => {
		if (mele === null) return [];
		const numeros = siens.flatMap(({ pieces }) => pieces.flatMap(({ lignes }) => lignes.map(({ numero }) => numero)));
		const noms = siens
			.toSorted((a, b) => Number(a.organisme === '') - Number(b.organisme === ''))
			.map(({ organisme }) => (organisme === '' ? "d'un partenaire qui n'est pas nommé" : `de « ${organisme} »`));
		return [
			{
				ligne: Math.min(...numeros),
				message: `Les textes ${enumerate(noms)} sont imprimés mêlés, des lignes ${Math.min(...numeros)} à ${Math.max(...numeros)} : chaque passage est donné au partenaire qu'il nomme, ou à celui du passage d'au-dessus ; à relire.`
			}
		];
	});
}

function listesDeplacees(listes: readonly Piece[][], textes: readonly TexteDePartenaire[]): Doute[] {
	return listes.flatMap((liste) => {
		const texte = textes.find(({ pieces }) => pieces.includes(liste[0]!));
		return texte === undefined
			? []
			: [
					{
						ligne: lineOf(liste),
						message: `Cette liste, imprimée au milieu d'un autre texte, est donnée à celui qui l'annonce (« ${texte.organisme} »).`
					}
				];
	});
}

/** Those who write and those who sign are seldom the same. */
function differences(textes: readonly TexteDePartenaire[], signataires: readonly SignatairePropose[]): Doute[] {
	if (signataires.length === 0) return [];
	const ecrits = new Set(textes.map(({ organisme }) => organisme));
	const signes = new Set(signataires.map(({ organisme }) => organisme));
	const cite = (noms: Iterable<string>) => enumerate([...noms].map((nom) => `« ${nom} »`));
	const sansNom = textes.filter(({ organisme }) => organisme === '');
	const sansTexte = signes.difference(ecrits);
	const horsSignataires = ecrits.difference(signes.union(new Set([''])));
	const ecarts = [
		...(horsSignataires.size > 0 ? [`${cite(horsSignataires)} sans signature`] : []),
		...(sansTexte.size > 0 ? [`${cite(sansTexte)} sans texte`] : [])
	];
	return [
		...(ecarts.length === 0
			? []
			: [
					{
						ligne: lineOf(textes.flatMap(({ pieces }) => pieces)),
						message: `${textes.length} textes de partenaires et ${signataires.length} signataires : ${ecarts.join(', ')}.`
					}
				]),
		...sansNom.map(({ pieces }) => ({
			ligne: lineOf(pieces),
			message: "Ce texte ne nomme pas le partenaire qui l'écrit."
		}))
	];
}
