import { sql } from 'kysely';
import type * as Y from 'yjs';
import { documentName, type DocumentName } from '#lib/documents/document.ts';
import { counted } from '#lib/format.ts';
import { cleanNom, foldNom } from '#lib/organismes/fold.ts';
import { champsOfVariante, type Modele } from '#lib/pactes/modele.ts';
import { extraitOf, occurrencesOf, type Occurrence } from '#lib/remplacer/chercher.ts';
import { MOST, type Demande, type Partie, type Trouvaille } from '#lib/remplacer/remplacer.ts';
import { NOM_DE_LA_SECTION } from '#lib/remplacer/textes.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import { DomainError } from '../errors.ts';
import { plainOf, replaceText, signAt, type Geste } from '../operations/gestes.ts';
import { Operation } from '../operations/operations.ts';
import { changeRow, TEXTES, type GesteDeTexte, type TableDeTextes } from '../operations/rows.ts';
import { listNoeuds } from '../orientations/noeuds.ts';
import { listOrganismes, renameOrganisme } from '../organismes/organismes.ts';
import { requireDroit, type Acteur, type Droit } from '../pactes/act.ts';
import {
	textesDeChamps,
	textesDeFigure,
	textesDeSection,
	textesDeSynthese,
	titreDeNoeud,
	type TexteSitue
} from './lieux.ts';

const REMPLACER: Droit = {
	allows: (role) => role === 'equipe_projet',
	refus: 'Remplacer dans tout le pacte est un geste de l’équipe projet. Demandez-le-lui.'
};

export interface Pacte {
	id: string;
	modele: Modele;
}

/** Every place of a pacte that says something, in the order of its parts; no more than a page can show. */
export async function findAll(app: App, by: string, pacte: Pacte, demande: Demande): Promise<Trouvaille[]> {
	await requireDroit(app.db, { pacteId: pacte.id, by }, REMPLACER);
	await app.collaboration.settle(pacte.id);
	const found = await findOrganismes(app.db, pacte.id, demande);
	for (const document of await listDocuments(app.db, pacte)) {
		if (found.length >= MOST) break;
		if (mayHold(document, demande)) found.push(...(await findInDocument(app, pacte.id, document, demande)));
	}
	for (const row of await listRows(app.db, pacte.id)) {
		if (found.length >= MOST) break;
		found.push(...findInRow(pacte.id, row, demande));
	}
	return found.slice(0, MOST);
}

/** Puts other words in the chosen places that still say it. */
export async function replaceAll(
	app: App,
	acteur: Acteur,
	pacte: Pacte,
	demande: Demande & { cles: readonly string[] }
): Promise<{ operation: string; faits: number; manques: number }> {
	await requireDroit(app.db, acteur, REMPLACER);
	const { cherche, remplace } = demande;
	const cles = new Set(demande.cles);
	if (cles.size === 0) throw new DomainError('invalide', 'Cochez au moins un endroit où remplacer.');
	await app.collaboration.settle(pacte.id);
	const said = `«\u00a0${cherche}\u00a0» remplacé par «\u00a0${remplace}\u00a0»`;
	const operation = await Operation.begin(app, acteur, 'remplacer', said);
	await renameChosen(app, acteur, operation, { ...demande, cles });
	const chosen = new Set([...cles].map((cle) => cle.split('~', 1)[0]));
	const open = (await listDocuments(app.db, pacte)).filter(({ name, verrou }) => !verrou && chosen.has(name));
	for (const [name, documents] of Map.groupBy(open, (document) => document.name))
		await operation.edit(name, (doc) => documents.flatMap((document) => replaceIn(doc, document, demande, cles)));
	for (const row of await listRows(app.db, pacte.id)) {
		const geste = rowReplaced(row, demande, cles);
		if (geste && (await changeRow(app, acteur, geste.geste))) await operation.note(geste.count, geste.geste);
	}
	await operation.end(`${said}, ${counted(operation.faits, 'fois', 'fois')}`);
	await app.collaboration.settle(pacte.id);
	return { operation: operation.id, faits: operation.faits, manques: cles.size - operation.faits };
}

// Organismes

