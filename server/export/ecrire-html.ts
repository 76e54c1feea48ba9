import { isSafeLink } from '#lib/editor/prose.ts';
import {
	colonnesDeNombres,
	xmlText,
	type BandeauEcrit,
	type BlocEcrit,
	type CouvertureEcrite,
	type DocumentEcrit,
	type ImageEcrite,
	type PageEcrite,
	type SommaireEcrit,
	type TableauEcrit,
	type TitreEcrit
} from './blocs.ts';
import type { CelluleImprimee, ListeImprimee, Run } from './parties/prose.ts';
import { french } from './typographie.ts';

/*
 * One page that needs nothing else: no script, no address to fetch. Headings, landmarks, tables with their header cells, notes that one
 * can go to and come back from. What people wrote is text, everywhere.
 */
export function ecrireHtml(document: DocumentEcrit): string {
	const page = new PageHtml();
	const body = page.body(document);
	return `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Copacte">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${words(document.titre)}</title>
<style>${STYLES}</style>
</head>
<body>
${body}
</body>
</html>
`;
}

class PageHtml {
	readonly #notes: string[] = [];
	#saysWhoPays = false;
	#sens: PageEcrite['sens'] = 'portrait';
	/** Of the headings of the first rank. */
	#premier = 2;

	body(document: DocumentEcrit): string {
		const { titre, sousTitre, pied, couverture, blocs, titreDansLeTexte = false } = document;
		this.#premier = titreDansLeTexte ? 1 : 2;
		const nav = blocs.find((bloc) => bloc.t === 'sommaire');
		const head = couverture ? this.#couverture(titre, couverture) : `<h1>${words(titre)}</h1>`;
		const main = blocs.map((bloc) => this.#bloc(bloc)).join('\n');
		return [
			'<a class="evitement" href="#contenu">Aller au contenu</a>',
			titreDansLeTexte
				? ''
				: `<header>${head}${sousTitre === '' ? '' : `<p class="sous-titre">${words(sousTitre)}</p>`}</header>`,
			nav ? sommaire(nav) : '',
			`<main id="contenu">\n${main}\n${this.#endnotes()}</main>`,
			`<footer>${document.bandeau ? this.#bandeau(document.bandeau) : ''}<p>${words(pied)}</p></footer>`
		]
			.filter((part) => part !== '')
			.join('\n');
	}

	#couverture(titre: string, { surtitre, lignes, bandeau: logos }: CouvertureEcrite): string {
		return [
			surtitre === '' ? '' : `<p class="sous-titre">${words(surtitre)}</p>`,
			`<h1>${words(titre)}</h1>`,
			...lignes.map((ligne) => `<p>${words(ligne)}</p>`),
			logos === null ? '' : this.#bandeau(logos)
		].join('\n');
	}

	#bloc(bloc: BlocEcrit): string {
		switch (bloc.t) {
			case 'titre':
				return this.#title(bloc);
			case 'p':
				return `<p${bloc.discret ? ' class="discret"' : ''}>${this.#runs(bloc.runs)}</p>`;
			case 'citation':
				return `<blockquote><p>${this.#runs(bloc.runs)}</p></blockquote>`;
			case 'constat':
				return `<p class="constat"><strong>${words(bloc.nature)}\u00a0:</strong> ${this.#runs(bloc.runs)}</p>`;
			case 'liste':
				return this.#list(bloc.liste);
			case 'tableau':
				return tableHtml(bloc, (runs) => this.#runs(runs), this.#sens);
			case 'image':
				return image(bloc);
			case 'faits':
				return `<dl class="faits">${bloc.faits.map(({ etiquette, valeur }) => `<div><dt>${words(etiquette)}</dt><dd>${words(valeur)}</dd></div>`).join('')}</dl>`;
			case 'bandeau':
				return this.#bandeau(bloc);
			// A table that is too wide for an upright page has the width of the window.
			case 'page':
				this.#sens = bloc.sens;
				return '';
			// It is a landmark of its own.
			case 'sommaire':
				return '';
			default:
				return bloc satisfies never;
		}
	}

	/** Who pays is said once: there are no pages here. */
	#bandeau(bloc: BandeauEcrit): string {
		if (this.#saysWhoPays) return '';
		this.#saysWhoPays = true;
		return bandeau(bloc);
	}

