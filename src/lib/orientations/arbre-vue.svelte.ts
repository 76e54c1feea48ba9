import { createContext, tick } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';
import { newLocalId } from '#lib/ids.ts';
import { carriesFiche, niveauOf, type Modele, type Niveau } from '#lib/pactes/modele.ts';
import { childrenOf, subtree, type Arbre, type Noeud } from './arbre.ts';
import { totalOf, type Avancement } from './avancement.ts';
import { capitalized } from './textes.ts';
import type { Emplacement, LiveArbre } from './live-arbre.svelte.ts';

/** What an input stands in for: the title of a node, or of one that is not made before its first letter. */
interface Edition {
	id: string;
	ajout: Emplacement | null;
}

/** Where what is being dragged would go. */
export interface Cible {
	id: string;
	place: 'avant' | 'dans' | 'apres';
}

export interface ArbreVueOptions {
	modele: Modele;
	/** The page of a fiche. */
	ficheHref: (id: string) => string;
	/** Where the files of a branch of the top are. */
	exportHref: (id: string) => string;
	/** The tree until the live document has come, and its codes. */
	lu: () => { arbre: Arbre; codes: ReadonlyMap<string, string> };
	avancement: () => Avancement;
	/** Whether that node had a fiche when the tree was last projected. */
	portait?: (noeud: string) => boolean;
	/** Where folded branches are remembered, for this tab. */
	memoire: string;
}

/** What the screen of the tree knows beside the tree: what is folded, what is being named, moved or dragged. */
export class ArbreVue {
	readonly ficheHref: (id: string) => string;
	readonly exportHref: (id: string) => string;
	readonly plies = new SvelteSet<string>();
	readonly #lu: ArbreVueOptions['lu'];
	readonly #avancement: () => Avancement;
	readonly #portait: (noeud: string) => boolean;
	readonly #memoire: string;
	/** It may change while the tree is shown. */
	modele = $state.raw<Modele>() as Modele;
	/** null until the live document has something to show. */
	live = $state.raw<LiveArbre | null>(null);
	edition = $state.raw<Edition | null>(null);
	/** The node for which « Déplacer vers… » is open. */
	aDeplacer = $state.raw<string | null>(null);
	glisse = $state.raw<string | null>(null);
	cible = $state.raw<Cible | null>(null);
	/** Dragging, once its code has come: only for those who write. */
	glisser = $state.raw<typeof import('./glisser.ts') | null>(null);
	/** True once the page runs: before, nothing that needs a script is shown. */
	anime = $state(false);
	/** The tree is being drawn again: what loses the focus meanwhile has not been left by anyone. */
	redessine = false;

	constructor({ modele, ficheHref, exportHref, lu, avancement, memoire, portait = () => false }: ArbreVueOptions) {
		this.modele = modele;
		this.ficheHref = ficheHref;
		this.exportHref = exportHref;
		this.#lu = lu;
		this.#avancement = avancement;
		this.#portait = portait;
		this.#memoire = memoire;
	}

