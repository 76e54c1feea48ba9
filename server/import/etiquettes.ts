import type { CleDeChamp } from '#lib/import/proposition.ts';
import { fold, tidy } from './mots.ts';
import { LONGUEUR_REPERE, type Ligne } from './lignes.ts';

/** What a label of a fiche announces: one of its fields, or one of the short values that every model has. */
export type CleDEtiquette = CleDeChamp | 'pilote' | 'partenaires' | 'echeance' | 'axe';

export interface Etiquette {
	cle: CleDEtiquette;
	/** As printed, without its colon. */
	etiquette: string;
	/** What follows on the same line; empty when the value is on the next ones. */
	valeur: string;
	/** Nothing but the label's words: no colon, no value. */
	seule: boolean;
}

const DE_L_ACTION =
	"(?: (?:de (?:l'|cette )(?:action|operation)|d[ue] (?:ce )?projet|de (?:la|cette) (?:fiche(?:[ -]action)?|mesure|sous-action)))?";
const OEUVRE = '(?:œuvre|oeuvre)';

/**
 * The labels that pactes print, folded, « (s) » and the like left out. A label is whole: « objectifs » is one, « les
 * objectifs que nous visons » is not. The order settles what two lines would both accept.
 */
const MOTIFS: readonly [CleDEtiquette, RegExp][] = (
	[
		['axe', '(?:axes?|orientations?)(?: (?:de rattachement|strategiques?|concernee?s?|du pacte))+|axes?'],
		[
			'financeurs',
			'(?:financeurs?|(?:co-?)?financements?|(?:sources?|plan) de financement|partenaires? financiers?)(?: (?:mobilises?|sollicites?|mobilisables?|potentiels?|prevus?|envisages?|previsionnels?))*'
		],
		[
			'partenaires',
			"(?:les )?(?:principaux )?(?:partenaires?|partenariats?|acteurs? (?=a |mobilises?|associes?|concernes?|impliques?))(?: ?(?:a (?:mobiliser|associer|impliquer)|mobilises?|associes?|concernes?|impliques?|potentiels?|operationnels?|techniques?|institutionnels?|identifies?|engages?|pressentis?|mobilisables?|et acteurs?|de l'action|du projet))*"
		],
		[
			'pilote',
			`(?:co-?)?pilotes?(?: (?:operationnels?|strategiques?|techniques?|principal|principaux|et co-?pilotes?))*${DE_L_ACTION}|pilotage${DE_L_ACTION}|(?:porteurs?|structures? (?:porteuses?|pilotes?|responsables?)|responsables?|chefs? de file|maitres? d'ouvrage|maitrise d'ouvrage|referents?)${DE_L_ACTION}`
		],
		[
			'echeance',
			`echeances?(?: (?:de mises? en ${OEUVRE}|de realisation|previsionnelles?|prevues?|visees?|cibles?))*${DE_L_ACTION}|dates?(?: (?:de mises? en ${OEUVRE}|de realisation|de demarrage|de debut|previsionnelles?|prevues?|cibles?|limites?))+|delais?(?: (?:de mises? en ${OEUVRE}|de realisation|prevus?))*`
		],
		[
			'contexte',
			`(?:elements? de )?contexte(?: general)?(?: ?(?:et|/) ?(?:les )?(?:enjeux?|constats?|diagnostic|problematiques?|besoins?))?${DE_L_ACTION}|(?:diagnostic|constats?|enjeux?|problematiques?|justification|origine)(?: ?(?:et|/) ?(?:constats?|enjeux?|diagnostic|contexte|besoins?))?(?: de depart)?${DE_L_ACTION}`
		],
		[
			'finalite',
			`finalites?(?: (?:visees?|poursuivies?|et enjeux?))?${DE_L_ACTION}|buts?(?: (?:poursuivis?|vises?))?${DE_L_ACTION}`
		],
		[
			'objectifs',
			`objectifs?(?: (?:generaux|general|operationnels?|specifiques?|strategiques?|principal|principaux|vises?|poursuivis?|attendus?|cibles?|quantitatifs?|qualitatifs?))*${DE_L_ACTION}`
		],
		[
			'indicateurs',
			"indicateurs?(?: ?(?:de realisation|de suivi|de resultats?|de moyens?|de performance|de mesure|de reussite|d'evaluation|d'impact|d'activite|quantitatifs?|qualitatifs?|et|/|attendus?|retenus?|cibles?|de l'action))*|(?:criteres?|modalites?|methodes?|outils?) (?:d'evaluation|de suivi)(?: et (?:d'evaluation|de suivi))?|(?:suivi ?(?:et|/) ?)?evaluation(?: de l'action)?"
		],
		[
			'modalites',
			`modalites?(?: (?:pratiques?|operationnelles?|concretes?))?(?: (?:de mises? en ${OEUVRE}|de realisation|de deploiement))?${DE_L_ACTION}|mises? en ${OEUVRE}(?: operationnelle)?${DE_L_ACTION}|(?:description|descriptif|contenus?|deroulement|deroule)(?: (?:synthetique|detaillee?))?${DE_L_ACTION}|actions?(?: (?:a mener|a conduire|a mettre en ${OEUVRE}|prevues?|envisagees?|concretes?))?|moyens? (?:mis en ${OEUVRE}|a mettre en ${OEUVRE}|d'action)`
		],
		['livrables', 'livrables?(?: (?:attendus?|prevus?))?|productions? (?:attendues?|prevues?)'],
		[
			'etapes',
			`(?:principales |grandes )?etapes?(?: (?:cles?|de realisation|de mises? en ${OEUVRE}|prevues?|previsionnelles?))*${DE_L_ACTION}|jalons?|phases?|phasage`
		],
		[
			'public',
			`(?:types? de )?publics?(?: (?:cibles?|vises?|concernes?|prioritaires?|beneficiaires?|accueillis?))*|beneficiaires?(?: (?:vises?|concernes?))?${DE_L_ACTION}|personnes (?:concernees|visees)`
		],
		[
			'territoire',
			`territoires?(?: (?:concernes?|d'intervention|cibles?|vises?))*${DE_L_ACTION}|(?:perimetre|secteur|zone|couverture|echelle)(?: (?:geographique|territoriale?|d'intervention|concernee?))+|lieux?${DE_L_ACTION}`
		],
		[
			'calendrier',
			`calendriers?(?: (?:previsionnels?|de realisation|de mises? en ${OEUVRE}|prevus?))*${DE_L_ACTION}|(?:planning|echeancier|periode|duree)(?: (?:previsionnel(?:le)?|de realisation|de mises? en ${OEUVRE}))*${DE_L_ACTION}`
		],
		[
			'budget',
			`(?:budgets?|couts?|montants?)(?: (?:previsionnels?|global|globaux|totale?|estimes?|estimatifs?|annuels?))*${DE_L_ACTION}|moyens? (?:financiers?|budgetaires?)`
		],
		[
			'liens',
			'(?:liens?|articulations?|coherence) (?:avec|entre) .{1,60}|liens?|articulations?|fiches? (?:liees?|connexes?)|schemas? (?:lies?|concernes?)'
		],
		['observations', 'observations?|remarques?|commentaires?|notes?|informations? complementaires?'],
		[
			'conditions',
			`conditions? (?:de|pour la) (?:reussite|succes|mise en ${OEUVRE})|(?:facteurs?|cles?)(?: cles?)? (?:de|du) (?:reussite|succes)|points? (?:de vigilance|d'attention|d'appui)|freins?(?: et leviers?)?|leviers?(?: et freins?)?`
		],
		[
			'resultats',
			`(?:resultats?|effets?|impacts?|changements?)(?: (?:attendus?|vises?|escomptes?|recherches?))*${DE_L_ACTION}`
		]
	] as const
).map(([cle, motif]) => [cle, new RegExp(`^(?:${motif})$`)]);

