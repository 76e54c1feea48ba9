/*
 * How much of a text the importer finds, and how much of what it finds is there: over our own texts and, where they are,
 * the five printed pactes.
 *   npx node bench/import-mesure.ts
 */
import { measureExemples, measurePactes, type Mesure } from '../server/import/exemples/mesure.ts';

const percent = (part: number) => `${(part * 100).toFixed(1)} %`;

function print(titre: string, mesures: Mesure[]): void {
	console.log(`\n${titre}`);
	for (const { nom, justes, attendus, lus, rappel, precision, manques, enTrop } of mesures) {
		console.log(
			`${nom.padEnd(26)} rappel ${percent(rappel)}  précision ${percent(precision)}  (${justes} justes, ${attendus} attendus, ${lus} lus)`
		);
		for (const fait of manques) console.log(`  manque   ${fait}`);
		for (const fait of enTrop) console.log(`  en trop  ${fait}`);
	}
	const total = (cle: 'attendus' | 'lus' | 'justes') => mesures.reduce((somme, mesure) => somme + mesure[cle], 0);
	console.log(
		`${'ensemble'.padEnd(26)} rappel ${percent(total('justes') / total('attendus'))}  précision ${percent(total('justes') / total('lus'))}`
	);
}

print('Nos textes', measureExemples());
print('Les pactes imprimés', measurePactes(process.env.COPACTE_SEEDS ?? '../shared/seeds'));
