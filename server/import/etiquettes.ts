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
			"(?:les )?(?:principaux )?(?:(?:structures?|organismes?|institutions?|services?) (?=partenaires?|associee?s?|impliquee?s?|mobilisee?s?|contributeurs?|contributrices?)|partenaires?|partenariats?|co-?contributeurs?|contributeurs?|parties prenantes|acteurs? (?=a |mobilises?|associes?|concernes?|impliques?)|acteurs?(?: et partenaires)?$)(?: ?(?:a (?:mobiliser|associer|impliquer)|partenaires?|contributeurs?|contributrices?|mobilisee?s?|associee?s?|concernes?|impliquee?s?|potentiels?|operationnels?|techniques?|institutionnels?|identifies?|engages?|pressentis?|mobilisables?|et acteurs?|de l'action|du projet))*"
		],
		[
			'pilote',
			`(?:co-?)?pilotes?(?: (?:operationnels?|strategiques?|techniques?|principal|principaux|et co-?pilotes?))*${DE_L_ACTION}|(?:co-?)?pilotage(?: et coordination)?${DE_L_ACTION}|(?:(?:co-?)?porteurs?|(?:structures?|services?|directions?|organismes?|institutions?|entites?) (?:porteuses?|porteurs?|pilotes?|responsables?|referente?s?|chef(?:fe)?s? de file)|responsables?|chef(?:fe)?s? de (?:file|projet)|animat(?:eur|rice)s?|coordinat(?:eur|rice)s?|coordonnat(?:eur|rice)s?|(?:animation|coordination)(?: et (?:animation|coordination|suivi))?|maitres? d'ouvrage|maitrise d'ouvrage|referents?)${DE_L_ACTION}`
		],
		[
			'echeance',
			`echeances?(?: (?:de mises? en ${OEUVRE}|de realisation|previsionnelles?|prevues?|visees?|cibles?))*${DE_L_ACTION}|dates?(?: (?:de mises? en ${OEUVRE}|de realisation|de demarrage|de debut|previsionnelles?|prevues?|cibles?|limites?))+|delais?(?: (?:de mises? en ${OEUVRE}|de realisation|prevus?))*`
		],
		[
			'contexte',
			`(?:elements? de )?contexte(?: general)?(?: ?(?:et|/) ?(?:les )?(?:enjeux?|constats?|diagnostic|problematiques?|besoins?))?${DE_L_ACTION}|(?:(?:elements? (?:de |du ))?diagnostic|constats?|enjeux?|problematiques?|justification|origine|etat des lieux|points? de depart|situation (?:actuelle|de depart|initiale)|besoins? (?:identifies?|reperes?|constates?)|pourquoi cette action)(?: ?(?:et|/) ?(?:constats?|enjeux?|diagnostic|contexte|besoins?))?(?: de depart)?${DE_L_ACTION}`
		],
		[
			'finalite',
			`finalites?(?: (?:visees?|poursuivies?|et enjeux?))?${DE_L_ACTION}|buts?(?: (?:poursuivis?|vises?))?${DE_L_ACTION}|(?:ambitions?|intentions?|visees?|raison d'etre)${DE_L_ACTION}`
		],
		[
			'objectifs',
			`objectifs?(?: (?:generaux|general|operationnels?|specifiques?|strategiques?|principal|principaux|vises?|poursuivis?|attendus?|cibles?|quantitatifs?|qualitatifs?))*${DE_L_ACTION}`
		],
		[
			'indicateurs',
			"indicateurs?(?: ?(?:de realisation|de suivi|de resultats?|de moyens?|de performance|de mesure|de reussite|d'evaluation|d'impact|d'activite|quantitatifs?|qualitatifs?|et|/|attendus?|retenus?|cibles?|de l'action))*|(?:criteres?|modalites?|methodes?|outils?) (?:d'evaluation|de suivi|de reussite)(?: et (?:d'evaluation|de suivi))?|(?:suivi ?(?:et|/) ?)?evaluation(?: de l'action)?|(?:reperes?|elements?|mesures?|donnees) (?:de suivi|d'evaluation|de reussite)|criteres? de (?:succes|resultats?)"
		],
		[
			'modalites',
			`modalites?(?: (?:pratiques?|operationnelles?|concretes?))?(?: (?:de mises? en ${OEUVRE}|de realisation|de deploiement))?${DE_L_ACTION}|mises? en ${OEUVRE}(?: operationnelle)?${DE_L_ACTION}|(?:description|descriptif|presentation|contenus?|deroulement|deroule|demarche|methode|mode operatoire|plan d'actions?|activites|operationnalisation)(?: (?:synthetique|detaillee?|prevue?s?|envisagee?s?))?${DE_L_ACTION}|actions?(?: (?:a mener|a conduire|a mettre en ${OEUVRE}|prevues?|envisagees?|concretes?))?|moyens? (?:mis en ${OEUVRE}|a mettre en ${OEUVRE}|d'action)`
		],
		['livrables', 'livrables?(?: (?:attendus?|prevus?))?|productions? (?:attendues?|prevues?)'],
		[
			'etapes',
			`(?:principales |grandes )?etapes?(?: (?:cles?|de realisation|de mises? en ${OEUVRE}|prevues?|previsionnelles?))*${DE_L_ACTION}|jalons?|phases?|phasage`
		],
		[
			'public',
			`(?:types? de )?publics?(?: (?:cibles?|vises?|concernes?|prioritaires?|beneficiaires?|accueillis?))*|beneficiaires?(?: (?:vises?|concernes?))?${DE_L_ACTION}|destinataires?|populations? (?:cibles?|visees?|concernees?)|cibles? visees?|personnes (?:concernees|visees)`
		],
		[
			'territoire',
			`territoires?(?: (?:concernes?|d'intervention|cibles?|vises?))*${DE_L_ACTION}|(?:perimetre|secteur|zone|couverture|echelle)(?: (?:geographique|territoriale?|d'intervention|concernee?))+|lieux?${DE_L_ACTION}|localisation|implantation`
		],
		[
			'calendrier',
			`calendriers?(?: (?:previsionnels?|de realisation|de mises? en ${OEUVRE}|prevus?))*${DE_L_ACTION}|(?:planning|planification|temporalite|echeancier|periode|duree)(?: (?:previsionnel(?:le)?|de realisation|de mises? en ${OEUVRE}))*${DE_L_ACTION}`
		],
		[
			'budget',
			`(?:budgets?|couts?|montants?)(?: (?:previsionnels?|global|globaux|totale?|estimes?|estimatifs?|annuels?))*${DE_L_ACTION}|moyens?(?: (?:financiers?|budgetaires?|humains et financiers|financiers et humains|mobilises?|necessaires?|alloues?|prevus?))?|chiffrage|enveloppe(?: (?:previsionnelle|financiere|budgetaire))?`
		],
		[
			'liens',
			'(?:liens?|articulations?|coherence) (?:avec|entre) .{1,60}|liens?|articulations?|fiches? (?:liees?|connexes?)|schemas? (?:lies?|concernes?)'
		],
		['observations', 'observations?|remarques?|commentaires?|notes?|informations? complementaires?'],
		[
			'conditions',
			`conditions? (?:de|pour la) (?:reussite|succes|mise en ${OEUVRE})|(?:facteurs?|cles?)(?: cles?)? (?:de|du) (?:reussite|succes)|points? (?:de vigilance|d'attention|d'appui)|freins?(?: et leviers?)?|leviers?(?: et freins?)?|pour reussir|prerequis|pre-requis`
		],
		[
			'resultats',
			`(?:resultats?|effets?|impacts?|changements?)(?: (?:attendus?|vises?|escomptes?|recherches?))*${DE_L_ACTION}`
		]
	] as const
).map(([cle, motif]) => [cle, new RegExp(`^(?:${motif})$`)]);

