import { roman } from '#lib/orientations/numerotation.ts';

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

function inFormat(nombre: number, format: NiveauDeListe['format']): string {
	switch (format) {
		case 'upperRoman':
			return romanOf(nombre);
		case 'lowerRoman':
			return romanOf(nombre).toLowerCase();
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

/** Beyond what the signs reach, as before 1, a file means the number itself. */
function romanOf(nombre: number): string {
	return nombre < 1 || nombre > 3999 ? String(nombre) : roman(nombre);
}

/** « AA » comes after « Z », then « BB »: as Word counts. */
function letter(nombre: number): string {
	return nombre < 1 ? String(nombre) : String.fromCharCode(65 + ((nombre - 1) % 26)).repeat(Math.ceil(nombre / 26));
}
