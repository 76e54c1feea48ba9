import { mapProse } from '#lib/editor/map-prose.ts';
import type { Bloc, Prose } from '#lib/editor/prose.ts';
import type { ReponseArchive, SectionArchive } from '#lib/pactes/archive.ts';
import type { EtatSection, GenreSection } from '#lib/sections/section.ts';
import { french } from '../export/typographie.ts';
import { chiffre, citation, constat, figure, gras, note, par, puces, renvoi, tableau, titre } from './prose.ts';

/**
 * What the demonstration's pacte has of its document so far: some sections are written, some validated, some still
 * empty, as in October of a year of work. All of it is invented.
 */
interface SectionDeDemo {
	/** Its id in the archive, for what refers to it. */
	id?: string;
	genre?: GenreSection;
	titre: string;
	longueur?: string;
	etat?: EtatSection;
	/** A name. */
	organisme?: string;
	prose?: Prose;
	sections?: SectionDeDemo[];
}

export interface NomsDeDemo {
	/** The archive's id of the branch with this title. */
	noeudOf(titre: string): string;
	organismeOf(nom: string): string;
}

/** Its figures, by what they show (`figures.ts`). */
const CHOMAGE = 'g1';
const ALLOCATAIRES = 'g2';
const FAMILLES = 'g3';
const AGES = 'g4';

export const SECTION_CAF = 'sCaf';
export const SECTION_MSA = 'sMsa';
export const SECTION_MISSION_LOCALE = 'sMissionLocale';
export const SECTION_PAROLE = 'sParole';

const EDITORIAL: Prose = [
	par(
		'Demander de l’aide est un pas difficile. Dans notre département, il faut encore trop souvent le refaire : un formulaire ici, un rendez-vous là, un silence entre les deux. Les personnes que nous avons écoutées cette année nous l’ont dit sans colère, et c’est ce qui nous a décidés.'
	),
	par(
		'Ce pacte tient en une promesse : ',
		gras('répondre vite, répondre une fois, et rester'),
		'. Quinze institutions s’y engagent avec le Département. Chacune y écrit ce qu’elle fera, avec quels moyens, et accepte qu’on le vérifie chaque automne.'
	),
	par(
		'Nous ne partons pas de rien. Le pacte précédent a ouvert des portes ; il en a laissé d’autres fermées, et nous disons lesquelles. Nous partons surtout de ce que vivent celles et ceux qui cherchent leur place. Qu’ils soient remerciés d’avoir pris la leur dans ces pages.'
	)
];

const CADRE: Prose = [
	par(
		'Le département est chef de file de l’insertion. La loi lui demande de réunir, dans un pacte territorial, ceux qui agissent pour l’insertion sociale et professionnelle',
		note('Code de l’action sociale et des familles, article L. 263-2.'),
		'. Depuis la loi pour le plein emploi',
		note('Loi n° 2023-1196 du 18 décembre 2023 pour le plein emploi.'),
		', ces acteurs forment aussi un réseau, dont France Travail anime le quotidien.'
	),
	titre('Ce que le pacte ajoute'),
	par('Il ne remplace aucun des documents qui obligent déjà les partenaires. Il dit :'),
	...puces(
		'ce que nous voulons changer ensemble d’ici 2030 ;',
		'qui conduit chaque action, et avec qui ;',
		'comment nous saurons que c’est fait.'
	)
];

const METHODE: Prose = [
	par(
		'Le pacte s’est écrit entre mars et octobre. Quatre groupes de travail, un par territoire et un pour les employeurs, ont réuni cent douze personnes. Trois groupes d’usagers ont relu les propositions et en ont ajouté.'
	)
];

function territoire(): Prose {
	return [
		par(
			'La Haute-Rivière compte 184 000 habitants',
			note('Estimation de l’Observatoire de la Haute-Rivière, 1er janvier 2025.'),
			', dont la moitié vit à moins de vingt minutes de Bourg-le-Pont. L’autre moitié se partage entre la vallée du Clain-Vert, où l’emploi est industriel, et les hautes communes, où il est surtout saisonnier.'
		),
		titre('Un emploi qui ne manque pas partout'),
		par(
			'Le taux de chômage est de ',
			chiffre(CHOMAGE, 'l1', 's1'),
			' : plus que la région (',
			chiffre(CHOMAGE, 'l1', 's2'),
			') et que le pays. L’écart vient des hautes communes. Dans la vallée, au contraire, les ateliers cherchent des bras et ne les trouvent pas.'
		),
		figure(CHOMAGE),
		titre('Des distances qui comptent'),
		tableau('Se rendre à Bourg-le-Pont sans voiture', [
			['Depuis', 'Premier car', 'Durée', 'Dernier retour'],
			['Clain-la-Ville', '6 h 50', '35 min', '19 h 10'],
			['Montferrand-le-Haut', '7 h 40', '1 h 20', '17 h 30'],
			['Les Essarts', 'aucun', '', '']
		]),
		par(
			'Une équipe du matin commence à cinq heures. Aucun car n’y mène. C’est ce que cherche à corriger la ',
			renvoi('noeud:Se déplacer avant l’aube'),
			'.'
		),
		constat({
			texte: 'Sans voiture, aucune zone d’activité n’est accessible avant six heures et demie.',
			theme: 'Se déplacer',
			noeud: 'Lever les freins du quotidien',
			origine: 'groupe de travail des employeurs, 14 mai'
		})
	];
}

