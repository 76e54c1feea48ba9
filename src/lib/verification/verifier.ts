import { hintsOf, isFilled, type Valeurs } from '#lib/fiches/completeness.ts';
import type { Periode } from '#lib/fiches/echeance.ts';
import { counted } from '#lib/format.ts';
import { foldNom } from '#lib/organismes/fold.ts';
import type { Organisme } from '#lib/organismes/organisme.ts';
import { pairesProches } from '#lib/organismes/proches.ts';
import type { NoeudLu } from '#lib/orientations/arbre-from-rows.ts';
import { cite } from '#lib/orientations/textes.ts';
import type { ValeurChamp } from '#lib/pactes/archive.ts';
import {
	asTableau,
	ECHEANCE,
	isEnLignes,
	niveauOf,
	PILOTES,
	type Champ,
	type ChampEnLignes,
	type Modele
} from '#lib/pactes/modele.ts';

/** What is looked at, in the order of the page. */
export const REGLES = [
	'sans_titre',
	'code_double',
	'sans_pilote',
	'sans_objectif',
	'sans_indicateur',
	'sans_echeance',
	'champ_vide',
	'indicateur_a_definir',
	'case_vide',
	'numero_dans_le_titre',
	'renvoi_perdu',
	'autre_axe',
	'objectif_double',
	'a_relire',
	'organisme_double'
] as const;
export type Regle = (typeof REGLES)[number];

export const NOM_DE_REGLE: Record<Regle, string> = {
	sans_titre: 'Sans titre',
	code_double: 'Même numéro deux fois',
	sans_pilote: 'Sans pilote',
	sans_objectif: 'Sans objectif',
	sans_indicateur: 'Sans indicateur',
	sans_echeance: 'Sans échéance',
	champ_vide: 'Autre champ à remplir',
	indicateur_a_definir: 'Indicateur à définir',
	case_vide: 'Case vide dans un tableau',
	numero_dans_le_titre: 'Numéro écrit dans le titre',
	renvoi_perdu: 'Renvoi à un numéro qui n’existe pas, ou plus',
	autre_axe: 'Renvoi à une autre partie du pacte',
	objectif_double: 'Même objectif dans deux fiches',
	a_relire: 'À relire',
	organisme_double: 'Organisme peut-être écrit de deux façons'
};

/** What is only to be read again: it takes nothing from the score. */
const CONSEILS: ReadonlySet<Regle> = new Set(['autre_axe', 'objectif_double', 'a_relire']);

export interface Remarque {
	regle: Regle;
	/** What it is about: a node of the tree, or null for the whole pacte. */
	noeud: string | null;
	/** « 2.3 Ouvrir des places » */
	ou: string;
	message: string;
	/** Where it is mended, after the address of the pacte. */
	href: string;
}

export interface Verification {
	remarques: Remarque[];
	/** Out of 100; null: there is nothing to look at yet. */
	score: number | null;
	fiches: number;
	/** Fiches about which there is nothing but things to read again. */
	nettes: number;
}

export interface FicheAVerifier {
	id: string;
	/** The fields of its own form. */
	champs: readonly Champ[];
	valeurs: Valeurs;
}

export interface PacteAVerifier {
	modele: Modele;
	periode: Periode;
	/** In the order of the tree. */
	noeuds: readonly NoeudLu[];
	fiches: readonly FicheAVerifier[];
	organismes: readonly Organisme[];
	/** Codes that nodes had before, with what each is now. */
	anciens: ReadonlyMap<string, { code: string; titre: string }>;
}

/** All that a pacte may be asked before it is read by others: pure, and each remark leads to where it is mended. */
export function verifier(pacte: PacteAVerifier): Verification {
	const context = contextOf(pacte);
	const placed = pacte.noeuds.filter(({ aClasser }) => !aClasser);
	const fiches = placed.filter(({ fiche }) => fiche);
	const remarques = [
		...placed.flatMap((noeud) => noeudRemarques(noeud, context)),
		...doubleCodes(placed, context),
		...fiches.flatMap((noeud) => ficheRemarques(noeud, context)),
		...doubleObjectifs(fiches, context),
		...doubleOrganismes(pacte)
	];
	const order = new Map(placed.map(({ id }, i) => [id, i]));
	remarques.sort(
		(a, b) =>
			REGLES.indexOf(a.regle) - REGLES.indexOf(b.regle) ||
			(order.get(a.noeud ?? '') ?? 0) - (order.get(b.noeud ?? '') ?? 0)
	);
	return { remarques, ...scoreOf(remarques, fiches, placed, context) };
}

