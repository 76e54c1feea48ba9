import { FAMILLES, readFont } from './fonts.ts';
import { Police } from './glyphes.ts';
import { pngOfPoints } from './png.ts';

/*
 * Our own drawings as points, for the office suites that do not read SVG. It knows what `#lib/svg.ts` and those who use it write: rectangles,
 * circles, straight lines, words and patterns of these. What it does not know throws: a test draws one of everything.
 */

/** Points for one unit of the drawing: 190 to the inch on a page. */
const ECHELLE = 2;
/** Lines that are looked at for one line of points. */
const FINESSE = 4;

type Couleur = readonly [number, number, number];
type Peinture = Couleur | ((x: number, y: number) => Couleur);
/** x, y, x, y… in points of the image. */
type Polygone = number[];

export function pngOfSvg(svg: string): Uint8Array {
	const [root, ...elements] = elementsOf(svg);
	if (root?.nom !== 'svg') throw new Error('Not a drawing');
	const [, , width = 1, height = 1] = (root.attributs.viewBox ?? '').split(' ').map(Number);
	const image = new Image(Math.ceil(width * ECHELLE), Math.ceil(height * ECHELLE));
	const motifs = new Map<string, Motif>();
	const paints = new Map<string, Peinture>();
	let motif: Motif | null = null;
	for (const element of elements) {
		const { nom, attributs, fin } = element;
		if (nom === 'pattern') {
			motif = fin ? null : motifOf(attributs);
			if (motif) motifs.set(attributs.id ?? '', motif);
		} else if (fin) continue;
		else if (motif) motif.formes.push({ polygone: shapeOf(element), couleur: colorOf(attributs.fill ?? '#000000') });
		else image.draw(element, { ...root.attributs, ...attributs }, (fill) => paintNamed(fill, motifs, paints));
	}
	return image.png();
}

interface Element {
	nom: string;
	attributs: Record<string, string>;
	texte: string;
	fin: boolean;
}

function elementsOf(svg: string): Element[] {
	return [...svg.matchAll(/<(\/?)([a-z]+)([^>]*)>([^<]*)/gi)].map(([, slash, nom = '', rest = '', texte = '']) => ({
		nom,
		attributs: Object.fromEntries(
			[...rest.matchAll(/([a-zA-Z][a-zA-Z0-9-]*)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value])
		),
		texte: unescaped(texte),
		fin: slash === '/'
	}));
}

function unescaped(text: string): string {
	return text
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&quot;/g, '"')
		.replace(/&amp;/g, '&');
}

interface Motif {
	largeur: number;
	hauteur: number;
	/** Of its turn. */
	cos: number;
	sin: number;
	formes: { polygone: Polygone; couleur: Couleur }[];
}

function motifOf({ width, height, patternTransform = '' }: Record<string, string>): Motif {
	const angle = (Number(/rotate\((-?\d+)\)/.exec(patternTransform)?.[1] ?? 0) * Math.PI) / 180;
	return { largeur: Number(width), hauteur: Number(height), cos: Math.cos(angle), sin: Math.sin(angle), formes: [] };
}

/** Places of a pattern whose colour is known, for one unit. */
const GRAIN = 8;

/** The colour of a pattern at a point: of the last of its shapes that covers it. */
function paintOf({ largeur, hauteur, cos, sin, formes }: Motif): Peinture {
	const [columns, rows] = [largeur * GRAIN, hauteur * GRAIN];
	const place = (n: number) => ((n + 0.5) / GRAIN) * ECHELLE;
	const tile = Array.from({ length: columns * rows }, (_, n): Couleur => {
		const [u, v] = [place(n % columns), place(Math.floor(n / columns))];
		return formes.findLast(({ polygone }) => covers(polygone, u, v))?.couleur ?? BLANC;
	});
	const within = (value: number, size: number) => Math.floor(value * GRAIN) - size * Math.floor((value * GRAIN) / size);
	return (px, py) => {
		const [x, y] = [px / ECHELLE, py / ECHELLE];
		const [u, v] = [within(cos * x + sin * y, columns), within(cos * y - sin * x, rows)];
		return tile[Math.min(v, rows - 1) * columns + Math.min(u, columns - 1)] ?? BLANC;
	};
}

const BLANC: Couleur = [255, 255, 255];

