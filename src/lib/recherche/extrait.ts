import { tousLesMots, type Mot } from './mots.ts';
import { answers, type Terme } from './requete.ts';
import type { Extrait } from './resultat.ts';

const LONGUEUR = 220;
/** Words shown before the first that answers. */
const AVANT = 60;

/** The whole text, with what answers marked. */
export function marked(texte: string, termes: readonly Terme[]): Extrait {
	return piecesOf(texte, answering(texte, termes), 0, texte.length);
}

/** The part of a text that says most of what was asked, with what answers marked. */
export function extraitOf(texte: string, termes: readonly Terme[], longueur = LONGUEUR): Extrait {
	const mots = answering(texte, termes);
	if (texte.length <= longueur) return piecesOf(texte, mots, 0, texte.length);
	const first = densest(mots, termes, longueur - AVANT);
	const debut = wordStart(texte, Math.max(0, Math.min((first?.debut ?? 0) - AVANT, texte.length - longueur)));
	const fin = wordEnd(texte, Math.min(texte.length, debut + longueur));
	const pieces = piecesOf(texte, mots, debut, fin);
	if (debut > 0) pieces.unshift({ texte: '… ', marque: false });
	if (fin < texte.length) pieces.push({ texte: ' …', marque: false });
	return pieces;
}

/** How near to one another the words of the question stand: 1 side by side, 0 when one of them is missing. */
export function proximityOf(texte: string, termes: readonly Terme[]): number {
	if (termes.length < 2) return 0;
	const mots = tousLesMots(texte);
	let nearest = Infinity;
	const last = new Map<number, number>();
	mots.forEach((mot, at) => {
		termes.forEach((terme, index) => {
			if (!answers(mot, terme)) return;
			last.set(index, at);
			if (last.size === termes.length) nearest = Math.min(nearest, at - Math.min(...last.values()) + 1);
		});
	});
	return nearest === Infinity ? 0 : Math.min(1, termes.length / nearest);
}

interface Reponse extends Mot {
	terme: number;
}

function answering(texte: string, termes: readonly Terme[]): Reponse[] {
	return tousLesMots(texte).flatMap((mot) => {
		const terme = termes.findIndex((one) => answers(mot, one));
		return terme < 0 ? [] : [{ ...mot, terme }];
	});
}

/** The first word of the window in which most terms are answered. */
function densest(mots: readonly Reponse[], termes: readonly Terme[], longueur: number): Mot | undefined {
	let best: { mot: Mot; count: number } | undefined;
	for (const [i, mot] of mots.entries()) {
		const seen = new Set<number>();
		for (let j = i; j < mots.length && mots[j]!.fin - mot.debut <= longueur; j++) seen.add(mots[j]!.terme);
		if (!best || seen.size > best.count) best = { mot, count: seen.size };
		if (seen.size === termes.length) break;
	}
	return best?.mot;
}

function piecesOf(texte: string, mots: readonly Mot[], debut: number, fin: number): Extrait {
	const pieces: Extrait = [];
	let at = debut;
	for (const mot of mots) {
		if (mot.debut < at || mot.fin > fin) continue;
		if (mot.debut > at) pieces.push({ texte: texte.slice(at, mot.debut), marque: false });
		pieces.push({ texte: texte.slice(mot.debut, mot.fin), marque: true });
		at = mot.fin;
	}
	if (at < fin) pieces.push({ texte: texte.slice(at, fin), marque: false });
	return pieces;
}

function wordStart(texte: string, at: number): number {
	if (at === 0) return 0;
	const space = texte.slice(at, at + 30).search(/\s/);
	return space < 0 ? at : at + space + 1;
}

function wordEnd(texte: string, at: number): number {
	if (at >= texte.length) return texte.length;
	const space = texte.slice(at - 30, at).search(/\s\S*$/);
	return space < 0 ? at : at - 30 + space;
}