interface Context extends PacteAVerifier {
	ficheOf: ReadonlyMap<string, FicheAVerifier>;
	nomOf: (id: string) => string | undefined;
	/** The node at the top of each branch. */
	topOf: ReadonlyMap<string, NoeudLu>;
	byCode: ReadonlyMap<string, NoeudLu>;
}

function contextOf(pacte: PacteAVerifier): Context {
	const topOf = new Map<string, NoeudLu>();
	for (const noeud of pacte.noeuds) topOf.set(noeud.id, topOf.get(noeud.parent ?? '') ?? noeud);
	const noms = new Map(pacte.organismes.map(({ id, nom }) => [id, nom]));
	return {
		...pacte,
		ficheOf: new Map(pacte.fiches.map((fiche) => [fiche.id, fiche])),
		nomOf: (id) => noms.get(id),
		topOf,
		byCode: new Map(pacte.noeuds.map((noeud) => [noeud.code, noeud]))
	};
}

function remarque(regle: Regle, noeud: NoeudLu, message: string, champ = ''): Remarque {
	const { id, code, titre, fiche } = noeud;
	const page = fiche ? `/fiches/${id}${champ && `#champ-${champ}`}` : `/orientations#noeud-${id}`;
	return { regle, noeud: id, ou: [code, titre.trim()].filter(Boolean).join('\u00a0'), message, href: page };
}

function noeudRemarques(noeud: NoeudLu, { modele }: Context): Remarque[] {
	const nom = niveauOf(modele, noeud.niveau)?.nom ?? 'élément';
	if (noeud.titre.trim() === '') return [remarque('sans_titre', noeud, `${nom} ${noeud.code}\u00a0: titre manquant`)];
	const printed = /^\s*((?:[IVX]+\.?|\d+\.?)(?:[a-z]?\d*\.?)*)\s*[-–—.:)]\s*\p{L}/u.exec(noeud.titre)?.[1];
	const own = printed?.replace(/\.$/, '');
	if (!own || noeud.code === '') return [];
	const same = own === noeud.code ? 'est écrit deux fois' : `ne dit pas son numéro, ${noeud.code}`;
	return [remarque('numero_dans_le_titre', noeud, `«\u00a0${own}\u00a0» en tête du titre ${same}`)];
}

function doubleCodes(placed: readonly NoeudLu[], { modele }: Context): Remarque[] {
	const byCode = Map.groupBy(
		placed.filter(
			({ code, fiche, niveau }) => code !== '' && (fiche || niveauOf(modele, niveau)?.numerotation !== 'aucune')
		),
		({ niveau, code }) => `${niveau} ${code}`
	);
	return [...byCode.values()]
		.filter((noeuds) => noeuds.length > 1)
		.flatMap((noeuds) =>
			noeuds
				.slice(1)
				.map((noeud) =>
					remarque('code_double', noeud, `${noeud.code} est aussi le numéro de ${cite(noeuds[0]?.titre ?? '')}`)
				)
		);
}

const OBJECTIFS = 'objectifs';
const INDICATEURS = 'indicateurs';

/** The rule that says that a field is empty. */
function lackRule({ id, type }: Champ): Regle {
	if (id === PILOTES) return 'sans_pilote';
	if (id === OBJECTIFS) return 'sans_objectif';
	if (id === INDICATEURS || type === 'indicateurs') return 'sans_indicateur';
	if (id === ECHEANCE || type === 'echeance') return 'sans_echeance';
	return 'champ_vide';
}

