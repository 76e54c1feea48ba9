import { afterEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { Prose } from './prose.ts';
import { docOf, openEcran, paragraphe, placeOf, type Ecran, type EcranOptions } from './testing.ts';

let ecran: Ecran;
afterEach(() => ecran.close());

function write(prose: Prose = [], options: EcranOptions = {}): Ecran {
	ecran = openEcran(docOf(prose), options);
	ecran.editor.view.focus();
	ecran.editor.commands.setTextSelection(ecran.editor.state.doc.content.size - 1);
	return ecran;
}

const texte = (texte: string, look: object = {}) => ({ type: 'texte', texte, ...look });
const keys = (text: string) => userEvent.keyboard(text.replaceAll('[', '[[').replaceAll('{', '{{'));

describe('a shortcut at the beginning of a paragraph', () => {
	test.each([
		['# ', { titre: 2 }],
		['## ', { titre: 3 }],
		['### ', { titre: 4 }],
		['- ', { liste: 'puce' }],
		['* ', { liste: 'puce' }],
		['1. ', { liste: 'numero' }],
		['> ', { citation: true }]
	] as const)('« %s »', async (typed, style) => {
		write();
		await keys(`${typed}mot`);
		expect(ecran.prose()).toEqual([paragraphe('mot', style)]);
	});

	test('is taken back by Backspace, which gives what was typed', async () => {
		write();
		await keys('- ');
		await userEvent.keyboard('{Backspace}');
		expect(ecran.prose()).toEqual([paragraphe('- ')]);
		await keys('mot');
		expect(ecran.prose()).toEqual([paragraphe('- mot')]);
	});

	test('is no shortcut in the middle of a sentence', async () => {
		write();
		await keys('a - b');
		expect(ecran.prose()).toEqual([paragraphe('a - b')]);
	});
});

describe('Markdown’s marks', () => {
	test('bold, italic and links come at their last sign; what follows is plain', async () => {
		write();
		await keys('un **fort** et *penché*, [ici](https://haute-riviere.example) fin');
		expect(ecran.prose()).toEqual([
			{
				type: 'paragraphe',
				contenu: [
					texte('un '),
					texte('fort', { gras: true }),
					texte(' et '),
					texte('penché', { italique: true }),
					texte(', '),
					texte('ici', { lien: 'https://haute-riviere.example' }),
					texte(' fin')
				]
			}
		]);
	});

	test('Backspace gives the stars back, and Ctrl+Z as well', async () => {
		write();
		await keys('**fort**');
		await userEvent.keyboard('{Backspace}');
		expect(ecran.prose()).toEqual([paragraphe('**fort**')]);
		ecran.close();
		write();
		await keys('**fort**');
		ecran.undo.undo();
		expect(ecran.prose()).toEqual([paragraphe('**fort**')]);
	});
});

describe('French typography', () => {
	test('comes as one types', async () => {
		write();
		await keys('Il dit: "l\'accueil"...');
		expect(ecran.prose()).toEqual([paragraphe('Il dit\u00a0: «\u00a0l’accueil\u00a0»…')]);
	});

	test('a sign is taken back by one Backspace; the next one deletes', async () => {
		write();
		await keys("l'");
		await userEvent.keyboard('{Backspace}');
		expect(ecran.prose()).toEqual([paragraphe("l'")]);
		await userEvent.keyboard('{Backspace}');
		expect(ecran.prose()).toEqual([paragraphe('l')]);
	});

	test('stays out of links, and of the page where it is set off', async () => {
		write([{ type: 'paragraphe', contenu: [{ type: 'texte', texte: 'ab', lien: 'https://haute-riviere.example' }] }]);
		ecran.editor.commands.setTextSelection(placeOf(ecran.editor, 'a'));
		await keys("'");
		expect(ecran.prose()).toMatchObject([{ contenu: [{ texte: "a'b" }] }]);
		ecran.close();
		write([], { typographie: false });
		await keys('dit: "oui"');
		expect(ecran.prose()).toEqual([paragraphe('dit: "oui"')]);
	});
});
