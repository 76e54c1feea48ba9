import type { SignataireArchive } from '#lib/pactes/archive.ts';
import {
	emptyParties,
	type CadreArchive,
	type InstanceArchive,
	type PartiesArchive
} from '#lib/parties/parties-archive.ts';
import { instancesDElaboration } from './calendrier.ts';
import { SECTION_CAF, SECTION_MISSION_LOCALE, SECTION_MSA, SECTION_PAROLE, type NomsDeDemo } from './textes.ts';

/** The engagements, gouvernance, financement and bilan of the demonstration: invented, and not finished. */
export function partiesDeHauteRiviere(noms: NomsDeDemo): PartiesArchive {
	return {
		...emptyParties(),
		cadres: [caf(noms), msa(noms), missionLocale()],
		// The CAF and the MSA both promise to call before they suspend.
		miroirs: [
			[
				{ section: SECTION_CAF, puce: 0 },
				{ section: SECTION_MSA, puce: 0 }
			]
		],
		paroles: [
			{
				section: SECTION_PAROLE,
				signataires: [
					{ personne: 'Maud Tilloy', fonction: 'présidente du conseil d’administration' },
					{ personne: 'Ivan Brécourt', fonction: 'directeur' }
				]
			}
		],
		instances: [...instances(noms), ...instancesDElaboration(noms)],
		financement: financement(noms),
		bilan: bilan(noms)
	};
}

const SANS_APPROBATION = { approuve: false, instance: '', date: '', note: '' };

function caf({ noeudOf }: NomsDeDemo): CadreArchive {
	return {
		section: SECTION_CAF,
		portee: 'organisme',
		organismes: [],
		libelle: '',
		champs: {
			contexte: {
				texte:
					'La CAF instruit et verse le RSA pour le compte du Département. Une convention de gestion, renouvelée en 2025, en fixe les délais.'
			},
			missions: { puces: ['Ouvrir les droits en quinze jours', 'Accompagner les familles qu’un changement fragilise'] },
			engagements: {
				puces: [
					'Appeler la personne avant toute suspension',
					'deux essais, à des heures différentes',
					'un message écrit qui dit quoi faire',
					'Financer vingt places de garde réservables la veille',
					'Proposer un rendez-vous des droits à chaque parent seul'
				],
				retraits: [1, 2]
			},
			moyens_humains: {
				lignes: [
					{ libelle: 'Travailleurs sociaux', etp: '6,5' },
					{ libelle: 'Conseillers des rendez-vous des droits', etp: '3' }
				]
			},
			moyens_financiers: { puces: ['180 000 € par an pour l’accueil ponctuel'] },
			conventions: {
				lignes: [
					{ intitule: 'Convention de gestion du RSA', avec: 'Département de la Haute-Rivière', etat: 'existante' },
					{ intitule: 'Accueil ponctuel réservé', avec: 'Réseau des crèches', etat: 'en cours' }
				]
			}
		},
		approbation: {
			approuve: true,
			instance: 'Conseil d’administration de la CAF',
			date: '2026-10-08',
			note: ''
		},
		liens: [
			{ puce: 0, noeuds: [noeudOf('Répondre vite, répondre une fois')] },
			{ puce: 3, noeuds: [noeudOf('Lever les freins du quotidien')] },
			{ puce: 4, noeuds: [noeudOf('Donner leur place aux jeunes et aux aînés')] }
		]
	};
}

function msa({ noeudOf }: NomsDeDemo): CadreArchive {
	return {
		section: SECTION_MSA,
		portee: 'organisme',
		organismes: [],
		libelle: '',
		champs: {
			contexte: { texte: '' },
			missions: { puces: ['Protéger les exploitants et les salariés agricoles, de la santé à la retraite'] },
			engagements: {
				puces: [
					'Joindre l’assuré par téléphone avant de suspendre une prestation',
					'Tenir deux demi-journées par mois dans huit communes de montagne'
				]
			},
			moyens_humains: { lignes: [{ libelle: 'Assistantes sociales', etp: '2' }] },
			moyens_financiers: { puces: [] },
			conventions: { lignes: [] }
		},
		approbation: SANS_APPROBATION,
		liens: [
			{ puce: 0, noeuds: [noeudOf('Répondre vite, répondre une fois')] },
			{ puce: 1, noeuds: [noeudOf('Répondre vite, répondre une fois')] }
		]
	};
}

