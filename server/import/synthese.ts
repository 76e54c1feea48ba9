import { cellulesOf, isEntreRangees, isTraitDeTableau } from './balisage.ts';
import { readCle } from './etiquettes.ts';
import type { Ligne } from './lignes.ts';
import { fold, tidy } from './mots.ts';

/** One level of a row: « a. Créer un guide ». */
export interface Echelon {
	niveau: string;
	/** As printed; empty when there is none. */
	code: string;
	titre: string;
	ligne: number;
}

/** A row of the synthesis table: one action, where it hangs, who pilots it. */
export interface RangeeDeSynthese {
	ligne: number;
	/** From the top; the last is the action itself. */
	echelons: Echelon[];
	/** The whole code, when the table prints one. */
	code: string;
	/** As printed; null when the table has no such column. */
	pilote: string | null;
	partenaires: string | null;
}

export interface SyntheseLue {
	rangees: RangeeDeSynthese[];
	/** Line numbers. */
	lignes: number[];
}

export type Role =
	{ genre: 'niveau'; niveau: string } | { genre: 'code' | 'titre' | 'pilote' | 'partenaires' | 'autre' };

const NIVEAUX: readonly [RegExp, string][] = [
	[/^objectifs? strategiques?$/, 'objectif stratégique'],
	[/^objectifs? operationnels?$/, 'objectif opérationnel'],
	[/^objectifs? generaux$|^objectif general$/, 'objectif général'],
	[/^objectifs? specifiques?$/, 'objectif spécifique'],
	[/^axes?(?: strategiques?)?$/, 'axe'],
	[/^orientations?(?: strategiques?)?$/, 'orientation'],
	[/^objectifs?$/, 'objectif'],
	[/^priorites?$/, 'priorité'],
	[/^perspectives?$/, 'perspective'],
	[/^mesures?$/, 'mesure'],
	[/^projets?$/, 'projet'],
	[/^(?:fiches?[ -]?)?actions?$|^intitules? (?:de l'action|des actions)$/, 'action'],
	[/^sous[ -]?actions?$/, 'sous-action']
];
const CODE_SEUL =
	/^(?:[A-Z]{0,4}[.-]?\d{1,3}(?:[.-]?[A-Za-z\d]{1,3}){0,5}|[IVX]{1,4}[.-]?\d{1,2}(?:[.-]?[A-Za-z\d]{1,3}){0,5})$/;
/** « OS1 Accueillir », « 1.1.1 Une borne »: nothing but a space behind a code of several signs. */
const TITRE_CODE_NU =
	/^([A-Z]{1,4}[.-]?\d{1,3}(?:[.-]\d{1,3}){0,4}|\d{1,3}(?:[.-]\d{1,3}){1,4}[a-zA-Z]?)\s*[:.)–—-]?\s+(?=[\p{Lu}«])/u;
const TITRE_CODE =
	/^((?:[IVX]{1,5}|[A-Z]|[a-z]|\d{1,3}(?:[.-]\d{1,3}){0,4}|[A-Z]{1,3}[.-]?\d{1,3}(?:[.-]?[A-Za-z\d]{1,3}){0,4}))\s*[:.)–—-]\s*(?=\S)/;
/** « I3a1 Prêter des véhicules »: a sign, then its title, with nothing between them. */
const CODE_ACCOLE =
	/^((?:[IVX]{1,5}|[A-Za-z]|\d{1,3})|(?:[IVX]{1,4}|[A-Z]{0,3}[.-]?\d{1,3})(?:[.-]?(?:\d{1,3}|[A-Za-z](?!\p{L}))){1,5})\s+(?=[\p{L}\d«(])/u;
const MOT_DE_NIVEAU =
	/^(?:axe|orientation|objectif|priorite|action|mesure|projet|sous[ -]?action)s?(?: (?:strategique|operationnel))?\s+(?:n\s?[°º]\s*)?(?=[\dIVXA-Z])/i;

/** The table that gathers the actions of a text under their levels; null when it has none. */
export function readSynthese(lignes: readonly Ligne[], mobilier: ReadonlySet<number>): SyntheseLue | null {
	for (const [i, ligne] of lignes.entries()) {
		if (ligne.vide || mobilier.has(ligne.numero)) continue;
		const roles = readRoles(ligne);
		if (roles === null) continue;
		const lue = readRangees(lignes, i, roles, mobilier);
		if (lue.rangees.length > 1) return lue;
	}
	return null;
}

/** Two levels at least, or a level and who answers for it: then it is a table of actions. */
function readRoles({ brut }: Ligne): Role[] | null {
	const tetes = cellulesOf(brut)?.map((texte) => tidy(texte.replaceAll('\n', ' ')));
	if (tetes === undefined || tetes.length < 3 || tetes.some((texte) => texte.length > 60)) return null;
	const roles = tetes.map(roleOf);
	// The code and the title of an action share one head: « Sous action » over two columns.
	for (const [c, tete] of tetes.entries()) {
		const gauche = roles[c - 1];
		if (tete !== '' || gauche?.genre !== 'niveau') continue;
		roles[c] = gauche;
		roles[c - 1] = { genre: 'code' };
	}
	const niveaux = roles.filter(({ genre }) => genre === 'niveau').length;
	const responsables = roles.some(({ genre }) => genre === 'pilote');
	return niveaux >= 2 || (niveaux === 1 && responsables && roles.some(({ genre }) => genre === 'code')) ? roles : null;
}

export function roleOf(tete: string): Role {
	const plie = fold(tete)
		.replace(/\([^)]{0,20}\)/g, '')
		.trim();
	const niveau = NIVEAUX.find(([motif]) => motif.test(plie));
	if (niveau !== undefined) return { genre: 'niveau', niveau: niveau[1] };
	if (/^(?:n\s?[°º]|codes?|numeros?|references?)(?: .{1,20})?$/.test(plie)) return { genre: 'code' };
	const cle = readCle(tete);
	return { genre: cle === 'pilote' || cle === 'partenaires' ? cle : 'autre' };
}

