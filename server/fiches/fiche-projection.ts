import type { Insertable, Transaction } from 'kysely';
import { readFiche, type FicheDoc } from '#lib/fiches/fiche.ts';
import type { ValeurChamp } from '#lib/pactes/archive.ts';
import type { ProjectionContext } from '../collaboration/projections.ts';
import type { FicheChampsTable, FicheOrganismesTable, Schema } from '../database/schema.ts';
import { storable } from '../database/text.ts';
import { indexSource } from '../recherche/index-writer.ts';

type ChampRow = Insertable<FicheChampsTable>;
type OrganismeRow = Insertable<FicheOrganismesTable>;

const ROWS_PER_INSERT = 200;

/** The rows of a fiche: one per bullet, one per text, one per organisme. The fiche's own row exists already. */
export async function projectFiche(
	trx: Transaction<Schema>,
	doc: FicheDoc,
	{ id, pacteId, modele }: ProjectionContext
): Promise<void> {
	const champs: ChampRow[] = [];
	const organismes: OrganismeRow[] = [];
	for (const [champ, valeur] of Object.entries(readFiche(doc, modele))) {
		const key = { fiche_id: id, pacte_id: pacteId, champ };
		lignesOf(valeur).forEach((ligne, ordre) => champs.push({ ...key, ordre, ...ligne }));
		if ('organismes' in valeur)
			valeur.organismes.forEach((organisme, ordre) =>
				organismes.push({ ...key, ordre, organisme_id: storable(organisme) })
			);
	}
	await trx.deleteFrom('fiche_champs').where('fiche_id', '=', id).execute();
	await trx.deleteFrom('fiche_organismes').where('fiche_id', '=', id).execute();
	for (let start = 0; start < champs.length; start += ROWS_PER_INSERT) {
		const slice = champs.slice(start, start + ROWS_PER_INSERT);
		await trx.insertInto('fiche_champs').values(slice).execute();
	}
	for (let start = 0; start < organismes.length; start += ROWS_PER_INSERT) {
		const slice = organismes.slice(start, start + ROWS_PER_INSERT);
		await trx.insertInto('fiche_organismes').values(slice).execute();
	}
	await indexSource(trx, pacteId, 'fiche', id);
}

type Ligne = Pick<ChampRow, 'texte' | 'ouverte' | 'retrait' | 'cellules'>;

function lignesOf(valeur: ValeurChamp): Ligne[] {
	if ('puces' in valeur)
		return valeur.puces.map((texte, i) => ({
			texte: storable(texte),
			ouverte: 0,
			retrait: valeur.retraits?.includes(i) ? 1 : 0,
			cellules: null
		}));
	if ('lignes' in valeur)
		return valeur.lignes.map((ligne) => ({
			texte: storable(Object.values(ligne).filter(Boolean).join(' · ')),
			ouverte: 0,
			retrait: 0,
			cellules: storable(JSON.stringify(ligne))
		}));
	const ouverte = 'organismes' in valeur && valeur.ouverte ? 1 : 0;
	return [{ texte: storable(valeur.texte), ouverte, retrait: 0, cellules: null }];
}
