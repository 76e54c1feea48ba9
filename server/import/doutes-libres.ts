import type { ChampPropose, Doute, FicheProposee } from '#lib/import/proposition.ts';
import { allBranches, looksAlike, type Branche } from './branches.ts';
import type { FicheLibre, LectureLibre } from './lecture-libre.ts';
import { fold, sameForm } from './mots.ts';
import { splitAvecIntroduction, splitPilotesAvec } from './organismes.ts';
import { capitalize, defini, DE_LA_FICHE, enumerate, pronom } from './textes.ts';

type Lecture = Pick<
	LectureLibre,
	'fiches' | 'racines' | 'synthese' | 'coquilles' | 'repetees' | 'nommes' | 'tableaux' | 'titresPris'
>;

/** What such a text contradicts, repairs or leaves open: each at its line. */
export function findDoutesLibres(lecture: Lecture): Doute[] {
	return [
		...lecture.coquilles.map(({ ligne, imprime, lu }) => ({
			ligne,
			message: `L'intitulé « ${imprime} » est lu « ${lu} ».`
		})),
		...lignesRepetees(lecture),
		...sansNiveau(lecture),
		...niveauxSansNom(lecture),
		...tableauxDActions(lecture),
		...titresPris(lecture),
		...codesRepares(lecture),
		...numerosRepetes(lecture),
		...numerosSautes(lecture),
		...titresContraires(lecture),
		...lignesSansFiche(lecture),
		...tableauContraire(lecture),
		...textesRepetes(lecture),
		...indicateursAVenir(lecture),
		...cellulesVides(lecture)
	];
}

/** Headers and footers are stepped over wherever they stand; which ones is said once. */
function lignesRepetees({ repetees }: Lecture): Doute[] {
	return repetees.map((lignes) =>
		doute(
			lignes[0]!.numero,
			`« ${lignes[0]!.texte} » revient ${lignes.length} fois : lu comme un en-tête ou un pied de page.`
		)
	);
}

function sansNiveau({ racines, fiches }: Lecture): Doute[] {
	const feuilles = new Set(fiches.map(({ branche }) => branche));
	return racines.every((racine) => feuilles.has(racine))
		? [{ ligne: 1, message: "Aucun axe n'a été reconnu dans ce texte." }]
		: [];
}

function niveauxSansNom({ nommes }: Lecture): Doute[] {
	return nommes.map(({ ligne, imprime, niveau }) =>
		doute(ligne, `« ${imprime} » est lu comme un niveau « ${niveau} », d'après les codes des fiches.`)
	);
}

function titresPris({ titresPris }: Lecture): Doute[] {
	return titresPris.map(({ ligne, branche }) =>
		doute(
			ligne.numero,
			`« ${shorten(ligne.texte)} » a l'air d'un titre ; la ligne est gardée dans la fiche ${branche.entier || `« ${branche.titre} »`}.`
		)
	);
}

function tableauxDActions({ tableaux }: Lecture): Doute[] {
	return tableaux.map(({ ligne, fiches }) => {
		const nombre = fiches.length === 1 ? 'une action' : `${fiches.length} actions, une par rangée`;
		return doute(ligne, `Ce tableau est lu comme ${nombre} : aucune fiche ne les reprend.`);
	});
}

/** « 15a1 » under I and 5 is « I5a1 »: what was printed is kept as a former code. */
function codesRepares({ racines, fiches }: Lecture): Doute[] {
	const duTableau = allBranches(racines).flatMap(({ entier, rangee }) => {
		const imprime = rangee?.code ?? '';
		if (rangee === null || imprime === '' || imprime === entier) return [];
		const raison = looksAlike(imprime, entier) ? 'd’après sa place dans le tableau' : 'd’après ce qui la précède';
		return [
			doute(
				rangee.ligne,
				`La ligne porte le code « ${imprime} » ; elle est lue « ${entier} », ${straight(raison)}. Le code imprimé est gardé comme ancien code.`
			)
		];
	});
	const desFiches = fiches.flatMap(({ branche, bloc }) => {
		const propre = bloc.at(-1);
		if (propre === undefined || propre.code === '' || isSameCode(propre.code, branche)) return [];
		return [
			doute(
				propre.ligne,
				`La fiche porte le numéro « ${propre.code} » ; elle est lue comme ${defini(branche.niveau, branche.entier)}.`
			)
		];
	});
	return [...duTableau, ...desFiches];
}

