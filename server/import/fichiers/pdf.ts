import { getDocumentProxy } from 'unpdf';
import { DomainError } from '../../errors.ts';
import { isInacheve } from '../mots.ts';
import { paragraphe, type BlocLu, type CelluleLue, type ParagrapheLu, type TableauDeFichier } from './blocs-lus.ts';
import { ABIME, PROTEGE } from './zip.ts';

/*
 * The text of a PDF. A page whose author tagged it (Word and LibreOffice do, so does Copacte) says what is a heading, an item, a cell;
 * the others are read line by line, as they were written. Running heads and feet are left out where the tags say so.
 */

type Document = Awaited<ReturnType<typeof getDocumentProxy>>;
type Page = Awaited<ReturnType<Document['getPage']>>;

const PAGES_MAX = 1_500;
/** On a page, in letters: a scanned one may bear a number or a stamp. */
const LETTRES_PAR_PAGE = 25;

const TROP_DE_PAGES = `Ce PDF a plus de ${PAGES_MAX}\u00a0pages\u00a0: importez-le en plusieurs fois.`;
const NUMERISE =
	'Ce PDF est numérisé\u00a0: ses pages sont des images, sans texte. Demandez le document d’origine (.docx ou .odt), ou passez ce PDF dans un logiciel de reconnaissance de texte, puis recommencez.';
const ILLISIBLE =
	'Le texte de ce PDF n’est pas lisible\u00a0: ses polices ne disent pas quelles lettres elles dessinent. Demandez le document d’origine (.docx ou .odt).';

export async function readPdf(octets: Uint8Array): Promise<BlocLu[]> {
	const document = await openPdf(octets);
	if (document.numPages > PAGES_MAX) throw new DomainError('invalide', TROP_DE_PAGES);
	const pages: BlocLu[][] = [];
	let lettres = 0;
	let perdues = 0;
	let nues = 0;
	for (let n = 1; n <= document.numPages; n++) {
		const page = await document.getPage(n);
		const { blocs, texte } = await readPage(page, placesOf(pages.at(-1)?.at(-1)));
		page.cleanup();
		const ici = texte.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
		lettres += ici;
		perdues += texte.match(/[\ufffd\ue000-\uf8ff]/g)?.length ?? 0;
		if (ici < LETTRES_PAR_PAGE) nues++;
		pages.push(
			ici === 0 && blocs.length === 0 ? [paragraphe(`[Page ${n}\u00a0: aucun texte n’y est lisible.]`)] : blocs
		);
	}
	if (perdues > 200 && perdues > lettres / 2) throw new DomainError('invalide', ILLISIBLE);
	if (lettres < LETTRES_PAR_PAGE || nues * 2 > document.numPages) throw new DomainError('invalide', NUMERISE);
	return joinPages(pages);
}

async function openPdf(octets: Uint8Array): Promise<Document> {
	try {
		return await getDocumentProxy(octets.slice(), { verbosity: 0 });
	} catch (error) {
		const isProtected = error instanceof Error && error.name === 'PasswordException';
		throw new DomainError('invalide', isProtected ? PROTEGE : ABIME);
	}
}

/** A piece of text of the page. */
interface Morceau {
	texte: string;
	x: number;
	y: number;
	largeur: number;
	hauteur: number;
	/** The line ends after it. */
	fin: boolean;
	/** The tagged content that it is part of; '' when it is none. */
	contenu: string;
	/** Furniture of the page: a running head, a number. */
	decor: boolean;
}

