import type { ArchivePacte } from '#lib/pactes/archive.ts';
import type { Imprimeur } from '../assemble.ts';
import type { Entete } from '../plan-imprime.ts';

/** The annex that says what the sigles stand for. */
export interface BlocGlossaire {
	type: 'glossaire';
	rang: number;
	repere: string;
	/** Empty: the part of the plan has printed its own. */
	titre: string;
	entrees: { sigle: string; developpe: string; definition: string }[];
}

/** One annex, or nothing when there is nothing to explain. */
export function glossaireBlocs(
	{ glossaire }: ArchivePacte,
	print: Imprimeur,
	{ rang, repere, titre }: Pick<Entete, 'rang' | 'repere' | 'titre'>
): BlocGlossaire[] {
	const entrees = glossaire.map(({ sigle, developpe, definition }) => ({
		sigle: print.texte(sigle, LIEU),
		developpe: print.texte(developpe, LIEU),
		definition: print.texte(definition, LIEU)
	}));
	return entrees.length === 0 ? [] : [{ type: 'glossaire', rang, repere, titre, entrees }];
}

const LIEU = 'Glossaire';
