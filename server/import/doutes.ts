import type { CleDeChamp, Doute, FicheProposee } from '#lib/import/proposition.ts';
import { sameTitre, type Axe, type AxesLus, type Preuve, type SectionLue } from './axes.ts';
import { findDoutesDuTexte } from './doutes-du-texte.ts';
import { readCle } from './etiquettes.ts';
import type { Texte } from './lignes.ts';
import { fold, isInacheve, sameForm, tidy, type Vocabulaire } from './mots.ts';
import { numeroOf, type FichePlacee, type Places } from './places.ts';
import type { SignatairesLus } from './signataires.ts';
import type { StructuresLues } from './structures.ts';
import { aucun, capitalize, defini, DE_LA_FICHE, du, enumerate, isFeminin, pluriel, pronom } from './textes.ts';

/** All that was understood, for the doubts to compare. */
export interface Lecture {
	texte: Texte;
	sections: readonly SectionLue[];
	axes: AxesLus;
	places: Places;
	/** Each proposed fiche beside what was read of it. */
	fiches: { proposee: FicheProposee; placee: FichePlacee }[];
	signataires: SignatairesLus;
	/** Line numbers that were understood. */
	prises: ReadonlySet<number>;
}

/** What was repaired, what contradicts, what is absent although the text has it elsewhere: in the order of the lines. */
export function findDoutes(lecture: Lecture, structures: StructuresLues): Doute[] {
	return [
		...nothingFound(lecture, structures),
		...structures.doutes,
		...axesCorriges(lecture),
		...axesManquants(lecture),
		...axesIncomplets(lecture),
		...listesDeplacees(lecture),
		...listesCopiees(lecture),
		...fichesMalNumerotees(lecture),
		...fichesHorsListe(lecture),
		...cadresContraires(lecture),
		...findDoutesDesFiches(lecture)
	].sort((a, b) => a.ligne - b.ligne);
}

/** Those that do not depend on how the fiches were found. */
export function findDoutesDesFiches(
	lecture: Pick<Lecture, 'texte' | 'places' | 'fiches' | 'signataires' | 'prises'>
): Doute[] {
	return [
		...fichesIncompletes(lecture),
		...etiquettesInconnues(lecture),
		...pilotesAVenir(lecture),
		...textesCoupes(lecture),
		...signatairesIncertains(lecture),
		...motsRecolles(lecture),
		...findDoutesDuTexte(lecture.texte.lignes)
	];
}

/** What such a label announces is kept as it stands, under its own name. */
function etiquettesInconnues({ fiches }: Pick<Lecture, 'fiches'>): Doute[] {
	const inconnues = new Map<string, { etiquette: string; ligne: number; fois: number }>();
	for (const { proposee } of fiches)
		for (const { cle, etiquette } of proposee.champs) {
			if (cle !== null || readCle(etiquette) !== null) continue;
			const deja = inconnues.get(fold(etiquette)) ?? { etiquette, ligne: proposee.ligne, fois: 0 };
			inconnues.set(fold(etiquette), { ...deja, fois: deja.fois + 1 });
		}
	return [...inconnues.values()].map(({ etiquette, ligne, fois }) => ({
		ligne,
		message: `L'intitulé « ${etiquette} » n'est pas connu : ce qu'il annonce est gardé sous ce nom${fois > 1 ? `, dans ${fois} fiches` : ''}.`
	}));
}

function nothingFound({ axes, fiches }: Lecture, { lu }: StructuresLues): Doute[] {
	const doutes: Doute[] = [];
	const sansArbre = fiches.length > 0 || lu.noeuds.length === 0;
	if (axes.axes.size === 0 && sansArbre) doutes.push({ ligne: 1, message: "Aucun axe n'a été reconnu dans ce texte." });
	if (fiches.length === 0) doutes.push({ ligne: 1, message: "Aucune fiche n'a été reconnue dans ce texte." });
	return doutes;
}

const PREUVES: Record<Preuve, string> = {
	fiches: 'ses fiches',
	listes: 'ses listes',
	suite: 'la suite des numéros'
};

