import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROSE_ENTIERE } from '#lib/editor/prose-entiere.ts';
import type { Prose } from '#lib/editor/prose.ts';
import type { ArchivePacte, SectionArchive } from '#lib/pactes/archive.ts';
import { readPdf } from '../../tests/support/pdf.ts';
import { hauteRiviere } from '../demo/haute-riviere.ts';
import { assemble } from './assemble.ts';
import { placeCells } from './parties/prose.ts';
import { exportPdf } from './pdf.ts';

const DATE = Date.UTC(2026, 10, 21, 11);
const asIs = { texte: (source: string) => source.trim(), paragraphes: (source: string) => [source] };

const line = (texte: string): Prose => [{ type: 'paragraphe', contenu: [{ type: 'texte', texte }] }];

function section(id: string, titre: string, more: Partial<SectionArchive> = {}): SectionArchive {
	return {
		id,
		parent: null,
		genre: 'texte',
		titre,
		organisme: null,
		noeud: null,
		etat: 'brouillon',
		longueur: '',
		prose: [],
		...more
	};
}

/** The demonstration with a plan of its own. */
function planned(sections: SectionArchive[]): ArchivePacte {
	return { ...hauteRiviere(), sections, reponses: [] };
}

const titlesOf = (archive: ArchivePacte) =>
	assemble(archive, { type: 'pacte' }, asIs).blocs.flatMap((bloc) =>
		'titre' in bloc && bloc.titre && bloc.type !== 'couverture'
			? [`${'repere' in bloc ? bloc.repere : ''} ${bloc.titre}`.trim()]
			: []
	);

