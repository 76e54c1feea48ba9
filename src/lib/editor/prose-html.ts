import type { Bloc, Cellule, Inline, Paragraphe, Prose } from './prose.ts';

/** Prose as the HTML that the editor's schema reads: what a paste from elsewhere becomes before it goes in. */
export function writeHTML(prose: Prose): string {
	return prose.map(blocHTML).join('');
}

function blocHTML(bloc: Bloc): string {
	switch (bloc.type) {
		case 'paragraphe':
			return paragrapheHTML(bloc);
		case 'tableau': {
			const caption = bloc.legende ? `<caption>${escape(bloc.legende)}</caption>` : '';
			const rows = bloc.rangees.map((cells) => `<tr>${cells.map(celluleHTML).join('')}</tr>`);
			return `<table>${caption}<tbody>${rows.join('')}</tbody></table>`;
		}
		case 'figure':
			return `<figure data-figure="${escape(bloc.figure)}"></figure>`;
		case 'image':
			return `<figure data-piece="${escape(bloc.piece)}" data-alternative="${escape(bloc.alternative)}" data-legende="${escape(bloc.legende)}"></figure>`;
		default:
			return bloc satisfies never;
	}
}

function paragrapheHTML({ titre, liste, retrait, citation, contenu }: Paragraphe): string {
	const inside = contenu.map(inlineHTML).join('');
	if (titre) return `<h${titre}>${inside}</h${titre}>`;
	if (liste) {
		const tag = liste === 'numero' ? 'ol' : 'ul';
		return `<${tag} data-retrait="${retrait ?? 0}"><li>${inside}</li></${tag}>`;
	}
	return citation ? `<blockquote><p>${inside}</p></blockquote>` : `<p>${inside}</p>`;
}

function celluleHTML({ entete, colonnes, lignes, contenu }: Cellule): string {
	const tag = entete ? 'th' : 'td';
	const inside = contenu.length > 0 ? contenu.map(paragrapheHTML).join('') : '<p></p>';
	return `<${tag} colspan="${colonnes ?? 1}" rowspan="${lignes ?? 1}">${inside}</${tag}>`;
}

function inlineHTML(inline: Inline): string {
	switch (inline.type) {
		case 'texte': {
			let html = escape(inline.texte);
			if (inline.lien) html = `<a href="${escape(inline.lien)}">${html}</a>`;
			if (inline.italique) html = `<em>${html}</em>`;
			return inline.gras ? `<strong>${html}</strong>` : html;
		}
		case 'note':
			return `<span data-note>${inline.contenu.map(inlineHTML).join('')}</span>`;
		case 'renvoi':
			return `<span data-cible="${escape(inline.cible)}"></span>`;
		case 'chiffre':
			return `<span data-figure="${escape(inline.figure)}" data-ligne="${escape(inline.ligne)}" data-serie="${escape(inline.serie)}"></span>`;
		case 'saut':
			return '<br>';
		default:
			return inline satisfies never;
	}
}

const ESCAPED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escape(text: string): string {
	return text.replace(/[&<>"]/gu, (char) => ESCAPED[char] as string);
}
