/** The characters that a font has a glyph for, read from its `cmap` table. */
export type Couverture = ReadonlySet<number>;

/** Reads a TrueType font. Throws on one without the character map that every font of ours has. */
export function readCoverage(font: Uint8Array): Couverture {
	const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
	const cmap = tableOffset(view, 'cmap');
	const covered = new Set<number>();
	for (const subtable of unicodeSubtables(view, cmap)) {
		switch (view.getUint16(subtable)) {
			case 4:
				readSegments(view, subtable, covered);
				break;
			case 12:
				readGroups(view, subtable, covered);
				break;
			default: // Variation sequences and old encodings add no character.
		}
	}
	if (covered.size === 0) throw new Error('The font has no Unicode character map');
	return covered;
}

function tableOffset(view: DataView, tag: string): number {
	const count = view.getUint16(4);
	for (let i = 0; i < count; i++) {
		const record = 12 + 16 * i;
		const name = String.fromCharCode(...[0, 1, 2, 3].map((byte) => view.getUint8(record + byte)));
		if (name === tag) return view.getUint32(record + 8);
	}
	throw new Error(`The font has no ${tag} table`);
}

function unicodeSubtables(view: DataView, cmap: number): number[] {
	const offsets = new Set<number>();
	const count = view.getUint16(cmap + 2);
	for (let i = 0; i < count; i++) {
		const record = cmap + 4 + 8 * i;
		const platform = view.getUint16(record);
		const encoding = view.getUint16(record + 2);
		if (platform === 0 || (platform === 3 && (encoding === 1 || encoding === 10)))
			offsets.add(cmap + view.getUint32(record + 4));
	}
	return [...offsets];
}

/** Format 4: segments of the first 65,536 characters, whose glyphs come from a delta or from an array. */
function readSegments(view: DataView, subtable: number, covered: Set<number>): void {
	const bytes = view.getUint16(subtable + 6);
	const ends = subtable + 14;
	const starts = ends + bytes + 2;
	const deltas = starts + bytes;
	const ranges = deltas + bytes;
	for (let i = 0; i < bytes; i += 2) {
		const start = view.getUint16(starts + i);
		const end = view.getUint16(ends + i);
		const delta = view.getUint16(deltas + i);
		const range = view.getUint16(ranges + i);
		for (let char = start; char <= end && char !== 0xffff; char++) {
			const glyph = range === 0 ? char : view.getUint16(ranges + i + range + 2 * (char - start));
			if (glyph !== 0 && ((glyph + delta) & 0xffff) !== 0) covered.add(char);
		}
	}
}

/** Format 12: groups of characters whose glyphs follow one another. */
function readGroups(view: DataView, subtable: number, covered: Set<number>): void {
	const count = view.getUint32(subtable + 12);
	for (let i = 0; i < count; i++) {
		const group = subtable + 16 + 12 * i;
		const start = view.getUint32(group);
		const end = view.getUint32(group + 4);
		const glyph = view.getUint32(group + 8);
		for (let char = start; char <= end; char++) if (glyph + char - start !== 0) covered.add(char);
	}
}
