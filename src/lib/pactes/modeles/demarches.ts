import { seancesOf, type Serie } from '#lib/seances/serie.ts';
import type { Format } from '#lib/seances/seance.ts';
import type { Demarche, InstanceAPrevoir, SeanceAPrevoir } from './modele-de-pacte.ts';

/*
 * How the pacts that we read were written, in words of ours: phases, who met, how often. Months are counted from the first one of the
 * démarche. Bodies are named by what they are: a démarche serves any département.
 */

function instance(
	nom: string,
	type: string,
	rest: Partial<Omit<InstanceAPrevoir, 'nom' | 'type'>> = {}
): InstanceAPrevoir {
	return {
		nom,
		type,
		portee: 'elaboration',
		niveau: 'departemental',
		objet: '',
		presidence: '',
		frequence: null,
		frequence_texte: '',
		composition: '',
		roles: [],
		...rest
	};
}

interface SerieAPrevoir extends Omit<Serie, 'dates' | 'themes'> {
	instance: number;
	phase: number | null;
	format: Format;
	themes?: readonly string[];
	/** One a séance, in their order; those that lack have none. */
	mois?: readonly (number | null)[];
}

function serie({ instance, phase, format, mois = [], themes = [], ...rest }: SerieAPrevoir): SeanceAPrevoir[] {
	const made = seancesOf({ ...rest, themes, dates: [] });
	if ('erreurs' in made) throw new Error(made.erreurs.join(' '));
	return made.seances.map(({ titre, theme, tour, objet }, i) => ({
		instance,
		phase,
		titre,
		format,
		theme,
		tour,
		mois: mois[i] ?? null,
		objet
	}));
}

function once(seance: Omit<SeanceAPrevoir, 'theme' | 'tour'>): SeanceAPrevoir {
	return { ...seance, theme: '', tour: null };
}

function phase(titre: string, debut: number | null, fin: number | null, contenus: string[], sousTitre = '') {
	return { titre, sousTitre, debut, fin, contenus };
}

