import { paragraphe, type BlocLu, type CelluleLue, type TableauDeFichier } from './blocs-lus.ts';
import { Compteur, type NiveauDeListe } from './numerotation.ts';
import { childOf, elementsOf, findAll, readXml, type Element } from './xml.ts';

/*
 * An OpenDocument text, as its reader sees it: headings, computed numbers, lists, tables, notes where they are called. What was deleted
 * under revision, comments and the contents are left out.
 */

export const PARTIES_ODT = ['content.xml', 'styles.xml'];

export function readOdt(parties: Record<string, Uint8Array>): BlocLu[] {
	const contenu = readXml(parties['content.xml']!);
	const styles = parties['styles.xml'] ? readXml(parties['styles.xml']) : undefined;
	const lecteur = new LecteurOdt([contenu, ...(styles ? [styles] : [])]);
	const corps = findAll(contenu, 'office:text')[0];
	return corps ? lecteur.blocs(corps) : [];
}

interface StyleDeParagraphe {
	parent: string | undefined;
	page: boolean;
}

class LecteurOdt {
	readonly #listes = new Map<string, Map<number, NiveauDeListe>>();
	readonly #paragraphes = new Map<string, StyleDeParagraphe>();
	readonly #plan: Compteur | null;
	readonly #compteurs = new Map<string, Compteur>();
	#boites: BlocLu[] = [];

	constructor(parts: readonly Element[]) {
		for (const part of parts) {
			for (const liste of findAll(part, 'text:list-style'))
				this.#listes.set(liste.attributs['style:name'] ?? '', readNiveaux(liste));
			for (const style of findAll(part, 'style:style')) {
				const proprietes = childOf(style, 'style:paragraph-properties');
				this.#paragraphes.set(style.attributs['style:name'] ?? '', {
					parent: style.attributs['style:parent-style-name'],
					page: Object.entries(proprietes?.attributs ?? {}).some(
						([nom, valeur]) => /break-before$/.test(nom) && valeur === 'page'
					)
				});
			}
		}
		const plan = parts.flatMap((part) => findAll(part, 'text:outline-style'))[0];
		this.#plan = plan ? new Compteur(readNiveaux(plan)) : null;
	}

	blocs(parent: Element): BlocLu[] {
		return elementsOf(parent).flatMap((element) => {
			switch (element.nom) {
				case 'text:p':
					return this.#paragraphe(element, () => ({}));
				case 'text:h':
					return this.#titre(element);
				case 'text:list':
					return this.#liste(element, 0, null, '');
				case 'table:table':
					return [this.#tableau(element)];
				case 'text:section':
				case 'text:numbered-paragraph':
					return this.blocs(element);
				case 'draw:frame':
				case 'draw:custom-shape':
				case 'draw:g':
					return this.#boite(element);
				default:
					return [];
			}
		});
	}

	#paragraphe(element: Element, more: () => object): BlocLu[] {
		const dehors = this.#boites;
		this.#boites = [];
		const texte = this.#texte(element);
		const boites = this.#boites;
		this.#boites = dehors;
		const page = this.#paragraphes.get(element.attributs['text:style-name'] ?? '')?.page ?? false;
		const bloc = texte.trim() === '' ? [] : [paragraphe(texte, more())];
		return [...(page ? [{ t: 'page' } as const] : []), ...bloc, ...boites];
	}

	#titre(element: Element): BlocLu[] {
		const rang = rangOf(element);
		const isCounted = element.attributs['text:is-list-header'] !== 'true' && this.#texte(element).trim() !== '';
		const marque = isCounted ? (this.#plan?.next(rang - 1) ?? '') : '';
		return this.#titreNumerote(element, marque);
	}

	#titreNumerote(element: Element, marque: string): BlocLu[] {
		const rang = rangOf(element);
		return this.#paragraphe(element, () => ({ rang })).map((bloc) =>
			bloc.t === 'p' && bloc.rang === rang && marque !== '' && marque !== '-'
				? { ...bloc, texte: `${marque} ${bloc.texte}` }
				: bloc
		);
	}

	/** A list may go on from another, or from the one around it. */
	#compteur(liste: Element, style: string, autour: Compteur | null): Compteur {
		if (autour !== null && liste.attributs['text:style-name'] === undefined) return autour;
		const isContinued =
			liste.attributs['text:continue-numbering'] === 'true' || liste.attributs['text:continue-list'] !== undefined;
		const compteur =
			(isContinued ? this.#compteurs.get(style) : undefined) ?? new Compteur(this.#listes.get(style) ?? new Map());
		this.#compteurs.set(style, compteur);
		return compteur;
	}

	#liste(element: Element, niveau: number, compteur: Compteur | null, herite: string): BlocLu[] {
		const style = element.attributs['text:style-name'] ?? herite;
		const ici = this.#compteur(element, style, compteur);
		return elementsOf(element).flatMap((item) => {
			if (item.nom !== 'text:list-item' && item.nom !== 'text:list-header') return [];
			let first = item.nom === 'text:list-item';
			return elementsOf(item).flatMap((enfant): BlocLu[] => {
				if (enfant.nom === 'text:list') return this.#liste(enfant, niveau + 1, ici, style);
				if (enfant.nom === 'text:h') {
					const marque = first ? ici.next(niveau) : '';
					first = false;
					return this.#titreNumerote(enfant, marque);
				}
				if (enfant.nom !== 'text:p') return this.blocs({ nom: '', attributs: {}, enfants: [enfant] });
				const isItem = first && this.#texte(enfant).trim() !== '';
				const marque = isItem ? ici.next(niveau) || '-' : '';
				if (isItem) first = false;
				return this.#paragraphe(enfant, () => ({ marque, retrait: niveau }));
			});
		});
	}

	#texte(element: Element): string {
		return element.enfants
			.map((enfant): string => {
				if (typeof enfant === 'string') return enfant.replace(/[\t\r\n]+/g, ' ');
				switch (enfant.nom) {
					case 'text:s':
						return ' '.repeat(Math.min(100, Number(enfant.attributs['text:c'] ?? 1) || 1));
					case 'text:tab':
						return '\t';
					case 'text:line-break':
						return '\n';
					case 'text:note':
						return this.#note(childOf(enfant, 'text:note-body'));
					case 'office:annotation':
					case 'text:tracked-changes':
					case 'text:bookmark':
						return '';
					case 'draw:frame':
					case 'draw:custom-shape':
					case 'draw:g':
						this.#boites.push(...this.#boite(enfant));
						return '';
					default:
						return this.#texte(enfant);
				}
			})
			.join('');
	}

	/** Where it is called: it says something about these words. */
	#note(corps: Element | undefined): string {
		if (!corps) return '';
		const texte = [...findAll(corps, 'text:p')].map((element) => this.#texte(element).trim()).filter(Boolean);
		return texte.length === 0 ? '' : ` (${texte.join(' ').replace(/\s+/g, ' ')})`;
	}

	/** Words in a box of the page; an image says none that its reader sees. */
	#boite(element: Element): BlocLu[] {
		return elementsOf(element).flatMap((enfant) => {
			if (enfant.nom === 'draw:text-box') return this.blocs(enfant);
			if (enfant.nom === 'draw:frame' || enfant.nom === 'draw:g' || enfant.nom === 'draw:custom-shape')
				return this.#boite(enfant);
			return enfant.nom === 'text:p' || enfant.nom === 'text:list'
				? this.blocs({ nom: '', attributs: {}, enfants: [enfant] })
				: [];
		});
	}

	#tableau(element: Element): TableauDeFichier {
		const entetes = elementsOf(element)
			.filter(({ nom }) => nom === 'table:table-header-rows')
			.reduce((somme, rangees) => somme + rowsOf(rangees).length, 0);
		const portees: number[] = [];
		return { t: 'tableau', entetes, rangees: rowsOf(element).map((rangee) => this.#rangee(rangee, portees)) };
	}

	/** `portees`: for each column, how many rows are still covered from above. */
	#rangee(rangee: Element, portees: number[]): CelluleLue[] {
		const cellules: CelluleLue[] = [];
		let x = 0;
		let aDroite = 0;
		for (const element of elementsOf(rangee)) {
			const repetee = Math.min(COLONNES_MAX, Number(element.attributs['table:number-columns-repeated'] ?? 1) || 1);
			for (let n = 0; n < repetee && x < COLONNES_MAX; n++) {
				if (element.nom === 'table:covered-table-cell') {
					// To the right of its cell it is part of it; below, it stands for itself.
					if (aDroite > 0) aDroite--;
					else if ((portees[x] ?? 0) > 0) {
						portees[x]!--;
						cellules.push({ colonnes: 1, suite: true, blocs: [] });
					}
					x++;
				} else if (element.nom === 'table:table-cell') {
					const colonnes = spanOf(element, 'table:number-columns-spanned');
					const lignes = spanOf(element, 'table:number-rows-spanned');
					for (let i = 0; i < colonnes; i++) portees[x + i] = lignes - 1;
					cellules.push({ colonnes, suite: false, blocs: this.blocs(element) });
					aDroite = colonnes - 1;
					x++;
				}
			}
		}
		return cellules;
	}
}