/** Still to be written: what a partner finds when it comes. */
function missionLocale(): CadreArchive {
	return {
		section: SECTION_MISSION_LOCALE,
		portee: 'organisme',
		organismes: [],
		libelle: '',
		champs: {
			contexte: { texte: '' },
			missions: { puces: [] },
			engagements: { puces: [] },
			moyens_humains: { lignes: [] },
			moyens_financiers: { puces: [] },
			conventions: { lignes: [] }
		},
		approbation: SANS_APPROBATION,
		liens: []
	};
}

function instances({ organismeOf }: NomsDeDemo): InstanceArchive[] {
	const blank = {
		portee: 'suivi',
		niveau: 'departemental',
		frequence_texte: '',
		composition: '',
		membres: [],
		invites: [],
		territoires: []
	} as const;
	return [
		{
			...blank,
			nom: 'Comité de pilotage',
			type: 'Comité de pilotage',
			objet: 'Il fixe le cap, arbitre et adopte le bilan.',
			presidence: 'Présidence du Département, vice-présidence de l’État',
			frequence: { nombre: 2, periode: 'an' },
			composition: 'Un représentant de chaque signataire, et deux usagers',
			roles: ['Adopter le programme de l’année', 'Décider des fiches à ouvrir ou à clore', 'Rendre public le bilan'],
			membres: ['Département de la Haute-Rivière', 'État', 'Région', 'France Travail', 'CAF', 'MSA'].map(organismeOf),
			invites: [{ theme: 'Bilan annuel', invites: 'Les groupes d’usagers des trois territoires' }],
			territoires: []
		},
		{
			...blank,
			nom: 'Comité opérationnel',
			type: 'Comité opérationnel',
			objet: 'Il suit les fiches une par une et lève ce qui bloque.',
			presidence: 'Département de la Haute-Rivière',
			frequence: { nombre: 1, periode: 'trimestre' },
			frequence_texte: 'Davantage la première année',
			roles: ['Suivre l’avancement des fiches', 'Préparer le comité de pilotage'],
			membres: ['Département de la Haute-Rivière', 'France Travail', 'CAF', 'Mission locale', 'Cap emploi'].map(
				organismeOf
			),
			invites: [],
			territoires: []
		},
		{
			...blank,
			nom: 'Groupes d’usagers',
			type: 'Groupe d’usagers',
			niveau: 'territorialise',
			objet: 'Ils disent ce qui marche, ce qui ne marche pas, et reçoivent une réponse.',
			presidence: 'Une participante ou un participant, pour un an',
			frequence: { nombre: 1, periode: 'trimestre' },
			roles: ['Donner un avis sur chaque fiche', 'Relire les courriers avant leur envoi'],
			membres: [],
			invites: [],
			territoires: ['Bourg-le-Pont', 'Vallée du Clain-Vert', 'Hautes communes']
		}
	];
}

const EUROS = 100;

function financement({ noeudOf, organismeOf }: NomsDeDemo): PartiesArchive['financement'] {
	return {
		enveloppes: [
			{
				libelle: 'Subvention globale FSE+ du Département',
				montant: 9_200_000 * EUROS,
				part_fse: 4_600_000 * EUROS,
				debut: 2026,
				fin: 2029,
				exclusions: 'hors aide alimentaire'
			},
			{
				libelle: 'Fonds départemental pour la mobilité',
				montant: 640_000 * EUROS,
				part_fse: null,
				debut: 2026,
				fin: 2030,
				exclusions: ''
			}
		],
		orientations: [
			{
				libelle: 'Accompagner vers l’emploi les personnes qui en sont le plus loin',
				axes: [noeudOf('Répondre vite, répondre une fois'), noeudOf('Rapprocher les employeurs')],
				dispositifs: [
					{ libelle: 'Référents de parcours', mention: 'appel à projets annuel', operateur: null },
					{
						libelle: 'Chantiers d’insertion',
						mention: '',
						operateur: organismeOf('Réseau des structures d’insertion')
					}
				]
			}
		],
		intermediaires: [{ organisme: organismeOf('Département de la Haute-Rivière'), perimetre: 'tout le département' }]
	};
}

