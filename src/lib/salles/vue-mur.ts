import { enPages, pageDe } from './en-pages.ts';
import { tableEnMots } from './formes.ts';
import {
	etapeDe,
	questionDe,
	type Carte,
	type EtatDeSalle,
	type Minuteur,
	type NatureDeCarte,
	type ReglagesDeSalle,
	type Salle,
	type VueDuMur
} from './salle.ts';
import { resultatsDe, titreDe, type Resultat } from './scrutin.ts';

/** What the wall shows: no name of a person, nothing that is not revealed, no vote before it closes, no private control. */
export interface VueMur {
	seance: { id: string; titre: string; etat: EtatDeSalle; repetition: boolean };
	/** Of an open room. */
	code: string | null;
	etape: { titre: string; consigne: string; tour: number | null; tours: number; minuteur: Minuteur | null } | null;
	/** Who has come: people, with a device or without. */
	personnes: number;
	tables: number;
	contenu: ContenuDuMur;
}

/** By page: the facilitator turns them. */
interface Pages {
	page: number;
	pages: number;
}

export type ContenuDuMur =
	| { vue: 'accueil' | 'noir' }
	| { vue: 'question'; question: string }
	| ({ vue: 'questions'; questions: { table: string; question: string }[] } & Pages)
	| { vue: 'rotation'; rotation: ReglagesDeSalle['rotation']; deplacements: { de: string; vers: string }[] }
	| ({ vue: 'galerie'; titre: string; colonnes: CarteDuMur[][] } & Pages)
	| ({ vue: 'votes'; titre: string; lignes: Resultat[]; plus: number } & Pages)
	| { vue: 'vote_ouvert'; titre: string; votants: number }
	| ({
			vue: 'recolte';
			groupes: { id: string; titre: string; cartes: number; tables: number }[];
			seules: number;
	  } & Pages)
	| ({ vue: 'matrice'; points: PointDuMur[]; legende: { rang: number; titre: string }[] } & Pages);

export interface CarteDuMur {
	id: string;
	nature: NatureDeCarte;
	texte: string;
	/** « Table 3 ». */
	table: string;
	surprise: boolean;
}

/** Something on the matrix: its number stands in the list beside. */
export interface PointDuMur {
	rang: number;
	impact: number;
	faisabilite: number;
}

/*
 * How much a wall of 16:9 holds in letters of 4.4 % of its height, that one reads from the last row: lines of a page, letters of a line,
 * counted short so that nothing is ever cut.
 */
const LIGNES = 12;
const LETTRES_D_UNE_COLONNE = 29;
const CARTES_PAR_PAGE = 6;
const LIGNES_DE_VOTES = 5;
const GROUPES_PAR_PAGE = 8;
const LEGENDES_PAR_PAGE = 6;
/** Of what is named in a list: two lines. */
const TITRE_COURT = 64;

export function vueMur(salle: Salle): VueMur {
	const etape = etapeDe(salle);
	const { seanceId, titre, etat, repetition } = salle;
	return {
		seance: { id: seanceId, titre, etat, repetition },
		code: etat === 'ouverte' ? salle.code : null,
		etape: etape && {
			titre: etape.titre,
			consigne: etape.consigne,
			tour: etape.tour,
			tours: Math.max(0, ...salle.etapes.map(({ tour }) => tour ?? 0)),
			minuteur: salle.minuteur
		},
		personnes: salle.sieges.filter(({ genre, pris, absent }) => genre !== 'table' && pris && !absent).length,
		tables: salle.tables.length,
		contenu: contenuDe({ ...salle, cartes: salle.cartes.filter(isPublic) }, salle.mur?.vue ?? etape?.vue ?? 'accueil')
	};
}

function isPublic({ revelee, attente, retireeAt, modereeAt }: Carte): boolean {
	return revelee && !attente && retireeAt === null && modereeAt === null;
}

/** `salle` holds the cards that everyone may see, and no other. */
function contenuDe(salle: Salle, vue: VueDuMur): ContenuDuMur {
	switch (vue) {
		case 'accueil':
		case 'noir':
			return { vue };
		case 'question':
			return laQuestion(salle);
		case 'rotation':
			return { vue, rotation: salle.reglages.rotation, deplacements: deplacementsDe(salle) };
		case 'galerie':
			return laGalerie(salle);
		case 'votes':
			return lesVotes(salle);
		case 'recolte':
			return laRecolte(salle);
		case 'matrice':
			return laMatrice(salle);
		default:
			return vue satisfies never;
	}
}

