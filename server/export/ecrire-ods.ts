import {
	fusionsOf,
	jourEnChiffres,
	type CelluleDeCalcul,
	type Classeur,
	type FeuilleDeCalcul,
	type Fusion
} from './blocs.ts';
import { nameOfFeuille } from './ecrire-xlsx.ts';
import { escaped, ESPACES, sameWords, zipOpenDocument } from './opendocument.ts';

/*
 * OpenDocument Spreadsheet: a row of names that stays in sight and repeats on each page, what is text a text cell, whatever it begins
 * with. The standard keeps formulas in an attribute of their own, that is never written here.
 */

const MIME = 'application/vnd.oasis.opendocument.spreadsheet';
const CM_PER_CHARACTER = 0.2;
/** What a cell of LibreOffice holds is more; of the others, that. */
const CELLULE_MAX = 32_767;

/** `date`: milliseconds since 1970, of the workbook. */
export function ecrireOds({ titre, feuilles }: Classeur, date: number): Uint8Array<ArrayBuffer> {
	const names = new Set<string>();
	// A workbook without a sheet does not open.
	const sheets = (feuilles.length === 0 ? [VIDE] : feuilles).map((feuille) => ({
		feuille,
		nom: nameOfFeuille(feuille.nom, names)
	}));
	return zipOpenDocument(
		{
			mime: MIME,
			titre,
			parties: {
				'content.xml': content(sheets),
				'styles.xml': STYLES,
				'settings.xml': settings(sheets.map(({ nom }) => nom))
			},
			images: []
		},
		date
	);
}

const VIDE: FeuilleDeCalcul = { nom: 'Feuille', colonnes: [], lignes: [] };

interface Nommee {
	feuille: FeuilleDeCalcul;
	nom: string;
}

function content(sheets: readonly Nommee[]): string {
	const widths = [...new Set(sheets.flatMap(({ feuille }) => feuille.colonnes.map(({ largeur }) => largeur)))];
	const columns = widths.map(
		(largeur) =>
			`<style:style style:name="${columnStyle(largeur)}" style:family="table-column"><style:table-column-properties style:column-width="${(largeur * CM_PER_CHARACTER).toFixed(2)}cm"/></style:style>`
	);
	return `<office:document-content${ESPACES} office:version="1.3">
<office:automatic-styles>
<style:style style:name="Feuille" style:family="table" style:master-page-name="Default"><style:table-properties table:display="true"/></style:style>
<style:style style:name="Rangee" style:family="table-row"><style:table-row-properties style:use-optimal-row-height="true"/></style:style>
${columns.join('\n')}
</office:automatic-styles>
<office:body><office:spreadsheet>
${sheets.map(sheet).join('\n')}
${filters(sheets)}
</office:spreadsheet></office:body>
</office:document-content>`;
}

function columnStyle(largeur: number): string {
	return `Colonne${String(largeur).replace('.', '_')}`;
}

function sheet({ feuille, nom }: Nommee): string {
	const { colonnes, lignes } = feuille;
	const { premieres, couvertes } = fusionsOf(feuille);
	const columns = colonnes.map(
		({ largeur }) =>
			`<table:table-column table:style-name="${columnStyle(largeur)}" table:default-cell-style-name="Cellule"/>`
	);
	const head = `<table:table-header-rows>${row(colonnes.map(({ titre }) => cell(titre, 'Entete')))}</table:table-header-rows>`;
	const body = lignes.map((ligne, y) =>
		row(
			colonnes.map((_, x) => {
				const place = `${y}.${x}`;
				return couvertes.has(place)
					? '<table:covered-table-cell/>'
					: cell(ligne[x] ?? null, 'Cellule', premieres.get(place));
			})
		)
	);
	return `<table:table table:name="${escaped(nom)}" table:style-name="Feuille">${
		colonnes.length === 0
			? '<table:table-column/><table:table-row><table:table-cell/></table:table-row>'
			: columns.join('') + head + body.join('')
	}</table:table>`;
}

function row(cells: readonly string[]): string {
	return `<table:table-row table:style-name="Rangee">${cells.join('')}</table:table-row>`;
}

