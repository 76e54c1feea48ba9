import { counted } from '#lib/format.ts';
import { nameOfTable, byWorth, type CarteRecoltee, type Recolte } from '#lib/recolte/recolte.ts';
import { NOM_DE_LA_CIBLE, type Devenir } from '#lib/recolte/versement.ts';
import { NOM_DE_LA_NATURE } from '#lib/salles/natures.ts';
import { titreDe } from '#lib/salles/scrutin.ts';
import { NOM_DU_FORMAT, totalsOf, whenInWords } from '#lib/seances/seance.ts';
import {
	liste,
	paragraphe,
	tableau,
	titre,
	type BlocEcrit,
	type Classeur,
	type DocumentEcrit
} from '../export/blocs.ts';
import type { Run } from '../export/parties/prose.ts';
import type { SeanceLue } from '../seances/seances.ts';

/** What a compte rendu tells: nothing of who said what. */
export interface Matiere {
	pacte: string;
	seance: SeanceLue;
	/** null: nothing was led there with cards. */
	recolte: Recolte | null;
	/** By organisme, of those who joined; empty when nobody said it. */
	venus: { organisme: string; nombre: number }[];
	devenirs: Devenir[];
}

/** The compte rendu of a séance, as blocks. */
export function compteRenduOf(matiere: Matiere): DocumentEcrit {
	const { pacte, seance, recolte, devenirs } = matiere;
	return {
		type: 'ecrit',
		titre: `Compte rendu\u00a0: ${seance.titre}`,
		sousTitre: [NOM_DU_FORMAT[seance.format], whenInWords(seance), seance.lieu].filter(Boolean).join(', '),
		pied: `${pacte} – ${seance.titre}`,
		blocs: [
			...(seance.objet === '' ? [] : [paragraphe(seance.objet)]),
			...participants(matiere),
			...partie(
				'Ordre du jour',
				liste(
					seance.points.map(({ texte, minutes }) => (minutes === null ? texte : `${texte} (${minutes}\u00a0min)`)),
					true
				)
			),
			...partie(
				'Ce qui en ressort',
				seance.compteRendu
					.split(/\n+/)
					.filter((line) => line.trim() !== '')
					.map(paragraphe)
			),
			...(recolte ? recolteBlocs(recolte, devenirs) : []),
			...partie('Versé dans le pacte', verses(devenirs))
		]
	};
}

function partie(nom: string, blocs: BlocEcrit[], rang = 1): BlocEcrit[] {
	return blocs.length === 0 ? [] : [titre(rang, nom), ...blocs];
}

function participants({ seance, venus, recolte }: Matiere): BlocEcrit[] {
	const noted = seance.presences.filter(({ attendus, presents }) => attendus !== null || presents !== null);
	const totaux = totalsOf(noted);
	const number = (count: number | null) => (count === null ? '' : String(count));
	const blocs: BlocEcrit[] = [];
	if (seance.participants !== null) blocs.push(paragraphe(`${counted(seance.participants, 'participant')}.`));
	if (noted.length > 0)
		blocs.push(
			tableau(
				'Présences par organisme',
				['Organisme', 'Attendus', 'Présents'],
				[
					...noted.map(({ nom, attendus, presents }) => [nom, number(attendus), number(presents)]),
					['Ensemble', String(totaux.attendus), String(totaux.presents)]
				]
			)
		);
	else if (venus.length > 0)
		blocs.push(
			tableau(
				'Personnes venues, par organisme',
				['Organisme', 'Personnes'],
				venus.map(({ organisme, nombre }) => [organisme, String(nombre)])
			)
		);
	if (recolte && recolte.tables.length > 0)
		blocs.push(paragraphe(`${counted(recolte.tables.length, 'table')}, ${counted(recolte.tours.length, 'tour')}.`));
	return partie('Participants', blocs);
}

function recolteBlocs(recolte: Recolte, devenirs: readonly Devenir[]): BlocEcrit[] {
	return [
		...partie('Questions', liste(recolte.questions.map(({ texte }) => texte))),
		...partie('Pépites et surprises', pepites(recolte)),
		...partie('Groupes', groupes(recolte, devenirs)),
		...partie('Votes', votes(recolte)),
		...partie('Impact et faisabilité', matrice(recolte)),
		...partie('Toutes les contributions', contributions(recolte))
	];
}

