import { expect, test } from 'vitest';
import { readPdf } from '../../../tests/support/pdf.ts';
import { exportFeuille } from '../pdf.ts';

const MIDI = Date.UTC(2026, 10, 21, 11);

test('an attendance sheet has a line to sign for each person expected, by organisme, and some for the others', async () => {
	const { pdf, pages } = await exportFeuille(
		{
			type: 'presence',
			pacte: 'Pacte de la Haute-Rivière',
			seance: 'Comité de pilotage',
			faits: [
				{ etiquette: 'Date', valeur: '12 mars 2027' },
				{ etiquette: 'Lieu', valeur: 'Salle des fêtes de Bourg-le-Pont' }
			],
			lignes: [
				{ organisme: 'CAF', nombre: 2 },
				{ organisme: 'Mission locale', nombre: 1 }
			]
		},
		{ date: MIDI }
	);
	expect(pages).toBe(1);
	const text = readPdf(pdf);
	expect(text.match(/CAF/g)).toHaveLength(2);
	expect(text.match(/Mission locale/g)).toHaveLength(1);
	for (const words of ['Feuille de présence', 'Salle des fêtes', 'Nom et fonction', 'Signature'])
		expect(text).toContain(words);
});
