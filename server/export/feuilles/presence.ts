import type { DocumentImprime, Imprimeur } from '../assemble.ts';

/** What people sign when they come in. */
export interface FeuilleDePresence {
	type: 'presence';
	pacte: string;
	seance: string;
	/** When, where, of which instance: shown in this order. */
	faits: { etiquette: string; valeur: string }[];
	/** A line for each person expected; those of nobody are empty. */
	lignes: { organisme: string; nombre: number }[];
}

export interface BlocPresence {
	type: 'presence';
	titre: string;
	faits: { etiquette: string; valeur: string }[];
	colonnes: string[];
	/** The organisme of each line to sign; empty for who comes unexpected. */
	lignes: string[];
}

/** Lines left for those whom nobody expected. */
const LIGNES_LIBRES = 6;
/** Beyond, a sheet would be a book. */
const LIGNES_PAR_ORGANISME = 60;

export function assemblePresence(feuille: FeuilleDePresence, print: Imprimeur): DocumentImprime {
	const texte = (source: string) => print.texte(source, 'Feuille de présence');
	const titre = texte(`Feuille de présence — ${feuille.seance}`);
	const expected = feuille.lignes.flatMap(({ organisme, nombre }) =>
		Array.from({ length: Math.min(LIGNES_PAR_ORGANISME, Math.max(1, nombre)) }, () => texte(organisme))
	);
	const bloc: BlocPresence = {
		type: 'presence',
		titre,
		faits: feuille.faits.map(({ etiquette, valeur }) => ({ etiquette, valeur: texte(valeur) })),
		colonnes: ['Organisme', 'Nom et fonction', 'Signature'],
		lignes: [...expected, ...Array.from({ length: LIGNES_LIBRES }, () => '')]
	};
	return { titre, pied: texte(feuille.pacte), blocs: [bloc] };
}
