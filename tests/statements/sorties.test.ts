// What goes out of a pacte, in every format (domain.md §11). Labels and facts only; the texts are read in place.
import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { archiveFromProposition } from '#lib/import/archive-from-proposition.ts';
import type { ArchivePacte, SectionArchive } from '#lib/pactes/archive.ts';
import { readPacte } from '#server/import/read-pacte.ts';
import type { FormatEcrit } from '#server/export/ecrire.ts';
import { exportDocument, exportPdf } from '#server/export/pdf.ts';
import { archiveEntiere } from '../support/archive-entiere.ts';
import { wordsIn } from '../support/bureau.ts';
import { archiveSarthe } from '../support/pacte-sarthe.ts';
import { readPdf } from '../support/pdf.ts';
import { MEUSE, missingSeeds, SARTHE } from '../support/seeds.ts';

const DATE = Date.UTC(2026, 10, 21, 11);
const PACTE = { type: 'pacte' } as const;
const FORMATS = ['pdf', 'docx', 'odt', 'html', 'md'] as const;
const missing = missingSeeds();

/** What a document says, spaces aside. */
async function said(archive: ArchivePacte, format: (typeof FORMATS)[number]): Promise<string> {
	if (format === 'pdf') return solid(readPdf((await exportPdf(archive, PACTE, { date: DATE })).pdf));
	const bytes = await exportDocument(archive, PACTE, format satisfies FormatEcrit, { date: DATE });
	if (format === 'html' || format === 'md') return solid(wordsIn(strFromU8(bytes)).replaceAll('\\', ''));
	const parts = unzipSync(bytes);
	const part = parts[format === 'docx' ? 'word/document.xml' : 'content.xml'];
	// Runs and line breaks cut words in two.
	return solid(
		strFromU8(part ?? new Uint8Array())
			.replace(/<[^>]+>/g, '')
			.replaceAll('&quot;', '"')
			.replaceAll('&apos;', "'")
			.replaceAll('&lt;', '<')
			.replaceAll('&gt;', '>')
			.replaceAll('&amp;', '&')
	);
}

function solid(text: string): string {
	return text.replace(/[\s\u00a0\u00ad\u200b\u2060]+/g, '').replaceAll('&#39;', "'");
}

describe('Sarthe', () => {
	test('Sarthe 14: the banner of the FSE stands on each fiche, the contents have pages, annexes A and B are parts of the plan', async () => {
		const { archive: entiere } = archiveEntiere();
		const section = (id: string, genre: SectionArchive['genre'], titre: string): SectionArchive => ({
			...(entiere.sections[0] as SectionArchive),
			id,
			genre,
			titre,
			prose: [{ type: 'paragraphe', contenu: [{ type: 'texte', texte: `Texte de ${titre}` }] }]
		});
		const sarthe = archiveSarthe();
		const archive: ArchivePacte = {
			...sarthe,
			pieces: entiere.pieces,
			sections: [
				section('s1', 'orientations', 'Les orientations'),
				section('s2', 'texte', 'Annexe A'),
				section('s3', 'texte', 'Annexe B')
			],
			mise_en_page: {
				mention: 'Cofinancé par le FSE',
				logos: [{ piece: 'p1', alternative: 'Union européenne' }],
				pages: 'fiches'
			}
		};
		const { pdf } = await exportPdf(archive, PACTE, { date: DATE });
		const pages = readPdf(pdf).split('\f');
		const bearing = pages.filter((page) => page.includes('Cofinancé par le FSE'));
		// The cover, then each fiche.
		expect(bearing).toHaveLength(1 + sarthe.fiches.length);
		const pageOf = (titre: string) => pages.findIndex((page) => page.includes(`Texte de ${titre}`)) + 1;
		for (const format of ['docx', 'odt'] as const) {
			const text = await said(archive, format);
			for (const titre of ['Annexe A', 'Annexe B'])
				expect(text, format).toMatch(new RegExp(`\\d${solid(titre)}(?:PAGEREF[^\\d]*\\S*?)?${pageOf(titre)}`));
			expect(text.split(solid('Cofinancé par le FSE')).length - 1, format).toBe(1 + sarthe.fiches.length);
		}
		for (const format of ['html', 'md'] as const) {
			const text = await said(archive, format);
			for (const words of ['Annexe A', 'Annexe B', 'Cofinancé par le FSE', 'Texte de Annexe B'])
				expect(text, format).toContain(solid(words));
		}
	});

	test.skipIf(missing !== null)(
		`Sarthe 3, 5: its 27 fiches and their livrables go out in every format${missing ? ` (skipped: ${missing})` : ''}`,
		{ timeout: 120_000 },
		async () => {
			const archive = printed(SARTHE);
			expect(archive.fiches).toHaveLength(27);
			const cells = archive.fiches
				.flatMap(({ champs }) => Object.values(champs))
				.flatMap((valeur) => ('lignes' in valeur ? valeur.lignes : []))
				.flatMap((row) => Object.values(row))
				.filter((cell) => /^[\p{L} ]{12,40}$/u.test(cell));
			expect(cells.length).toBeGreaterThan(30);
			for (const format of FORMATS.filter((each) => each !== 'pdf')) {
				const text = await said(archive, format);
				const titles = archive.noeuds.filter(({ id }) => archive.fiches.some(({ noeud }) => noeud === id));
				for (const { titre } of titles) expect(text, format).toContain(words(titre));
				expect(
					cells.filter((cell) => !text.includes(words(cell))),
					format
				).toEqual([]);
			}
		}
	);
});

describe('Meuse', () => {
	test.skipIf(missing !== null)(
		`Meuse 1: 3 axes and 24 préconisations without a fiche go out in every format${missing ? ` (skipped: ${missing})` : ''}`,
		{ timeout: 120_000 },
		async () => {
			const archive = printed(MEUSE);
			expect(archive.fiches).toHaveLength(0);
			const titles = archive.noeuds
				.filter(({ niveau }) => niveau.startsWith('preconisation'))
				.map(({ titre }) => titre);
			expect(titles).toHaveLength(24);
			for (const format of FORMATS) {
				const text = await said(archive, format);
				expect(
					titles.filter((titre) => !text.includes(words(titre))),
					format
				).toEqual([]);
			}
		}
	);
});

/** As a document has it: signs of layout aside, the spaces of French too. */
function words(text: string): string {
	return solid(text).slice(0, 40);
}

function printed(path: string): ArchivePacte {
	const proposition = readPacte(readFileSync(path, 'utf8'));
	return archiveFromProposition(proposition, {
		intitule: 'Pacte d’essai',
		territoire: 'Essai',
		debut: proposition.periode.debut,
		fin: proposition.periode.fin
	});
}
