import type { EntreeProposee } from '#lib/import/proposition.ts';
import { readGlossaire } from '#lib/glossaire/lire.ts';
import { cleOfSigle, findSigles } from '#lib/glossaire/sigles.ts';
import { cellulesOf } from './balisage.ts';
import type { Ligne } from './lignes.ts';

export interface GlossaireLu {
	entrees: EntreeProposee[];
	/** Line numbers of the entries and of their heading. */
	lignes: number[];
}

const TITRE =
	/^(?:\d{1,2}[.)]?\s*|annexe\s*\d*\s*[:–—-]?\s*)?(?:glossaire|lexique|(?:liste|index) des (?:sigles|abreviations)|sigles|abreviations|(?:sigles|abreviations) et (?:sigles|abreviations|acronymes)|glossaire des sigles)\s*:?$/;
/** A sigle, then what a table or a list puts before its words. */
const ENTREE =
	/^[\s\uFFFD\uE000-\uF8FF•–-]*(?<sigle>\p{Lu}[\p{L}\d&'’. ]*(?:\s*[–—/-]\s*\p{Lu}[\p{Lu}\d&.]*)*)\s*(?:\t|:|=|\s[–—-]\s).*\p{L}{2}/u;
/** So many entries, near to one another: a glossary, wherever its heading was printed. */
const ENTREES_MIN = 3;
const LIGNES_D_UNE_ENTREE = 4;
const LIGNES_JUSQU_AU_TITRE = 6;

/**
 * The glossary of a text: lines of sigles, side by side with the heading that names them. Boxes are printed in any
 * order: the heading may come after its list.
 */
export function readGlossaireDuTexte(lignes: readonly Ligne[], mobilier: ReadonlySet<number>): GlossaireLu {
	const pleines = lignes.filter(({ vide, numero }) => !vide && !mobilier.has(numero));
	const titres = pleines.flatMap(({ plie }, at) => (TITRE.test(plie) ? [at] : []));
	let best: GlossaireLu = { entrees: [], lignes: [] };
	for (const titre of titres) {
		for (const suite of suitesOf(pleines)) {
			if (!isBeside(suite, titre)) continue;
			const prises = pleines.slice(suite.debut, suite.fin);
			const entrees = entreesOf(prises);
			if (entrees.length >= ENTREES_MIN && entrees.length > best.entrees.length)
				best = { entrees, lignes: [pleines[titre]!.numero, ...prises.map(({ numero }) => numero)] };
		}
	}
	return best;
}

/** Lines from the first entry to the end of the last; places among the lines that hold something. */
interface Suite {
	debut: number;
	fin: number;
}

function suitesOf(lignes: readonly Ligne[]): Suite[] {
	const suites: Suite[] = [];
	lignes.forEach((ligne, at) => {
		if (!isEntree(ligne)) return;
		const last = suites.at(-1);
		if (last && at - last.fin < LIGNES_D_UNE_ENTREE) last.fin = endOf(lignes, at);
		else suites.push({ debut: at, fin: endOf(lignes, at) });
	});
	return suites;
}

/** The line after an entry goes on with it when it follows at once and cannot begin anything. */
function endOf(lignes: readonly Ligne[], at: number): number {
	const [ligne, next] = [lignes[at]!, lignes[at + 1]];
	const goesOn = next !== undefined && next.numero === ligne.numero + 1 && /^[\p{Ll}(]/u.test(next.texte);
	return at + (goesOn ? 2 : 1);
}

/** The cells of a row stand between tabs, whatever the source puts there. */
function asColumns({ brut }: Ligne): string {
	return cellulesOf(brut)?.join('\t').replaceAll('\n', '\t') ?? brut;
}

function isEntree(ligne: Ligne): boolean {
	const sigle = ENTREE.exec(asColumns(ligne))?.groups?.sigle ?? '';
	return sigle.length <= 40 && findSigles(sigle.trim()).length > 0;
}

function isBeside({ debut, fin }: Suite, titre: number): boolean {
	const gap = titre < debut ? debut - titre - 1 : titre - fin;
	return gap >= 0 && gap <= LIGNES_JUSQU_AU_TITRE;
}

/** One sigle has one entry: the first. */
function entreesOf(lignes: readonly Ligne[]): EntreeProposee[] {
	const seen = new Set<string>();
	return readGlossaire(lignes.map(asColumns)).flatMap(({ sigle, developpe, definition, ligne }) => {
		const cle = cleOfSigle(sigle);
		if (seen.has(cle)) return [];
		seen.add(cle);
		const numero = lignes[ligne - 1]!.numero;
		return [{ sigle, developpe, ...(definition === '' ? {} : { definition }), ligne: numero }];
	});
}