/** An organisme that is called so is renamed: what it is linked to follows, and its former name stays as an alias. */
async function findOrganismes(db: Queryable, pacteId: string, demande: Demande): Promise<Trouvaille[]> {
	const organismes = await listOrganismes(db, pacteId);
	return organismes.flatMap(({ id, nom }) => {
		const [occurrence] = occurrencesOf(nom, demande.cherche, demande);
		if (!occurrence) return [];
		const apres = renamed(nom, demande);
		const bearer = organismes.find(
			(other) => other.id !== id && [other.nom, ...other.alias].some((each) => foldNom(each) === foldNom(apres))
		);
		const taken = `«\u00a0${apres}\u00a0» existe déjà\u00a0: réunissez les deux dans Partenaires.`;
		const empty = foldNom(apres) === '' ? 'Un organisme garde un nom.' : null;
		return [
			{
				...extraitOf(nom, occurrence),
				cle: `organisme~${id}`,
				partie: 'organismes' as const,
				ou: 'Nom de l’organisme ; l’ancien reste une autre appellation',
				href: `/pactes/${pacteId}/organismes#organisme-${id}`,
				verrou: bearer ? taken : empty
			}
		];
	});
}

function renamed(nom: string, demande: Demande): string {
	return cleanNom(replaced(nom, demande, occurrencesOf(nom, demande.cherche, demande)));
}

function replaced(texte: string, { remplace }: Demande, occurrences: readonly Occurrence[]): string {
	return occurrences
		.toReversed()
		.reduce((said, { debut, longueur }) => said.slice(0, debut) + remplace + said.slice(debut + longueur), texte);
}

async function renameChosen(
	app: App,
	{ pacteId, by }: Acteur,
	operation: Operation,
	demande: Demande & { cles: ReadonlySet<string> }
): Promise<void> {
	for (const { id, nom, alias } of await listOrganismes(app.db, pacteId)) {
		if (!demande.cles.has(`organisme~${id}`)) continue;
		const apres = renamed(nom, demande);
		if (apres === nom) continue;
		try {
			await renameOrganisme(app, { pacteId, by, organismeId: id, nom: apres });
		} catch (error) {
			if (error instanceof DomainError) continue; // It is counted among what could not be done.
			throw error;
		}
		const isNew = !alias.some((other) => foldNom(other) === foldNom(apres));
		await operation.note(1, { nature: 'nom', organisme: id, avant: nom, apres, alias: isNew });
	}
}

// Live documents

interface DocumentSitue {
	name: DocumentName;
	partie: Partie;
	/** « 2.3 Ouvrir des places » */
	ou: string;
	href: string;
	verrou: string | null;
	textes: (doc: Y.Doc) => TexteSitue[];
	/** The words that its rows hold, when they tell whether it is worth opening. */
	rows: string | null;
}

const VALIDEE = 'Section validée\u00a0: rouvrez-la d’abord.';

