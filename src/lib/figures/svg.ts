import { ENCRE, ENCRE_2, FILET, POLICE, TAILLE, text, escape, widthOf, wrapped, clipped, r } from '#lib/svg.ts';
import { titreOuRien } from './textes.ts';
import type { Figure, Forme, Ligne, Serie } from './figure.ts';
import { isPercent } from './faults.ts';
import { filledLignes } from './list.ts';
import { formatNombre, formatValeur, isAbsent, readNombre, uniteCourte } from './nombre.ts';
import { phraseOf } from './sentence.ts';

/**
 * The drawing of a figure: the same on screens, in the PDF and in the file that one takes away. Dark ink on white, each
 * series with a pattern of its own and each value written beside its mark, so that it reads in grey, printed or copied.
 * It never stands alone: its table and its sentence say the same.
 */
export interface DrawingOptions {
	/** In pixels: a phone gets a narrow drawing, not a small one. */
	largeur?: number;
}

const NBSP = '\u00a0';
const LARGEUR = 640;
const LARGEUR_MIN = 260;
const LIGNE = 18;

export function figureSvg(figure: Figure, { largeur = LARGEUR }: DrawingOptions = {}): string {
	const width = Math.max(LARGEUR_MIN, Math.round(largeur));
	const data = dataOf(figure);
	const { body, height } = drawn(data, figure.forme, width);
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escape(alternativeOf(figure))}" font-family="${POLICE}" font-size="${TAILLE}" fill="${ENCRE}">`,
		`<defs>${PATTERNS}</defs>`,
		`<rect width="${width}" height="${height}" fill="#ffffff"/>`,
		...body,
		'</svg>'
	].join('');
}

/** What the drawing says to whoever does not see it; the table beside it has every value. */
export function alternativeOf(figure: Figure): string {
	const kind = NATURE[figure.forme];
	const phrase = phraseOf(figure);
	const titre = titreOuRien(figure.titre);
	// A sentence that was made from the title says it already.
	if (phrase.startsWith(titre)) return `${kind}\u00a0: ${phrase}`;
	return `${kind}\u00a0: ${titre}.${phrase === '' ? '' : ` ${phrase}`}`;
}

const NATURE: Record<Forme, string> = {
	barres: 'Diagramme en barres',
	groupees: 'Diagramme en barres groupées',
	lignes: 'Courbes',
	parts: 'Barres de parts'
};

interface Point {
	nombre: number | null;
	/** As printed. */
	texte: string;
}

interface Data {
	series: Serie[];
	lignes: Ligne[];
	at(ligne: Ligne, serie: Serie): Point;
	/** A value computed from the data, as printed. */
	said(nombre: number): string;
	isPercent: boolean;
}

function dataOf(figure: Figure): Data {
	const { unite, series } = figure;
	const lignes = filledLignes(figure);
	const typed = lignes.flatMap(({ valeurs }) => Object.values(valeurs));
	return {
		series,
		lignes,
		at: ({ valeurs }, { id }) => {
			const texte = valeurs[id] ?? '';
			return { nombre: isAbsent(texte) ? null : readNombre(texte), texte: formatValeur(texte, uniteCourte(unite)) };
		},
		said: (nombre) => formatNombre(nombre),
		isPercent: isPercent(figure, typed)
	};
}

interface Drawing {
	body: string[];
	height: number;
}

function drawn(data: Data, forme: Forme, width: number): Drawing {
	const points = data.lignes.flatMap((ligne) => data.series.map((serie) => data.at(ligne, serie).nombre));
	if (points.every((nombre) => nombre === null)) return nothing(width);
	switch (forme) {
		case 'barres':
			return bars(data, width, data.series.length === 1 || data.lignes.length === 1);
		case 'groupees':
			return bars(data, width, data.series.length === 1);
		case 'lignes':
			return lines(data, width);
		case 'parts':
			return shares(data, width);
		default:
			return forme satisfies never;
	}
}

function nothing(width: number): Drawing {
	return {
		body: [text({ x: width / 2, y: 44, anchor: 'middle', fill: ENCRE_2 }, 'Pas encore de valeur à montrer.')],
		height: 80
	};
}

// Bars

