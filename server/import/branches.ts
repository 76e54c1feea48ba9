import type { Corps } from './corps.ts';
import { readBloc, readIntitule, type Intitule } from './intitules.ts';
import { isMarked } from './jalons.ts';
import type { Ligne } from './lignes.ts';
import { sameForm, type Vocabulaire } from './mots.ts';
import { isLigneDeSommaire } from './reperes.ts';
import type { RangeeDeSynthese, SyntheseLue } from './synthese.ts';

/** A node of the tree that a text without « Fiche action n » prints, by its headings or by its synthesis table. */
export interface Branche {
	niveau: string;
	/** Its own sign, as printed: « a » of « I3a ». */
	code: string;
	/** Its whole code, repaired. */
	entier: string;
	titre: string;
	/** Line of its heading, else of the row that names it; and where the text first names it. */
	ligne: number;
	ordre: number;
	parent: Branche | null;
	enfants: Branche[];
	rangee: RangeeDeSynthese | null;
	/** Titles that other lines give it. */
	rappels: { ligne: number; titre: string }[];
}

/** A fiche known by its body, with its headings from the outermost to its own. */
export interface FicheEnCorps {
	corps: Corps;
	bloc: Intitule[];
}

/** How deep a level stands, whatever the order in which a text names them. */
export const RANGS: Record<string, number> = {
	axe: 1,
	ambition: 1,
	priorité: 1,
	volet: 1,
	défi: 1,
	enjeu: 1,
	pilier: 1,
	thématique: 1,
	engagement: 1,
	'orientation stratégique': 1,
	'objectif stratégique': 1,
	'objectif général': 1,
	orientation: 2,
	thème: 2,
	objectif: 2,
	programme: 2,
	chantier: 2,
	levier: 2,
	'objectif opérationnel': 3,
	'objectif spécifique': 3,
	'objectif intermédiaire': 3,
	mesure: 4,
	projet: 5,
	opération: 5,
	action: 5,
	fiche: 5,
	'sous-action': 6
};

export function rangOf(niveau: string): number {
	return RANGS[niveau] ?? RANGS[niveau.split(' ')[0]!] ?? 2;
}

/** Levels that carry fiches, by their names. */
export function isDAction(niveau: string): boolean {
	return rangOf(niveau) >= 4;
}

export function readBlocs(corps: readonly Corps[], mots: Vocabulaire): FicheEnCorps[] {
	return corps.map((un) => ({ corps: un, bloc: nameNiveaux(readBloc(un.tete, mots)) }));
}

/** The last heading of a fiche is its own; a title without a level above a « sous-action » is its action. */
function nameNiveaux(bloc: Intitule[]): Intitule[] {
	const dernier = bloc.at(-1);
	if (dernier === undefined) return [];
	const sienne: Intitule = {
		...dernier,
		niveau: dernier.niveau === null || dernier.niveau === 'fiche' ? 'action' : dernier.niveau
	};
	const audessus = bloc.slice(0, -1).flatMap((intitule, i): Intitule[] => {
		if (intitule.niveau !== null && intitule.niveau !== 'fiche') return [intitule];
		const juste = i === bloc.length - 2 && sienne.niveau === 'sous-action';
		return juste ? [{ ...intitule, niveau: 'action' }] : [];
	});
	return [...audessus, sienne];
}

// — From headings —

