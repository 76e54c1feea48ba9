import { paragraphe, type BlocLu, type CelluleLue, type ParagrapheLu, type TableauDeFichier } from './blocs-lus.ts';
import { readHtml } from './html.ts';

/*
 * Markdown, as its reader sees it once it is laid out: headings, lists, tables, notes where they are called. Its signs and its escapes are
 * taken out of the words; HTML inside is read as HTML; images and addresses are left out.
 */

const TITRE = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/;
const ITEM = /^([ \t]*)([-*+]|\d{1,9}[.)])[ \t]+(?=\S)/;
const TRAIT = /^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$/;
const SOULIGNE = /^ {0,3}(?:(=+)|-+)[ \t]*$/;
const FILET_DE_TABLEAU = /^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;
const DEFINITION = /^ {0,3}\[([^\]]{1,80})\]:[ \t]*(.*)$/;
/** A line of anchors, without a word. */
const ANCRES = /^[ \t]*(?:<a\b[^<>]{0,200}>[ \t]*<\/a>[ \t]*)+$/i;
/** What only leads to another place of the page is a step of its contents. */
const RENVOI = /^\s*\[(?:\\.|[^\]\\]){1,500}\]\(#[^()\s]{0,200}\)\s*$/;
const HTML = /^ {0,3}<(?:table|div|p|ul|ol|dl|h[1-6]|details|section)\b/i;

export function readMarkdown(source: string): BlocLu[] {
	const notes = new Map<string, string>();
	const lignes = source.split(/\r\n|\n|\r/).filter((ligne) => {
		const [, nom, texte] = DEFINITION.exec(ligne) ?? [];
		if (nom?.startsWith('^')) notes.set(nom.slice(1), texte!);
		return nom === undefined;
	});
	return new LecteurMarkdown(notes).blocs(lignes);
}

class LecteurMarkdown {
	readonly #notes: Map<string, string>;

	constructor(notes: Map<string, string>) {
		this.#notes = notes;
	}

	blocs(lignes: readonly string[]): BlocLu[] {
		const blocs: BlocLu[] = [];
		/** Where the words of each open item begin, from the outermost. */
		let retraits: number[] = [];
		/** The paragraph or item that the next line may go on with. */
		let ouvert = null as ParagrapheLu | null;
		/** Those whose words still have their signs. */
		const bruts = new Set<BlocLu>();
		const push = (bloc: ParagrapheLu, goesOn = false) => {
			blocs.push(bloc);
			bruts.add(bloc);
			ouvert = goesOn ? bloc : null;
		};
		for (let i = 0; i < lignes.length; i++) {
			const ligne = lignes[i]!;
			const suite = ouvert;
			if (ligne.trim() === '' || ANCRES.test(ligne)) {
				ouvert = null;
				continue;
			}
			const titre = TITRE.exec(ligne);
			const souligne = suite?.marque === '' ? SOULIGNE.exec(ligne) : null;
			const item = TRAIT.test(ligne) ? null : ITEM.exec(ligne);
			if (titre) {
				retraits = [];
				push(paragraphe(titre[2] ?? '', { rang: titre[1]!.length }));
			} else if (suite && souligne) {
				suite.rang = souligne[1] ? 1 : 2;
				ouvert = null;
			} else if (TRAIT.test(ligne)) ouvert = null;
			else if (HTML.test(ligne)) {
				const fin = endOf(lignes, i, ({ length }) => length === 0);
				blocs.push(...readHtml(lignes.slice(i, fin).join('\n')));
				[i, ouvert, retraits] = [fin - 1, null, []];
			} else if (isTableau(lignes, i)) {
				const fin = endOf(lignes, i, (suivante) => !suivante.includes('|'));
				blocs.push(this.#tableau(lignes.slice(i, fin)));
				[i, ouvert, retraits] = [fin - 1, null, []];
			} else if (/^ {0,3}>/.test(ligne)) {
				const fin = endOf(lignes, i, (suivante) => !/^ {0,3}>/.test(suivante));
				blocs.push(...this.blocs(lignes.slice(i, fin).map((citee) => citee.replace(/^ {0,3}> ?/, ''))));
				[i, ouvert] = [fin - 1, null];
			} else if (item) {
				const [debut, blanc, marque] = item;
				const colonne = widthOf(blanc!);
				retraits = retraits.filter((retrait) => retrait <= colonne);
				const retrait = retraits.length;
				retraits.push(colonne + marque!.length + 1);
				const signe = /\d/.test(marque!) ? marque!.replace(')', '.') : '-';
				push(paragraphe(ligne.slice(debut.length), { marque: signe, retrait }), true);
			} else if (suite) suite.texte += `\n${ligne.trim()}`;
			else push(paragraphe(ligne.trim()), true);
		}
		return blocs.flatMap((bloc) => {
			if (bloc.t !== 'p' || !bruts.has(bloc)) return [bloc];
			return bloc.rang === 0 && RENVOI.test(bloc.texte) ? [] : [{ ...bloc, texte: this.#mots(bloc.texte) }];
		});
	}

	#tableau([tete, , ...rangees]: readonly string[]): TableauDeFichier {
		const cellules = (ligne: string) =>
			cellsOf(ligne).map((texte): CelluleLue => ({
				colonnes: 1,
				suite: false,
				blocs: [paragraphe(this.#mots(texte))]
			}));
		return { t: 'tableau', entetes: 1, rangees: [tete!, ...rangees].map(cellules) };
	}

	/** Words without their signs. */
	#mots(texte: string): string {
		// What is escaped is a letter like another, until the signs are gone.
		const echappes: string[] = [];
		return texte
			.replace(/(?:\\| {2,})\n/g, '<br>\n')
			.replace(/\\([!-/:-@[-`{-~])/g, (_, signe: string) => `\uE000${echappes.push(signe) - 1}\uE001`)
			.replace(/!\[([^\]]{0,2000})\](?:\([^()\n]{0,2000}\)|\[[^\]\n]{0,80}\])?/g, '')
			.replace(/\s?\[\^([^\]]{1,80})\]/g, (_, nom: string) => {
				const note = this.#notes.get(nom);
				return note === undefined ? '' : ` (${note})`;
			})
			.replace(/\[([^\]]{0,2000})\](?:\((?:<[^<>\n]{0,2000}>|[^()\n]{0,2000})\)|\[[^\]\n]{0,80}\])/g, '$1')
			.replace(/(?<![\p{L}\p{N}])(\*{1,3}|_{1,3})(?=\S)([^\n]{1,2000}?)(?<=\S)\1(?![\p{L}\p{N}])/gu, '$2')
			.replace(/\*\*/g, '')
			.replace(/`([^`\n]{1,500})`/g, '$1')
			.replace(/<br\s*\/?>\n?/gi, '\n')
			.replace(/<(https?:\/\/[^<>\s]{1,300})>/g, '$1')
			.replace(/<\/?[a-z][a-z0-9]{0,14}(?:\s[^<>]{0,300})?\/?>/gi, '')
			.replace(/&(?:nbsp|amp|lt|gt|quot);/g, (entite) => ENTITES[entite]!)
			.replace(/\uE000(\d+)\uE001/g, (_, place: string) => echappes[Number(place)]!)
			.trim();
	}
}

const ENTITES: Record<string, string> = {
	'&nbsp;': '\u00a0',
	'&amp;': '&',
	'&lt;': '<',
	'&gt;': '>',
	'&quot;': '"'
};

function endOf(lignes: readonly string[], debut: number, stops: (ligne: string) => boolean): number {
	let fin = debut + 1;
	while (fin < lignes.length && lignes[fin]!.trim() !== '' && !stops(lignes[fin]!)) fin++;
	return fin;
}

/** A row, then a rule with as many columns. */
function isTableau(lignes: readonly string[], i: number): boolean {
	const filet = lignes[i + 1];
	if (!lignes[i]!.includes('|') || filet === undefined || !FILET_DE_TABLEAU.test(filet)) return false;
	return cellsOf(lignes[i]!).length === cellsOf(filet).length;
}

function cellsOf(ligne: string): string[] {
	return ligne
		.trim()
		.replace(/^\||(?<!\\)\|$/g, '')
		.split(/(?<!\\)\|/)
		.map((cellule) => cellule.trim());
}

/** A tab goes to the next fourth column. */
function widthOf(blanc: string): number {
	return [...blanc].reduce((largeur, signe) => (signe === '\t' ? largeur + 4 - (largeur % 4) : largeur + 1), 0);
}