function ficheRemarques(noeud: NoeudLu, context: Context): Remarque[] {
	const fiche = context.ficheOf.get(noeud.id);
	if (!fiche) return [];
	const { champs, valeurs } = fiche;
	const lacks = champs
		.filter((champ) => (champ.requis || lackRule(champ) !== 'champ_vide') && !isFilled(valeurs[champ.id]))
		.map((champ) => remarque(lackRule(champ), noeud, `${champ.etiquette}\u00a0: rien n’est écrit`, champ.id));
	const defining = champs.flatMap((champ) => toDefine(noeud, champ, valeurs[champ.id]));
	const hints = hintsOf({ ...context.modele, champs: [...champs] }, valeurs, context)
		.filter(({ message }) => defining.length === 0 || !message.includes('à définir'))
		.map(({ champ, message }) => remarque('a_relire', noeud, message, champ));
	return [
		...lacks,
		...defining,
		...champs.flatMap((champ) => emptyCells(noeud, champ, valeurs[champ.id])),
		...champs.flatMap((champ) => references(noeud, champ, valeurs[champ.id], context)),
		...hints
	];
}

function linesOf(valeur: ValeurChamp | undefined): string[] {
	if (!valeur) return [];
	if ('puces' in valeur) return valeur.puces;
	if ('lignes' in valeur) return valeur.lignes.flatMap((ligne) => Object.values(ligne));
	return [valeur.texte];
}

function toDefine(noeud: NoeudLu, champ: Champ, valeur: ValeurChamp | undefined): Remarque[] {
	if (lackRule(champ) !== 'sans_indicateur') return [];
	const rows =
		valeur && 'lignes' in valeur ? valeur.lignes.map((ligne) => Object.values(ligne).join(' ')) : linesOf(valeur);
	const count = rows.filter((line) => /\ba (definir|preciser|determiner|completer)\b/.test(foldNom(line))).length;
	if (count === 0) return [];
	return [
		remarque('indicateur_a_definir', noeud, counted(count, 'indicateur à définir', 'indicateurs à définir'), champ.id)
	];
}

/** Cells that go on from the one above are not empty. Columns that nobody fills in this fiche are a choice. */
function emptyCells(noeud: NoeudLu, champ: Champ, valeur: ValeurChamp | undefined): Remarque[] {
	if (!isEnLignes(champ) || champ.type !== 'tableau' || !valeur || !('lignes' in valeur)) return [];
	const { lignes, suites = [] } = valeur;
	const goesOn = new Set(suites.map(({ ligne, colonne }) => `${ligne} ${colonne}`));
	const used = asTableau(champ as ChampEnLignes).colonnes.filter(({ id }) =>
		lignes.some((ligne) => (ligne[id] ?? '').trim() !== '')
	);
	const empty = lignes.flatMap((ligne, i) =>
		used.filter(({ id }) => (ligne[id] ?? '').trim() === '' && !goesOn.has(`${i} ${id}`))
	);
	if (empty.length === 0) return [];
	const columns = [...new Set(empty.map(({ etiquette }) => etiquette))].join(', ');
	return [
		remarque(
			'case_vide',
			noeud,
			`${champ.etiquette}\u00a0: ${counted(empty.length, 'case vide', 'cases vides')} (${columns})`,
			champ.id
		)
	];
}

/** « voir l’axe 3 », « cf. fiche-action 2.9 »: what is written of other places of the tree. */
function references(noeud: NoeudLu, champ: Champ, valeur: ValeurChamp | undefined, context: Context): Remarque[] {
	const text = linesOf(valeur).join('\n');
	const seen = new Set<string>();
	return context.modele.niveaux.flatMap((niveau) => {
		if (niveau.numerotation === 'aucune') return [];
		const words = [niveau.nom, niveau.pluriel].map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
		const said = new RegExp(
			`(?<![\\p{L}\\p{N}])(?:${words})\\s+(?:n°\\s*)?([IVX]+[0-9a-z.]*|\\d+(?:\\.\\d+)*[a-z]?\\d*)(?![\\p{L}\\p{N}])`,
			'giu'
		);
		return [...text.matchAll(said)].flatMap(([whole, code = '']) => {
			const named = code.replace(/\.$/, '');
			if (seen.has(whole) || !isCode(named, niveau.id, context)) return [];
			seen.add(whole);
			return referenceTo(noeud, champ.id, { whole, code: named, niveau: niveau.id }, context);
		});
	});
}

