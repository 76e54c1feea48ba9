import { enveloppeInWords } from '#lib/financement/financement.ts';
import { formatEuros } from '#lib/financement/montant.ts';
import { totauxParAxe, type GroupeDeMontants, type MontantsParAxe } from '#lib/financement/montants-par-axe.ts';
import type { ArchivePacte } from '#lib/pactes/archive.ts';
import type { Imprimeur, Tete } from '../assemble.ts';
import { organismesOf, topsOf } from './archive-names.ts';

/** The money: enveloppes, what the FSE pays for, who manages it. */
export interface BlocFinancement extends Tete {
	type: 'financement';
	enveloppes: { libelle: string; valeur: string }[];
	orientations: { libelle: string; axes: string[]; dispositifs: string[] }[];
	intermediaires: string[];
	/** What the fiches cost, by axe and funder; null when they do not say. */
	montants: { colonnes: string[]; lignes: string[][] } | null;
}

export function printFinancement(archive: ArchivePacte, tete: Tete, print: Imprimeur): BlocFinancement[] {
	const { enveloppes, orientations, intermediaires } = archive.parties.financement;
	const totaux = totauxParAxe(archive);
	if (enveloppes.length + orientations.length + intermediaires.length === 0 && !totaux) return [];
	const texte = (source: string) => print.texte(source, 'Financement');
	const nomOf = organismesOf(archive, print);
	const nomDe = new Map(topsOf(archive, print).axes.map(({ id, nom }) => [id, nom]));
	return [
		{
			type: 'financement',
			...tete,
			enveloppes: enveloppes.map(({ libelle, part_fse, exclusions, ...enveloppe }) => ({
				libelle: texte(libelle),
				valeur: enveloppeInWords({ ...enveloppe, partFse: part_fse, exclusions: texte(exclusions) })
			})),
			orientations: orientations.map(({ libelle, axes, dispositifs }) => ({
				libelle: texte(libelle),
				axes: axes.flatMap((axe) => nomDe.get(axe) ?? []),
				dispositifs: dispositifs.map(({ libelle: nom, mention, operateur }) =>
					[
						texte(nom),
						mention === '' ? '' : ` (${texte(mention)})`,
						operateur === null ? '' : ` \u2013 ${nomOf(operateur)}`
					].join('')
				)
			})),
			intermediaires: intermediaires.map(({ organisme, perimetre }) =>
				[nomOf(organisme), texte(perimetre)].filter(Boolean).join('\u00a0: ')
			),
			montants: totaux && printMontants(totaux, texte)
		}
	];
}

/** A row a funder, under its axe; then what the axe comes to, and the whole pacte. */
function printMontants(
	{ annees, axes, ensemble }: MontantsParAxe,
	texte: (source: string) => string
): { colonnes: string[]; lignes: string[][] } {
	const euros = (cents: number | null) => (cents === null ? '' : formatEuros(cents));
	const groupOf = ({ axe, financeurs, montants, total }: GroupeDeMontants) => {
		const nom = axe === null ? 'Ensemble du pacte' : texte(axe.nom);
		return [
			...financeurs.map((ligne, i) => [
				i === 0 ? nom : '',
				texte(ligne.financeur),
				...ligne.montants.map(euros),
				euros(ligne.total)
			]),
			['', 'Total', ...montants.map(euros), euros(total)]
		];
	};
	return {
		colonnes: ['Axe', 'Financeur', ...annees.map(String), 'Total'],
		lignes: [...axes, ensemble].flatMap(groupOf)
	};
}
