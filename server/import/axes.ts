import type { FicheLue } from './fiche.ts';
import type { ListeLue } from './listes.ts';
import { sameForm } from './mots.ts';
import { isCapitales, type MentionDAxe } from './reperes.ts';

/** A section whose lists and fiches have been read. */
export interface SectionLue {
	mention: MentionDAxe | null;
	listes: ListeLue[];
	fiches: FicheLue[];
}

/** An axe of the text: all the places that name it, and the section that holds its content. */
export interface Axe {
	code: string;
	niveau: string;
	titre: string;
	/** Line of its section's heading, else of the list that names it. */
	ligne: number;
	/** Line of its first mention: axes stand in the order of the text. */
	ordre: number;
	sections: SectionLue[];
	/** Line numbers of its other mentions, with the title they give. */
	rappels: { mention: MentionDAxe; ligne: number }[];
}

/** A section headed with the number of another axe. */
export interface Correction {
	ligne: number;
	niveau: string;
	imprime: string;
	code: string;
	preuves: Preuve[];
}
export type Preuve = 'fiches' | 'listes' | 'suite';

export interface AxesLus {
	/** By code, in the order of the text. */
	axes: Map<string, Axe>;
	axeDe: Map<SectionLue, Axe>;
	corrections: Correction[];
}

/** Gathers what the text says of each axe, under the number that most of the text gives it. */
export function readAxes(sections: readonly SectionLue[]): AxesLus {
	const corrections: Correction[] = [];
	const codes = decideCodes(sections, corrections);
	const axes = new Map<string, Axe>();
	const axeDe = new Map<SectionLue, Axe>();
	for (const section of sections) {
		const { mention } = section;
		if (mention === null) continue;
		const code = codes.get(section)!;
		const ligne = mention.index + 1;
		const axe = axes.get(code) ?? {
			code,
			niveau: mention.niveau,
			titre: '',
			ligne,
			ordre: ligne,
			sections: [],
			rappels: []
		};
		axes.set(code, axe);
		axeDe.set(section, axe);
		if (!hasContenu(section)) {
			axe.rappels.push({ mention, ligne });
			continue;
		}
		if (axe.sections.length === 0) {
			axe.ligne = ligne;
			if (code === mention.code) axe.titre = mention.titre;
		}
		axe.sections.push(section);
	}
	for (const axe of axes.values()) axe.titre = inLowerCase(axe) ?? (axe.titre || otherTitre(axe));
	return { axes: new Map([...axes].sort(([, a], [, b]) => a.ordre - b.ordre)), axeDe, corrections };
}

function hasContenu({ listes, fiches }: SectionLue): boolean {
	return fiches.length > 0 || listes.some(({ entrees }) => entrees.length > 0);
}

/** The title of an axe whose section has none of its own: what the list says, then its fiches, then the section. */
function otherTitre({ rappels, sections, code }: Axe): string {
	const rappel = rappels.find(({ mention }) => mention.titre !== '');
	if (rappel !== undefined) return rappel.mention.titre;
	for (const { fiches } of sections)
		for (const { cadre } of fiches) if (cadre !== null && cadre.code === code && cadre.titre !== '') return cadre.titre;
	return sections[0]?.mention?.titre ?? '';
}

/** A heading in capitals has lost its accents and its names; a list that prints it otherwise has kept them. */
function inLowerCase({ titre, rappels }: Axe): string | null {
	if (!isCapitales(titre)) return null;
	const rappel = rappels.find(({ mention }) => sameTitre(mention.titre, titre) && !isCapitales(mention.titre));
	return rappel?.mention.titre ?? null;
}

function decideCodes(sections: readonly SectionLue[], corrections: Correction[]): Map<SectionLue, string> {
	const codes = new Map<SectionLue, string>();
	const pris = new Set<string>();
	let precedent: string | null = null;
	for (const section of sections) {
		const { mention } = section;
		if (mention === null) continue;
		if (!hasContenu(section)) {
			codes.set(section, mention.code);
			continue;
		}
		const { code, preuves } = decideCode(section, mention, precedent, pris);
		codes.set(section, code);
		pris.add(code);
		precedent = code;
		if (code !== mention.code)
			corrections.push({ ligne: mention.index + 1, niveau: mention.niveau, imprime: mention.code, code, preuves });
	}
	return codes;
}

/** The heading has a voice; so have the lists that name the axe, most of the fiches, and the order of the numbers. */
function decideCode(
	{ listes, fiches }: SectionLue,
	mention: MentionDAxe,
	precedent: string | null,
	pris: ReadonlySet<string>
): { code: string; preuves: Preuve[] } {
	const voix = new Map<string, { total: number; preuves: Preuve[] }>([[mention.code, { total: 1, preuves: [] }]]);
	const vote = (code: string, poids: number, preuve: Preuve) => {
		const compte = voix.get(code) ?? { total: 0, preuves: [] };
		compte.total += poids;
		compte.preuves.push(preuve);
		voix.set(code, compte);
	};
	const desFiches = majority(fiches.flatMap(({ cadre }) => (cadre === null || cadre.code === '' ? [] : [cadre.code])));
	if (desFiches !== null) vote(desFiches, 2, 'fiches');
	const desListes = majority(listes.flatMap(({ titre }) => (titre.axe === null ? [] : [titre.axe])));
	if (desListes !== null) vote(desListes, 1, 'listes');
	if (precedent !== null && /^\d+$/.test(precedent)) vote(String(Number(precedent) + 1), 1, 'suite');
	let choix = mention.code;
	for (const [code, { total }] of voix) if (total > voix.get(choix)!.total && !pris.has(code)) choix = code;
	return { code: choix, preuves: voix.get(choix)!.preuves };
}

function majority(codes: readonly string[]): string | null {
	const comptes = new Map<string, number>();
	for (const code of codes) comptes.set(code, (comptes.get(code) ?? 0) + 1);
	for (const [code, fois] of comptes) if (fois * 2 > codes.length) return code;
	return null;
}

/** Most of the fiches of this section say that they belong elsewhere: it is not their section, only the last before them. */
export function isSectionDePassage({ listes, fiches, mention }: SectionLue): boolean {
	if (listes.some(({ titre, entrees }) => titre.genre === 'fiches' && entrees.length > 0)) return false;
	const nommes = fiches.filter(({ cadre }) => cadre !== null && cadre.code !== '');
	return nommes.filter(({ cadre }) => cadre!.code !== mention?.code).length * 2 > nommes.length;
}

export function sameTitre(a: string, b: string): boolean {
	return sameForm(a) === sameForm(b);
}
