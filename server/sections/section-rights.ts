import type { SectionGrant } from '#lib/documents/rights.ts';
import type { EtatSection } from '#lib/sections/section.ts';
import type { Queryable } from '../database/open.ts';

/** What decides who writes a section. */
export interface SectionRules {
	etat: EtatSection;
	/** Out of the plan. */
	isRetired: boolean;
	organismeId: string | null;
	redacteurs: ReadonlySet<string>;
}

/** The rules of these sections, by id. */
export async function readSectionRules(db: Queryable, ids: readonly string[]): Promise<Map<string, SectionRules>> {
	if (ids.length === 0) return new Map();
	const sections = await db
		.selectFrom('sections')
		.select(['id', 'etat', 'organisme_id', 'retiree_at'])
		.where('id', 'in', ids)
		.execute();
	const writers = await db.selectFrom('section_redacteurs').selectAll().where('section_id', 'in', ids).execute();
	const rules = new Map<string, SectionRules>();
	for (const { id, etat, organisme_id, retiree_at } of sections) {
		const redacteurs = writers.filter(({ section_id }) => section_id === id).map(({ compte_id }) => compte_id);
		rules.set(id, {
			etat,
			isRetired: retiree_at !== null,
			organismeId: organisme_id,
			redacteurs: new Set(redacteurs)
		});
	}
	return rules;
}

/** What a section says of one person. */
export function grantOf(
	{ etat, isRetired, organismeId, redacteurs }: SectionRules,
	person: { compteId: string; organismeId: string | null }
): SectionGrant {
	const actsForIt = organismeId !== null && organismeId === person.organismeId;
	return {
		isOwn: actsForIt || redacteurs.has(person.compteId),
		isReserved: redacteurs.size > 0 || organismeId !== null,
		isFrozen: etat === 'valide' || isRetired
	};
}