function covers(polygone: Polygone, x: number, y: number): boolean {
	let isIn = false;
	const n = polygone.length / 2;
	for (let i = 0, j = n - 1; i < n; j = i++) {
		const [xi, yi] = [polygone[2 * i] as number, polygone[2 * i + 1] as number];
		const [xj, yj] = [polygone[2 * j] as number, polygone[2 * j + 1] as number];
		if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) isIn = !isIn;
	}
	return isIn;
}

function colorOf(code: string): Couleur {
	const hex = /^#([0-9a-f]{6})$/i.exec(code)?.[1];
	if (hex === undefined) throw new Error(`Not a colour of ours: ${code}`);
	const value = Number.parseInt(hex, 16);
	return [value >> 16, (value >> 8) & 255, value & 255];
}

// Shapes

const at = (attributs: Record<string, string>, name: string) => Number(attributs[name] ?? 0) * ECHELLE;

function shapeOf({ nom, attributs }: Element): Polygone {
	if (nom === 'circle') return circle(at(attributs, 'cx'), at(attributs, 'cy'), at(attributs, 'r'));
	if (nom !== 'rect') throw new Error(`Not drawn here: ${nom}`);
	const [x, y] = [at(attributs, 'x'), at(attributs, 'y')];
	const [width, height] = [at(attributs, 'width'), at(attributs, 'height')];
	const radius = Math.min(at(attributs, 'rx'), width / 2, height / 2);
	if (radius === 0) return [x, y, x + width, y, x + width, y + height, x, y + height];
	const corners = [
		[x + width - radius, y + radius],
		[x + width - radius, y + height - radius],
		[x + radius, y + height - radius],
		[x + radius, y + radius]
	] as const;
	return corners.flatMap(([cx, cy], i) => arc(cx, cy, radius, (i - 1) * (Math.PI / 2), 6, Math.PI / 2));
}

function circle(cx: number, cy: number, radius: number): Polygone {
	return arc(cx, cy, radius, 0, 32, 2 * Math.PI);
}

function arc(cx: number, cy: number, radius: number, from: number, steps: number, sweep: number): Polygone {
	return Array.from({ length: steps + 1 }, (_, i) => from + (sweep * i) / steps).flatMap((angle) => [
		cx + radius * Math.cos(angle),
		cy + radius * Math.sin(angle)
	]);
}

/** « M2 3L4 5Z », several of them. */
function linesOf(path: string): { points: Polygone; ferme: boolean }[] {
	return [...path.matchAll(/M([^MZ]*)(Z?)/g)].map(([, steps = '', z]) => ({
		points: [...steps.matchAll(/-?\d+(?:\.\d+)?/g)].map(([number]) => Number(number) * ECHELLE),
		ferme: z === 'Z'
	}));
}

/** A line as wide as its ink, each piece a polygon of its own, with round joints. */
function strokeOf(points: Polygone, width: number): Polygone[] {
	const half = width / 2;
	const pieces: Polygone[] = [];
	for (let i = 0; i + 3 < points.length; i += 2) {
		const [x1, y1, x2, y2] = points.slice(i, i + 4) as [number, number, number, number];
		const length = Math.hypot(x2 - x1, y2 - y1);
		if (length === 0) continue;
		const [nx, ny] = [(-(y2 - y1) / length) * half, ((x2 - x1) / length) * half];
		pieces.push([x1 + nx, y1 + ny, x1 - nx, y1 - ny, x2 - nx, y2 - ny, x2 + nx, y2 + ny]);
		if (i > 0) pieces.push(circle(x1, y1, half));
	}
	return pieces.map(clockwise);
}

/** All turned the same way: where two cover each other, they add up. */
function clockwise(polygone: Polygone): Polygone {
	let area = 0;
	const n = polygone.length / 2;
	for (let i = 0; i < n; i++) {
		const j = (i + 1) % n;
		area +=
			(polygone[2 * i] as number) * (polygone[2 * j + 1] as number) -
			(polygone[2 * j] as number) * (polygone[2 * i + 1] as number);
	}
	if (area >= 0) return polygone;
	const turned: Polygone = [];
	for (let i = n - 1; i >= 0; i--) turned.push(polygone[2 * i] as number, polygone[2 * i + 1] as number);
	return turned;
}