/** Builds the tree from the headings between the fiches and above them; gives each fiche its branch. */
export function plantIntitules(
	lignes: readonly Ligne[],
	fiches: readonly FicheEnCorps[],
	hors: ReadonlySet<number>
): { racines: Branche[]; brancheDe: Map<FicheEnCorps, Branche>; lignes: Set<number> } {
	const prises = new Set(
		fiches.flatMap(({ corps, bloc }) =>
			[...corps.lignes, ...corps.tete].map(({ numero }) => numero).concat(bloc.flatMap((un) => un.lignes))
		)
	);
	const niveaux = new Set(fiches.flatMap(({ bloc }) => bloc.map(({ niveau }) => niveau)));
	const dehors = lignes
		.filter(
			(ligne) =>
				!ligne.vide &&
				!isMarked(ligne) &&
				!hors.has(ligne.numero) &&
				!prises.has(ligne.numero) &&
				!isLigneDeSommaire(ligne)
		)
		.flatMap((ligne) => {
			const intitule = readHorsFiche(ligne, niveaux);
			if (intitule === null) return [];
			return [{ intitule: wrap(intitule, lignes), fiche: null as FicheEnCorps | null, ordre: intitule.ligne }];
		});
	// What holds a fiche stands above it, even named by one of its fields.
	const dedans = fiches.flatMap((fiche) => {
		const ordre = Math.min(...fiche.bloc.map(({ ligne }) => ligne));
		return fiche.bloc.map((intitule, i) => ({ intitule, fiche: i === fiche.bloc.length - 1 ? fiche : null, ordre }));
	});
	const suite = [...dehors, ...dedans].sort((a, b) => a.ordre - b.ordre);
	const arbre = new Arbre();
	const brancheDe = new Map<FicheEnCorps, Branche>();
	const lues = new Set<number>();
	for (const { intitule, fiche } of suite) {
		const branche = arbre.add(intitule);
		for (const numero of intitule.lignes) lues.add(numero);
		if (fiche !== null) brancheDe.set(fiche, branche);
	}
	numberThroughout(arbre.racines);
	return { racines: arbre.racines, brancheDe, lignes: lues };
}

/** Outside the fiches, only a level with its number is a heading; one of an action needs fiches of that level. */
function readHorsFiche(ligne: Ligne, niveaux: ReadonlySet<string | null>): Intitule | null {
	const intitule = readIntitule(ligne);
	if (intitule === null || intitule.niveau === null || intitule.code === '') return null;
	const niveau = intitule.niveau === 'fiche' ? 'action' : intitule.niveau;
	if (rangOf(niveau) >= 4 && !niveaux.has(niveau)) return null;
	return { ...intitule, niveau };
}

/** The title on the next line, or that goes on there. */
function wrap(intitule: Intitule, lignes: readonly Ligne[]): Intitule {
	let { titre } = intitule;
	const prises = [...intitule.lignes];
	for (const ligne of lignes.slice(intitule.ligne, intitule.ligne + 3)) {
		if (ligne.vide || isMarked(ligne) || readIntitule(ligne) !== null || ligne.texte.length > 160) break;
		if (titre !== '' && !/^\p{Ll}/u.test(ligne.texte)) break;
		titre = `${titre} ${ligne.texte}`.trim();
		prises.push(ligne.numero);
	}
	return { ...intitule, titre, lignes: prises };
}

class Arbre {
	readonly racines: Branche[] = [];
	/** The open branches, from the top. */
	#pile: Branche[] = [];
	readonly #parNiveau = new Map<string, Branche[]>();

	add({ niveau, code, titre, ligne }: Intitule): Branche {
		const nom = niveau ?? 'action';
		const rang = rangOf(nom);
		const audessus = this.#pile.filter((branche) => rangOf(branche.niveau) < rang);
		const parent = this.#parentByCode(code, rang) ?? audessus.at(-1) ?? null;
		const freres = parent === null ? this.racines : parent.enfants;
		const deja = freres.find(
			(frere) =>
				frere.niveau === nom &&
				(code === '' ? sameForm(frere.titre) === sameForm(titre) : frere.code === code && sameOrMissing(frere, titre))
		);
		const branche = deja ?? newBranche({ niveau: nom, code, titre, ligne, parent });
		if (deja === undefined) {
			freres.push(branche);
			this.#parNiveau.set(nom, [...(this.#parNiveau.get(nom) ?? []), branche]);
		} else if (branche.titre === '') branche.titre = titre;
		else if (titre !== '') branche.rappels.push({ ligne, titre });
		// The last heading is that of the section; before it stood a list.
		if (deja !== undefined) branche.ligne = ligne;
		this.#pile = [...(parent === null ? [] : pathOf(parent)), branche];
		return branche;
	}

