import {
	FORMES,
	REGLAGES_DE_DEPART,
	type Etape,
	type Forme,
	type GenreDEtape,
	type ReglagesDeSalle,
	type Salle,
	type VueDuMur
} from './salle.ts';

/** A world café as one sets it up. */
export interface Cafe {
	/** One a round, or one a table (`reglages.questions`); the last one serves those that have none. */
	questions: string[];
	/** Names of the tables, in order; may be empty words. */
	tables: { nom: string; hote: string; places?: number | null }[];
	tours: number;
	/** Minutes. */
	dureeDUnTour: number;
	dureeDuDeplacement: number;
	/** Cards are hidden from the others of the table at first. */
	ecritureSilencieuse: boolean;
	reglages: ReglagesDeSalle;
	/** Who is expected, by organisme; may be empty. */
	inscrits: { organismeId: string | null; organisme: string; nombre: number; usager: boolean }[];
}

export const TABLES_AU_PLUS = 30;
export const TOURS_AU_PLUS = 8;

/** A step before it has an id. `question`: its place among the café's questions. */
export type EtapeDeScript = Pick<
	Etape,
	'genre' | 'tour' | 'titre' | 'consigne' | 'duree' | 'ecrire' | 'voir' | 'voter' | 'vue'
> & {
	question: number | null;
};

/** Welcome, rounds with the time to move between two, harvest, vote, close. */
export function scriptDeCafe(
	cafe: Pick<Cafe, 'questions' | 'tours' | 'dureeDUnTour' | 'dureeDuDeplacement' | 'ecritureSilencieuse' | 'reglages'>
): EtapeDeScript[] {
	const step = (
		genre: GenreDEtape,
		titre: string,
		vue: VueDuMur,
		rest: Partial<EtapeDeScript> = {}
	): EtapeDeScript => ({
		genre,
		titre,
		vue,
		tour: null,
		consigne: '',
		duree: null,
		ecrire: 'personne',
		voir: 'table',
		voter: false,
		question: null,
		...rest
	});
	const script = [step('accueil', 'Accueil', 'accueil', { consigne: 'Installez-vous\u00a0: la séance va commencer.' })];
	for (let tour = 1; tour <= cafe.tours; tour++) {
		if (tour > 1)
			script.push(
				step('deplacement', `Changement de table, vers le tour ${tour}`, 'rotation', {
					tour,
					duree: cafe.dureeDuDeplacement * 60,
					consigne:
						cafe.reglages.rotation === 'libre'
							? 'Choisissez une autre table. L’hôte reste.'
							: 'Changez de table\u00a0: votre écran ou votre feuille dit laquelle. L’hôte reste.'
				})
			);
		script.push(
			step('tour', `Tour ${tour}`, 'question', {
				tour,
				duree: cafe.dureeDUnTour * 60,
				ecrire: 'tous',
				voir: cafe.ecritureSilencieuse ? 'soi' : 'table',
				consigne: 'Parlez, et notez une idée par carte.',
				question: cafe.reglages.questions === 'par_tour' ? Math.min(tour, cafe.questions.length) - 1 : null
			})
		);
	}
	script.push(
		step('recolte', 'Récolte', 'galerie', { voir: 'tous', consigne: 'Chaque table donne ses pépites.' }),
		step('vote', 'Vote', 'votes', {
			voir: 'tous',
			voter: true,
			consigne: 'Donnez vos points à ce qui compte le plus.'
		}),
		step('cloture', 'Fin', 'accueil', { voir: 'tous', consigne: 'Merci. Ce que vous avez dit est gardé.' })
	);
	return script;
}

/** Beyond eight, shapes come again: the number tells tables apart. */
export function formeDe(numero: number): Forme {
	return FORMES[(numero - 1) % FORMES.length] as Forme;
}

/** A café as it was set up, from the room as it is; what was changed step by step is as it was for the first round. */
export function cafeDe({ questions, tables, etapes, sieges, reglages }: Salle): Cafe {
	const first = etapes.find(({ genre }) => genre === 'tour');
	const moving = etapes.find(({ genre }) => genre === 'deplacement');
	const minutes = (etape: Etape | undefined, otherwise: number) =>
		etape?.duree ? Math.round(etape.duree / 60) : otherwise;
	const inscrits = new Map<string, Cafe['inscrits'][number]>();
	for (const { genre, hote, organismeId, organisme, usager } of sieges) {
		if (genre !== 'personne' || hote || organisme === '') continue;
		const known = inscrits.get(organisme) ?? { organismeId, organisme, usager, nombre: 0 };
		inscrits.set(organisme, { ...known, nombre: known.nombre + 1 });
	}
	return {
		questions: questions.map(({ texte }) => texte),
		tables: tables.map(({ nom, hote, places }) => ({ nom, hote, places })),
		tours: etapes.filter(({ genre }) => genre === 'tour').length,
		dureeDUnTour: minutes(first, CAFE_DE_DEPART.dureeDUnTour),
		dureeDuDeplacement: minutes(moving, CAFE_DE_DEPART.dureeDuDeplacement),
		ecritureSilencieuse: first?.voir === 'soi',
		reglages,
		inscrits: [...inscrits.values()]
	};
}

/** What one is offered to begin with. */
export const CAFE_DE_DEPART: Cafe = {
	questions: [],
	tables: Array.from({ length: 6 }, () => ({ nom: '', hote: '' })),
	tours: 3,
	dureeDUnTour: 20,
	dureeDuDeplacement: 3,
	ecritureSilencieuse: true,
	reglages: REGLAGES_DE_DEPART,
	inscrits: []
};
