import type { Forme } from './salle.ts';

export const NOM_DE_LA_FORME: Record<Forme, string> = {
	cercle: 'cercle',
	carre: 'carré',
	triangle: 'triangle',
	losange: 'losange',
	etoile: 'étoile',
	hexagone: 'hexagone',
	croix: 'croix',
	goutte: 'goutte'
};

/** Outlines in a square of 24: what is drawn on screens and on printed cards. */
export const TRACE_DE_LA_FORME: Record<Forme, string> = {
	cercle: 'M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20z',
	carre: 'M3 3h18v18H3z',
	triangle: 'M12 2.5L23 21.5H1z',
	losange: 'M12 1L22 12L12 23L2 12z',
	etoile: 'M12 1l3.1 7.2l7.9.7l-6 5.2l1.8 7.7L12 17.7l-6.8 4.1L7 14.1L1 8.9l7.9-.7z',
	hexagone: 'M12 1l9.5 5.5v11L12 23l-9.5-5.5v-11z',
	croix: 'M8.5 1.5h7v7h7v7h-7v7h-7v-7h-7v-7h7z',
	goutte: 'M12 1C16.5 7 20 10.8 20 15a8 8 0 0 1-16 0C4 10.8 7.5 7 12 1z'
};

/** « Table 3 · triangle · Se déplacer »: a number first, that tells tables apart. */
export function tableEnMots({ numero, nom, forme }: { numero: number; nom: string; forme: Forme }): string {
	return [`Table\u00a0${numero}`, NOM_DE_LA_FORME[forme], nom].filter(Boolean).join(' · ');
}