function bilan({ noeudOf }: NomsDeDemo): PartiesArchive['bilan'] {
	return {
		intitule: 'Pacte territorial pour l’insertion 2021-2025',
		annees: [2022, 2023, 2024],
		actions: [
			{
				titre: 'Ouvrir un garage solidaire à Bourg-le-Pont',
				etat: 'realisee',
				annees: '2022',
				commentaire: 'Vingt-deux voitures prêtées ; la sous-préfecture attend encore.',
				fiche: noeudOf('Se déplacer avant l’aube')
			},
			{
				titre: 'Réunir les employeurs deux fois par an',
				etat: 'realisee',
				annees: '2021-2025',
				commentaire: '',
				fiche: null
			},
			{
				titre: 'Recevoir chaque allocataire en un mois',
				etat: 'partielle',
				annees: '2023-2025',
				commentaire: 'Tenu dans la ville, pas dans les hautes communes.',
				fiche: noeudOf('Un premier rendez-vous sous dix jours')
			},
			{
				titre: 'Un guide papier des aides',
				etat: 'abandonnee',
				annees: '2022',
				commentaire: 'Périmé avant d’être imprimé.',
				fiche: null
			},
			{
				titre: 'Former les secrétaires de mairie à l’accès aux droits',
				etat: 'non_renseignee',
				annees: '',
				commentaire: '',
				fiche: null
			}
		],
		indicateurs: [
			{
				libelle: 'Délai moyen du premier rendez-vous, en jours',
				valeurs: { '2022': '47', '2023': '41', '2024': '38' }
			},
			{ libelle: 'Voitures et deux-roues prêtés', valeurs: { '2022': '9', '2023': '18', '2024': '22' } },
			{ libelle: 'Sorties vers un emploi de six mois ou plus', valeurs: { '2022': '312', '2023': '', '2024': '356' } }
		],
		ameliorations: ['Des pilotes nommés dès la signature', 'Un bilan chaque année, et non à la fin']
	};
}

type Decision = Omit<Required<SignataireArchive>, 'organisme'>;
const A_DEMANDER: Decision = { personne: '', fonction: '', statut: 'pressenti', date: '', instance: '' };

/** Where each signatory stands, by its name; the others are only approached. */
const DECISIONS: Record<string, Partial<Decision>> = {
	'Département de la Haute-Rivière': {
		personne: 'Solène Garrigou',
		fonction: 'présidente du conseil départemental',
		statut: 'sous_reserve',
		instance: 'assemblée départementale du 11 décembre'
	},
	État: { personne: 'Aurélien Vasselot', fonction: 'préfet de la Haute-Rivière' },
	'France Travail': { fonction: 'directrice territoriale', statut: 'approuve', date: '2026-10-20' },
	CAF: {
		personne: 'Maud Tilloy',
		fonction: 'présidente du conseil d’administration',
		statut: 'approuve',
		date: '2026-10-08',
		instance: 'Conseil d’administration'
	},
	'Mission locale': { statut: 'sous_reserve', instance: 'conseil d’administration de novembre' },
	'Cap emploi': { personne: 'Noé Lambry', fonction: 'directeur', statut: 'signe', date: '2026-11-12' }
};

export function signataireDeDemo(nom: string, organisme: string): SignataireArchive {
	return { organisme, ...A_DEMANDER, ...DECISIONS[nom] };
}
