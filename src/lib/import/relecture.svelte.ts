import { archiveFromProposition, type Reglages } from './archive-from-proposition.ts';
import type { ArchivePacte } from '#lib/pactes/archive.ts';
import type { Doute, EntreeProposee, FicheProposee, NoeudPropose, Proposition } from './proposition.ts';

/** What a review starts from: the proposal, and the lines of the text that its doubts speak of. */
export interface Lecture {
	proposition: Proposition;
	/** Line number → the line as printed. */
	extraits: Record<number, string>;
}

interface Draft extends Lecture {
	reglages: Reglages;
	vus: number[];
}

/** A proposal under review: corrected by hand in this browser, kept there until it is committed or dropped. */
export class Relecture {
	proposition: Proposition;
	readonly extraits: Record<number, string>;
	reglages: Reglages;
	/** The doubts that were looked at, by their place in the list. */
	vus: number[];
	/** What the last removal took away, for one step back. */
	#before = $state.raw<{ noeuds: NoeudPropose[]; fiches: FicheProposee[]; quoi: string } | null>(null);

	constructor({ proposition, extraits, reglages = reglagesOf(proposition), vus = [] }: Lecture & Partial<Draft>) {
		this.proposition = $state(proposition);
		this.extraits = extraits;
		this.reglages = $state(reglages);
		this.vus = $state(vus);
	}

	get removed(): string | null {
		return this.#before?.quoi ?? null;
	}

	childrenOf(parent: string | null): NoeudPropose[] {
		return this.proposition.noeuds.filter((noeud) => noeud.parent === parent);
	}

	ficheOf(noeud: string): FicheProposee | undefined {
		return this.proposition.fiches.find((fiche) => fiche.noeud === noeud);
	}

	/** Codes follow the places, as they will in the pacte. */
	codes = $derived.by(() => codesOf(this.proposition.noeuds));

	/** A node and its fiche have one title. */
	rename(noeud: NoeudPropose, titre: string): void {
		noeud.titre = titre;
		const fiche = this.ficheOf(noeud.id);
		if (fiche) fiche.titre = titre;
	}

	canMove(noeud: NoeudPropose, step: -1 | 1): boolean {
		return this.#neighbour(noeud, step) !== undefined;
	}

	move(noeud: NoeudPropose, step: -1 | 1): void {
		const neighbour = this.#neighbour(noeud, step);
		if (!neighbour) return;
		const { noeuds } = this.proposition;
		const here = noeuds.findIndex(({ id }) => id === noeud.id);
		const there = noeuds.findIndex(({ id }) => id === neighbour.id);
		[noeuds[here], noeuds[there]] = [noeuds[there] as NoeudPropose, noeuds[here] as NoeudPropose];
	}

	/** The brother of the same level before or after. */
	#neighbour({ id, parent, niveau }: NoeudPropose, step: -1 | 1): NoeudPropose | undefined {
		const brothers = this.childrenOf(parent).filter((brother) => brother.niveau === niveau);
		return brothers[brothers.findIndex((brother) => brother.id === id) + step];
	}

	/** Where a node may go: under the nodes of the same level as its parent. */
	parentsFor(noeud: NoeudPropose): NoeudPropose[] {
		const niveau = this.proposition.noeuds.find(({ id }) => id === noeud.parent)?.niveau;
		return this.proposition.noeuds.filter((other) => other.niveau === niveau && other.id !== noeud.id);
	}

	moveTo(noeud: NoeudPropose, parent: string): void {
		noeud.parent = parent;
	}

	/** Removes a node, what hangs below it and their fiches. One step back is kept. */
	remove(noeud: NoeudPropose): void {
		const { noeuds, fiches } = this.proposition;
		this.#before = { noeuds: $state.snapshot(noeuds), fiches: $state.snapshot(fiches), quoi: noeud.titre };
		const gone = new Set([noeud.id]);
		for (const { id, parent } of noeuds) if (parent !== null && gone.has(parent)) gone.add(id);
		this.proposition.noeuds = noeuds.filter(({ id }) => !gone.has(id));
		this.proposition.fiches = fiches.filter((fiche) => !gone.has(fiche.noeud));
	}

	putBack(): void {
		if (!this.#before) return;
		this.proposition.noeuds = this.#before.noeuds;
		this.proposition.fiches = this.#before.fiches;
		this.#before = null;
	}

	removeEntree(entree: EntreeProposee): void {
		this.proposition.glossaire = this.proposition.glossaire?.filter((other) => other !== entree);
	}

	/** The fiche or the node that a doubt speaks of: the last that starts at or before its line. */
	placeOf({ ligne }: Doute): NoeudPropose | undefined {
		const { noeuds, fiches } = this.proposition;
		const starts = [
			...noeuds.map((noeud) => ({ noeud: noeud.id, ligne: noeud.ligne })),
			...fiches.map((fiche) => ({ noeud: fiche.noeud, ligne: fiche.ligne }))
		].filter((start) => start.ligne <= ligne);
		const nearest = starts.reduce<(typeof starts)[number] | null>(
			(best, one) => (best && best.ligne > one.ligne ? best : one),
			null
		);
		return noeuds.find(({ id }) => id === nearest?.noeud);
	}

	archive(): ArchivePacte {
		return archiveFromProposition($state.snapshot(this.proposition) as Proposition, $state.snapshot(this.reglages));
	}

	toDraft(): Draft {
		const { proposition, reglages, vus } = $state.snapshot({
			proposition: this.proposition,
			reglages: this.reglages,
			vus: this.vus
		});
		return { proposition: proposition as Proposition, extraits: this.extraits, reglages, vus };
	}
}

function reglagesOf({ titre, periode }: Proposition): Reglages {
	return { intitule: titre ?? 'Pacte territorial pour l’insertion', territoire: '', ...periode };
}

function codesOf(noeuds: readonly NoeudPropose[]): Map<string, string> {
	const codes = new Map<string, string>();
	const counts = new Map<string, number>();
	const numbered = new Set(noeuds.filter(({ code }) => code !== '').map(({ niveau }) => niveau));
	const number = (parent: string | null) => {
		for (const noeud of noeuds.filter((one) => one.parent === parent)) {
			if (numbered.has(noeud.niveau)) {
				const key = `${parent} ${noeud.niveau}`;
				const count = (counts.get(key) ?? 0) + 1;
				counts.set(key, count);
				const above = parent === null ? '' : (codes.get(parent) ?? '');
				codes.set(noeud.id, above === '' ? String(count) : `${above}.${count}`);
			}
			number(noeud.id);
		}
	};
	number(null);
	return codes;
}

/** Keeps the review in this browser. False when the browser refuses (private mode, no room left). */
export function keepDraft(compteId: string, relecture: Relecture): boolean {
	try {
		localStorage.setItem(draftKey(compteId), JSON.stringify(relecture.toDraft()));
		return true;
	} catch {
		return false;
	}
}

export function findDraft(compteId: string): Relecture | null {
	try {
		const text = localStorage.getItem(draftKey(compteId));
		return text === null ? null : new Relecture(JSON.parse(text) as Draft);
	} catch {
		return null;
	}
}

export function dropDraft(compteId: string): void {
	try {
		localStorage.removeItem(draftKey(compteId));
	} catch {
		// Nothing was kept there.
	}
}

function draftKey(compteId: string): string {
	return `copacte:import:${compteId}`;
}
