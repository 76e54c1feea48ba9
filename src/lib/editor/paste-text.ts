import { RETRAIT_MAX, type Bloc, type NatureDeListe, type Paragraphe, type Prose } from './prose.ts';

/** A line that begins with a bullet, as people and programs type them; `ÿ`, `·` and the private ones come from Word and PDF files. */
const PUCE = /^([•‣◦▪▫●○■□➢➤❖✓·o§ÿ\uf0a7\uf0b7\uf0d8\uf0fc–—*-])[\s\u00a0]+(?=\S)/u;
const NUMERO = /^(\d{1,3}|[a-z])[.)][\s\u00a0]+(?=\S)/u;

/** The item that a line is, by the bullet or number that it begins with. */
export function itemOf(line: string): { nature: NatureDeListe; texte: string } | null {
	const puce = PUCE.exec(line);
	if (puce) return { nature: 'puce', texte: line.slice(puce[0].length) };
	const numero = NUMERO.exec(line);
	return numero ? { nature: 'numero', texte: line.slice(numero[0].length) } : null;
}

/** Plain text: each line a paragraph, lines with bullets a list, lines of as many tabs a table. */
export function readPastedText(text: string): Prose {
	const lines = text
		.replace(/\r\n?/gu, '\n')
		.replace(/[\u2028\u2029\f\v]/gu, '\n')
		.split('\n')
		.filter((line) => line.trim() !== '');
	return tableOf(lines) ?? lines.map(paragrapheOf);
}

function paragrapheOf(line: string): Paragraphe {
	const item = itemOf(line.trimStart());
	if (!item) return { type: 'paragraphe', contenu: [{ type: 'texte', texte: line.trim() }] };
	const blank = /^[ \t]*/u.exec(line)?.[0] ?? '';
	const retrait = Math.min(RETRAIT_MAX, Math.floor(blank.replaceAll('\t', '   ').length / 3));
	const paragraphe: Paragraphe = {
		type: 'paragraphe',
		liste: item.nature,
		contenu: [{ type: 'texte', texte: item.texte.trim() }]
	};
	if (retrait > 0) paragraphe.retrait = retrait;
	return paragraphe;
}

/** A range of a spreadsheet, as text. */
function tableOf(lines: readonly string[]): Prose | null {
	const rows = lines.map((line) => line.split('\t'));
	const width = rows[0]?.length ?? 0;
	if (rows.length < 2 || width < 2 || rows.some((row) => row.length !== width)) return null;
	const cellule = (texte: string) => {
		const contenu: Paragraphe['contenu'] = texte.trim() === '' ? [] : [{ type: 'texte', texte: texte.trim() }];
		return { contenu: [{ type: 'paragraphe' as const, contenu }] };
	};
	const bloc: Bloc = { type: 'tableau', legende: '', rangees: rows.map((row) => row.map(cellule)) };
	return [bloc];
}