function rangOf(element: Element): number {
	return Math.max(1, Number(element.attributs['text:outline-level'] ?? 1) || 1);
}

const COLONNES_MAX = 100;

function spanOf(element: Element, nom: string): number {
	const nombre = Number(element.attributs[nom] ?? 1);
	return nombre >= 1 && nombre <= COLONNES_MAX * 10 ? Math.floor(nombre) : 1;
}

function rowsOf(element: Element): Element[] {
	return elementsOf(element).flatMap((enfant) => {
		if (enfant.nom === 'table:table-row') return [enfant];
		return ['table:table-header-rows', 'table:table-rows', 'table:table-row-group'].includes(enfant.nom)
			? rowsOf(enfant)
			: [];
	});
}

const FORMATS: Record<string, NiveauDeListe['format']> = {
	'1': 'decimal',
	I: 'upperRoman',
	i: 'lowerRoman',
	A: 'upperLetter',
	a: 'lowerLetter'
};

function readNiveaux(liste: Element): Map<number, NiveauDeListe> {
	const niveaux = new Map<number, NiveauDeListe>();
	for (const niveau of elementsOf(liste)) {
		const n = Number(niveau.attributs['text:level'] ?? 0);
		if (n < 1 || n > 10) continue;
		const attribute = (nom: string) => niveau.attributs[`style:${nom}`] ?? niveau.attributs[`text:${nom}`];
		const format =
			niveau.nom === 'text:list-level-style-bullet' ? 'bullet' : (FORMATS[attribute('num-format') ?? ''] ?? 'none');
		const montres = Math.min(n, Number(attribute('display-levels') ?? 1) || 1);
		const nombres = Array.from({ length: montres }, (_, i) => `%${n - montres + i + 1}`).join('.');
		niveaux.set(n - 1, {
			format,
			modele: format === 'none' ? '' : `${attribute('num-prefix') ?? ''}${nombres}${attribute('num-suffix') ?? ''}`,
			depart: Number(attribute('start-value') ?? 1) || 1
		});
	}
	return niveaux;
}
