import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { linesOfPuces } from '#lib/import/lignes-relues.ts';
import type { ChampPropose, Proposition } from '#lib/import/proposition.ts';
import { decodeTexte } from '../decode.ts';
import { readPacte } from '../read-pacte.ts';
import { EXEMPLES, readExemple } from './exemples.ts';

/** What a person reads in a text, stated by hand: without lines nor doubts. */
export interface Attendu {
	/** Level, code, title. */
	noeuds: [niveau: string, code: string, titre: string][];
	fiches: {
		code: string;
		titre: string;
		pilotes: string[];
		partenaires: string[];
		echeance?: string;
		/** Items, prose, or the rows of a table; by label where the meaning is not known. */
		champs: Record<string, string | (string | string[])[]>;
	}[];
	/** What no fiche holds: stated for the texts that are read for it. */
	horsFiches?: {
		/** Body, person, reserve. */
		signataires: [organisme: string, personne: string, reserve: string][];
		engagements: {
			organisme: string | null;
			puces: string[];
			missions?: string[];
			etp?: string[];
			conventions?: [intitule: string, etat: string][];
			hors?: true;
		}[];
		/** Headings, with the body for the words of a partner. */
		sections: string[];
		/** Whole euros, and the share of the FSE. */
		enveloppes?: [montant: number, fse: number][];
	};
}

const DOSSIER = new URL('./', import.meta.url);

/** Our own texts in unlike layouts, with what a person reads in them. */
export const TEXTES_LIBRES = readdirSync(DOSSIER)
	.filter((fichier) => fichier.endsWith('.attendu.json'))
	.map((fichier) => fichier.replace('.attendu.json', ''));

export function readTexteLibre(nom: string): { texte: string; attendu: Attendu } {
	const texte = decodeTexte(readFileSync(new URL(`${nom}.txt`, DOSSIER)));
	const attendu = JSON.parse(readFileSync(new URL(`${nom}.attendu.json`, DOSSIER), 'utf8')) as Attendu;
	return { texte, attendu };
}

/** Each thing that a reader may find or miss, as one line. */
export function factsOfAttendu({ noeuds, fiches, horsFiches }: Attendu): string[] {
	return [
		...(horsFiches === undefined ? [] : factsHorsFiches(horsFiches)),
		...noeuds.map(([niveau, code, titre]) => `${niveau} ${code} ${titre}`),
		...fiches.flatMap(({ code, titre, pilotes, partenaires, echeance = '', champs }) => {
			const ici = `fiche ${titre}`;
			return [
				`${ici} : ${code}`,
				...pilotes.map((nom) => `${ici}, pilote ${nom}`),
				...partenaires.map((nom) => `${ici}, partenaire ${nom}`),
				...(echeance === '' ? [] : [`${ici}, échéance ${echeance}`]),
				...Object.entries(champs).flatMap(([cle, valeur]) =>
					[valeur].flat().map((item) => `${ici}, ${cle} ${Array.isArray(item) ? item.join(' | ') : item}`)
				)
			];
		})
	];
}

function factsHorsFiches({ signataires, engagements, sections, enveloppes = [] }: HorsFiches): string[] {
	return [
		...signataires.map((signataire) => `signataire ${signataire.join(' | ')}`),
		...engagements.flatMap(({ organisme, puces, missions = [], etp = [], conventions = [], hors }) => {
			const ici = `engagement de ${organisme ?? 'tous'}${hors ? ', hors signataires' : ''}`;
			return [
				ici,
				...puces.map((puce) => `${ici} : ${puce}`),
				...missions.map((mission) => `${ici}, mission ${mission}`),
				...etp.map((nombre) => `${ici}, ${nombre} ETP`),
				...conventions.map((convention) => `${ici}, convention ${convention.join(' | ')}`)
			];
		}),
		...sections.map((section) => `section ${section}`),
		...enveloppes.map((montants) => `enveloppe ${montants.join(' | ')}`)
	];
}

type HorsFiches = NonNullable<Attendu['horsFiches']>;

function horsFichesOf({ signataires, engagements, sections = [], financement }: Proposition): HorsFiches {
	return {
		signataires: signataires.map(({ organisme, personne = '', reserve = '' }) => [organisme, personne, reserve]),
		engagements: engagements.map((engagement) => ({
			organisme: engagement.organisme,
			puces: linesOfPuces(engagement).split('\n').filter(Boolean),
			missions: engagement.missions,
			etp: engagement.moyens_humains?.map(({ etp }) => etp),
			conventions: engagement.conventions?.map(({ intitule, etat }) => [intitule, etat]),
			hors: engagement.hors_signataires
		})),
		sections: sections.map(({ genre, titre }) => (genre === 'parole' ? `(parole) ${titre}` : titre)),
		enveloppes: financement?.enveloppes.map(({ montant, part_fse }) => [montant ?? 0, part_fse ?? 0])
	};
}

/** `comme`: what is stated of the text, so that only that is compared. */
export function factsOfProposition(proposition: Proposition, comme?: Attendu): string[] {
	const { noeuds, fiches } = proposition;
	return factsOfAttendu({
		...(comme?.horsFiches !== undefined && { horsFiches: horsFichesOf(proposition) }),
		noeuds: noeuds.map(({ niveau, code, titre }) => [niveau, code, titre]),
		fiches: fiches.map((fiche) => ({
			...fiche,
			champs: Object.fromEntries(
				Map.groupBy(fiche.champs, (champ) => champ.cle ?? champ.etiquette)
					.entries()
					.map(([cle, champs]) => [cle, champs.flatMap(itemsOf)])
			)
		}))
	});
}