/** « Qui pilote ? », « Pour qui ? »: the same labels, asked. Folded, without their mark. */
const QUESTIONS: readonly [CleDEtiquette, RegExp][] = (
	[
		['financeurs', 'qui (?:finance|paie|paye)(?: .{1,40})?|avec quel argent'],
		[
			'pilote',
			"(?:par )?qui(?: est-ce qui)? (?:(?:co-?)?pilote|porte|dirige|conduit|coordonne|anime|agit|fait(?: quoi)?|s'en (?:charge|occupe)|en est responsable|est (?:le |la |l')?(?:(?:co-?)?pilote|porteur|porteuse|chef de file|referent|responsable|charge))(?: .{1,40})?"
		],
		[
			'partenaires',
			"avec (?:qui|l'aide de qui|quels? (?:partenaires?|acteurs?|appuis?))(?: .{1,40})?|qui (?:participe|contribue|s'associe|aide|accompagne|d'autre|intervient|est (?:associe|implique|partenaire))(?: .{1,40})?"
		],
		[
			'public',
			'(?:pour|aupres de|envers) qui(?: .{1,40})?|a qui .{1,50}|qui (?:est concerne|en beneficie|beneficie|sont les beneficiaires)(?: .{1,40})?'
		],
		[
			'contexte',
			"pourquoi(?: .{1,50})?|(?:d'ou|de quoi) part(?:ons-nous|-on|ent).{0,30}|que (?:constat|observ|sav|voy)\\S{1,12}(?: .{1,40})?|ou en (?:est-on|sommes-nous)(?: .{1,30})?"
		],
		[
			'objectifs',
			"(?:que|qu'est-ce que)(?: nous| l'on| on)? (?:voul|veut|vis|cherch|souhait)\\S{0,12}(?: .{1,50})?|pour quoi(?: faire)?|(?:dans|a) quelle? (?:but|fin|intention)(?: .{1,40})?|vers quoi.{0,40}"
		],
		[
			'indicateurs',
			"(?:comment|a quoi|par quoi) (?:nous |l'on |on )?(?:le |la |les |l'|en )?(?:sau|mesur|evalu|verr|verif|suiv|reconn|savoir|juge|va-t-on (?:mesur|evalu|suivre|savoir))\\S{0,14}(?: .{1,60})?|qu'est-ce qui (?:dira|montrera|prouvera|aura change)(?: .{1,50})?"
		],
		[
			'modalites',
			"(?:comment|quoi|de quoi s'agit-il|en quoi .{1,40})(?: (?:faire|(?:nous |on |l'on )(?:fer|fai|agi|proced|allons|va ).{0,30}|s'y prend\\S{1,10}|agi\\S{1,6}|faisons-nous|ferons-nous|fait-on|va-t-on .{1,30}|.{0,30}mettre en (?:œuvre|oeuvre).{0,20}))?|(?:que|qu'allons-nous|que va-t-on|qu'est-ce qu'on|(?:qu'est-ce )?que (?:nous|l'on|on))(?: allons| va)? (?:fai|fer|propos|prevo|mett|met)\\S{0,14}(?: .{1,40})?"
		],
		['echeance', "(?:pour |d'ici |des )?quand(?: .{1,40})?"],
		['territoire', 'ou(?: (?:cela |ca )?(?:se|agi|est|a|sera|intervient)\\S{0,12}.{0,30})?'],
		[
			'budget',
			'combien(?: .{1,40})?|a quel (?:prix|cout)(?: .{1,30})?|avec quoi|(?:avec )?quels? moyens?(?: .{1,40})?'
		],
		[
			'conditions',
			"a quelles? conditions?(?: .{1,40})?|de quoi (?:avons-nous|a-t-on) besoin|qu'est-ce qui (?:peut|pourrait|risque|bloque).{0,50}"
		],
		['livrables', 'que (?:produi|livr|remet)\\S{0,14}(?: .{1,40})?']
	] as const
).map(([cle, motif]) => [cle, new RegExp(`^(?:${motif})$`)]);