const PERSONNES: Prose = [
	par(
		'Fin 2024, ',
		chiffre(ALLOCATAIRES, 'l6', 's1'),
		' recevaient le RSA. Leur nombre a monté pendant la crise sanitaire, puis il est revenu à son niveau d’avant : ceux qui restent sont plus loin de l’emploi qu’il y a cinq ans.'
	),
	figure(ALLOCATAIRES),
	titre('Des familles, souvent d’un seul parent'),
	par(
		'À Bourg-le-Pont, près d’un allocataire sur trois élève seul ses enfants. Dans les hautes communes, c’est la personne seule qui domine.'
	),
	figure(FAMILLES),
	titre('Attendre'),
	par('Entre la demande et le premier rendez-vous, il se passe en moyenne 38 jours. Ce que cela veut dire :'),
	...puces(
		'les droits s’ouvrent, mais personne n’a encore demandé à la personne ce qu’elle voulait ;',
		'un rendez-vous sur quatre est manqué, parce que la situation a changé entre-temps ;',
		'l’histoire est racontée trois fois en moyenne avant qu’une action commence.'
	),
	citation('« J’ai attendu deux mois. Quand on m’a appelée, j’avais déjà baissé les bras. »'),
	par('Une participante du groupe d’usagers de la vallée du Clain-Vert, avril.'),
	constat({
		texte: 'Le premier rendez-vous arrive trop tard : 38 jours en moyenne, 52 dans les hautes communes.',
		theme: 'Accueillir',
		noeud: 'Répondre vite, répondre une fois',
		origine: 'équipes sociales, étude des délais de 2024'
	}),
	constat({
		texte: 'La même histoire est demandée par trois services, avec trois questionnaires différents.',
		theme: 'Accueillir',
		noeud: 'Répondre vite, répondre une fois',
		origine: 'groupe d’usagers de la vallée du Clain-Vert, 9 avril'
	}),
	constat({
		texte: 'Un parent seul sur deux a renoncé à un entretien faute de garde.',
		theme: 'Garder les enfants',
		noeud: 'Lever les freins du quotidien',
		origine: 'enquête de la CAF, 2024'
	})
];

const CONSTATS: Prose = [
	par('Ces constats viennent du diagnostic ; les enjeux qui suivent ont été choisis par les groupes de travail.'),
	constat({
		nature: 'enjeu',
		texte: 'Faire du premier mois un temps utile, et non une attente.',
		theme: 'Accueillir',
		noeud: 'Répondre vite, répondre une fois'
	}),
	constat({
		nature: 'enjeu',
		texte: 'Que les employeurs de la vallée recrutent ceux qui habitent la vallée.',
		theme: 'Travailler',
		noeud: 'Rapprocher les employeurs',
		origine: 'groupe de travail des employeurs, 14 mai'
	}),
	constat({
		nature: 'enjeu',
		texte: 'Soigner la solitude des travailleurs agricoles, que personne ne vient voir.',
		theme: 'Se soigner',
		origine: 'MSA, réunion du 3 juin'
	})
];

/** What answers a constat or an enjeu, by the beginning of its text. The last enjeu has no answer yet. */
const REPONSES: Record<string, string[]> = {
	'Sans voiture': ['Se déplacer avant l’aube'],
	'Le premier rendez-vous': ['Un premier rendez-vous sous dix jours', 'Une permanence itinérante dans les vallées'],
	'La même histoire': ['Un dossier raconté une seule fois'],
	'Un parent seul': ['Garder les enfants pendant les entretiens et les essais en emploi'],
	'Faire du premier mois': ['Un premier rendez-vous sous dix jours'],
	'Que les employeurs': ['Visiter l’entreprise ensemble', 'Essayer un poste pendant une semaine']
};

const PAROLE: Prose = [
	par(
		'Verser une prestation à l’heure est notre métier. Ce n’est pas le tout de notre mission : derrière chaque dossier, quelqu’un cherche à reprendre pied.'
	),
	par(
		'Nous signons ce pacte pour une raison simple. Il nous demande de prévenir avant de suspendre, d’appeler avant d’écrire, et d’ouvrir des places de garde à ceux qui cherchent un emploi. Nous pouvons le faire, et nous voulons en rendre compte.'
	)
];

const GOUVERNANCE: Prose = [
	par(
		'Trois instances suivent le pacte. Celle qui décide se réunit peu ; celle qui travaille se réunit souvent ; celle des usagers donne son avis sur tout, et reçoit une réponse écrite (',
		renvoi('noeud:Les groupes d’usagers, instance du pacte'),
		').'
	)
];

