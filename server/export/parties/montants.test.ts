import { expect, test } from 'vitest';
import { archiveSarthe } from '../../../tests/support/pacte-sarthe.ts';
import { readPdf } from '../../../tests/support/pdf.ts';
import { parseArchive } from '#lib/pactes/archive-schema.ts';
import { MODELE_SARTHE } from '#lib/pactes/modeles/structures.ts';
import { assemble } from '../assemble.ts';
import { exportPdf } from '../pdf.ts';

const asIs = { texte: (source: string) => source.trim(), paragraphes: (source: string) => [source] };

function pacte() {
	const modele = {
		...MODELE_SARTHE,
		champs: [
			...MODELE_SARTHE.champs,
			{ id: 'couts', type: 'montants' as const, etiquette: 'Coûts', requis: false, annees: [2027, 2028] }
		]
	};
	const archive = archiveSarthe({ modele });
	archive.fiches[0]!.champs.couts = {
		lignes: [
			{ financeur: 'CAF', a2027: '12 k€' },
			{ financeur: 'Région', a2028: '500' }
		]
	};
	return parseArchive(JSON.parse(JSON.stringify(archive)));
}

test('what the fiches cost is printed by axe and funder, with its totals, and each schema says its fiches', async () => {
	const archive = pacte();
	const bloc = assemble(archive, { type: 'pacte' }, asIs).blocs.find(({ type }) => type === 'financement');
	expect(bloc?.type === 'financement' && bloc.montants?.lignes.map((ligne) => ligne.join(' | '))).toEqual(
		[
			'I · Aller vers l’emploi | CAF | 12 000 € |  | 12 000 €',
			' | Région |  | 500 € | 500 €',
			' | Total | 12 000 € | 500 € | 12 500 €',
			'Ensemble du pacte | CAF | 12 000 € |  | 12 000 €',
			' | Région |  | 500 € | 500 €',
			' | Total | 12 000 € | 500 € | 12 500 €'
		].map((line) => expect.stringMatching(new RegExp(`^${line.replaceAll('|', '\\|').replaceAll(' ', '\\s')}$`)))
	);
	const { pdf } = await exportPdf(archive, { type: 'pacte' }, { date: Date.UTC(2026, 10, 21) });
	const text = readPdf(pdf).replace(/\s+/g, ' ');
	expect(text).toContain('Montants des fiches');
	expect(text).toContain('12 500 €');
	expect(text).toContain('Fiches I1a et I1b');
});
