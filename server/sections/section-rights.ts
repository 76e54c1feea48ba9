import type { SectionGrant } from '#lib/documents/rights.ts';
import type { EtatSection } from '#lib/sections/section.ts';
import type { Queryable } from '../database/open.ts';

/** What decides who writes a section. */
export interface SectionRules {
	etat: EtatSection;
	/** Out of the plan. */
	isRetired: boolean;
	/** Whose it is: an organisme, or several together. */
	organismes: ReadonlySet<string>;
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
	const porteurs = await db.selectFrom('section_porteurs').selectAll().where('section_id', 'in', ids).execute();
	const rules = new Map<string, SectionRules>();
	for (const { id, etat, organisme_id, retiree_at } of sections) {
		const redacteurs = writers.filter(({ section_id }) => section_id === id).map(({ compte_id }) => compte_id);
		const together = porteurs.filter(({ section_id }) => section_id === id).map((porteur) => porteur.organisme_id);
		rules.set(id, {
			etat,
			isRetired: retiree_at !== null,
			organismes: new Set(organisme_id === null ? together : [organisme_id, ...together]),
			redacteurs: new Set(redacteurs)
		});
	}
	return rules;
}

/** What a section says of one person. */
export function grantOf(
	{ etat, isRetired, organismes, redacteurs }: SectionRules,
	person: { compteId: string; organismeId: string | null }
): SectionGrant {
	const actsForIt = person.organismeId !== null && organismes.has(person.organismeId);
	return {
		isOwn: actsForIt || redacteurs.has(person.compteId),
		isReserved: redacteurs.size > 0 || organismes.size > 0,
		isFrozen: etat === 'valide' || isRetired
	};
}
