import { bilanInWords, NOM_DE_L_ETAT_ACTION } from '#lib/bilan/bilan.ts';
import type { ArchivePacte } from '#lib/pactes/archive.ts';
import type { Imprimeur, Tete } from '../assemble.ts';

/** What the previous pacte did. */
export interface BlocBilan extends Tete {
	type: 'bilan';
	intitule: string;
	/** « 17 actions sur 21 réalisées, soit 81 % »; empty without actions. */
	phrase: string;
	/** Action, state, years, comment. */
	actions: string[][];
	/** The names of the columns, then the rows; empty without indicators. */
	colonnes: string[];
	indicateurs: string[][];
	ameliorations: string[];
}

export function printBilan(archive: ArchivePacte, tete: Tete, print: Imprimeur): BlocBilan[] {
	const { intitule, annees, actions, indicateurs, ameliorations } = archive.parties.bilan;
	if (actions.length + indicateurs.length + ameliorations.length === 0) return [];
	const texte = (source: string) => print.texte(source, 'Bilan du pacte précédent');
	return [
		{
			type: 'bilan',
			...tete,
			intitule: texte(intitule),
			phrase: bilanInWords(actions),
			actions: actions.map(({ titre, etat, annees: quand, commentaire }) => [
				texte(titre),
				NOM_DE_L_ETAT_ACTION[etat],
				texte(quand),
				texte(commentaire)
			]),
			colonnes: indicateurs.length === 0 ? [] : ['Indicateur', ...annees.map(String)],
			indicateurs: indicateurs.map(({ libelle, valeurs }) => [
				texte(libelle),
				...annees.map((annee) => texte(valeurs[annee] ?? '') || '\u2014')
			]),
			ameliorations: ameliorations.map(texte)
		}
	];
}
