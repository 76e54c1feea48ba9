import type { InstanceArchive } from '#lib/parties/parties-archive.ts';
import type { PhaseArchive, PresenceArchive, SeanceArchive } from '#lib/seances/calendrier-archive.ts';
import type { NomsDeDemo } from './textes.ts';

/** The instances by which the demonstration's pacte is written. Their places follow those of its follow-up. */
export function instancesDElaboration({ organismeOf }: NomsDeDemo): InstanceArchive[] {
	const blank = {
		portee: 'elaboration',
		niveau: 'departemental',
		presidence: '',
		frequence: null,
		frequence_texte: '',
		composition: ''
	} as const;
	const lists = () => ({ roles: [], membres: [], invites: [], territoires: [] });
	return [
		{
			...blank,
			...lists(),
			nom: 'Comité d’élaboration',
			type: 'Comité de pilotage',
			objet: 'Choisir les orientations et arrêter le projet de pacte.',
			presidence: 'Présidence du Département',
			membres: ['Département de la Haute-Rivière', 'État', 'Région', 'France Travail', 'CAF', 'MSA'].map(organismeOf)
		},
		{
			...blank,
			...lists(),
			nom: 'Entretiens avec les partenaires',
			type: 'Entretiens',
			objet: 'Entendre ce dont chacun a besoin, avant de réunir.'
		},
		{
			...blank,
			...lists(),
			nom: 'Groupes d’usagers de l’écriture',
			type: 'Groupe d’usagers',
			niveau: 'territorialise',
			objet: 'Dire ce qui coince, puis relire les propositions.'
		},
		{
			...blank,
			...lists(),
			nom: 'Groupes de travail',
			type: 'Groupe de travail',
			objet: 'Chercher des réponses, puis les écrire en fiches.',
			membres: ['France Travail', 'CAF', 'MSA', 'Mission locale', 'Cap emploi'].map(organismeOf)
		},
		{
			...blank,
			...lists(),
			nom: 'World cafés',
			type: 'World café',
			objet: 'Faire parler ensemble des habitants, des agents et des employeurs.'
		},
		{
			...blank,
			...lists(),
			nom: 'Équipe projet',
			type: 'Équipe projet',
			objet: 'Tenir le calendrier et la plume, au jour le jour.',
			frequence_texte: 'Chaque lundi'
		}
	];
}

/** How many instances of follow-up come before. */
const AVANT = 3;
const [COMITE, ENTRETIENS, USAGERS, GROUPES, CAFES] = [AVANT, AVANT + 1, AVANT + 2, AVANT + 3, AVANT + 4];

export const PHASES: PhaseArchive[] = [
	phase('Écouter', '2026-03', '2026-04', ['Entretiens avec les partenaires', 'Bilan du pacte 2021-2025']),
	phase('Chercher', '2026-05', '2026-06', ['Constats partagés', 'Orientations proposées aux élus']),
	phase('Écrire', '2026-06', '2026-11', ['Une fiche par action, avec son pilote', 'Relecture par les usagers']),
	{
		...phase('Décider', '2026-11', '2027-printemps', ['Avis du comité', 'Délibérations', 'Signature']),
		sous_titre: 'Chaque signataire dans son instance'
	}
];

function phase(titre: string, debut: string, fin: string, contenus: string[]): PhaseArchive {
	return { titre, sous_titre: '', debut, fin, periode: '', contenus };
}

const THEMES = ['Se déplacer et se loger', 'Se former', 'Se soigner', 'Trouver et garder un emploi'];
const JOURS_DES_GROUPES = [
	['2026-05-12', '2026-05-19', '2026-05-28', '2026-06-09'],
	['2026-06-04', '2026-06-11', '2026-09-15', '2026-09-22']
];