/** The strokes of a dashed line. */
function dashed(points: Polygone, dashes: readonly number[]): Polygone[] {
	if (dashes.length === 0) return [points];
	const strokes: Polygone[] = [];
	let [index, left] = [0, dashes[0] as number];
	for (let i = 0; i + 3 < points.length; i += 2) {
		const [x1, y1, x2, y2] = points.slice(i, i + 4) as [number, number, number, number];
		const length = Math.hypot(x2 - x1, y2 - y1);
		for (let done = 0; done < length;) {
			const step = Math.min(left, length - done);
			const point = (along: number) => [x1 + ((x2 - x1) * along) / length, y1 + ((y2 - y1) * along) / length];
			if (index % 2 === 0) strokes.push([...point(done), ...point(done + step)]);
			done += step;
			left -= step;
			if (left <= 0) left = dashes[++index % dashes.length] as number;
		}
	}
	return strokes;
}

// Words

let polices: { normal: Police[]; gras: Police[] } | undefined;

function fonts(): { normal: Police[]; gras: Police[] } {
	return (polices ??= {
		normal: FAMILLES.map(({ fichiers }) => policeOf(fichiers, /400Regular\.ttf$/)),
		gras: FAMILLES.map(({ fichiers }) => policeOf(fichiers, /600SemiBold\.ttf$/))
	});
}

function policeOf(fichiers: readonly string[], weight: RegExp): Police {
	return new Police(readFont(fichiers.find((fichier) => weight.test(fichier)) ?? (fichiers[0] as string)));
}

function wordsOf(texte: string, attributs: Record<string, string>): Polygone[] {
	const set = attributs['font-weight'] === '600' ? fonts().gras : fonts().normal;
	const size = Number(attributs['font-size'] ?? 14) * ECHELLE;
	const letters = [...texte].flatMap((sign) => {
		const point = sign.codePointAt(0) as number;
		const police = set.find((each) => each.glyphe(point) !== null);
		const glyphe = police?.glyphe(point);
		return police && glyphe ? [{ glyphe, factor: size / police.unites }] : [];
	});
	const width = letters.reduce((sum, { glyphe, factor }) => sum + glyphe.avance * factor, 0);
	const anchor = attributs['text-anchor'];
	let x = at(attributs, 'x') - (anchor === 'end' ? width : anchor === 'middle' ? width / 2 : 0);
	const y = at(attributs, 'y');
	return letters.flatMap(({ glyphe, factor }) => {
		const left = x;
		x += glyphe.avance * factor;
		return glyphe.contours.map((contour) =>
			contour.map((value, i) => (i % 2 === 0 ? left + value * factor : y - value * factor))
		);
	});
}

// The image

class Image {
	readonly #width: number;
	readonly #height: number;
	/** Red, green, blue, line by line; white at first. */
	readonly #points: Uint8Array;

	/** How much of each point of one line is covered. */
	readonly #row: Float32Array;

	constructor(width: number, height: number) {
		this.#row = new Float32Array(width);
		this.#width = width;
		this.#height = height;
		this.#points = new Uint8Array(3 * width * height).fill(255);
	}