/** « Quels objectifs ? », « Sur quel territoire ? », « Quelles sont les étapes ? »: the label stands in the question. */
const ADJECTIF =
	/^(?:(?:avec|sur|pour|a|dans|selon) )?quel(?:le)?s?(?: (?:est|sont|seront|sera))?(?: (?:les?|la|l'|nos|notre))? ?/;
const PREMIERS_MOTS_DE_QUESTION =
	/^(?:qui|que|qu'|quoi|quand|quel|ou\b|comment|combien|pourquoi|pour |par |avec |aupres |envers |a q|d'|de quoi|en quoi|dans |sur |vers |des quand|selon )/;

function readQuestion(plie: string): CleDEtiquette | null {
	if (!PREMIERS_MOTS_DE_QUESTION.test(plie)) return null;
	const cle = QUESTIONS.find(([, motif]) => motif.test(plie))?.[0];
	if (cle !== undefined) return cle;
	const nue = plie.replace(ADJECTIF, '');
	return nue === plie ? null : readCle(nue);
}

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
		'copilotage co-pilotage coporteur coporteurs co-porteur co-porteurs organisme organismes institution institutions service services contributeur contributeurs ' +
		'parties cheffe cheffes direction directions entite entites animateur animateurs animatrice animation coordinateur coordinatrice coordonnateur coordonnatrice ' +
		'coordination etat situation besoin besoins pourquoi ambition ambitions intention intentions visee visees raison presentation demarche mode activites ' +
		'operationnalisation repere reperes mesure mesures donnees pour prerequis pre-requis chiffrage enveloppe planification temporalite destinataire ' +
		'destinataires population populations cible cibles localisation implantation ' +
		'remarque remarques commentaire commentaires note notes information informations condition conditions facteur facteurs cle cles point points frein ' +
		'freins levier leviers resultat resultats effet effets impact impacts changement changements'
	).split(' ')
);