interface Bar {
	label: string;
	point: Point;
	motif: number;
}

/** Each row a group: one bar a series. `plain`: one bar is one value, and its label says all; no legend then. */
function bars(data: Data, width: number, plain: boolean): Drawing {
	const { series, lignes } = data;
	const groups = lignes.map((ligne) => ({
		label: ligne.libelle,
		bars: series.map((serie, i): Bar => ({ label: serie.nom, point: data.at(ligne, serie), motif: plain ? 0 : i }))
	}));
	const rows =
		plain && lignes.length === 1
			? (groups[0]?.bars ?? []).map((bar) => ({ label: bar.label || groups[0]?.label || '', bars: [bar] }))
			: groups;
	const body: string[] = [];
	let y = 8;
	if (!plain) {
		const legend = legendOf(
			series.map(({ nom }) => nom),
			width,
			y
		);
		body.push(...legend.body);
		y = legend.bottom + 10;
	}
	const scale = scaleOf(
		rows.flatMap((row) => row.bars.flatMap(({ point }) => point.nombre ?? [])),
		rows.flatMap((row) => row.bars.map(({ point }) => point.texte)),
		width,
		rows.map(({ label }) => label)
	);
	const top = y;
	const thickness = plain ? 24 : 20;
	for (const row of rows) {
		const labels = wrapped(row.label, scale.isNarrow ? width - 8 : scale.left - 12);
		if (scale.isNarrow) {
			labels.forEach((line, i) => body.push(text({ x: 2, y: y + 14 + i * LIGNE }, line)));
			y += labels.length * LIGNE + 2;
		}
		const height = Math.max(row.bars.length * (thickness + 3), scale.isNarrow ? 0 : labels.length * LIGNE);
		if (!scale.isNarrow) {
			const start = y + height / 2 - (labels.length * LIGNE) / 2;
			labels.forEach((line, i) =>
				body.push(text({ x: scale.left - 8, y: start + i * LIGNE + 13, anchor: 'end' }, line))
			);
		}
		const first = y + (height - row.bars.length * (thickness + 3)) / 2;
		row.bars.forEach((bar, i) => body.push(...barOf(bar, first + i * (thickness + 3), thickness, scale)));
		y += height + (plain ? 6 : 12);
	}
	body.push(
		`<line x1="${r(scale.zero)}" y1="${top}" x2="${r(scale.zero)}" y2="${y - 4}" stroke="${ENCRE}" stroke-width="1.5"/>`
	);
	return { body, height: Math.ceil(y + 6) };
}

interface Scale {
	left: number;
	zero: number;
	isNarrow: boolean;
	/** Pixels of one unit. */
	factor: number;
}

/** Room for the labels on the left and for the values at the end of the bars. */
function scaleOf(
	nombres: readonly number[],
	textes: readonly string[],
	width: number,
	labels: readonly string[]
): Scale {
	const isNarrow = width < 480;
	const widest = Math.max(0, ...labels.map((label) => Math.min(widthOf(label), width * 0.36)));
	const left = isNarrow ? 2 : Math.max(40, Math.min(widest + 14, width * 0.38));
	const value = Math.max(40, ...textes.map(widthOf)) + 10;
	const max = Math.max(0, ...nombres);
	const min = Math.min(0, ...nombres);
	const below = min < 0 ? value : 0;
	const room = Math.max(30, width - left - value - below - 4);
	const factor = max - min === 0 ? 0 : room / (max - min);
	return { left, zero: left + below - min * factor, isNarrow, factor };
}

function barOf({ point, motif }: Bar, y: number, thickness: number, { zero, factor }: Scale): string[] {
	const baseline = y + thickness / 2 + 5;
	if (point.nombre === null)
		return [text({ x: zero + 6, y: baseline, fill: ENCRE_2 }, point.texte === '' ? '–' : clipped(point.texte, 24))];
	const length = Math.max(1, Math.abs(point.nombre) * factor);
	const x = point.nombre < 0 ? zero - length : zero;
	const label =
		point.nombre < 0
			? text({ x: x - 6, y: baseline, anchor: 'end', weight: 600 }, point.texte)
			: text({ x: x + length + 6, y: baseline, weight: 600 }, point.texte);
	return [rect(x, y, length, thickness, motif), label];
}

