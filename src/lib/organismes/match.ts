import { foldNom } from './fold.ts';
import type { Organisme } from './organisme.ts';

/** An organisme that what was typed may mean. */
export interface Correspondance {
	organisme: Organisme;
	/** The alias by which it was found; null when by its name. */
	par: string | null;
}

export interface Recherche {
	correspondances: Correspondance[];
	/** The one that bears exactly this name or alias, chosen already or not. */
	exact: Organisme | null;
}

const MOST = 8;

/** Finds organismes by their names and aliases, whatever the case, accents and dashes; the best first. */
export function searchOrganismes(
	organismes: readonly Organisme[],
	typed: string,
	isChosen: (id: string) => boolean = () => false
): Recherche {
	const wanted = foldNom(typed);
	if (wanted === '') return { correspondances: [], exact: null };
	const found: (Correspondance & { score: number })[] = [];
	let exact: Organisme | null = null;
	for (const organisme of organismes) {
		const best = bestOf(organisme, wanted);
		if (!best) continue;
		if (best.score === EXACT) exact = organisme;
		if (!isChosen(organisme.id)) found.push({ organisme, ...best });
	}
	found.sort((a, b) => a.score - b.score || inFrench(a.organisme.nom, b.organisme.nom));
	return { correspondances: found.slice(0, MOST).map(({ organisme, par }) => ({ organisme, par })), exact };
}

const inFrench = new Intl.Collator('fr', { numeric: true }).compare;

const EXACT = 0;

function bestOf({ nom, alias }: Organisme, wanted: string): { par: string | null; score: number } | null {
	let best: { par: string | null; score: number } | null = null;
	for (const par of [null, ...alias]) {
		const score = scoreOf(foldNom(par ?? nom), wanted);
		if (score !== null && (!best || score < best.score)) best = { par, score };
	}
	return best;
}

/** The same name, its start, the start of one of its words, somewhere in it. */
function scoreOf(folded: string, wanted: string): number | null {
	if (folded === wanted) return EXACT;
	if (folded.startsWith(wanted)) return 1;
	const at = folded.indexOf(wanted);
	if (at < 0) return null;
	return /[^\p{L}\p{N}]/u.test(folded[at - 1] ?? '') ? 2 : 3;
}
