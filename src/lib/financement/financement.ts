import { periodOf } from '#lib/format.ts';
import { formatEuros } from './montant.ts';

export interface Enveloppe {
	id: string;
	libelle: string;
	/** In cents; null: not said. */
	montant: number | null;
	partFse: number | null;
	debut: number | null;
	fin: number | null;
	/** « hors assistance technique »; may be empty. */
	exclusions: string;
}

export interface OrientationFse {
	id: string;
	libelle: string;
	/** The branches of the tree that it finances. */
	axes: { id: string; code: string; titre: string }[];
	dispositifs: Dispositif[];
}

export interface Dispositif {
	id: string;
	libelle: string;
	/** « PLIE »; may be empty. */
	mention: string;
	operateur: { id: string; nom: string } | null;
}

export interface Intermediaire {
	organisme: { id: string; nom: string };
	/** What it manages; may be empty. */
	perimetre: string;
}

export interface Financement {
	enveloppes: Enveloppe[];
	orientations: OrientationFse[];
	intermediaires: Intermediaire[];
}

/** « 4 624 000 €, dont 2 312 000 € de FSE, 2015-2017, hors assistance technique ». */
export function enveloppeInWords({
	montant,
	partFse,
	debut,
	fin,
	exclusions
}: Omit<Enveloppe, 'id' | 'libelle'>): string {
	return [
		montant === null ? 'Montant à préciser' : formatEuros(montant),
		partFse === null ? '' : `dont ${formatEuros(partFse)} de FSE`,
		periodOf({ debut, fin }),
		exclusions
	]
		.filter(Boolean)
		.join(', ');
}

/** « Référents de parcours [PLIE] — Mission locale », as the form reads it again. */
export function dispositifInWords({ libelle, mention, operateur }: Dispositif): string {
	return [libelle, mention && ` [${mention}]`, operateur && ` — ${operateur.nom}`].filter(Boolean).join('');
}
