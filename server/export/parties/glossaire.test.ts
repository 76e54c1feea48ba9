import { describe, expect, test } from 'vitest';
import { extractText, getDocumentProxy } from 'unpdf';
import type { ArchivePacte } from '#lib/pactes/archive.ts';
import { hauteRiviere } from '../../demo/haute-riviere.ts';
import { exportPdf } from '../pdf.ts';

const DATE = Date.UTC(2026, 10, 21, 11);

const GLOSSAIRE = [
	{ sigle: 'CAF', developpe: 'caisse d’allocations familiales', definition: 'Elle verse des aides.' },
	{ sigle: 'PLIE', developpe: 'plan local pour l’insertion et l’emploi', definition: '' }
];

async function pagesOf(changes: Partial<ArchivePacte>) {
	const { pdf } = await exportPdf({ ...hauteRiviere(), ...changes }, { type: 'pacte' }, { date: DATE });
	const document = await getDocumentProxy(new Uint8Array(pdf));
	const { text } = await extractText(document, { mergePages: false });
	return { document, pages: text.map((page) => page.replace(/\s+/g, ' ')) };
}

const HEAD = /Glossaire Sigle Ce qu’il veut dire/;

describe('the glossary of the PDF', () => {
	test('is printed where the plan puts it: each sigle with what it stands for, in a table with headers', async () => {
		expect(hauteRiviere().sections.some(({ genre }) => genre === 'glossaire')).toBe(true);
		const { document, pages } = await pagesOf({ glossaire: GLOSSAIRE });
		const at = pages.findIndex((page) => HEAD.test(page));
		expect(at).toBeGreaterThan(0);
		expect(pages[at]).toContain('CAF caisse d’allocations familiales Elle verse des aides.');
		expect(pages[at]).toContain('PLIE plan local pour l’insertion et l’emploi');
		const tree = JSON.stringify(await (await document.getPage(at + 1)).getStructTree());
		for (const role of ['H1', 'Table', 'TH', 'TD']) expect(tree, role).toContain(`"role":"${role}"`);
	});

	test('comes before the signatures in a pacte without plan, and is in its contents', async () => {
		const { pages } = await pagesOf({ glossaire: GLOSSAIRE, sections: [] });
		const at = pages.findIndex((page) => HEAD.test(page));
		expect(at).toBeGreaterThan(0);
		expect(pages.findIndex((page) => page.startsWith('Signataires'))).toBe(at + 1);
		expect(pages[1]).toMatch(/Glossaire[ .]*\d+/);
	});

	test('is absent when there is nothing to explain', async () => {
		const { pages } = await pagesOf({ glossaire: [] });
		expect(pages.some((page) => HEAD.test(page))).toBe(false);
	});
});
