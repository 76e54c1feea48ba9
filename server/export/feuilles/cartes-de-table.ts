import type { DocumentImprime, Imprimeur } from '../assemble.ts';

/** What stands on each table: how to join there. Four to a page, to cut. */
export interface CartesDeTable {
	type: 'cartes_de_table';
	seance: string;
	/** « pacte.example.fr/r » */
	adresse: string;
	/** « 482 193 » */
	code: string;
	cartes: CarteDeTable[];
}

export interface CarteDeTable {
	numero: number;
	/** « losange » */
	forme: string;
	nom: string;
	/** Drawings, as SVG. */
	dessin: string;
	qr: string;
}

export interface BlocCartesDeTable extends Omit<CartesDeTable, 'type'> {
	type: 'cartesDeTable';
	titre: string;
}

export function assembleCartesDeTable(feuille: CartesDeTable, print: Imprimeur): DocumentImprime {
	const texte = (source: string) => print.texte(source, 'Carte de table');
	const { adresse, code, cartes } = feuille;
	const seance = texte(feuille.seance);
	const titre = texte(`Cartes de table — ${feuille.seance}`);
	const bloc: BlocCartesDeTable = {
		type: 'cartesDeTable',
		titre,
		seance,
		adresse,
		code,
		cartes: cartes.map((carte) => ({ ...carte, nom: texte(carte.nom) }))
	};
	return { titre, pied: seance, blocs: [bloc] };
}
