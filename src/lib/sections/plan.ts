import type { EtatSection, GenreSection } from './section.ts';

/** A section as the plan shows it, in the order of reading. */
export interface SectionDuPlan {
	id: string;
	parent: string | null;
	genre: GenreSection;
	titre: string;
	/** « 4.2 »: computed from its place, never typed. */
	numero: string;
	/** Depth in the plan, from 0. */
	profondeur: number;
	etat: EtatSection;
	longueur: string;
	mots: number;
	organisme: { id: string; nom: string } | null;
	noeud: string | null;
	redacteurs: { compteId: string; nom: string }[];
	/** Whether whoever reads the plan may write it. */
	redige: boolean;
}

interface Placed {
	id: string;
	parent: string | null;
}

/** How deep the plan goes: a part, its sections, their rubriques. */
export const PROFONDEUR_MAX = 3;

/** Numbers and depths by id, of sections in the order of reading. One whose parent is gone counts as a part. */
export function numberPlan(sections: readonly Placed[]): Map<string, { numero: string; profondeur: number }> {
	const places = new Map<string, { numero: string; profondeur: number }>();
	const counts = new Map<string | null, number>();
	for (const { id, parent } of sections) {
		const above = parent === null ? undefined : places.get(parent);
		const key = above ? parent : null;
		const count = (counts.get(key) ?? 0) + 1;
		counts.set(key, count);
		places.set(id, {
			numero: above ? `${above.numero}.${count}` : String(count),
			profondeur: above ? above.profondeur + 1 : 0
		});
	}
	return places;
}

/** The plan with one section (and what it holds) placed under another parent, before a brother or last. null: it cannot go there. */
export function movedPlan<T extends Placed>(
	sections: readonly T[],
	id: string,
	parent: string | null,
	before: string | null
): T[] | null {
	const moved = branchOf(sections, id);
	const ids = new Set(moved.map((section) => section.id));
	if (moved.length === 0 || (parent !== null && ids.has(parent)) || (before !== null && ids.has(before))) return null;
	const rest = sections.filter((section) => !ids.has(section.id));
	if (parent !== null && !rest.some((section) => section.id === parent)) return null;
	const at = before === null ? endOf(rest, parent) : rest.findIndex((section) => section.id === before);
	if (at < 0) return null;
	const placed = moved.map((section) => (section.id === id ? { ...section, parent } : section));
	const plan = [...rest.slice(0, at), ...placed, ...rest.slice(at)];
	const depths = numberPlan(plan);
	return plan.every((section) => (depths.get(section.id)?.profondeur ?? 0) < PROFONDEUR_MAX) ? plan : null;
}

/** A section and all that it holds, in the order of reading. */
export function branchOf<T extends Placed>(sections: readonly T[], id: string): T[] {
	const ids = new Set([id]);
	return sections.filter((section) => {
		if (section.parent !== null && ids.has(section.parent)) ids.add(section.id);
		return ids.has(section.id);
	});
}

function endOf(sections: readonly Placed[], parent: string | null): number {
	if (parent === null) return sections.length;
	const branch = branchOf(sections, parent);
	const last = branch.at(-1);
	return sections.findIndex((section) => section.id === last?.id) + 1;
}
