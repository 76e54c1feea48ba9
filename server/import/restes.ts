import type { Reste } from '#lib/import/proposition.ts';
import type { Ligne } from './lignes.ts';

/**
 * What no one claimed, in runs of lines exactly as they stand in the source. Blank lines and the furniture of the pages
 * neither begin nor end a run.
 */
export function findRestes(
	lignes: readonly Ligne[],
	prises: ReadonlySet<number>,
	mobilier: ReadonlySet<number>
): Reste[] {
	const restes: Reste[] = [];
	let debut = 0;
	let fin = 0;
	const close = () => {
		if (debut === 0) return;
		const texte = lignes.slice(debut - 1, fin).map(({ brut }) => brut);
		restes.push({ ligne_debut: debut, ligne_fin: fin, texte: texte.join('\n') });
		debut = 0;
	};
	for (const { numero, vide } of lignes) {
		if (vide || mobilier.has(numero)) continue;
		if (prises.has(numero)) {
			close();
			continue;
		}
		debut ||= numero;
		fin = numero;
	}
	close();
	return restes;
}