/** Three phases over sixteen months, twenty meetings, and five instances to follow the pacte. */
export const DEMARCHE_MAYENNE: Demarche = {
	depart: { ans: 1, mois: 3 },
	phases: [
		phase('Diagnostic, bilan et perspectives', 0, 2, [
			'Diagnostic social et économique du territoire',
			'Bilan du pacte qui s’achève',
			'Comparaison avec les pactes d’autres départements'
		]),
		phase('Travaux sur les orientations', 3, 6, [
			'Choix des enjeux prioritaires',
			'Écriture des nouvelles orientations',
			'Architecture du pacte',
			'Modèle de gouvernance et indicateurs'
		]),
		phase('Construction du nouveau PTI', 7, 15, [
			'Orientations validées par le comité de pilotage',
			'Rédaction achevée, projet envoyé à chaque signataire pour accord',
			'Délibération de l’assemblée départementale',
			'Diffusion du pacte'
		])
	],
	instances: [
		instance('Comité de pilotage', 'Comité de pilotage', { objet: 'Valider les priorités et les orientations.' }),
		instance('Comité opérationnel', 'Comité opérationnel', {
			objet: 'Mettre en commun les enjeux et les orientations, travailler l’architecture et la gouvernance.',
			composition: 'Partenaires acteurs de l’insertion'
		}),
		instance('Groupes de travail et world café', 'Groupe de travail', {
			objet: 'Partager le diagnostic et chercher des pistes en petits groupes.'
		}),
		instance('Groupe d’usagers', 'Groupe d’usagers', {
			objet: 'Dire ses constats sur le pacte précédent, puis son avis sur les orientations envisagées.'
		}),
		instance('Équipe projet', 'Équipe projet', {
			objet: 'Conduire la démarche au quotidien.',
			composition: 'Le Département et l’organisme qui l’accompagne',
			frequence_texte: 'En continu'
		}),
		instance('Comité de pilotage du pacte', 'Comité de pilotage', {
			portee: 'suivi',
			objet: 'Décider des orientations et veiller sur le pacte.',
			frequence: { nombre: 1, periode: 'an' },
			composition: 'Signataires du pacte, partenaires et acteurs de l’insertion',
			roles: [
				'Fixer et valider les objectifs et les orientations prioritaires',
				'Veiller à ce que les orientations soient mises en œuvre',
				'Valider les ajustements nécessaires',
				'Faire connaître les travaux',
				'Tenir la cohérence avec les autres plans du département'
			]
		}),
		instance('Comité de suivi opérationnel', 'Comité de suivi', {
			portee: 'suivi',
			objet: 'Suivre les actions et échanger entre partenaires.',
			frequence: { nombre: 3, periode: 'an' },
			composition: 'Partenaires acteurs des politiques d’insertion',
			roles: [
				'Préparer les orientations et donner un premier avis',
				'Assurer leur mise en œuvre',
				'Proposer ajustements et réorientations d’après le suivi des actions',
				'Épauler les pilotes des orientations',
				'Informer sur l’emploi du FSE',
				'Se tenir au courant des dispositifs et de ce qui change'
			]
		}),
		instance('Ateliers thématiques', 'Comité de suivi', {
			portee: 'suivi',
			objet: 'Suivre les travaux d’un thème.',
			frequence: { nombre: 1, periode: 'semestre' },
			composition: 'Partenaires concernés par le thème',
			roles: [
				'Suivre les travaux du thème',
				'Lancer les groupes de travail utiles',
				'Échanger sur l’actualité du thème',
				'Repérer les besoins nouveaux',
				'Mesurer ce que donnent les actions, pour les étendre'
			]
		}),
		instance('Groupes de travail avec les usagers', 'Groupe de travail', {
			portee: 'suivi',
			objet: 'Travailler les actions avec celles et ceux qu’elles concernent.',
			frequence_texte: 'Selon les besoins, de préférence dans une instance qui existe',
			composition: 'Acteurs concernés par les fiches-actions, usagers',
			roles: [
				'Traduire les orientations en objectifs opérationnels',
				'Mettre au point les actions : contenu, livrables, indicateurs',
				'Mettre en commun idées et expériences',
				'Faire remonter des propositions techniques',
				'Soumettre les propositions à des groupes témoins'
			]
		}),
		instance('Comité de pilotage du PLIE', 'Comité de pilotage', {
			portee: 'suivi',
			niveau: 'urbain',
			objet: 'Suivre à l’échelle de l’agglomération.',
			frequence: { nombre: 1, periode: 'an' },
			composition: 'Partenaires du PLIE selon les thèmes',
			roles: [
				'Suivre les actions du PLIE au regard des orientations du pacte',
				'Suivre les dispositifs de l’agglomération que le FSE finance',
				'Repérer les besoins nouveaux'
			]
		})
	],
	seances: [
		...serie({
			instance: 0,
			phase: null,
			titre: 'Comité de pilotage',
			format: 'comite',
			reunions: 2,
			mois: [2, 7],
			objets: ['Valider les priorités et les orientations']
		}).map((seance, i) => ({ ...seance, phase: i === 0 ? 0 : 2 })),
		...serie({
			instance: 1,
			phase: null,
			titre: 'Comité opérationnel',
			format: 'comite',
			reunions: 5,
			mois: [0, 2, 4, 6, 8],
			objets: ['Enjeux, orientations, architecture et gouvernance']
		}).map((seance, i) => ({ ...seance, phase: [0, 0, 1, 1, 2][i] as number })),
		once({
			instance: 2,
			phase: 1,
			titre: 'World café',
			format: 'world_cafe',
			mois: 3,
			objet: 'Partager le diagnostic'
		}),
		...serie({
			instance: 2,
			phase: 1,
			titre: 'Groupe de travail',
			format: 'groupe_de_travail',
			reunions: 10,
			mois: [3, 3, 3, 3, 3, 4, 4, 4, 4, 4],
			objets: ['Chercher des pistes d’action']
		}),
		...serie({
			instance: 3,
			phase: null,
			titre: 'Groupe d’usagers',
			format: 'panel_usagers',
			reunions: 2,
			mois: [1, 5],
			objets: ['']
		}).map((seance, i) => ({
			...seance,
			phase: i,
			objet: i === 0 ? 'Constats sur le pacte précédent' : 'Avis sur les orientations envisagées'
		}))
	]
};