/** Whether something may be a code of that level: written as those that there are. « Les actions 6 à 8 » are none. */
function isCode(code: string, niveau: string, { noeuds, anciens }: Context): boolean {
	const known = [...noeuds.filter((noeud) => noeud.niveau === niveau).map((noeud) => noeud.code), ...anciens.keys()];
	return known.some((each) => shapeOf(each) === shapeOf(code));
}

function shapeOf(code: string): string {
	return code
		.replace(/[IVX]+/g, 'R')
		.replace(/\d+/g, '9')
		.replace(/[a-z]+/g, 'a');
}

function referenceTo(
	noeud: NoeudLu,
	champ: string,
	{ whole, code, niveau }: { whole: string; code: string; niveau: string },
	{ noeuds, anciens, topOf }: Context
): Remarque[] {
	const target = noeuds.find((other) => other.code === code && (other.niveau === niveau || other.fiche));
	if (!target) {
		const now = anciens.get(code);
		const instead = now ? `, qui est maintenant ${now.code || cite(now.titre)}` : ', qui n’existe pas';
		return [remarque('renvoi_perdu', noeud, `Cite «\u00a0${whole}\u00a0»${instead}`, champ)];
	}
	const [here, there] = [topOf.get(noeud.id), topOf.get(target.id)];
	if (here?.id === there?.id) return [];
	return [remarque('autre_axe', noeud, `Cite «\u00a0${whole}\u00a0», qui est ailleurs dans le pacte`, champ)];
}

function doubleObjectifs(fiches: readonly NoeudLu[], { ficheOf }: Context): Remarque[] {
	const first = new Map<string, NoeudLu>();
	return fiches.flatMap((noeud) => {
		const own = new Set<string>();
		return linesOf(ficheOf.get(noeud.id)?.valeurs[OBJECTIFS]).flatMap((line) => {
			const folded = foldNom(line);
			if (folded.length < 20 || own.has(folded)) return [];
			own.add(folded);
			const other = first.get(folded);
			if (!other) {
				first.set(folded, noeud);
				return [];
			}
			const where = [other.code, other.titre].filter(Boolean).join('\u00a0');
			return [remarque('objectif_double', noeud, `${cite(line)} est aussi dans ${where}`, OBJECTIFS)];
		});
	});
}

function doubleOrganismes({ organismes }: PacteAVerifier): Remarque[] {
	return pairesProches(organismes).map(({ a, b, raison }) => ({
		regle: 'organisme_double' as const,
		noeud: null,
		ou: `${a.nom} et ${b.nom}`,
		message: raison,
		href: `/organismes/doublons?garde=${a.id}&absorbe=${b.id}`
	}));
}

/** Of all that is looked at, how much is right: each rule once for each fiche, then what concerns the whole pacte. */
function scoreOf(
	remarques: readonly Remarque[],
	fiches: readonly NoeudLu[],
	placed: readonly NoeudLu[],
	{ ficheOf }: Context
): Omit<Verification, 'remarques'> {
	const counted = remarques.filter(({ regle }) => !CONSEILS.has(regle));
	const failed = new Set(counted.map(({ regle, noeud, ou }) => `${regle} ${noeud ?? ou}`));
	const perFiche = REGLES.filter((regle) => !CONSEILS.has(regle) && regle !== 'organisme_double');
	const lookedAt =
		fiches.reduce((sum, { id }) => sum + perFiche.length - lackless(ficheOf.get(id), perFiche), 0) +
		(placed.length - fiches.length) * 3 +
		counted.filter(({ noeud }) => noeud === null).length;
	const troubled = new Set(counted.map(({ noeud }) => noeud));
	return {
		score: lookedAt === 0 ? null : Math.max(0, Math.floor(100 * (1 - failed.size / lookedAt))),
		fiches: fiches.length,
		nettes: fiches.filter(({ id }) => !troubled.has(id)).length
	};
}

/** How many of the rules ask nothing of a fiche, whose form has no such field. */
function lackless(fiche: FicheAVerifier | undefined, rules: readonly Regle[]): number {
	const asked = new Set((fiche?.champs ?? []).map(lackRule));
	const ofFields: readonly Regle[] = ['sans_pilote', 'sans_objectif', 'sans_indicateur', 'sans_echeance', 'champ_vide'];
	return ofFields.filter((regle) => rules.includes(regle) && !asked.has(regle)).length;
}
