import { ArchiveError, filledAt, LIMITES, listAt, objectAt, onlyKeys, textAt } from '#lib/pactes/archive-values.ts';
import { byAlphabet, type Definition } from './entree.ts';
import { cleOfSigle } from './sigles.ts';

const ENTREES_MAX = 5_000;

/** Files made before there was a glossary have none. */
export function glossaireAt(value: unknown): Definition[] {
	const seen = new Set<string>();
	const entrees = listAt(value ?? [], 'glossaire', ENTREES_MAX, (item, lieu) => {
		const source = objectAt(item, lieu);
		onlyKeys(source, lieu, ['sigle', 'developpe', 'definition']);
		const sigle = filledAt(source.sigle, `${lieu}.sigle`, LIMITES.nom);
		const cle = cleOfSigle(sigle);
		if (seen.has(cle)) throw new ArchiveError(`${lieu}.sigle`, `«\u00a0${sigle}\u00a0» est déjà expliqué.`);
		seen.add(cle);
		return {
			sigle,
			developpe: textAt(source.developpe, `${lieu}.developpe`, LIMITES.titre),
			definition: textAt(source.definition, `${lieu}.definition`, LIMITES.titre)
		};
	});
	return entrees.sort(byAlphabet);
}
