import type { Chemin, Marche } from '#lib/fiches/synthese-table.ts';
import { arbreFromRows } from '#lib/orientations/arbre-from-rows.ts';
import { A_CLASSER, codesOf, parentOf, subtree, type Arbre, type Noeud } from '#lib/orientations/arbre.ts';
import type { ArchivePacte, FicheArchive } from '#lib/pactes/archive.ts';
import { niveauOf } from '#lib/pactes/modele.ts';
import { nameOfSchema } from '#lib/schemas/schema-lie.ts';

/** A fiche and where it stands. */
export interface FicheReperee {
	fiche: FicheArchive;
	/** Itself last. */
	chemin: Chemin;
	code: string;
	titre: string;
	aClasser: boolean;
}

/** How the things of an archive are called, by its ids. */
export class Reperes {
	readonly #archive: ArchivePacte;
	readonly #arbre: Arbre;
	readonly #codes: Map<string, string>;
	readonly #organismes: Map<string, string>;
	readonly #schemas: Map<string, string>;

	constructor(archive: ArchivePacte) {
		this.#archive = archive;
		this.#arbre = arbreFromRows(
			archive.noeuds.map(({ parent, ...noeud }) => ({
				...noeud,
				parent: parent === A_CLASSER ? null : parent,
				aClasser: parent === A_CLASSER
			}))
		);
		this.#codes = codesOf(this.#arbre, archive.modele);
		this.#organismes = new Map(archive.organismes.map(({ id, nom }) => [id, nom]));
		this.#schemas = new Map(archive.schemas.map((schema, i) => [`k${i + 1}`, nameOfSchema(schema)]));
	}

	/** The fiches of the tree in its order, then those that are kept aside. */
	fiches(): FicheReperee[] {
		const fiches = new Map(this.#archive.fiches.map((fiche) => [fiche.noeud, fiche]));
		const below = (noeuds: readonly Noeud[], aClasser: boolean) =>
			noeuds
				.flatMap((noeud) => [...subtree(noeud)])
				.flatMap((noeud) => {
					const fiche = fiches.get(noeud.id);
					return fiche ? [{ fiche, chemin: this.chemin(noeud), ...this.#said(noeud), aClasser }] : [];
				});
		return [...below(this.#arbre.racines, false), ...below(this.#arbre.aClasser, true)];
	}

	/** The nodes of the tree in its order. */
	noeuds(): Marche[] {
		return this.#arbre.racines
			.flatMap((racine) => [...subtree(racine)])
			.map((noeud) => ({ id: noeud.id, niveau: noeud.niveau, ...this.#said(noeud) }));
	}

	chemin(noeud: Noeud): Chemin {
		const steps: Marche[] = [];
		for (let at: Noeud | undefined = noeud; at; at = parentOf(this.#arbre, at) ?? undefined)
			steps.unshift({ id: at.id, niveau: at.niveau, ...this.#said(at) });
		return steps;
	}

	/** What stands at the top above a node, itself when it is there. */
	top(id: string): Marche | null {
		const noeud = this.#arbre.parId.get(id);
		return (noeud && this.chemin(noeud)[0]) ?? null;
	}

	organisme(id: string): string {
		return this.#organismes.get(id) ?? '';
	}

	organismes(ids: readonly string[]): string {
		return ids.map((id) => this.organisme(id)).join(', ');
	}

	schemas(ids: readonly string[]): string[] {
		return ids.flatMap((id) => this.#schemas.get(id) ?? []);
	}

	/** « Axe 2 : Se déplacer »; a node that is gone is nothing. */
	noeud(id: string): string {
		const noeud = this.#arbre.parId.get(id);
		if (!noeud) return '';
		const { code, titre } = this.#said(noeud);
		const nom = niveauOf(this.#archive.modele, noeud.niveau)?.nom ?? '';
		const repere = [nom.charAt(0).toUpperCase() + nom.slice(1), code].filter(Boolean).join(' ');
		return [code === '' ? '' : repere, titre].filter(Boolean).join(' : ');
	}

	section(id: string): string {
		return this.#archive.sections.find((section) => section.id === id)?.titre ?? '';
	}

	#said({ id, titre }: Noeud): { code: string; titre: string } {
		return { code: this.#codes.get(id) ?? '', titre: titre.trim() || 'Sans titre' };
	}
}

/** « I3 Se déplacer » */
export function inWords({ code, titre }: { code: string; titre: string }): string {
	return [code, titre].filter(Boolean).join(' ');
}