export function seancesDeHauteRiviere({ organismeOf, noeudOf }: NomsDeDemo): SeanceArchive[] {
	const who = (nom: string, attendus: number | null, presents: number | null): PresenceArchive => ({
		organisme: organismeOf(nom),
		libelle: '',
		attendus,
		presents,
		sans_telephone: null
	});
	const groupes = JOURS_DES_GROUPES.flatMap((jours, tour) =>
		THEMES.map((theme, i) => {
			const date = jours[i] as string;
			return seance(GROUPES, `${theme}, ${tour === 0 ? '1re' : '2e'} réunion`, date, {
				phase: tour === 0 ? 1 : 2,
				format: 'groupe_de_travail',
				theme,
				tour: tour + 1,
				heure_debut: '09:30',
				heure_fin: '12:30',
				lieu: 'Maison du Département, Bourg-le-Pont',
				objet: tour === 0 ? 'Partager les constats' : 'Écrire les fiches',
				suite_de: tour === 0 ? null : PREMIER_GROUPE + i,
				presences: [
					who('France Travail', 2, 2),
					who('CAF', 2, 1),
					who('Mission locale', 2, 2),
					{ organisme: null, libelle: 'Associations', attendus: null, presents: 4, sans_telephone: 1 }
				]
			});
		})
	);
	return [
		seance(COMITE, 'Lancement', '2026-03-10', {
			phase: 0,
			objet: 'Lancer la démarche et sa méthode',
			lieu: 'Hôtel du Département',
			heure_debut: '14:00',
			heure_fin: '16:30',
			points: [
				{ texte: 'Ce que le pacte précédent a laissé', minutes: 40 },
				{ texte: 'Le calendrier et les instances', minutes: 40 },
				{ texte: 'Décisions', minutes: 30 }
			],
			presences: [
				who('Département de la Haute-Rivière', 4, 4),
				who('État', 2, 2),
				who('Région', 1, 0),
				who('CAF', 2, 2)
			],
			compte_rendu: 'La démarche est lancée. Le comité demande que des habitants soient entendus avant chaque décision.'
		}),
		...(
			[
				['CAF', '2026-03-17', 'Des horaires de garde qui suivent ceux des chantiers.'],
				['MSA', '2026-03-19', 'Être prévenue quand un saisonnier change de vallée.'],
				['Mission locale', '2026-03-26', 'Un interlocuteur par employeur, et non un par dispositif.'],
				['Cap emploi', '2026-04', 'Des postes essayés avant d’être aménagés.']
			] as const
		).map(([nom, date, besoin]) =>
			seance(ENTRETIENS, `Entretien\u00a0: ${nom}`, date, {
				phase: 0,
				format: 'entretien',
				compte_rendu: besoin,
				presences: [who(nom, 1, 1)]
			})
		),
		...(
			[
				['Bourg-le-Pont', '2026-04-08', 0],
				['Vallée du Clain-Vert', '2026-04-15', 0],
				['Hautes communes', '2026-09-29', 2]
			] as const
		).map(([lieu, date, place]) =>
			seance(USAGERS, `Groupe d’usagers, ${lieu}`, date, {
				phase: place,
				format: 'panel_usagers',
				lieu,
				participants: 11
			})
		),
		...groupes,
		seance(COMITE, 'Choix des orientations', '2026-06-30', {
			phase: 1,
			objet: 'Choisir les orientations',
			lieu: 'Hôtel du Département',
			heure_debut: '14:00',
			textes: [`noeud:${noeudOf('Lever les freins du quotidien')}`, `noeud:${noeudOf('Rapprocher les employeurs')}`]
		}),
		seance(CAFES, 'World café des employeurs', '2026-10-06', {
			phase: 2,
			format: 'world_cafe',
			objet: 'Ce qui ferait embaucher ici',
			lieu: 'Lycée agricole du Clain-Vert',
			heure_debut: '17:30',
			heure_fin: '20:00',
			participants: 42
		}),
		seance(COMITE, 'Avis sur le projet', '2027-01-19', {
			phase: 3,
			objet: 'Arrêter le projet de pacte',
			lieu: 'Hôtel du Département',
			heure_debut: '14:00',
			heure_fin: '17:00',
			points: [
				{ texte: 'Le projet, axe par axe', minutes: 90 },
				{ texte: 'Réserves et arbitrages', minutes: 60 },
				{ texte: 'Avis', minutes: 20 }
			]
		}),
		seance(CAFES, 'World café de restitution', '2027-02', {
			phase: 3,
			format: 'world_cafe',
			objet: 'Dire ce qui a été retenu, et pourquoi'
		}),
		seance(COMITE, 'Signature', '', { phase: 3, objet: 'Signer le pacte' })
	];
}

/** Their place in the list: after the launch, the interviews and the users' groups. */
const PREMIER_GROUPE = 1 + 4 + 3;

function seance(
	instance: number,
	titre: string,
	date: string,
	more: Partial<SeanceArchive> & Pick<SeanceArchive, 'phase'>
): SeanceArchive {
	return {
		instance,
		titre,
		format: 'comite',
		theme: '',
		tour: null,
		date,
		heure_debut: '',
		heure_fin: '',
		lieu: '',
		objet: '',
		compte_rendu: '',
		participants: null,
		suite_de: null,
		points: [],
		presences: [],
		textes: [],
		salle: null,
		...more
	};
}