const PREMIERS_MOTS = new Set(
	(
		'axe axes orientation orientations financeur financeurs financement financements cofinancement cofinancements co-financement co-financements ' +
		'source sources plan partenaire partenaires partenariat partenariats acteur acteurs les principaux pilote pilotes copilote copilotes co-pilote ' +
		'co-pilotes pilotage porteur porteurs structure structures responsable responsables chef chefs maitre maitres maitrise referent referents ' +
		'echeance echeances date dates delai delais element elements contexte diagnostic constat constats enjeu enjeux problematique problematiques ' +
		'justification origine finalite finalites but buts objectif objectifs indicateur indicateurs critere criteres methode methodes outil outils suivi ' +
		'evaluation modalite modalites mise mises description descriptif contenu contenus deroulement deroule action actions moyen moyens livrable livrables ' +
		'production productions principales grandes etape etapes jalon jalons phase phases phasage type types public publics beneficiaire beneficiaires ' +
		'personnes territoire territoires perimetre secteur zone couverture echelle lieu lieux calendrier calendriers planning echeancier periode duree ' +
		'budget budgets cout couts montant montants lien liens articulation articulations coherence fiche fiches schema schemas observation observations ' +
		'remarque remarques commentaire commentaires note notes information informations condition conditions facteur facteurs cle cles point points frein ' +
		'freins levier leviers resultat resultats effet effets impact impacts changement changements'
	).split(' ')
);

