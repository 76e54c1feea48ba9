import type { Devenir, Provenance } from '#lib/recolte/versement.ts';
import type { Modele } from '#lib/pactes/modele.ts';
import type { Queryable } from '../database/open.ts';
import { readReferences } from '../sections/references.ts';

/** A card may come from a card of an earlier séance, that comes from another… */
const SEANCES_EN_ARRIERE = 10;

interface Lien {
	seance_id: string;
	source_genre: 'carte' | 'groupe';
	source_id: string;
	texte: string;
	cible_id: string;
}

/** Where things of a pacte come from, by their ids; those that come from no séance are not there. */
export async function readProvenances(
	db: Queryable,
	pacteId: string,
	cibles: readonly string[]
): Promise<Map<string, Provenance>> {
	const liens = await liensTo(db, pacteId, cibles);
	if (liens.length === 0) return new Map();
	const cards = [
		...new Set(liens.filter(({ source_genre }) => source_genre === 'carte').map(({ source_id }) => source_id))
	];
	const words = await wordsOf(db, cards);
	const seances = await seancesOf(db, pacteId);
	const provenances = new Map<string, Provenance>();
	for (const cible of cibles) {
		const { roots, seances: ids } = rootsOf(liens, cible);
		if (roots.size === 0) continue;
		const groupes = liens.filter(({ cible_id, source_genre }) => cible_id === cible && source_genre === 'groupe');
		const usagers = (seance: string) => seances.get(seance)?.format === 'panel_usagers';
		provenances.set(cible, {
			contributions: roots.size,
			usagers: [...roots.values()].filter(({ seance_id }) => usagers(seance_id)).length,
			seances: [...seances.values()]
				.filter(({ id }) => ids.has(id))
				.map(({ id, titre, date }) => ({ id, titre, date, href: `/pactes/${pacteId}/seances/${id}` })),
			groupes: groupes.map(({ texte }) => texte),
			mots: words
				.filter(({ id }) => roots.has(id))
				.map(({ id, texte, seance_id }) => ({ id, texte, seance: seance_id }))
		});
	}
	return provenances;
}

/** The same of one thing; null: of no séance. */
export async function readProvenance(db: Queryable, pacteId: string, cible: string): Promise<Provenance | null> {
	return (await readProvenances(db, pacteId, [cible])).get(cible) ?? null;
}

/** The links to these things, and to the cards that they come from, séance after séance. */
async function liensTo(db: Queryable, pacteId: string, cibles: readonly string[]): Promise<Lien[]> {
	const found: Lien[] = [];
	let wanted = [...cibles];
	for (let back = 0; wanted.length > 0 && back < SEANCES_EN_ARRIERE; back++) {
		const rows = await db
			.selectFrom('versements')
			.select(['seance_id', 'source_genre', 'source_id', 'texte', 'cible_id'])
			.where('pacte_id', '=', pacteId)
			.where('cible_id', 'in', wanted)
			.orderBy('created_at')
			.orderBy('id')
			.execute();
		found.push(...rows);
		wanted = rows.filter(({ source_genre }) => source_genre === 'carte').map(({ source_id }) => source_id);
	}
	return found;
}

/**
 * The cards that people wrote, from which a thing comes: not those that only repeat them in a later séance; and every séance on the
 * way.
 */
function rootsOf(liens: readonly Lien[], cible: string): { roots: Map<string, Lien>; seances: Set<string> } {
	const roots = new Map<string, Lien>();
	const seances = new Set<string>();
	const visit = (id: string, back: number) => {
		for (const lien of liens) {
			if (lien.cible_id !== id || lien.source_genre !== 'carte' || back > SEANCES_EN_ARRIERE) continue;
			seances.add(lien.seance_id);
			if (liens.some(({ cible_id }) => cible_id === lien.source_id)) visit(lien.source_id, back + 1);
			else roots.set(lien.source_id, lien);
		}
	};
	visit(cible, 0);
	return { roots, seances };
}

