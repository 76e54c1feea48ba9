// What a pacte says, as a reader compares it with another: its tree, its fiches field by field, its sections.
import { archiveFromProposition } from '#lib/import/archive-from-proposition.ts';
import { arbreFromRows } from '#lib/orientations/arbre-from-rows.ts';
import { A_CLASSER, codesOf } from '#lib/orientations/arbre.ts';
import type { ArchivePacte, FicheArchive, ValeurChamp } from '#lib/pactes/archive.ts';
import { allChamps, niveauOf } from '#lib/pactes/modele.ts';
import { exportDocument, exportPdf } from '#server/export/pdf.ts';
import { importFichier } from '#server/import/import.ts';

export const FORMATS = ['docx', 'odt', 'html', 'md', 'pdf'] as const;
const DATE = Date.UTC(2026, 10, 22);

/** A pacte written in a format, read again, and made a pacte of once more. */
export async function comeBack(archive: ArchivePacte, format: (typeof FORMATS)[number]): Promise<ArchivePacte> {
	const portee = { type: 'pacte' } as const;
	const octets =
		format === 'pdf'
			? (await exportPdf(archive, portee, { date: DATE })).pdf
			: await exportDocument(archive, portee, format, { date: DATE });
	const { proposition } = await importFichier(octets, { nom: `pacte.${format}` });
	const { intitule, territoire, debut, fin } = archive;
	return archiveFromProposition(proposition, { intitule, territoire, debut, fin });
}

/** Level, code and title of each branch, under its parent. */
export function arbreOf({ noeuds, modele }: ArchivePacte): string[] {
	const arbre = arbreFromRows(
		noeuds.map((noeud) =>
			noeud.parent === A_CLASSER ? { ...noeud, parent: null, aClasser: true } : { ...noeud, aClasser: false }
		)
	);
	const codes = codesOf(arbre, modele);
	const below = (branches: typeof arbre.racines, marge: string): string[] =>
		branches.flatMap(({ id, niveau, titre, enfants }) => [
			`${marge}${[niveauOf(modele, niveau)?.nom ?? niveau, codes.get(id) ?? '', plain(titre)].join(' | ')}`,
			...below(enfants, `${marge}  `)
		]);
	return below(arbre.racines, '');
}

/** What each fiche says under each label, a line each; what is empty is left out. */
export function fichesOf(archive: ArchivePacte): Record<string, Record<string, string[]>> {
	const titres = new Map(archive.noeuds.map(({ id, titre }) => [id, plain(titre)]));
	return Object.fromEntries(archive.fiches.map((fiche) => [titres.get(fiche.noeud), champsOf(archive, fiche)]));
}

function champsOf(archive: ArchivePacte, { champs }: FicheArchive): Record<string, string[]> {
	const etiquettes = new Map(allChamps(archive.modele).map(({ id, etiquette }) => [id, plain(etiquette)]));
	const lus = Object.entries(champs).map(
		([id, valeur]) => [etiquettes.get(id) ?? id, linesOf(archive, valeur).map(plain)] as const
	);
	return Object.fromEntries(lus.filter(([, lignes]) => lignes.length > 0).sort(([a], [b]) => a.localeCompare(b)));
}

function linesOf({ organismes, schemas }: ArchivePacte, valeur: ValeurChamp): string[] {
	const lignes: string[] = [];
	if ('organismes' in valeur) {
		lignes.push(...valeur.organismes.map((id) => organismes.find((organisme) => organisme.id === id)?.nom ?? id));
		if (valeur.ouverte) lignes.push('…');
	}
	if ('schemas' in valeur) lignes.push(...valeur.schemas.map((id) => schemas[Number(id.slice(1)) - 1]?.intitule ?? id));
	if ('puces' in valeur) lignes.push(...valeur.puces);
	if ('lignes' in valeur) lignes.push(...valeur.lignes.map((row) => Object.values(row).join(' | ')));
	if ('texte' in valeur) lignes.push(...valeur.texte.split('\n'));
	return lignes.filter((ligne) => ligne.trim() !== '');
}

/** Line ends and the typography of the house aside. */
export function plain(texte: string): string {
	return texte
		.replace(/\s+/g, ' ')
		.replace(/ (?=[:;!?»])|(?<=«) /g, '')
		.replaceAll("'", '’')
		.trim();
}

/** Genre and title of each section that holds something, in their order. */
export function sectionsOf({ sections }: ArchivePacte): string[] {
	return sections
		.filter(({ genre, prose }) => genre !== 'texte' || prose.length > 0)
		.map(({ genre, titre }) => `${genre} | ${plain(titre)}`);
}
