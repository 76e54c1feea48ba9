import type { Bloc, Cellule, ImageInseree, Inline, Paragraphe, Prose, Texte } from '#lib/editor/prose.ts';
import type { Imprimeur } from '../assemble.ts';
import { largeursOf, sensOf } from '../largeurs.ts';
import type { BlocFigure } from './figure.ts';
import type { BlocImage } from './image.ts';

/** Prose as it is printed. */
export type ProseImprimee = BlocDeProse[];

export type BlocDeProse =
	| { t: 'p' | 'citation'; runs: Run[] }
	| { t: 'titre'; rang: number; runs: Run[] }
	| { t: 'constat'; nature: string; runs: Run[] }
	| { t: 'liste'; liste: ListeImprimee }
	| TableauDeProse
	/** To be drawn, by its id in the archive… */
	| { t: 'figure'; figure: string }
	/** … and drawn. */
	| { t: 'dessin'; bloc: BlocFigure }
	| { t: 'image'; bloc: BlocImage };

export interface TableauDeProse {
	t: 'tableau';
	legende: string;
	colonnes: number;
	entetes: CelluleImprimee[][];
	rangees: CelluleImprimee[][];
	/** How wide each column is, as weights. */
	largeurs: number[];
}

/** The lists that an item holds, after its own words. */
export interface ListeImprimee {
	numerotee: boolean;
	items: { runs: Run[]; sous: ListeImprimee[] }[];
}

export interface CelluleImprimee {
	x: number;
	y: number;
	colonnes: number;
	lignes: number;
	entete: boolean;
	lignesDeTexte: Run[][];
}

export type Run =
	| { texte: string; gras?: true; italique?: true; lien?: string }
	/** Leads to a fiche of the same document. */
	| { texte: string; fiche: string }
	| { note: Run[] }
	| { saut: true };

/** What prose refers to, as it is called in print. */
export interface ReferencesImprimees {
	/** null: what was meant is gone. */
	renvoi(cible: string): { texte: string; fiche: string | null } | null;
	chiffre(figure: string, ligne: string, serie: string): string;
}

export interface ProseOptions {
	print: Imprimeur;
	references: ReferencesImprimees;
	image(image: ImageInseree, lieu: string): BlocImage;
	/** How the text is called in the report. */
	lieu: string;
}

const NATURE = { constat: 'Constat', enjeu: 'Enjeu' };

/** Lays prose out for print. `rang`: of its first titles. */
export function printProse(
	prose: Prose,
	rang: number,
	{ print, references, image, lieu }: ProseOptions
): ProseImprimee {
	const blocs: ProseImprimee = [];
	/** Of the title above. PDF/UA wants no rank left out: a title of a rank too low is printed just under the one above. */
	let above = rang - 1;
	for (const bloc of prose) {
		if (bloc.type === 'paragraphe' && bloc.liste && !bloc.titre) addItem(blocs, bloc, runsOf(bloc.contenu));
		else blocs.push(...printBloc(bloc));
	}
	return blocs;

	function printBloc(bloc: Bloc): BlocDeProse[] {
		switch (bloc.type) {
			case 'paragraphe':
				return printParagraphe(bloc);
			case 'tableau': {
				const { colonnes, rangees } = placeCells(bloc.rangees, (cellule) =>
					cellule.contenu.map(({ contenu }) => runsOf(contenu)).filter((runs) => runs.length > 0)
				);
				if (colonnes === 0) return [];
				const first = rangees.findIndex((rangee) => !rangee.every(({ entete }) => entete));
				const headers = first < 0 ? 1 : first;
				// A header goes on as far as its cells do.
				const height = Math.max(
					headers,
					...rangees
						.slice(0, headers)
						.flat()
						.map(({ y, lignes }) => y + lignes)
				);
				const tableau = {
					t: 'tableau' as const,
					legende: print.texte(bloc.legende, lieu),
					colonnes,
					entetes: headers === 0 ? [] : rangees.slice(0, height),
					rangees: headers === 0 ? rangees : rangees.slice(height)
				};
				return [{ ...tableau, largeurs: largeursOf(tableau, sensOf(colonnes)) }];
			}
			case 'figure':
				return bloc.figure === '' ? [] : [{ t: 'figure', figure: bloc.figure }];
			case 'image':
				return [{ t: 'image', bloc: image(bloc, lieu) }];
			default:
				return bloc satisfies never;
		}
	}

	function printParagraphe({ titre, citation, constat, contenu }: Paragraphe): BlocDeProse[] {
		const runs = runsOf(contenu);
		if (runs.length === 0) return [];
		if (titre && runs.some(isWords)) {
			above = Math.min(rang + titre - 2, above + 1);
			return [{ t: 'titre', rang: above, runs: runs.map(ofTitre) }];
		}
		if (constat) return [{ t: 'constat', nature: NATURE[constat.nature], runs }];
		return [{ t: citation ? 'citation' : 'p', runs }];
	}

	function runsOf(contenu: readonly Inline[]): Run[] {
		const runs = contenu.flatMap((inline): Run[] => {
			switch (inline.type) {
				case 'texte':
					return runOf(inline);
				case 'note':
					return [{ note: inline.contenu.flatMap(runOf) }];
				case 'renvoi': {
					const found = references.renvoi(inline.cible);
					if (!found) return [{ texte: '[renvoi perdu]' }];
					const texte = print.texte(found.texte, lieu);
					return found.fiche === null ? [{ texte }] : [{ texte, fiche: found.fiche }];
				}
				case 'chiffre':
					return [{ texte: print.texte(references.chiffre(inline.figure, inline.ligne, inline.serie), lieu) }];
				case 'saut':
					return [{ saut: true }];
				default:
					return inline satisfies never;
			}
		});
		return runs.some((run) => 'note' in run || isWords(run)) ? runs : [];
	}

	function runOf({ texte, gras, italique, lien }: Texte): Run[] {
		const whole = printWords(print, texte, lieu);
		return whole === ''
			? []
			: [{ texte: whole, ...(gras && { gras }), ...(italique && { italique }), ...(lien && { lien }) }];
	}
}