function axesCorriges({ axes }: Lecture): Doute[] {
	const corriges = axes.corrections.map(({ ligne, niveau, imprime, code, preuves }) => {
		const preuve = enumerate(preuves.map((preuve) => PREUVES[preuve]));
		return {
			ligne,
			message: `La section porte « ${capitalize(niveau)} ${imprime} » ; elle est lue comme ${defini(niveau, code)}, d'après ${preuve}.`
		};
	});
	const autrementDits = [...axes.axes.values()].flatMap((axe) =>
		axe.rappels
			.filter(
				({ mention, ligne }) => ligne !== axe.ligne && mention.titre !== '' && !sameTitre(mention.titre, axe.titre)
			)
			.map(({ mention, ligne }) => ({
				ligne,
				message: `${capitalize(defini(axe.niveau, axe.code))} s'intitule « ${axe.titre} » ; cette ligne dit « ${mention.titre} ».`
			}))
	);
	return [...corriges, ...autrementDits];
}

/** A number that the text steps over: an axe may have been missed. */
function axesManquants({ axes }: Lecture): Doute[] {
	const connus = [...axes.axes.values()].filter(({ code }) => /^\d+$/.test(code));
	const numeros = connus.map((axe) => ({ axe, numero: Number(axe.code) })).sort((a, b) => a.numero - b.numero);
	return numeros.flatMap(({ axe, numero }, i) => {
		const precedent = numeros[i - 1]?.numero ?? 0;
		if (numero === precedent + 1) return [];
		const manquant = defini(axe.niveau, String(precedent + 1));
		const message = `${capitalize(manquant)} n'a pas été reconnu${pronom(axe.niveau) === 'elle' ? 'e' : ''}.`;
		return [{ ligne: axe.ligne, message }];
	});
}

function axesIncomplets({ sections, axes, places }: Lecture): Doute[] {
	const niveaux = new Map<string, Set<Axe>>();
	for (const section of sections)
		for (const { titre, entrees } of section.listes) {
			const axe = axes.axeDe.get(section);
			if (titre.genre !== 'niveau' || axe === undefined || entrees.length === 0) continue;
			niveaux.set(titre.niveau, (niveaux.get(titre.niveau) ?? new Set()).add(axe));
		}
	const avecFiches = new Set(places.fiches.map(({ axe }) => axe));
	return [...axes.axes.values()].flatMap((axe) => {
		const absents = [...niveaux].filter(([, axes]) => !axes.has(axe)).map(([niveau]) => aucun(niveau));
		if (avecFiches.size > 0 && !avecFiches.has(axe)) absents.push(aucun('fiche'));
		if (absents.length === 0) return [];
		return [{ ligne: axe.ligne, message: `${capitalize(axe.niveau)} ${axe.code} : ${absents.join(', ')}.` }];
	});
}

function listesDeplacees({ sections, axes }: Lecture): Doute[] {
	return sections.flatMap((section) => {
		const axe = axes.axeDe.get(section);
		if (axe === undefined) return [];
		return section.listes
			.filter(({ titre, entrees }) => titre.axe !== null && titre.axe !== axe.code && entrees.length > 0)
			.map(({ titre, ligne }) => {
				const imprime = `${capitalize(titre.genre === 'niveau' ? pluriel(titre.niveau) : 'fiches')} ${du(axe.niveau, titre.axe!)}`;
				return {
					ligne,
					message: `La liste porte « ${imprime} » ; elle est laissée dans ${defini(axe.niveau, axe.code)}, dont la section la contient.`
				};
			});
	});
}

function listesCopiees({ sections, axes }: Lecture): Doute[] {
	const deja = new Map<string, { axe: Axe; ligne: number }>();
	return sections.flatMap((section) => {
		const axe = axes.axeDe.get(section);
		if (axe === undefined) return [];
		return section.listes.flatMap(({ titre, entrees, ligne }) => {
			if (titre.genre !== 'niveau' || entrees.length === 0) return [];
			const forme = entrees.map((entree) => sameForm(entree.titre)).join('\n');
			const modele = deja.get(forme);
			if (modele === undefined) deja.set(forme, { axe, ligne });
			if (modele === undefined || modele.axe === axe) return [];
			const liste = `Les ${pluriel(titre.niveau)} ${du(axe.niveau, axe.code)}`;
			const celles = titre.niveau === 'objectif' || titre.niveau.startsWith('objectif ') ? 'ceux' : 'celles';
			return [
				{
					ligne,
					message: `${liste} sont, mot pour mot, ${celles} ${du(axe.niveau, modele.axe.code)} (ligne ${modele.ligne}).`
				}
			];
		});
	});
}

