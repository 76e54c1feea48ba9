import type { Definition } from './entree.ts';
import { cleOfSigle, findSigles } from './sigles.ts';

/** A piece of a text; with what it stands for when it is a sigle that the glossary explains. */
export interface Morceau {
	texte: string;
	explique: Definition | null;
}

/** Cuts a text at the sigles that are explained: the first use of each, so that a page stays calm to read. */
export function splitSigles(texte: string, glossaire: ReadonlyMap<string, Definition>): Morceau[] {
	const morceaux: Morceau[] = [];
	const seen = new Set<Definition>();
	let at = 0;
	for (const { sigle, debut, fin } of glossaire.size === 0 ? [] : findSigles(texte)) {
		const explique = glossaire.get(cleOfSigle(sigle));
		if (!explique || seen.has(explique)) continue;
		seen.add(explique);
		if (debut > at) morceaux.push({ texte: texte.slice(at, debut), explique: null });
		morceaux.push({ texte: texte.slice(debut, fin), explique });
		at = fin;
	}
	if (at < texte.length) morceaux.push({ texte: texte.slice(at), explique: null });
	return morceaux;
}
