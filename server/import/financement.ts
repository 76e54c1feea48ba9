import type { Doute, FinancementPropose } from '#lib/import/proposition.ts';
import type { Bloc, Liste } from './blocs.ts';
import { fold, tidy } from './mots.ts';

export interface FinancementLu {
	financement: FinancementPropose | null;
	pris: Set<Bloc>;
	doutes: Doute[];
}

/** « 4 624 000 € »; some PDF print the sign of the euro as another letter. */
const MONTANT = /(\d{1,3}(?:[ \u00a0\u202f.]\d{3})+|\d{4,9})\s?(€|euros?\b|EUR\b|m\b)/giu;
const PERIODE = /((?:19|20)\d\d)\s*(?:[-–—/]|à|au)\s*((?:19|20)\d\d)/u;
/** How far from the envelope the list of what it pays may stand. */
const AUTOUR = 12;

/** The envelope of a pacte, and the orientations that it pays for, each with its dispositifs. */
export function readFinancement(blocs: readonly Bloc[]): FinancementLu {
	const lu: FinancementLu = { financement: null, pris: new Set(), doutes: [] };
	const financement: FinancementPropose = { enveloppes: [], orientations: [] };
	for (const [i, bloc] of blocs.entries()) {
		if (bloc.genre !== 'paragraphe' || !/\benveloppe\b/.test(fold(bloc.texte))) continue;
		const enveloppe = readEnveloppe(bloc.texte, bloc.debut, lu.doutes);
		if (enveloppe === null) continue;
		financement.enveloppes.push(enveloppe);
		if (financement.orientations.length === 0 && /\bdispositifs\b/.test(fold(bloc.texte)))
			financement.orientations = readOrientations(blocs.slice(Math.max(0, i - AUTOUR), i + AUTOUR), lu.pris);
	}
	if (financement.enveloppes.length > 0) lu.financement = financement;
	return lu;
}

function readEnveloppe(texte: string, ligne: number, doutes: Doute[]): FinancementPropose['enveloppes'][number] | null {
	const montants = [...texte.matchAll(MONTANT)];
	if (montants.length === 0) return null;
	for (const [imprime, nombre, signe] of montants)
		if (signe === 'm') doutes.push({ ligne, message: `« ${tidy(imprime)} » est lu « ${tidy(nombre!)} € ».` });
	const fse = montants.find(({ index, 0: imprime }) => isFse(texte, index, imprime.length));
	const total = montants.find((montant) => montant !== fse);
	const periode = PERIODE.exec(texte);
	const exclusions = /\(\s*(hors [^)]{2,120})\)/iu.exec(texte)?.[1] ?? '';
	return {
		libelle: fse === undefined ? 'Enveloppe' : 'Enveloppe, dont fonds social européen',
		montant: total === undefined ? null : toEuros(total[1]!),
		part_fse: fse === undefined ? null : toEuros(fse[1]!),
		debut: periode === null ? null : Number(periode[1]),
		fin: periode === null ? null : Number(periode[2]),
		exclusions,
		ligne
	};
}

/** « dont 2 312 000 € de FSE » */
function isFse(texte: string, index: number, longueur: number): boolean {
	const suite = fold(texte.slice(index + longueur, index + longueur + 40));
	return /^\s*(?:de |du |au titre du |d')?\s*(?:credits )?(?:de |du )?(?:fse|fonds social)/.test(suite);
}

function toEuros(nombre: string): number {
	return Number(nombre.replaceAll(/\D/g, ''));
}

/** Headings that follow one another, each with its list. */
function readOrientations(blocs: readonly Bloc[], pris: Set<Bloc>): FinancementPropose['orientations'] {
	let meilleure: [Bloc, Liste][] = [];
	let serie: [Bloc, Liste][] = [];
	for (let i = 0; i < blocs.length; i++) {
		const [bloc, liste] = [blocs[i]!, blocs[i + 1]];
		if (isIntitule(bloc) && liste?.genre === 'liste') {
			serie.push([bloc, liste]);
			i++;
			if (serie.length > meilleure.length) meilleure = [...serie];
		} else serie = [];
	}
	if (meilleure.length < 2) return [];
	return meilleure.map(([bloc, liste]) => {
		pris.add(bloc).add(liste);
		return {
			libelle: bloc.genre === 'liste' ? '' : bloc.texte,
			dispositifs: liste.items.map(({ texte }) => toDispositif(texte)),
			ligne: bloc.debut
		};
	});
}

function isIntitule(bloc: Bloc): boolean {
	if (bloc.genre === 'titre') return true;
	return bloc.genre === 'paragraphe' && bloc.texte.length < 160 && !/[.:;,]$/.test(bloc.texte);
}

/** « Mise en place du dispositif (PLIE). »: what is between parentheses at the end is said beside its name. */
function toDispositif(texte: string): { libelle: string; mention: string } {
	const trouve = /^(.*?)\s*\(([^()]{2,80})\)\s*[.;,]?$/su.exec(texte);
	const libelle = (trouve?.[1] ?? texte).replace(/\s*[.;,]$/, '');
	return { libelle, mention: trouve?.[2] ?? '' };
}
