import { counted } from '#lib/format.ts';
import type { KindTrouve } from './resultat.ts';

/** What a kind of result is called, one and several. */
const NOMS: Record<KindTrouve, [string, string]> = {
	orientation: ['orientation', 'orientations'],
	fiche: ['fiche-action', 'fiches-actions'],
	section: ['section du texte', 'sections du texte'],
	constat: ['constat ou enjeu', 'constats et enjeux'],
	figure: ['figure', 'figures'],
	organisme: ['partenaire', 'partenaires'],
	glossaire: ['mot du glossaire', 'mots du glossaire'],
	texte_importe: ['texte importé', 'textes importés']
};

/** « 12 fiches-actions » */
export function comptes(kind: KindTrouve, total: number): string {
	return counted(total, ...NOMS[kind]);
}

/** « Fiches-actions » */
export function titreOf(kind: KindTrouve): string {
	const [, plusieurs] = NOMS[kind];
	return plusieurs.charAt(0).toUpperCase() + plusieurs.slice(1);
}

export const RECHERCHER = 'Rechercher dans ce pacte';
