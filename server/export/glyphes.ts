/** A closed line, in units of the font, y upwards: x, y, x, y… */
export type Contour = number[];

export interface Glyphe {
	/** How far the next one stands. */
	avance: number;
	contours: Contour[];
}

/** The outlines of a TrueType font. Composite glyphs may hold others, as accented letters do. */
export class Police {
	readonly unites: number;
	readonly #view: DataView;
	readonly #tables = new Map<string, number>();
	readonly #glyphs: Map<number, number>;
	readonly #known = new Map<number, Glyphe>();

	constructor(font: Uint8Array) {
		this.#view = new DataView(font.buffer, font.byteOffset, font.byteLength);
		const count = this.#view.getUint16(4);
		for (let i = 0; i < count; i++) {
			const record = 12 + 16 * i;
			const tag = String.fromCharCode(...[0, 1, 2, 3].map((byte) => this.#view.getUint8(record + byte)));
			this.#tables.set(tag, this.#view.getUint32(record + 8));
		}
		this.unites = this.#view.getUint16(this.#table('head') + 18);
		this.#glyphs = readCharacters(this.#view, this.#table('cmap'));
	}

	/** null: the font does not have it. */
	glyphe(point: number): Glyphe | null {
		const id = this.#glyphs.get(point);
		if (id === undefined) return null;
		let glyphe = this.#known.get(id);
		if (!glyphe) this.#known.set(id, (glyphe = { avance: this.#advance(id), contours: this.#contours(id, 0) }));
		return glyphe;
	}

	#table(tag: string): number {
		const at = this.#tables.get(tag);
		if (at === undefined) throw new Error(`The font has no ${tag} table`);
		return at;
	}

	#advance(id: number): number {
		const metrics = this.#view.getUint16(this.#table('hhea') + 34);
		return this.#view.getUint16(this.#table('hmtx') + 4 * Math.min(id, metrics - 1));
	}

	#contours(id: number, depth: number): Contour[] {
		const view = this.#view;
		const loca = this.#table('loca');
		const isLong = view.getInt16(this.#table('head') + 50) === 1;
		const at = (n: number) => (isLong ? view.getUint32(loca + 4 * n) : 2 * view.getUint16(loca + 2 * n));
		if (at(id) === at(id + 1) || depth > 4) return [];
		const glyph = this.#table('glyf') + at(id);
		const count = view.getInt16(glyph);
		return count < 0 ? this.#composite(glyph + 10, depth) : readOutline(view, glyph + 10, count);
	}

	#composite(start: number, depth: number): Contour[] {
		const view = this.#view;
		const contours: Contour[] = [];
		let at = start;
		for (let more = true; more;) {
			const flags = view.getUint16(at);
			const part = view.getUint16(at + 2);
			const isWide = (flags & 1) !== 0;
			const [dx, dy] = isWide
				? [view.getInt16(at + 4), view.getInt16(at + 6)]
				: [view.getInt8(at + 4), view.getInt8(at + 5)];
			at += isWide ? 8 : 6;
			const scaled = (n: number) => view.getInt16(at + 2 * n) / 16384;
			let [a, b, c, d] = [1, 0, 0, 1];
			if (flags & 8) {
				a = d = scaled(0);
				at += 2;
			} else if (flags & 64) {
				[a, d] = [scaled(0), scaled(1)];
				at += 4;
			} else if (flags & 128) {
				[a, b, c, d] = [scaled(0), scaled(1), scaled(2), scaled(3)];
				at += 8;
			}
			for (const contour of this.#contours(part, depth + 1))
				contours.push(
					contour.map((value, i) =>
						i % 2 === 0
							? a * value + c * (contour[i + 1] as number) + dx
							: b * (contour[i - 1] as number) + d * value + dy
					)
				);
			more = (flags & 32) !== 0;
		}
		return contours;
	}
}

