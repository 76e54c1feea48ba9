import type { DocumentImprime, Imprimeur } from '../assemble.ts';

/** What each person holds, so that the rotation goes on without any screen. Eight to a page, to cut. */
export interface FeuillesDeRoute {
	type: 'feuilles_de_route';
	seance: string;
	feuilles: FeuilleDeRoute[];
}

export interface FeuilleDeRoute {
	place: number;
	organisme: string;
	/** Table by table, in the order of the rounds. */
	etapes: { tour: number; table: string }[];
	/** As SVG. */
	qr: string;
}

export interface BlocFeuillesDeRoute extends Omit<FeuillesDeRoute, 'type'> {
	type: 'feuillesDeRoute';
	titre: string;
}

export function assembleFeuillesDeRoute({ seance, feuilles }: FeuillesDeRoute, print: Imprimeur): DocumentImprime {
	const texte = (source: string) => print.texte(source, 'Feuille de route');
	const titre = texte(`Feuilles de route — ${seance}`);
	const bloc: BlocFeuillesDeRoute = {
		type: 'feuillesDeRoute',
		titre,
		seance: texte(seance),
		feuilles: feuilles.map((feuille) => ({ ...feuille, organisme: texte(feuille.organisme) }))
	};
	return { titre, pied: texte(seance), blocs: [bloc] };
}