// Shares

/** Each series is a bar of 100 %, cut in its parts; every part is written in the bar or under it. */
function shares(data: Data, width: number): Drawing {
	const { series, lignes } = data;
	const legend = legendOf(
		lignes.map(({ libelle }) => libelle),
		width,
		8
	);
	const body = [...legend.body];
	let y = legend.bottom + 12;
	for (const serie of series) {
		const points = lignes.map((ligne) => data.at(ligne, serie));
		const total = points.reduce((sum, { nombre }) => sum + Math.max(0, nombre ?? 0), 0);
		if (serie.nom.trim() !== '') {
			body.push(text({ x: 2, y: y + 14, weight: 600 }, clipped(serie.nom, Math.floor(width / 8))));
			y += LIGNE + 4;
		}
		if (total === 0) {
			body.push(text({ x: 2, y: y + 20, fill: ENCRE_2 }, `n.${NBSP}d.`));
			y += 40;
			continue;
		}
		let x = 2;
		const outside: string[] = [];
		points.forEach(({ nombre, texte }, i) => {
			const share = Math.max(0, nombre ?? 0) / total;
			const length = share * (width - 4);
			if (length <= 0) return;
			const said = data.isPercent ? texte : `${formatNombre(100 * share)}${NBSP}%`;
			body.push(rect(x, y, length, 34, i));
			if (widthOf(said) + 12 <= length) body.push(...inBar(x + length / 2, y + 22, said));
			else outside.push(`${clipped(lignes[i]?.libelle ?? '', 30)}\u00a0: ${said}`);
			x += length;
		});
		y += 40;
		for (const line of wrapped(outside.join(' · '), width - 4)) {
			body.push(text({ x: 2, y: y + 12, size: 13 }, line));
			y += 17;
		}
		y += 10;
	}
	return { body, height: Math.ceil(y) };
}

/** Words on a pattern need a ground of their own. */
function inBar(x: number, baseline: number, said: string): string[] {
	const wide = widthOf(said) + 8;
	return [
		`<rect x="${r(x - wide / 2)}" y="${r(baseline - 15)}" width="${r(wide)}" height="20" rx="3" fill="#ffffff"/>`,
		text({ x, y: baseline, anchor: 'middle', weight: 600 }, said)
	];
}

// Lines

const TIRETS = ['', '7 4', '2 4', '10 3 2 3', '4 2', '12 6'];
const MARQUES = ['rond', 'carre', 'triangle', 'losange', 'croix', 'etoile'] as const;

function lines(data: Data, width: number): Drawing {
	const { series, lignes } = data;
	const isAlone = series.length === 1;
	const legend = isAlone ? { body: [], bottom: 0 } : lineLegend(series, width, 8);
	const nombres = lignes.flatMap((ligne) => series.flatMap((serie) => data.at(ligne, serie).nombre ?? []));
	const { low, high, step } = ticksOf(Math.min(...nombres), Math.max(...nombres));
	const top = legend.bottom + 26;
	const height = Math.max(170, Math.min(280, width * 0.42));
	const ticks = Array.from({ length: Math.round((high - low) / step) + 1 }, (_, i) => low + i * step);
	const left = Math.max(...ticks.map((tick) => widthOf(formatNombre(tick, 4)))) + 12;
	const right = width - 30;
	const yOf = (nombre: number) => top + height - ((nombre - low) / (high - low)) * height;
	const xOf = (i: number) =>
		lignes.length === 1 ? (left + right) / 2 : left + 20 + (i * (right - left - 20)) / (lignes.length - 1);
	const body = [...legend.body];
	for (const tick of ticks) {
		body.push(`<line x1="${r(left)}" y1="${r(yOf(tick))}" x2="${width - 8}" y2="${r(yOf(tick))}" stroke="#d5d9da"/>`);
		body.push(text({ x: left - 6, y: yOf(tick) + 5, anchor: 'end', fill: ENCRE_2, size: 13 }, formatNombre(tick, 4)));
	}
	const names = lignes.map(({ libelle }) => clipped(libelle, 16));
	const every = Math.ceil((lignes.length * Math.max(...names.map(widthOf)) * 1.15) / (right - left));
	names.forEach((name, i) => {
		if (i % Math.max(1, every) !== 0) return;
		const x = within(xOf(i), widthOf(name) / 2, width);
		body.push(text({ x, y: top + height + 20, anchor: 'middle', size: 13 }, name));
	});
	const curves = series.map((serie, s) =>
		curveOf(
			lignes.map((ligne) => data.at(ligne, serie)),
			s,
			xOf,
			yOf
		)
	);
	body.push(...curves.flatMap(({ path, dots }) => [path, ...dots.map(({ x, y, serie }) => mark(x, y, serie))]));
	body.push(
		...valuesBeside(
			curves.flatMap(({ dots }) => dots),
			width
		)
	);
	return { body, height: Math.ceil(top + height + 34) };
}