function cell(value: CelluleDeCalcul, style: string, fusion?: Fusion): string {
	const span = fusion
		? ` table:number-columns-spanned="${fusion.colonnes}" table:number-rows-spanned="${fusion.lignes}"`
		: '';
	if (value instanceof Date)
		return `<table:table-cell table:style-name="Jour"${span} office:value-type="date" office:date-value="${value.toISOString().slice(0, 10)}"><text:p>${jourEnChiffres(value)}</text:p></table:table-cell>`;
	const named = `table:style-name="${style}"${span}`;
	if (typeof value === 'number' && Number.isFinite(value))
		return `<table:table-cell ${named} office:value-type="float" office:value="${value}"><text:p>${String(value).replace('.', ',')}</text:p></table:table-cell>`;
	const text = typeof value === 'string' ? value.slice(0, CELLULE_MAX) : '';
	if (text === '') return `<table:table-cell ${named}/>`;
	const lines = text.split(/\r\n?|\n/).map((line) => `<text:p>${sameWords(line)}</text:p>`);
	return `<table:table-cell ${named} office:value-type="string">${lines.join('')}</table:table-cell>`;
}

/** Rows under a filter are hidden one by one: a cell that spans some would be cut. */
function filters(sheets: readonly Nommee[]): string {
	const ranges = sheets
		.filter(
			({ feuille }) => feuille.lignes.length > 0 && feuille.colonnes.length > 0 && (feuille.fusions ?? []).length === 0
		)
		.map(
			({ feuille: { colonnes, lignes }, nom }, i) =>
				`<table:database-range table:name="Filtre${i + 1}" table:target-range-address="${escaped(`'${nom}'.A1:'${nom}'.${letters(colonnes.length)}${lignes.length + 1}`)}" table:display-filter-buttons="true"/>`
		);
	return ranges.length === 0 ? '' : `<table:database-ranges>${ranges.join('')}</table:database-ranges>`;
}

/** « AB » for 28. */
function letters(column: number): string {
	return column === 0 ? '' : letters(Math.floor((column - 1) / 26)) + String.fromCharCode(65 + ((column - 1) % 26));
}

/** The row of names stays where it is. */
function settings(noms: readonly string[]): string {
	const item = (name: string, type: string, value: string | number) =>
		`<config:config-item config:name="${name}" config:type="${type}">${value}</config:config-item>`;
	const sheets = noms.map(
		(nom) =>
			`<config:config-item-map-entry config:name="${escaped(nom)}">${item('HorizontalSplitMode', 'short', 0)}${item('VerticalSplitMode', 'short', 2)}${item('VerticalSplitPosition', 'int', 1)}${item('PositionBottom', 'int', 1)}${item('ActiveSplitRange', 'short', 2)}</config:config-item-map-entry>`
	);
	return `<office:document-settings${ESPACES} office:version="1.3"><office:settings><config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>${item('ViewId', 'string', 'view1')}<config:config-item-map-named config:name="Tables">${sheets.join('')}</config:config-item-map-named></config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set></office:settings></office:document-settings>`;
}

const STYLES = `<office:document-styles${ESPACES} office:version="1.3">
<office:styles>
<style:default-style style:family="table-cell"><style:text-properties fo:font-family="'Liberation Sans'" style:font-family-generic="swiss" fo:font-size="10pt" fo:language="fr" fo:country="FR"/></style:default-style>
<style:style style:name="Cellule" style:family="table-cell"><style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/></style:style>
<number:date-style style:name="JourEnChiffres" number:language="fr" number:country="FR"><number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style>
<style:style style:name="Jour" style:family="table-cell" style:parent-style-name="Cellule" style:data-style-name="JourEnChiffres"/>
<style:style style:name="Entete" style:family="table-cell" style:parent-style-name="Cellule"><style:table-cell-properties fo:background-color="#e3f0f2"/><style:text-properties fo:font-weight="bold"/></style:style>
</office:styles>
<office:automatic-styles>
<style:page-layout style:name="Paysage"><style:page-layout-properties fo:page-width="29.7cm" fo:page-height="21cm" style:print-orientation="landscape" fo:margin-top="1.5cm" fo:margin-bottom="1.5cm" fo:margin-left="1.5cm" fo:margin-right="1.5cm" style:scale-to-X="1" style:scale-to-Y="0"/></style:page-layout>
</office:automatic-styles>
<office:master-styles>
<style:master-page style:name="Default" style:page-layout-name="Paysage"/>
</office:master-styles>
</office:document-styles>`;