function fichesMalNumerotees({ places }: Lecture): Doute[] {
	const doutes: Doute[] = [];
	const lignes = new Map<string, number>();
	for (const { fiche, code } of places.fiches) {
		const imprime = fiche.codeImprime;
		const attendu = imprime.includes('.') ? code : numeroOf(code);
		if (imprime !== '' && imprime !== attendu)
			doutes.push({
				ligne: fiche.ligne,
				message: `La fiche porte le numéro « ${imprime} » ; elle est lue comme la fiche ${code}.`
			});
		const deja = lignes.get(code);
		if (deja !== undefined)
			doutes.push({
				ligne: fiche.ligne,
				message: `La fiche ${code} porte le même numéro que celle de la ligne ${deja}.`
			});
		else lignes.set(code, fiche.ligne);
	}
	return doutes;
}

function fichesHorsListe({ places }: Lecture): Doute[] {
	const doutes: Doute[] = [];
	for (const { fiche, axe, code, entree, listee } of places.fiches) {
		const liste = `la liste des fiches${axe === null ? '' : ` ${du(axe.niveau, axe.code)}`}`;
		if (listee && entree === null)
			doutes.push({ ligne: fiche.ligne, message: `La fiche ${code} n'est pas dans ${liste}.` });
		else if (entree !== null && fiche.titre !== '' && !sameTitre(entree.titre, fiche.titre))
			doutes.push({
				ligne: fiche.ligneDuTitre,
				message: `La fiche ${code} s'intitule « ${fiche.titre} » ; ${liste} (ligne ${entree.ligne}) dit « ${entree.titre} ».`
			});
	}
	const prises = new Set(places.fiches.map(({ entree }) => entree));
	if (places.fiches.length > 0)
		for (const entrees of places.entrees.values())
			for (const entree of entrees)
				if (!prises.has(entree))
					doutes.push({
						ligne: entree.ligne,
						message: `La liste nomme la fiche ${entree.axe === null ? '' : `${entree.axe}.`}${entree.numero}, que le texte ne donne pas.`
					});
	return doutes;
}

type Partie = CleDeChamp | 'titre' | 'echeance' | 'partenaires' | 'pilote';

function fichesIncompletes({ fiches }: Pick<Lecture, 'fiches'>): Doute[] {
	const ordre = new Set<Partie>(['titre']);
	for (const { proposee } of fiches) for (const { cle } of proposee.champs) if (cle !== null) ordre.add(cle);
	for (const partie of ['echeance', 'partenaires', 'pilote'] as const) ordre.add(partie);
	const presentes = fiches.map(({ proposee, placee }) => partiesOf(proposee, placee));
	const comptes = new Map<Partie, number>();
	for (const parties of presentes) for (const partie of parties) comptes.set(partie, (comptes.get(partie) ?? 0) + 1);
	// What only a few fiches have is an option of the model, not a hole in the others.
	const attendues = [...ordre].filter((partie) => (comptes.get(partie) ?? 0) * 2 >= fiches.length);
	return fiches.flatMap(({ proposee }, i) => {
		const absentes = attendues
			.filter((partie) => !presentes[i]!.has(partie))
			.map((partie) => DE_LA_FICHE[partie].absent);
		return absentes.length === 0
			? []
			: [{ ligne: proposee.ligne, message: `Fiche ${proposee.code} : ${absentes.join(', ')}.` }];
	});
}

function partiesOf(fiche: FicheProposee, { fiche: lue }: FichePlacee): Set<Partie> {
	const parties = new Set<Partie>();
	if (fiche.titre !== '') parties.add('titre');
	if (fiche.echeance !== '') parties.add('echeance');
	if (lue.pilote !== '') parties.add('pilote');
	if (fiche.partenaires.length > 0 || fiche.partenaires_texte !== undefined) parties.add('partenaires');
	for (const champ of fiche.champs) {
		const plein =
			'puces' in champ ? champ.puces.length > 0 : 'texte' in champ ? champ.texte !== '' : champ.lignes.length > 0;
		if (champ.cle !== null && plein) parties.add(champ.cle);
	}
	return parties;
}