	/** Called in the browser: finds the branches that were folded. */
	wake(): void {
		this.anime = true;
		for (const id of JSON.parse(sessionStorage.getItem(this.#memoire) ?? '[]') as string[]) this.plies.add(id);
	}

	get arbre(): Arbre {
		return this.live?.arbre ?? this.#lu().arbre;
	}

	get codes(): ReadonlyMap<string, string> {
		return this.live?.codes ?? this.#lu().codes;
	}

	/** The live tree, when this person may write it. */
	get ecrivable(): LiveArbre | null {
		return this.live?.document.canWrite ? this.live : null;
	}

	code(id: string): string {
		return this.codes.get(id) ?? '';
	}

	niveau(noeud: Noeud): Niveau | undefined {
		return niveauOf(this.modele, noeud.niveau);
	}

	/** Whether it carries a fiche: its level does, and nothing right below it in its place; or it has words. */
	porteFiche(noeud: Noeud): boolean {
		return carriesFiche(this.modele, noeud.niveau, noeud.enfants) || this.#portait(noeud.id);
	}

	/** Levels that may hang below a node of this level, or at the top. */
	niveauxSous(niveau: string | null): Niveau[] {
		return this.modele.niveaux.filter(({ parents }) => parents.includes(niveau));
	}

	/** How many of the fields that a fiche must have are filled. */
	remplis(fiche: string): number {
		return this.#avancement().remplis[fiche] ?? 0;
	}

	/** How many fields a fiche must have. */
	requis(fiche: string): number {
		return totalOf(this.#avancement(), fiche);
	}

	/** What is shown below a parent: its children, and the newcomer that is being named. */
	enfants(parent: string | null): readonly Noeud[] {
		const enfants = childrenOf(this.arbre, parent);
		const { id, ajout } = this.edition ?? {};
		if (!id || !ajout || ajout.parent !== parent || this.arbre.parId.has(id)) return enfants;
		const newcomer: Noeud = { id, parent, rang: '', niveau: ajout.niveau, titre: '', enfants: [] };
		const at = enfants.findIndex((enfant) => enfant.id === ajout.before);
		return at < 0 ? [...enfants, newcomer] : enfants.toSpliced(at, 0, newcomer);
	}

	/** Where several levels stand side by side, each run of one of them is named once, above its first line. */
	rubrique(noeud: Noeud, before: Noeud | undefined): string | undefined {
		const niveau = noeud.niveau === before?.niveau ? undefined : this.niveau(noeud);
		return niveau && capitalized(niveau.pluriel);
	}

	plier(id: string, plie: boolean): void {
		if (plie) this.plies.add(id);
		else this.plies.delete(id);
		sessionStorage.setItem(this.#memoire, JSON.stringify([...this.plies]));
	}

	plierTout(plie: boolean): void {
		for (const { id, enfants } of this.arbre.parId.values()) if (enfants.length > 0) this.plier(id, plie);
	}

	renommer(id: string): void {
		if (this.ecrivable) this.edition = { id, ajout: null };
	}

	/** Opens an input where a node will be: nothing is written before its first letter. */
	ajouter(ajout: Emplacement): void {
		if (!this.ecrivable) return;
		if (ajout.parent !== null) this.plier(ajout.parent, false);
		this.edition = { id: newLocalId(), ajout };
	}

	/** Adds at the end of a parent, after the others of that level. */
	ajouterSous(parent: string | null, niveau: string): void {
		if (this.ecrivable) this.ajouter(this.ecrivable.endOf(parent, niveau));
	}

	/** A title is validated: the next one comes after something that was just added, and the focus returns otherwise. */
	valider(): void {
		const { edition, ecrivable } = this;
		const noeud = edition ? this.arbre.parId.get(edition.id) : undefined;
		if (ecrivable && edition?.ajout && noeud && noeud.titre.trim() !== '') this.ajouter(ecrivable.after(noeud));
		else this.terminer();
	}

	/** Ends with the keyboard: the focus goes to what was named, else to where it could be added. */
	terminer(): void {
		const { edition } = this;
		this.edition = null;
		if (!edition) return;
		if (this.arbre.parId.has(edition.id)) void this.focus(edition.id);
		else if (edition.ajout) void this.#focusFirst(ajoutKey(edition.ajout.parent, edition.ajout.niveau), TITRE_PAGE);
	}

	/** Left for something else: the focus is there already. */
	quitter(id: string): void {
		if (this.edition?.id === id && !this.redessine) this.edition = null;
	}

	/** Puts the focus on a control of a node, once it is drawn where it now is. */
	async focus(id: string, controle: Controle = 'titre'): Promise<void> {
		await this.#focusFirst(controleKey(id, controle), controleKey(id, 'titre'), TITRE_PAGE);
	}

	/** Takes a line away, and puts the focus on the line that comes where it was. */
	takeAway(noeud: Noeud, act: (live: LiveArbre) => boolean, controle: Controle = 'titre'): boolean {
		const lines = document.querySelectorAll<HTMLElement>('[data-arbre] [data-noeud]');
		const ids = [...lines].map((line) => line.dataset['noeud'] as string);
		const here = ids.indexOf(noeud.id);
		const gone = new Set([...subtree(noeud)].map(({ id }) => id));
		if (!this.ecrivable || !act(this.ecrivable)) return false;
		const around = [...ids.slice(here), ...ids.slice(0, here).reverse()].filter((id) => !gone.has(id));
		void this.#focusFirst(...around.map((id) => controleKey(id, controle)), TITRE_PAGE);
		return true;
	}

	/** Does something that may take away what has the focus, and gives it back, there or at the top of the page. */
	async keepFocus(act: () => void): Promise<void> {
		const key = document.activeElement?.id ?? '';
		act();
		await tick();
		if (document.activeElement === document.body) await this.#focusFirst(key, TITRE_PAGE);
	}

	async #focusFirst(...keys: string[]): Promise<void> {
		await tick();
		const key = keys.find((id) => document.getElementById(id));
		if (key === undefined) return;
		// The top of the page is where the focus goes when it has no better place: one need not look there.
		document.getElementById(key)?.focus({ preventScroll: key === TITRE_PAGE });
	}
}

/** The heading of the page. */
export const TITRE_PAGE = 'titre-page';

/** The element that says what pressing a title does. */
export const AIDE_RENOMMER = 'aide-renommer';

export type Controle = 'titre' | 'menu' | 'pli';

/** Ids of elements: controls are found again by them, wherever their node has gone. */
export function controleKey(id: string, controle: Controle): string {
	return `${controle}-${id}`;
}

export function ajoutKey(parent: string | null, niveau: string): string {
	return `ajouter-${niveau}-${parent ?? 'racine'}`;
}

export const [getVue, setVue] = createContext<ArbreVue>();
