import { totalsOf } from '#lib/fiches/tableau.ts';
import { formatNombre } from '#lib/format.ts';
import { foldNom } from '#lib/organismes/fold.ts';
import type { ValeurChamp, ValeurPuces, ValeurTableau } from '#lib/pactes/archive.ts';
import { asTableau, isEnLignes, LIBELLE, type Champ, type ChampEnLignes } from '#lib/pactes/modele.ts';
import type { ChampImprime, Imprimeur, Point, TableauDeChamp } from '../assemble.ts';
import { largeursDe, SIGNES } from '../largeurs.ts';

const PARAGRAPHES: ReadonlySet<Champ['type']> = new Set(['texte', 'court', 'ouinon', 'choix']);

export interface LieuDeChamp {
	print: Imprimeur;
	/** How the place is called in the report. */
	lieu: string;
	/** The names of the plans and schemas, by the archive's ids. */
	schemas?: ReadonlyMap<string, string>;
}

/** A field as it is printed; null when nothing is written in it. Organismes and échéances are facts, printed apart. */
export function printChamp(
	champ: Champ,
	valeur: ValeurChamp | undefined,
	{ print, lieu, schemas = new Map() }: LieuDeChamp
): ChampImprime | null {
	const etiquette = print.texte(champ.etiquette, 'Modèle du pacte');
	if (champ.type === 'puces' && valeur && 'puces' in valeur) return printPuces(etiquette, valeur, print, lieu);
	if (isEnLignes(champ) && valeur && 'lignes' in valeur) return printTableau(etiquette, champ, valeur, print, lieu);
	if (champ.type === 'schemas' && valeur && 'schemas' in valeur) {
		const noms = valeur.schemas.flatMap((id) => schemas.get(id) ?? []);
		const apres = print.paragraphes(valeur.texte, lieu);
		// Words that name them all say it better than their list.
		const dits = foldNom(apres.join(' '));
		const puces = noms.every((nom) => dits.includes(foldNom(nom))) ? [] : noms.map((nom) => [nom]);
		return puces.length + apres.length === 0 ? null : { etiquette, puces, apres };
	}
	if (PARAGRAPHES.has(champ.type) && valeur && 'texte' in valeur) {
		const paragraphes = print.paragraphes(valeur.texte, lieu);
		return paragraphes.length === 0 ? null : { etiquette, paragraphes };
	}
	return null;
}

function printPuces(etiquette: string, valeur: ValeurPuces, print: Imprimeur, lieu: string): ChampImprime | null {
	if (!valeur.retraits) {
		const puces = printedLines(valeur.puces, print, lieu);
		return puces.length === 0 ? null : { etiquette, puces };
	}
	const points = pointsOf(valeur, print, lieu);
	return points.length === 0 ? null : { etiquette, points };
}

/** Each bullet as its lines; those in which nothing is written are left out. */
export function printedLines(puces: readonly string[], print: Imprimeur, lieu: string): string[][] {
	return puces.map((puce) => print.paragraphes(puce, lieu)).filter((lines) => lines.length > 0);
}

function pointsOf({ puces, retraits = [] }: ValeurPuces, print: Imprimeur, lieu: string): Point[] {
	const points: Point[] = [];
	puces.forEach((puce, i) => {
		const lignes = print.paragraphes(puce, lieu);
		if (lignes.length === 0) return;
		const above = points.at(-1);
		if (above && retraits.includes(i)) above.sous.push(lignes);
		else points.push({ lignes, sous: [] });
	});
	return points;
}

/** Columns of a page: those of numbers take half the room of those of words. */
const COLONNES_MAX = 6;

/** A table that a page held upright is too narrow for. */
export function isLarge(colonnes: readonly { nombre: boolean }[]): boolean {
	return colonnes.reduce((sum, { nombre }) => sum + (nombre ? 0.5 : 1), 0) > COLONNES_MAX;
}

function printTableau(
	etiquette: string,
	champ: ChampEnLignes,
	{ lignes, suites = [] }: ValeurTableau,
	print: Imprimeur,
	lieu: string
): ChampImprime | null {
	if (lignes.length === 0) return null;
	const colonnes = asTableau(champ).colonnes.filter(
		({ id }) => champ.type !== 'indicateurs' || id === LIBELLE || lignes.some((ligne) => ligne[id]?.trim())
	);
	// An indicator of which nothing more is said is a line.
	if (champ.type === 'indicateurs' && colonnes.length === 1) {
		const puces = printedLines(
			lignes.map((ligne) => ligne[LIBELLE] ?? ''),
			print,
			lieu
		);
		return puces.length === 0 ? null : { etiquette, puces };
	}
	const printed = colonnes.map(({ etiquette: nom, type }) => ({
		nom: print.texte(nom, 'Modèle du pacte'),
		nombre: type === 'nombre'
	}));
	const goesOn = new Set(suites.map(({ ligne, colonne }) => `${ligne} ${colonne}`));
	const rangees = lignes.map((ligne, y) =>
		colonnes.flatMap(({ id }, x) => {
			if (y > 0 && goesOn.has(`${y} ${id}`)) return [];
			let hauteur = 1;
			while (goesOn.has(`${y + hauteur} ${id}`)) hauteur++;
			return [{ x, hauteur, lignes: print.paragraphes(ligne[id] ?? '', lieu) }];
		})
	);
	const paysage = isLarge(printed);
	return {
		etiquette,
		colonnes: printed,
		rangees,
		totaux: totalsOf(colonnes, lignes).map(
			({ etiquette: nom, total }) => `Total, ${print.texte(nom, 'Modèle du pacte')}\u00a0: ${formatNombre(total)}`
		),
		paysage,
		largeurs: largeursDe(cellsOf({ colonnes: printed, rangees }), SIGNES[paysage ? 'paysage' : 'portrait'])
	};
}

/** The cells of each column, its name first. */
function cellsOf({ colonnes, rangees }: Pick<TableauDeChamp, 'colonnes' | 'rangees'>): string[][][] {
	const cells = rangees.flat();
	return colonnes.map(({ nom }, x) => [[nom], ...cells.flatMap((cell) => (cell.x === x ? [cell.lignes] : []))]);
}
