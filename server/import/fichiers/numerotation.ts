/** How one level of a list or of headings is counted, in any office format. */
export interface NiveauDeListe {
	format: 'decimal' | 'upperRoman' | 'lowerRoman' | 'upperLetter' | 'lowerLetter' | 'bullet' | 'none';
	/** « %1.%2 » : the numbers of the levels, from 1. */
	modele: string;
	depart: number;
}

/** Counts the items of one list: an item of a level starts again those below it. */
export class Compteur {
	readonly #niveaux: ReadonlyMap<number, NiveauDeListe>;
	readonly #comptes: (number | undefined)[] = [];

	constructor(niveaux: ReadonlyMap<number, NiveauDeListe>) {
		this.#niveaux = niveaux;
	}

	/** The mark of the next item at that level, from 0: « - », « I.2 », « 3) ». */
	next(niveau: number): string {
		const ici = this.#niveaux.get(niveau);
		if (!ici) return '-';
		this.#comptes[niveau] = (this.#comptes[niveau] ?? ici.depart - 1) + 1;
		this.#comptes.length = niveau + 1;
		if (ici.format === 'bullet') return '-';
		if (ici.format === 'none' && !ici.modele.includes('%')) return ici.modele.trim();
		return ici.modele
			.replace(/%(\d)/g, (_, n: string) => {
				const { format, depart } = this.#niveaux.get(Number(n) - 1) ?? ici;
				return inFormat(this.#comptes[Number(n) - 1] ?? depart, format);
			})
			.trim();
	}

	restart(niveau: number, depart: number): void {
		this.#comptes[niveau] = depart - 1;
		this.#comptes.length = niveau + 1;
	}
}

const ROMAINS: [number, string][] = [
	[100, 'C'],
	[90, 'XC'],
	[50, 'L'],
	[40, 'XL'],
	[10, 'X'],
	[9, 'IX'],
	[5, 'V'],
	[4, 'IV'],
	[1, 'I']
];

function inFormat(nombre: number, format: NiveauDeListe['format']): string {
	switch (format) {
		case 'upperRoman':
			return roman(nombre);
		case 'lowerRoman':
			return roman(nombre).toLowerCase();
		case 'upperLetter':
			return letter(nombre);
		case 'lowerLetter':
			return letter(nombre).toLowerCase();
		case 'bullet':
		case 'none':
			return '';
		case 'decimal':
			return String(nombre);
		default:
			return format satisfies never;
	}
}

function roman(nombre: number): string {
	if (nombre < 1 || nombre > 399) return String(nombre);
	let reste = nombre;
	let texte = '';
	for (const [valeur, signe] of ROMAINS)
		while (reste >= valeur) {
			texte += signe;
			reste -= valeur;
		}
	return texte;
}

function letter(nombre: number): string {
	return nombre < 1 ? String(nombre) : String.fromCharCode(65 + ((nombre - 1) % 26)).repeat(Math.ceil(nombre / 26));
}