function isWords(run: Run): boolean {
	return 'texte' in run && run.texte.trim() !== '';
}

/** A title is printed in one way, on one line; its notes at the foot of the page as elsewhere. */
function ofTitre(run: Run): Run {
	if ('note' in run) return run;
	return { texte: 'texte' in run ? run.texte : ' ' };
}

/** The spaces at the ends of a run belong to the line: what makes texts printable takes them away. */
export function printWords(print: Imprimeur, texte: string, lieu: string): string {
	const [, before = '', words = '', after = ''] = /^(\s*)(.*?)(\s*)$/su.exec(texte) ?? [];
	const printed = words === '' ? '' : print.texte(words, lieu);
	return `${before === '' ? '' : ' '}${printed}${after === '' || words === '' ? '' : ' '}`;
}

/** An item goes into the list that is being made, at its depth. */
function addItem(blocs: ProseImprimee, { liste, retrait = 0 }: Paragraphe, runs: Run[]): void {
	if (runs.length === 0) return;
	const numerotee = liste === 'numero';
	const last = blocs.at(-1);
	const item = { runs, sous: [] };
	if (last?.t !== 'liste' || (retrait === 0 && last.liste.numerotee !== numerotee)) {
		blocs.push({ t: 'liste', liste: { numerotee, items: [item] } });
		return;
	}
	let list = last.liste;
	for (let depth = 0; depth < retrait; depth++) {
		const above = list.items.at(-1);
		if (!above) break;
		const inner = above.sous.at(-1);
		const isLast = depth === retrait - 1;
		if (inner && (!isLast || inner.numerotee === numerotee)) list = inner;
		else {
			above.sous.push((list = { numerotee, items: [] }));
			break;
		}
	}
	list.items.push(item);
}

/** Cells at their places as browsers lay tables out: spans are cut at the edges and never overlap; holes are filled. */
export function placeCells(
	rows: readonly (readonly Cellule[])[],
	linesOf: (cellule: Cellule) => Run[][]
): { colonnes: number; rangees: CelluleImprimee[][] } {
	const taken: boolean[][] = rows.map(() => []);
	const placed: CelluleImprimee[][] = rows.map(() => []);
	rows.forEach((row, y) => {
		let x = 0;
		for (const cellule of row) {
			while (taken[y]?.[x]) x++;
			let colonnes = 1;
			while (colonnes < (cellule.colonnes ?? 1) && !taken[y]?.[x + colonnes]) colonnes++;
			const lignes = Math.min(cellule.lignes ?? 1, rows.length - y);
			for (let dy = 0; dy < lignes; dy++)
				for (let dx = 0; dx < colonnes; dx++) (taken[y + dy] as boolean[])[x + dx] = true;
			placed[y]?.push({ x, y, colonnes, lignes, entete: cellule.entete ?? false, lignesDeTexte: linesOf(cellule) });
			x += colonnes;
		}
	});
	const colonnes = Math.max(0, ...taken.map((row) => row.length));
	taken.forEach((row, y) => {
		for (let x = 0; x < colonnes; x++)
			if (!row[x]) placed[y]?.push({ x, y, colonnes: 1, lignes: 1, entete: false, lignesDeTexte: [] });
	});
	return { colonnes, rangees: placed };
}