	#title({ rang, texte, runs, cle }: TitreEcrit): string {
		const level = rang + this.#premier - 1;
		const id = cle === undefined ? '' : ` id="${idOf(cle)}"`;
		const inside = runs ? this.#runs(runs) : words(texte);
		return level <= 6
			? `<h${level}${id}>${inside}</h${level}>`
			: `<div role="heading" aria-level="${level}" class="titre"${id}>${inside}</div>`;
	}

	#runs(runs: readonly Run[]): string {
		return runs.map((run) => this.#run(run)).join('');
	}

	#run(run: Run): string {
		if ('saut' in run) return '<br>';
		if ('note' in run) {
			const n = this.#notes.push('');
			this.#notes[n - 1] = this.#runs(run.note);
			return `<sup><a href="#note-${n}" id="appel-${n}" role="doc-noteref" aria-label="Note ${n}">${n}</a></sup>`;
		}
		const text = words(run.texte);
		if ('fiche' in run) return `<a href="#${idOf(run.fiche)}">${text}</a>`;
		const strong = run.gras ? `<strong>${text}</strong>` : text;
		const styled = run.italique ? `<em>${strong}</em>` : strong;
		return run.lien !== undefined && isSafeLink(run.lien) ? `<a href="${escaped(run.lien)}">${styled}</a>` : styled;
	}

	#list({ numerotee, items }: ListeImprimee): string {
		const tag = numerotee ? 'ol' : 'ul';
		const inside = items.map(
			({ runs, sous }) => `<li>${this.#runs(runs)}${sous.map((list) => this.#list(list)).join('')}</li>`
		);
		return `<${tag}>${inside.join('')}</${tag}>`;
	}

	#endnotes(): string {
		if (this.#notes.length === 0) return '';
		const items = this.#notes.map(
			(note, i) =>
				`<li id="note-${i + 1}">${note} <a href="#appel-${i + 1}" role="doc-backlink" aria-label="Retour à l’appel de la note ${i + 1}">↩</a></li>`
		);
		return `<section role="doc-endnotes" aria-labelledby="titre-notes">\n<h2 id="titre-notes">Notes</h2>\n<ol>${items.join('\n')}</ol>\n</section>\n`;
	}
}

/** Its header cells say of what they are the header; a region that scrolls where the screen is narrow. */
export function tableHtml(
	table: TableauEcrit,
	inside: (runs: readonly Run[]) => string,
	sens: PageEcrite['sens'] = 'portrait'
): string {
	const { legende, nom, entetes, rangees } = table;
	const nombres = colonnesDeNombres(table);
	const row = (cells: readonly CelluleImprimee[], tag: 'th' | 'td') =>
		`<tr>${[...cells]
			.sort((a, b) => a.x - b.x)
			.map((cell) => cellule(cell, tag, table, inside, nombres))
			.join('')}</tr>`;
	const head = entetes.map((cells) => row(cells, 'th')).join('');
	const body = rangees.map((cells) => row(cells, 'td')).join('');
	const label = legende || nom;
	const caption = legende === '' ? '' : `<caption>${words(legende)}</caption>`;
	return `<div class="tableau${sens === 'paysage' ? ' large' : ''}" role="region" tabindex="0" aria-label="${words(label ? `Tableau\u00a0: ${label}` : 'Tableau')}"><table>${caption}${head === '' ? '' : `<thead>${head}</thead>`}<tbody>${body}</tbody></table></div>`;
}

function cellule(
	{ x, colonnes, lignes, entete, lignesDeTexte }: CelluleImprimee,
	tag: 'th' | 'td',
	table: TableauEcrit,
	inside: (runs: readonly Run[]) => string,
	nombres: ReadonlySet<number>
): string {
	const isHead = entete || tag === 'th';
	const span = `${colonnes > 1 ? ` colspan="${colonnes}"` : ''}${lignes > 1 ? ` rowspan="${lignes}"` : ''}${nombres.has(x) && colonnes === 1 ? ' class="nombre"' : ''}`;
	const text = lignesDeTexte.map(inside).join('<br>');
	if (!isHead || text === '') return `<td${span}>${text}</td>`;
	const scope =
		tag === 'th'
			? colonnes > 1
				? 'colgroup'
				: 'col'
			: colonnes === table.colonnes
				? 'rowgroup'
				: x === 0
					? 'row'
					: 'col';
	return `<th scope="${scope}"${span}>${text}</th>`;
}

function sommaire({ titre, entrees }: SommaireEcrit): string {
	return `<nav aria-labelledby="titre-sommaire"><h2 id="titre-sommaire">${words(titre)}</h2>\n${nested(entrees)}\n</nav>`;
}

/** Lists in lists, by rank. */
function nested(entrees: SommaireEcrit['entrees']): string {
	let html = '';
	const open: number[] = [];
	for (const { rang, texte, cle } of entrees) {
		while (open.length > 0 && (open.at(-1) as number) > rang) {
			html += '</li></ul>';
			open.pop();
		}
		if (open.at(-1) === rang) html += '</li>';
		else {
			html += '<ul>';
			open.push(rang);
		}
		html += `<li><a href="#${idOf(cle)}">${words(texte)}</a>`;
	}
	return html + '</li></ul>'.repeat(open.length);
}

