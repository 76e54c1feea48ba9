import { isSectionDePassage, type Axe, type AxesLus, type SectionLue } from './axes.ts';
import type { FicheLue } from './fiche.ts';
import type { EntreeDeListe } from './listes.ts';
import { sameForm } from './mots.ts';

/** A fiche at its place: its axe, its code, its entry in the list of the axe. */
export interface FichePlacee {
	fiche: FicheLue;
	axe: Axe | null;
	code: string;
	entree: EntreeNumerotee | null;
	/** The list of the axe exists. */
	listee: boolean;
	/** The list names this fiche by its title: that is what its place rests on, when its box says otherwise. */
	nommee: boolean;
}

export interface EntreeNumerotee extends EntreeDeListe {
	axe: string | null;
	/** Within the axe. */
	numero: string;
}

export interface Places {
	fiches: FichePlacee[];
	/** The entries of the lists of fiches, by code of axe (empty: no axe). */
	entrees: Map<string, EntreeNumerotee[]>;
}

/** Puts each fiche in its axe, and gives it the number that the list of the axe confirms. */
export function placeFiches(sections: readonly SectionLue[], { axes, axeDe }: AxesLus): Places {
	const entrees = numberEntrees(sections, axeDe);
	const index = indexEntrees(entrees);
	const placees: FichePlacee[] = [];
	const prises = new Set<EntreeNumerotee>();
	const rangs = new Map<string, number>();
	for (const section of sections) {
		const axeDeSection = axeDe.get(section) ?? null;
		const passage = axeDeSection !== null && isSectionDePassage(section);
		for (const fiche of section.fiches) {
			const axe = findAxe(fiche, axeDeSection, passage) ?? placees.at(-1)?.axe ?? null;
			const cle = axe?.code ?? '';
			const rang = (rangs.get(cle) ?? 0) + 1;
			rangs.set(cle, rang);
			const { entree, nommee } = findEntree(fiche, cle);
			if (entree !== null) prises.add(entree);
			const code = codeOf(fiche, axe, entree, rang);
			placees.push({ fiche, axe, code, entree, nommee, listee: (entrees.get(cle) ?? []).length > 0 });
		}
	}
	return { fiches: placees, entrees };

	function findAxe(fiche: FicheLue, axeDeSection: Axe | null, passage: boolean): Axe | null {
		const ailleurs = index.parTitre.get(sameForm(fiche.titre))?.axe ?? null;
		const nomme = ailleurs === null ? null : (axes.get(ailleurs) ?? null);
		const prefixe = axes.get(/^(.+?)\.[^.]+$/.exec(fiche.codeImprime)?.[1] ?? '');
		if (axeDeSection !== null && !passage) {
			// « 1.3 » under the heading of axe 2, which has no list: all the fiches of the text stand there.
			if (prefixe !== undefined && !entrees.has(axeDeSection.code)) return prefixe;
			const ici = index.parAxeEtTitre.has(`${axeDeSection.code} ${sameForm(fiche.titre)}`);
			return !ici && nomme !== null && fiche.cadre?.code === nomme.code ? nomme : axeDeSection;
		}
		return nomme ?? prefixe ?? axes.get(fiche.cadre?.code ?? '') ?? axeDeSection;
	}

	/** Its title finds it, else its number. */
	function findEntree(fiche: FicheLue, axe: string): { entree: EntreeNumerotee | null; nommee: boolean } {
		const parTitre = index.parAxeEtTitre.get(`${axe} ${sameForm(fiche.titre)}`);
		if (parTitre !== undefined && !prises.has(parTitre)) return { entree: parTitre, nommee: true };
		const parNumero = index.parAxeEtNumero.get(`${axe} ${numeroOf(fiche.codeImprime)}`);
		return { entree: parNumero === undefined || prises.has(parNumero) ? null : parNumero, nommee: false };
	}
}

function numberEntrees(sections: readonly SectionLue[], axeDe: AxesLus['axeDe']): Map<string, EntreeNumerotee[]> {
	const parAxe = new Map<string, EntreeNumerotee[]>();
	for (const section of sections)
		for (const { titre, entrees } of section.listes) {
			if (titre.genre !== 'fiches') continue;
			const axe = axeDe.get(section)?.code ?? titre.axe;
			const deja = parAxe.get(axe ?? '') ?? [];
			parAxe.set(axe ?? '', deja);
			for (const entree of entrees)
				deja.push({ ...entree, axe, numero: entree.code === null ? String(deja.length + 1) : numeroOf(entree.code) });
		}
	return parAxe;
}

function indexEntrees(entrees: Places['entrees']) {
	const parTitre = new Map<string, EntreeNumerotee>();
	const parAxeEtTitre = new Map<string, EntreeNumerotee>();
	const parAxeEtNumero = new Map<string, EntreeNumerotee>();
	for (const [axe, liste] of entrees)
		for (const entree of liste) {
			const forme = sameForm(entree.titre);
			if (!parTitre.has(forme)) parTitre.set(forme, entree);
			if (!parAxeEtTitre.has(`${axe} ${forme}`)) parAxeEtTitre.set(`${axe} ${forme}`, entree);
			if (!parAxeEtNumero.has(`${axe} ${entree.numero}`)) parAxeEtNumero.set(`${axe} ${entree.numero}`, entree);
		}
	return { parTitre, parAxeEtTitre, parAxeEtNumero };
}

/** « 3 » of « 1.3 ». */
export function numeroOf(code: string): string {
	return code.slice(code.lastIndexOf('.') + 1);
}

function codeOf(fiche: FicheLue, axe: Axe | null, entree: EntreeNumerotee | null, rang: number): string {
	// « 1A » under 1 is whole.
	if (axe !== null && /^\d+[A-Za-z]$/.test(fiche.codeImprime) && fiche.codeImprime.slice(0, -1) === axe.code)
		return fiche.codeImprime;
	const numero = entree?.numero ?? (numeroOf(fiche.codeImprime) || String(rang));
	if (axe === null) return entree === null ? fiche.codeImprime || numero : numero;
	return fiche.codeImprime.startsWith(`${axe.code}.`) && numeroOf(fiche.codeImprime) === numero
		? fiche.codeImprime
		: `${axe.code}.${numero}`;
}
