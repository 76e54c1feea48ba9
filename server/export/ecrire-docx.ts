import {
	AlignmentType,
	Bookmark,
	Document,
	ExternalHyperlink,
	Footer,
	FootnoteReferenceRun,
	HeadingLevel,
	HeightRule,
	ImageRun,
	InternalHyperlink,
	LevelFormat,
	LineRuleType,
	Packer,
	PageNumber,
	PageOrientation,
	Paragraph,
	Table,
	TableCell,
	TableLayoutType,
	TableOfContents,
	TableRow,
	TextRun,
	WidthType,
	type ParagraphChild
} from 'docx';
import {
	colonnesDeNombres,
	feuillesOf,
	instead,
	xmlText,
	type BandeauEcrit,
	type BlocEcrit,
	type CouvertureEcrite,
	type DocumentEcrit,
	type ImageEcrite,
	type PageEcrite,
	type SommaireEcrit,
	type TableauEcrit
} from './blocs.ts';
import { pngOfSvg } from './dessin-png.ts';
import { largeursOf } from './largeurs.ts';
import type { CelluleImprimee, ListeImprimee, Run } from './parties/prose.ts';
import { french } from './typographie.ts';

/*
 * WordprocessingML, for those who have Word: its own heading styles (so that its navigation and its table of contents work), header
 * rows that repeat, French.
 */

const ENCRE = '1B2428';
const PRIMAIRE = '0B5563';
const FILET = { style: 'single', size: 4, color: 'C3CFD2' } as const;
const FILETS = { top: FILET, bottom: FILET, left: FILET, right: FILET };
/** Pixels at 96 to the inch: the width of the page between its margins. */
const LARGEUR = 640;
const HAUTEUR = 760;
/** Half points. */
const TITRE_DE_FICHE = 30;
/** Twentieths of a point. */
const MARGE = 1134;
const A4 = { width: 11906, height: 16838 };
const TITRES = [
	HeadingLevel.HEADING_1,
	HeadingLevel.HEADING_2,
	HeadingLevel.HEADING_3,
	HeadingLevel.HEADING_4,
	HeadingLevel.HEADING_5,
	HeadingLevel.HEADING_6
] as const;

export async function ecrireDocx(document: DocumentEcrit): Promise<Uint8Array<ArrayBuffer>> {
	const contenu = new Contenu();
	const opening = document.couverture ? contenu.couverture(document, document.couverture) : contenu.tete(document);
	const feuilles = feuillesOf(document.blocs);
	const sections = feuilles.map(({ sens, blocs }, i) => {
		contenu.sens = sens;
		const own = blocs.flatMap((bloc) => contenu.bloc(bloc));
		return {
			properties: {
				titlePage: i === 0 && document.couverture !== undefined,
				page: {
					margin: { top: MARGE, bottom: MARGE, left: MARGE, right: MARGE },
					size: { ...A4, orientation: sens === 'paysage' ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT }
				}
			},
			footers: { default: contenu.pied(document), first: new Footer({ children: [new Paragraph({})] }) },
			children: i === 0 ? [...opening, ...own] : own
		};
	});
	const file = new Document({
		title: xmlText(document.titre),
		creator: 'Copacte',
		description: xmlText(document.sousTitre),
		styles: STYLES,
		numbering: { config: [PUCES, ...contenu.numerotations] },
		footnotes: contenu.notes,
		sections
	});
	return new Uint8Array(await Packer.toArrayBuffer(file));
}

type Enfant = Paragraph | Table | TableOfContents;

class Contenu {
	readonly notes: Record<string, { children: Paragraph[] }> = {};
	/** One for each numbered list: each begins at 1. */
	readonly numerotations: { reference: string; levels: typeof PUCES.levels }[] = [];

	/** How the page that is being written is held. */
	sens: PageEcrite['sens'] = 'portrait';

	tete({ titre, sousTitre, titreDansLeTexte }: DocumentEcrit): Enfant[] {
		if (titreDansLeTexte) return [];
		return [
			new Paragraph({ style: 'Title', children: [new TextRun(words(titre))] }),
			...(sousTitre === '' ? [] : [new Paragraph({ style: 'Subtitle', children: [new TextRun(words(sousTitre))] })])
		];
	}

