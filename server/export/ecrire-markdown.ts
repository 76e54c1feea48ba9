import { isSafeLink } from '#lib/editor/prose.ts';
import {
	xmlText,
	type BandeauEcrit,
	type BlocEcrit,
	type DocumentEcrit,
	type ImageEcrite,
	type SommaireEcrit,
	type TableauEcrit
} from './blocs.ts';
import { tableHtml } from './ecrire-html.ts';
import type { CelluleImprimee, ListeImprimee, Run } from './parties/prose.ts';
import { french } from './typographie.ts';

/*
 * Text that reads as it is, and that other tools take: CommonMark with tables and notes as GitHub has them. Images come last, so that
 * nobody has to read past them. A table with merged cells, that Markdown has no way to say, is HTML, as Markdown allows.
 */
export function ecrireMarkdown(document: DocumentEcrit): string {
	return new PageMarkdown().page(document);
}

class PageMarkdown {
	readonly #notes: string[] = [];
	#saysWhoPays = false;
	/** Of the headings of the first rank. */
	#premier = 2;
	readonly #images: string[] = [];
	/** What each heading with a key is called by. */
	readonly #anchors = new Set<string>();

	page({ titre, sousTitre, pied, couverture, bandeau, blocs, titreDansLeTexte = false }: DocumentEcrit): string {
		this.#premier = titreDansLeTexte ? 1 : 2;
		for (const bloc of blocs) if ('cle' in bloc && bloc.cle !== undefined) this.#anchors.add(bloc.cle);
		const parts = [
			couverture && couverture.surtitre !== '' ? words(couverture.surtitre) : '',
			titreDansLeTexte ? '' : `# ${line(titre)}`,
			sousTitre === '' ? '' : words(sousTitre),
			...(couverture?.lignes ?? []).map(words),
			couverture?.bandeau ? this.#bandeau(couverture.bandeau) : '',
			...blocs.map((bloc) => this.#bloc(bloc)),
			bandeau ? this.#bandeau(bandeau) : '',
			// A cover has said it.
			...(couverture ? [] : ['---', words(pied)]),
			...this.#notes.map((note, i) => `[^${i + 1}]: ${note}`),
			this.#images.map((source, i) => `[image-${i + 1}]: ${source}`).join('\n')
		];
		return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
	}

	#bloc(bloc: BlocEcrit): string {
		switch (bloc.t) {
			case 'titre': {
				const anchor = bloc.cle === undefined ? '' : `<a id="${idOf(bloc.cle)}"></a>\n\n`;
				const inside = bloc.runs ? this.#runs(bloc.runs) : line(bloc.texte);
				return `${anchor}${'#'.repeat(Math.min(6, bloc.rang + this.#premier - 1))} ${inside}`;
			}
			case 'p':
				return this.#paragraph(bloc.runs);
			case 'citation':
				return this.#paragraph(bloc.runs).replace(/^/gm, '> ');
			case 'constat':
				return `> **${words(bloc.nature)}\u00a0:** ${this.#runs(bloc.runs)}`;
			case 'liste':
				return this.#list(bloc.liste, '');
			case 'tableau':
				return this.#table(bloc);
			case 'image':
				return this.#image(bloc);
			case 'sommaire':
				return sommaire(bloc);
			case 'faits':
				return bloc.faits
					.map(({ etiquette, valeur }) => `**${words(etiquette)}\u00a0:** ${words(valeur)}`)
					.join('\n\n');
			case 'bandeau':
				return this.#bandeau(bloc);
			case 'page':
				return '';
			default:
				return bloc satisfies never;
		}
	}

	#paragraph(runs: readonly Run[]): string {
		return atLineStart(this.#runs(runs).trim());
	}

	#runs(runs: readonly Run[]): string {
		return runs.map((run) => this.#run(run)).join('');
	}

