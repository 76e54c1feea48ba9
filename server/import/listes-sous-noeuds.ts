import type { Doute, NoeudPropose } from '#lib/import/proposition.ts';
import type { Bloc, Liste } from './blocs.ts';
import { fold, sameForm } from './mots.ts';
import { pluriel } from './textes.ts';

/** A level that the text adds beside those of its fiches: lists under the titles of the tree, said again. */
export interface NiveauAjoute {
	noeuds: NoeudPropose[];
	pris: Set<Bloc>;
	doutes: Doute[];
}

/** « … se décline en 3 objectifs stratégiques, 8 objectifs opérationnels et en cadres d'actions »: the last is the level. */
const ANNONCE =
	/\b(?:se (?:declin|compos|repartiss?)|s'(?:organis|articul)|compren|comport)[a-z]{0,4}\b[^.;:]* et (?:en |de |d'|par |autour de )?(?:\d{1,2} |des )?([a-z][a-z' -]{3,40}?)\s*[.:]?$/;

/**
 * Reads the lists that stand under the titles of a tree already known, when a sentence announces what they are. They hang
 * where they stand, and are tied to no other branch: the text does not say to which.
 */
export function readNiveauAjoute(blocs: readonly Bloc[], noeuds: readonly NoeudPropose[]): NiveauAjoute {
	const lu: NiveauAjoute = { noeuds: [], pris: new Set(), doutes: [] };
	const parTitre = new Map(noeuds.map((noeud) => [sameForm(noeud.titre), noeud]));
	let annonce: Annonce | null = null;
	let parent: NoeudPropose | null = null;
	let rappels: Bloc[] = [];
	for (const bloc of blocs) {
		const rappel = annonce === null ? undefined : parTitre.get(sameForm(titleOf(bloc)));
		if (rappel !== undefined) {
			parent = rappel;
			rappels.push(bloc);
		} else if (annonce !== null && parent !== null && bloc.genre === 'liste') {
			if (lu.noeuds.length === 0) lu.doutes.push(...besideActions(annonce, parent, noeuds));
			lu.noeuds.push(...toNoeuds(bloc, annonce.niveau, parent, noeuds.length + lu.noeuds.length));
			for (const pris of [...rappels, bloc]) lu.pris.add(pris);
			[parent, rappels] = [null, []];
		} else [annonce, parent, rappels] = [announcedLevel(bloc, noeuds), null, []];
	}
	return lu;
}

/** A level of the text that its fiches do not have. */
interface Annonce {
	niveau: string;
	imprime: string;
	bloc: Bloc;
}

function besideActions({ imprime, bloc }: Annonce, parent: NoeudPropose, noeuds: readonly NoeudPropose[]): Doute[] {
	const voisin = noeuds.find((noeud) => noeud.parent === parent.id);
	if (voisin === undefined) return [];
	const message = `Le texte donne des ${imprime} à côté des ${pluriel(voisin.niveau)}, sans dire comment ces deux niveaux se répondent.`;
	return [{ ligne: bloc.debut, message }];
}

/** The level that a sentence names last, as printed and in the singular; null when the tree has it already, or knows none of the others. */
function announcedLevel(bloc: Bloc, noeuds: readonly NoeudPropose[]): Annonce | null {
	if (bloc.genre !== 'paragraphe') return null;
	const plie = fold(bloc.texte);
	const trouve = ANNONCE.exec(plie);
	if (trouve === null) return null;
	const connus = new Set(noeuds.map(({ niveau }) => fold(niveau)));
	const debut = plie.lastIndexOf(trouve[1]!);
	const imprime = bloc.texte.slice(debut, debut + trouve[1]!.length);
	const niveau = singular(imprime);
	const dits = [...connus].filter((connu) => singular(plie).includes(connu));
	return dits.length > 0 && !connus.has(fold(niveau)) ? { niveau, imprime, bloc } : null;
}

function singular(texte: string): string {
	return texte.replaceAll(/(\p{L}{3,})s(?!\p{L})/gu, '$1');
}

/** A heading, or one numbered line alone: what may say a title of the tree again. */
function titleOf(bloc: Bloc): string {
	if (bloc.genre === 'liste')
		return bloc.items.length === 1 && bloc.items[0]!.rang !== null ? bloc.items[0]!.texte : '';
	return bloc.texte.replace(/^(?:[IVX]{1,5}|\d{1,2}|[A-H])\s*[.):–—-]+\s+/u, '');
}

function toNoeuds({ items }: Liste, niveau: string, parent: NoeudPropose, deja: number): NoeudPropose[] {
	return items.map(({ texte, debut }, i) => ({
		id: `n${deja + i + 1}`,
		parent: parent.id,
		niveau,
		code: '',
		titre: texte.replace(/\s*[,;.]+$/, ''),
		ligne: debut
	}));
}
