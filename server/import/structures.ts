import type {
	Doute,
	EngagementPropose,
	NoeudPropose,
	Proposition,
	SectionProposee,
	SignatairePropose
} from '#lib/import/proposition.ts';
import { readArbre, type ArbreLu } from './arbre.ts';
import { readArbreMarque } from './arbre-marque.ts';
import { readBlocs, type Bloc } from './blocs.ts';
import { readChapitres, type ChapitreLu } from './chapitres.ts';
import { readEngagements } from './engagements.ts';
import { readFinancement } from './financement.ts';
import type { Ligne, Texte } from './lignes.ts';
import { readNiveauAjoute } from './listes-sous-noeuds.ts';
import { sameForm } from './mots.ts';
import { readParoles } from './paroles.ts';
import { readParties, withoutArticle, type PartiesLues } from './parties.ts';
import { texteDeBlocs } from './prose.ts';
import { readTextesDePartenaires } from './textes-de-partenaires.ts';

/** What a text says beside its fiches. */
export interface StructuresLues {
	/** The parts of the proposal that it completes. */
	lu: Pick<Proposition, 'noeuds' | 'signataires' | 'engagements' | 'sections' | 'financement'>;
	doutes: Doute[];
	/** Line numbers that were understood. */
	prises: Set<number>;
}

/** What the readers of fiches have understood already. */
export interface DejaLu {
	noeuds: NoeudPropose[];
	signataires: SignatairePropose[];
	/** How many. */
	fiches: number;
}

/** Reads what no fiche holds: parties, tree, engagements, words of partners, and the prose by its headings. */
export function readStructures(
	{ lignes, mots }: Texte,
	deja: DejaLu,
	{ prises, mobilier }: { prises: ReadonlySet<number>; mobilier: ReadonlySet<number> }
): StructuresLues {
	const sansFiche = deja.fiches === 0;
	const marque = sansFiche ? readArbreMarque(readBlocs(lignes, ({ numero }) => !mobilier.has(numero), mots)) : null;
	const deLArbre = new Set([...(marque?.pris ?? [])].flatMap(({ lignes }) => lignes));
	const isLibre = ({ numero }: Ligne) => !prises.has(numero) && !mobilier.has(numero) && !deLArbre.has(numero);
	const parties = deja.signataires.length > 0 ? AUCUNE_PARTIE : readParties(lignes.filter(isLibre), mots);
	const desParties = new Set(parties.lignes);
	const signataires = [...deja.signataires, ...parties.signataires];
	const tous = readBlocs(lignes, (ligne) => isLibre(ligne) && !desParties.has(ligne.numero), mots);
	const textes = readTextesDePartenaires(tous, { lignes, mots }, isLibre, signataires);
	const blocs = tous.filter(({ debut }) => !textes.lignes.has(debut));
	const engagements = readEngagements(blocs);
	const paroles = readParoles(blocs.filter((bloc) => !engagements.pris.has(bloc)));
	const arbre = marque ?? (sansFiche ? readTree(blocs, deja.noeuds) : null);
	const ajoute = readNiveauAjoute(sansFiche ? [] : blocs, deja.noeuds);
	const financement = readFinancement(blocs.filter((bloc) => !engagements.pris.has(bloc) && !arbre?.pris.has(bloc)));
	const pris = new Set([
		...engagements.pris,
		...paroles.pris,
		...(arbre?.pris ?? []),
		...ajoute.pris,
		...financement.pris
	]);
	const chapitres = sansFiche ? readChapitres(blocs, (bloc) => !pris.has(bloc)) : [];
	const sections = toSections([...chapitres.map(sectionOf), ...paroles.paroles, ...explicationsOf(arbre)]);
	return {
		lu: {
			noeuds: arbre === null ? insertNoeuds(deja.noeuds, ajoute.noeuds) : toNoeuds(arbre),
			signataires,
			engagements: [
				...engagements.engagements.map((engagement) => withFullName(engagement, signataires)),
				...textes.engagements
			].sort((a, b) => a.ligne - b.ligne),
			...(sections.length > 0 && { sections }),
			...(financement.financement !== null && { financement: financement.financement })
		},
		doutes: [...textes.doutes, ...paroles.doutes, ...(arbre?.doutes ?? []), ...ajoute.doutes, ...financement.doutes],
		prises: new Set([
			...parties.lignes,
			...textes.lignes,
			...[...pris].flatMap(({ lignes }) => lignes),
			...chapitres.flatMap(({ lignes }) => lignes)
		])
	};
}

