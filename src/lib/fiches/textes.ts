import { listed } from '#lib/format.ts';

/** How a field that is required and empty is named, for the fields of the models that ship. */
export const MANQUES: Record<string, string> = {
	description: 'Description manquante',
	finalite: 'Finalité manquante',
	objectifs: 'Objectifs manquants',
	modalites: 'Modalités manquantes',
	indicateurs: 'Indicateurs manquants',
	echeance: 'Échéance manquante',
	partenaires: 'Partenaires manquants',
	pilotes: 'Pilote manquant'
};

/** « La Mission locale écrit ici », « La CAF et la MSA écrivent ici »: each body or person once. */
export function sentenceOf(names: readonly string[]): string {
	const each = [...new Set(names)];
	const said = listed(each);
	return `${said.charAt(0).toUpperCase()}${said.slice(1)} ${each.length > 1 ? 'écrivent' : 'écrit'} ici`;
}