function laQuestion(salle: Salle): ContenuDuMur {
	const etape = etapeDe(salle);
	const question = questionDe(salle, null, etape);
	const parTable = salle.tables
		.map((table) => ({ table: `Table\u00a0${table.numero}`, question: questionDe(salle, table, etape) }))
		.filter((each) => each.question !== '');
	if (question !== '' || parTable.length === 0) return { vue: 'question', question };
	const pages = enPages(parTable, {
		lignesDe: (each) => linesOf(`${each.table} ${each.question}`, LETTRES_D_UNE_COLONNE) + 0.5,
		lignes: LIGNES,
		auPlus: CARTES_PAR_PAGE
	});
	const { contenu, ...at } = pageDe(pages, askedPage(salle));
	return { vue: 'questions', questions: contenu ?? [], ...at };
}

/** Where whole tables go: hosts stay, and the others of a table all go to the same one. */
function deplacementsDe({ reglages, tables, sieges, passages, ...salle }: Salle): { de: string; vers: string }[] {
	const tour = etapeDe(salle)?.tour ?? null;
	if (reglages.rotation !== 'par_table' || tour === null) return [];
	const stays = new Set(sieges.filter(({ hote, genre }) => hote || genre === 'table').map(({ id }) => id));
	const at = (when: number) =>
		new Map(passages.filter((each) => each.tour === when).map(({ siegeId, tableId }) => [siegeId, tableId]));
	const [before, after] = [at(tour - 1), at(tour)];
	return tables.flatMap((table) => {
		const leave = [...before].filter(([siege, where]) => where === table.id && !stays.has(siege));
		const there = new Set(leave.map(([siege]) => after.get(siege)));
		const vers = tables.find(({ id }) => there.size === 1 && there.has(id));
		return vers && vers.id !== table.id
			? [{ de: tableCourte(table.numero), vers: tableEnMots({ ...vers, nom: '' }) }]
			: [];
	});
}

/**
 * Pépites and surprises; or, when the facilitator chose a group, its cards. Where no table chose any, the groups, or all the cards: a
 * wall that shows nothing is no harvest.
 */
function laGalerie(salle: Salle): ContenuDuMur {
	const { cartes, groupes } = salle;
	const groupe = groupes.find(({ id }) => id === salle.mur?.objet);
	const pepites = cartes.filter(({ pepite, surprise }) => pepite !== null || surprise);
	if (!groupe && pepites.length === 0 && groupes.length > 0) return laRecolte(salle);
	const shown = groupe
		? cartes.filter(({ groupeId }) => groupeId === groupe.id)
		: (pepites.length > 0 ? pepites : [...cartes]).sort(byTable(salle));
	const inOrder = shown.map(({ id, nature, texte, tableId, surprise }) => {
		const table = salle.tables.find((each) => each.id === tableId);
		return { id, nature, texte, surprise, table: table ? tableCourte(table.numero) : '' };
	});
	const { contenu, ...at } = pageDe(galleryPages(inOrder), askedPage(salle));
	const titre = pepites.length > 0 || cartes.length === 0 ? 'Les pépites des tables' : 'Les cartes des tables';
	return { vue: 'galerie', titre: groupe?.titre ?? titre, colonnes: contenu ?? [], ...at };
}

/** Two columns of cards to a page; a card that no column holds has the page to itself. */
function galleryPages(cartes: readonly CarteDuMur[]): CarteDuMur[][][] {
	const columns = enPages(cartes, {
		lignesDe: ({ texte }) => linesOf(texte, LETTRES_D_UNE_COLONNE) + 2,
		lignes: LIGNES,
		auPlus: CARTES_PAR_PAGE / 2
	});
	const isWide = (column: CarteDuMur[]) =>
		column.some(({ texte }) => linesOf(texte, LETTRES_D_UNE_COLONNE) + 2 > LIGNES);
	return enPages(columns, { lignesDe: (column) => (isWide(column) ? 2 : 1), lignes: 2, auPlus: 2 });
}

function byTable({ tables }: Pick<Salle, 'tables'>): (a: Carte, b: Carte) => number {
	const rank = new Map(tables.map(({ id }, i) => [id, i]));
	const of = ({ tableId }: Carte) => rank.get(tableId ?? '') ?? tables.length;
	return (a, b) =>
		(b.tour ?? 0) - (a.tour ?? 0) ||
		of(a) - of(b) ||
		Number(a.surprise) - Number(b.surprise) ||
		(a.pepite ?? 9) - (b.pepite ?? 9);
}

