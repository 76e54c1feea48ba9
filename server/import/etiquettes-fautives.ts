import { readEtiquettes } from './etiquettes.ts';
import type { Ligne } from './lignes.ts';
import { fold } from './mots.ts';

export interface Coquille {
	ligne: number;
	imprime: string;
	lu: string;
}

const FOIS_MINIMUM = 3;
const LONGUEUR_MINIMALE = 8;
const FORMES_MAXIMUM = 60;

/** « SCONTEXTE ET ENJEUX : » among twenty « CONTEXTE ET ENJEUX : » is one of them: one letter too many, too few or changed. */
export function repairEtiquettes(lignes: readonly Ligne[]): { lignes: Ligne[]; coquilles: Coquille[] } {
	const formes = formesOf(lignes);
	const coquilles: Coquille[] = [];
	if (formes.length === 0) return { lignes: [...lignes], coquilles };
	const reparees = lignes.map((ligne) => {
		if (!canBeEtiquette(ligne)) return ligne;
		const fin = ligne.plie.indexOf(':');
		const imprime = ligne.texte.slice(0, fin === -1 ? undefined : fin).trimEnd();
		const plie = fold(imprime);
		const forme = formes.find((connue) => connue.plie !== plie && isOneEditAway(plie, connue.plie));
		if (forme === undefined) return ligne;
		const texte = forme.texte + ligne.texte.slice(imprime.length);
		const reparee = { ...ligne, texte, plie: fold(texte), etiquettes: undefined };
		if (readEtiquettes(reparee).length === 0) return ligne;
		coquilles.push({ ligne: ligne.numero, imprime, lu: forme.texte });
		return reparee;
	});
	return { lignes: reparees, coquilles };
}

function formesOf(lignes: readonly Ligne[]): { plie: string; texte: string }[] {
	const comptes = new Map<string, { plie: string; texte: string; fois: number }>();
	for (const ligne of lignes) {
		if (ligne.vide) continue;
		const [premiere] = readEtiquettes(ligne);
		if (premiere === undefined || premiere.etiquette.length < LONGUEUR_MINIMALE) continue;
		const plie = fold(premiere.etiquette);
		const compte = comptes.get(plie) ?? { plie, texte: premiere.etiquette, fois: 0 };
		compte.fois++;
		comptes.set(plie, compte);
	}
	return [...comptes.values()]
		.filter(({ fois }) => fois >= FOIS_MINIMUM)
		.sort((a, b) => b.fois - a.fois)
		.slice(0, FORMES_MAXIMUM);
}

function canBeEtiquette(ligne: Ligne): boolean {
	if (ligne.vide || ligne.marque !== null || ligne.texte.length > 120 || readEtiquettes(ligne).length > 0) return false;
	const fin = ligne.texte.indexOf(':');
	return (
		(fin >= LONGUEUR_MINIMALE && fin <= 60) ||
		(fin === -1 && ligne.texte.length >= LONGUEUR_MINIMALE && ligne.texte.length <= 60)
	);
}

function isOneEditAway(a: string, b: string): boolean {
	if (Math.abs(a.length - b.length) > 1) return false;
	let debut = 0;
	while (debut < a.length && a[debut] === b[debut]) debut++;
	let fin = 0;
	while (fin < Math.min(a.length, b.length) - debut && a[a.length - 1 - fin] === b[b.length - 1 - fin]) fin++;
	return Math.max(a.length, b.length) - debut - fin <= 1;
}