/** The documents of a pacte that hold words, in the order of reading. What is in the corbeille is left alone. */
async function listDocuments(db: Queryable, { id: pacteId, modele }: Pacte): Promise<DocumentSitue[]> {
	const base = `/pactes/${pacteId}`;
	const noeuds = await listNoeuds(db, pacteId);
	const sections = await db
		.selectFrom('sections')
		.select(['id', 'titre', 'etat', 'genre', 'retiree_at'])
		.where('pacte_id', '=', pacteId)
		.where('retiree_at', 'is', null)
		.orderBy('rang')
		.execute();
	const figures = await db
		.selectFrom('figures')
		.select(['id', 'titre'])
		.where('pacte_id', '=', pacteId)
		.where('corbeille_at', 'is', null)
		.orderBy('rang')
		.execute();
	const tables = await db
		.selectFrom('seance_tables')
		.innerJoin('seances', 'seances.id', 'seance_tables.seance_id')
		.select(['seance_tables.id', 'numero', 'seances.titre', 'seance_id', 'synthese'])
		.where('pacte_id', '=', pacteId)
		.where('corbeille_at', 'is', null)
		.where('synthese', '<>', '')
		.execute();
	const variantes = await db.selectFrom('fiches').select(['id', 'variante']).where('pacte_id', '=', pacteId).execute();
	const documents = await db.selectFrom('documents').select('name').where('pacte_id', '=', pacteId).execute();
	const known = new Set<string>(documents.map(({ name }) => name));
	const varianteOf = new Map(variantes.map(({ id, variante }) => [id, variante]));
	const named = ({ code, titre }: { code: string; titre: string }) =>
		[code, titre.trim()].filter(Boolean).join('\u00a0');
	const all = [
		...noeuds.map((noeud): DocumentSitue => ({
			name: documentName('orientations', pacteId),
			partie: 'orientations',
			ou: named(noeud),
			href: noeud.fiche ? `${base}/fiches/${noeud.id}` : `${base}/orientations`,
			verrou: null,
			textes: (doc) => titreDeNoeud(doc, noeud.id, noeud.fiche ? '' : `#noeud-${noeud.id}`),
			rows: noeud.titre
		})),
		...noeuds
			.filter(({ fiche }) => fiche)
			.map((noeud): DocumentSitue => ({
				name: documentName('fiche', noeud.id),
				partie: 'fiches',
				ou: named(noeud),
				href: `${base}/fiches/${noeud.id}`,
				verrou: null,
				textes: (doc) => textesDeChamps(doc, champsOfVariante(modele, varianteOf.get(noeud.id) ?? null)),
				rows: null
			})),
		...sections.map((section): DocumentSitue => ({
			name: documentName('redaction', section.id),
			partie: 'sections',
			ou: section.titre || NOM_DE_LA_SECTION,
			href: `${base}/sections/${section.id}`,
			verrou: section.etat === 'valide' ? VALIDEE : null,
			textes: (doc) => textesDeSection(doc, section.genre),
			rows: null
		})),
		...figures.map((figure): DocumentSitue => ({
			name: documentName('figure', figure.id),
			partie: 'figures',
			ou: figure.titre || 'Figure sans titre',
			href: `${base}/figures/${figure.id}`,
			verrou: null,
			textes: textesDeFigure,
			rows: null
		})),
		...tables.map((table): DocumentSitue => ({
			name: documentName('synthese', table.id),
			partie: 'seances',
			ou: `${table.titre}, table ${table.numero}`,
			href: `${base}/seances/${table.seance_id}`,
			verrou: null,
			textes: textesDeSynthese,
			rows: table.synthese
		}))
	];
	return all.filter(({ name }) => known.has(name));
}

/** The tree is one document with many titles: those that do not say it are not looked for in it. */
function mayHold({ rows }: DocumentSitue, demande: Demande): boolean {
	return rows === null || occurrencesOf(rows, demande.cherche, demande).length > 0;
}

async function findInDocument(
	app: App,
	pacteId: string,
	document: DocumentSitue,
	demande: Demande
): Promise<Trouvaille[]> {
	return app.collaboration.read(document.name, (doc) =>
		document.textes(doc).flatMap(({ texte, ou, ancre }) => {
			const said = plainOf(texte);
			return occurrencesOf(said, demande.cherche, demande).map((occurrence) => ({
				...extraitOf(said, occurrence),
				cle: `${document.name}~${signAt(texte, occurrence.debut) ?? ''}`,
				partie: document.partie,
				ou: [document.ou, ou].filter(Boolean).join(' · '),
				href: document.href + ancre,
				verrou: document.verrou
			}));
		})
	);
}

/** From the end: what stands before keeps its place. */
function replaceIn(doc: Y.Doc, document: DocumentSitue, demande: Demande, cles: ReadonlySet<string>): Geste[] {
	return document.textes(doc).flatMap(({ texte }) =>
		occurrencesOf(plainOf(texte), demande.cherche, demande)
			.toReversed()
			.filter(({ debut }) => cles.has(`${document.name}~${signAt(texte, debut) ?? ''}`))
			.map(({ debut, longueur }) => replaceText(texte, debut, longueur, demande.remplace))
	);
}

// Rows

interface RowSituee {
	table: TableDeTextes;
	cle: Record<string, string | number>;
	colonne: string;
	texte: string;
	partie: Partie;
	ou: string;
	href: string;
}

