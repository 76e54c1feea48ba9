import {
	colonnesDeNombres,
	feuillesOf,
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
import { pngOfSvg } from './dessin-png.ts';
import { largeursOf } from './largeurs.ts';
import { escaped, ESPACES, words, zipOpenDocument } from './opendocument.ts';
import type { CelluleImprimee, ListeImprimee, Run } from './parties/prose.ts';

/*
 * OpenDocument Text, as the standard has it: named styles, headings of the outline, header rows that repeat, French.
 */

const MIME = 'application/vnd.oasis.opendocument.text';
const CM_PER_PIXEL = 2.54 / 150;
const LARGEUR_CM = 17;
const HAUTEUR_CM = 20;
const LARGEURS: Record<PageEcrite['sens'], number> = { portrait: LARGEUR_CM, paysage: 25.7 };
const RANGS = [1, 2, 3, 4, 5, 6];

/** `date`: milliseconds since 1970, of the document. */
export function ecrireOdt(document: DocumentEcrit, date: number): Uint8Array<ArrayBuffer> {
	const writer = new Contenu();
	const { couverture } = document;
	const body = [
		...(couverture ? writer.couverture(document, couverture) : writer.tete(document)),
		...feuillesOf(document.blocs).flatMap((feuille, i) => writer.feuille(feuille, i === 0))
	].join('\n');
	const foot = writer.pied(document);
	return zipOpenDocument(
		{
			mime: MIME,
			titre: document.titre,
			parties: { 'content.xml': content(body, writer.automatic), 'styles.xml': styles(foot) },
			images: writer.images
		},
		date
	);
}

/** Writes blocks, and keeps what they need elsewhere in the file. */
class Contenu {
	readonly images: { chemin: string; type: string; base64: string }[] = [];
	#sens: PageEcrite['sens'] = 'portrait';
	#tables = 0;
	#notes = 0;
	#frames = 0;
	readonly #styles = new Map<string, string>();

	get automatic(): string {
		return [...this.#styles.values()].join('\n');
	}

	tete({ titre, sousTitre, titreDansLeTexte }: DocumentEcrit): string[] {
		if (titreDansLeTexte) return [];
		return [
			`<text:p text:style-name="Title">${words(titre)}</text:p>`,
			sousTitre === '' ? '' : `<text:p text:style-name="Subtitle">${words(sousTitre)}</text:p>`
		];
	}

	couverture({ titre }: DocumentEcrit, { surtitre, lignes, bandeau }: CouvertureEcrite): string[] {
		const first = this.#opening('Subtitle', 'Couverture');
		return [
			`<text:p text:style-name="${first}">${words(surtitre)}</text:p>`,
			`<text:p text:style-name="TitreDeCouverture">${words(titre)}</text:p>`,
			...lignes.map((ligne) => `<text:p text:style-name="Subtitle">${words(ligne)}</text:p>`),
			bandeau === null ? '' : `<text:p text:style-name="Subtitle"/>${this.#bandeau(bandeau, LOGO_CM)}`
		];
	}

	pied({ pied, bandeau }: DocumentEcrit): string {
		const above = bandeau ? this.#bandeau(bandeau, LOGO_CM / 2) : '';
		return `${above}<text:p text:style-name="Footer">${words(pied)} – <text:page-number text:select-page="current">1</text:page-number> / <text:page-count>1</text:page-count></text:p>`;
	}

	/** Pages held one way. The first needs no sign of it when it is upright. */
	feuille({ sens, blocs }: ReturnType<typeof feuillesOf>[number], isFirst: boolean): string[] {
		this.#sens = sens;
		const [first, ...rest] = blocs;
		if (!first || (isFirst && sens === 'portrait')) return blocs.map((bloc) => this.bloc(bloc));
		const page = sens === 'paysage' ? 'Paysage' : 'Standard';
		if (first.t === 'titre') return [this.#title(first, page), ...rest.map((bloc) => this.bloc(bloc))];
		return [`<text:p text:style-name="${this.#opening('Ouverture', page)}"/>`, ...blocs.map((bloc) => this.bloc(bloc))];
	}

	/** A style that opens pages of another kind. */
	#opening(style: string, page: string): string {
		const name = `${style}_${page}`;
		this.#styles.set(
			name,
			`<style:style style:name="${name}" style:family="paragraph" style:parent-style-name="${style}" style:master-page-name="${page}"/>`
		);
		return name;
	}

	#breaking(style: string): string {
		const name = `${style}_page`;
		this.#styles.set(
			name,
			`<style:style style:name="${name}" style:family="paragraph" style:parent-style-name="${style}"><style:paragraph-properties fo:break-before="page"/></style:style>`
		);
		return name;
	}

	/** Numbers stand under one another. */
	#right(style: string): string {
		const name = `${style}_nombre`;
		this.#styles.set(
			name,
			`<style:style style:name="${name}" style:family="paragraph" style:parent-style-name="${style}"><style:paragraph-properties fo:text-align="end"/></style:style>`
		);
		return name;
	}

	#title({ rang: asked, texte, runs, cle, nouvellePage, fiche }: TitreEcrit, page: string | null): string {
		const rang = Math.min(RANGS.length, Math.max(1, asked));
		const plain = `Heading_20_${rang}`;
		const style = page !== null ? this.#opening(plain, page) : nouvellePage ? this.#breaking(plain) : plain;
		const inside = runs ? this.#runs(runs) : words(texte);
		const said = fiche ? `<text:span text:style-name="TitreDeFiche">${inside}</text:span>` : inside;
		return `<text:h text:style-name="${style}" text:outline-level="${rang}">${bookmark(cle)}${said}</text:h>`;
	}

	bloc(bloc: BlocEcrit): string {
		switch (bloc.t) {
			case 'titre':
				return this.#title(bloc, null);
			case 'p':
				return this.#paragraph(bloc.discret ? 'Discret' : 'Text_20_body', bloc.runs);
			case 'citation':
				return this.#paragraph('Quotations', bloc.runs);
			case 'constat':
				return this.#paragraph('Constat', [{ texte: `${bloc.nature}\u00a0: `, gras: true }, ...bloc.runs]);
			case 'liste':
				return this.#list(bloc.liste);
			case 'tableau':
				return this.#table(bloc);
			case 'image':
				return this.#image(bloc);
			case 'sommaire':
				return this.#sommaire(bloc);
			case 'faits':
				return bloc.faits
					.map(({ etiquette, valeur }) =>
						this.#paragraph('Fait', [{ texte: `${etiquette}\u00a0: `, gras: true }, { texte: valeur }])
					)
					.join('');
			case 'bandeau':
				return this.#bandeau(bloc, LOGO_CM);
			// Said by the style of what follows.
			case 'page':
				return '';
			default:
				return bloc satisfies never;
		}
	}

	#paragraph(style: string, runs: readonly Run[]): string {
		return `<text:p text:style-name="${style}">${this.#runs(runs)}</text:p>`;
	}

	#runs(runs: readonly Run[]): string {
		return runs.map((run) => this.#run(run)).join('');
	}

	#run(run: Run): string {
		if ('saut' in run) return '<text:line-break/>';
		if ('note' in run) {
			const n = ++this.#notes;
			const note = this.#paragraph('Footnote', run.note);
			return `<text:note text:id="note${n}" text:note-class="footnote"><text:note-citation>${n}</text:note-citation><text:note-body>${note}</text:note-body></text:note>`;
		}
		const text = words(run.texte);
		if ('fiche' in run) return link(`#fiche-${run.fiche}`, text, 'Renvoi');
		const style = [run.gras && 'Gras', run.italique && 'Italique'].filter(Boolean).join('');
		const styled = style === '' ? text : `<text:span text:style-name="${style}">${text}</text:span>`;
		return run.lien === undefined ? styled : link(run.lien, styled);
	}

	#list({ numerotee, items }: ListeImprimee): string {
		const inside = items.map(
			({ runs, sous }) =>
				`<text:list-item>${this.#paragraph('List', runs)}${sous.map((list) => this.#list(list)).join('')}</text:list-item>`
		);
		return `<text:list text:style-name="${numerotee ? 'Numeros' : 'Puces'}">${inside.join('')}</text:list>`;
	}

	#table(tableau: TableauEcrit): string {
		const { legende, nom, entetes, rangees } = tableau;
		const name = `Tableau${++this.#tables}`;
		const width = LARGEURS[this.#sens];
		const largeurs = largeursOf(tableau, this.#sens);
		const total = largeurs.reduce((sum, largeur) => sum + largeur, 0);
		this.#styles.set(
			name,
			`<style:style style:name="${name}" style:family="table"><style:table-properties style:width="${width}cm" table:align="left" table:border-model="collapsing"/></style:style>`
		);
		const columns = largeurs.map((largeur, x) => {
			const column = `${name}.${x + 1}`;
			this.#styles.set(
				column,
				`<style:style style:name="${column}" style:family="table-column"><style:table-column-properties style:column-width="${((width * largeur) / total).toFixed(3)}cm"/></style:style>`
			);
			return `<table:table-column table:style-name="${column}"/>`;
		});
		const caption = legende === '' ? '' : `<text:p text:style-name="Caption">${words(legende)}</text:p>`;
		const said = legende || nom ? `<table:title>${words(legende || (nom ?? ''))}</table:title>` : '';
		const nombres = colonnesDeNombres(tableau);
		const head = entetes.map((_, y) => this.#row(tableau, y, nombres)).join('');
		const body = rangees.map((_, i) => this.#row(tableau, entetes.length + i, nombres)).join('');
		return `${caption}<table:table table:name="${name}" table:style-name="${name}">${said}${columns.join('')}${
			head === '' ? '' : `<table:table-header-rows>${head}</table:table-header-rows>`
		}${body}</table:table><text:p text:style-name="ApresTableau"/>`;
	}

	/** A place that a cell from above or from the left covers is said to be covered. */
	#row({ entetes, rangees, colonnes, aSigner }: TableauEcrit, y: number, nombres: ReadonlySet<number>): string {
		const rows = [...entetes, ...rangees];
		const toSign = aSigner && y >= entetes.length;
		const first = rows[0]?.[0]?.y ?? 0;
		const at = (x: number) => rows[y]?.find((cellule) => cellule.x === x && cellule.y === y + first);
		const cells = Array.from({ length: colonnes }, (_, x) => {
			const cellule = at(x);
			return cellule ? this.#cell(cellule, nombres.has(x)) : '<table:covered-table-cell/>';
		});
		return `<table:table-row${toSign ? ' table:style-name="ASigner"' : ''}>${cells.join('')}</table:table-row>`;
	}

	#cell({ colonnes, lignes, entete, lignesDeTexte }: CelluleImprimee, nombre: boolean): string {
		const span = [
			colonnes > 1 ? ` table:number-columns-spanned="${colonnes}"` : '',
			lignes > 1 ? ` table:number-rows-spanned="${lignes}"` : ''
		].join('');
		const plain = entete ? 'Table_20_Heading' : 'Table_20_Contents';
		const style = nombre && colonnes === 1 ? this.#right(plain) : plain;
		const lines = lignesDeTexte.length === 0 ? [[]] : lignesDeTexte;
		return `<table:table-cell table:style-name="${entete ? 'CelluleDEntete' : 'Cellule'}" office:value-type="string"${span}>${lines
			.map((runs) => this.#paragraph(style, runs))
			.join('')}</table:table-cell>`;
	}

	#image(image: ImageEcrite): string {
		const scale = Math.min(
			CM_PER_PIXEL,
			LARGEUR_CM / Math.max(1, image.largeur),
			HAUTEUR_CM / Math.max(1, image.hauteur)
		);
		const caption =
			image.legende === ''
				? ''
				: `<text:p text:style-name="Caption">${bookmark(image.cle)}${words(image.legende)}</text:p>`;
		const isDrawing = image.type === 'image/svg+xml';
		// A drawing has no points of its own: it is as wide as the text.
		const shown = `<text:p text:style-name="Text_20_body">${this.#frame(image, isDrawing ? LARGEUR_CM / image.largeur : scale)}</text:p>`;
		// A figure is named before it is drawn, an image after.
		return isDrawing ? `${caption}${shown}` : `${shown}${caption}`;
	}

	/** `scale`: centimetres of a pixel. */
	#frame({ type, base64, largeur, hauteur, alternative }: ImageEcrite, scale: number): string {
		const image = bitmapOf(type, base64);
		const n = ++this.#frames;
		// One that comes back is kept once.
		const known = this.images.find((each) => each.base64 === image.base64);
		const chemin =
			known?.chemin ??
			`Pictures/image${this.images.length + 1}.${image.type.replace('image/', '').replace('jpeg', 'jpg')}`;
		if (!known) this.images.push({ chemin, ...image });
		const [width, height] = [largeur * scale, hauteur * scale].map((cm) => `${cm.toFixed(2)}cm`);
		const description = alternative === '' ? '' : `<svg:desc>${words(alternative)}</svg:desc>`;
		return `<draw:frame draw:name="Image${n}" text:anchor-type="as-char" svg:width="${width}" svg:height="${height}"><draw:image xlink:href="${chemin}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>${description}</draw:frame>`;
	}

	/** `height`: of the logos, in centimetres. */
	#bandeau({ mention, logos }: BandeauEcrit, height: number): string {
		const frames = logos.map((logo) => this.#frame(logo, height / Math.max(1, logo.hauteur)));
		return [
			frames.length === 0 ? '' : `<text:p text:style-name="Bandeau">${frames.join('<text:s text:c="3"/>')}</text:p>`,
			mention === '' ? '' : `<text:p text:style-name="Bandeau">${words(mention)}</text:p>`
		].join('');
	}

	/** The contents with their pages already; LibreOffice makes them again when asked. */
	#sommaire({ titre, profondeur, entrees }: SommaireEcrit): string {
		const templates = RANGS.map(
			(rang) =>
				`<text:table-of-content-entry-template text:outline-level="${rang}" text:style-name="Contents_20_${rang}"><text:index-entry-link-start/><text:index-entry-text/><text:index-entry-tab-stop style:type="right" style:leader-char="."/><text:index-entry-page-number/><text:index-entry-link-end/></text:table-of-content-entry-template>`
		).join('');
		const lines = entrees.map(({ rang, texte, cle, page }) => {
			const inside = `${words(texte)}${page === null ? '' : `<text:tab/>${page}`}`;
			return `<text:p text:style-name="Contents_20_${Math.min(rang, RANGS.length)}">${link(`#fiche-${cle}`, inside, 'Index_20_Link')}</text:p>`;
		});
		const style = this.#opening('Sommaire', 'Standard');
		return `<text:table-of-content text:name="Sommaire" text:protected="false"><text:table-of-content-source text:outline-level="${profondeur}"><text:index-title-template text:style-name="Sommaire">${words(titre)}</text:index-title-template>${templates}</text:table-of-content-source><text:index-body><text:index-title text:name="Sommaire_Titre"><text:p text:style-name="${style}">${words(titre)}</text:p></text:index-title>${lines.join('')}</text:index-body></text:table-of-content>`;
	}
}

