import type { ActeEnAttente } from './file-d-actes.ts';
import type { NatureDeCarte, SourceDeCarte } from './salle.ts';
import type { CarteVue, VueSiege } from './vue-siege.ts';

/** A card as the page lists it: one that this device has not been able to send yet is there too. */
export interface CarteAffichee extends CarteVue {
	enAttente?: boolean;
}

export interface VueAffichee extends VueSiege {
	cartes: CarteAffichee[];
}

/** What a seat is shown, as if the acts that wait on its device were done: what one does is seen at once, with or without network. */
export function avecAttente(vue: VueSiege, actes: readonly ActeEnAttente[]): VueAffichee {
	return actes.reduce<VueAffichee>(applied, vue);
}

function applied(vue: VueAffichee, { cle, acte, donnees }: ActeEnAttente): VueAffichee {
	switch (acte) {
		case 'ajouterCarte':
			return { ...vue, cartes: [...vue.cartes, carteEnAttente(vue, cle, donnees)] };
		case 'modifierCarte':
			return changed(vue, donnees.carte, (carte) => ({
				...carte,
				texte: donnees.texte as string,
				nature: donnees.nature as NatureDeCarte,
				enAttente: true
			}));
		case 'retirerCarte':
			return changed(vue, donnees.carte, () => null);
		case 'choisirPepite':
			return changed(vue, donnees.carte, (carte) => ({ ...carte, pepite: donnees.oui ? (carte.pepite ?? 0) : null }));
		case 'choisirSurprise':
			return changed(vue, donnees.carte, (carte) => ({ ...carte, surprise: donnees.oui === true }));
		case 'appelerAnimateur':
			return { ...vue, table: vue.table && { ...vue.table, aide: donnees.oui === true } };
		case 'avoirFini':
			return { ...vue, table: vue.table && { ...vue.table, finie: donnees.oui === true } };
		case 'voter':
			return voted(vue, donnees.objet as string, donnees.points as number);
		default:
			return vue;
	}
}

function carteEnAttente(vue: VueSiege, cle: string, donnees: Record<string, unknown>): CarteAffichee {
	return {
		id: cle,
		nature: donnees.nature as NatureDeCarte,
		texte: donnees.texte as string,
		source: donnees.source as SourceDeCarte,
		tour: vue.etape?.tour ?? null,
		mienne: true,
		privee: vue.etape?.prive ?? false,
		attente: false,
		pepite: null,
		surprise: false,
		enAttente: true
	};
}

function changed(vue: VueAffichee, id: unknown, change: (carte: CarteAffichee) => CarteAffichee | null): VueAffichee {
	const of = (cartes: CarteAffichee[]) => cartes.flatMap((carte) => (carte.id === id ? (change(carte) ?? []) : carte));
	return { ...vue, cartes: of(vue.cartes), avant: of(vue.avant), ailleurs: of(vue.ailleurs) };
}

function voted(vue: VueAffichee, objet: string, points: number): VueAffichee {
	const former = vue.objets.find(({ id }) => id === objet)?.mes ?? 0;
	return {
		...vue,
		scrutin: vue.scrutin && { ...vue.scrutin, reste: vue.scrutin.reste + former - points },
		objets: vue.objets.map((each) => (each.id === objet ? { ...each, mes: points } : each))
	};
}
