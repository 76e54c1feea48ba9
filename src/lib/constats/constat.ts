import type { NatureConstat } from '#lib/editor/prose.ts';

/** A constat or an enjeu, where it was written, and what answers it. */
export interface ConstatLu {
	id: string;
	nature: NatureConstat;
	texte: string;
	theme: string;
	origine: string;
	/** The branch that it concerns. */
	noeud: string | null;
	section: { id: string; numero: string; titre: string };
	/** Whether whoever reads may change its theme, its axe and where it comes from. */
	redige: boolean;
	reponses: ReponseLue[];
}

export interface ReponseLue {
	noeud: string;
	/** « fiche 2.3 », « axe 2 » */
	repere: string;
	titre: string;
	href: string;
}

export const NOM_DE_LA_NATURE: Record<NatureConstat, string> = { constat: 'Constat', enjeu: 'Enjeu' };

export interface GroupeDeConstats {
	titre: string;
	constats: ConstatLu[];
}

const SANS_THEME = 'Sans thème';
const SANS_AXE = 'Sans axe';

/** By theme, in the order of the alphabet; those without one come last. */
export function byTheme(constats: readonly ConstatLu[]): GroupeDeConstats[] {
	const groups = Map.groupBy(constats, ({ theme }) => theme.trim());
	const titles = [...groups.keys()].sort((a, b) => Number(a === '') - Number(b === '') || a.localeCompare(b, 'fr'));
	return titles.map((titre) => ({ titre: titre || SANS_THEME, constats: groups.get(titre) ?? [] }));
}

/** By the branch that each concerns, in the order of the tree. `branches`: from the top. */
export function byBranch(
	constats: readonly ConstatLu[],
	branches: readonly { id: string; nom: string }[]
): GroupeDeConstats[] {
	const groups = Map.groupBy(constats, ({ noeud }) => (branches.some(({ id }) => id === noeud) ? noeud : null));
	return [...branches.map(({ id, nom }) => ({ id: id as string | null, nom })), { id: null, nom: SANS_AXE }].flatMap(
		({ id, nom }) => {
			const found = groups.get(id) ?? [];
			return found.length === 0 ? [] : [{ titre: nom, constats: found }];
		}
	);
}

export function unanswered(constats: readonly ConstatLu[]): ConstatLu[] {
	return constats.filter(({ reponses }) => reponses.length === 0);
}
