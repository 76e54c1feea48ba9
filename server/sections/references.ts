import type { References } from '#lib/editor/references.ts';
import { niveauOf, type Modele } from '#lib/pactes/modele.ts';
import { numberPlan } from '#lib/sections/plan.ts';
import { readImages } from '../pieces/pieces.ts';
import { readFigureReferences } from '../figures/figure-references.ts';
import type { Queryable } from '../database/open.ts';

/** What the texts of a pacte may refer to, as it is called now. `base`: the pacte's address. */
export async function readReferences(
	db: Queryable,
	{ id, modele }: { id: string; modele: Modele },
	base = `/pactes/${id}`
): Promise<References> {
	const figures = await readFigureReferences(db, id, base);
	return {
		renvois: {
			...(await noeudTargets(db, id, modele, base)),
			...(await sectionTargets(db, id, base)),
			...figures.renvois
		},
		chiffres: figures.chiffres,
		images: await readImages(db, id, base)
	};
}

type Renvois = References['renvois'];

async function noeudTargets(db: Queryable, pacteId: string, modele: Modele, base: string): Promise<Renvois> {
	const rows = await db
		.selectFrom('noeuds')
		.select(['id', 'niveau', 'code', 'titre', 'porte_fiche'])
		.where('pacte_id', '=', pacteId)
		.orderBy('ordre')
		.execute();
	const former = await db
		.selectFrom('anciens_codes')
		.select(['noeud_id', 'code'])
		.where('pacte_id', '=', pacteId)
		.orderBy('rang')
		.execute();
	const anciensOf = Map.groupBy(former, ({ noeud_id }) => noeud_id);
	const targets: Record<string, Renvois[string]> = {};
	for (const { id, niveau, code, titre, porte_fiche } of rows) {
		const level = niveauOf(modele, niveau);
		const nature = porte_fiche === 1 ? 'fiche' : (level?.nom ?? '');
		const texte = code === '' ? `«\u00a0${titre.trim() || 'Sans titre'}\u00a0»` : `${nature}\u00a0${code}`;
		const href = porte_fiche === 1 ? `${base}/fiches/${id}` : `${base}/orientations#noeud-${id}`;
		const anciens =
			anciensOf
				.get(id)
				?.map((ancien) => ancien.code)
				.filter((ancien) => ancien !== code) ?? [];
		targets[`noeud:${id}`] = { texte, titre, href, ...(anciens.length > 0 && { anciens }) };
	}
	return targets;
}

async function sectionTargets(db: Queryable, pacteId: string, base: string): Promise<Renvois> {
	const rows = await db
		.selectFrom('sections')
		.select(['id', 'parent_id as parent', 'titre'])
		.where('pacte_id', '=', pacteId)
		.where('retiree_at', 'is', null)
		.orderBy('rang')
		.orderBy('id')
		.execute();
	const places = numberPlan(rows);
	return Object.fromEntries(
		rows.map(({ id, titre }) => [
			`section:${id}`,
			{ texte: `partie\u00a0${places.get(id)?.numero ?? ''}`, titre, href: `${base}/sections/${id}` }
		])
	);
}
