import type { Insertable, Transaction } from 'kysely';
import { filledPuces, readChamp, type FicheDoc } from '#lib/fiches/fiche.ts';
import { filledLignes } from '#lib/fiches/tableau.ts';
import type { ValeurChamp } from '#lib/pactes/archive.ts';
import { allChamps, asTableau, isEnLignes, type Champ } from '#lib/pactes/modele.ts';
import type { ProjectionContext } from '../collaboration/projections.ts';
import type { FicheChampsTable, FicheOrganismesTable, FicheSchemasTable, Schema } from '../database/schema.ts';
import { rowFromLigne } from '#lib/fiches/rows.ts';
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
	const schemas: Insertable<FicheSchemasTable>[] = [];
	for (const shown of allChamps(modele)) {
		const valeur = readChamp(doc, shown);
		const key = { fiche_id: id, pacte_id: pacteId, champ: shown.id };
		const cles = clesOf(doc, shown);
		lignesOf(valeur).forEach((ligne, ordre) =>
			champs.push({ ...key, ordre, ...ligne, cle: storable(cles[ordre] ?? '') })
		);
		if ('organismes' in valeur)
			valeur.organismes.forEach((organisme, ordre) =>
				organismes.push({ ...key, ordre, organisme_id: storable(organisme) })
			);
		if ('schemas' in valeur)
			valeur.schemas.forEach((schema, ordre) => schemas.push({ ...key, ordre, schema_id: storable(schema) }));
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
	await trx.deleteFrom('fiche_schemas').where('fiche_id', '=', id).execute();
	if (schemas.length > 0) await trx.insertInto('fiche_schemas').values(schemas).execute();
	await indexSource(trx, pacteId, 'fiche', id);
}

/** The ids of the bullets or rows of a field, in the order of its value. */
function clesOf(doc: FicheDoc, champ: Champ): string[] {
	if (champ.type === 'puces') return filledPuces(doc, champ).map(({ id }) => id);
	return isEnLignes(champ) ? filledLignes(doc, asTableau(champ)).map(({ id }) => id) : [];
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
		return valeur.lignes.map((ligne, i) => ({
			texte: storable(Object.values(ligne).filter(Boolean).join(' · ')),
			ouverte: 0,
			retrait: 0,
			cellules: storable(rowFromLigne(valeur, i))
		}));
	const ouverte = 'organismes' in valeur && valeur.ouverte ? 1 : 0;
	return [{ texte: storable(valeur.texte), ouverte, retrait: 0, cellules: null }];
}
