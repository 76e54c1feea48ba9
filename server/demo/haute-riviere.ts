import type { Definition } from '#lib/glossaire/entree.ts';
import { PARTIES_VIDES, type ArchivePacte, type FicheArchive, type NoeudArchive } from '#lib/pactes/archive.ts';
import { figuresDeHauteRiviere } from './figures.ts';
import { MODELE_ORNE } from '#lib/pactes/modeles/structures.ts';
import { planOf } from '#lib/sections/plan-type.ts';
import { PLAN_TYPE } from '#lib/sections/section.ts';

/**
 * The demonstration: the pacte of a département that does not exist, half-way through its writing. Some fields are
 * empty on purpose, as they are in October of a year of work.
 */
interface Axe {
	titre: string;
	perspectives: string[];
	fiches: Fiche[];
}

interface Fiche {
	titre: string;
	finalite?: string[];
	objectifs?: string[];
	modalites?: string[];
	indicateurs?: string[];
	echeance?: string;
	/** Names separated by commas; a final « … » leaves the list open. */
	partenaires?: string;
	phrase?: string;
	pilotes?: string;
}

const GLOSSAIRE: Definition[] = [
	{ sigle: 'ARS', developpe: 'agence régionale de santé', definition: '' },
	{
		sigle: 'CAF',
		developpe: 'caisse d’allocations familiales',
		definition: 'Elle verse le RSA et la prime d’activité.'
	},
	{ sigle: 'CCAS', developpe: 'centre communal d’action sociale', definition: '' },
	{
		sigle: 'MSA',
		developpe: 'mutualité sociale agricole',
		definition: 'La sécurité sociale des exploitants et des salariés agricoles.'
	},
	{ sigle: 'RSA', developpe: 'revenu de solidarité active', definition: '' }
];

