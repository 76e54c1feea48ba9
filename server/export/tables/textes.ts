import { paragraphesOf, plainText, type NatureConstat } from '#lib/editor/prose.ts';
import type { ArchivePacte } from '#lib/pactes/archive.ts';
import { niveauOf } from '#lib/pactes/modele.ts';
import { placeCells, type CelluleImprimee } from '../parties/prose.ts';
import type { Reperes } from './reperes.ts';
import { capitalised, column, countable, type Cellule, type Table } from './valeurs.ts';

/** The tree, a node a row: also that of a pacte without fiches. */
export function orientations({ modele, noeuds }: ArchivePacte, reperes: Reperes): Table {
	const anciens = new Map(noeuds.map(({ id, anciens: codes = [] }) => [id, codes.join(', ')]));
	const parents = new Map(noeuds.map(({ id, parent }) => [id, parent]));
	return {
		id: 'orientations',
		nom: 'Orientations',
		colonnes: [
			column('Niveau', 24),
			column('Code', 9),
			column('Titre', 70),
			column('Dans', 50),
			column('Anciens codes', 16)
		],
		lignes: reperes
			.noeuds()
			.map(({ id, niveau, code, titre }) => [
				capitalised(niveauOf(modele, niveau)?.nom ?? niveau),
				code,
				titre,
				reperes.noeud(parents.get(id) ?? ''),
				anciens.get(id) ?? ''
			])
	};
}

const NATURE: Record<NatureConstat, string> = { constat: 'Constat', enjeu: 'Enjeu' };

/** The constats and enjeux of the texts, each with what answers it. */
export function constats({ sections, reponses }: ArchivePacte, reperes: Reperes): Table {
	const answers = Map.groupBy(reponses, ({ constat }) => constat);
	return {
		id: 'constats',
		nom: 'Constats',
		colonnes: [
			column('Nature', 12),
			column('Thème', 26),
			column('Texte', 80),
			column('Section', 40),
			column('Y répond', 50)
		],
		lignes: sections.flatMap(({ titre, prose }) =>
			[...paragraphesOf(prose)].flatMap(({ constat, contenu }) => {
				const texte = plainText(contenu).trim();
				if (!constat || texte === '') return [];
				const found = (answers.get(constat.cle) ?? []).map(({ noeud }) => reperes.noeud(noeud)).filter(Boolean);
				return [[NATURE[constat.nature], constat.theme, texte, titre, found.join('\n')]];
			})
		)
	};
}

export function glossaire(archive: ArchivePacte): Table {
	return {
		id: 'glossaire',
		nom: 'Glossaire',
		colonnes: [column('Sigle', 16), column('Développé', 50), column('Définition', 80)],
		lignes: archive.glossaire.map(({ sigle, developpe, definition }) => [sigle, developpe, definition])
	};
}

/** The data of the figures: a value a row, with where it comes from. */
export function figures(archive: ArchivePacte): Table {
	return {
		id: 'figures',
		nom: 'Figures',
		colonnes: [
			column('Figure', 50),
			column('Ligne', 34),
			column('Colonne', 26),
			column('Valeur', 14),
			column('Unité', 14),
			column('Territoire', 22),
			column('Source', 40),
			column('Date', 14)
		],
		lignes: archive.figures.flatMap(({ titre, unite, territoire, source, date, series, lignes }) =>
			lignes.flatMap(({ libelle, valeurs }) =>
				series.map(({ nom }, i): Cellule[] => [
					titre,
					libelle,
					nom,
					countable(valeurs[i] ?? ''),
					unite,
					territoire,
					source,
					date
				])
			)
		)
	};
}

/** The tables that stand in the texts, each on its sheet. */
export function tableauxDesTextes({ sections }: ArchivePacte): Table[] {
	const tables = sections.flatMap(({ titre, prose }) =>
		prose.flatMap((bloc) => (bloc.type === 'tableau' ? [{ titre, ...bloc }] : []))
	);
	return tables.map(({ titre, legende, rangees }, i) => {
		const placed = placeCells(rangees, ({ contenu }) =>
			contenu.map((line) => [{ texte: plainText(line.contenu).trim() }]).filter(([run]) => run?.texte !== '')
		);
		const headed = placed.rangees[0]?.length === placed.colonnes && placed.rangees[0].every(({ entete }) => entete);
		const first = headed ? 1 : 0;
		const lignes = placed.rangees.slice(first).map(() => Array.from({ length: placed.colonnes }, (): Cellule => null));
		for (const cell of placed.rangees.slice(first).flat()) {
			const row = lignes[cell.y - first];
			if (row) row[cell.x] = countable(wordsOf(cell));
		}
		return {
			id: 'textes',
			nom: legende.trim() || `Tableau ${i + 1}, ${titre}`,
			colonnes: Array.from({ length: placed.colonnes }, (_, x) =>
				column(headed ? wordsOf(placed.rangees[0]?.[x]) : `Colonne ${x + 1}`, 26)
			),
			lignes,
			fusions: placed.rangees
				.slice(first)
				.flat()
				.filter(({ colonnes, lignes: hauteur }) => colonnes * hauteur > 1)
				.map(({ x, y, colonnes, lignes: hauteur }) => ({ ligne: y - first, colonne: x, lignes: hauteur, colonnes }))
		};
	});
}

function wordsOf(cell: CelluleImprimee | undefined): string {
	const lines = (cell?.lignesDeTexte ?? []).map((runs) =>
		runs.map((run) => ('texte' in run ? run.texte : ' ')).join('')
	);
	return lines.join('\n');
}
