import type { Doute, NoeudPropose } from '#lib/import/proposition.ts';
import type { Bloc, Item, Liste } from './blocs.ts';
import { fold } from './mots.ts';
import { pluriel } from './textes.ts';

/** The tree of a text without fiches. */
export interface ArbreLu {
	noeuds: Omit<NoeudPropose, 'id' | 'parent'>[];
	/** The place of each node's parent among `noeuds`; -1 at the top. */
	parents: number[];
	/** What explains a node: its place, and the blocs. */
	explications: { noeud: number; blocs: Bloc[] }[];
	pris: Set<Bloc>;
	doutes: Doute[];
}

/** A node that the headings have already given: « Axe 1 : … ». */
export type Branche = Pick<NoeudPropose, 'niveau' | 'code' | 'titre' | 'ligne'>;

/** `branches`: the axes that the text heads its sections with. */
export function readArbre(blocs: readonly Bloc[], branches: readonly Branche[]): ArbreLu {
	const lecteur = new Lecteur(blocs);
	lecteur.readOrientations();
	if (branches.length > 0) lecteur.readBranches(branches);
	else if (!lecteur.readAnnonce(true) && !lecteur.readMotsCles()) lecteur.readAnnonce(false);
	return lecteur.arbre;
}

const NOMBRES = [
	'zero',
	'un',
	'deux',
	'trois',
	'quatre',
	'cinq',
	'six',
	'sept',
	'huit',
	'neuf',
	'dix',
	'onze',
	'douze'
];
const NIVEAUX: Record<string, string> = {
	axes: 'axe',
	orientations: 'orientation',
	priorites: 'priorité',
	defis: 'défi',
	volets: 'volet',
	ambitions: 'ambition',
	'objectifs strategiques': 'objectif stratégique'
};
const NOMS = 'axes|orientations|priorites|defis|volets|ambitions|objectifs strategiques';
const COMPTE = `(\\d{1,2}|${NOMBRES.slice(2).join('|')})`;
const ANNONCE = new RegExp(
	`(?:${COMPTE}\\s+(?:grands?\\s+|grandes\\s+)?)?\\b(${NOMS})\\b(?! d'(?:amelioration|effort|evolution))`,
	'g'
);
const TITRE_D_AXES = new RegExp(`^(?:les |nos |rappel des )?(?:${COMPTE} )?(?:grands? |grandes )?(?:${NOMS})\\b`);
const ENTRE_PARENTHESES = new RegExp(
	`${COMPTE}\\s+(?:grands?\\s+|grandes\\s+)?(${NOMS})\\b[^().:;]{0,40}\\(([^()]{5,240})\\)`
);

/** What stands below an axe, by the name that the text gives it. */
const SOUS_NIVEAUX: [RegExp, string][] = [
	[/\bpreconisations?\b/, 'préconisation'],
	[/\bperspectives?\b/, 'perspective'],
	[/\bobjectifs? operationnels?\b/, 'objectif opérationnel'],
	[/\brecommandations?\b/, 'recommandation'],
	[/\bmesures?\b/, 'mesure'],
	[/\bpropositions?\b/, 'proposition'],
	[/\bactions?\b/, 'action']
];

class Lecteur {
	readonly #blocs: readonly Bloc[];
	readonly arbre: ArbreLu = { noeuds: [], parents: [], explications: [], pris: new Set(), doutes: [] };

	constructor(blocs: readonly Bloc[]) {
		this.#blocs = blocs;
	}

