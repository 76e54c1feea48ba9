import { numberPlan } from '#lib/sections/plan.ts';
import type { Queryable } from '../database/open.ts';

/** What a séance may be about: the sections of the plan, then the branches of the tree. */
export async function readTextesAChoisir(db: Queryable, pacteId: string): Promise<{ cle: string; nom: string }[]> {
	const sections = await db
		.selectFrom('sections')
		.select(['id', 'parent_id as parent', 'titre'])
		.where('pacte_id', '=', pacteId)
		.where('retiree_at', 'is', null)
		.orderBy('rang')
		.orderBy('id')
		.execute();
	const noeuds = await db
		.selectFrom('noeuds')
		.select(['id', 'code', 'titre'])
		.where('pacte_id', '=', pacteId)
		.where('a_classer', '=', 0)
		.orderBy('ordre')
		.execute();
	const numeros = numberPlan(sections);
	const named = (parts: (string | undefined)[]) => parts.filter(Boolean).join(' ') || 'Sans titre';
	return [
		...sections.map(({ id, titre }) => ({ cle: `section:${id}`, nom: named([numeros.get(id)?.numero, titre]) })),
		...noeuds.map(({ id, code, titre }) => ({ cle: `noeud:${id}`, nom: named([code, titre]) }))
	];
}
