import type { Doute } from '#lib/import/proposition.ts';
import type { Ligne } from './lignes.ts';
import { enumerate } from './textes.ts';

/** What a text says of itself that it contradicts, wherever it stands: annexes that it has not, an instance with two rhythms. */
export function findDoutesDuTexte(lignes: readonly Ligne[]): Doute[] {
	return [...annexesAbsentes(lignes), ...rythmesContraires(lignes)];
}

const TITRE_DES_ANNEXES = /^annexes?$/;
const TITRE_D_ANNEXE = /^\s*([A-Z])\s*[.):–-]\s*\p{L}/u;
const RENVOI = /\bannexe ([A-Z])(?![\p{L}\d])/gu;
/** A title of an annexe is no sentence. */
const LONGUEUR_DE_TITRE = 120;

function annexesAbsentes(lignes: readonly Ligne[]): Doute[] {
	const imprimees = lettresDesAnnexes(lignes);
	if (imprimees.length === 0) return [];
	return lignes.flatMap(({ numero, texte }) =>
		[...texte.matchAll(RENVOI)]
			.map(([, lettre]) => lettre as string)
			.filter((lettre) => !imprimees.includes(lettre))
			.map((lettre) => ({
				ligne: numero,
				message: `Le texte renvoie à l’annexe ${lettre} ; celles qu’il porte sont ${enumerate(imprimees)}.`
			}))
	);
}

/** « A. », « B. »… in their order, after the heading of the annexes. */
function lettresDesAnnexes(lignes: readonly Ligne[]): string[] {
	const titre = lignes.findLastIndex(({ plie }) => TITRE_DES_ANNEXES.test(plie.trim()));
	const lettres: string[] = [];
	if (titre < 0) return lettres;
	for (const { brut } of lignes.slice(titre + 1)) {
		const lettre = brut.length <= LONGUEUR_DE_TITRE ? TITRE_D_ANNEXE.exec(brut)?.[1] : undefined;
		if (lettre === String.fromCharCode('A'.charCodeAt(0) + lettres.length)) lettres.push(lettre);
	}
	return lettres;
}

const INSTANCE = /\bcomite (technique|de pilotage|de suivi|operationnel)\b/;
const NOM: Record<string, string> = { operationnel: 'opérationnel' };
const RYTHME =
	/\b(?:(une?|deux|trois|quatre|\d{1,2}) (?:fois|reunions?) (?:par|\/) ?(an|semestre|trimestre|mois)|autant que (?:de )?(?:necessaire|besoin)|selon les besoins)/;
const NOMBRES: Record<string, string> = { un: '1', une: '1', deux: '2', trois: '3', quatre: '4' };
/** How far below the name of an instance its « Périodicité » stands. */
const PORTEE = 40;

interface Rythme {
	instance: string;
	/** Two ways of writing the same rhythm are one. */
	cle: string;
	imprime: string;
	ligne: number;
}

function rythmesContraires(lignes: readonly Ligne[]): Doute[] {
	const premiers = new Map<string, Rythme>();
	return readRythmes(lignes).flatMap((rythme) => {
		const premier = premiers.get(rythme.instance) ?? rythme;
		premiers.set(rythme.instance, premier);
		if (premier.cle === rythme.cle) return [];
		const nom = `comité ${NOM[rythme.instance] ?? rythme.instance}`;
		const message = `Le ${nom} se réunit « ${rythme.imprime} » ici, et « ${premier.imprime} » à la ligne ${premier.ligne}.`;
		return [{ ligne: rythme.ligne, message }];
	});
}

/** Beside the name of the instance, or on the line that says its « Périodicité » below it. */
function readRythmes(lignes: readonly Ligne[]): Rythme[] {
	const rythmes: Rythme[] = [];
	let nomme: { instance: string; index: number } | null = null;
	lignes.forEach(({ plie, texte, numero }, index) => {
		const instance = INSTANCE.exec(plie)?.[1];
		if (instance !== undefined) nomme = { instance, index };
		const rythme = RYTHME.exec(plie);
		if (!rythme || nomme === null || index - nomme.index > PORTEE) return;
		if (instance === undefined && !/^(periodicite|frequence|rythme)\b/.test(plie)) return;
		const [entier, nombre, periode] = rythme;
		rythmes.push({
			instance: nomme.instance,
			cle: nombre === undefined ? 'au besoin' : `${NOMBRES[nombre] ?? nombre}/${periode}`,
			imprime: texte.slice(rythme.index, rythme.index + entier.length),
			ligne: numero
		});
	});
	return rythmes;
}