	#add(noeud: ArbreLu['noeuds'][number], parent = -1): number {
		this.arbre.noeuds.push(noeud);
		this.arbre.parents.push(parent);
		return this.arbre.noeuds.length - 1;
	}

	// — Orientations: items under their heading, each with its explanation —

	readOrientations(): void {
		for (const [i, bloc] of this.#blocs.entries()) {
			if (bloc.genre !== 'titre' || !/^(?:rappel des |les |nos )?(?:\w+ )?orientations?\b/.test(fold(bloc.texte)))
				continue;
			const suite = this.#until(i + 1, (suivant) => suivant.genre === 'titre');
			const listes = suite.filter((suivant): suivant is Liste => suivant.genre === 'liste');
			const items = listes.flatMap(({ items }) => items.filter(({ sous }) => !sous));
			if (items.length < 2 || items.length > 15 || suite[0]?.genre !== 'liste') continue;
			const niveau = /strategique/.test(fold(bloc.texte)) ? 'orientation stratégique' : 'orientation';
			this.#addOrientations(suite, niveau);
			this.arbre.pris.add(bloc);
			return;
		}
	}

	#addOrientations(suite: readonly Bloc[], niveau: string): void {
		let noeud = -1;
		for (const bloc of suite) {
			this.arbre.pris.add(bloc);
			if (bloc.genre === 'liste')
				for (const { texte, rang, debut } of bloc.items)
					noeud = this.#add({ niveau, code: rang ?? '', titre: asTitre(texte), ligne: debut });
			else if (this.arbre.explications.at(-1)?.noeud === noeud) this.arbre.explications.at(-1)!.blocs.push(bloc);
			else this.arbre.explications.push({ noeud, blocs: [bloc] });
		}
	}

	#until(debut: number, stop: (bloc: Bloc) => boolean): Bloc[] {
		let fin = debut;
		while (fin < this.#blocs.length && !stop(this.#blocs[fin]!)) fin++;
		return this.#blocs.slice(debut, fin);
	}

	// — Under « Axe 1 : … »: numbered items, under intertitles or not —

	readBranches(branches: readonly Branche[]): void {
		const niveau = this.#nameBelow(branches[0]!);
		for (const [i, branche] of branches.entries()) {
			const axe = this.#add(branche);
			const debut = this.#blocs.findIndex((bloc) => bloc.debut > branche.ligne);
			if (debut === -1) continue;
			const fin = branches[i + 1]?.ligne ?? Infinity;
			this.#readBelow(
				this.#blocs.slice(debut).filter((bloc) => bloc.debut < fin),
				axe,
				niveau
			);
		}
	}

	/** The word that the lines before the first axe use for what stands below. */
	#nameBelow({ ligne }: Branche): string {
		const avant = this.#blocs.filter(({ debut }) => debut < ligne).slice(-12);
		for (const bloc of avant.reverse()) {
			if (bloc.genre === 'liste') continue;
			const plie = fold(bloc.texte);
			const nom = SOUS_NIVEAUX.find(([mot]) => mot.test(plie));
			if (nom !== undefined && /\b(?:axes?|orientations?)\b/.test(plie)) return nom[1];
		}
		return 'action';
	}

	#readBelow(blocs: readonly Bloc[], axe: number, niveau: string): void {
		let parent = axe;
		let attendu = 1;
		let numerote = -1;
		for (const [i, bloc] of blocs.entries()) {
			const lu = readNumerote(bloc);
			if (lu !== null) {
				this.arbre.pris.add(bloc);
				numerote = this.#add({ ...lu, ligne: bloc.debut }, axe);
			} else if (numerote !== -1) {
				if (bloc.genre === 'titre') return;
				this.#explain(numerote, bloc);
			} else if (bloc.genre === 'liste') {
				const numerotee = isNumerotee(bloc, attendu);
				if (!numerotee && (attendu > 1 || i > 1)) return;
				attendu += this.#addItems(bloc, parent, niveau, numerotee);
			} else if (bloc.genre === 'titre' && isIntertitre(bloc, blocs[i + 1], attendu)) {
				this.arbre.pris.add(bloc);
				parent = this.#add({ niveau: 'intertitre', code: '', titre: bloc.texte, ligne: bloc.debut }, axe);
			} else if (attendu > 1 || bloc.genre === 'titre') return;
			else this.#explain(axe, bloc);
		}
	}

	#addItems(liste: Liste, parent: number, niveau: string, numerotee: boolean): number {
		this.arbre.pris.add(liste);
		const items = liste.items.filter(({ sous }) => !sous);
		for (const item of items) {
			const code = numerotee ? (item.rang ?? '') : '';
			const noeud = this.#add({ niveau, code, titre: asTitre(item.texte), ligne: item.debut }, parent);
			this.#addSousPoints(liste, item, noeud);
		}
		return items.length;
	}

	#addSousPoints(liste: Liste, item: Item, noeud: number): void {
		for (const { texte, debut } of sousPointsOf(liste, item))
			this.#add({ niveau: 'action', code: '', titre: asTitre(texte), ligne: debut }, noeud);
	}

	#explain(noeud: number, bloc: Bloc): void {
		this.arbre.pris.add(bloc);
		const deja = this.arbre.explications.find((explication) => explication.noeud === noeud);
		if (deja) deja.blocs.push(bloc);
		else this.arbre.explications.push({ noeud, blocs: [bloc] });
	}

	// — « … s'organise autour de 5 axes : 1) … 2) … » —

	/** `comptee`: only where the text says how many there are. */
	readAnnonce(comptee: boolean): boolean {
		const candidates = this.#blocs.flatMap((bloc, i) => {
			if (bloc.genre !== 'liste') return [];
			const annonce = readAnnonce(this.#blocs[i - 1]);
			const items = bloc.items.filter(({ sous }) => !sous);
			if (annonce === null || items.length < 2 || items.length > 12) return [];
			if (annonce.compte === null ? comptee : annonce.compte !== items.length) return [];
			const points = (items[0]!.rang === null ? 0 : 1) + (annonce.niveau === 'axe' ? 1 : 0);
			return [{ bloc, items, niveau: annonce.niveau, points }];
		});
		const choix = candidates.toSorted((a, b) => b.points - a.points)[0];
		if (choix === undefined) return false;
		this.arbre.pris.add(choix.bloc);
		for (const [i, { texte, debut, rang }] of choix.items.entries()) {
			const noeud = this.#add({
				niveau: choix.niveau,
				code: rang ?? String(i + 1),
				titre: asTitre(texte),
				ligne: debut
			});
			this.#addSousPoints(choix.bloc, choix.items[i]!, noeud);
		}
		return true;
	}

	// — « cinq axes (emploi, santé…) »: a keyword each —

	readMotsCles(): boolean {
		for (const bloc of this.#blocs) {
			if (bloc.genre !== 'paragraphe') continue;
			const trouve = ENTRE_PARENTHESES.exec(fold(bloc.texte));
			if (trouve === null) continue;
			const debut = trouve.index + trouve[0].lastIndexOf('(') + 1;
			const mots = bloc.texte.slice(debut, debut + trouve[3]!.length).split(/\s*,\s*|\s+et\s+/u);
			const niveau = NIVEAUX[trouve[2]!]!;
			if (mots.length !== numberOf(trouve[1])) continue;
			for (const [i, mot] of mots.entries())
				this.#add({ niveau, code: String(i + 1), titre: asTitre(mot), ligne: bloc.debut });
			const message = `Le texte annonce ${mots.length} ${pluriel(niveau)} et n'en donne que des mots-clés ; leurs intitulés sont à compléter.`;
			this.arbre.doutes.push({ ligne: bloc.debut, message });
			return true;
		}
		return false;
	}
}