function readRangees(
	lignes: readonly Ligne[],
	tete: number,
	roles: readonly Role[],
	mobilier: ReadonlySet<number>
): SyntheseLue {
	const lue: SyntheseLue = { rangees: [], lignes: [lignes[tete]!.numero] };
	const niveaux = roles.flatMap((role, c) => (role.genre === 'niveau' ? [{ c, niveau: role.niveau }] : []));
	const places = { code: roles.findIndex(({ genre }) => genre === 'code'), nombre: roles.length };
	const accoles = niveaux.map(({ c }) => areCodes(columnOf(lignes.slice(tete + 1), c)));
	let courants: (Echelon | null)[] = niveaux.map(() => null);
	let vides = 0;
	for (const ligne of lignes.slice(tete + 1)) {
		if (mobilier.has(ligne.numero) || isTraitDeTableau(ligne.brut) || (ligne.vide && isEntreRangees(ligne.brut)))
			continue;
		const brutes = ligne.vide ? null : cellulesOf(ligne.brut);
		if (brutes === null) {
			// A page may break the table; words end it.
			if (!ligne.vide || ++vides > 4) break;
			continue;
		}
		vides = 0;
		if (readRoles(ligne) !== null) {
			lue.lignes.push(ligne.numero);
			continue;
		}
		const cellules = align(brutes, places);
		const echelons = courants.slice();
		for (const [n, { c, niveau }] of niveaux.entries()) {
			const texte = cellules[c] ?? '';
			if (texte === '') {
				if (n === niveaux.length - 1 && n > 0) echelons[n] = null;
				continue;
			}
			echelons[n] = { niveau, ...readTitreCode(texte, accoles[n]!), ligne: ligne.numero };
			echelons.fill(null, n + 1);
		}
		courants = echelons;
		lue.lignes.push(ligne.numero);
		const pleins = echelons.filter((echelon) => echelon !== null);
		const cell = (genre: Role['genre']) => {
			const c = roles.findIndex((role) => role.genre === genre);
			return c === -1 ? null : tidy((cellules[c] ?? '').replaceAll('\n', ' '));
		};
		const code = cell('code') ?? '';
		if (pleins.length === 0 || (code === '' && !ownsCell(cellules, niveaux))) continue;
		lue.rangees.push({
			ligne: ligne.numero,
			echelons: pleins,
			code,
			pilote: cell('pilote'),
			partenaires: cell('partenaires')
		});
	}
	return lue;
}

/** A row that names nothing at its deepest levels goes on with the one above. */
function ownsCell(cellules: readonly string[], niveaux: readonly { c: number }[]): boolean {
	return niveaux.slice(-2).some(({ c }) => (cellules[c] ?? '') !== '');
}

/** After the break of a page, rows may have lost their first empty cells: the code tells where they stand. */
function align(cellules: readonly string[], { code, nombre }: { code: number; nombre: number }): string[] {
	const propres = cellules.map((texte) => tidy(texte.replaceAll('\n', ' ')));
	if (code !== -1 && !CODE_SEUL.test(propres[code] ?? '')) {
		const ici = propres.findIndex((texte) => CODE_SEUL.test(texte));
		if (ici !== -1 && ici < code) return [...Array.from({ length: code - ici }, () => ''), ...propres].slice(0, nombre);
		if (ici > code) return propres.slice(ici - code);
	}
	return propres;
}

/** The cells of a column, down to the end of the table. */
function columnOf(lignes: readonly Ligne[], c: number): string[] {
	const fin = lignes.findIndex(({ vide, brut }) => !vide && !isTraitDeTableau(brut) && cellulesOf(brut) === null);
	return lignes
		.slice(0, fin === -1 ? undefined : fin)
		.map(({ brut }) => cellulesOf(brut)?.[c] ?? '')
		.filter((texte) => texte !== '');
}

/** Nearly all of them begin with a sign and a capital: it is their code. */
function areCodes(textes: readonly string[]): boolean {
	const codes = textes.filter((texte) =>
		/^[\p{Lu}\d«]/u.test(texte.slice(CODE_ACCOLE.exec(texte)?.[0].length ?? Infinity))
	);
	return codes.length > 0 && codes.length >= textes.length * 0.8;
}

/** The titles of a list, each with its code when they have one. */
export function readTitresCodes(textes: readonly string[]): { code: string; titre: string }[] {
	const accole = areCodes(textes);
	return textes.map((texte) => readTitreCode(texte, accole));
}

export function readTitreCode(texte: string, accole = false): { code: string; titre: string } {
	const mot = MOT_DE_NIVEAU.exec(fold(texte))?.[0].length ?? 0;
	const suite = texte.slice(mot);
	const trouve = TITRE_CODE_NU.exec(suite) ?? TITRE_CODE.exec(suite) ?? (accole ? CODE_ACCOLE.exec(suite) : null);
	return trouve === null ? { code: '', titre: texte } : { code: trouve[1]!, titre: suite.slice(trouve[0].length) };
}