const MOTS_D_ANNONCE = 6;
/** « Le déroulé : », « Nos objectifs : » */
const DETERMINANT = /^(?:l[ea]s?|nos|notre|leurs?)\s|^l['’]/iu;
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
	if (plie.endsWith('?')) return readQuestion(plie.slice(0, -1).trimEnd());
	return PREMIERS_MOTS.has(/^[a-z-]*/.exec(plie)![0]) ? readPliee(plie, /^\p{Lu}/u.test(etiquette)) : null;
}

/** `tete`: it begins as a label does; in lower case, words around a label are the end of a sentence. */
function readPliee(plie: string, tete: boolean): CleDEtiquette | null {
	const cle = MOTIFS.find(([, motif]) => motif.test(plie))?.[0];
	if (cle !== undefined || !tete) return cle ?? null;
	const [, nom = ''] = AVEC_ADJECTIF.exec(plie) ?? [];
	return nom === '' ? readDouble(plie) : readPliee(nom, false);
}

/** « Constats partagés », « Objectifs chiffrés »: one more word, that agrees. */
const AVEC_ADJECTIF =
	/^((?:objectif|constat|indicateur|partenaire|pilote|porteur|resultat|livrable|public|beneficiaire|etape|territoire|financeur|echeance)s|enjeux|modalites|contexte|calendrier|budget) [a-z-]{4,}(?:s|x|e|l|if|ant)$/;

/** « Coût et financement », « Porteur / co-porteurs »: two labels for one field; what mixes pilotes and partenaires is none. */
function readDouble(plie: string): CleDEtiquette | null {
	const cles = plie.split(/\s*\/\s*|\s*&\s*|\s+et\s+/).map((nom) => MOTIFS.find(([, motif]) => motif.test(nom))?.[0]);
	const [premiere] = cles;
	if (premiere === undefined || cles.length !== 2 || cles.includes(undefined)) return null;
	return cles[0] === cles[1] || !cles.some((cle) => cle === 'pilote' || cle === 'partenaires') ? premiere : null;
}

/** The labels of a line, when it begins with one: « Échéance : 2025   Partenaires à mobiliser : » has two. */
export function readEtiquettes(
	ligne: Pick<Ligne, 'texte' | 'plie'> & Partial<Pick<Ligne, 'etiquettes'>>
): readonly Etiquette[] {
	return (ligne.etiquettes ??= beginsLikeOne(ligne.plie) ? readDepuis(ligne.texte) : AUCUNE);
}

const AUCUNE: readonly Etiquette[] = [];

function beginsLikeOne(plie: string): boolean {
	if (
		PREMIERS_MOTS_DE_QUESTION.test(plie.replace(/^ce (?=qu)/, '')) &&
		/[?:]/.test(plie.slice(0, LONGUEUR_MAXIMALE + 2))
	)
		return true;
	const nue = plie.slice(0, LONGUEUR_MAXIMALE).includes(':') ? plie.replace(DETERMINANT, '') : plie;
	return PREMIERS_MOTS.has(/^[a-z-]*/.exec(nue)![0].replace(/-$/, ''));
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
		const imprimee = texte.slice(0, trouve.index);
		const cle = readCle(imprimee) ?? (separateur === DEUX_POINTS ? readAnnonce(imprimee) : null);
		if (cle === null) continue;
		const valeur = texte.slice(trouve.index + trouve[0].length).trim();
		const etiquette = tidy(texte.slice(0, trouve.index));
		return { cle, etiquette, valeur, seule: false, enColonne: separateur === COLONNE };
	}
	const question = debut.indexOf('?') + 1;
	const seule = question > 0 ? texte.slice(0, question) : texte;
	const cle = readCle(seule);
	if (cle === null) return null;
	const valeur = texte.slice(seule.length).replace(/^\s*[:–—-]?\s*/, '');
	return { cle, etiquette: tidy(seule), valeur, seule: valeur === '', enColonne: false };
}

/** Before a colon: « Le déroulé », « Ce que nous visons », « Comment nous ferons ». */
function readAnnonce(imprimee: string): CleDEtiquette | null {
	if (imprimee.split(' ').length > MOTS_D_ANNONCE) return null;
	return readCle(imprimee.replace(DETERMINANT, '')) ?? readQuestion(fold(imprimee).replace(/^ce (?=qu)/, ''));
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
