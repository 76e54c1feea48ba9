import { archiveFromProposition, codesOfProposition, type Reglages } from './archive-from-proposition.ts';
import type { ArchivePacte } from '#lib/pactes/archive.ts';
import { linesOfConventions, linesOfMoyens, linesOfPersonnes, linesOfPuces } from './lignes-relues.ts';
import type {
	Doute,
	EngagementPropose,
	EntreeProposee,
	FicheProposee,
	NoeudPropose,
	Proposition,
	SectionProposee,
	SignatairePropose
} from './proposition.ts';

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
	codes = $derived.by(() => codesOfProposition(this.proposition));

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

	removeSignataire(signataire: SignatairePropose): void {
		this.proposition.signataires = this.proposition.signataires.filter((other) => other !== signataire);
	}

	/** What explains a branch goes with it: « axe 2 ». */
	nameOf(noeud: string | undefined): string | null {
		const found = this.proposition.noeuds.find(({ id }) => id === noeud);
		return found ? [found.niveau, this.codes.get(found.id)].filter(Boolean).join(' ') : null;
	}

	/** A part that should not be one: its words stay beside the pacte. */
	keepAsText(part: SectionProposee | EngagementPropose): void {
		const { proposition } = this;
		const texte = wordsOf($state.snapshot(part) as SectionProposee | EngagementPropose);
		if (proposition.sections) proposition.sections = proposition.sections.filter((section) => section !== part);
		proposition.engagements = proposition.engagements.filter((engagement) => engagement !== part);
		if (texte !== '') proposition.restes.push({ ligne_debut: part.ligne, ligne_fin: part.ligne, texte });
	}

	/** The amounts are in the prose too; what they pay for is kept as text. */
	dropFinancement(): void {
		const { financement, restes } = this.proposition;
		for (const { libelle, dispositifs, ligne } of $state.snapshot(financement?.orientations ?? [])) {
			const items = dispositifs.map((each) => `- ${each.libelle}${each.mention && ` (${each.mention})`}`);
			restes.push({ ligne_debut: ligne, ligne_fin: ligne, texte: [libelle, ...items].join('\n') });
		}
		delete this.proposition.financement;
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

function wordsOf(part: SectionProposee | EngagementPropose): string {
	if ('texte' in part) {
		const signe = linesOfPersonnes(part.personnes ?? []);
		return [part.titre, part.texte, signe].filter((texte) => texte.trim() !== '').join('\n');
	}
	const { organisme, titre, intention, contexte, missions, moyens_humains, moyens_financiers, conventions } = part;
	const lists = [missions, moyens_financiers].map((items) => (items ?? []).map((item) => `- ${item}`).join('\n'));
	return [
		...[titre ?? organisme ?? '', contexte ?? '', intention ?? '', linesOfPuces(part), ...lists],
		...[linesOfMoyens(moyens_humains ?? []), linesOfConventions(conventions ?? [])]
	]
		.filter((texte) => texte.trim() !== '')
		.join('\n');
}

function reglagesOf({ titre, periode }: Proposition): Reglages {
	return { intitule: titre ?? 'Pacte territorial pour l’insertion', territoire: '', ...periode };
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
