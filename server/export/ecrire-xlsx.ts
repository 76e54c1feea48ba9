import { fusionsOf, hauteursOf, xmlText, type CelluleDeCalcul, type Classeur } from './blocs.ts';

/**
 * A workbook for those who count: what is text is a text cell, whatever it begins with, so that nothing that people wrote is ever
 * computed. Work of a worker: the library takes a second to load.
 */
export async function ecrireXlsx({ titre, feuilles }: Classeur, date: number): Promise<Uint8Array<ArrayBuffer>> {
	const { default: Excel } = await import('exceljs');
	const workbook = new Excel.Workbook();
	workbook.creator = 'Copacte';
	workbook.title = xmlText(titre);
	workbook.created = new Date(date);
	workbook.modified = new Date(date);
	const names = new Set<string>();
	for (const feuille of feuilles) {
		const { nom, colonnes, lignes } = feuille;
		const sheet = workbook.addWorksheet(nameOfFeuille(nom, names), {
			views: [{ state: 'frozen', ySplit: 1 }],
			pageSetup: {
				paperSize: A4,
				orientation: 'landscape',
				fitToPage: true,
				fitToWidth: 1,
				fitToHeight: 0,
				printTitlesRow: '1:1'
			}
		});
		sheet.columns = colonnes.map(({ titre: header, largeur }) => ({ header, width: largeur }));
		for (const ligne of lignes) sheet.addRow(ligne.map(cellOf));
		const noms = { ...feuille, lignes: [colonnes.map(({ titre: header }) => header)], fusions: [] };
		const hauteurs = [...hauteursOf(noms), ...hauteursOf(feuille)];
		sheet.eachRow((row, n) => {
			row.alignment = { vertical: 'top', wrapText: true };
			row.height = Math.min(HAUTEUR_MAX, HAUTEUR_DE_LIGNE * (hauteurs[n - 1] ?? 1));
			row.eachCell((cell) => {
				if (n === 1) Object.assign(cell, ENTETE);
				else if (cell.value instanceof Date) cell.numFmt = 'dd/mm/yyyy';
			});
		});
		const { premieres } = fusionsOf(feuille);
		for (const { ligne, colonne, lignes: high, colonnes: wide } of premieres.values())
			sheet.mergeCells(ligne + 2, colonne + 1, ligne + 1 + high, colonne + wide);
		// Rows under a filter are hidden one by one: a cell that spans some would be cut.
		if (lignes.length > 0 && premieres.size === 0)
			sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: colonnes.length } };
	}
	return new Uint8Array(await workbook.xlsx.writeBuffer());
}

/** As the format counts papers. */
const A4 = 9;
/** In points. */
const HAUTEUR_DE_LIGNE = 15;
const HAUTEUR_MAX = 409;
const ENTETE = {
	font: { name: 'Calibri', family: 2, size: 11, bold: true },
	fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE3F0F2' } }
} as const;

/** A cell holds that many signs. */
const CELLULE_MAX = 32_767;

function cellOf(value: CelluleDeCalcul): CelluleDeCalcul {
	return typeof value === 'string' ? xmlText(value).slice(0, CELLULE_MAX) : value;
}

/** A name that spreadsheets take, and that no other sheet has. */
export function nameOfFeuille(nom: string, taken: Set<string>): string {
	const clean =
		xmlText(nom)
			.replace(/[[\]:*?/\\']/g, ' ')
			.trim()
			.slice(0, 27) || 'Feuille';
	let name = clean;
	for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${clean} ${n}`;
	taken.add(name.toLowerCase());
	return name;
}