/** « Besoin : un bus le soir (tour 1, papier) » */
function ligneOf(carte: CarteRecoltee, { tables, ici = '' }: { tables: Recolte['tables']; ici?: string }): Run[] {
	const table = tables.find(({ id }) => id === carte.tableId);
	const details = [
		table && table.id !== ici ? `table\u00a0${table.numero}` : '',
		carte.tour === null ? '' : `tour\u00a0${carte.tour}`,
		carte.pepite === null ? '' : 'pépite',
		carte.surprise ? 'surprise' : '',
		carte.source === 'ecran' ? '' : carte.source,
		carte.reprise ? 'séance précédente' : ''
	].filter(Boolean);
	return [
		{ texte: `${NOM_DE_LA_NATURE[carte.nature]}\u00a0: `, gras: true },
		{ texte: carte.texte },
		...(details.length > 0 ? [{ texte: ` (${details.join(', ')})`, italique: true as const }] : [])
	];
}

function pepites({ cartes, tables }: Recolte): BlocEcrit[] {
	const chosen = cartes.filter(({ pepite, surprise }) => pepite !== null || surprise);
	return liste(chosen.map((carte) => ligneOf(carte, { tables })));
}

function groupes({ groupes, cartes, tables }: Recolte, devenirs: readonly Devenir[]): BlocEcrit[] {
	return groupes.flatMap(({ id, titre: nom }) => {
		const inside = cartes.filter(({ groupeId }) => groupeId === id);
		if (inside.length === 0) return [];
		const devenu = devenirs.filter(({ source }) => source === id).map(({ repere, titre }) => `${repere}, ${titre}`);
		return [
			titre(2, `${nom} (${counted(inside.length, 'contribution')})`),
			...(devenu.length > 0 ? [paragraphe(`Devenu\u00a0: ${devenu.join('\u00a0; ')}.`)] : []),
			...liste(inside.map((carte) => ligneOf(carte, { tables })))
		];
	});
}

function votes(recolte: Recolte): BlocEcrit[] {
	return recolte.scrutins.flatMap(({ titre: nom, votants, budget, resultats }) => {
		const who = `${counted(votants, 'place a voté', 'places ont voté')}, ${counted(budget, 'point')} chacune`;
		if (!resultats) return [titre(2, nom), paragraphe(`Vote en cours\u00a0: ${who}.`)];
		return [
			titre(2, nom),
			paragraphe(`${who}. Les mains levées et les bulletins papier sont comptés à part.`),
			tableau(
				'',
				['Proposition', 'Points', 'Mains levées', 'Papier'],
				resultats.map(({ titre: proposition, points, mains, papier }) => [
					proposition,
					...[points, mains, papier].map(String)
				])
			)
		];
	});
}

/** What evaluations and votes are about, by name. */
function named(recolte: Recolte, objet: string): string {
	const cartes = recolte.cartes.map((carte) => ({ ...carte, retireeAt: null, modereeAt: null }));
	return titreDe({ cartes, groupes: recolte.groupes }, objet);
}

function matrice(recolte: Recolte): BlocEcrit[] {
	if (recolte.evaluations.length === 0) return [];
	return [
		tableau(
			'De 1 (faible) à 5 (fort)',
			['Proposition', 'Impact', 'Faisabilité'],
			byWorth(recolte.evaluations).map(({ objet, impact, faisabilite }) => [
				named(recolte, objet),
				String(impact),
				String(faisabilite)
			])
		)
	];
}

/** By question, then by table, then by round. */
function contributions({ questions, tables, cartes }: Recolte): BlocEcrit[] {
	const byQuestion = [...questions, { id: null, texte: 'Sans question' }];
	return byQuestion.flatMap(({ id, texte }) => {
		const asked = cartes.filter(({ questionId }) => questionId === id);
		if (asked.length === 0) return [];
		const places = [
			...tables.map((table) => ({ id: table.id as string | null, nom: nameOfTable(table) })),
			{ id: null, nom: 'Sans table' }
		];
		return [
			titre(2, texte),
			...places.flatMap((place) => {
				const said = asked.filter(({ tableId }) => tableId === place.id).sort((a, b) => (a.tour ?? 0) - (b.tour ?? 0));
				return partie(place.nom, liste(said.map((carte) => ligneOf(carte, { tables, ici: place.id ?? '' }))), 3);
			})
		];
	});
}

