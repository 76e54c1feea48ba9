import { CADRE_ENGAGEMENT, ENGAGEMENTS } from '#lib/engagements/cadre.ts';
import { NOM_DE_LA_PORTEE } from '#lib/engagements/engagement.ts';
import { dayInWords, listed } from '#lib/format.ts';
import type { ArchivePacte } from '#lib/pactes/archive.ts';
import type { CadreArchive } from '#lib/parties/parties-archive.ts';
import type { ChampImprime, Imprimeur, Tete } from '../assemble.ts';
import { organismesOf, topsOf } from './archive-names.ts';
import { printChamp } from './champ.ts';

/** The frame of one partner's engagements, under the text of its section. */
export interface BlocCadre {
	type: 'cadre';
	/** Depth of the headings of its fields. */
	rang: number;
	/** « CAF et MSA », « Tous les signataires »; empty when nobody is named. */
	porteur: string;
	champs: ChampImprime[];
	/** « Approuvé le 16 février 2027 (conseil d’administration) »; empty otherwise. */
	approbation: string;
}

/** Engagements × axes: how many each bearer took on each. */
export interface BlocMatrice extends Tete {
	type: 'matrice';
	colonnes: string[];
	lignes: string[][];
	/** What nobody answers for, in words. */
	trous: string[];
}

/** Who signs a partner's words. */
export interface BlocParole {
	type: 'parole';
	organisme: string;
	signataires: { personne: string; fonction: string }[];
}

export function printCadre(archive: ArchivePacte, section: string, rang: number, print: Imprimeur): BlocCadre[] {
	const cadre = archive.parties.cadres.find((each) => each.section === section);
	if (!cadre) return [];
	const porteur = porteurOf(archive, cadre, print);
	const champs = CADRE_ENGAGEMENT.flatMap(
		(champ) => printChamp(champ, cadre.champs[champ.id], { print, lieu: `Engagements, ${porteur}` }) ?? []
	);
	const approbation = approbationOf(cadre, print);
	return champs.length === 0 && approbation === '' ? [] : [{ type: 'cadre', rang, porteur, champs, approbation }];
}

/** Whose engagements they are, in words. */
function porteurOf(
	archive: ArchivePacte,
	{ section, portee, organismes, libelle }: CadreArchive,
	print: Imprimeur
): string {
	if (portee === 'tous') return NOM_DE_LA_PORTEE.tous;
	if (portee === 'hors_signataires') return print.texte(libelle, 'Engagements');
	const own = archive.sections.find(({ id }) => id === section)?.organisme ?? null;
	const ids = portee === 'groupe' ? organismes : own === null ? [] : [own];
	const nomOf = organismesOf(archive, print);
	return listed(ids.map(nomOf));
}

function approbationOf({ approbation }: CadreArchive, print: Imprimeur): string {
	if (!approbation.approuve) return '';
	const jour = dayInWords(approbation.date);
	const instance = print.texte(approbation.instance, 'Engagements');
	return `Approuvé${jour === '' ? '' : ` le ${jour}`}${instance === '' ? '' : ` (${instance})`}`;
}

/** Nothing as long as no engagement is linked to an axe: a table of noughts would say that nobody answers for anything. */
export function printMatrice(archive: ArchivePacte, tete: Tete, print: Imprimeur): BlocMatrice[] {
	const cadres = archive.parties.cadres.filter(({ champs }) => countOf(champs[ENGAGEMENTS]) > 0);
	const { axes, top } = topsOf(archive, print);
	const counts = cadres.map((cadre) =>
		axes.map(({ id }) => cadre.liens.filter(({ noeuds }) => noeuds.some((noeud) => top(noeud) === id)).length)
	);
	if (counts.every((row) => row.every((count) => count === 0))) return [];
	return [
		{
			type: 'matrice',
			...tete,
			colonnes: ['Qui s’engage', ...axes.map(({ nom }) => nom)],
			lignes: cadres.map((cadre, i) => [
				porteurOf(archive, cadre, print) || titreOf(archive, cadre.section, print),
				...(counts[i] ?? []).map(String)
			]),
			trous: axes
				.filter((_, i) => counts.every((row) => row[i] === 0))
				.map(({ nom }) => `Aucun engagement\u00a0: ${nom}.`)
		}
	];
}

function countOf(valeur: CadreArchive['champs'][string] | undefined): number {
	return valeur && 'puces' in valeur ? valeur.puces.length : 0;
}

function titreOf({ sections }: ArchivePacte, id: string, print: Imprimeur): string {
	return print.texte(sections.find((section) => section.id === id)?.titre ?? '', 'Plan');
}

export function printParole(archive: ArchivePacte, section: string, print: Imprimeur): BlocParole[] {
	const signataires = archive.parties.paroles.find((parole) => parole.section === section)?.signataires ?? [];
	const own = archive.sections.find(({ id }) => id === section)?.organisme ?? null;
	const organisme = own === null ? '' : organismesOf(archive, print)(own);
	if (signataires.length === 0 && organisme === '') return [];
	return [
		{
			type: 'parole',
			organisme,
			signataires: signataires.map(({ personne, fonction }) => ({
				personne: print.texte(personne, 'Mots des partenaires'),
				fonction: print.texte(fonction, 'Mots des partenaires')
			}))
		}
	];
}