	draw(element: Element, attributs: Record<string, string>, paint: (fill: string | undefined) => Peinture): void {
		switch (element.nom) {
			case 'defs':
				return;
			case 'text':
				this.#fill(wordsOf(element.texte, attributs), colorOf(attributs.fill ?? '#000000'));
				return;
			case 'rect':
			case 'circle': {
				const shape = shapeOf(element);
				if (attributs.fill !== 'none') this.#fill([shape], paint(attributs.fill));
				this.#stroke([...shape, ...shape.slice(0, 2)], element.attributs);
				return;
			}
			case 'line':
				this.#stroke(
					['x1', 'y1', 'x2', 'y2'].map((name) => at(attributs, name)),
					element.attributs
				);
				return;
			case 'path':
				for (const { points, ferme } of linesOf(attributs.d ?? '')) {
					if (ferme && attributs.fill !== 'none') this.#fill([points], paint(attributs.fill));
					this.#stroke(ferme ? [...points, ...points.slice(0, 2)] : points, element.attributs);
				}
				return;
			default:
				throw new Error(`Not drawn here: ${element.nom}`);
		}
	}

	#stroke(points: Polygone, { stroke, ...rest }: Record<string, string>): void {
		if (stroke === undefined) return;
		const width = Number(rest['stroke-width'] ?? 1) * ECHELLE;
		const dashes = (rest['stroke-dasharray'] ?? '').split(' ').filter(Boolean);
		const strokes = dashed(
			points,
			dashes.map((dash) => Number(dash) * ECHELLE)
		);
		this.#fill(
			strokes.flatMap((line) => strokeOf(line, width)),
			colorOf(stroke)
		);
	}

	/** Fills what the polygons go round, in all; edges by how much of each point they cover. */
	#fill(polygones: readonly Polygone[], peinture: Peinture): void {
		const edges = polygones.flatMap(edgesOf);
		if (edges.length === 0) return;
		const top = Math.max(0, Math.floor(edges.reduce((least, { y1 }) => Math.min(least, y1), Infinity)));
		const bottom = Math.min(this.#height, Math.ceil(edges.reduce((most, { y2 }) => Math.max(most, y2), -Infinity)));
		const row = this.#row;
		const left = Math.max(0, Math.floor(leftmost(edges)));
		const right = Math.min(this.#width, Math.ceil(rightmost(edges)) + 1);
		for (let y = top; y < bottom; y++) {
			row.fill(0, left, right);
			const near = edges.filter(({ y1, y2 }) => y1 < y + 1 && y2 > y);
			if (near.length === 0) continue;
			for (let n = 0; n < FINESSE; n++) cover(row, near, y + (n + 0.5) / FINESSE);
			this.#blend(y, left, right, peinture);
		}
	}

	#blend(y: number, left: number, right: number, peinture: Peinture): void {
		for (let x = left; x < right; x++) {
			const share = Math.min(1, (this.#row[x] as number) / FINESSE);
			if (share <= 0) continue;
			const color = typeof peinture === 'function' ? peinture(x + 0.5, y + 0.5) : peinture;
			const place = 3 * (y * this.#width + x);
			if (share === 1) {
				for (let c = 0; c < 3; c++) this.#points[place + c] = color[c] as number;
				continue;
			}
			for (let c = 0; c < 3; c++) {
				const under = this.#points[place + c] as number;
				this.#points[place + c] = Math.round(under + ((color[c] as number) - under) * share);
			}
		}
	}

	png(): Uint8Array {
		return pngOfPoints(this.#points, this.#width, this.#height);
	}
}

/** A colour, or a pattern: made once, when something is painted with it. */
function paintNamed(
	fill: string | undefined,
	motifs: ReadonlyMap<string, Motif>,
	paints: Map<string, Peinture>
): Peinture {
	const id = /^url\(#(.+)\)$/.exec(fill ?? '')?.[1];
	const motif = id === undefined ? undefined : motifs.get(id);
	if (id === undefined || !motif) return colorOf(fill ?? '#000000');
	let found = paints.get(id);
	if (!found) paints.set(id, (found = paintOf(motif)));
	return found;
}

interface Arete {
	x1: number;
	y1: number;
	x2: number;
	y2: number;
	/** Which way it went before its ends were put in order. */
	sens: 1 | -1;
}

function edgesOf(polygone: Polygone): Arete[] {
	const n = polygone.length / 2;
	return Array.from({ length: n }, (_, i): Arete => {
		const j = (i + 1) % n;
		const [x1, y1] = [polygone[2 * i] as number, polygone[2 * i + 1] as number];
		const [x2, y2] = [polygone[2 * j] as number, polygone[2 * j + 1] as number];
		return y1 < y2 ? { x1, y1, x2, y2, sens: 1 } : { x1: x2, y1: y2, x2: x1, y2: y1, sens: -1 };
	}).filter(({ y1, y2 }) => y1 !== y2);
}

function leftmost(edges: readonly Arete[]): number {
	return edges.reduce((least, { x1, x2 }) => Math.min(least, x1, x2), Infinity);
}

function rightmost(edges: readonly Arete[]): number {
	return edges.reduce((most, { x1, x2 }) => Math.max(most, x1, x2), -Infinity);
}

/** Adds what is inside along one line, by the part of each point. */
function cover(row: Float32Array, edges: readonly Arete[], y: number): void {
	const crossings = edges
		.filter(({ y1, y2 }) => y1 <= y && y < y2)
		.map(({ x1, y1, x2, y2, sens }) => ({ x: x1 + ((x2 - x1) * (y - y1)) / (y2 - y1), sens }))
		.sort((a, b) => a.x - b.x);
	let winding = 0;
	crossings.forEach(({ x, sens }, i) => {
		winding += sens;
		const next = crossings[i + 1];
		if (winding !== 0 && next) span(row, Math.max(0, x), Math.min(row.length, next.x));
	});
}

function span(row: Float32Array, from: number, to: number): void {
	for (let x = Math.floor(from); x < to; x++)
		row[x] = (row[x] as number) + Math.max(0, Math.min(to, x + 1) - Math.max(from, x));
}