function isSameCode(imprime: string, { code, entier, rangee }: Branche): boolean {
	const forme = (texte: string) => fold(texte).replace(/[.-]/g, '');
	return [code, entier, rangee?.code ?? ''].some((connu) => forme(connu) === forme(imprime));
}

/** Two headings of one level with the same number, one below the other. */
function numerosRepetes({ racines }: Lecture): Doute[] {
	const deja = new Map<string, Branche>();
	return allBranches(racines).flatMap((branche) => {
		if (branche.entier === '') return [];
		const cle = `${branche.niveau} ${branche.entier}`;
		const autre = deja.get(cle);
		deja.set(cle, autre ?? branche);
		const nom = capitalize(defini(branche.niveau, branche.entier));
		return autre === undefined
			? []
			: [doute(branche.ligne, `${nom} porte le même numéro que celle de la ligne ${autre.ligne}.`)];
	});
}

/** A number that the text steps over under one parent. */
function numerosSautes({ racines }: Lecture): Doute[] {
	const doutes: Doute[] = [];
	const visit = (branches: readonly Branche[]) => {
		for (const freres of Map.groupBy(branches, ({ niveau }) => niveau).values()) {
			const numeros = freres.map(({ code }) => Number(/^(?:.*[.-])?(\d{1,3})$/.exec(code)?.[1] ?? NaN));
			for (const [i, frere] of freres.entries()) {
				const precedent = i === 0 ? null : numeros[i - 1]!;
				if (precedent === null || numeros[i]! <= precedent + 1 || Number.isNaN(numeros[i]! - precedent)) continue;
				const manquant = defini(frere.niveau, frere.entier.replace(/\d+$/, String(precedent + 1)));
				doutes.push(
					doute(
						frere.ligne,
						`${capitalize(manquant)} n'a pas été reconnu${pronom(frere.niveau) === 'elle' ? 'e' : ''}.`
					)
				);
			}
		}
		for (const { enfants } of branches) visit(enfants);
	};
	visit(racines);
	return doutes;
}

/** The list, the section and the table may each give a title. */
function titresContraires({ racines, fiches }: Lecture): Doute[] {
	const rappels = allBranches(racines).flatMap((branche) =>
		branche.rappels
			.filter(({ titre }) => sameForm(titre) !== sameForm(branche.titre))
			.map(({ ligne, titre }) =>
				doute(
					ligne,
					`${capitalize(defini(branche.niveau, branche.entier))} s'intitule « ${branche.titre} » ; cette ligne dit « ${titre} ».`
				)
			)
	);
	const duTableau = fiches.flatMap(({ branche, bloc }) => {
		const { rangee } = branche;
		const propre = bloc.at(-1);
		if (rangee === null || propre === undefined) return [];
		const auTableau = rangee.echelons.at(-1)!.titre;
		if (propre.titre === '' || sameWords(propre.titre, auTableau)) return [];
		return [
			doute(
				propre.ligne,
				`La fiche ${branche.entier} s'intitule « ${propre.titre} » ; le tableau de synthèse (ligne ${rangee.ligne}) dit « ${auTableau} ».`
			)
		];
	});
	return [...rappels, ...duTableau];
}

function sameWords(a: string, b: string): boolean {
	return sameForm(a).replaceAll(' ', '') === sameForm(b).replaceAll(' ', '');
}

