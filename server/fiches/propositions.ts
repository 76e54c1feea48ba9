import { keyOfPropositions, valuesIn } from '#lib/fiches/suites.ts';
import { isEnLignes, type Modele } from '#lib/pactes/modele.ts';
import type { Queryable } from '../database/open.ts';

/** As many as one may choose from. */
const MOST = 100;

/** What the fiches of a pacte say in each column of several values, the most frequent first: territoires, publics, opérateurs. */
export async function readPropositions(
	db: Queryable,
	pacteId: string,
	modele: Modele
): Promise<Record<string, string[]>> {
	const columns = modele.champs.flatMap((champ) =>
		isEnLignes(champ) && champ.type === 'tableau'
			? champ.colonnes.filter(({ type }) => type === 'liste').map(({ id }) => ({ champ: champ.id, colonne: id }))
			: []
	);
	if (columns.length === 0) return {};
	const rows = await db
		.selectFrom('fiche_champs')
		.select(['champ', 'cellules'])
		.where('pacte_id', '=', pacteId)
		.where('champ', 'in', [...new Set(columns.map(({ champ }) => champ))])
		.execute();
	const parsed = rows.map(({ champ, cellules }) => ({
		champ,
		cellules: JSON.parse(cellules ?? '{}') as Record<string, string>
	}));
	return Object.fromEntries(
		columns.map(({ champ, colonne }) => {
			const own = parsed
				.filter((row) => row.champ === champ)
				.flatMap(({ cellules }) => valuesIn(cellules[colonne] ?? ''));
			return [keyOfPropositions(champ, colonne), byFrequency(own).slice(0, MOST)];
		})
	);
}

function byFrequency(values: readonly string[]): string[] {
	const counts = new Map<string, number>();
	for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
	return [...counts].sort(([a, many], [b, few]) => few - many || inFrench(a, b)).map(([value]) => value);
}

const inFrench = new Intl.Collator('fr', { numeric: true }).compare;