async function listRows(db: Queryable, pacteId: string): Promise<RowSituee[]> {
	const rows: RowSituee[] = [];
	for (const [table, { partie, page, from, nom, cle, only }] of Object.entries(LISTES) as [TableDeTextes, Liste][]) {
		const { rows: found } = await sql<Record<string, string | number>>`
			select ${sql.table(table)}.*, ${nom} as "_nom" from ${from} where pacte_id = ${pacteId} ${only ?? sql``}`.execute(db);
		for (const row of found)
			for (const [colonne, etiquette] of Object.entries(TEXTES[table].colonnes))
				rows.push({
					table,
					cle: Object.fromEntries(cle.map((name) => [name, row[name] as string | number])),
					colonne,
					texte: String(row[colonne] ?? ''),
					partie,
					ou: `${String(row._nom)} · ${etiquette as string}`,
					href: page(row)
				});
	}
	return rows;
}

interface Liste {
	partie: Partie;
	/** The end of the address where it is read. */
	page: (row: Record<string, string | number>) => string;
	from: ReturnType<typeof sql>;
	/** What the row is called. */
	nom: ReturnType<typeof sql>;
	cle: readonly string[];
	only?: ReturnType<typeof sql>;
}

const AU_CALENDRIER = sql`and seances.corbeille_at is null`;

const LISTES: Record<TableDeTextes, Liste> = {
	glossaire: {
		partie: 'glossaire',
		page: ({ id }) => `/glossaire#entree-${id}`,
		from: sql`glossaire`,
		nom: sql`sigle`,
		cle: ['id']
	},
	sections: {
		partie: 'sections',
		page: ({ id }) => `/sections/${id}`,
		from: sql`sections`,
		nom: sql`titre`,
		cle: ['id'],
		only: sql`and retiree_at is null`
	},
	seances: {
		partie: 'seances',
		page: ({ id }) => `/seances/${id}`,
		from: sql`seances`,
		nom: sql`titre`,
		cle: ['id'],
		only: AU_CALENDRIER
	},
	seance_points: {
		partie: 'seances',
		page: ({ seance_id }) => `/seances/${seance_id}`,
		from: sql`seance_points inner join seances on seances.id = seance_points.seance_id`,
		nom: sql`seances.titre`,
		cle: ['seance_id', 'rang'],
		only: AU_CALENDRIER
	},
	phases: {
		partie: 'seances',
		page: () => '/phases',
		from: sql`phases`,
		nom: sql`titre`,
		cle: ['id'],
		only: sql`and corbeille_at is null`
	},
	instances: { partie: 'autres', page: () => '/gouvernance', from: sql`instances`, nom: sql`nom`, cle: ['id'] },
	schemas_lies: { partie: 'autres', page: () => '/schemas', from: sql`schemas_lies`, nom: sql`intitule`, cle: ['id'] },
	bilan_actions: { partie: 'autres', page: () => '/bilan', from: sql`bilan_actions`, nom: sql`titre`, cle: ['id'] },
	bilan_indicateurs: {
		partie: 'autres',
		page: () => '/bilan',
		from: sql`bilan_indicateurs`,
		nom: sql`libelle`,
		cle: ['id']
	},
	enveloppes: { partie: 'autres', page: () => '/financement', from: sql`enveloppes`, nom: sql`libelle`, cle: ['id'] },
	signataires: { partie: 'autres', page: () => '/signatures', from: sql`signataires`, nom: sql`personne`, cle: ['id'] }
};

function cleOfRow({ table, cle, colonne }: RowSituee, index: number): string {
	return `${table}~${Object.values(cle).join('.')}~${colonne}~${index}`;
}

function findInRow(pacteId: string, row: RowSituee, demande: Demande): Trouvaille[] {
	return occurrencesOf(row.texte, demande.cherche, demande).map((occurrence, index) => ({
		...extraitOf(row.texte, occurrence),
		cle: cleOfRow(row, index),
		partie: row.partie,
		ou: row.ou,
		href: `/pactes/${pacteId}${row.href}`,
		verrou: null
	}));
}

function rowReplaced(
	row: RowSituee,
	demande: Demande,
	cles: ReadonlySet<string>
): { geste: GesteDeTexte; count: number } | null {
	const chosen = occurrencesOf(row.texte, demande.cherche, demande).filter((_, index) =>
		cles.has(cleOfRow(row, index))
	);
	const apres = replaced(row.texte, demande, chosen);
	if (apres === row.texte) return null;
	const { table, cle, colonne, texte: avant } = row;
	return { geste: { nature: 'rangee', table, cle, colonne, avant, apres }, count: chosen.length };
}