/** The vote that the facilitator chose, else the last one. */
function lesVotes(salle: Salle): ContenuDuMur {
	const scrutin = salle.scrutins.find(({ id }) => id === salle.mur?.objet) ?? salle.scrutins.at(-1);
	if (!scrutin) return { vue: 'votes', titre: 'Vote', lignes: [], plus: 0, page: 0, pages: 0 };
	const resultats = resultatsDe(salle, scrutin);
	if (!resultats) {
		const votants = new Set(
			salle.voix.filter(({ scrutinId }) => scrutinId === scrutin.id).map(({ siegeId }) => siegeId)
		);
		return { vue: 'vote_ouvert', titre: scrutin.titre, votants: votants.size };
	}
	const pages = enPages(
		resultats.map((resultat) => ({ ...resultat, titre: shortened(resultat.titre) })),
		{ lignesDe: () => 1, lignes: LIGNES_DE_VOTES, auPlus: LIGNES_DE_VOTES }
	);
	const { contenu, ...at } = pageDe(pages, askedPage(salle));
	const plus = Math.max(0, ...resultats.map(({ points, mains, papier }) => points + mains + papier));
	return { vue: 'votes', titre: scrutin.titre, lignes: contenu ?? [], plus, ...at };
}

/** Groups, with how much each holds; one that the facilitator chose is shown card by card. */
function laRecolte(salle: Salle): ContenuDuMur {
	const { cartes, groupes } = salle;
	if (groupes.some(({ id }) => id === salle.mur?.objet)) return laGalerie(salle);
	const counted = groupes.map(({ id, titre }) => {
		const held = cartes.filter(({ groupeId }) => groupeId === id);
		const tables = new Set(held.flatMap(({ tableId }) => tableId ?? [])).size;
		return { id, titre: shortened(titre), cartes: held.length, tables };
	});
	const pages = enPages(counted, {
		lignesDe: ({ titre }) => linesOf(titre, LETTRES_D_UNE_COLONNE) + 1.5,
		lignes: 2 * LIGNES - 4,
		auPlus: GROUPES_PAR_PAGE
	});
	const { contenu, ...at } = pageDe(pages, askedPage(salle));
	return {
		vue: 'recolte',
		groupes: contenu ?? [],
		seules: cartes.filter(({ groupeId }) => groupeId === null).length,
		...at
	};
}

function laMatrice(salle: Salle): ContenuDuMur {
	const shown = salle.evaluations.filter(
		({ objet }) => salle.groupes.some(({ id }) => id === objet) || salle.cartes.some(({ id }) => id === objet)
	);
	const ranked = shown.map((each, i) => ({ ...each, rang: i + 1 }));
	const pages = enPages(
		ranked.map(({ rang, objet }) => ({ rang, titre: shortened(titreDe(salle, objet)) })),
		{ lignesDe: () => 1, lignes: LEGENDES_PAR_PAGE, auPlus: LEGENDES_PAR_PAGE }
	);
	const { contenu, ...at } = pageDe(pages, askedPage(salle));
	return {
		vue: 'matrice',
		points: ranked.map(({ rang, impact, faisabilite }) => ({ rang, impact, faisabilite })),
		legende: contenu ?? [],
		...at
	};
}

function askedPage({ mur }: Pick<Salle, 'mur'>): number {
	return mur?.page ?? 0;
}

function tableCourte(numero: number): string {
	return `Table\u00a0${numero}`;
}

/** Lines that a text takes, where words are not cut. */
export function linesOf(text: string, letters: number): number {
	let lines = 1;
	let used = 0;
	for (const word of text.split(/\s+/)) {
		const length = [...word].length;
		if (used > 0 && used + 1 + length > letters) {
			lines++;
			used = 0;
		}
		lines += Math.floor(Math.max(0, length - 1) / letters);
		used += (used > 0 ? 1 : 0) + (length % letters || Math.min(length, letters));
	}
	return lines + text.split('\n').length - 1;
}

/** Two lines at most; no word is cut. */
function shortened(text: string): string {
	const plain = text.replace(/\s+/g, ' ');
	if (plain.length <= TITRE_COURT) return plain;
	const cut = plain.slice(0, TITRE_COURT - 1);
	return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), TITRE_COURT / 2)).replace(/[\s,;:.]+$/, '')}…`;
}