	/** « 1.2 » hangs under « 1 », wherever it stands. */
	#parentByCode(code: string, rang: number): Branche | null {
		const prefixe = /^(.+?)[.-][A-Za-z\d]{1,3}$/.exec(code)?.[1] ?? /^(.*[A-Za-z])\d{1,3}$/.exec(code)?.[1] ?? null;
		if (prefixe === null) return null;
		for (const [niveau, branches] of this.#parNiveau) {
			if (rangOf(niveau) >= rang) continue;
			const trouvee = branches.find((branche) => branche.entier === prefixe);
			if (trouvee !== undefined) return trouvee;
		}
		return null;
	}
}

/** The same number twice with unlike titles: two branches, and a doubt. */
function sameOrMissing(frere: Branche, titre: string): boolean {
	return titre === '' || frere.titre === '' || likeness(frere.titre, titre) >= 0.5;
}

function pathOf(branche: Branche): Branche[] {
	return branche.parent === null ? [branche] : [...pathOf(branche.parent), branche];
}

export function newBranche({
	niveau,
	code,
	titre,
	ligne,
	parent
}: Pick<Branche, 'niveau' | 'code' | 'titre' | 'ligne' | 'parent'>): Branche {
	const entier = joinCodes(parent?.entier ?? '', code);
	return { niveau, code, entier, titre, ligne, ordre: ligne, parent, enfants: [], rangee: null, rappels: [] };
}

/** A code that holds its parent's is whole; else a dot stands only between two signs of the same nature. */
export function joinCodes(prefixe: string, code: string): string {
	if (code === '' || prefixe === '' || /[.-]/.test(code)) return code;
	const suite = code.startsWith(prefixe) ? code.slice(prefixe.length) : '';
	const chiffreAvant = /\d$/.test(prefixe);
	if (suite !== '' && chiffreAvant !== /^\d/.test(suite)) return code;
	return chiffreAvant === /^\d/.test(code) ? `${prefixe}.${code}` : prefixe + code;
}

/** Numbers that run on under several parents stand alone: « action 12 », and not « 3.12 ». */
function numberThroughout(racines: readonly Branche[]): void {
	const parNiveau = Map.groupBy(allBranches(racines), ({ niveau }) => niveau);
	const seuls = new Set<string>();
	for (const [niveau, branches] of parNiveau) {
		const parents = new Set(branches.map(({ parent }) => parent));
		const numeros = branches.map(({ code }) => rankOf(code));
		if (parents.size > 1 && !parents.has(null) && numeros.every((numero, i) => i === 0 || numero > numeros[i - 1]!))
			seuls.add(niveau);
	}
	const recode = (branches: readonly Branche[]) => {
		for (const branche of branches) {
			branche.entier = seuls.has(branche.niveau) ? branche.code : joinCodes(branche.parent?.entier ?? '', branche.code);
			recode(branche.enfants);
		}
	};
	if (seuls.size > 0) recode(racines);
}

/** « 12 bis » stands between 12 and 13. */
function rankOf(code: string): number {
	const [, numero = '', suite = ''] = /^(\d{1,3})(?: (bis|ter|quater))?$/.exec(code) ?? [];
	return numero === '' ? NaN : Number(numero) + ['', 'bis', 'ter', 'quater'].indexOf(suite) / 10;
}

export function allBranches(branches: readonly Branche[]): Branche[] {
	return branches.flatMap((branche) => [branche, ...allBranches(branche.enfants)]);
}

// — From the synthesis table —

export function plantSynthese({ rangees }: SyntheseLue): Branche[] {
	const racines: Branche[] = [];
	for (const rangee of rangees) {
		let parent: Branche | null = null;
		for (const { niveau, code, titre, ligne } of rangee.echelons) {
			const freres: Branche[] = parent === null ? racines : (parent as Branche).enfants;
			const deja = freres.find(
				(frere) =>
					frere.niveau === niveau &&
					(frere.ligne === ligne ||
						(code !== '' && frere.code === code && sameOrMissing(frere, titre)) ||
						sameForm(frere.titre) === sameForm(titre))
			);
			const branche: Branche = deja ?? newBranche({ niveau, code, titre, ligne, parent });
			if (deja === undefined) freres.push(branche);
			parent = branche;
		}
		if (parent !== null) (parent as Branche).rangee ??= rangee;
	}
	numberRanks(racines);
	return racines;
}