/** `places`: where the columns are of the table that ends the page before. */
async function readPage(page: Page, places: Places): Promise<{ blocs: BlocLu[]; texte: string }> {
	const morceaux = await readMorceaux(page);
	const texte = morceaux.map((morceau) => morceau.texte).join('');
	const arbre = morceaux.some(({ contenu }) => contenu !== '') ? await page.getStructTree() : null;
	if (arbre) {
		const parContenu = new Map<string, Morceau[]>();
		for (const morceau of morceaux)
			if (morceau.contenu !== '')
				parContenu.set(morceau.contenu, [...(parContenu.get(morceau.contenu) ?? []), morceau]);
		const lecteur = new LecteurBalise(parContenu, places);
		const blocs = lecteur.blocs(arbre as Noeud);
		// A page half tagged is read as it lies.
		const utiles = morceaux.filter(({ decor }) => !decor).map((morceau) => morceau.texte);
		if (lecteur.lus >= 0.9 * lettersIn(utiles.join(''))) return { blocs, texte };
	}
	return { blocs: linesOf(morceaux), texte };
}

function lettersIn(texte: string): number {
	return texte.replace(/\s/g, '').length;
}

async function readMorceaux(page: Page): Promise<Morceau[]> {
	const { items } = await page.getTextContent({ includeMarkedContent: true });
	const morceaux: Morceau[] = [];
	const ouverts: { contenu: string; decor: boolean }[] = [];
	for (const item of items) {
		if ('str' in item) {
			const dedans = ouverts.findLast(({ contenu, decor }) => contenu !== '' || decor);
			morceaux.push({
				texte: item.str,
				x: Number(item.transform[4]),
				y: Number(item.transform[5]),
				largeur: item.width,
				hauteur: item.height || Math.abs(Number(item.transform[3])),
				fin: item.hasEOL,
				contenu: dedans?.contenu ?? '',
				decor: dedans?.decor ?? false
			});
		} else if (item.type === 'endMarkedContent') ouverts.pop();
		else ouverts.push({ contenu: item.id ?? '', decor: 'tag' in item && item.tag === 'Artifact' });
	}
	return morceaux;
}

interface Noeud {
	role?: string;
	children?: (Noeud | Contenu)[];
}

interface Contenu {
	type: string;
	id?: string;
}

function isContenu(noeud: Noeud | Contenu): noeud is Contenu {
	return 'type' in noeud;
}

/** Reads the tags of a page. */
class LecteurBalise {
	readonly #contenus: Map<string, Morceau[]>;
	/** Of a table that goes on from the page before. */
	#places: Places;
	/** Letters that the tags have given. */
	lus = 0;

	constructor(contenus: Map<string, Morceau[]>, places: Places) {
		this.#contenus = contenus;
		this.#places = places;
	}

	blocs(noeud: Noeud): BlocLu[] {
		return this.#dedans(noeud.children ?? [], 0);
	}

