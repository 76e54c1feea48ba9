import { totalsOf } from '#lib/fiches/tableau.ts';
import { formatNombre } from '#lib/format.ts';
import type { ValeurChamp, ValeurPuces, ValeurTableau } from '#lib/pactes/archive.ts';
import type { Champ, ChampTableau } from '#lib/pactes/modele.ts';
import type { ChampImprime, Imprimeur, Point } from '../assemble.ts';

/** A field as it is printed; null when nothing is written in it. Organismes and échéances are facts, printed apart. */
export function printChamp(
	champ: Champ,
	valeur: ValeurChamp | undefined,
	print: Imprimeur,
	lieu: string
): ChampImprime | null {
	const etiquette = print.texte(champ.etiquette, 'Modèle du pacte');
	if (champ.type === 'puces' && valeur && 'puces' in valeur) return printPuces(etiquette, valeur, print, lieu);
	if (champ.type === 'tableau' && valeur && 'lignes' in valeur)
		return printTableau(etiquette, champ, valeur, print, lieu);
	if (champ.type === 'texte' && valeur && 'texte' in valeur) {
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

function printTableau(
	etiquette: string,
	{ colonnes }: ChampTableau,
	{ lignes }: ValeurTableau,
	print: Imprimeur,
	lieu: string
): ChampImprime | null {
	if (lignes.length === 0) return null;
	const totaux = totalsOf(colonnes, lignes).map(
		({ etiquette: nom, total }) => `Total, ${print.texte(nom, 'Modèle du pacte')}\u00a0: ${formatNombre(total)}`
	);
	return {
		etiquette,
		colonnes: colonnes.map((colonne) => print.texte(colonne.etiquette, 'Modèle du pacte')),
		lignes: lignes.map((ligne) => colonnes.map(({ id }) => print.texte(ligne[id] ?? '', lieu))),
		totaux
	};
}
