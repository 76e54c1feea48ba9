import { DomainError } from '../errors.ts';

/** Characters. A pacte of 150 pages has 150,000 of them, on 4,000 lines. */
export const TAILLE_MAXIMALE = 5 * 1024 * 1024;
const LIGNES_MAXIMALES = 1_000_000;

/** Bytes: a document may hold images. */
export const FICHIER_MAXIMAL = 20 * 1024 * 1024;

/** Throws a DomainError when a file is heavier than what is opened. */
export function checkFichier(octets: number): void {
	if (octets > FICHIER_MAXIMAL)
		throw new DomainError(
			'invalide',
			'Ce fichier dépasse 20\u00a0Mo\u00a0: retirez-en les images, ou copiez son texte dans un nouveau document, puis importez ce document.'
		);
}

/** Throws a DomainError when a text is longer than what is read. */
export function checkTaille(caracteres: number): void {
	if (caracteres > TAILLE_MAXIMALE)
		throw new DomainError(
			'invalide',
			'Ce texte dépasse 5\u00a0Mo\u00a0: retirez-en les annexes, ou importez-le en plusieurs fois.'
		);
}

/** Each line costs memory, even when it is blank. */
export function checkLignes(texte: string): void {
	let lignes = 1;
	for (let i = texte.indexOf('\n'); i !== -1; i = texte.indexOf('\n', i + 1)) lignes++;
	if (lignes > LIGNES_MAXIMALES)
		throw new DomainError('invalide', 'Ce texte dépasse un million de lignes\u00a0: retirez-en les lignes vides.');
}
