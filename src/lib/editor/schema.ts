import { Mark, mergeAttributes, Node, type AnyExtension, type Attributes } from '@tiptap/core';
import type { Node as ProseNode } from '@tiptap/pm/model';
import { isSafeLink, RETRAIT_MAX } from './prose.ts';

/**
 * The editor's schema: the elements of `prose.ts`, and nothing else. No content is mandatory anywhere, so that what two people
 * do at once always reads; a paragraph tells by its attributes what it is (see `prose.ts`).
 */

/** An attribute that is absent unless someone sets it. */
function optional(read: (element: HTMLElement) => unknown = () => null): Attributes[string] {
	return { default: null, rendered: false, keepOnSplit: false, parseHTML: read };
}

const kept = (read?: (element: HTMLElement) => unknown): Attributes[string] => ({
	...optional(read),
	keepOnSplit: true
});

const Doc = Node.create({ name: 'doc', topNode: true, content: 'bloc*' });
const Text = Node.create({ name: 'text', group: 'inline' });

const TITRES: Readonly<Record<string, number>> = { H1: 2, H2: 2, H3: 3, H4: 4, H5: 4, H6: 4 };

const Paragraphe = Node.create({
	name: 'paragraphe',
	group: 'bloc',
	content: 'inline*',
	addAttributes: () => ({
		titre: optional(({ tagName }) => TITRES[tagName] ?? null),
		liste: kept(readListe),
		retrait: kept(readRetrait),
		citation: kept((element) => (element.closest('blockquote') ? 1 : null)),
		constat: optional((element) => natureOf(markedOf(element)?.dataset.constat)),
		cle: optional((element) => markedOf(element)?.dataset.cle || null),
		theme: optional((element) => markedOf(element)?.dataset.theme || null),
		noeud: optional((element) => markedOf(element)?.dataset.noeud || null),
		origine: optional((element) => markedOf(element)?.dataset.origine || null)
	}),
	parseHTML: () => [
		{ tag: 'p' },
		{ tag: 'h1' },
		{ tag: 'h2' },
		{ tag: 'h3' },
		{ tag: 'h4' },
		{ tag: 'h5' },
		{ tag: 'h6' },
		{ tag: 'li', getAttrs: (item) => item.querySelector(':scope > p') === null && null }
	],
	renderHTML: ({ node }) => paragrapheDOM(node)
});

/** The outer element of a constat that we wrote ourselves. */
function markedOf(element: HTMLElement): HTMLElement | null {
	return element.closest<HTMLElement>('[data-constat]');
}

function natureOf(value: string | undefined): string | null {
	return value === 'constat' || value === 'enjeu' ? value : null;
}

function readListe(element: HTMLElement): string | null {
	const list = element.closest('li')?.parentElement;
	if (!list) return null;
	return list.tagName === 'OL' ? 'numero' : 'puce';
}

/** How many lists stand around the item's own; what we wrote ourselves says it. */
function readRetrait(element: HTMLElement): number | null {
	if (!element.closest('li')) return null;
	const own = element.closest<HTMLElement>('[data-retrait]')?.dataset.retrait;
	if (own !== undefined) return Math.min(Number(own) || 0, RETRAIT_MAX) || null;
	let depth = -1;
	for (let list = element.closest('ul, ol'); list; list = list.parentElement?.closest('ul, ol') ?? null) depth++;
	return Math.min(depth, RETRAIT_MAX) || null;
}

type DOMSpec = [string, ...(string | number | Record<string, unknown> | DOMSpec)[]];

/** One element for each paragraph, lists of one item included: readers and browsers know what it is. */
function paragrapheDOM({ attrs }: ProseNode): DOMSpec {
	const marked = attrs.constat ? { class: 'constat', 'data-constat': attrs.constat, 'data-cle': attrs.cle } : {};
	const details = Object.fromEntries(
		['theme', 'noeud', 'origine'].flatMap((name) =>
			attrs.constat && attrs[name] ? [[`data-${name}`, attrs[name]]] : []
		)
	);
	const outer = { ...marked, ...details };
	if (attrs.titre) return [`h${attrs.titre}`, outer, 0];
	if (attrs.liste) {
		const list = attrs.liste === 'numero' ? 'ol' : 'ul';
		return [list, { ...outer, ...(attrs.retrait ? { 'data-retrait': attrs.retrait } : {}) }, ['li', 0]];
	}
	return attrs.citation ? ['blockquote', outer, ['p', 0]] : ['p', outer, 0];
}

const Saut = Node.create({
	name: 'saut',
	group: 'inline',
	inline: true,
	selectable: false,
	parseHTML: () => [{ tag: 'br' }],
	renderHTML: () => ['br'],
	renderText: () => '\n'
});

/** A footnote, written where it is called. */
const Note = Node.create({
	name: 'note',
	group: 'inline',
	inline: true,
	content: 'text*',
	marks: 'gras italique lien',
	isolating: true,
	parseHTML: () => [{ tag: 'span[data-note]' }],
	renderHTML: () => ['span', { 'data-note': '', role: 'note', 'aria-label': 'Note de bas de page' }, 0]
});

const atomAttributes = (...names: string[]) =>
	Object.fromEntries(
		names.map((name) => [
			name,
			{
				default: '',
				parseHTML: (element: HTMLElement) => element.getAttribute(`data-${name}`) ?? '',
				renderHTML: (attrs: Record<string, unknown>) => ({ [`data-${name}`]: attrs[name] })
			}
		])
	);