function image({ type, base64, largeur, hauteur, alternative, legende, cle }: ImageEcrite): string {
	const picture = `<img src="data:${type};base64,${base64}" width="${largeur}" height="${hauteur}" alt="${words(alternative)}">`;
	const caption = legende === '' ? '' : `<figcaption>${words(legende)}</figcaption>`;
	const id = cle === undefined ? '' : ` id="${idOf(cle)}"`;
	return `<figure${id}>${type === 'image/svg+xml' ? caption + picture : picture + caption}</figure>`;
}

function bandeau({ mention, logos }: BandeauEcrit): string {
	const pictures = logos.map(
		({ type, base64, alternative }) =>
			`<img src="data:${type};base64,${base64}" height="64" alt="${words(alternative)}">`
	);
	return `<div class="bandeau">${pictures.join('')}${mention === '' ? '' : `<p>${words(mention)}</p>`}</div>`;
}

/** An anchor without signs that an address would need to encode. */
function idOf(cle: string): string {
	return `p-${cle.replace(/[^A-Za-z0-9_-]/g, '_')}`;
}

function words(text: string): string {
	return escaped(french(text));
}

function escaped(text: string): string {
	return xmlText(text)
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;')
		.replaceAll("'", '&#39;');
}

const STYLES = `
:root{color-scheme:light dark;--encre:#1b2428;--encre-2:#4a565c;--fond:#fff;--fond-2:#e3f0f2;--primaire:#0b5563;--filet:#c3cfd2}
@media (prefers-color-scheme:dark){:root{--encre:#e6ecee;--encre-2:#b4c0c5;--fond:#12191c;--fond-2:#1d2b30;--primaire:#8fd0dc;--filet:#44545a}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:52rem;padding:1.5rem 1rem 4rem;background:var(--fond);color:var(--encre);font:1.0625rem/1.6 "Atkinson Hyperlegible Next","Atkinson Hyperlegible",system-ui,sans-serif;overflow-wrap:break-word}
h1,h2,h3,h4,h5,h6,.titre{color:var(--primaire);line-height:1.25;margin:2em 0 .6em}
h1{font-size:2.1rem;margin-top:.4em}h2{font-size:1.7rem;margin-top:2.6em}h3{font-size:1.4rem}h4{font-size:1.2rem}h5,h6,.titre{font-size:1.05rem;font-weight:700}
a{color:var(--primaire)}
a:focus-visible,.tableau:focus-visible{outline:3px solid var(--primaire);outline-offset:2px}
.evitement{position:absolute;left:-999rem}
.evitement:focus{position:static;display:inline-block;padding:.6rem 0}
.sous-titre,.discret,figcaption+.discret{color:var(--encre-2)}
.discret{font-size:.95rem}
nav ul{list-style:none;padding-left:1.2rem}
nav>ul{padding-left:0}
nav li{margin:.3rem 0}
nav a{display:inline-block;padding:.15rem 0}
li{margin:.25rem 0}
.constat,.faits{background:var(--fond-2);padding:.7rem 1rem;border-radius:4px}
.faits{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(14rem,100%),1fr));gap:.7rem 1.2rem;margin:1rem 0}
.faits dt{color:var(--encre-2);font-size:.9rem;font-weight:600}
.faits dd{margin:0;font-weight:600}
blockquote{margin:1rem 0;padding-left:1rem;border-left:3px solid var(--primaire)}
.tableau{overflow-x:auto;margin:1rem 0}
@media (min-width:56rem){.large{width:min(96vw,90rem);margin-left:calc(50% - min(48vw,45rem))}}
table{border-collapse:collapse;width:100%;font-size:.95rem;line-height:1.45}
caption,figcaption{text-align:left;font-weight:600;padding-bottom:.4rem}
th,td{border:1px solid var(--filet);padding:.45rem .6rem;text-align:left;vertical-align:top;min-width:6rem;overflow-wrap:normal}
th{background:var(--fond-2)}
.nombre{text-align:right;font-variant-numeric:tabular-nums}
figure{margin:1.4rem 0}
img{max-width:100%;height:auto}
.bandeau{display:flex;flex-wrap:wrap;align-items:center;gap:1rem;margin:1rem 0}
.bandeau img{height:4rem;width:auto;background:#fff;padding:.2rem}
.bandeau p{margin:0;flex:1 1 14rem;color:var(--encre-2);font-size:.9rem}
footer{margin-top:4rem;border-top:1px solid var(--filet);color:var(--encre-2);font-size:.9rem}
@media print{body{max-width:none;padding:0;font-size:11pt}nav{break-after:page}h2,h3,h4,h5,h6{break-after:avoid}tr,figure{break-inside:avoid}.tableau{overflow:visible;width:auto;margin-left:0}.evitement{display:none}}
`.replaceAll('\n', '');