	#run(run: Run): string {
		if ('saut' in run) return '\\\n';
		if ('note' in run) {
			const n = this.#notes.push('');
			this.#notes[n - 1] = this.#runs(run.note).trim();
			return `[^${n}]`;
		}
		const text = words(run.texte);
		if ('fiche' in run) return this.#anchors.has(run.fiche) ? `[${text}](#${idOf(run.fiche)})` : text;
		const mark = `${run.gras ? '**' : ''}${run.italique ? '*' : ''}`;
		const styled = around(text, mark);
		return run.lien !== undefined && isSafeLink(run.lien) ? `[${styled}](<${addressOf(run.lien)}>)` : styled;
	}

	#list({ numerotee, items }: ListeImprimee, indent: string): string {
		return items
			.map(({ runs, sous }, i) => {
				const mark = numerotee ? `${i + 1}.` : '-';
				const inner = indent + ' '.repeat(mark.length + 1);
				const text = this.#paragraph(runs).replaceAll('\n', `\n${inner}`);
				const below = sous.map((list) => `\n${this.#list(list, inner)}`).join('');
				return `${indent}${mark} ${text}${below}`;
			})
			.join('\n');
	}

	#table(table: TableauEcrit): string {
		const caption = table.legende === '' ? '' : `**${words(table.legende)}**\n\n`;
		const all = [...table.entetes, ...table.rangees].flat();
		if (table.entetes.length !== 1 || all.some(({ colonnes, lignes }) => colonnes > 1 || lignes > 1))
			return caption + this.#tableInHtml(table);
		const row = (cells: readonly CelluleImprimee[]) =>
			`| ${[...cells]
				.sort((a, b) => a.x - b.x)
				.map((cell) => this.#cell(cell))
				.join(' | ')} |`;
		const head = table.entetes.map(row);
		return caption + [...head, `|${' --- |'.repeat(table.colonnes)}`, ...table.rangees.map(row)].join('\n');
	}

	#cell({ lignesDeTexte }: CelluleImprimee): string {
		return lignesDeTexte
			.map((runs) => this.#runs(runs).replaceAll('\\\n', '<br>').trim())
			.join('<br>')
			.replaceAll('|', '\\|')
			.replaceAll('\n', ' ');
	}

	/** No line of it is empty: it would end there. Notes are called by their number, in Markdown's way around the table. */
	#tableInHtml(table: TableauEcrit): string {
		const notes: string[] = [];
		const html = tableHtml({ ...table, legende: '', nom: table.nom ?? table.legende }, (runs) =>
			runs
				.map((run) => {
					if ('saut' in run) return '<br>';
					if ('note' in run) {
						notes.push(this.#run(run));
						return '';
					}
					const text = escaped(french(run.texte));
					return 'gras' in run && run.gras ? `<strong>${text}</strong>` : text;
				})
				.join('')
		)
			.replace(/^<div[^>]*>|<\/div>$/g, '')
			.replaceAll('<tr>', '\n<tr>');
		return notes.length === 0 ? html : `${html}\n\nNotes du tableau\u00a0: ${notes.join(' ')}`;
	}

	#image({ type, base64, alternative, legende, cle }: ImageEcrite): string {
		const n = this.#images.push(`data:${type};base64,${base64}`);
		const anchor = cle === undefined ? '' : `<a id="${idOf(cle)}"></a>\n\n`;
		const caption = legende === '' ? [] : [`**${words(legende)}**`];
		const picture = `![${line(alternative)}][image-${n}]`;
		return anchor + (type === 'image/svg+xml' ? [...caption, picture] : [picture, ...caption]).join('\n\n');
	}

	/** Who pays is said once: there are no pages here. */
	#bandeau({ mention, logos }: BandeauEcrit): string {
		if (this.#saysWhoPays) return '';
		this.#saysWhoPays = true;
		const pictures = logos.map((logo) => this.#image({ ...logo, legende: '', cle: undefined }));
		return [pictures.join(' '), mention === '' ? '' : words(mention)].filter((part) => part !== '').join('\n\n');
	}
}

function sommaire({ titre, entrees }: SommaireEcrit): string {
	const lines = entrees.map(({ rang, texte, cle }) => `${'  '.repeat(rang - 1)}- [${line(texte)}](#${idOf(cle)})`);
	return [`## ${line(titre)}`, lines.join('\n')].join('\n\n');
}

/** Marks stand against words, never against spaces. */
function around(text: string, mark: string): string {
	const [, before = '', inside = '', after = ''] = /^(\s*)(.*?)(\s*)$/su.exec(text) ?? [];
	return inside === '' || mark === '' ? text : `${before}${mark}${inside}${[...mark].reverse().join('')}${after}`;
}

function idOf(cle: string): string {
	return `p-${cle.replace(/[^A-Za-z0-9_-]/g, '_')}`;
}

function addressOf(href: string): string {
	return href.trim().replace(/[<>\s]/g, encodeURIComponent);
}

/** One line, for a heading or an entry. */
function line(text: string): string {
	return words(text).replace(/\s*\n\s*/g, ' ');
}

/** What people wrote is text: none of its signs is a mark. */
function words(text: string): string {
	return xmlText(french(text)).replace(/[\\`*_[\]<>&#|~]/g, (sign) =>
		sign === '<' ? '&lt;' : sign === '&' ? '&amp;' : sign === '#' || sign === '|' ? sign : `\\${sign}`
	);
}

/** At the start of a line, some signs would begin a list, a heading or a quotation. */
function atLineStart(text: string): string {
	return text.replace(/^([ \t]*)([-+>#=]|\d+(?=[.)]))/gm, (_, space: string, sign: string) =>
		/\d/.test(sign) ? `${space}${sign}\\` : `${space}\\${sign}`
	);
}

function escaped(text: string): string {
	return xmlText(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', ' ');
}