const Renvoi = Node.create({
	name: 'renvoi',
	group: 'inline',
	inline: true,
	atom: true,
	addAttributes: () => atomAttributes('cible'),
	parseHTML: () => [{ tag: 'span[data-cible]' }],
	renderHTML: ({ HTMLAttributes }) => ['span', mergeAttributes({ class: 'renvoi' }, HTMLAttributes)]
});

const Chiffre = Node.create({
	name: 'chiffre',
	group: 'inline',
	inline: true,
	atom: true,
	addAttributes: () => atomAttributes('figure', 'ligne', 'serie'),
	parseHTML: () => [{ tag: 'span[data-figure][data-ligne]' }],
	renderHTML: ({ HTMLAttributes }) => ['span', mergeAttributes({ class: 'chiffre' }, HTMLAttributes)]
});

const Figure = Node.create({
	name: 'figure',
	group: 'bloc',
	atom: true,
	draggable: true,
	addAttributes: () => atomAttributes('figure'),
	parseHTML: () => [{ tag: 'figure[data-figure]' }],
	renderHTML: ({ HTMLAttributes }) => ['figure', HTMLAttributes]
});

const Image = Node.create({
	name: 'image',
	group: 'bloc',
	atom: true,
	draggable: true,
	addAttributes: () => atomAttributes('piece', 'alternative', 'legende'),
	parseHTML: () => [{ tag: 'figure[data-piece]' }],
	renderHTML: ({ HTMLAttributes }) => ['figure', HTMLAttributes]
});

// Tables: the roles are those of `@tiptap/pm/tables`, whose commands do the rest.

const spanAttributes = {
	colspan: { default: 1, parseHTML: (element: HTMLElement) => spanOf(element.getAttribute('colspan')) },
	rowspan: { default: 1, parseHTML: (element: HTMLElement) => spanOf(element.getAttribute('rowspan')) },
	colwidth: { default: null, rendered: false, parseHTML: () => null }
};

function spanOf(value: string | null): number {
	const span = Math.trunc(Number(value));
	return span > 1 ? Math.min(span, 100) : 1;
}

const Tableau = Node.create({
	name: 'tableau',
	group: 'bloc',
	content: 'rangee*',
	isolating: true,
	addAttributes: () => ({
		legende: optional(
			(element) => element.dataset.legende || element.querySelector('caption')?.textContent?.trim() || null
		)
	}),
	parseHTML: () => [{ tag: 'table' }],
	renderHTML: ({ node }) => [
		'table',
		{ 'aria-label': node.attrs.legende ?? undefined, 'data-legende': node.attrs.legende },
		['tbody', 0]
	],
	extendNodeSchema: (extension) => ({ tableRole: TABLE_ROLES[extension.name] })
});

const TABLE_ROLES: Readonly<Record<string, string>> = {
	tableau: 'table',
	rangee: 'row',
	cellule: 'cell',
	entete: 'header_cell'
};

const Rangee = Node.create({
	name: 'rangee',
	content: '(cellule | entete)*',
	parseHTML: () => [{ tag: 'tr' }],
	renderHTML: () => ['tr', 0]
});

const Cellule = Node.create({
	name: 'cellule',
	content: 'paragraphe*',
	isolating: true,
	addAttributes: () => spanAttributes,
	parseHTML: () => [{ tag: 'td' }],
	renderHTML: ({ HTMLAttributes }) => ['td', HTMLAttributes, 0]
});

const Entete = Node.create({
	name: 'entete',
	content: 'paragraphe*',
	isolating: true,
	addAttributes: () => spanAttributes,
	parseHTML: () => [{ tag: 'th' }],
	renderHTML: ({ HTMLAttributes }) => ['th', HTMLAttributes, 0]
});

// Marks

const Gras = Mark.create({
	name: 'gras',
	parseHTML: () => [
		{ tag: 'strong' },
		{ tag: 'b', getAttrs: (element) => element.style.fontWeight !== 'normal' && null },
		{ style: 'font-weight', getAttrs: (value) => /^(bold(er)?|[6-9]\d{2})$/u.test(value) && null }
	],
	renderHTML: () => ['strong', 0]
});

const Italique = Mark.create({
	name: 'italique',
	parseHTML: () => [
		{ tag: 'em' },
		{ tag: 'i' },
		{ style: 'font-style', getAttrs: (value) => value === 'italic' && null }
	],
	renderHTML: () => ['em', 0]
});

const Lien = Mark.create({
	name: 'lien',
	inclusive: false,
	addAttributes: () => ({ href: { default: null } }),
	parseHTML: () => [
		{
			tag: 'a[href]',
			getAttrs: (element) => {
				const href = element.getAttribute('href')?.trim() ?? '';
				return isSafeLink(href) ? { href } : false;
			}
		}
	],
	renderHTML: ({ mark }) => ['a', { href: mark.attrs.href, rel: 'noopener noreferrer' }, 0]
});

export const SCHEMA: readonly AnyExtension[] = [
	Doc,
	Text,
	Paragraphe,
	Saut,
	Note,
	Renvoi,
	Chiffre,
	Figure,
	Image,
	Tableau,
	Rangee,
	Cellule,
	Entete,
	Gras,
	Italique,
	Lien
];
