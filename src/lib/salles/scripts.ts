import type { Format } from '#lib/seances/seance.ts';
import { scriptDeCafe, type EtapeDeScript } from './cafe.ts';
import { REGLAGES_DE_DEPART, type GenreDEtape, type VueDuMur } from './salle.ts';

/** A script that is shipped, or that a pacte keeps: steps in order, `question` being a place among those of the séance. */
export interface Script {
	id: string;
	titre: string;
	format: Format;
	etapes: EtapeDeScript[];
}

/** A step lasts its minutes; null: as long as it takes. */
function etape(
	genre: GenreDEtape,
	titre: string,
	minutes: number | null,
	consigne: string,
	rest: Partial<EtapeDeScript> = {}
): EtapeDeScript {
	const VUES: Record<GenreDEtape, VueDuMur> = {
		accueil: 'accueil',
		tour: 'question',
		deplacement: 'rotation',
		recolte: 'galerie',
		vote: 'votes',
		pause: 'noir',
		cloture: 'accueil'
	};
	return {
		genre,
		tour: null,
		titre,
		consigne,
		duree: minutes === null ? null : minutes * 60,
		ecrire: genre === 'tour' ? 'tous' : 'personne',
		voir: genre === 'recolte' || genre === 'vote' || genre === 'cloture' ? 'tous' : 'table',
		voter: genre === 'vote',
		vue: VUES[genre],
		question: null,
		...rest
	};
}

function cafe(tours: number, dureeDUnTour: number, ecritureSilencieuse: boolean): EtapeDeScript[] {
	const questions = Array.from({ length: tours }, () => '');
	return scriptDeCafe({
		questions,
		tours,
		dureeDUnTour,
		dureeDuDeplacement: 3,
		ecritureSilencieuse,
		reglages: REGLAGES_DE_DEPART
	});
}

const ACCUEIL = 'Installez-vous\u00a0: la séance va commencer.';
const MERCI = 'Merci. Ce que vous avez dit est gardé.';

/** What is shipped: one chooses one, then changes what one likes. */
export const MODELES: readonly Script[] = [
	{ id: 'cafe-court', titre: 'World café court, 3 tours de 15 min', format: 'world_cafe', etapes: cafe(3, 15, false) },
	{
		id: 'cafe-long',
		titre: 'World café long, 4 tours de 25 min, on écrit d’abord en silence',
		format: 'world_cafe',
		etapes: cafe(4, 25, true)
	},
	{
		id: 'groupe-1',
		titre: 'Groupe de travail, première réunion\u00a0: constats et perspectives',
		format: 'groupe_de_travail',
		etapes: numbered([
			etape('accueil', 'Accueil', null, ACCUEIL),
			etape('tour', 'Ce que nous constatons', 35, 'D’abord chacun pour soi, une idée par carte. On montre ensuite.', {
				voir: 'soi',
				question: 0
			}),
			etape('recolte', 'Regrouper les constats', 20, 'Ce qui se ressemble va ensemble.', { vue: 'recolte' }),
			etape('pause', 'Pause', 10, ''),
			etape('tour', 'Ce qu’il faudrait', 30, 'Partez de ce que les personnes vivent.', { question: 1 }),
			etape('vote', 'Choisir', 10, 'Donnez vos points à ce qui compte le plus.'),
			etape('cloture', 'Fin', null, MERCI)
		])
	},
	{
		id: 'groupe-2',
		titre: 'Groupe de travail, deuxième réunion\u00a0: vers les fiches-actions',
		format: 'groupe_de_travail',
		etapes: numbered([
			etape('accueil', 'Accueil', null, ACCUEIL),
			etape('recolte', 'Ce que nous avions dit', 15, 'Le résultat de la première réunion.', { vue: 'recolte' }),
			etape('tour', 'Quelles actions', 40, 'Une action par carte\u00a0: quoi, pour qui, avec qui.', { question: 0 }),
			etape('recolte', 'Impact et faisabilité', 20, 'Placez chaque action.', { vue: 'matrice' }),
			etape('tour', 'Qui fait quoi', 25, 'Un pilote, une échéance, un premier pas.', { question: 1 }),
			etape('cloture', 'Fin', null, MERCI)
		])
	},
	{
		id: 'panel',
		titre: 'Groupe d’usagers',
		format: 'panel_usagers',
		etapes: numbered([
			etape('accueil', 'Accueil', null, 'Bienvenue. Prenez place, il y a du café.'),
			etape('tour', 'Ce que je vis', 30, 'Dites ce qui aide et ce qui bloque. On ne note aucun nom.', { question: 0 }),
			etape('pause', 'Pause', 15, ''),
			etape('tour', 'Ce que je changerais', 30, 'Une idée par carte. Tout est bon à dire.', { question: 1 }),
			etape('vote', 'Le plus important', 10, 'Choisissez ce qui compte le plus pour vous.'),
			etape('cloture', 'Fin', null, 'Merci. On vous dira ce que vos idées deviennent.')
		])
	},
	{
		id: 'comite',
		titre: 'Comité',
		format: 'comite',
		etapes: numbered([
			etape('accueil', 'Accueil', null, ACCUEIL),
			etape('recolte', 'Où nous en sommes', 20, 'Ce que les séances ont produit.', { vue: 'recolte' }),
			etape('tour', 'Avis des membres', 30, 'Réserves, précisions, points à décider.', {
				ecrire: 'tables',
				question: 0
			}),
			etape('vote', 'Décider', 20, 'Chaque proposition, l’une après l’autre.'),
			etape('cloture', 'Fin', null, MERCI)
		])
	}
];

/** Rounds get their number, in order. */
export function numbered(etapes: readonly EtapeDeScript[]): EtapeDeScript[] {
	let tours = 0;
	return etapes.map((each) => {
		if (each.genre === 'tour') tours += 1;
		return { ...each, tour: each.genre === 'tour' ? tours : each.genre === 'deplacement' ? tours + 1 : null };
	});
}