	/** Words that stand between blocks make paragraphs. */
	#dedans(enfants: readonly (Noeud | Contenu)[], retrait: number): BlocLu[] {
		const blocs: BlocLu[] = [];
		let mots: Morceau[] = [];
		const flush = () => {
			const texte = textOf(mots);
			if (texte.trim() !== '') blocs.push(paragraphe(texte));
			mots = [];
		};
		for (const enfant of enfants) {
			if (isContenu(enfant)) mots.push(...this.#take(enfant));
			else if (isInline(enfant)) mots.push(...this.#words(enfant));
			else {
				flush();
				blocs.push(...this.#bloc(enfant, retrait));
			}
		}
		flush();
		return blocs;
	}

	#bloc(noeud: Noeud, retrait: number): BlocLu[] {
		const role = noeud.role ?? '';
		const titre = /^H([1-6])?$/.exec(role);
		if (titre !== null) {
			const texte = oneLine(textOf(this.#words(noeud)));
			return texte === '' ? [] : [paragraphe(texte, { rang: Number(titre[1] ?? 1) })];
		}
		switch (role) {
			case 'TOC':
				// The contents say the headings again.
				this.#words(noeud);
				return [];
			case 'Table':
				return [this.#tableau(noeud)];
			case 'L':
				return this.#dedans(noeud.children ?? [], retrait);
			case 'LI':
				return this.#item(noeud, retrait);
			case 'Artifact':
				this.#words(noeud);
				return [];
			default:
				return this.#dedans(noeud.children ?? [], retrait);
		}
	}

	#item(noeud: Noeud, retrait: number): BlocLu[] {
		const enfants = noeud.children ?? [];
		const isMarque = (enfant: Noeud | Contenu) => !isContenu(enfant) && enfant.role === 'Lbl';
		const marque = oneLine(textOf(enfants.filter(isMarque).flatMap((enfant) => this.#words(enfant as Noeud))));
		const corps = enfants.filter((enfant) => !isMarque(enfant));
		const [first, ...others] = this.#dedans(corps, retrait + 1);
		const numero = /^\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)°]/i.test(marque) ? marque : '-';
		if (first?.t === 'p' && first.marque === '' && first.rang === 0)
			return [{ ...first, marque: numero, retrait }, ...others];
		return [...(first ? [first] : []), ...others];
	}

	#tableau(noeud: Noeud): BlocLu {
		const toutes = rowsOf(noeud).map(({ children = [] }) =>
			children.filter((enfant): enfant is Noeud => !isContenu(enfant) && /^T[HD]$/.test(enfant.role ?? ''))
		);
		// On each page of a table, tags without a word are those of its head, or of rows of the other pages.
		const cellules = toutes.filter((rangee) => rangee.some((cellule) => this.#left(cellule) !== null));
		const premiere = cellules.findIndex((rangee) => !rangee.every(({ role }) => role === 'TH'));
		const lues = cellules.map((rangee) =>
			rangee.map((cellule) => ({
				x: this.#left(cellule),
				blocs: this.#dedans(cellule.children ?? [], 0).map(inCell)
			}))
		);
		const propres = lues.reduce((a, b) => (b.length > a.length ? b : a), []).map(({ x }) => x);
		const entetes = premiere === -1 ? 0 : premiere;
		const places = entetes === 0 && this.#places.length >= propres.length ? this.#places : propres;
		this.#places = [];
		const tableau: TableauDeFichier = {
			t: 'tableau',
			entetes,
			rangees: lues.map((rangee) => inPlaces(rangee, places))
		};
		PLACES.set(tableau, places);
		return tableau;
	}

	/** Where the words of a cell begin; null: it has none. */
	#left(noeud: Noeud): number | null {
		const xs = (noeud.children ?? [])
			.map((enfant) =>
				isContenu(enfant)
					? (this.#contenus.get(enfant.id ?? '') ?? []).find(({ texte }) => texte.trim() !== '')?.x
					: this.#left(enfant)
			)
			.filter((x) => typeof x === 'number');
		return xs.length === 0 ? null : Math.min(...xs);
	}

	#words(noeud: Noeud): Morceau[] {
		return (noeud.children ?? []).flatMap((enfant) => (isContenu(enfant) ? this.#take(enfant) : this.#words(enfant)));
	}

	#take({ id = '' }: Contenu): Morceau[] {
		const morceaux = this.#contenus.get(id) ?? [];
		this.#contenus.delete(id);
		this.lus += lettersIn(morceaux.map(({ texte }) => texte).join(''));
		return morceaux;
	}
}

/** Where the columns of a table begin; null where none of its cells tells. */
type Places = readonly (number | null)[];
const PLACES = new WeakMap<BlocLu, Places>();

function placesOf(bloc: BlocLu | undefined): Places {
	return (bloc && PLACES.get(bloc)) ?? [];
}

interface CellulePlacee {
	x: number | null;
	blocs: BlocLu[];
}

/** The tags do not say which cells span rows or columns: a short row is laid under the columns that its words stand under. */
function inPlaces(rangee: readonly CellulePlacee[], places: readonly (number | null)[]): CelluleLue[] {
	const cellules: CelluleLue[] = [];
	// Alone and at the left, it names what is below.
	const entiere = rangee.length === 1 && !isRightOf(rangee[0]!.x, places[0]);
	for (const [i, { x, blocs }] of rangee.entries()) {
		const rest = places.length - (rangee.length - i);
		const isBefore = (place: number | null | undefined) => isRightOf(x, place);
		while (cellules.length < rest && isBefore(places[cellules.length + 1]))
			cellules.push({ colonnes: 1, suite: true, blocs: [] });
		if (
			cellules.length < rest &&
			isBefore(places[cellules.length]) &&
			x !== null &&
			near(x, places[cellules.length + 1])
		)
			cellules.push({ colonnes: 1, suite: true, blocs: [] });
		cellules.push({ colonnes: entiere ? places.length : 1, suite: false, blocs });
	}
	return cellules;
}

function isRightOf(x: number | null, place: number | null | undefined): boolean {
	return x !== null && typeof place === 'number' && place < x - 12;
}

function near(x: number, place: number | null | undefined): boolean {
	return typeof place === 'number' && Math.abs(x - place) <= 12;
}

const INLINE = new Set([
	'Span',
	'Link',
	'Strong',
	'Em',
	'Quote',
	'Code',
	'Reference',
	'Sub',
	'Lbl',
	'Annot',
	'Ruby',
	'Warichu',
	'FENote',
	'Note'
]);

function isInline({ role = '', children = [] }: Noeud): boolean {
	return INLINE.has(role) && children.every((enfant) => isContenu(enfant) || isInline(enfant));
}

function rowsOf({ children = [] }: Noeud): Noeud[] {
	return children.flatMap((enfant) => {
		if (isContenu(enfant)) return [];
		if (enfant.role === 'TR') return [enfant];
		return /^T(?:Head|Body|Foot)$/.test(enfant.role ?? '') ? rowsOf(enfant) : [];
	});
}

/** A line of a cell ends where the column does: its words go on, unless the next one is an item. */
function inCell(bloc: BlocLu): BlocLu {
	if (bloc.t !== 'p') return bloc;
	return {
		...bloc,
		texte: bloc.texte
			.split(/(?<=[:;,.])\n(?=[-–•]\s)/)
			.map(oneLine)
			.join('\n')
	};
}

const PREFIXES =
	'socio|infra|supra|intra|extra|non|sous|mi|demi|co|bi|inter|anti|auto|semi|ex|éco|micro|multi|pluri|post|pré|vice|peut|celui|celle|ceux|celles|rendez|vis|savoir|c’est';
const PREFIXE = new RegExp(`\\b(?:${PREFIXES})$`, 'iu');

function oneLine(texte: string): string {
	return texte
		.replace(/[\u00ad\u2010]\n?/g, '')
		.replace(/(\p{L}{1,30})-\n(?=\p{Ll})/gu, (coupe, debut: string) => (PREFIXE.test(debut) ? coupe : debut))
		.replace(/-\n/g, '-')
		.replace(/(?<=\S\/)\n/g, '')
		.replace(/\s*\n\s*/g, ' ')
		.trim();
}

function textOf(morceaux: readonly Morceau[]): string {
	return morceaux
		.map((morceau, i) => {
			const suivant = morceaux[i + 1];
			const falls =
				suivant !== undefined &&
				suivant.texte !== '' &&
				Math.abs(suivant.y - morceau.y) > 0.6 * morceau.hauteur &&
				morceau.hauteur > 0;
			return `${morceau.texte}${morceau.fin || falls ? '\n' : ''}`;
		})
		.join('')
		.replace(/\n{2,}/g, '\n')
		.trim();
}

/** The lines of a page without tags, in the order that they were written: a wide gap is a change of column, a high one a new paragraph. */
function linesOf(morceaux: readonly Morceau[]): BlocLu[] {
	const blocs: ParagrapheLu[] = [];
	let ligne = '';
	let avant: Morceau | undefined;
	let hauteur = 0;
	let bas: number | undefined;
	const flush = () => {
		if (ligne.trim() !== '' && avant) {
			const ecart = bas === undefined ? Infinity : bas - avant.y;
			const suit = blocs.at(-1);
			if (suit && ecart > -0.5 * hauteur && ecart < 1.8 * (hauteur || 10)) suit.texte += `\n${ligne.trim()}`;
			else blocs.push(paragraphe(ligne.trim()));
			bas = avant.y;
		}
		ligne = '';
		hauteur = 0;
	};
	for (const morceau of morceaux) {
		if (morceau.texte !== '') {
			if (avant && ligne !== '') {
				const meme = Math.abs(morceau.y - avant.y) < 0.5 * Math.max(morceau.hauteur, avant.hauteur, 4);
				const blanc = morceau.x - (avant.x + avant.largeur);
				if (!meme) flush();
				else if (blanc > 2 * Math.max(morceau.hauteur, 4)) ligne += '\t';
				else if (blanc > 0.2 * Math.max(morceau.hauteur, 4) && !/\s$/.test(ligne)) ligne += ' ';
			}
			// A space as wide as a column stands for the gap.
			ligne += /^\s+$/.test(morceau.texte) && morceau.largeur > 2 * Math.max(hauteur, 4) ? '\t' : morceau.texte;
			hauteur = Math.max(hauteur, morceau.hauteur);
			avant = morceau;
		}
		if (morceau.fin) flush();
	}
	flush();
	return blocs;
}

/** What has no head of its own, under the same columns. */
function isSameTable(fin: TableauDeFichier, debut: TableauDeFichier): boolean {
	return debut.entetes === 0 && placesOf(fin).length === placesOf(debut).length && placesOf(fin).length > 1;
}

/** The end of a page may cut a row: its words go on. */
function joinTables(fin: TableauDeFichier, { rangees: [premiere = [], ...autres] }: TableauDeFichier): void {
	const derniere = fin.rangees.at(-1) ?? [];
	const pareilles = derniere.length === premiere.length;
	const pleines = premiere.flatMap(({ blocs }, i) => (textOfCell(blocs) === '' ? [] : [i]));
	const isCoupee =
		pareilles &&
		pleines.every((i) => {
			const avant = textOfCell(derniere[i]?.blocs ?? []);
			const suite = textOfCell(premiere[i]!.blocs);
			return (
				avant !== '' &&
				!/[.;!?…]$/.test(avant) &&
				(/^[\p{Ll}(]/u.test(suite) || /[,’'-]$/.test(avant) || isInacheve(avant))
			);
		});
	if (!isCoupee) fin.rangees.push(premiere);
	else
		for (const i of pleines) {
			const avant = derniere[i]!.blocs.at(-1)!;
			const [suite, ...reste] = premiere[i]!.blocs;
			if (avant.t === 'p' && suite?.t === 'p' && suite.marque === '')
				avant.texte = oneLine(`${avant.texte}\n${suite.texte}`);
			else if (suite) derniere[i]!.blocs.push(suite);
			derniere[i]!.blocs.push(...reste);
		}
	fin.rangees.push(...autres);
}

function textOfCell(blocs: readonly BlocLu[]): string {
	return blocs
		.map((bloc) => (bloc.t === 'p' ? bloc.texte : ''))
		.join(' ')
		.trim();
}

/** A paragraph or a table that the end of a page cuts goes on. */
function joinPages(pages: readonly BlocLu[][]): BlocLu[] {
	const blocs: BlocLu[] = [];
	for (const page of pages) {
		const fin = blocs.at(-1);
		const [debut, ...reste] = page;
		const goesOn =
			fin?.t === 'p' &&
			debut?.t === 'p' &&
			fin.rang === 0 &&
			debut.rang === 0 &&
			debut.marque === '' &&
			/[\p{L},;’'-]\s*$/u.test(fin.texte) &&
			/^\p{Ll}/u.test(debut.texte);
		if (goesOn) fin.texte += `\n${debut.texte}`;
		else if (fin?.t === 'tableau' && debut?.t === 'tableau' && isSameTable(fin, debut)) joinTables(fin, debut);
		else if (debut) blocs.push(...(blocs.length > 0 ? [{ t: 'page' } as const] : []), debut);
		blocs.push(...reste);
	}
	return blocs;
}
