import { hasMontants } from '#lib/financement/montants-par-axe.ts';
import { allChamps, isEnLignes, type Modele } from '#lib/pactes/modele.ts';

/** The spreadsheets that the tables of a pacte can be taken away as. */
export const FORMATS_DE_TABLE = ['xlsx', 'ods', 'csv'] as const;
export type FormatDeTable = (typeof FORMATS_DE_TABLE)[number];

export const NOM_DU_FORMAT_DE_TABLE: Record<FormatDeTable, string> = {
	xlsx: 'Excel (XLSX)',
	ods: 'LibreOffice (ODS)',
	csv: 'Données (CSV)'
};

export function isFormatDeTable(value: string): value is FormatDeTable {
	return FORMATS_DE_TABLE.some((format) => format === value);
}

/** What can be asked for: a table, or several that go together. */
export interface TableProposee {
	id: string;
	nom: string;
}

/** Those of a pacte, in their order. */
export function tablesProposees(modele: Modele): TableProposee[] {
	const champs = allChamps(modele);
	const bullets = modele.champs.some(isIndicateursEnPuces);
	return [
		{ id: 'synthese', nom: 'Tableau de synthèse' },
		{ id: 'fiches', nom: 'Fiches, un champ par colonne' },
		...champs.filter(isEnLignes).map((champ) => ({ id: idOfTable(champ), nom: champ.etiquette })),
		...(bullets ? [{ id: 'indicateurs', nom: 'Indicateurs' }] : []),
		...(hasMontants(modele) ? [{ id: 'montants-par-axe', nom: 'Montants par axe et par financeur' }] : []),
		{ id: 'liens-par-schema', nom: 'Schémas liés, et leurs fiches' },
		{ id: 'orientations', nom: 'Orientations' },
		{ id: 'organismes', nom: 'Organismes' },
		{ id: 'signataires', nom: 'Signataires' },
		{ id: 'engagements', nom: 'Engagements, moyens et conventions' },
		{ id: 'instances', nom: 'Gouvernance' },
		{ id: 'financement', nom: 'Financement' },
		{ id: 'bilan', nom: 'Bilan du pacte précédent' },
		{ id: 'demarche', nom: 'Phases, séances et présences' },
		{ id: 'constats', nom: 'Constats et enjeux' },
		{ id: 'figures', nom: 'Données des figures' },
		{ id: 'textes', nom: 'Tableaux des textes' },
		{ id: 'glossaire', nom: 'Glossaire' }
	];
}

/** The table of a field made of rows. */
export function idOfTable({ id }: { id: string }): string {
	return `champ-${id}`;
}

/** Indicators that are bullets: they have no table of their own. */
export function isIndicateursEnPuces({
	id,
	type,
	etiquette
}: {
	id: string;
	type: string;
	etiquette: string;
}): boolean {
	return type === 'puces' && /indicateur/i.test(`${id} ${etiquette}`);
}