const EVALUATION: Prose = [
	par(
		'Chaque automne, les pilotes donnent leurs valeurs. Le bilan tient en huit pages et se lit dans les quatre territoires : voir la ',
		renvoi('noeud:Un bilan public chaque automne'),
		' et les instances de la ',
		renvoi('section:sGouvernance'),
		'.'
	)
];

const PLAN: SectionDeDemo[] = [
	{ titre: 'Éditorial', longueur: 'une page', etat: 'valide', prose: EDITORIAL },
	{
		id: SECTION_PAROLE,
		genre: 'parole',
		titre: 'Le mot de la CAF',
		longueur: 'une demi-page',
		etat: 'a_valider',
		organisme: 'CAF',
		prose: PAROLE
	},
	{
		titre: 'Le cadre du pacte',
		sections: [
			{ titre: 'Cadre légal', longueur: 'deux pages', etat: 'en_relecture', prose: CADRE },
			{ genre: 'bilan', titre: 'Bilan du pacte précédent', longueur: 'deux pages' },
			{ genre: 'methode', titre: 'Comment ce pacte a été écrit', longueur: 'deux pages', prose: METHODE },
			{ genre: 'partenaires', titre: 'Les partenaires' }
		]
	},
	{
		titre: 'Diagnostic',
		sections: [
			{
				titre: 'Le territoire et ses habitants',
				longueur: 'quatre pages',
				etat: 'en_relecture',
				prose: territoire()
			},
			{ titre: 'Les personnes accompagnées', longueur: 'quatre pages', prose: PERSONNES },
			{ titre: 'L’emploi et la formation', longueur: 'quatre pages', prose: [figure(AGES)] },
			{ genre: 'constats', titre: 'Constats et enjeux', prose: CONSTATS }
		]
	},
	{ genre: 'orientations', titre: 'Orientations et fiches-actions' },
	{ genre: 'synthese', titre: 'Tableau de synthèse' },
	{
		genre: 'engagements',
		titre: 'Engagements des partenaires',
		sections: [
			{ id: SECTION_CAF, genre: 'engagement', titre: 'La CAF', organisme: 'CAF', etat: 'a_valider' },
			{ id: SECTION_MSA, genre: 'engagement', titre: 'La MSA', organisme: 'MSA' },
			{
				id: SECTION_MISSION_LOCALE,
				genre: 'engagement',
				titre: 'La Mission locale',
				organisme: 'Mission locale'
			}
		]
	},
	{ id: 'sGouvernance', genre: 'gouvernance', titre: 'Gouvernance et suivi', prose: GOUVERNANCE },
	{ genre: 'financement', titre: 'Financement' },
	{ genre: 'evaluation', titre: 'Évaluation', prose: EVALUATION },
	{ genre: 'signatures', titre: 'Signatures' },
	{ genre: 'figures', titre: 'Figures et sources' },
	{ genre: 'glossaire', titre: 'Glossaire' }
];

/** The plan, its texts and what answers its constats, as an archive holds them. */
export function textesDeHauteRiviere(noms: NomsDeDemo): { sections: SectionArchive[]; reponses: ReponseArchive[] } {
	const sections: SectionArchive[] = [];
	const place = (level: readonly SectionDeDemo[], parent: string | null) => {
		for (const { genre = 'texte', titre, longueur = '', etat = 'brouillon', ...rest } of level) {
			const id = rest.id ?? `s${sections.length + 1}`;
			const organisme = rest.organisme === undefined ? null : noms.organismeOf(rest.organisme);
			sections.push({ id, parent, genre, titre, organisme, noeud: null, etat, longueur, prose: rest.prose ?? [] });
			place(rest.sections ?? [], id);
		}
	};
	place(PLAN, null);
	return withNames(sections, noms);
}

/** Titles become ids, constats get their keys in the order of reading, and the text its no-break spaces. */
function withNames(sections: SectionArchive[], { noeudOf }: NomsDeDemo) {
	const reponses: ReponseArchive[] = [];
	let cles = 0;
	const named = (prose: Prose) =>
		mapProse(prose, {
			cible: (cible) => (cible.startsWith('noeud:') ? `noeud:${noeudOf(cible.slice('noeud:'.length))}` : cible),
			figure: (id) => id,
			chiffre: (quoted) => quoted,
			piece: (id) => id,
			constat: (marque) => ({
				...marque,
				cle: `c${++cles}`,
				noeud: marque.noeud === '' ? '' : noeudOf(marque.noeud)
			}),
			texte: french
		});
	for (const section of sections) {
		section.prose = named(section.prose);
		for (const bloc of section.prose)
			for (const titre of answersTo(bloc))
				reponses.push({ constat: (bloc.type === 'paragraphe' && bloc.constat?.cle) || '', noeud: noeudOf(titre) });
	}
	return { sections, reponses };
}

function answersTo(bloc: Bloc): string[] {
	if (bloc.type !== 'paragraphe' || !bloc.constat) return [];
	const [first] = bloc.contenu;
	const texte = first?.type === 'texte' ? first.texte : '';
	return Object.entries(REPONSES).find(([debut]) => texte.startsWith(debut))?.[1] ?? [];
}