const NUMEROTE =
	/^(preconisation|recommandation|proposition|mesure|action|objectif operationnel)\s+(?:n\s?[°ºo.]\s*)?(\d{1,3}(?:\.\d{1,3})*)\s*[:.–—-]\s*(?=\S)/;

/** « Recommandation n°3 : Apprendre en travaillant », the head of its own paragraphs. */
function readNumerote(bloc: Bloc): { niveau: string; code: string; titre: string } | null {
	if (bloc.genre === 'liste') return null;
	const trouve = NUMEROTE.exec(fold(bloc.texte));
	if (trouve === null) return null;
	const niveau = SOUS_NIVEAUX.find(([mot]) => mot.test(trouve[1]!))![1];
	return { niveau, code: trouve[2]!, titre: asTitre(bloc.texte.slice(trouve[0].length)) };
}

function readAnnonce(bloc: Bloc | undefined): { niveau: string; compte: number | null } | null {
	if (bloc === undefined || bloc.genre === 'liste') return null;
	if (bloc.genre === 'paragraphe' && !bloc.texte.endsWith(':')) return null;
	if (bloc.genre === 'titre' && !TITRE_D_AXES.test(fold(bloc.texte))) return null;
	const plie = fold(bloc.texte.slice(-220));
	const trouves = [...plie.matchAll(ANNONCE)];
	const dernier = trouves.findLast(([, compte]) => compte !== undefined) ?? trouves.at(-1);
	if (dernier === undefined) return null;
	return { niveau: NIVEAUX[dernier[2]!]!, compte: numberOf(dernier[1]) };
}

function numberOf(compte: string | undefined): number | null {
	if (compte === undefined) return null;
	return /^\d/.test(compte) ? Number(compte) : NOMBRES.indexOf(compte);
}

function isNumerotee({ items }: Liste, attendu: number): boolean {
	return items.filter(({ sous }) => !sous).every(({ rang }, i) => rang === String(attendu + i));
}

/** « En matière d'insertion sociale », between two runs of one numbering. */
function isIntertitre(titre: Bloc, suite: Bloc | undefined, attendu: number): boolean {
	return titre.genre === 'titre' && suite?.genre === 'liste' && isNumerotee(suite, attendu);
}

function sousPointsOf({ items }: Liste, item: Item): Item[] {
	const debut = items.indexOf(item) + 1;
	const fin = items.findIndex(({ sous }, i) => i >= debut && !sous);
	return items.slice(debut, fin === -1 ? undefined : fin);
}

/** Without the mark that ended it in its list. */
function asTitre(texte: string): string {
	const nu = texte.replace(/\s*[,;.]+$/, '').trim();
	return nu.charAt(0).toUpperCase() + nu.slice(1);
}