const THEMES_DE_LA_SARTHE = [
	'Offre de service sur les territoires',
	'Ruptures de parcours et accompagnement',
	'Mobilité',
	'Prévention et santé publique',
	'Usages du numérique'
];

/** Four étapes over three years and a half, two waves of ateliers on five themes, a groupe projet that writes. */
export const DEMARCHE_SARTHE: Demarche = {
	depart: { ans: 3, mois: 6 },
	phases: [
		phase('Diagnostic', 3, 5, [
			'Diagnostic partagé, en cinq thèmes',
			'Second temps, transversal, avec le schéma des solidarités',
			'Pistes validées par l’assemblée départementale'
		]),
		phase('Co-construction', 7, 12, [
			'Seconde vague d’ateliers sur la stratégie',
			'Échange avec les signataires sur la gouvernance',
			'Objectifs stratégiques et opérationnels'
		]),
		phase('Co-élaboration', 12, 15, ['Choix des actions par un groupe projet', 'Gouvernance et document partagé']),
		phase('Finalisation', 16, 42, [
			'Fiches-actions écrites par leurs pilotes',
			'Mise à jour et signataires supplémentaires',
			'Présentation au comité de pilotage, puis vote de l’assemblée'
		])
	],
	instances: [
		instance('Ateliers du diagnostic', 'Atelier thématique', {
			objet: 'Diagnostiquer, puis définir la stratégie, thème par thème.',
			composition: 'Partenaires acteurs du territoire'
		}),
		instance('Réunion des signataires', 'Comité de suivi', {
			objet: 'Préparer la gouvernance, l’animation et le suivi.',
			composition: 'Les signataires'
		}),
		instance('Groupe projet', 'Groupe projet', {
			objet: 'Déterminer les actions.',
			presidence: 'Le Département',
			frequence_texte: 'Plusieurs fois pendant la co-élaboration',
			composition:
				'Le Département, l’État (travail et emploi), l’État (cohésion sociale), la Région, le service public de l’emploi, le PLIE de l’agglomération'
		}),
		instance('Assemblée départementale', 'Assemblée départementale', { objet: 'Décider et adopter.' }),
		instance('Comité de pilotage', 'Comité de pilotage', {
			portee: 'suivi',
			objet: 'Valider les priorités et les orientations.',
			presidence: 'L’élu chargé de l’insertion au Département',
			frequence: { nombre: 1, periode: 'an' },
			composition: 'Les signataires du pacte',
			roles: [
				'Vérifier ce que donnent les actions',
				'Adapter le pacte à ses résultats',
				'Tenir la cohérence avec les autres plans du département',
				'Faire circuler l’information entre partenaires'
			]
		}),
		instance('Comité technique', 'Comité technique', {
			portee: 'suivi',
			objet: 'Coordonner la mise en œuvre.',
			frequence_texte: 'Autant que nécessaire, et un bilan chaque année avant le comité de pilotage',
			composition: 'Les pilotes des actions',
			roles: [
				'Faire vivre les orientations',
				'Suivre les actions',
				'Mesurer l’écart entre l’attendu et l’obtenu',
				'Proposer des ajustements',
				'Partager ce qui change dans les dispositifs',
				'Repérer les besoins nouveaux'
			]
		})
	],
	seances: [
		once({
			instance: 3,
			phase: null,
			titre: 'Assemblée départementale, lancement',
			format: 'comite',
			mois: 0,
			objet: 'Décider de refondre le pacte'
		}),
		...serie({
			instance: 0,
			phase: 0,
			titre: 'Atelier',
			format: 'groupe_de_travail',
			themes: THEMES_DE_LA_SARTHE,
			reunions: 2,
			mois: [3, 3, 4, 4, 4, 7, 8, 8, 9, 9],
			objets: ['Diagnostic du thème', 'Stratégie d’action']
		}).map((seance) => ({ ...seance, phase: seance.tour === 1 ? 0 : 1 })),
		once({
			instance: 1,
			phase: 1,
			titre: 'Réunion des signataires',
			format: 'comite',
			mois: 11,
			objet: 'Gouvernance, animation et suivi'
		}),
		once({
			instance: 4,
			phase: 3,
			titre: 'Comité de pilotage',
			format: 'comite',
			mois: 40,
			objet: 'Présentation du pacte aux signataires'
		}),
		once({
			instance: 3,
			phase: 3,
			titre: 'Assemblée départementale, adoption',
			format: 'comite',
			mois: 42,
			objet: 'Adopter le pacte'
		})
	]
};

