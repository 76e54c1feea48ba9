import type * as Y from 'yjs';
import { documentName, type DocumentName } from '#lib/documents/document.ts';
import type { Modele } from '#lib/pactes/modele.ts';
import { extraitOf, occurrencesOf, type Occurrence } from '#lib/remplacer/chercher.ts';
import type { Demande, Partie, Trouvaille } from '#lib/remplacer/remplacer.ts';
import { NOM_DE_LA_SECTION } from '#lib/remplacer/textes.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import type { Geste } from '../operations/gestes.ts';
import { listNoeuds } from '../orientations/noeuds.ts';
import { lieuxDeFiche, lieuxDeFigure, lieuxDeSection, lieuxDeSynthese, titreDeNoeud, type Lieu } from './lieux.ts';

/** A live document, or a part of it, that holds words. */
export interface DocumentSitue {
	name: DocumentName;
	partie: Partie;
	/** « 2.3 Ouvrir des places » */
	ou: string;
	href: string;
	verrou: string | null;
	lieux: (doc: Y.Doc) => Lieu[];
	/** The words that its rows hold, when they tell whether it is worth opening. */
	rows: string | null;
}

const VALIDEE = 'Section validée\u00a0: rouvrez-la d’abord.';

/** The documents of a pacte that hold words, in the order of reading. What is in the corbeille is left alone. */
export async function listDocuments(
	db: Queryable,
	{ id: pacteId, modele }: { id: string; modele: Modele }
): Promise<DocumentSitue[]> {
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
			lieux: (doc) => titreDeNoeud(doc, noeud.id, noeud.fiche ? '' : `#noeud-${noeud.id}`),
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
				lieux: (doc) => lieuxDeFiche(doc, modele, varianteOf.get(noeud.id) ?? null),
				rows: null
			})),
		...sections.map((section): DocumentSitue => ({
			name: documentName('redaction', section.id),
			partie: 'sections',
			ou: section.titre || NOM_DE_LA_SECTION,
			href: `${base}/sections/${section.id}`,
			verrou: section.etat === 'valide' ? VALIDEE : null,
			lieux: (doc) => lieuxDeSection(doc, section.genre),
			rows: null
		})),
		...figures.map((figure): DocumentSitue => ({
			name: documentName('figure', figure.id),
			partie: 'figures',
			ou: figure.titre || 'Figure sans titre',
			href: `${base}/figures/${figure.id}`,
			verrou: null,
			lieux: lieuxDeFigure,
			rows: null
		})),
		...tables.map((table): DocumentSitue => ({
			name: documentName('synthese', table.id),
			partie: 'seances',
			ou: `${table.titre}, table ${table.numero}`,
			href: `${base}/seances/${table.seance_id}`,
			verrou: null,
			lieux: lieuxDeSynthese,
			rows: table.synthese
		}))
	];
	return all.filter(({ name }) => known.has(name));
}

/** The tree is one document with many titles: those that do not say it are not looked for in it. */
function mayHold({ rows }: DocumentSitue, demande: Demande): boolean {
	return rows === null || occurrencesOf(rows, demande.cherche, demande).length > 0;
}

export async function findInDocument(app: App, document: DocumentSitue, demande: Demande): Promise<Trouvaille[]> {
	if (!mayHold(document, demande)) return [];
	return app.collaboration.read(document.name, (doc) =>
		document.lieux(doc).flatMap((lieu) =>
			occurrencesOf(lieu.dit, demande.cherche, demande).map((occurrence, n) => ({
				...extraitOf(lieu.dit, occurrence),
				cle: cleOf(document, lieu, occurrence, n),
				partie: document.partie,
				ou: [document.ou, lieu.ou].filter(Boolean).join(' · '),
				href: document.href + lieu.ancre,
				verrou: document.verrou
			}))
		)
	);
}

function cleOf({ name }: DocumentSitue, lieu: Lieu, occurrence: Occurrence, n: number): string {
	return `${name}~${lieu.nameOf(occurrence, n)}`;
}

/** Puts other words in the chosen places of one document that still say it. */
export function replaceIn(doc: Y.Doc, document: DocumentSitue, demande: Demande, cles: ReadonlySet<string>): Geste[] {
	return document.lieux(doc).flatMap((lieu) => {
		const chosen = occurrencesOf(lieu.dit, demande.cherche, demande).filter((occurrence, n) =>
			cles.has(cleOf(document, lieu, occurrence, n))
		);
		return lieu.replace(chosen, demande.remplace);
	});
}