const LONGUEUR_MAXIMALE = 80;
const DEUX_POINTS = /\s*:\s*/;
const COLONNE = /\s*\t\s*|\s{3,}/;
const TIRET = /\s[–—-]\s+/;

/** The meaning of a label that stands alone (« Objectif(s) de l'action »), or null. */
export function readCle(etiquette: string): CleDEtiquette | null {
	if (etiquette.length > LONGUEUR_MAXIMALE) return null;
	const plie = fold(etiquette)
		.replace(/\([^)]{0,20}\)/g, '')
		.replace(/\s+/g, ' ')
		.trim();
	if (!PREMIERS_MOTS.has(/^[a-z-]*/.exec(plie)![0])) return null;
	return MOTIFS.find(([, motif]) => motif.test(plie))?.[0] ?? null;
}

/** The labels of a line, when it begins with one: « Échéance : 2025   Partenaires à mobiliser : » has two. */
export function readEtiquettes(
	ligne: Pick<Ligne, 'texte' | 'plie'> & Partial<Pick<Ligne, 'etiquettes'>>
): readonly Etiquette[] {
	return (ligne.etiquettes ??= beginsLikeOne(ligne.plie) ? readDepuis(ligne.texte) : AUCUNE);
}

const AUCUNE: readonly Etiquette[] = [];

function beginsLikeOne(plie: string): boolean {
	return PREMIERS_MOTS.has(/^[a-z-]*/.exec(plie)![0].replace(/-$/, ''));
}

function readDepuis(texte: string): Etiquette[] {
	const premiere = readPremiere(texte);
	if (premiere === null) return [];
	const { enColonne, ...etiquette } = premiere;
	// « Pilote de l'action    Partenaires mobilisés »: the heads of two columns.
	if (enColonne && etiquette.valeur.split(COLONNE).every((tete) => readCle(tete) !== null))
		return [{ ...etiquette, valeur: '' }, ...readDepuis(etiquette.valeur)];
	const [valeur, suivantes] = splitSuivantes(etiquette.valeur);
	return [{ ...etiquette, valeur }, ...suivantes];
}

function readPremiere(texte: string): (Etiquette & { enColonne: boolean }) | null {
	const debut = texte.slice(0, LONGUEUR_MAXIMALE + 10);
	// « Pilote : CAF », then « Pilote    CAF », then « Pilote – CAF », then « Pilote ».
	for (const separateur of [DEUX_POINTS, COLONNE, TIRET]) {
		const trouve = separateur.exec(debut);
		if (trouve === null || trouve.index === 0) continue;
		const cle = readCle(texte.slice(0, trouve.index));
		if (cle === null) continue;
		const valeur = texte.slice(trouve.index + trouve[0].length).trim();
		const etiquette = tidy(texte.slice(0, trouve.index));
		return { cle, etiquette, valeur, seule: false, enColonne: separateur === COLONNE };
	}
	const cle = readCle(texte);
	return cle === null ? null : { cle, etiquette: tidy(texte), valeur: '', seule: true, enColonne: false };
}

/** Looks for a second label in what follows the first: after a column, or before another colon. */
function splitSuivantes(valeur: string): [valeur: string, suivantes: Etiquette[]] {
	if (valeur.length > LONGUEUR_REPERE) return [valeur, []];
	for (const { index } of valeur.slice(0, 200).matchAll(/\t|\s:|:/g)) {
		if (valeur[index] === '\t') {
			const suivantes = readDepuis(valeur.slice(index).trim());
			if (suivantes.length > 0) return [valeur.slice(0, index).trim(), suivantes];
			continue;
		}
		for (const mot of valeur.slice(0, index).matchAll(/(?<=^|\s)\p{Lu}/gu)) {
			if (readCle(valeur.slice(mot.index, index)) === null) continue;
			return [valeur.slice(0, mot.index).trim(), readDepuis(valeur.slice(mot.index))];
		}
	}
	return [valeur, []];
}