function verses(devenirs: readonly Devenir[]): BlocEcrit[] {
	const once = new Map(devenirs.map((devenir) => [devenir.cible, devenir]));
	return liste(
		[...once.values()].map(({ genre, repere, titre }) =>
			genre === 'carte' ? `${repere}\u00a0: ${titre}` : `${NOM_DE_LA_CIBLE[genre]}\u00a0: ${titre} (${repere})`
		)
	);
}

/** The same for those who count: a line for each card, each group, each result. */
export function classeurOf({ seance, recolte, devenirs, venus }: Matiere): Classeur {
	const noted = seance.presences.filter(({ attendus, presents }) => attendus !== null || presents !== null);
	return {
		titre: `Compte rendu – ${seance.titre}`,
		feuilles: [
			{
				nom: 'Séance',
				colonnes: [
					{ titre: 'Rubrique', largeur: 22 },
					{ titre: 'Contenu', largeur: 80 }
				],
				lignes: [
					['Titre', seance.titre],
					['Format', NOM_DU_FORMAT[seance.format]],
					['Date', whenInWords(seance)],
					['Lieu', seance.lieu],
					['Objet', seance.objet],
					...seance.points.map(({ texte }, i) => [`Ordre du jour ${i + 1}`, texte]),
					...(recolte?.questions ?? []).map(({ texte }, i) => [`Question ${i + 1}`, texte])
				]
			},
			{
				nom: 'Participants',
				colonnes: [
					{ titre: 'Organisme', largeur: 40 },
					{ titre: 'Attendus', largeur: 12 },
					{ titre: 'Présents', largeur: 12 }
				],
				lignes:
					noted.length > 0
						? noted.map(({ nom, attendus, presents }) => [nom, attendus, presents])
						: venus.map(({ organisme, nombre }) => [organisme, null, nombre])
			},
			...(recolte ? feuillesOf(recolte, devenirs) : [])
		]
	};
}

function feuillesOf(recolte: Recolte, devenirs: readonly Devenir[]): Classeur['feuilles'] {
	const column = (titre: string, largeur: number) => ({ titre, largeur });
	const questions = new Map(recolte.questions.map(({ id, texte }) => [id, texte]));
	const tables = new Map(recolte.tables.map((table) => [table.id, nameOfTable(table)]));
	const groupes = new Map(recolte.groupes.map(({ id, titre }) => [id, titre]));
	const devenu = (source: string) =>
		devenirs
			.filter((devenir) => devenir.source === source)
			.map(({ repere, titre }) => `${repere}, ${titre}`)
			.join(' ; ');
	const placed = (objet: string) => recolte.evaluations.find((evaluation) => evaluation.objet === objet);
	return [
		{
			nom: 'Cartes',
			colonnes: [
				column('Question', 40),
				column('Table', 22),
				column('Tour', 8),
				column('Nature', 12),
				column('Texte', 70),
				column('Source', 10),
				column('Pépite', 9),
				column('Surprise', 10),
				column('Groupe', 30),
				column('Devenu', 30)
			],
			lignes: recolte.cartes.map((carte) => [
				questions.get(carte.questionId ?? '') ?? '',
				tables.get(carte.tableId ?? '') ?? '',
				carte.tour,
				NOM_DE_LA_NATURE[carte.nature],
				carte.texte,
				carte.source,
				carte.pepite,
				carte.surprise ? 'oui' : '',
				groupes.get(carte.groupeId ?? '') ?? '',
				devenu(carte.id)
			])
		},
		{
			nom: 'Groupes',
			colonnes: [
				column('Groupe', 50),
				column('Cartes', 9),
				column('Impact', 9),
				column('Faisabilité', 12),
				column('Devenu', 40)
			],
			lignes: recolte.groupes.map(({ id, titre }) => [
				titre,
				recolte.cartes.filter(({ groupeId }) => groupeId === id).length,
				placed(id)?.impact ?? null,
				placed(id)?.faisabilite ?? null,
				devenu(id)
			])
		},
		{
			nom: 'Votes',
			colonnes: [
				column('Vote', 30),
				column('Proposition', 60),
				column('Points des places', 12),
				column('Mains levées', 12),
				column('Papier', 10)
			],
			lignes: recolte.scrutins.flatMap(({ titre, resultats }) =>
				(resultats ?? []).map(({ titre: proposition, points, mains, papier }) => [
					titre,
					proposition,
					points,
					mains,
					papier
				])
			)
		}
	];
}
