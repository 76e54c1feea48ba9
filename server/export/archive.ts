import type { Transaction } from 'kysely';
import type { Definition } from '#lib/glossaire/entree.ts';
import { A_CLASSER } from '#lib/orientations/arbre.ts';
import type { FigureIds } from '#lib/figures/figure-archive.ts';
import { ArchiveError, emptyValeur, modeleAt, parseArchive } from '#lib/pactes/archive-schema.ts';
import type {
	ArchivePacte,
	EngagementArchive,
	FicheArchive,
	NoeudArchive,
	OrganismeArchive,
	OrigineArchive,
	SignataireArchive,
	TexteImporte,
	ValeurChamp
} from '#lib/pactes/archive.ts';
import { allChamps, type Modele } from '#lib/pactes/modele.ts';
import type { App } from '../app.ts';
import type { NoeudRow, Schema } from '../database/schema.ts';
import { readFiches } from '../fiches/fiches.ts';
import { readFiguresArchive } from '../figures/figures-archive.ts';
import { storable } from '../database/text.ts';
import { DomainError } from '../errors.ts';
import type { SchemaLie } from '#lib/schemas/schema-lie.ts';
import { listSchemas } from '../schemas/schemas.ts';
import { archivedMiseEnPage } from '../pactes/mise-en-page.ts';
import { readPiecesArchive } from '../pieces/pieces.ts';
import { listGlossaire } from '../glossaire/glossaire.ts';
import { readPartiesArchive } from '../parties/parties-archive.ts';
import { readCalendrierArchive } from '../seances/calendrier-archive.ts';
import { readSectionsArchive } from './archive-sections.ts';

/**
 * Reads a whole pacte from its rows, once all that is committed is projected. Ids are given in the order of the text
 * (n1, n2…; o1…), so that the same text gives the same bytes wherever it is kept.
 */
export async function readArchive(app: App, pacteId: string): Promise<ArchivePacte> {
	return (await readPacte(app, pacteId)).archive;
}

export interface PacteLu {
	archive: ArchivePacte;
	/** The archive's id of each node, by its id here. */
	noeuds: Map<string, string>;
	/** Those of each figure, its rows and its columns, by its id here: prose that quotes them is translated with them. */
	figures: Map<string, FigureIds>;
	/** That of each image, by its id here. */
	pieces: Map<string, string>;
}

/** The same, for those who ask for a part of the pacte by its id in this installation. */
export async function readPacte({ db, collaboration }: App, pacteId: string): Promise<PacteLu> {
	await collaboration.settle(pacteId);
	return db
		.transaction()
		.setIsolationLevel('repeatable read')
		.execute((trx) => readRows(trx, pacteId));
}

async function readRows(trx: Transaction<Schema>, pacteId: string): Promise<PacteLu> {
	const pacte = await trx.selectFrom('pactes').selectAll().where('id', '=', pacteId).executeTakeFirst();
	if (!pacte) throw new DomainError('introuvable', 'Ce pacte n’existe pas, ou vous n’y participez pas.');
	const modele = modeleAt(JSON.parse(pacte.modele), 'modele');
	const organismes = await readOrganismes(trx, pacteId);
	const noeuds = await readNoeuds(trx, pacteId);
	const schemas = await readSchemasArchive(trx, pacteId);
	const figures = await readFiguresArchive(trx, pacteId, kept);
	const pieces = await readPiecesArchive(trx, pacteId);
	const { sections, reponses, sectionIds, constats } = await readSectionsArchive(trx, pacteId, {
		organismes: organismes.ids,
		noeuds: noeuds.ids,
		figures: figures.ids,
		pieces: pieces.ids
	});
	const ids = { organismes: organismes.ids, noeuds: noeuds.ids, sections: sectionIds, constats };
	const archive: ArchivePacte = {
		format: 'copacte/pacte',
		version: 1,
		intitule: kept(pacte.intitule),
		territoire: kept(pacte.territoire),
		debut: pacte.debut,
		fin: pacte.fin,
		modele,
		organismes: organismes.list,
		noeuds: noeuds.list,
		fiches: await fichesArchive(trx, pacteId, modele, noeuds, { organismes: organismes.ids, schemas: schemas.ids }),
		signataires: await readSignataires(trx, pacteId, organismes.ids),
		engagements: await readEngagements(trx, pacteId, organismes.ids),
		textes: await readTextes(trx, pacteId),
		figures: figures.list,
		glossaire: await readGlossaire(trx, pacteId),
		pieces: pieces.list,
		schemas: schemas.list,
		sections,
		reponses,
		parties: await readPartiesArchive(trx, pacteId, ids, kept),
		...(await readCalendrierArchive(trx, pacteId, ids, kept)),
		...archivedMiseEnPage(pacte.mise_en_page, pieces.ids)
	};
	return { archive, noeuds: noeuds.ids, figures: figures.ids, pieces: pieces.ids };
}