/** Levels below a coded one that print no sign of their own are counted. */
function numberRanks(branches: readonly Branche[]): void {
	for (const [i, branche] of branches.entries()) {
		const { parent, rangee } = branche;
		if (branche.code === '' && parent !== null && parent.entier !== '')
			branche.code = ownSign(rangee?.code ?? '', parent.entier) ?? String(i + 1);
		else if (branche.code === '' && rangee !== null) branche.code = rangee.code;
		branche.entier = joinCodes(parent?.entier ?? '', branche.code);
		numberRanks(branche.enfants);
	}
}

/** « 2 » of « I3a2 », also printed « 13a2 ». */
function ownSign(imprime: string, parent: string): string | null {
	if (imprime.length <= parent.length || !looksAlike(imprime.slice(0, parent.length), parent)) return null;
	return imprime.slice(parent.length).replace(/^[.-]/, '') || null;
}

/** The signs that a reader of images takes for one another. */
export function looksAlike(a: string, b: string): boolean {
	const forme = (code: string) => code.toUpperCase().replace(/[IL|]/g, '1').replace(/O/g, '0').replace(/S/g, '5');
	return forme(a) === forme(b);
}

export function leavesOf(branches: readonly Branche[]): Branche[] {
	return branches.flatMap((branche) => [...(branche.rangee === null ? [] : [branche]), ...leavesOf(branche.enfants)]);
}

// — Which fiche is which row —

/** So many pairs are compared; beyond, rows and fiches meet by their titles alone. */
export const PAIRES_MAXIMUM = 250_000;

/** Gives each fiche its row: the pairs that read most alike, in the order of both. */
export function matchFiches(fiches: readonly FicheEnCorps[], feuilles: readonly Branche[]): Map<FicheEnCorps, Branche> {
	const trouvees = new Map<FicheEnCorps, Branche>();
	if (fiches.length * feuilles.length > PAIRES_MAXIMUM) {
		const parTitre = new Map(feuilles.map((feuille) => [sameForm(feuille.titre), feuille]));
		for (const fiche of fiches) {
			const feuille = parTitre.get(sameForm(fiche.bloc.at(-1)?.titre ?? ''));
			if (feuille !== undefined) trouvees.set(fiche, feuille);
		}
		return trouvees;
	}
	const poids = fiches.map((fiche) => feuilles.map((feuille) => affinity(fiche, feuille)));
	// The best total of pairs that do not cross.
	const totaux = Array.from({ length: fiches.length + 1 }, () => new Float64Array(feuilles.length + 1));
	for (let f = fiches.length - 1; f >= 0; f--)
		for (let r = feuilles.length - 1; r >= 0; r--)
			totaux[f]![r] = Math.max(totaux[f + 1]![r]!, totaux[f]![r + 1]!, poids[f]![r]! + totaux[f + 1]![r + 1]!);
	for (let f = 0, r = 0; f < fiches.length && r < feuilles.length;) {
		if (poids[f]![r]! > 0 && totaux[f]![r] === poids[f]![r]! + totaux[f + 1]![r + 1]!)
			trouvees.set(fiches[f++]!, feuilles[r++]!);
		else if (totaux[f]![r] === totaux[f + 1]![r]) f++;
		else r++;
	}
	return trouvees;
}

function affinity({ bloc }: FicheEnCorps, feuille: Branche): number {
	const propre = likeness(bloc.at(-1)?.titre ?? '', feuille.titre);
	const code = bloc.at(-1)?.code ?? '';
	const memeCode = code !== '' && (code === feuille.entier || code === feuille.rangee?.code) ? 0.6 : 0;
	const dessus = bloc.length > 1 && feuille.parent !== null ? likeness(bloc.at(-2)!.titre, feuille.parent.titre) : 0;
	const total = propre + memeCode + dessus / 2;
	return total < 0.3 ? 0 : total;
}

/** The share of words in common, from 0 to 1. */
export function likeness(a: string, b: string): number {
	const [x, y] = [a, b].map(
		(titre) =>
			new Set(
				sameForm(titre)
					.split(' ')
					.filter((mot) => mot.length > 2)
			)
	);
	if (x!.size === 0 || y!.size === 0) return 0;
	const communs = [...x!].filter((mot) => y!.has(mot)).length;
	return (2 * communs) / (x!.size + y!.size);
}
