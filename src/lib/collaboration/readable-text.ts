import * as Y from 'yjs';

/**
 * Everything that people wrote in a document, as plain text: for whoever must take it elsewhere because the server refused
 * it. Knows no kind of document, so that it never has less to show than the document holds.
 */
export function readableText(doc: Y.Doc): string {
	return [...doc.share.values()].flatMap((root) => blocksOf(root)).join('\n\n');
}

/** A block per entry: its name, then what is written in it. */
function blocksOf(root: unknown): string[] {
	const map = root as Y.AbstractType<unknown>;
	return [...map._map.keys()].flatMap((key) => {
		const item = map._map.get(key);
		const lines = item && !item.deleted ? linesOf(item.content.getContent().at(-1)) : [];
		return lines.length === 0 ? [] : [lines.length === 1 ? `${key} : ${lines[0]}` : [`${key} :`, ...lines].join('\n')];
	});
}

function linesOf(value: unknown): string[] {
	if (value instanceof Y.Text) return value.toString().trim() === '' ? [] : [value.toString()];
	if (!(value instanceof Y.Map)) return [];
	const entries = [...(value as Y.Map<unknown>).entries()].sort(([a, x], [b, y]) =>
		compare(rangOf(x) + a, rangOf(y) + b)
	);
	return entries.flatMap(([, entry]) => linesOf(entry).map((line) => (entry instanceof Y.Map ? `– ${line}` : line)));
}

function rangOf(value: unknown): string {
	const rang = value instanceof Y.Map ? (value as Y.Map<unknown>).get('rang') : undefined;
	return typeof rang === 'string' ? rang : '';
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