function lignesSansFiche({ racines, fiches }: Lecture): Doute[] {
	const avecFiche = new Set(fiches.map(({ branche }) => branche));
	const sansFiche = allBranches(racines).flatMap((branche) =>
		branche.rangee === null || avecFiche.has(branche) || branche.enfants.some(({ rangee }) => rangee !== null)
			? []
			: [
					doute(
						branche.rangee.ligne,
						`Le tableau de synthèse nomme ${defini(branche.niveau, branche.entier)}, que le texte ne donne pas.`
					)
				]
	);
	const duTableau = fiches.some(({ branche }) => branche.rangee !== null);
	const horsTableau = fiches.flatMap(({ branche, proposee }) =>
		duTableau && branche.rangee === null
			? [doute(proposee.ligne, `La fiche « ${proposee.titre} » n'est pas dans le tableau de synthèse.`)]
			: []
	);
	return [...sansFiche, ...horsTableau];
}

// — The table and the fiches —

function tableauContraire({ fiches }: Lecture): Doute[] {
	return fiches.flatMap(({ branche, proposee, placee }) => {
		const { rangee } = branche;
		if (rangee === null) return [];
		const connus = new Set<string>();
		const ecarts = [
			ecart(
				'le pilote',
				rangee.pilote,
				placee.fiche.pilote,
				splitPilotesAvec(rangee.pilote ?? '', null, connus).flatMap((nom) => nom.split(/\s+[–-]\s+(?!DDCS)/)),
				proposee.pilotes
			),
			ecart(
				'les partenaires',
				rangee.partenaires,
				placee.fiche.partenaires,
				splitAvecIntroduction(rangee.partenaires ?? '').noms,
				proposee.partenaires
			)
		].filter((texte) => texte !== null);
		if (ecarts.length === 0) return [];
		return [
			doute(
				rangee.ligne,
				`Le tableau de synthèse et la fiche ${branche.entier} (ligne ${proposee.ligne}) ne disent pas la même chose : ${ecarts.join(' ; ')}. La fiche est suivie.`
			)
		];
	});
}

function ecart(
	quoi: string,
	auTableau: string | null,
	aLaFiche: string,
	duTableau: readonly string[],
	deLaFiche: readonly string[]
): string | null {
	if (auTableau === null || auTableau === '' || aLaFiche === '' || sameOrganisme(auTableau, aLaFiche)) return null;
	const enPlus = duTableau.filter(
		(nom) => !deLaFiche.some((autre) => sameOrganisme(nom, autre)) && !isWithin(nom, aLaFiche)
	);
	const enMoins = deLaFiche.filter(
		(nom) => !duTableau.some((autre) => sameOrganisme(nom, autre)) && !isWithin(nom, auTableau)
	);
	if (enPlus.length === 0 && enMoins.length === 0) return null;
	const cotes = [
		...(enPlus.length > 0 ? [`${cite(enPlus)} dans le tableau seul`] : []),
		...(enMoins.length > 0 ? [`${cite(enMoins)} dans la fiche seule`] : [])
	];
	return `${quoi}, ${cotes.join(', ')}`;
}

function cite(noms: readonly string[]): string {
	return enumerate(noms.map((nom) => `« ${nom} »`));
}

/** The words of a name, among those of a longer text. */
function isWithin(nom: string, texte: string): boolean {
	return ` ${motsOf(texte).join(' ')} `.includes(` ${motsOf(nom).join(' ')} `);
}

const MOTS_VIDES = new Set('de du des la le les l d et en pour a au aux'.split(' '));

function motsOf(nom: string): string[] {
	return sameForm(nom.replace(/\([^)]{0,80}\)/g, ''))
		.split(' ')
		.filter((mot) => mot !== '' && !MOTS_VIDES.has(mot))
		.map((mot) => (mot.length > 3 ? mot.replace(/[sx]$/, '') : mot));
}