const AXES: Axe[] = [
	{
		titre: 'Répondre vite, répondre une fois',
		perspectives: [
			'Recevoir chaque personne dans les dix jours qui suivent sa demande',
			'Ne plus faire raconter deux fois la même histoire',
			'Aller à la rencontre de celles et ceux qui n’appellent pas'
		],
		fiches: [
			{
				titre: 'Un premier rendez-vous sous dix jours',
				finalite: ['Que personne ne reste un mois sans nouvelles après avoir demandé de l’aide.'],
				objectifs: [
					'Appeler chaque nouvel allocataire dans les trois jours',
					'Tenir le premier rendez-vous dans les dix jours, en agence, en maison France services ou à domicile',
					'Proposer un horaire en fin de journée une fois par semaine'
				],
				modalites: [
					'Partager un agenda unique entre la CAF, France Travail et les équipes sociales du Département',
					'Désigner une suppléance pour chaque secteur pendant les congés',
					'Envoyer un rappel la veille, par message ou par téléphone selon le souhait de la personne'
				],
				indicateurs: [
					'Délai médian entre la demande et le premier rendez-vous, en jours',
					'Part des personnes reçues en dix jours',
					'Nombre de rendez-vous manqués'
				],
				echeance: '2026',
				partenaires: 'CAF, MSA, France Travail, CCAS de Bourg-le-Pont, Maisons France services…',
				pilotes: 'Département de la Haute-Rivière'
			},
			{
				titre: 'Un dossier raconté une seule fois',
				finalite: ['Que la personne n’ait plus à reprendre son récit devant chaque interlocuteur.'],
				objectifs: [
					'Écrire, avec la personne, une fiche de parcours qu’elle emporte et qu’elle montre si elle le veut',
					'Réduire à un seul le nombre de questionnaires d’entrée'
				],
				modalites: [
					'Rédiger la trame avec le groupe d’usagers de la vallée du Clain-Vert',
					'Former quarante professionnels à l’écrire à deux',
					'Revoir la trame après six mois d’usage'
				],
				indicateurs: ['Nombre de fiches de parcours remises', 'Part des personnes qui disent ne pas s’être répétées'],
				echeance: '2026 ou 2027',
				partenaires: 'France Travail, Mission locale, CAF, Réseau des associations d’insertion…',
				pilotes: 'Mission locale'
			},
			{
				titre: 'Une permanence itinérante dans les vallées',
				finalite: ['Rendre le premier pas possible sans voiture.'],
				objectifs: [
					'Être présent deux fois par mois dans huit communes de montagne',
					'Ouvrir les droits sur place, sans second rendez-vous'
				],
				modalites: [
					'Équiper un véhicule d’un bureau, d’une imprimante et d’une liaison mobile',
					'Annoncer les passages en mairie, à la pharmacie et au marché',
					'Venir à deux : un conseiller social, un conseiller emploi'
				],
				indicateurs: [
					'Nombre de permanences tenues',
					'Nombre de personnes reçues qui n’étaient connues d’aucun service'
				],
				echeance: '2027',
				partenaires: 'Communes, MSA, France Travail, Maisons France services…',
				pilotes: 'Département de la Haute-Rivière, MSA'
			},
			{
				titre: 'Prévenir avant de suspendre',
				finalite: ['Qu’une suspension ne soit jamais une surprise.'],
				objectifs: [
					'Joindre la personne par deux moyens avant toute décision',
					'Proposer un médiateur extérieur au service'
				],
				modalites: ['Réécrire les courriers avec les personnes concernées'],
				indicateurs: [],
				echeance: 'à définir',
				partenaires: 'CAF, MSA…',
				pilotes: ''
			}
		]
	},
	{
		titre: 'Lever les freins du quotidien',
		perspectives: [
			'Faire garder les enfants le jour d’un entretien comme le jour d’un essai',
			'Se déplacer sans attendre d’avoir un salaire',
			'Se soigner sans renoncer à chercher'
		],
		fiches: [
			{
				titre: 'Se déplacer avant l’aube',
				finalite: ['Qu’un emploi posté ne soit pas refusé faute de transport.'],
				objectifs: [
					'Prêter un deux-roues ou une voiture pendant les trois premiers mois d’un contrat',
					'Organiser six lignes de covoiturage vers les zones d’activité'
				],
				modalites: [
					'Étendre le parc du garage solidaire de Bourg-le-Pont à la sous-préfecture',
					'Partager les horaires d’équipe avec les employeurs des deux zones d’activité',
					'Assurer le retour en taxi si le covoiturage manque'
				],
				indicateurs: [
					'Nombre de prêts',
					'Nombre d’embauches maintenues à trois mois',
					'Places offertes en covoiturage'
				],
				echeance: '2026',
				partenaires: 'Région, Garage solidaire, Fédération des entreprises de la vallée, France Travail…',
				pilotes: 'Réseau des associations d’insertion'
			},
			{
				titre: 'Lire, écrire, compter au travail',
				finalite: ['Que chacun puisse lire une consigne, écrire un mot, compter une paie.'],
				objectifs: ['Repérer les besoins sans gêner les personnes', 'Ouvrir quatre groupes sur le temps de travail'],
				modalites: [
					'Former les encadrants des chantiers à repérer',
					'Tenir les séances dans l’entreprise ou sur le chantier'
				],
				indicateurs: ['Nombre de personnes suivies jusqu’au bout', 'Nombre d’entreprises qui ouvrent un groupe'],
				echeance: '2027 ou 2028',
				partenaires: 'Région, Réseau des structures d’insertion, Mission locale…',
				pilotes: 'Région'
			},
			{
				titre: 'Garder les enfants pendant les entretiens et les essais en emploi',
				finalite: ['Qu’aucun rendez-vous, aucune journée d’essai ne soit manquée faute de garde.'],
				objectifs: [
					'Ouvrir vingt places d’accueil ponctuel, réservables la veille',
					'Couvrir les horaires décalés dans les deux vallées',
					'Payer l’assistante maternelle sans avance de frais'
				],
				modalites: [
					'Réserver deux places par crèche le lundi et le jeudi',
					'Former un vivier de douze assistantes maternelles volontaires',
					'Verser l’aide directement à la personne qui garde'
				],
				indicateurs: ['Places ouvertes à la veille', 'Rendez-vous manqués faute de garde'],
				echeance: '2026 ou 2027',
				partenaires: 'Département de la Haute-Rivière, MSA, Mission locale, Réseau des crèches…',
				pilotes: 'CAF'
			},
			{
				titre: 'Un bilan de santé qui débouche',
				finalite: ['Que la santé ne soit ni un secret, ni un obstacle.'],
				objectifs: [
					'Proposer un bilan dans les deux mois',
					'Obtenir un rendez-vous de spécialiste pour ceux qui en ont besoin'
				],
				modalites: ['Accompagner physiquement au premier rendez-vous si la personne le souhaite'],
				indicateurs: ['Nombre de bilans', 'Part des bilans suivis d’un soin'],
				echeance: 'tout au long du pacte',
				partenaires: 'CPAM, Centre hospitalier, ARS, MSA…',
				pilotes: 'CPAM'
			},
			{
				titre: 'Un toit d’abord',
				finalite: ['Stabiliser le logement avant, ou pendant, le parcours.'],
				objectifs: ['Mobiliser trente logements en intermédiation locative'],
				modalites: [],
				indicateurs: ['Nombre de ménages relogés'],
				echeance: '2028',
				partenaires: 'Bailleurs sociaux, État, CCAS de Bourg-le-Pont…',
				pilotes: 'État'
			}
		]
	},
	{
		titre: 'Rapprocher les employeurs',
		perspectives: [
			'Connaître les métiers en les voyant',
			'Recruter autrement que sur un curriculum vitæ',
			'Rester auprès de la personne et de l’employeur après la signature'
		],
		fiches: [
			{
				titre: 'Visiter l’entreprise ensemble',
				finalite: ['Se faire une idée d’un métier en une matinée, et la dire.'],
				objectifs: ['Tenir deux visites par mois', 'Associer un référent et cinq personnes à chaque visite'],
				modalites: ['Préparer les questions la veille', 'Recueillir l’avis de chacun sur le chemin du retour'],
				indicateurs: ['Nombre de visites', 'Nombre d’immersions demandées après une visite'],
				echeance: '2026',
				partenaires: 'France Travail, Chambre de commerce et d’industrie, Chambre de métiers…',
				pilotes: 'Fédération des entreprises de la vallée'
			},
			{
				titre: 'Essayer un poste pendant une semaine',
				finalite: ['Remplacer l’entretien par le geste.'],
				objectifs: ['Deux cents immersions par an', 'Une réponse écrite de l’employeur dans les cinq jours'],
				modalites: [
					'Mettre en commun les offres d’immersion des trois prescripteurs',
					'Assurer la garde et le transport par les fiches 2.1 et 2.3'
				],
				indicateurs: ['Nombre d’immersions', 'Part des immersions suivies d’un contrat'],
				echeance: '2026 ou 2027',
				partenaires: 'Mission locale, Cap emploi, Réseau des structures d’insertion…',
				pilotes: 'France Travail'
			},
			{
				titre: 'Une clause d’insertion dans chaque grand chantier',
				finalite: ['Que la commande publique donne du travail à ceux qui en sont loin.'],
				objectifs: ['Cent mille heures d’insertion sur la durée du pacte'],
				modalites: [
					'Nommer une facilitatrice des clauses pour le territoire',
					'Tenir un calendrier commun des marchés'
				],
				indicateurs: ['Heures réalisées', 'Nombre de donneurs d’ordre'],
				echeance: 'tout au long du pacte',
				partenaires: 'Communes, Bailleurs sociaux, État, Région…',
				pilotes: 'Département de la Haute-Rivière'
			},
			{
				titre: 'Six mois de suivi après l’embauche',
				finalite: ['Que le contrat tienne.'],
				objectifs: ['Un appel par mois à la personne et à son employeur'],
				modalites: ['Confier le suivi à celle ou celui qui a préparé l’embauche'],
				indicateurs: ['Contrats en cours à six mois'],
				echeance: '2027',
				phrase: 'Travail mené par chaque prescripteur, avec une revue commune chaque trimestre.',
				pilotes: 'France Travail'
			}
		]
	},
	{
		titre: 'Donner leur place aux jeunes et aux aînés',
		perspectives: [
			'Ne laisser personne sans solution à la sortie de l’école',
			'Valoriser ce que l’on sait faire à cinquante ans'
		],
		fiches: [
			{
				titre: 'Le relais des moins de vingt-cinq ans',
				finalite: ['Qu’un jeune qui décroche soit rappelé dans la semaine.'],
				objectifs: [
					'Tenir une liste commune, revue tous les quinze jours',
					'Proposer une première expérience dans le mois'
				],
				modalites: ['Réunir l’Éducation nationale, la Mission locale et les clubs de prévention'],
				indicateurs: ['Nombre de jeunes rappelés', 'Part des jeunes en solution à trois mois'],
				echeance: '2026',
				partenaires: 'Éducation nationale, Réseau des associations d’insertion, Communes…',
				pilotes: 'Mission locale'
			},
			{
				titre: 'Transmettre son métier',
				finalite: ['Faire d’une fin de carrière un commencement pour un autre.'],
				objectifs: ['Former trente tuteurs de plus de cinquante ans'],
				modalites: ['Rémunérer le tutorat', 'Le faire reconnaître par la branche'],
				indicateurs: [],
				echeance: '2028 et suivants',
				partenaires: 'Chambre de métiers, Fédération des entreprises de la vallée…',
				pilotes: 'Chambre de métiers'
			},
			{
				titre: 'Un parcours pour les parents seuls',
				objectifs: ['Ouvrir un accueil qui réunit garde, droits et emploi au même endroit'],
				partenaires: 'CAF, Mission locale…',
				echeance: 'à définir'
			}
		]
	},
	{
		titre: 'Tenir parole',
		perspectives: ['Rendre compte chaque année de ce qui a été fait', 'Faire siéger les personnes concernées'],
		fiches: [
			{
				titre: 'Un bilan public chaque automne',
				finalite: ['Dire ce qui a été fait, ce qui ne l’a pas été, et pourquoi.'],
				objectifs: ['Publier huit pages lisibles par tous', 'Le présenter dans les quatre territoires'],
				modalites: ['Chaque pilote saisit ses valeurs en septembre', 'Une page par fiche, deux chiffres, une phrase'],
				indicateurs: ['Part des fiches renseignées à la date prévue', 'Nombre de participants aux présentations'],
				echeance: 'tout au long du pacte',
				phrase: 'Tous les signataires.',
				pilotes: 'Département de la Haute-Rivière'
			},
			{
				titre: 'Les groupes d’usagers, instance du pacte',
				finalite: ['Que celles et ceux qui vivent ces parcours en soient juges.'],
				objectifs: ['Un groupe par territoire, réuni chaque trimestre', 'Deux sièges au comité de pilotage'],
				modalites: ['Dédommager les frais de trajet et de garde', 'Répondre par écrit à chaque proposition'],
				indicateurs: ['Nombre de réunions', 'Part des propositions qui ont reçu une réponse'],
				echeance: '2026',
				partenaires: 'Groupes d’usagers, CCAS de Bourg-le-Pont, Réseau des associations d’insertion…',
				pilotes: 'Département de la Haute-Rivière'
			}
		]
	}
];

