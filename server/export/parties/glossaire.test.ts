import { describe, expect, test } from 'vitest';
import { extractText, getDocumentProxy } from 'unpdf';
import { hauteRiviere } from '../../demo/haute-riviere.ts';
import { exportPdf } from '../pdf.ts';

const DATE = Date.UTC(2026, 10, 21, 11);

async function pagesOf(glossaire: ReturnType<typeof hauteRiviere>['glossaire']) {
	const { pdf } = await exportPdf({ ...hauteRiviere(), glossaire }, { type: 'pacte' }, { date: DATE });
	const document = await getDocumentProxy(new Uint8Array(pdf));
	const { text } = await extractText(document, { mergePages: false });
	return { document, pages: text.map((page) => page.replace(/\s+/g, ' ')) };
}

describe('the glossary of the PDF', () => {
	test('is an annex of its own before the signatures: each sigle with what it stands for, in a table with headers', async () => {
		const glossaire = [
			{ sigle: 'CAF', developpe: 'caisse d’allocations familiales', definition: 'Elle verse des aides.' },
			{ sigle: 'PLIE', developpe: 'plan local pour l’insertion et l’emploi', definition: '' }
		];
		const { document, pages } = await pagesOf(glossaire);
		const at = pages.findIndex((page) => page.startsWith('Glossaire'));
		const signing = pages.findIndex((page) => page.startsWith('Signataires'));
		expect(at).toBeGreaterThan(0);
		expect(signing).toBe(at + 1);
		expect(pages[at]).toContain('Sigle Ce qu’il veut dire');
		expect(pages[at]).toContain('CAF caisse d’allocations familiales Elle verse des aides.');
		expect(pages[at]).toContain('PLIE plan local pour l’insertion et l’emploi');
		const tree = JSON.stringify(await (await document.getPage(at + 1)).getStructTree());
		for (const role of ['H1', 'Table', 'TH', 'TD']) expect(tree, role).toContain(`"role":"${role}"`);
		expect(pages[1]).toMatch(/Glossaire[ .]*\d+/);
	});

	test('is absent when there is nothing to explain', async () => {
		const { pages } = await pagesOf([]);
		expect(pages.some((page) => page.startsWith('Glossaire'))).toBe(false);
	});
});
