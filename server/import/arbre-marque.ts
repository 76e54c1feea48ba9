import type { ArbreLu } from './arbre.ts';
import type { Bloc, Liste, Titre } from './blocs.ts';
import { readIntitule } from './intitules.ts';
import { readLigne } from './lignes.ts';
import { niveauDeListe } from './listes-de-branches.ts';
import { fold, tidy } from './mots.ts';
import { readTitresCodes } from './synthese.ts';

/** A branch whose text is being read: its place in the tree, the depth of its heading. */
interface Ouverte {
	noeud: number;
	profondeur: number;
}

/** So many headings that name a level and its number make a tree. */
const BRANCHES_MINIMUM = 2;

/**
 * The tree of a text without fiches whose file marks its headings: « ## Axe 1 : … », an intertitle, « ### Préconisations » and their
 * list; what stands beside explains the branch. Null when its headings name no branches.
 */
export function readArbreMarque(blocs: readonly Bloc[]): ArbreLu | null {
	const lecteur = new Lecteur();
	for (const [i, bloc] of blocs.entries()) lecteur.read(bloc, blocs[i + 1], blocs[i + 2]);
	return lecteur.branches >= BRANCHES_MINIMUM ? lecteur.arbre : null;
}

class Lecteur {
	readonly arbre: ArbreLu = { noeuds: [], parents: [], explications: [], pris: new Set(), doutes: [] };
	branches = 0;
	#pile: Ouverte[] = [];

	read(bloc: Bloc, suite: Bloc | undefined, apres: Bloc | undefined): void {
		if (this.arbre.pris.has(bloc)) return;
		const profondeur = profondeurOf(bloc);
		if (profondeur > 0) this.#pile = this.#pile.filter((ouverte) => ouverte.profondeur < profondeur);
		if (profondeur > 0 && this.#openBranche(bloc as Titre, profondeur)) return;
		const ouverte = this.#pile.at(-1);
		if (ouverte === undefined) return;
		this.arbre.pris.add(bloc);
		if (profondeur === 0) return this.#explain(ouverte.noeud, bloc);
		const titre = bloc as Titre;
		const niveau = niveauDeListe(fold(titre.texte));
		if (niveau !== null && suite?.genre === 'liste') return this.#addListe(ouverte.noeud, niveau, suite);
		const isIntertitre = profondeurOf(suite) > profondeur && apres?.genre === 'liste' && isTitreDeListe(suite);
		if (isIntertitre) this.#pile.push({ noeud: this.#add('intertitre', '', titre, ouverte.noeud), profondeur });
		else if (!/^explications?$/.test(fold(titre.texte))) this.#explain(ouverte.noeud, bloc);
	}

	#openBranche(titre: Titre, profondeur: number): boolean {
		const intitule = readIntitule(readLigne(titre.texte, 0));
		if (intitule === null || intitule.niveau === null || intitule.code === '' || intitule.titre === '') return false;
		const parent = this.#pile.at(-1)?.noeud ?? -1;
		const noeud = this.#add(intitule.niveau, intitule.code, { ...titre, texte: intitule.titre }, parent);
		this.#pile.push({ noeud, profondeur });
		this.arbre.pris.add(titre);
		this.branches++;
		return true;
	}

	#add(niveau: string, code: string, { texte, debut }: Pick<Titre, 'texte' | 'debut'>, parent: number): number {
		this.arbre.noeuds.push({ niveau, code, titre: tidy(texte), ligne: debut });
		this.arbre.parents.push(parent);
		return this.arbre.noeuds.length - 1;
	}

	#addListe(parent: number, niveau: string, liste: Liste): void {
		this.arbre.pris.add(liste);
		const items = liste.items.filter(({ sous }) => !sous);
		for (const [i, { code, titre }] of readTitresCodes(items.map(({ texte }) => texte)).entries())
			this.#add(niveau, items[i]!.rang ?? code, { texte: titre, debut: items[i]!.debut }, parent);
	}

	#explain(noeud: number, bloc: Bloc): void {
		const deja = this.arbre.explications.find((explication) => explication.noeud === noeud);
		if (deja) deja.blocs.push(bloc);
		else this.arbre.explications.push({ noeud, blocs: [bloc] });
	}
}

function profondeurOf(bloc: Bloc | undefined): number {
	return bloc?.genre === 'titre' && bloc.style.startsWith('#') ? bloc.style.length : 0;
}

function isTitreDeListe(bloc: Bloc | undefined): boolean {
	return bloc?.genre === 'titre' && niveauDeListe(fold(bloc.texte)) !== null;
}