function bitmapOf(type: ImageEcrite['type'], base64: string): { type: string; base64: string } {
	if (type !== 'image/svg+xml') return { type, base64 };
	const png = pngOfSvg(Buffer.from(base64, 'base64').toString());
	return { type: 'image/png', base64: Buffer.from(png).toString('base64') };
}

/** In centimetres. */
const LOGO_CM = 1.5;

function bookmark(cle: string | undefined): string {
	return cle === undefined ? '' : `<text:bookmark text:name="${escaped(`fiche-${cle}`)}"/>`;
}

function link(href: string, inside: string, style?: string): string {
	const styled = style === undefined ? '' : ` text:style-name="${style}" text:visited-style-name="${style}"`;
	return `<text:a xlink:type="simple" xlink:href="${escaped(href)}"${styled}>${inside}</text:a>`;
}

function content(body: string, automatic: string): string {
	return `<office:document-content${ESPACES} office:version="1.3">
<office:automatic-styles>
<style:style style:name="Gras" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Italique" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>
<style:style style:name="TitreDeFiche" style:family="text"><style:text-properties fo:font-size="15pt"/></style:style>
<style:style style:name="GrasItalique" style:family="text"><style:text-properties fo:font-weight="bold" fo:font-style="italic"/></style:style>
<style:style style:name="ASigner" style:family="table-row"><style:table-row-properties style:min-row-height="1.7cm"/></style:style>
<style:style style:name="Cellule" style:family="table-cell"><style:table-cell-properties fo:padding="0.15cm" fo:border="0.5pt solid #c3cfd2"/></style:style>
<style:style style:name="CelluleDEntete" style:family="table-cell"><style:table-cell-properties fo:padding="0.15cm" fo:border="0.5pt solid #c3cfd2" fo:background-color="#e3f0f2"/></style:style>
${automatic}
</office:automatic-styles>
<office:body><office:text>
${body}
</office:text></office:body>
</office:document-content>`;
}