/** A text as every store can hold it, so that every export can be imported. */
export function kept(texte: string): string {
	return storable(texte).toWellFormed();
}

/** Reads what an export gave, wherever it comes from. Refuses with a DomainError that says what is wrong, and where. */
export function archiveFromJson(json: unknown): ArchivePacte {
	try {
		return parseArchive(json);
	} catch (error) {
		if (error instanceof ArchiveError) throw new DomainError('invalide', error.message);
		throw error;
	}
}

type Ids = Map<string, string>;

async function readOrganismes(
	trx: Transaction<Schema>,
	pacteId: string
): Promise<{ list: OrganismeArchive[]; ids: Ids }> {
	const rows = await trx
		.selectFrom('organismes')
		.select(['id', 'nom', 'rang'])
		.where('pacte_id', '=', pacteId)
		.execute();
	const aliasRows = await trx
		.selectFrom('organisme_alias')
		.select(['organisme_id', 'nom', 'nom_plie'])
		.where('pacte_id', '=', pacteId)
		.execute();
	// Ordered here: engines do not sort texts alike.
	rows.sort((a, b) => a.rang - b.rang || compare(a.id, b.id));
	aliasRows.sort((a, b) => compare(a.nom_plie, b.nom_plie));
	const aliasOf = Map.groupBy(aliasRows, ({ organisme_id }) => organisme_id);
	const ids: Ids = new Map(rows.map(({ id }, i) => [id, `o${i + 1}`]));
	const list = rows.map(({ id, nom }) => ({
		id: ids.get(id) as string,
		nom: kept(nom),
		alias: (aliasOf.get(id) ?? []).map((alias) => kept(alias.nom))
	}));
	return { list, ids };
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

interface Noeuds {
	list: NoeudArchive[];
	ids: Ids;
	rows: NoeudRow[];
}

async function readNoeuds(trx: Transaction<Schema>, pacteId: string): Promise<Noeuds> {
	const rows = await trx.selectFrom('noeuds').selectAll().where('pacte_id', '=', pacteId).orderBy('ordre').execute();
	const codes = await trx
		.selectFrom('anciens_codes')
		.select(['noeud_id', 'code'])
		.where('pacte_id', '=', pacteId)
		.orderBy('rang')
		.execute();
	const codesOf = Map.groupBy(codes, ({ noeud_id }) => noeud_id);
	const ids: Ids = new Map(rows.map(({ id }, i) => [id, `n${i + 1}`]));
	const list = rows.map(({ id, parent, niveau, titre, a_classer }) => {
		const above = parent === null ? undefined : ids.get(parent);
		const aside = a_classer === 1 ? A_CLASSER : null;
		const anciens = codesOf.get(id)?.map(({ code }) => code);
		const noeud = { id: ids.get(id) as string, parent: above ?? aside, niveau, titre: kept(titre) };
		return anciens ? { ...noeud, anciens } : noeud;
	});
	return { list, ids, rows };
}

interface IdsOfFiches {
	organismes: Ids;
	schemas: Ids;
}

async function fichesArchive(
	trx: Transaction<Schema>,
	pacteId: string,
	modele: Modele,
	noeuds: Noeuds,
	ids: IdsOfFiches
): Promise<FicheArchive[]> {
	const rows = await trx.selectFrom('fiches').select(['id', 'variante']).where('pacte_id', '=', pacteId).execute();
	// A form that the model has no more is that of the others.
	const known = new Set(modele.variantes?.map(({ id }) => id));
	const varianteOf = new Map(rows.map(({ id, variante }) => [id, known.has(variante ?? '') ? variante : null]));
	const valeursOf = await readFiches(trx, pacteId, modele);
	const champs = allChamps(modele);
	const originesOf = await readOrigines(trx, pacteId, noeuds.ids);
	return noeuds.rows
		.filter(({ porte_fiche }) => porte_fiche === 1)
		.map(({ id }) => {
			const variante = varianteOf.get(id);
			const valeurs = valeursOf.get(id) ?? {};
			return {
				noeud: noeuds.ids.get(id) as string,
				...(variante && { variante }),
				...(originesOf.has(id) && { origines: originesOf.get(id) }),
				champs: Object.fromEntries(
					champs.map((champ) => [champ.id, archived(valeurs[champ.id] ?? emptyValeur(champ), ids)])
				)
			};
		});
}

/** What each fiche was made from, by its id here. A fiche that has left, or is in the bin, is known by its title alone. */
async function readOrigines(
	trx: Transaction<Schema>,
	pacteId: string,
	noeuds: Ids
): Promise<Map<string, OrigineArchive[]>> {
	const rows = await trx
		.selectFrom('fiche_filiations')
		.select(['fiche_id', 'de_id', 'nature', 'titre', 'created_at'])
		.where('pacte_id', '=', pacteId)
		.execute();
	rows.sort((a, b) => a.created_at - b.created_at || compare(a.de_id, b.de_id) || compare(a.nature, b.nature));
	const origines = new Map<string, OrigineArchive[]>();
	for (const { fiche_id, de_id, nature, titre } of rows) {
		const own = origines.get(fiche_id) ?? [];
		origines.set(fiche_id, [...own, { nature, noeud: noeuds.get(de_id) ?? null, titre: kept(titre) }]);
	}
	return origines;
}

/** A value by the ids of the archive. An organisme, or a schema, that is gone has left its id in the fiche. */
function archived(valeur: ValeurChamp, { organismes, schemas }: IdsOfFiches): ValeurChamp {
	if ('puces' in valeur) return { ...valeur, puces: valeur.puces.map(kept) };
	if ('lignes' in valeur)
		return {
			...valeur,
			lignes: valeur.lignes.map((ligne) =>
				Object.fromEntries(Object.entries(ligne).map(([colonne, texte]) => [colonne, kept(texte)]))
			)
		};
	const texte = kept(valeur.texte);
	if ('organismes' in valeur)
		return { ...valeur, organismes: valeur.organismes.flatMap((id) => organismes.get(id) ?? []), texte };
	if ('schemas' in valeur) return { schemas: valeur.schemas.flatMap((id) => schemas.get(id) ?? []), texte };
	return { texte };
}

async function readSignataires(
	trx: Transaction<Schema>,
	pacteId: string,
	organismes: Ids
): Promise<SignataireArchive[]> {
	const rows = await trx
		.selectFrom('signataires')
		.select(['organisme_id', 'personne', 'fonction', 'statut', 'date', 'instance'])
		.where('pacte_id', '=', pacteId)
		.orderBy('rang')
		.execute();
	return rows.map(({ organisme_id, personne, fonction, statut, date, instance }) => ({
		organisme: organismes.get(organisme_id) as string,
		personne: kept(personne),
		fonction: kept(fonction),
		statut,
		date,
		instance: kept(instance)
	}));
}

async function readEngagements(
	trx: Transaction<Schema>,
	pacteId: string,
	organismes: Ids
): Promise<EngagementArchive[]> {
	const rows = await trx
		.selectFrom('engagements')
		.select(['organisme_id', 'puces'])
		.where('pacte_id', '=', pacteId)
		.orderBy('rang')
		.execute();
	return rows.map(({ organisme_id, puces }) => ({
		organisme: organisme_id === null ? null : (organismes.get(organisme_id) as string),
		puces: (JSON.parse(puces) as string[]).map(kept)
	}));
}

async function readTextes(trx: Transaction<Schema>, pacteId: string): Promise<TexteImporte[]> {
	const rows = await trx
		.selectFrom('textes_importes')
		.select(['ligne_debut', 'ligne_fin', 'texte'])
		.where('pacte_id', '=', pacteId)
		.orderBy('rang')
		.execute();
	return rows.map(({ ligne_debut, ligne_fin, texte }) => ({ ligne_debut, ligne_fin, texte: kept(texte) }));
}

async function readGlossaire(trx: Transaction<Schema>, pacteId: string): Promise<Definition[]> {
	const entrees = await listGlossaire(trx, pacteId);
	return entrees.map(({ sigle, developpe, definition }) => ({
		sigle: kept(sigle),
		developpe: kept(developpe),
		definition: kept(definition)
	}));
}

async function readSchemasArchive(trx: Transaction<Schema>, pacteId: string): Promise<{ list: SchemaLie[]; ids: Ids }> {
	const schemas = await listSchemas(trx, pacteId);
	return {
		list: schemas.map(({ intitule, dans, precision }) => ({
			intitule: kept(intitule),
			dans: kept(dans),
			precision: kept(precision)
		})),
		ids: new Map(schemas.map(({ id }, i) => [id, `k${i + 1}`]))
	};
}
