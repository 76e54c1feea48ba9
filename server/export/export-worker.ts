import { parentPort, workerData } from 'node:worker_threads';
import { DomainError } from '../errors.ts';
import { ecrireCsv } from './ecrire-csv.ts';
import { ecrireOds } from './ecrire-ods.ts';
import { ecrirePacte } from './ecrire.ts';
import { ecrireOdt } from './ecrire-odt.ts';
import { ecrireXlsx } from './ecrire-xlsx.ts';
import type { Demande, Reponse } from './pdf.ts';
import { findReplacements, print, printFeuille } from './print.ts';

/** Does what it is started with, answers once, and ends. */
async function answer(demande: Demande): Promise<Reponse> {
	try {
		switch (demande.type) {
			case 'pdf':
				return { type: 'pdf', ...print(demande) };
			case 'feuille':
				return { type: 'pdf', ...printFeuille(demande.feuille, demande.date) };
			case 'odt':
				return { type: 'fichier', bytes: ecrireOdt(demande.document, demande.date) };
			case 'docx': {
				// Half a second to load: only for those who need it.
				const { ecrireDocx } = await import('./ecrire-docx.ts');
				return { type: 'fichier', bytes: await ecrireDocx(demande.document) };
			}
			case 'document':
				return { type: 'fichier', bytes: await ecrirePacte(demande, demande.format) };
			case 'xlsx':
				return { type: 'fichier', bytes: await ecrireXlsx(demande.classeur, demande.date) };
			case 'ods':
				return { type: 'fichier', bytes: ecrireOds(demande.classeur, demande.date) };
			case 'csv':
				return { type: 'fichier', bytes: ecrireCsv(demande.classeur, demande.date) };
			case 'remplacements':
				return { type: 'remplacements', remplacements: findReplacements(demande) };
			default:
				return demande satisfies never;
		}
	} catch (error) {
		if (error instanceof DomainError) return { type: 'refus', code: error.code, message: error.message };
		throw error;
	}
}

function heavyPartsOf(reponse: Reponse): ArrayBuffer[] {
	if (reponse.type === 'pdf') return [reponse.pdf.buffer];
	return reponse.type === 'fichier' ? [reponse.bytes.buffer] : [];
}

const reponse = await answer(workerData as Demande);
parentPort?.postMessage(reponse, heavyPartsOf(reponse));