const SIGNATAIRES = [
	'Département de la Haute-Rivière',
	'État',
	'Région',
	'France Travail',
	'CAF',
	'MSA',
	'CPAM',
	'Mission locale',
	'Cap emploi',
	'CCAS de Bourg-le-Pont',
	'Chambre de commerce et d’industrie',
	'Chambre de métiers',
	'Réseau des associations d’insertion',
	'Réseau des structures d’insertion',
	'Fédération des entreprises de la vallée'
];

const ALIAS: Record<string, string[]> = {
	'Département de la Haute-Rivière': ['Conseil départemental', 'CD'],
	CAF: ['Caisse d’allocations familiales'],
	MSA: ['Mutualité sociale agricole'],
	CPAM: ['Caisse primaire d’assurance maladie'],
	'France Travail': ['Pôle emploi'],
	'Mission locale': ['Missions locales']
};

/** The demonstration's pacte, whole. */
export function hauteRiviere(): ArchivePacte {
	const organismes = new Map<string, string>();
	const idOf = (nom: string) => {
		if (!organismes.has(nom)) organismes.set(nom, `o${organismes.size + 1}`);
		return organismes.get(nom) as string;
	};
	const idsOf = (noms = '') =>
		noms
			.replace(/…$/, '')
			.split(', ')
			.filter(Boolean)
			.map((nom) => idOf(nom));
	const signataires = SIGNATAIRES.map((nom) => ({ organisme: idOf(nom), personne: '' }));

	const noeuds: NoeudArchive[] = [];
	const fiches: FicheArchive[] = [];
	const place = (parent: string | null, niveau: string, titre: string) => {
		const id = `n${noeuds.length + 1}`;
		noeuds.push({ id, parent, niveau, titre });
		return id;
	};
	for (const axe of AXES) {
		const parent = place(null, 'axe', axe.titre);
		for (const perspective of axe.perspectives) place(parent, 'perspective', perspective);
		for (const {
			titre,
			finalite,
			objectifs,
			modalites,
			indicateurs,
			echeance,
			partenaires,
			phrase,
			pilotes
		} of axe.fiches) {
			fiches.push({
				noeud: place(parent, 'action', titre),
				champs: {
					finalite: { puces: finalite ?? [] },
					objectifs: { puces: objectifs ?? [] },
					modalites: { puces: modalites ?? [] },
					indicateurs: { puces: indicateurs ?? [] },
					echeance: { texte: echeance ?? '' },
					partenaires: {
						organismes: idsOf(partenaires),
						ouverte: partenaires?.endsWith('…') ?? false,
						texte: phrase ?? ''
					},
					pilotes: { organismes: idsOf(pilotes), ouverte: false, texte: '' }
				}
			});
		}
	}
	place('a_classer', 'action', 'Un référent unique qui reste');

	return {
		format: 'copacte/pacte',
		version: 1,
		intitule: 'Pacte territorial pour l’insertion de la Haute-Rivière',
		territoire: 'Haute-Rivière',
		debut: 2026,
		fin: 2030,
		modele: MODELE_ORNE,
		organismes: [...organismes].map(([nom, id]) => ({ id, nom, alias: ALIAS[nom] ?? [] })),
		noeuds,
		fiches,
		signataires,
		engagements: [],
		textes: [],
		...PARTIES_VIDES,
		sections: planOf(PLAN_TYPE),
		figures: figuresDeHauteRiviere(),
		glossaire: GLOSSAIRE
	};
}