interface Dot {
	x: number;
	y: number;
	serie: number;
	texte: string;
}

/** Broken where a value is missing. */
function curveOf(
	points: readonly Point[],
	serie: number,
	xOf: (i: number) => number,
	yOf: (nombre: number) => number
): { path: string; dots: Dot[] } {
	const dots: Dot[] = [];
	let steps = '';
	let isDown = false;
	points.forEach(({ nombre, texte }, i) => {
		if (nombre === null) return void (isDown = false);
		const dot = { x: xOf(i), y: yOf(nombre), serie, texte };
		steps += `${isDown ? 'L' : 'M'}${r(dot.x)} ${r(dot.y)}`;
		isDown = true;
		dots.push(dot);
	});
	const dash = TIRETS[serie % TIRETS.length];
	const path = `<path d="${steps}" fill="none" stroke="${INKS[serie % INKS.length]}" stroke-width="2.5"${dash ? ` stroke-dasharray="${dash}"` : ''}/>`;
	return { path: steps === '' ? '' : path, dots };
}

/** Values above or below their dots, where nothing else is written: the table has those for which there is no room. */
function valuesBeside(dots: readonly Dot[], width: number): string[] {
	const taken = dots.map(({ x, y }): Box => ({ left: x - 5, right: x + 5, top: y - 5, bottom: y + 5 }));
	const found: string[] = [];
	for (const { x, y, texte } of dots) {
		const half = widthOf(texte) / 2;
		const middle = within(x, half, width);
		const free = [y - 10, y + 21].find((baseline) => {
			const box = { left: middle - half, right: middle + half, top: baseline - 12, bottom: baseline + 2 };
			if (taken.some((other) => overlaps(box, other))) return false;
			taken.push(box);
			return true;
		});
		if (free !== undefined) found.push(text({ x: middle, y: free, anchor: 'middle', weight: 600, size: 13 }, texte));
	}
	return found;
}

interface Box {
	left: number;
	right: number;
	top: number;
	bottom: number;
}