const THEMES_DE_L_ORNE = [
	'Mobiliser vers l’accompagnement social et professionnel',
	'Lever les freins à l’activité',
	'Adapter l’insertion par l’activité économique',
	'Faire du retour à l’emploi la priorité',
	'Garantir l’insertion des jeunes'
];

/** Nine months: interviews, groups of usagers, five themes that meet twice, once to diagnose and once to write fiches. */
export const DEMARCHE_ORNE: Demarche = {
	depart: { ans: 1, mois: 4 },
	phases: [
		phase('Lancement et entretiens', 0, 3, [
			'Méthode validée par le comité de pilotage',
			'Entretiens avec chaque partenaire',
			'Parole des personnes accompagnées'
		]),
		phase('Diagnostic et perspectives', 3, 6, ['Première réunion de chaque thème']),
		phase('Fiches-actions', 5, 7, ['Deuxième réunion de chaque thème', 'Pistes présentées au comité de pilotage']),
		phase('Validation', 8, 11, ['Vote de l’assemblée départementale', 'Lancement de la mise en œuvre'])
	],
	instances: [
		instance('Comité de pilotage', 'Comité de pilotage', {
			objet: 'Valider les travaux et les orientations.',
			presidence: 'Un élu du Département',
			composition: 'L’État, la Région, le service public de l’emploi, les organismes sociaux, les chambres consulaires'
		}),
		instance('Entretiens avec les partenaires', 'Entretiens', { objet: 'Recueillir avis et besoins.' }),
		instance('Groupes de travail thématiques', 'Groupe de travail', {
			objet: 'Évaluer ce qui existe et chercher ensemble des pistes d’action.'
		}),
		instance('Groupes d’usagers', 'Groupe d’usagers', { objet: 'Recueillir le point de vue des personnes.' }),
		instance('Équipe projet', 'Équipe projet', {
			objet: 'Suivre l’avancée de la démarche.',
			frequence_texte: 'En continu'
		}),
		instance('Assemblée départementale', 'Assemblée départementale', { objet: 'Valider le pacte.' }),
		instance('Comité de pilotage annuel', 'Comité de pilotage', {
			portee: 'suivi',
			objet: 'Faire chaque année le point sur le pacte.',
			frequence: { nombre: 1, periode: 'an' },
			composition: 'Les signataires du pacte'
		}),
		instance('Comités de suivi par axe', 'Comité de suivi', {
			portee: 'suivi',
			objet: 'Suivre les fiches-actions d’un axe.',
			composition: 'Les référents des fiches de l’axe'
		})
	],
	seances: [
		once({
			instance: 0,
			phase: 0,
			titre: 'Comité de pilotage n°\u00a01',
			format: 'comite',
			mois: 0,
			objet: 'Lancement et méthode'
		}),
		...serie({
			instance: 1,
			phase: 0,
			titre: 'Entretien',
			format: 'entretien',
			reunions: 34,
			mois: Array.from({ length: 34 }, (_, i) => 1 + Math.floor(i / 12)),
			objets: ['Recensement des besoins']
		}),
		...serie({
			instance: 3,
			phase: 0,
			titre: 'Groupe d’usagers',
			format: 'panel_usagers',
			reunions: 5,
			mois: [2, 2, 2, 3, 3],
			objets: ['Point de vue des personnes accompagnées']
		}),
		...serie({
			instance: 2,
			phase: 1,
			titre: 'Groupe de travail',
			format: 'groupe_de_travail',
			themes: THEMES_DE_L_ORNE,
			reunions: 2,
			mois: [3, 3, 5, 5, 6, 5, 5, 6, 6, 6],
			objets: ['Diagnostic et perspectives', 'Écriture des fiches-actions']
		}).map((seance) => ({ ...seance, phase: seance.tour === 1 ? 1 : 2 })),
		once({
			instance: 0,
			phase: 2,
			titre: 'Comité de pilotage n°\u00a02',
			format: 'comite',
			mois: 7,
			objet: 'Retour sur les travaux et pistes d’action'
		}),
		once({
			instance: 5,
			phase: 3,
			titre: 'Assemblée départementale',
			format: 'comite',
			mois: 11,
			objet: 'Validation du pacte'
		})
	]
};