	couverture({ titre }: DocumentEcrit, { surtitre, lignes, bandeau }: CouvertureEcrite): Enfant[] {
		return [
			new Paragraph({ style: 'Subtitle', spacing: { after: 2600 }, children: [new TextRun(words(surtitre))] }),
			new Paragraph({ style: 'Title', spacing: { after: 600 }, children: [new TextRun(words(titre))] }),
			...lignes.map((ligne) => new Paragraph({ style: 'Subtitle', children: [new TextRun(words(ligne))] })),
			...(bandeau === null
				? []
				: [new Paragraph({ spacing: { before: 2400 } }), ...this.#bandeau(bandeau, HAUTEUR_DE_LOGO)])
		];
	}

	pied({ pied, bandeau }: DocumentEcrit): Footer {
		return new Footer({
			children: [...(bandeau ? this.#bandeau(bandeau, HAUTEUR_DE_LOGO / 2) : []), foot(pied)]
		});
	}

	bloc(bloc: BlocEcrit): Enfant[] {
		switch (bloc.t) {
			case 'titre': {
				const runs = bloc.runs
					? this.#runs(bloc.runs)
					: [new TextRun({ text: words(bloc.texte), ...(bloc.fiche && { size: TITRE_DE_FICHE }) })];
				const children = bloc.cle === undefined ? runs : [new Bookmark({ id: anchor(bloc.cle), children: runs })];
				const heading = TITRES[Math.min(TITRES.length, Math.max(1, bloc.rang)) - 1];
				return [new Paragraph({ heading, pageBreakBefore: bloc.nouvellePage, children })];
			}
			case 'p':
				return [new Paragraph({ style: bloc.discret ? 'Discret' : undefined, children: this.#runs(bloc.runs) })];
			case 'citation':
				return [new Paragraph({ style: 'Citation', children: this.#runs(bloc.runs) })];
			case 'constat': {
				const runs = [{ texte: `${bloc.nature}\u00a0: `, gras: true as const }, ...bloc.runs];
				return [new Paragraph({ style: 'Constat', children: this.#runs(runs) })];
			}
			case 'liste':
				return this.#list(bloc.liste, 0);
			case 'tableau':
				return this.#table(bloc);
			case 'image':
				return this.#image(bloc);
			case 'sommaire':
				return sommaire(bloc);
			case 'faits':
				return bloc.faits.map(({ etiquette, valeur }) => {
					const runs: Run[] = [{ texte: `${etiquette}\u00a0: `, gras: true }, { texte: valeur }];
					return new Paragraph({ style: 'Fait', children: this.#runs(runs) });
				});
			case 'bandeau':
				return this.#bandeau(bloc, HAUTEUR_DE_LOGO);
			// It begins a section.
			case 'page':
				return [];
			default:
				return bloc satisfies never;
		}
	}

	#runs(runs: readonly Run[]): ParagraphChild[] {
		return runs.map((run) => this.#run(run));
	}

	#run(run: Run): ParagraphChild {
		if ('saut' in run) return new TextRun({ break: 1 });
		if ('note' in run) {
			const n = Object.keys(this.notes).length + 1;
			this.notes[n] = { children: [] };
			this.notes[n].children.push(new Paragraph({ children: this.#runs(run.note) }));
			return new FootnoteReferenceRun(n);
		}
		if ('fiche' in run)
			return new InternalHyperlink({
				anchor: anchor(run.fiche),
				children: [new TextRun({ text: words(run.texte), color: PRIMAIRE, underline: {} })]
			});
		const text = { text: words(run.texte), bold: run.gras, italics: run.italique };
		if (run.lien === undefined) return new TextRun(text);
		return new ExternalHyperlink({ link: run.lien, children: [new TextRun({ ...text, style: 'Hyperlink' })] });
	}

	#list({ numerotee, items }: ListeImprimee, level: number): Paragraph[] {
		const reference = numerotee ? this.#numbering() : PUCES.reference;
		return items.flatMap(({ runs, sous }) => [
			new Paragraph({ numbering: { reference, level }, spacing: { after: 60 }, children: this.#runs(runs) }),
			...sous.flatMap((list) => this.#list(list, Math.min(3, level + 1)))
		]);
	}

	#numbering(): string {
		const reference = `numeros-${this.numerotations.length + 1}`;
		this.numerotations.push({ reference, levels: levels(LevelFormat.DECIMAL, (n) => `%${n}.`) });
		return reference;
	}

	#table(tableau: TableauEcrit): (Paragraph | Table)[] {
		const { legende, nom, entetes, rangees } = tableau;
		const largeurs = largeursOf(tableau, this.sens);
		const total = largeurs.reduce((sum, largeur) => sum + largeur, 0);
		const place = (this.sens === 'paysage' ? A4.height : A4.width) - 2 * MARGE;
		const nombres = colonnesDeNombres(tableau);
		const row = (cells: readonly CelluleImprimee[], tableHeader: boolean) =>
			new TableRow({
				tableHeader,
				cantSplit: true,
				...(tableau.aSigner && !tableHeader && { height: { value: 1000, rule: HeightRule.ATLEAST } }),
				children: cells.map((cellule) => this.#cell(cellule, nombres.has(cellule.x)))
			});
		const table = new Table({
			width: { size: place, type: WidthType.DXA },
			columnWidths: largeurs.map((largeur) => Math.floor((place * largeur) / total)),
			layout: TableLayoutType.FIXED,
			...((legende || nom) && { altText: { title: words(legende || (nom ?? '')) } }),
			rows: [...entetes.map((cells) => row(cells, true)), ...rangees.map((cells) => row(cells, false))]
		});
		const caption = new Paragraph({ style: 'Caption', keepNext: true, children: [new TextRun(words(legende))] });
		return [...(legende === '' ? [] : [caption]), table, new Paragraph({ style: 'ApresTableau' })];
	}

	#cell({ colonnes, lignes, entete, lignesDeTexte }: CelluleImprimee, nombre: boolean): TableCell {
		const alignment = nombre && colonnes === 1 ? AlignmentType.RIGHT : undefined;
		const lines = lignesDeTexte.length === 0 ? [[]] : lignesDeTexte;
		return new TableCell({
			columnSpan: colonnes,
			rowSpan: lignes,
			borders: FILETS,
			margins: { top: 60, bottom: 60, left: 90, right: 90 },
			shading: entete ? { type: 'clear', fill: 'E3F0F2', color: 'auto' } : undefined,
			children: lines.map(
				(runs) =>
					new Paragraph({ style: entete ? 'EnteteDeTableau' : 'Tableau', alignment, children: this.#runs(runs) })
			)
		});
	}

	#image({ type, base64, largeur, hauteur, alternative, legende, cle }: ImageEcrite): Paragraph[] {
		const isDrawing = type === 'image/svg+xml';
		const caption = new Paragraph({
			style: 'Caption',
			keepNext: isDrawing,
			children:
				cle === undefined
					? [new TextRun(words(legende))]
					: [new Bookmark({ id: anchor(cle), children: [new TextRun(words(legende))] })]
		});
		const image = { type, base64, largeur, hauteur, alternative };
		const drawn = drawing(image, Math.min(1, LARGEUR / Math.max(1, largeur), HAUTEUR / Math.max(1, hauteur)));
		const shown = new Paragraph({ children: [drawn ?? new TextRun(words(instead(alternative)))] });
		const captions = legende === '' ? [] : [caption];
		// A figure is named before it is drawn, an image after.
		return isDrawing ? [...captions, shown] : [shown, ...captions];
	}

	#bandeau({ mention, logos }: BandeauEcrit, height: number): Paragraph[] {
		const drawn = logos.flatMap((logo, i) => {
			const run = drawing(logo, height / Math.max(1, logo.hauteur));
			return run ? [...(i === 0 ? [] : [new TextRun('   ')]), run] : [];
		});
		return [
			...(drawn.length === 0 ? [] : [new Paragraph({ style: 'Bandeau', children: drawn })]),
			...(mention === '' ? [] : [new Paragraph({ style: 'Bandeau', children: [new TextRun(words(mention))] })])
		];
	}
}

/** In pixels at 96 to the inch. */
const HAUTEUR_DE_LOGO = 56;

type Dessin = Pick<ImageEcrite, 'type' | 'base64' | 'largeur' | 'hauteur' | 'alternative'>;

/** null: Word cannot show it. */
function drawing({ type, base64, largeur, hauteur, alternative }: Dessin, scale: number): ImageRun | null {
	const image = bitmapOf(type, base64);
	if (!image) return null;
	return new ImageRun({
		type: image.type,
		data: image.bytes,
		transformation: { width: Math.round(largeur * scale), height: Math.round(hauteur * scale) },
		altText: { name: 'Image', title: '', description: xmlText(alternative) }
	});
}

function bitmapOf(
	type: ImageEcrite['type'],
	base64: string
): { type: 'png' | 'jpg' | 'gif'; bytes: Uint8Array } | null {
	const bytes = Buffer.from(base64, 'base64');
	switch (type) {
		case 'image/png':
			return { type: 'png', bytes };
		case 'image/jpeg':
			return { type: 'jpg', bytes };
		case 'image/gif':
			return { type: 'gif', bytes };
		case 'image/svg+xml':
			return { type: 'png', bytes: pngOfSvg(bytes.toString()) };
		case 'image/webp':
			return null;
		default:
			return type satisfies never;
	}
}

/** The contents as Word keeps them: with their pages already, so that it asks nothing. */
function sommaire({ titre, profondeur, entrees }: SommaireEcrit): Enfant[] {
	return [
		new Paragraph({ style: 'Sommaire', pageBreakBefore: true, children: [new TextRun(words(titre))] }),
		new TableOfContents(words(titre), {
			hyperlink: true,
			headingStyleRange: `1-${profondeur}`,
			beginDirty: false,
			cachedEntries: entrees.map(({ rang, texte, cle, page }) => ({
				title: words(texte),
				level: rang,
				href: anchor(cle),
				...(page !== null && { page })
			}))
		})
	];
}

function words(text: string): string {
	return xmlText(french(text));
}

/** Bookmarks have names of letters and figures, of 40 signs at most. */
function anchor(cle: string): string {
	return `f_${cle.replace(/[^A-Za-z0-9]/g, '_')}`.slice(0, 40);
}

function foot(pied: string): Paragraph {
	return new Paragraph({
		style: 'Pied',
		children: [new TextRun({ children: [`${words(pied)} – `, PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES] })]
	});
}

type Format = (typeof LevelFormat)[keyof typeof LevelFormat];

function levels(format: Format, text: (level: number) => string) {
	return [0, 1, 2, 3].map((level) => ({
		level,
		format,
		text: text(level + 1),
		alignment: AlignmentType.LEFT,
		style: { paragraph: { indent: { left: 360 * (level + 1), hanging: 300 } } }
	}));
}

const PUCES = { reference: 'puces', levels: levels(LevelFormat.BULLET, (n) => (n % 2 ? '•' : '–')) };

const heading = (size: number) => ({
	run: { size, bold: true, color: PRIMAIRE },
	paragraph: { spacing: { before: 280, after: 120 }, keepNext: true }
});

const own = (id: string, name: string, run: object, paragraph: object = {}) => ({
	id,
	name,
	basedOn: 'Normal',
	quickFormat: true,
	run,
	paragraph
});

const STYLES = {
	default: {
		document: {
			run: { font: 'Arial', size: 22, color: ENCRE, language: { value: 'fr-FR' } },
			paragraph: { spacing: { after: 140, line: 290, lineRule: LineRuleType.AUTO } }
		},
		title: {
			run: { size: 56, bold: true, color: PRIMAIRE },
			paragraph: { spacing: { after: 120, line: 264, lineRule: LineRuleType.AUTO } }
		},
		heading1: heading(36),
		heading2: heading(30),
		heading3: heading(25),
		heading4: heading(23),
		heading5: heading(22),
		heading6: heading(22)
	},
	paragraphStyles: [
		own('Subtitle', 'Subtitle', { size: 28, color: '4A565C' }, { spacing: { after: 280 } }),
		own('Discret', 'Précision', { size: 18, color: '4A565C' }),
		own('Fait', 'Fait', {}, { spacing: { after: 0 }, shading: { type: 'clear', fill: 'E3F0F2', color: 'auto' } }),
		own('Bandeau', 'Bandeau', { size: 17, color: '4A565C' }, { spacing: { after: 80 } }),
		own('Sommaire', 'Titre du sommaire', { size: 36, bold: true, color: PRIMAIRE }, { spacing: { after: 200 } }),
		...[1, 2, 3, 4, 5, 6].map((n) =>
			own(
				`TOC${n}`,
				`toc ${n}`,
				{ size: 20, bold: n === 1 },
				{
					spacing: { before: n === 1 ? 80 : 0, after: 10, line: 240, lineRule: LineRuleType.AUTO },
					indent: { left: 240 * (n - 1) }
				}
			)
		),
		own('Caption', 'caption', { bold: true }, { spacing: { before: 160, after: 80 } }),
		own('Citation', 'Citation', { italics: true }, { indent: { left: 400 } }),
		own('Constat', 'Constat', {}, { shading: { type: 'clear', fill: 'E3F0F2', color: 'auto' } }),
		own('Tableau', 'Contenu de tableau', { size: 20 }, { spacing: { after: 0 } }),
		own('EnteteDeTableau', 'En-tête de tableau', { size: 20, bold: true }, { spacing: { after: 0 } }),
		own(
			'ApresTableau',
			'Après un tableau',
			{ size: 12 },
			{ spacing: { after: 0, line: 240, lineRule: LineRuleType.AUTO } }
		),
		own('Pied', 'Pied de page du document', { size: 17, color: '4A565C' })
	]
} as const;