/** What is still said: a card that was withdrawn, moderated or erased has no words any more. */
async function wordsOf(db: Queryable, cartes: readonly string[]) {
	if (cartes.length === 0) return [];
	return db
		.selectFrom('cartes')
		.select(['id', 'texte', 'seance_id'])
		.where('id', 'in', [...cartes])
		.where('retiree_at', 'is', null)
		.where('moderee_at', 'is', null)
		.orderBy('created_at')
		.orderBy('id')
		.execute();
}

async function seancesOf(db: Queryable, pacteId: string) {
	const rows = await db
		.selectFrom('seances')
		.select(['id', 'titre', 'date', 'format'])
		.where('pacte_id', '=', pacteId)
		.where('corbeille_at', 'is', null)
		.orderBy('rang')
		.execute();
	return new Map(rows.map((seance) => [seance.id, seance]));
}

const NOMS = { noeud: 'orientation', fiche: 'fiche' };

/** What the cards and groups of a séance became. What was taken out of the pacte since is not there. */
export async function listDevenirs(
	db: Queryable,
	{ id: pacteId, modele }: { id: string; modele: Modele },
	seanceId: string
): Promise<Devenir[]> {
	const rows = await db
		.selectFrom('versements')
		.select(['source_id', 'cible_genre', 'cible_id'])
		.where('pacte_id', '=', pacteId)
		.where('seance_id', '=', seanceId)
		.orderBy('created_at')
		.orderBy('id')
		.execute();
	if (rows.length === 0) return [];
	const { renvois } = await readReferences(db, { id: pacteId, modele });
	const constats = await constatsOf(db, pacteId);
	const reprises = await reprisesOf(db, pacteId, seanceId);
	return rows.flatMap(({ source_id, cible_genre, cible_id }): Devenir[] => {
		const devenir = { source: source_id, genre: cible_genre, cible: cible_id };
		switch (cible_genre) {
			case 'constat': {
				const constat = constats.get(cible_id);
				const href = `/pactes/${pacteId}/constats#constat-${cible_id}`;
				return constat ? [{ ...devenir, repere: constat.nature, titre: constat.texte, href }] : [];
			}
			case 'carte': {
				const seance = reprises.get(cible_id);
				const href = `/pactes/${pacteId}/seances/${seance?.id}`;
				return seance ? [{ ...devenir, repere: 'séance suivante', titre: seance.titre, href }] : [];
			}
			case 'noeud':
			case 'fiche': {
				const renvoi = renvois[`noeud:${cible_id}`];
				if (!renvoi) return [];
				// What has no number is called by its title, which is said beside.
				const repere = renvoi.texte.startsWith('«') ? NOMS[cible_genre] : renvoi.texte;
				return [{ ...devenir, repere, titre: renvoi.titre, href: renvoi.href }];
			}
			default:
				return cible_genre satisfies never;
		}
	});
}

async function constatsOf(db: Queryable, pacteId: string) {
	const rows = await db
		.selectFrom('constats')
		.select(['id', 'texte', 'nature'])
		.where('pacte_id', '=', pacteId)
		.execute();
	return new Map(rows.map((row) => [row.id, row]));
}

/** The séances that open on cards of this one, by those cards. */
async function reprisesOf(db: Queryable, pacteId: string, seanceId: string) {
	const rows = await db
		.selectFrom('versements')
		.innerJoin('cartes', 'cartes.id', 'versements.cible_id')
		.innerJoin('seances', 'seances.id', 'cartes.seance_id')
		.select(['cartes.id as carte', 'seances.id', 'seances.titre'])
		.where('versements.pacte_id', '=', pacteId)
		.where('versements.seance_id', '=', seanceId)
		.where('cible_genre', '=', 'carte')
		.where('seances.corbeille_at', 'is', null)
		.execute();
	return new Map(rows.map(({ carte, ...seance }) => [carte, seance]));
}
