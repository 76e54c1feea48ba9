import type { Transaction } from 'kysely';
import { mapProse, type ProseMap } from '#lib/editor/map-prose.ts';
import type { Prose } from '#lib/editor/prose.ts';
import type { FigureIds } from '#lib/figures/figure-archive.ts';
import type { ReponseArchive, SectionArchive } from '#lib/pactes/archive.ts';
import type { Schema } from '../database/schema.ts';
import { kept } from './archive.ts';

type Ids = ReadonlyMap<string, string>;

/** The archive's ids of what texts refer to, by their ids in this installation. */
export interface LocalIds {
	organismes: Ids;
	noeuds: Ids;
	figures: ReadonlyMap<string, FigureIds>;
	pieces: Ids;
}

/** The plan with its texts, and which branch answers which constat; constats are c1, c2… in the order of reading. */
export async function readSectionsArchive(
	trx: Transaction<Schema>,
	pacteId: string,
	ids: LocalIds
): Promise<{
	sections: SectionArchive[];
	reponses: ReponseArchive[];
	sectionIds: Map<string, string>;
	constats: Map<string, string>;
}> {
	const rows = await trx
		.selectFrom('sections')
		.leftJoin('section_textes', 'section_textes.section_id', 'sections.id')
		.select(['id', 'parent_id', 'genre', 'titre', 'organisme_id', 'noeud_id', 'etat', 'longueur', 'blocs'])
		.where('sections.pacte_id', '=', pacteId)
		.where('retiree_at', 'is', null)
		.orderBy('rang')
		.orderBy('id')
		.execute();
	const sectionIds = new Map(rows.map(({ id }, i) => [id, `s${i + 1}`]));
	const constats = new Map<string, string>();
	const map = exportMap(ids, sectionIds, constats);
	const sections = rows.map((row) => ({
		id: sectionIds.get(row.id) as string,
		parent: row.parent_id === null ? null : (sectionIds.get(row.parent_id) ?? null),
		genre: row.genre,
		titre: kept(row.titre),
		organisme: row.organisme_id === null ? null : (ids.organismes.get(row.organisme_id) ?? null),
		noeud: row.noeud_id === null ? null : (ids.noeuds.get(row.noeud_id) ?? null),
		etat: row.etat,
		longueur: kept(row.longueur),
		prose: mapProse(JSON.parse(row.blocs ?? '[]') as Prose, map)
	}));
	return { sections, reponses: await readReponses(trx, pacteId, constats, ids.noeuds), sectionIds, constats };
}

async function readReponses(
	trx: Transaction<Schema>,
	pacteId: string,
	constats: Ids,
	noeuds: Ids
): Promise<ReponseArchive[]> {
	const rows = await trx
		.selectFrom('constat_reponses')
		.select(['constat_id', 'noeud_id'])
		.where('pacte_id', '=', pacteId)
		.execute();
	const order = [...constats.keys()];
	const tree = [...noeuds.keys()];
	return rows
		.filter(({ constat_id, noeud_id }) => constats.has(constat_id) && noeuds.has(noeud_id))
		.sort(
			(a, b) =>
				order.indexOf(a.constat_id) - order.indexOf(b.constat_id) || tree.indexOf(a.noeud_id) - tree.indexOf(b.noeud_id)
		)
		.map(({ constat_id, noeud_id }) => ({
			constat: constats.get(constat_id) as string,
			noeud: noeuds.get(noeud_id) as string
		}));
}

/** What leads to nothing any more leads to nothing in the archive either: its id there is empty. */
function exportMap(ids: LocalIds, sections: Ids, constats: Map<string, string>): ProseMap {
	const figures = new Map([...ids.figures].map(([id, { figure }]) => [id, figure]));
	const targets: Record<string, Ids> = { noeud: ids.noeuds, section: sections, figure: figures };
	return {
		cible(cible) {
			const [kind = '', id = ''] = splitAt(cible, ':');
			const found = targets[kind]?.get(id);
			return found === undefined ? '' : `${kind}:${found}`;
		},
		figure: (id) => figures.get(id) ?? '',
		chiffre({ figure, ligne, serie }) {
			const known = ids.figures.get(figure);
			return {
				figure: known?.figure ?? '',
				ligne: known?.lignes.get(ligne) ?? '',
				serie: known?.series.get(serie) ?? ''
			};
		},
		piece: (id) => ids.pieces.get(id) ?? '',
		constat(constat) {
			const cle = constats.get(constat.cle) ?? `c${constats.size + 1}`;
			constats.set(constat.cle, cle);
			return {
				cle,
				nature: constat.nature,
				theme: kept(constat.theme),
				noeud: ids.noeuds.get(constat.noeud) ?? '',
				origine: kept(constat.origine)
			};
		},
		texte: kept
	};
}

function splitAt(text: string, mark: string): [string, string] {
	const at = text.indexOf(mark);
	return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** The other way: an archive's prose with the ids of this installation. */
export function importMap(idOf: (local: string) => string): ProseMap {
	const orNothing = (local: string) => (local === '' ? '' : idOf(local));
	return {
		cible(cible) {
			const [kind, local] = splitAt(cible, ':');
			return local === '' ? '' : `${kind}:${idOf(local)}`;
		},
		figure: orNothing,
		chiffre: ({ figure, ligne, serie }) => ({ figure: orNothing(figure), ligne, serie }),
		piece: orNothing,
		constat: (constat) => ({ ...constat, cle: idOf(constat.cle), noeud: orNothing(constat.noeud) }),
		texte: (texte) => texte
	};
}
