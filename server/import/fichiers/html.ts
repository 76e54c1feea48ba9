import { paragraphe, type BlocLu, type CelluleLue, type ParagrapheLu, type TableauDeFichier } from './blocs-lus.ts';

/*
 * A page of HTML, as its reader sees it: headings, paragraphs, lists, tables. It is read, never run: what is not a text of the page
 * (scripts, styles, forms, drawings) is passed over, and nothing that it names is fetched.
 */

interface Balise {
	nom: string;
	attributs: string;
	enfants: (Balise | string)[];
}

const VIDES = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));
/** Their contents are no words of the page. */
const TUS = new Set(
	'head script style noscript template svg math object iframe select textarea button audio video canvas nav footer'.split(
		' '
	)
);
const BLOCS = new Set(
	'address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul caption'.split(
		' '
	)
);
/** What ends when one of them begins again. */
const FERME: Record<string, readonly string[]> = {
	li: ['li', 'p'],
	p: ['p'],
	tr: ['tr', 'td', 'th', 'p', 'li', 'ul', 'ol'],
	td: ['td', 'th', 'p', 'li', 'ul', 'ol'],
	th: ['td', 'th', 'p', 'li', 'ul', 'ol'],
	dt: ['dt', 'dd', 'p'],
	dd: ['dt', 'dd', 'p'],
	tbody: ['tr', 'td', 'th', 'thead', 'tbody', 'p', 'li', 'ul', 'ol'],
	option: ['option']
};
const BORNES: Record<string, readonly string[]> = {
	li: ['ul', 'ol'],
	tr: ['table', 'tbody', 'thead', 'tfoot'],
	td: ['tr', 'table'],
	th: ['tr', 'table'],
	tbody: ['table'],
	dt: ['dl'],
	dd: ['dl']
};
const PROFONDEUR_MAX = 200;

export function readHtml(html: string): BlocLu[] {
	return new LecteurHtml().blocs(parse(html));
}

function parse(html: string): Balise {
	const racine: Balise = { nom: '', attributs: '', enfants: [] };
	const ouvertes = [racine];
	const dedans = () => ouvertes.at(-1)!;
	let place = 0;
	while (place < html.length) {
		const debut = html.indexOf('<', place);
		if (debut === -1) {
			dedans().enfants.push(html.slice(place));
			break;
		}
		if (debut > place) dedans().enfants.push(html.slice(place, debut));
		if (html.startsWith('<!--', debut)) {
			const fin = html.indexOf('-->', debut + 4);
			place = fin === -1 ? html.length : fin + 3;
			continue;
		}
		const signe = html.charCodeAt(debut + 1) | 0x20;
		const isBalise = (signe >= 0x61 && signe <= 0x7a) || '/!?'.includes(html[debut + 1] ?? ' ');
		if (!isBalise) {
			dedans().enfants.push('<');
			place = debut + 1;
			continue;
		}
		const fin = endOfTag(html, debut);
		const balise = html.slice(debut + 1, fin);
		place = fin + 1;
		if (balise.startsWith('!') || balise.startsWith('?')) continue;
		if (balise.startsWith('/')) close(ouvertes, balise.slice(1).trim().toLowerCase());
		else {
			const nom = /^[a-z][^\s/>]*/i.exec(balise)![0].toLowerCase();
			open(ouvertes, { nom, attributs: balise.slice(nom.length), enfants: [] });
			if (nom === 'script' || nom === 'style') {
				const ferme = indexOfFold(html, `</${nom}`, place);
				place = ferme === -1 ? html.length : ferme;
			}
		}
	}
	return racine;
}

/** A « > » inside quotes ends nothing. */
function endOfTag(html: string, debut: number): number {
	let guillemet = '';
	for (let i = debut + 1; i < html.length && i < debut + 100_000; i++) {
		const signe = html[i]!;
		if (guillemet !== '') {
			if (signe === guillemet) guillemet = '';
		} else if (signe === '>') return i;
		else if ((signe === '"' || signe === "'") && html[i - 1] === '=') guillemet = signe;
	}
	const simple = html.indexOf('>', debut);
	return simple === -1 ? html.length : simple;
}

function indexOfFold(html: string, what: string, from: number): number {
	const found = new RegExp(what, 'gi');
	found.lastIndex = from;
	return found.exec(html)?.index ?? -1;
}

