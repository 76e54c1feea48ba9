// Words that are found again in a shared text: who wrote each, and as which of their edits.
import type * as Y from 'yjs';
import { texteOf } from '#lib/fiches/fiche.ts';
import type { LiveClient } from '../support/live-client.ts';
import type { Random } from '../support/random.ts';

export function wordsIn(doc: Y.Doc): string[] {
	return (texteOf(doc, 'echeance')?.toString() ?? '').split(';').slice(0, -1);
}

/** One edit at a place between two words, chosen at random. */
export function writeWord(client: LiveClient, writer: number, random: Random): void {
	const words = wordsIn(client.doc);
	const before = words.slice(0, random.int(words.length + 1));
	const at = before.reduce((length, word) => length + word.length + 1, 0);
	texteOf(client.doc, 'echeance')?.insert(at, `${wordOf(writer, client.edits)};`);
}

function wordOf(writer: number, edit: number): string {
	return `${writer}:${edit}`;
}

/** Of the first edits of each writer, those that are missing and those that are there more than once. */
export function judge(doc: Y.Doc, promised: readonly number[]): { lost: string[]; doubled: string[] } {
	const counts = new Map<string, number>();
	for (const word of wordsIn(doc)) counts.set(word, (counts.get(word) ?? 0) + 1);
	const doubled = [...counts].filter(([, count]) => count > 1).map(([word]) => word);
	const all = promised.flatMap((count, writer) => Array.from({ length: count }, (_, edit) => wordOf(writer, edit)));
	return { lost: all.filter((word) => !counts.has(word)), doubled };
}
