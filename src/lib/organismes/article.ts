import { foldNom } from './fold.ts';

/** The first words that bodies are called by, with the article that French puts before them. */
const HEADS: Record<'le' | 'la' | 'l’', string[]> = {
	le: [
		'departement',
		'conseil',
		'ccas',
		'cias',
		'centre',
		'comite',
		'plie',
		'greta',
		'gip',
		'reseau',
		'service',
		'syndicat',
		'medef',
		'secours',
		'rectorat',
		'groupement',
		'foyer',
		'collectif',
		'club',
		'pole',
		'cidff',
		'crous',
		'fse'
	],
	la: [
		'caf',
		'msa',
		'region',
		'mission',
		'cpam',
		'carsat',
		'cpme',
		'cnam',
		'ddets',
		'ddetspp',
		'dreets',
		'mdph',
		'mda',
		'pmi',
		'maison',
		'chambre',
		'communaute',
		'ville',
		'commune',
		'metropole',
		'federation',
		'direction',
		'prefecture',
		'banque',
		'caisse',
		'croix',
		'fondation',
		'ligue',
		'regie',
		'sous-prefecture',
		'sous',
		'cci',
		'cma',
		'fnars',
		'cooperative',
		'capeb'
	],
	'l’': [
		'etat',
		'association',
		'agglomeration',
		'ars',
		'afpa',
		'adie',
		'agefiph',
		'anah',
		'ansa',
		'urssaf',
		'union',
		'udaf',
		'udes',
		'urhaj',
		'agence',
		'academie',
		'epci',
		'entreprise',
		'equipe',
		'espace',
		'institut',
		'office',
		'hopital',
		'ufcv',
		'apf'
	]
};

const ARTICLES = new Map(
	(Object.keys(HEADS) as (keyof typeof HEADS)[]).flatMap((article) => HEADS[article].map((head) => [head, article]))
);

/** Bodies that are named as one names people. */
const PROPER = /^(pole emploi|france travail|cap emploi)\b/;

/** « la CAF », « l’État », « France Travail »: as French says it where the body is known, otherwise its bare name. */
export function withArticle(nom: string): string {
	const folded = foldNom(nom);
	const article = PROPER.test(folded) ? undefined : ARTICLES.get(folded.split(/[ '(]/, 1)[0] ?? '');
	if (article === undefined) return nom;
	return article === 'l’' ? `l’${nom}` : `${article} ${nom}`;
}