const AUCUNE_PARTIE: PartiesLues = { signataires: [], lignes: [] };

/** « Département » and « Conseil départemental » are the one that signs as « Conseil départemental de la Meuse ». */
function withFullName(engagement: EngagementPropose, signataires: readonly SignatairePropose[]): EngagementPropose {
	if (engagement.organisme === null || engagement.hors_signataires) return engagement;
	const court = sameForm(engagement.organisme);
	const formes = court === 'departement' ? ['departement', 'conseil departemental'] : [court];
	const entiers = signataires.filter(({ organisme }) => {
		const nu = sameForm(withoutArticle(organisme));
		return formes.some((forme) => nu === forme || nu.startsWith(`${forme} `));
	});
	return entiers.length === 1 ? { ...engagement, organisme: entiers[0]!.organisme } : engagement;
}

/** Where the lists of a text have given what stands below its axes, they are right. */
function readTree(blocs: readonly Bloc[], noeuds: readonly NoeudPropose[]): ArbreLu | null {
	if (noeuds.some(({ parent }) => parent !== null)) return null;
	const arbre = readArbre(
		blocs,
		noeuds.map(({ niveau, code, titre, ligne }) => ({ niveau, code, titre, ligne }))
	);
	return arbre.noeuds.length === 0 ? null : arbre;
}

/** Before the branches that stand below the same parents, as the text prints them. */
function insertNoeuds(noeuds: readonly NoeudPropose[], ajoutes: readonly NoeudPropose[]): NoeudPropose[] {
	const parents = new Set(ajoutes.map(({ parent }) => parent));
	const place = noeuds.findIndex(({ parent }) => parent !== null && parents.has(parent));
	return noeuds.toSpliced(place === -1 ? noeuds.length : place, 0, ...ajoutes);
}

function toNoeuds({ noeuds, parents }: ArbreLu): NoeudPropose[] {
	const idOf = (place: number) => `n${place + 1}`;
	return noeuds.map((noeud, i) => {
		const parent = parents[i]!;
		return { id: idOf(i), parent: parent === -1 ? null : idOf(parent), ...noeud };
	});
}

function explicationsOf(arbre: ArbreLu | null): Omit<SectionProposee, 'id' | 'parent'>[] {
	return (arbre?.explications ?? []).map(({ noeud, blocs }) => ({
		genre: 'texte',
		titre: arbre!.noeuds[noeud]!.titre,
		texte: texteDeBlocs(blocs),
		noeud: `n${noeud + 1}`,
		ligne: blocs[0]!.debut
	}));
}

function sectionOf({ titre, texte, ligne, dans, parole }: ChapitreLu): SectionLue {
	if (parole === undefined) return { genre: 'texte', titre, texte, ligne, dans };
	const { organisme, personnes, mots } = parole;
	return { genre: 'parole', titre, texte: texteDeBlocs(mots), organisme, personnes, ligne, dans };
}

type SectionLue = Omit<SectionProposee, 'id' | 'parent'> & { dans?: number | null };

/** In the order of the text; each under the one that holds it. */
function toSections(lues: readonly SectionLue[]): SectionProposee[] {
	const triees = lues.toSorted((a, b) => a.ligne - b.ligne);
	const ids = new Map(triees.map(({ ligne }, i) => [ligne, `s${i + 1}`]));
	return triees.map(({ dans = null, ...section }, i) => ({
		id: `s${i + 1}`,
		parent: (dans === null ? null : ids.get(dans)) ?? null,
		...section
	}));
}
