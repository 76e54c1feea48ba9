import { describe, expect, test, vi } from 'vitest';
import { readPasted } from './paste-html.ts';
import type { Prose } from './prose.ts';

const PAGES = import.meta.glob<string>('./collages/*.html', { query: '?raw', import: 'default', eager: true });
const ATTENDUS = import.meta.glob<Prose>('./collages/*.json', { import: 'default', eager: true });

describe('what is pasted from elsewhere keeps its structure, and nothing else', () => {
	test.each(Object.keys(PAGES))('%s', (path) => {
		const { prose } = readPasted(PAGES[path] as string);
		expect(prose).toEqual(ATTENDUS[path.replace('.html', '.json')]);
	});

	/** The standard lets a browser say that what is out of the document comes before, or after; ours says either, from time to time. */
	test.each(Object.keys(PAGES).filter((path) => PAGES[path]?.includes('href="#')))(
		'%s, whatever the browser says of places outside the document',
		(path) => {
			const { compareDocumentPosition } = Node.prototype;
			const { DOCUMENT_POSITION_DISCONNECTED: outside, DOCUMENT_POSITION_FOLLOWING: after } = Node;
			const spy = vi.spyOn(Node.prototype, 'compareDocumentPosition').mockImplementation(function (this: Node, other) {
				const position = compareDocumentPosition.call(this, other);
				return position & outside ? outside | after : position;
			});
			const { prose } = readPasted(PAGES[path] as string);
			spy.mockRestore();
			expect(prose).toEqual(ATTENDUS[path.replace('.html', '.json')]);
		}
	);
});