function open(ouvertes: Balise[], balise: Balise): void {
	const ferme = FERME[balise.nom] ?? (BLOCS.has(balise.nom) ? ['p'] : []);
	const bornes = BORNES[balise.nom] ?? ['td', 'th', 'li', 'div', 'table'];
	for (let i = ouvertes.length - 1; i > 0 && !bornes.includes(ouvertes[i]!.nom); i--)
		if (ferme.includes(ouvertes[i]!.nom)) ouvertes.length = i;
	ouvertes.at(-1)!.enfants.push(balise);
	if (!VIDES.has(balise.nom) && !balise.attributs.endsWith('/') && ouvertes.length < PROFONDEUR_MAX)
		ouvertes.push(balise);
}

function close(ouvertes: Balise[], nom: string): void {
	const place = ouvertes.findLastIndex((balise) => balise.nom === nom);
	if (place > 0) ouvertes.length = place;
}

class LecteurHtml {
	/** How many cells are open. */
	#cellules = 0;

	/** The blocks of an element; words that stand between blocks make paragraphs. */
	blocs(balise: Balise, liste: { ordonnee: boolean; retrait: number } | null = null): BlocLu[] {
		const blocs: BlocLu[] = [];
		let mots = '';
		let renvois = '';
		let rang = 0;
		const flush = () => {
			const texte = tidy(mots);
			// What only leads to another place of the page is a step of its contents.
			const isRenvoi = this.#cellules === 0 && texte === tidy(renvois);
			if (texte !== '' && !isRenvoi) blocs.push(paragraphe(texte));
			[mots, renvois] = ['', ''];
		};
		const inline = (enfants: Balise['enfants']) => {
			for (const enfant of enfants) {
				if (typeof enfant === 'string') mots += decodeEntites(enfant).replace(/[ \t\r\n\f]+/g, ' ');
				else if (enfant.nom === 'br') mots += '\n';
				else if (TUS.has(enfant.nom) || /\bhidden\b|display:\s*none/i.test(enfant.attributs)) continue;
				else if (BLOCS.has(enfant.nom)) {
					flush();
					blocs.push(...this.#bloc(enfant, liste, () => ++rang));
				} else if (enfant.nom === 'sup' && /^\s*(?:er|re|e|ème|nde?)\s*$/i.test(wordsOf(enfant)))
					mots += wordsOf(enfant).trim();
				else {
					const debut = mots.length;
					inline(enfant.enfants);
					if (enfant.nom === 'a' && /\bhref\s*=\s*["']?#/i.test(enfant.attributs)) renvois += mots.slice(debut);
				}
			}
		};
		inline(balise.enfants);
		flush();
		return blocs;
	}

	#bloc(balise: Balise, liste: { ordonnee: boolean; retrait: number } | null, next: () => number): BlocLu[] {
		const { nom } = balise;
		switch (nom) {
			case 'h1':
			case 'h2':
			case 'h3':
			case 'h4':
			case 'h5':
			case 'h6': {
				const texte = this.blocs(balise)
					.map((bloc) => (bloc.t === 'p' ? bloc.texte : ''))
					.join(' ');
				return texte.trim() === '' ? [] : [paragraphe(texte.replaceAll('\n', ' '), { rang: Number(nom[1]) })];
			}
			case 'ul':
			case 'ol':
				return this.blocs(balise, { ordonnee: nom === 'ol', retrait: liste ? liste.retrait + 1 : 0 });
			case 'li': {
				const marque = liste?.ordonnee ? `${next()}.` : '-';
				const retrait = liste?.retrait ?? 0;
				const [first, ...others] = this.blocs(balise, liste);
				if (first?.t === 'p' && first.marque === '' && first.rang === 0)
					return [{ ...first, marque, retrait }, ...others];
				return [...(first ? [first] : []), ...others];
			}
			case 'dl':
				return this.#definitions(balise);
			case 'pre':
				return [paragraphe(decodeEntites(wordsOf(balise)))];
			case 'table':
				return [this.#tableau(balise)];
			default:
				return this.blocs(balise, liste);
		}
	}

	/** « Pilote : La CAF »: a name and what it is stand on one line. */
	#definitions(balise: Balise): BlocLu[] {
		const blocs: BlocLu[] = [];
		let nom: ParagrapheLu | null = null;
		const read = (enfants: Balise['enfants']) => {
			for (const enfant of enfants) {
				if (typeof enfant === 'string') continue;
				if (enfant.nom !== 'dt' && enfant.nom !== 'dd') {
					read(enfant.enfants);
					continue;
				}
				const [premier, ...autres] = this.blocs(enfant);
				if (enfant.nom === 'dd' && nom !== null && premier?.t === 'p' && premier.marque === '')
					nom.texte = `${nom.texte.replace(/\s*:$/, '')}\u00a0: ${premier.texte}`;
				else if (premier) blocs.push(premier);
				blocs.push(...autres);
				nom = enfant.nom === 'dt' && premier?.t === 'p' ? premier : null;
			}
		};
		read(balise.enfants);
		return blocs;
	}

	#tableau(table: Balise): TableauDeFichier {
		const rangees = rowsOf(table);
		const isHead = ({ balise, entete }: Rangee) => entete || cellsOf(balise).every(({ nom }) => nom === 'th');
		const premiere = rangees.findIndex((rangee) => !isHead(rangee));
		const portees: number[] = [];
		return {
			t: 'tableau',
			entetes: premiere === -1 ? 0 : premiere,
			rangees: rangees.map(({ balise }) => this.#rangee(balise, portees))
		};
	}

	/** `portees`: for each column, how many rows are still covered from above. */
	#rangee(rangee: Balise, portees: number[]): CelluleLue[] {
		const cellules: CelluleLue[] = [];
		let x = 0;
		const cover = () => {
			for (; (portees[x] ?? 0) > 0; x++) {
				portees[x]!--;
				cellules.push({ colonnes: 1, suite: true, blocs: [] });
			}
		};
		for (const balise of cellsOf(rangee)) {
			cover();
			const colonnes = spanOf(balise, 'colspan');
			const lignes = spanOf(balise, 'rowspan');
			for (let i = 0; i < colonnes; i++) portees[x + i] = lignes - 1;
			this.#cellules++;
			cellules.push({ colonnes, suite: false, blocs: this.blocs(balise) });
			this.#cellules--;
			x += colonnes;
		}
		cover();
		return cellules;
	}
}

interface Rangee {
	balise: Balise;
	entete: boolean;
}

function rowsOf(balise: Balise, entete = false): Rangee[] {
	return balise.enfants.flatMap((enfant) => {
		if (typeof enfant === 'string') return [];
		if (enfant.nom === 'tr') return [{ balise: enfant, entete }];
		return ['thead', 'tbody', 'tfoot'].includes(enfant.nom) ? rowsOf(enfant, enfant.nom === 'thead') : [];
	});
}

function cellsOf(rangee: Balise): Balise[] {
	return rangee.enfants
		.filter((enfant) => typeof enfant !== 'string')
		.filter(({ nom }) => nom === 'td' || nom === 'th');
}

function spanOf({ attributs }: Balise, nom: string): number {
	const nombre = Number(new RegExp(`\\b${nom}\\s*=\\s*["']?(\\d{1,3})`, 'i').exec(attributs)?.[1] ?? 1);
	return Math.min(100, Math.max(1, nombre));
}

function wordsOf({ enfants }: Balise): string {
	return enfants
		.map((enfant) => (typeof enfant === 'string' ? enfant : enfant.nom === 'br' ? '\n' : wordsOf(enfant)))
		.join('');
}

function tidy(mots: string): string {
	return mots
		.split('\n')
		.map((ligne) => ligne.replace(/ {2,}/g, ' ').trim())
		.join('\n')
		.trim();
}

/** From U+00A0 on, in order. */
const LATIN =
	'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml'.split(
		' '
	);
const ENTITES = new Map<string, string>([
	...LATIN.map((nom, i) => [nom, String.fromCharCode(0xa0 + i)] as const),
	...Object.entries({
		amp: '&',
		lt: '<',
		gt: '>',
		quot: '"',
		apos: "'",
		OElig: 'Œ',
		oelig: 'œ',
		Yuml: 'Ÿ',
		euro: '€',
		bull: '•',
		hellip: '…',
		ndash: '–',
		mdash: '—',
		lsquo: '‘',
		rsquo: '’',
		sbquo: '‚',
		ldquo: '“',
		rdquo: '”',
		ensp: ' ',
		emsp: ' ',
		thinsp: '\u202f',
		zwj: '',
		zwnj: '',
		rarr: '→',
		larr: '←',
		trade: '™',
		check: '✓',
		le: '≤',
		ge: '≥',
		minus: '−'
	})
]);

function decodeEntites(texte: string): string {
	if (!texte.includes('&')) return texte;
	return texte.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z][a-z0-9]{1,8}));?/gi, (tout, decimal, hexa, nom) => {
		if (nom !== undefined) return ENTITES.get(nom as string) ?? tout;
		const code = decimal !== undefined ? Number(decimal) : parseInt(hexa as string, 16);
		return code > 0x1f && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : ' ';
	});
}