/** How it was written is not told; three instances follow it. */
export const DEMARCHE_MEUSE: Demarche = {
	depart: { ans: 1, mois: 1 },
	phases: [],
	instances: [
		instance('Comité de pilotage', 'Comité de pilotage', {
			portee: 'suivi',
			objet: 'Décider et négocier.',
			presidence: 'L’élu chargé de l’insertion au Département',
			composition: 'Le Département, l’État, la Région, les organismes sociaux, les chambres consulaires, les communes',
			roles: [
				'Suivre l’évolution des besoins et des enjeux',
				'Coordonner le dispositif du RSA',
				'Valider orientations et préconisations',
				'Fixer les priorités d’action',
				'Chercher les moyens et les façons de coopérer',
				'Évaluer l’efficience du dispositif'
			]
		}),
		instance('Comité technique', 'Comité technique', {
			portee: 'suivi',
			objet: 'Proposer, évaluer et coordonner.',
			presidence: 'La direction générale adjointe chargée des solidarités',
			composition: 'Techniciens du Département et de chaque partenaire',
			roles: [
				'Recenser les besoins et suivre leur évolution',
				'Analyser les enjeux',
				'Proposer orientations et préconisations au comité de pilotage',
				'Trouver les partenaires que chaque action concerne',
				'Chercher avec eux comment coopérer',
				'Construire les actions d’intérêt départemental',
				'Coordonner et évaluer les actions',
				'Faire circuler l’information dans les deux sens'
			]
		}),
		instance('Comités territorialisés pour l’insertion et l’emploi', 'Comité territorialisé', {
			portee: 'suivi',
			niveau: 'territorialise',
			objet: 'Proposer et évaluer sur un territoire.',
			presidence: 'Un conseiller départemental',
			composition: 'Élus, techniciens et associations du territoire, représentants des publics concernés',
			roles: [
				'Traduire orientations et préconisations en actions',
				'Faire travailler ensemble les acteurs du territoire',
				'Conduire des diagnostics partagés',
				'Lancer des actions d’intérêt local',
				'Recueillir et diffuser l’information',
				'Relayer ce qui est envisagé à l’échelle du département'
			]
		})
	],
	seances: []
};

/** A yearly comité de pilotage, and the bodies that exist already. */
export const DEMARCHE_ALLIER: Demarche = {
	depart: { ans: 1, mois: 1 },
	phases: [],
	instances: [
		instance('Comité de pilotage', 'Comité de pilotage', {
			portee: 'suivi',
			objet: 'Animer et suivre le pacte.',
			frequence: { nombre: 1, periode: 'an' },
			composition: 'Les signataires, et par thème les partenaires que l’insertion ne peut ignorer',
			roles: [
				'Veiller à l’exécution du pacte',
				'Suivre l’avancement des objectifs',
				'Partager les résultats et les besoins repérés dans les territoires'
			]
		})
	],
	seances: []
};
