import { describe, expect, test } from 'vitest';
import { readPasted } from './paste-html.ts';
import type { Prose } from './prose.ts';

const PAGES = import.meta.glob<string>('./collages/*.html', { query: '?raw', import: 'default', eager: true });
const ATTENDUS = import.meta.glob<Prose>('./collages/*.json', { import: 'default', eager: true });

describe('what is pasted from elsewhere keeps its structure, and nothing else', () => {
	test.each(Object.keys(PAGES))('%s', (path) => {
		const { prose } = readPasted(PAGES[path] as string);
		expect(prose).toEqual(ATTENDUS[path.replace('.html', '.json')]);
	});
});