describe('the document follows its plan', () => {
	it('parts come in their order under their numbers; those in which nothing is written are left out', () => {
		const archive = planned([
			section('s1', 'Éditorial', { prose: line('Nous nous engageons.') }),
			section('s2', 'Diagnostic'),
			section('s3', 'Les habitants', { parent: 's2', prose: line('Ils vieillissent.') }),
			section('s4', 'L’emploi', { parent: 's2' }),
			section('s5', 'Évaluation', { genre: 'evaluation' }),
			section('s6', 'Qui signe', { genre: 'signatures' })
		]);
		expect(titlesOf(archive)).toEqual(['1 Éditorial', '2 Diagnostic', '2.1 Les habitants', '4 Qui signe']);
	});

	it('Allier 12. without their parts, neither fiches nor synthesis table nor signatures are printed', () => {
		const blocs = assemble(
			planned([section('s1', 'Préambule', { prose: line('Nous.') })]),
			{ type: 'pacte' },
			asIs
		).blocs;
		expect(blocs.map(({ type }) => type)).toEqual(['couverture', 'sommaire', 'section']);
	});

	it('Orne 5. the text of an axe opens its chapter, before its list of fiches', () => {
		const archive = planned([
			section('s1', 'Intention', { noeud: 'n1', prose: line('Répondre sans attendre.') }),
			section('s2', 'Orientations', { genre: 'orientations' })
		]);
		const chapitre = assemble(archive, { type: 'pacte' }, asIs).blocs.find((bloc) => bloc.type === 'chapitre');
		expect(chapitre).toMatchObject({
			repere: 'Axe\u00a01',
			textes: [{ titre: 'Intention', blocs: [{ t: 'p', runs: [{ texte: 'Répondre sans attendre.' }] }] }]
		});
		expect(chapitre?.listes.length).toBeGreaterThan(0);
	});

	it('constats are listed by theme with what answers them, and partners by name', () => {
		const constat = (cle: string, theme: string) => ({
			cle,
			nature: 'constat' as const,
			theme,
			noeud: '',
			origine: ''
		});
		const archive = planned([
			section('s1', 'Texte', {
				prose: [
					{
						type: 'paragraphe',
						constat: constat('c1', ''),
						contenu: [{ type: 'texte', texte: 'Les délais sont longs.' }]
					},
					{ type: 'paragraphe', constat: constat('c2', 'Mobilité'), contenu: [{ type: 'texte', texte: 'Pas de bus.' }] }
				]
			}),
			section('s2', 'Constats', { genre: 'constats' }),
			section('s3', 'Partenaires', { genre: 'partenaires' })
		]);
		archive.reponses = [{ constat: 'c2', noeud: 'n1' }];
		const { blocs } = assemble(archive, { type: 'pacte' }, asIs);
		expect(blocs.find(({ type }) => type === 'constats')).toMatchObject({
			groupes: [
				{ theme: 'Mobilité', constats: [{ texte: 'Pas de bus.', reponse: 'Y répond\u00a0: axe\u00a01' }] },
				{ theme: '', constats: [{ texte: 'Les délais sont longs.', reponse: '' }] }
			]
		});
		expect(blocs.find(({ type }) => type === 'partenaires')).toMatchObject({ noms: expect.arrayContaining(['CAF']) });
	});

	it('references follow the numbers: a fiche, an axe, a part, a figure, a value; what is gone says so', () => {
		const archive = planned([section('s1', 'Renvois'), section('s2', 'Orientations', { genre: 'orientations' })]);
		const fiche = archive.fiches[0]?.noeud as string;
		const figure = archive.figures[0]!;
		const contenu = [
			{ type: 'renvoi', cible: `noeud:${fiche}` },
			{ type: 'renvoi', cible: 'noeud:n1' },
			{ type: 'renvoi', cible: 'section:s2' },
			{ type: 'renvoi', cible: `figure:${figure.id}` },
			{ type: 'renvoi', cible: '' },
			{ type: 'chiffre', figure: figure.id, ligne: 'l1', serie: 's1' },
			{ type: 'chiffre', figure: '', ligne: '', serie: '' }
		] as const;
		archive.sections[0]!.prose = [{ type: 'paragraphe', contenu: [...contenu] }];
		const [bloc] = assemble(archive, { type: 'pacte' }, asIs).blocs.filter(({ type }) => type === 'section');
		const runs = bloc?.type === 'section' && bloc.blocs[0]?.t === 'p' ? bloc.blocs[0].runs : [];
		expect(runs.map((run) => ('texte' in run ? run.texte : ''))).toEqual([
			'fiche\u00a01.1',
			'axe\u00a01',
			'partie\u00a02',
			'figure\u00a01',
			'[renvoi perdu]',
			expect.stringMatching(/^\d/),
			'[chiffre retiré]'
		]);
		expect(runs[0]).toMatchObject({ fiche });
	});

	it('a title of any rank may come first: what is printed leaves no rank out', async () => {
		const prose: Prose = [4, 2, 4, 3].map((titre) => ({
			type: 'paragraphe',
			titre: titre as 2 | 3 | 4,
			contenu: [{ type: 'texte', texte: `Titre ${titre}` }]
		}));
		const archive = planned([section('s1', 'Section', { prose })]);
		const { blocs } = assemble(archive, { type: 'pacte' }, asIs);
		const bloc = blocs.find(({ type }) => type === 'section');
		const ranks = bloc?.type === 'section' ? bloc.blocs.map((each) => (each.t === 'titre' ? each.rang : null)) : [];
		expect(ranks).toEqual([2, 2, 3, 3]);
		expect(readPdf((await exportPdf(archive, { type: 'pacte' }, { date: DATE })).pdf)).toContain('Titre 4');
	});

	it('a note is printed once wherever it is called: titles, lists, quotations, constats, cells', async () => {
		const called = (note: string, style: Partial<Extract<Prose[number], { type: 'paragraphe' }>> = {}) => ({
			type: 'paragraphe' as const,
			...style,
			contenu: [
				{ type: 'texte' as const, texte: 'Ici' },
				{ type: 'note' as const, contenu: [{ type: 'texte' as const, texte: `Source ${note}` }] }
			]
		});
		const cellule = (note: string, entete?: true) => ({ ...(entete && { entete }), contenu: [called(note)] });
		const constat = { nature: 'constat', cle: 'c1', theme: '', noeud: '', origine: '' } as const;
		const prose: Prose = [
			called('paraqq'),
			called('titreaqq', { titre: 2 }),
			called('titrebqq', { titre: 3 }),
			called('titrecqq', { titre: 4 }),
			called('listeqq', { liste: 'puce' }),
			called('sousqq', { liste: 'puce', retrait: 1 }),
			called('citationqq', { citation: true }),
			called('constatqq', { constat }),
			{ type: 'tableau', legende: 'Légende', rangees: [[cellule('enteteqq', true)], [cellule('celluleqq')]] },
			{ type: 'paragraphe', titre: 3, contenu: called('seuleqq').contenu.slice(1) }
		];
		const { pdf } = await exportPdf(planned([section('s1', 'Notes', { prose })]), { type: 'pacte' }, { date: DATE });
		const text = readPdf(pdf);
		const printed = [...text.matchAll(/Source (\w+)qq/g)].map(([, note]) => note);
		expect(printed.sort()).toEqual(
			[
				'para',
				'titrea',
				'titreb',
				'titrec',
				'liste',
				'sous',
				'citation',
				'constat',
				'entete',
				'cellule',
				'seule'
			].sort()
		);
	});

	it('one of everything that prose may hold is printed, tagged, with its notes at the foot of the page', async () => {
		const archive = planned([section('s1', 'Tout', { prose: PROSE_ENTIERE })]);
		const { pdf } = await exportPdf(archive, { type: 'pacte' }, { date: DATE });
		const folder = mkdtempSync(join(tmpdir(), 'copacte-pdf-'));
		try {
			const file = join(folder, 'tout.pdf');
			writeFileSync(file, pdf);
			const text = readPdf(pdf);
			for (const words of [
				'Les habitants',
				'vieillit',
				'Selon l’observatoire',
				'Un sous-point',
				'Je n’osais pas demander.',
				'Enjeu',
				'Sans voiture, pas d’emploi.',
				'Valmorin',
				'Habitants par commune'
			])
				expect(text).toContain(words);
			const tags = execFileSync('pdfinfo', ['-struct', file], {
				encoding: 'utf8',
				stdio: ['ignore', 'pipe', 'ignore']
			});
			for (const tag of ['Note', 'BlockQuote', 'Table', 'THead', 'LI', 'Link'])
				expect(tags, tag).toMatch(new RegExp(`\\b${tag}\\b`));
		} finally {
			rmSync(folder, { recursive: true });
		}
	});
});

describe('the cells of a table find their places', () => {
	const cell = (more: object = {}) => ({ contenu: [], ...more });

	it('spans are cut at the edges and never overlap; holes are filled', () => {
		const { colonnes, rangees } = placeCells(
			[[cell({ lignes: 9 }), cell({ colonnes: 2 })], [cell({ colonnes: 3 })], [cell(), cell(), cell(), cell()]],
			() => []
		);
		const taken = new Map<string, number>();
		for (const { x, y, colonnes: w, lignes: h } of rangees.flat())
			for (let dy = 0; dy < h; dy++)
				for (let dx = 0; dx < w; dx++) taken.set(`${x + dx},${y + dy}`, (taken.get(`${x + dx},${y + dy}`) ?? 0) + 1);
		expect(taken.size).toBe(colonnes * 3);
		expect(Math.max(...taken.values())).toBe(1);
	});
});