/** Which glyph each character has. */
function readCharacters(view: DataView, cmap: number): Map<number, number> {
	const glyphs = new Map<number, number>();
	const count = view.getUint16(cmap + 2);
	for (let i = 0; i < count; i++) {
		const subtable = cmap + view.getUint32(cmap + 4 + 8 * i + 4);
		const format = view.getUint16(subtable);
		if (format === 4) readSegments(view, subtable, glyphs);
		else if (format === 12) readGroups(view, subtable, glyphs);
	}
	return glyphs;
}

function readSegments(view: DataView, subtable: number, glyphs: Map<number, number>): void {
	const bytes = view.getUint16(subtable + 6);
	const [ends, starts] = [subtable + 14, subtable + 16 + bytes];
	const [deltas, ranges] = [starts + bytes, starts + 2 * bytes];
	for (let i = 0; i < bytes; i += 2) {
		const [start, end] = [view.getUint16(starts + i), view.getUint16(ends + i)];
		const [delta, range] = [view.getUint16(deltas + i), view.getUint16(ranges + i)];
		for (let char = start; char <= end && char !== 0xffff; char++) {
			const glyph = range === 0 ? char : view.getUint16(ranges + i + range + 2 * (char - start));
			if (glyph !== 0) glyphs.set(char, (glyph + delta) & 0xffff);
		}
	}
}

function readGroups(view: DataView, subtable: number, glyphs: Map<number, number>): void {
	const count = view.getUint32(subtable + 12);
	for (let i = 0; i < count; i++) {
		const group = subtable + 16 + 12 * i;
		const [start, end] = [view.getUint32(group), view.getUint32(group + 4)];
		for (let char = start; char <= end; char++) glyphs.set(char, view.getUint32(group + 8) + char - start);
	}
}

interface Point {
	x: number;
	y: number;
	on: boolean;
}

function readOutline(view: DataView, start: number, count: number): Contour[] {
	const ends = Array.from({ length: count }, (_, i) => view.getUint16(start + 2 * i));
	const points = (ends.at(-1) ?? -1) + 1;
	let at = start + 2 * count;
	at += 2 + view.getUint16(at);
	const flags: number[] = [];
	while (flags.length < points) {
		const flag = view.getUint8(at++);
		flags.push(flag);
		if (flag & 8) for (let times = view.getUint8(at++); times > 0; times--) flags.push(flag);
	}
	const coordinates = (short: number, same: number) => {
		let value = 0;
		return flags.slice(0, points).map((flag) => {
			if (flag & short) value += flag & same ? view.getUint8(at++) : -view.getUint8(at++);
			else if (!(flag & same)) {
				value += view.getInt16(at);
				at += 2;
			}
			return value;
		});
	};
	const xs = coordinates(2, 16);
	const ys = coordinates(4, 32);
	return ends.map((end, i) => {
		const first = i === 0 ? 0 : (ends[i - 1] as number) + 1;
		const all: Point[] = [];
		for (let n = first; n <= end; n++)
			all.push({ x: xs[n] as number, y: ys[n] as number, on: ((flags[n] as number) & 1) !== 0 });
		return flattened(all);
	});
}

const PAS = 6;

/** Curves as short lines. Between two points that are off the line, one is on it half-way. */
function flattened(points: readonly Point[]): Contour {
	const whole: Point[] = [];
	points.forEach((point, i) => {
		const next = points[(i + 1) % points.length] as Point;
		whole.push(point);
		if (!point.on && !next.on) whole.push({ x: (point.x + next.x) / 2, y: (point.y + next.y) / 2, on: true });
	});
	const start = whole.findIndex(({ on }) => on);
	if (start < 0) return [];
	const ordered = [...whole.slice(start), ...whole.slice(0, start), whole[start] as Point];
	const contour: Contour = [];
	ordered.forEach((point, i) => {
		if (point.on) contour.push(point.x, point.y);
		else {
			const [from, to] = [ordered[i - 1] as Point, ordered[i + 1] as Point];
			for (let step = 1; step < PAS; step++) {
				const t = step / PAS;
				const [p, q, s] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
				contour.push(p * from.x + q * point.x + s * to.x, p * from.y + q * point.y + s * to.y);
			}
		}
	});
	return contour;
}
