import { dayInWords } from '#lib/format.ts';
import type { ArchivePacte } from '#lib/pactes/archive.ts';
import { statutInWords } from '#lib/signatures/signature.ts';
import type { Imprimeur } from '../assemble.ts';
import { organismesOf } from './archive-names.ts';

export interface SignataireImprime {
	organisme: string;
	personne: string;
	fonction: string;
	/** « Sous réserve de : conseil d’administration », « Signé le 16 février 2027 »; empty for who is only expected. */
	statut: string;
}

/** The signatories as the grid shows them, in their order. */
export function printSignataires(archive: ArchivePacte, print: Imprimeur): SignataireImprime[] {
	const nomOf = organismesOf(archive, print);
	const texte = (source: string) => print.texte(source, 'Signataires');
	return archive.signataires.map(
		({ organisme, personne, fonction = '', statut = 'pressenti', date = '', instance = '' }) => ({
			organisme: nomOf(organisme),
			personne: texte(personne),
			fonction: texte(fonction),
			statut: statut === 'pressenti' ? '' : statutInWords({ statut, instance: texte(instance) }, dayInWords(date))
		})
	);
}