function itemsOf(champ: ChampPropose): (string | string[])[] {
	if ('puces' in champ) return champ.puces;
	return 'texte' in champ ? [champ.texte] : champ.lignes;
}

export interface Mesure {
	nom: string;
	attendus: number;
	lus: number;
	justes: number;
	/** The share of what is printed that is found; the share of what is found that is printed. */
	rappel: number;
	precision: number;
	manques: string[];
	enTrop: string[];
}

export function compare(nom: string, attendus: readonly string[], lus: readonly string[]): Mesure {
	const reste = new Map<string, number>();
	for (const fait of lus) reste.set(fait, (reste.get(fait) ?? 0) + 1);
	const manques = attendus.filter((fait) => {
		const n = reste.get(fait) ?? 0;
		if (n > 0) reste.set(fait, n - 1);
		return n === 0;
	});
	const enTrop = [...reste].flatMap(([fait, n]) => Array.from({ length: n }, () => fait));
	const justes = attendus.length - manques.length;
	return {
		...{ nom, attendus: attendus.length, lus: lus.length, justes, manques, enTrop },
		rappel: attendus.length === 0 ? 1 : justes / attendus.length,
		precision: lus.length === 0 ? 1 : justes / lus.length
	};
}

/** Over all of our texts: those that expect a whole proposal, and those that state what a person reads. */
export function measureExemples(): Mesure[] {
	return [
		...EXEMPLES.map((nom) => {
			const { octets, attendu } = readExemple(nom);
			return compare(nom, factsOfProposition(attendu), factsOfProposition(readPacte(decodeTexte(octets))));
		}),
		...TEXTES_LIBRES.map((nom) => {
			const { texte, attendu } = readTexteLibre(nom);
			return compare(nom, factsOfAttendu(attendu), factsOfProposition(readPacte(texte), attendu));
		})
	];
}

/** What is known of the five printed pactes, as counts: nothing of their words is kept here. */
const PACTES: Record<string, { fichier: string; comptes: Record<string, number> }> = {
	Mayenne: {
		fichier: '000_9802a98969868da2.txt',
		comptes: { fiches: 0, axe: 5, paroles: 10, dispositifs: 8 }
	},
	Sarthe: {
		fichier: '001_caf31ac52d3d87dd.txt',
		comptes: {
			'objectif stratégique': 3,
			'objectif opérationnel': 8,
			action: 17,
			'sous-action': 20,
			fiches: 27,
			pilotes: 30,
			livrables: 62,
			indicateurs: 63,
			liens: 10,
			signataires: 28
		}
	},
	Meuse: {
		fichier: '002_545a827021220c88.txt',
		comptes: {
			...{ fiches: 0, 'orientation stratégique': 6, axe: 3, préconisation: 24 },
			...{ signataires: 21, conventions: 17, etp: 3 }
		}
	},
	Orne: {
		fichier: '003_155318935f0f791d.txt',
		comptes: {
			axe: 7,
			perspective: 19,
			action: 37,
			fiches: 37,
			pilotes: 37,
			finalite: 47,
			objectifs: 135,
			modalites: 207,
			indicateurs: 152
		}
	},
	Allier: {
		fichier: '004_1f13a59804524787.txt',
		// 10 + 6 + 7 + 5 + 7 engagements, and 8 sub-points.
		comptes: { fiches: 0, axe: 5, engagements: 43, missions: 8, signataires: 0 }
	}
};

/** The counts of the printed pactes that are in this folder: what is missing and what is too much, of each kind. */
export function measurePactes(dossier: string): Mesure[] {
	return Object.entries(PACTES).flatMap(([nom, { fichier, comptes }]) => {
		const chemin = `${dossier}/${fichier}`;
		if (!existsSync(chemin)) return [];
		const lus = countsOf(readPacte(decodeTexte(readFileSync(chemin))));
		const repeat = (source: Record<string, number>) =>
			Object.keys(comptes).flatMap((cle) => Array.from({ length: source[cle] ?? 0 }, () => cle));
		return [compare(nom, repeat(comptes), repeat(lus))];
	});
}

function countsOf(proposition: Proposition): Record<string, number> {
	const { noeuds, fiches, signataires, engagements, sections = [], financement } = proposition;
	const comptes: Record<string, number> = { fiches: fiches.length };
	const add = (cle: string, nombre: number) => (comptes[cle] = (comptes[cle] ?? 0) + nombre);
	for (const { niveau } of noeuds) add(niveau, 1);
	add('signataires', signataires.length);
	add('paroles', sections.filter(({ genre }) => genre === 'parole').length);
	for (const { puces, missions = [], moyens_humains = [], conventions = [] } of engagements) {
		add('engagements', puces.length);
		add('missions', missions.length);
		add('etp', moyens_humains.length);
		add('conventions', conventions.length);
	}
	for (const { dispositifs } of financement?.orientations ?? []) add('dispositifs', dispositifs.length);
	for (const { pilotes, champs } of fiches) {
		add('pilotes', pilotes.length);
		for (const champ of champs) add(champ.cle ?? 'autre', itemsOf(champ).length);
	}
	return comptes;
}