/** « Pilote : à désigner » names no one; the words are kept here. */
function pilotesAVenir({ fiches }: Pick<Lecture, 'fiches'>): Doute[] {
	return fiches
		.filter(({ proposee, placee }) => placee.fiche.pilote !== '' && proposee.pilotes.length === 0)
		.map(({ proposee, placee }) => ({
			ligne: proposee.ligne,
			message: `Fiche ${proposee.code} : le pilote est « ${placee.fiche.pilote} ».`
		}));
}

function cadresContraires({ places }: Lecture): Doute[] {
	return places.fiches.flatMap(({ fiche, axe, code, nommee }) => {
		const { cadre } = fiche;
		if (cadre === null || axe === null) return [];
		const ici = defini(axe.niveau, axe.code);
		if (cadre.code !== '' && cadre.code !== axe.code) {
			const raison = nommee ? 'où la liste des fiches la nomme' : 'dont la section la contient';
			const message = `La fiche ${code} porte « ${capitalize(axe.niveau)} ${cadre.code} » ; elle est laissée dans ${ici}, ${raison}.`;
			return [{ ligne: cadre.ligne, message }];
		}
		if (cadre.titre === '' || sameTitre(cadre.titre, axe.titre)) return [];
		const autre = `${pronom(axe.niveau)} s'intitule « ${axe.titre} »`;
		return [{ ligne: cadre.ligne, message: `La fiche ${code} nomme ${ici} « ${cadre.titre} » ; ${autre}.` }];
	});
}

function textesCoupes({ texte, places }: Pick<Lecture, 'texte' | 'places'>): Doute[] {
	return places.fiches.flatMap(({ fiche, code }) =>
		[{ cle: 'titre' as const, texte: fiche.titre, ligne: fiche.ligneDuTitre }, ...fiche.textes]
			.filter((partie) => looksCut(partie.texte, texte.mots))
			.map((partie) => {
				const un = partie.cle === null ? 'un champ' : DE_LA_FICHE[partie.cle].un;
				const coupe = isFeminin(un) ? 'coupée' : 'coupé';
				return {
					ligne: partie.ligne,
					message: `Fiche ${code} : ${un} semble ${coupe}, « ${lastWords(partie.texte)} ».`
				};
			})
	);
}

/** A text that stops on « de », inside a parenthesis, or in the middle of a word that the text has whole elsewhere. */
function looksCut(texte: string, mots: Vocabulaire): boolean {
	const fin = texte.slice(-400);
	if (fin === '' || /[.;:!?…»"%)]$/.test(fin)) return false;
	if (/\p{L}-$/u.test(fin.slice(-2)) || isInacheve(fin)) return true;
	if (fin.lastIndexOf('(') > fin.lastIndexOf(')')) return true;
	const dernier = /(?<!\p{L})\p{L}{5,40}$/u.exec(fin.slice(-41))?.[0];
	return dernier !== undefined && mots.frequency(dernier) <= 1 && mots.completion(dernier) !== null;
}

function lastWords(texte: string): string {
	const mots = texte.split(' ');
	return (mots.length > 6 ? '… ' : '') + mots.slice(-6).join(' ');
}

function signatairesIncertains({ signataires }: Pick<Lecture, 'signataires'>): Doute[] {
	return signataires.desaccords.map(({ ligne, organismes, personnes }) => ({
		ligne,
		message: `${organismes} signataires au-dessus de ${personnes} noms : qui signe pour qui n'a pas été reconnu.`
	}));
}

function motsRecolles({ texte, prises }: Pick<Lecture, 'texte' | 'prises'>): Doute[] {
	return texte.recolles
		.filter(({ ligne }) => prises.has(ligne))
		.map(({ ligne, avant, apres }) => ({ ligne, message: tidy(`« ${avant} » est lu « ${apres} ».`) }));
}