const TAILLES = [18, 15, 12.5, 11.5, 11, 11];

function styles(foot: string): string {
	const headings = TAILLES.map(
		(taille, i) =>
			`<style:style style:name="Heading_20_${i + 1}" style:display-name="Heading ${i + 1}" style:family="paragraph" style:parent-style-name="Standard" style:next-style-name="Text_20_body" style:default-outline-level="${i + 1}"><style:paragraph-properties fo:margin-top="0.5cm" fo:margin-bottom="0.2cm" fo:keep-with-next="always"/><style:text-properties fo:font-size="${taille}pt" fo:font-weight="bold" fo:color="#0b5563"/></style:style>`
	).join('\n');
	const outline = TAILLES.map((_, i) => `<text:outline-level-style text:level="${i + 1}" style:num-format=""/>`).join(
		''
	);
	const contents = RANGS.map(
		(rang) =>
			`<style:style style:name="Contents_20_${rang}" style:display-name="Contents ${rang}" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:margin-left="${0.5 * (rang - 1)}cm" fo:margin-top="${rang === 1 ? 0.2 : 0}cm" fo:margin-bottom="0.05cm"><style:tab-stops><style:tab-stop style:position="${LARGEUR_CM - 0.5 * (rang - 1)}cm" style:type="right" style:leader-style="dotted" style:leader-text="."/></style:tab-stops></style:paragraph-properties><style:text-properties fo:font-size="10pt"${rang === 1 ? ' fo:font-weight="bold"' : ''}/></style:style>`
	).join('\n');
	const levels = (level: (n: number) => string) => [1, 2, 3, 4].map(level).join('');
	const place = (n: number) =>
		`<style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-0.6cm" fo:margin-left="${0.6 * n}cm"/></style:list-level-properties>`;
	return `<office:document-styles${ESPACES} office:version="1.3">
<office:styles>
<style:default-style style:family="paragraph"><style:paragraph-properties fo:orphans="2" fo:widows="2"/><style:text-properties fo:font-family="'Liberation Sans'" style:font-family-generic="swiss" fo:font-size="11pt" fo:language="fr" fo:country="FR" fo:color="#1b2428"/></style:default-style>
<style:style style:name="Standard" style:family="paragraph"/>
<style:style style:name="Text_20_body" style:display-name="Text body" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:margin-bottom="0.25cm" fo:line-height="125%"/></style:style>
<style:style style:name="Title" style:family="paragraph" style:parent-style-name="Standard" style:next-style-name="Subtitle"><style:paragraph-properties fo:margin-bottom="0.2cm"/><style:text-properties fo:font-size="24pt" fo:font-weight="bold" fo:color="#0b5563"/></style:style>
<style:style style:name="Subtitle" style:family="paragraph" style:parent-style-name="Standard" style:next-style-name="Text_20_body"><style:paragraph-properties fo:margin-bottom="0.5cm"/><style:text-properties fo:font-size="14pt" fo:color="#4a565c"/></style:style>
${headings}
<style:style style:name="Quotations" style:family="paragraph" style:parent-style-name="Text_20_body"><style:paragraph-properties fo:margin-left="0.8cm" fo:border-left="2pt solid #0b5563" fo:padding-left="0.3cm"/></style:style>
<style:style style:name="Constat" style:family="paragraph" style:parent-style-name="Text_20_body"><style:paragraph-properties fo:background-color="#e3f0f2" fo:padding="0.2cm"/></style:style>
<style:style style:name="List" style:family="paragraph" style:parent-style-name="Text_20_body"><style:paragraph-properties fo:margin-bottom="0.1cm"/></style:style>
<style:style style:name="Caption" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:margin-top="0.3cm" fo:margin-bottom="0.1cm" fo:keep-with-next="always"/><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Table_20_Contents" style:display-name="Table Contents" style:family="paragraph" style:parent-style-name="Standard"><style:text-properties fo:font-size="10pt"/></style:style>
<style:style style:name="Table_20_Heading" style:display-name="Table Heading" style:family="paragraph" style:parent-style-name="Table_20_Contents"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Discret" style:family="paragraph" style:parent-style-name="Text_20_body"><style:text-properties fo:font-size="9pt" fo:color="#4a565c"/></style:style>
<style:style style:name="Fait" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:background-color="#e3f0f2" fo:padding="0.1cm"/></style:style>
<style:style style:name="Bandeau" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:margin-bottom="0.15cm"/><style:text-properties fo:font-size="8.5pt" fo:color="#4a565c"/></style:style>
<style:style style:name="Ouverture" style:family="paragraph" style:parent-style-name="Standard"><style:text-properties fo:font-size="2pt"/></style:style>
<style:style style:name="ApresTableau" style:family="paragraph" style:parent-style-name="Standard"><style:text-properties fo:font-size="6pt"/></style:style>
<style:style style:name="TitreDeCouverture" style:family="paragraph" style:parent-style-name="Title"><style:paragraph-properties fo:margin-top="5cm" fo:margin-bottom="1cm"/><style:text-properties fo:font-size="28pt"/></style:style>
<style:style style:name="Sommaire" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:margin-bottom="0.4cm" fo:keep-with-next="always"/><style:text-properties fo:font-size="18pt" fo:font-weight="bold" fo:color="#0b5563"/></style:style>
${contents}
<style:style style:name="Footnote" style:family="paragraph" style:parent-style-name="Standard"><style:text-properties fo:font-size="9pt"/></style:style>
<style:style style:name="Footer" style:family="paragraph" style:parent-style-name="Standard"><style:text-properties fo:font-size="8.5pt" fo:color="#4a565c"/></style:style>
<style:style style:name="Index_20_Link" style:display-name="Index Link" style:family="text"><style:text-properties style:text-underline-style="none" fo:color="#1b2428"/></style:style>
<style:style style:name="Renvoi" style:family="text"><style:text-properties style:text-underline-style="solid" fo:color="#0b5563"/></style:style>
<text:outline-style style:name="Outline">${outline}</text:outline-style>
<text:list-style style:name="Puces">${levels((n) => `<text:list-level-style-bullet text:level="${n}" text:bullet-char="${n % 2 ? '•' : '–'}">${place(n)}</text:list-level-style-bullet>`)}</text:list-style>
<text:list-style style:name="Numeros">${levels((n) => `<text:list-level-style-number text:level="${n}" style:num-format="1" style:num-suffix=".">${place(n)}</text:list-level-style-number>`)}</text:list-style>
</office:styles>
<office:automatic-styles>
${pageLayout('A4', '21cm', '29.7cm', 'portrait')}
${pageLayout('A4paysage', '29.7cm', '21cm', 'landscape')}
</office:automatic-styles>
<office:master-styles>
<style:master-page style:name="Standard" style:page-layout-name="A4"><style:footer>${foot}</style:footer></style:master-page>
<style:master-page style:name="Paysage" style:page-layout-name="A4paysage"><style:footer>${foot}</style:footer></style:master-page>
<style:master-page style:name="Couverture" style:page-layout-name="A4" style:next-style-name="Standard"/>
</office:master-styles>
</office:document-styles>`;
}

function pageLayout(name: string, width: string, height: string, orientation: string): string {
	return `<style:page-layout style:name="${name}"><style:page-layout-properties fo:page-width="${width}" fo:page-height="${height}" style:print-orientation="${orientation}" fo:margin-top="2cm" fo:margin-bottom="1.5cm" fo:margin-left="2cm" fo:margin-right="2cm"/><style:footer-style><style:header-footer-properties fo:min-height="0.8cm" fo:margin-top="0.4cm"/></style:footer-style></style:page-layout>`;
}