function overlaps(a: Box, b: Box): boolean {
	return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** The middle of a text of this half width that stays in the drawing. */
function within(x: number, half: number, width: number): number {
	return Math.max(half + 2, Math.min(width - half - 2, x));
}

function lineLegend(series: readonly Serie[], width: number, top: number): { body: string[]; bottom: number } {
	return legend(
		series.map(({ nom }) => nom),
		width,
		top,
		34,
		(x, y, i) => {
			const dash = TIRETS[i % TIRETS.length];
			return `<line x1="${r(x)}" y1="${y}" x2="${r(x + 28)}" y2="${y}" stroke="${INKS[i % INKS.length]}" stroke-width="2.5"${dash ? ` stroke-dasharray="${dash}"` : ''}/>${mark(x + 14, y, i)}`;
		}
	);
}

const INKS = ['#0b5563', '#7a4b00', '#6b3fa0', '#1b2428', '#a3201d', '#1f6b3a'];

function mark(x: number, y: number, serie: number): string {
	const fill = INKS[serie % INKS.length];
	const at = (dx: number, dy: number) => `${r(x + dx)} ${r(y + dy)}`;
	switch (MARQUES[serie % MARQUES.length]) {
		case 'carre':
			return `<rect x="${r(x - 4.5)}" y="${r(y - 4.5)}" width="9" height="9" fill="#ffffff" stroke="${fill}" stroke-width="2"/>`;
		case 'triangle':
			return `<path d="M${at(0, -6)}L${at(5.5, 4)}L${at(-5.5, 4)}Z" fill="${fill}"/>`;
		case 'losange':
			return `<path d="M${at(0, -6)}L${at(6, 0)}L${at(0, 6)}L${at(-6, 0)}Z" fill="#ffffff" stroke="${fill}" stroke-width="2"/>`;
		case 'croix':
			return `<path d="M${at(-4.5, -4.5)}L${at(4.5, 4.5)}M${at(-4.5, 4.5)}L${at(4.5, -4.5)}" stroke="${fill}" stroke-width="2.5"/>`;
		case 'etoile':
			return `<path d="M${at(0, -6)}L${at(0, 6)}M${at(-6, 0)}L${at(6, 0)}M${at(-4, -4)}L${at(4, 4)}M${at(-4, 4)}L${at(4, -4)}" stroke="${fill}" stroke-width="2"/>`;
		default:
			return `<circle cx="${r(x)}" cy="${r(y)}" r="4.5" fill="${fill}"/>`;
	}
}

/** Round steps, four or five of them, zero included: a line that starts elsewhere exaggerates what it shows. */
function ticksOf(min: number, max: number): { low: number; high: number; step: number } {
	const from = Math.min(0, min);
	const to = Math.max(0, max);
	const span = to - from || Math.abs(to) || 1;
	const power = 10 ** Math.floor(Math.log10(span / 4));
	const step = ([1, 2, 5, 10].find((n) => n * power >= span / 4) ?? 10) * power;
	const low = Math.floor(from / step) * step;
	const high = Math.max(Math.ceil(to / step) * step, low + step);
	return { low, high, step };
}

// Legends and patterns

function legendOf(noms: readonly string[], width: number, top: number): { body: string[]; bottom: number } {
	return legend(noms, width, top, 24, (x, y, i) => rect(x, y - 8, 18, 16, i));
}

function legend(
	noms: readonly string[],
	width: number,
	top: number,
	room: number,
	swatch: (x: number, y: number, i: number) => string
): { body: string[]; bottom: number } {
	const body: string[] = [];
	let x = 2;
	let y = top + 10;
	noms.forEach((nom, i) => {
		const label = clipped(nom.trim() || `Série ${i + 1}`, Math.floor((width - room) / 7.2));
		const wide = room + widthOf(label) + 18;
		if (x > 2 && x + wide > width) {
			x = 2;
			y += 24;
		}
		body.push(swatch(x, y, i), text({ x: x + room, y: y + 5 }, label));
		x += wide;
	});
	return { body, bottom: noms.length === 0 ? top : y + 14 };
}

/** Lightness and strokes both differ from one to the next: they hold in grey. */
const PATTERNS = [
	'<pattern id="m1" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="7" height="7" fill="#ffffff"/><rect width="3" height="7" fill="#7a4b00"/></pattern>',
	'<pattern id="m3" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="#ffffff"/><circle cx="4" cy="4" r="2.2" fill="#6b3fa0"/></pattern>',
	'<pattern id="m4" width="8" height="6" patternUnits="userSpaceOnUse"><rect width="8" height="6" fill="#ffffff"/><rect width="8" height="2" fill="#1b2428"/></pattern>',
	'<pattern id="m6" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="#e3f0f2"/><rect width="2" height="8" fill="#1d4e89"/><rect width="8" height="2" fill="#1d4e89"/></pattern>',
	'<pattern id="m7" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><rect width="9" height="9" fill="#c3cfd2"/><rect width="2" height="9" fill="#1b2428"/></pattern>'
].join('');

const FONDS = ['#0b5563', 'url(#m1)', '#9cc9d1', 'url(#m3)', 'url(#m4)', '#4a565c', 'url(#m6)', 'url(#m7)'];

function rect(x: number, y: number, width: number, height: number, motif: number): string {
	return `<rect x="${r(x)}" y="${r(y)}" width="${r(width)}" height="${r(height)}" fill="${FONDS[motif % FONDS.length]}" stroke="${motif % FONDS.length === 0 ? ENCRE : FILET}" stroke-width="1"/>`;
}