/** « CPAM de la Sarthe » and « Caisse Primaire d'Assurance Maladie de la Sarthe » are one. */
export function sameOrganisme(a: string, b: string): boolean {
	const [x, y] = [motsOf(a), motsOf(b)];
	if (x.join(' ') === y.join(' ')) return true;
	return [
		[x, y],
		[y, x]
	].some(([court, long]) => {
		const sigle = court![0] ?? '';
		return (
			sigle.length > 1 &&
			long!.length >= sigle.length &&
			long!
				.map((mot) => mot[0])
				.join('')
				.startsWith(sigle)
		);
	});
}

// — Inside the fiches —

const LONGUEUR_REPETEE = 40;

/** A paragraph or an item that two fiches print word for word. */
function textesRepetes({ fiches }: Lecture): Doute[] {
	const deja = new Map<string, FicheLibre>();
	return fiches.flatMap((fiche) => {
		const ici = new Map<string, Doute>();
		for (const { cle, texte, ligne } of fiche.placee.fiche.textes) {
			if (cle !== 'objectifs' && cle !== 'contexte' && cle !== 'finalite') continue;
			for (const morceau of texte.split('\n')) {
				const forme = sameForm(morceau);
				if (forme.length < LONGUEUR_REPETEE) continue;
				const autre = deja.get(forme);
				if (autre === undefined) deja.set(forme, fiche);
				else if (autre !== fiche && !ici.has(cle))
					ici.set(
						cle,
						doute(
							ligne,
							`Fiche ${fiche.branche.entier} : ${DE_LA_FICHE[cle].un} « ${shorten(morceau)} » est aussi, mot pour mot, dans la fiche ${autre.branche.entier} (ligne ${autre.proposee.ligne}).`
						)
					);
			}
		}
		return [...ici.values()];
	});
}

function shorten(texte: string): string {
	const propre = texte.replace(/^- /, '');
	return propre.length > 80 ? `${propre.slice(0, 80).replace(/\s\S*$/, '')} …` : propre;
}

function indicateursAVenir({ fiches }: Lecture): Doute[] {
	return fiches.flatMap(({ proposee, branche }) =>
		indicateursOf(proposee)
			.filter((texte) => /^a (?:definir|preciser|determiner|completer)\b/.test(sameForm(texte)))
			.map((texte) => doute(proposee.ligne, `Fiche ${branche.entier} : un indicateur est « ${texte} ».`))
	);
}

function indicateursOf({ champs }: FicheProposee): string[] {
	return champs.filter(({ cle }) => cle === 'indicateurs').flatMap(itemsOf);
}

function itemsOf(champ: ChampPropose): string[] {
	if ('puces' in champ) return champ.puces;
	return 'texte' in champ ? champ.texte.split('\n') : champ.lignes.map(([premiere = '']) => premiere);
}

/** An empty cell may be left empty, or go on from the one above: the text does not tell. */
function cellulesVides({ fiches }: Lecture): Doute[] {
	return fiches.flatMap(({ proposee, branche }) =>
		proposee.champs.flatMap((champ) => {
			if (!('colonnes' in champ)) return [];
			const suites = new Set((champ.suites ?? []).map(([r, c]) => `${r} ${c}`));
			const vides = champ.lignes.flatMap((rangee, r) =>
				r === 0
					? []
					: rangee.flatMap((texte, c) => (texte === '' && c > 0 && !suites.has(`${r} ${c}`) ? [[r, c] as const] : []))
			);
			if (vides.length === 0) return [];
			const nombre = vides.length === 1 ? 'une cellule vide' : `${vides.length} cellules vides`;
			return [
				doute(
					proposee.ligne,
					`Fiche ${branche.entier} : le tableau « ${champ.etiquette} » a ${nombre} sous une autre ligne : à laisser vide${vides.length === 1 ? '' : 's'}, ou à réunir avec celle du dessus.`
				)
			];
		})
	);
}

function doute(ligne: number, message: string): Doute {
	return { ligne, message: straight(message) };
}

/** The doubts keep plain apostrophes: the screen gives them its own typography. */
function straight(message: string): string {
	return message.replaceAll('’', "'");
}
