import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EngagementPropose, Proposition } from '#lib/import/proposition.ts';
import { decodeTexte } from './decode.ts';
import { EXEMPLES, readExemple } from './exemples/exemples.ts';
import { readTexteLibre } from './exemples/mesure.ts';
import { fold } from './mots.ts';
import { readPacte } from './read-pacte.ts';

describe('our own texts', () => {
	it.each(EXEMPLES)('%s gives exactly its proposal, order and messages included', (nom) => {
		const { octets, attendu } = readExemple(nom);
		expect(readPacte(decodeTexte(octets))).toEqual(attendu);
	});

	const { octets, attendu } = readExemple('exemple');
	const exemple = decodeTexte(octets);

	it.each([
		['Windows line ends', exemple.replaceAll('\n', '\r\n')],
		['a byte order mark', `\uFEFF${exemple}`],
		['round bullets', exemple.replaceAll(/^- /gm, '• ')],
		['lost bullets of a PDF', exemple.replaceAll(/^- /gm, '  \uFFFD')],
		[
			'Latin-1',
			decodeTexte(Buffer.from(exemple.replaceAll('…', '...').replaceAll('Œ', 'OE').replaceAll('œ', 'oe'), 'latin1'))
		]
	])('reads the example alike with %s', (_, texte) => {
		expect(readPacte(texte)).toEqual(attendu);
	});

	it('reads the example alike when its labels are in lower case, or with the value beside them', () => {
		const basses = exemple.replaceAll(/^(?:FINALITÉ|OBJECTIFS|INDICATEURS.*)$/gm, (etiquette) =>
			etiquette.toLowerCase()
		);
		const serrees = exemple.replaceAll(/^(FINALITÉ|INDICATEURS.*)\n- (.*)$/gm, '$1 : $2\n');
		for (const texte of [basses, serrees])
			expect(textsOf(readPacte(texte)).map(fold)).toEqual(textsOf(attendu).map(fold));
	});

	it.each(['exemple', 'synthese-et-fiches'])(
		'what %s says of itself and contradicts is told, however its fiches are found',
		(nom) => {
			const texte = decodeTexte(readFileSync(new URL(`./exemples/${nom}.txt`, import.meta.url)));
			const contredit = `${texte}
Le comité de pilotage se réunit une fois par an.
Le comité de pilotage se réunit deux fois par an (voir l’annexe C).

ANNEXES
A. Les cartes
B. Les listes
`;
			const messages = readPacte(contredit).doutes.map(({ message }) => message);
			expect(messages.filter((message) => /renvoie à l’annexe C/.test(message))).toHaveLength(1);
			expect(
				messages.filter((message) => /comité de pilotage se réunit « deux fois par an » ici/.test(message))
			).toHaveLength(1);
		}
	);

	it.each(['parties-et-recommandations', 'chapitres-markdown', 'axes-en-mots'])('drops no line of %s', (nom) => {
		const { texte } = readTexteLibre(nom);
		expect(lostWords(texte, readPacte(texte))).toEqual([]);
	});

	it.each(EXEMPLES)('drops no line of %s', (nom) => {
		const texte = decodeTexte(readExemple(nom).octets);
		expect(lostWords(texte, readPacte(texte))).toEqual([]);
	});
});

describe('a fiche at its place', () => {
	const fiche = (tete: string, titre: string, fin = '') => `${tete}\n${titre}\n\nOBJECTIFS\n- Un objectif\n${fin}\n`;

	it('fiches gathered after the last axe go where the lists name them', () => {
		const texte = [
			'Axe 1 : Un\nFiches actions\n1. Alpha\n',
			'Axe 2 : Deux\nFiches actions\n1. Bêta\n',
			fiche('FICHE ACTION 1', 'Alpha', 'Axe 1 / Un'),
			fiche('FICHE ACTION 1', 'Bêta', 'Axe 2 / Deux')
		].join('\n');
		const { fiches, doutes } = readPacte(texte);
		expect(fiches.map(({ code, titre }) => [code, titre])).toEqual([
			['1.1', 'Alpha'],
			['2.1', 'Bêta']
		]);
		expect(doutes).toEqual([]);
	});

	it('without any list, a code with two numbers says the axe', () => {
		const texte = `Axe 1 : Un\nAxe 2 : Deux\n\n${fiche('Fiche 1.1', 'Alpha')}${fiche('Fiche 2.1', 'Bêta')}`;
		expect(readPacte(texte).fiches.map(({ code }) => code)).toEqual(['1.1', '2.1']);
	});

	it('a fiche whose box names another axe stays in its section, with a doubt', () => {
		const texte = `Axe 1 : Un\n${fiche('FICHE ACTION 1', 'Alpha', 'Axe 1 / Un')}${fiche('FICHE ACTION 2', 'Bêta', 'Axe 2 / Deux')}${fiche('FICHE ACTION 3', 'Gamma', 'Axe 1 / Un')}`;
		const { fiches, doutes } = readPacte(texte);
		expect(fiches.map(({ code }) => code)).toEqual(['1.1', '1.2', '1.3']);
		expect(doutes).toEqual([
			{
				ligne: 13,
				message: "La fiche 1.2 porte « Axe 2 » ; elle est laissée dans l'axe 1, dont la section la contient."
			}
		]);
	});

	it('two fiches with one number keep it, with a doubt', () => {
		const texte = `Axe 1 : Un\n${fiche('FICHE ACTION 1', 'Alpha')}${fiche('FICHE ACTION 1', 'Bêta')}`;
		expect(readPacte(texte).doutes).toEqual([
			{ ligne: 8, message: 'La fiche 1.1 porte le même numéro que celle de la ligne 2.' }
		]);
	});

	it('a text without axes still gives its fiches', () => {
		const { noeuds, fiches, doutes } = readPacte(fiche('FICHE ACTION 4', 'Alpha'));
		expect(noeuds).toMatchObject([{ parent: null, niveau: 'action', code: '4', titre: 'Alpha' }]);
		expect(fiches).toMatchObject([{ noeud: 'n1', code: '4', code_imprime: '4' }]);
		expect(doutes[0]!.message).toBe("Aucun axe n'a été reconnu dans ce texte.");
	});

	it('a number stepped over is told', () => {
		const { doutes } = readPacte('Axe 1 : Un\nAxe 3 : Trois\n');
		expect(doutes).toContainEqual({ ligne: 2, message: "L'axe 2 n'a pas été reconnu." });
	});
});

describe('two labels side by side', () => {
	const read = (boite: string) => {
		const [fiche] = readPacte(`Axe 1 : Un\nFICHE ACTION 1\nAlpha\n\nOBJECTIFS\n- Un objectif\n\n${boite}`).fiches;
		return { pilotes: fiche!.pilotes, partenaires: fiche!.partenaires, echeance: fiche!.echeance };
	};

	it('share the columns below them', () => {
		expect(read('Pilote\tPartenaires mobilisés\nCAF\tRégion, MSA,\n\tmairies')).toMatchObject({
			pilotes: ['CAF'],
			partenaires: ['Région', 'MSA', 'mairies']
		});
		expect(read('Axe 1 \t Pilote :\nUn \uFFFD Conseil départemental')).toMatchObject({
			pilotes: ['Conseil départemental']
		});
	});

	it('leave to the last one what stands below without columns', () => {
		expect(read('Échéance : 2026 Partenaires :\nCAF, Pôle\nSanté, MSA…')).toEqual({
			pilotes: [],
			partenaires: ['CAF', 'Pôle Santé', 'MSA'],
			echeance: '2026'
		});
		expect(read('Échéance : Partenaires :\nCAF,\nMSA')).toMatchObject({ echeance: '', partenaires: ['CAF', 'MSA'] });
	});
});

describe('what is no fiche', () => {
	it('a sentence, a list of fiches, a table of contents give none', () => {
		const texte = [
			'Fiche action 1 : Alpha ................ 4',
			'Fiche action 2 : Bêta ................. 6',
			'',
			'La fiche action 3 décrit les objectifs.',
			'fiche 3 est attendue',
			'Fiches actions :',
			'Fiche action 1 : Alpha'
		].join('\n');
		const { fiches, doutes } = readPacte(texte);
		expect(fiches).toEqual([]);
		expect(doutes).toContainEqual({ ligne: 1, message: "Aucune fiche n'a été reconnue dans ce texte." });
	});

	it('an empty or shapeless text gives back all of it', () => {
		for (const texte of ['Bonjour.', '???', '\n\n12\n\n', '- \n- \n', 'Axe', 'FICHE ACTION', ':', 'Pilote : CAF'])
			expect(() => readPacte(texte)).not.toThrow();
		expect(readPacte('Bonjour.\n\nÀ demain.').restes).toEqual([
			{ ligne_debut: 1, ligne_fin: 3, texte: 'Bonjour.\n\nÀ demain.' }
		]);
	});
});

const SEEDS = process.env.COPACTE_SEEDS ?? '../shared/seeds';
const ORNE = join(SEEDS, '003_155318935f0f791d.txt');

describe.skipIf(!existsSync(ORNE))(`the pacte of the Orne, in ${SEEDS} (skipped where the folder is absent)`, () => {
	const texte = existsSync(ORNE) ? decodeTexte(readFileSync(ORNE)) : '';
	const lu = readPacte(texte);
	const { noeuds, fiches, signataires, doutes } = lu;
	const messageAt = (ligne: number) => doutes.filter((doute) => doute.ligne === ligne).map(({ message }) => message);

	it('has its title, its period, 7 axes and their 19 perspectives', () => {
		expect(lu.titre).toMatch(/^Pacte territorial d’insertion/);
		expect(lu.periode).toEqual({ debut: 2020, fin: 2022 });
		const axes = noeuds.filter(({ niveau }) => niveau === 'axe');
		expect(axes.map(({ code, ligne }) => [code, ligne])).toEqual([
			['1', 1149],
			['2', 1555],
			['3', 1920],
			['4', 2325],
			['5', 2843],
			['6', 3066],
			['7', 3465]
		]);
		expect(
			countBy(axes, ({ id }) => noeuds.filter((n) => n.parent === id && n.niveau === 'perspective').length)
		).toEqual([3, 2, 2, 3, 3, 3, 3]);
	});

	it('has 37 fiches, 6/6/5/8/3/6/3, numbered within their axe', () => {
		const axes = noeuds.filter(({ niveau }) => niveau === 'axe');
		const parAxe = countBy(axes, ({ code }) => fiches.filter((fiche) => fiche.code.startsWith(`${code}.`)).length);
		expect(parAxe).toEqual([6, 6, 5, 8, 3, 6, 3]);
		expect(new Set(fiches.map(({ code }) => code)).size).toBe(37);
		expect(fiches.every(({ code, code_imprime }) => code.endsWith(`.${code_imprime}`))).toBe(true);
	});

	it('has every bullet apart: 47 finalités, 135 objectifs, 207 modalités, 152 indicateurs', () => {
		const total = (cle: string) =>
			fiches
				.flatMap(({ champs }) => champs.filter((champ) => champ.cle === cle))
				.reduce((n, champ) => n + ('puces' in champ ? champ.puces.length : 0), 0);
		expect(['finalite', 'objectifs', 'modalites', 'indicateurs'].map(total)).toEqual([47, 135, 207, 152]);
		expect(fiches.every(({ champs }) => champs.length === 4)).toBe(true);
	});

	it('has échéances as printed, pilotes, partenaires and open lists', () => {
		const fois = (echeance: string) => fiches.filter((fiche) => fold(fiche.echeance) === echeance).length;
		expect(['2020', '2021', '2022', '2021 ou 2022', '2020 ou 2021', 'tout au long du pti'].map(fois)).toEqual([
			9, 10, 10, 5, 1, 2
		]);
		expect(fiches.every(({ pilotes }) => pilotes.length === 1 && fold(pilotes[0]!) === 'conseil departemental')).toBe(
			true
		);
		expect(fiches.filter(({ liste_ouverte }) => liste_ouverte)).toHaveLength(32);
		expect(new Set(fiches.flatMap(({ partenaires }) => partenaires)).size).toBe(36);
		expect(fiches.filter(({ partenaires_texte }) => /en interne\.$/.test(partenaires_texte ?? ''))).toHaveLength(3);
		expect(
			fiches.every(({ partenaires, partenaires_texte }) => partenaires.length > 0 !== (partenaires_texte !== undefined))
		).toBe(true);
	});

	it('has its 21 signatories, each with its person', () => {
		expect(signataires).toHaveLength(21);
		expect(signataires.every(({ personne }) => /^\p{Lu}\S+ (?:\p{Lu}\S* ?)+$/u.test(personne ?? ''))).toBe(true);
	});

	it('puts words cut by the layout back together, and leaves no stray character', () => {
		for (const mot of textsOf(lu)) {
			expect(mot).not.toMatch(/[\uFFFD\uE000-\uF8FF\t]| {2}/);
			expect(mot).not.toMatch(/\p{L}- \p{Ll}/u);
		}
		const vocabulaire = new Set(wordsOf(texte.replace(/-[ ]*\n+/g, '\n')));
		const colles = textsOf(lu)
			.flatMap(wordsOf)
			.filter((mot) => !vocabulaire.has(mot) && mot.length > 3);
		expect(colles.length).toBeLessThan(20);
	});

	it('reports the faults of the source, each at its line', () => {
		expect(messageAt(3066)[0]).toMatch(/« Axe 5 » ; elle est lue comme l'axe 6/);
		expect(messageAt(3144)[0]).toMatch(/perspectives de l'axe 6 sont, mot pour mot, celles de l'axe 5/);
		expect(messageAt(3512)[0]).toMatch(/« Perspectives de l'axe 6 » ; elle est laissée dans l'axe 7/);
		expect(messageAt(3580)[0]).toMatch(/^Fiche 7\.2 : une finalité semble coupée/);
		const autresTitres = doutes
			.filter(({ message }) => message.includes("s'intitule"))
			.map(({ message }) => message.slice(0, 12));
		expect(autresTitres).toEqual(['La fiche 3.3', 'La fiche 4.4', 'La fiche 6.4']);
		expect(doutes).toHaveLength(7);
	});

	it('keeps the 36 entries of its glossary, whose heading is printed after them', () => {
		expect(lu.glossaire).toHaveLength(36);
		expect(lu.glossaire?.[0]).toEqual({ sigle: 'ARS', developpe: 'Agence Régionale de Santé', ligne: 3674 });
		expect(lu.glossaire?.find(({ sigle }) => sigle === 'CCAS – CIAS')?.developpe).toMatch(/ – Centre Intercommunal/);
		expect(lu.restes.some(({ texte }) => /GLOSSAIRE|^SIAE/m.test(texte))).toBe(false);
	});

	it('drops no line', () => {
		expect(lostWords(texte, lu)).toEqual([]);
	});
});

describe.skipIf(!existsSync(SEEDS))(`the other pactes of ${SEEDS} (skipped where the folder is absent)`, () => {
	it.each([
		['Mayenne', '000_9802a98969868da2.txt'],
		['Meuse', '002_545a827021220c88.txt'],
		['Allier', '004_1f13a59804524787.txt']
	])('%s: no fiche is made up, none is said to be found, nothing is dropped', (_, nom) => {
		const texte = decodeTexte(readFileSync(join(SEEDS, nom)));
		const lu = readPacte(texte);
		expect(lu.fiches).toEqual([]);
		expect(lu.doutes).toContainEqual({ ligne: 1, message: "Aucune fiche n'a été reconnue dans ce texte." });
		expect(lostWords(texte, lu)).toEqual([]);
	});
});

describe.skipIf(!existsSync(SEEDS))(`the pacte of the Sarthe, in ${SEEDS} (skipped where the folder is absent)`, () => {
	it('drops no line', () => {
		const texte = decodeTexte(readFileSync(join(SEEDS, '001_caf31ac52d3d87dd.txt')));
		expect(lostWords(texte, readPacte(texte))).toEqual([]);
	});
});

/** Words that labels print, and that the proposal holds as structure. */
const DES_ETIQUETTES =
	'fiche fiches action actions projet axe axes orientation orientations nos les perspectives preconisations objectifs operationnels' +
	' glossaire echeance mise œuvre partenaires mobiliser mobilises pilote periode liste signataires represente representee representes representees par signatures entre missions cadre ses engagements sous reserve des engages dans sommaire etc partenaire mobilise';

/** The lines that are neither in a remainder nor furniture, and hold a word that the proposal has nowhere. */
function lostWords(texte: string, lu: Proposition): string[] {
	const dits = lu.doutes
		.map(({ message }) => message)
		.filter((message) => /le pilote est|revient \d+ fois|tableau de synthèse|est lu «|porte le code/.test(message));
	const gardes = new Set([...textsOf(lu), ...dits, DES_ETIQUETTES].flatMap(wordsOf));
	const lignes = texte.split(/\r\n|\n|\r/);
	const restes = new Set(lu.restes.flatMap(({ ligne_debut, ligne_fin }) => range(ligne_debut, ligne_fin)));
	for (const { ligne_debut, ligne_fin, texte } of lu.restes)
		expect([ligne_debut, texte === lignes.slice(ligne_debut - 1, ligne_fin).join('\n')]).toEqual([ligne_debut, true]);
	const coupees = lignes.flatMap((ligne) => /(\p{L}+)-\s*$/u.exec(fold(ligne))?.[1] ?? []);
	/** The other half may be printed in another column. */
	const isCut = (mot: string) => coupees.some((debut) => gardes.has(debut + mot));
	return lignes
		.map((ligne) => ligne.replace(/<\/?[a-z][a-z0-9]{0,10}(?:\s[^<>]*)?>/gi, ' ').replace(/\^\{(\w+)\}/g, '$1'))
		.filter((ligne, i) => {
			if (restes.has(i + 1) || /^\W*\d*\W*$/.test(ligne)) return false;
			// The two halves of a word cut by the end of a line are no words; those of a ligature neither.
			const apresCoupure = /\p{L}-\s*$/u.test(lignes.slice(0, i).findLast((avant) => avant.trim() !== '') ?? '');
			const mots = wordsOf(ligne.replace(/\S+-\s*$/, '').replaceAll(/\S* ?f[il] \S+/g, ''));
			return mots
				.slice(apresCoupure ? 1 : 0)
				.some((mot, i) => mot.length > 2 && !gardes.has(mot) && !(i === 0 && isCut(mot)));
		});
}

function wordsOf(texte: string): string[] {
	return fold(texte).match(/[\p{L}\d]+/gu) ?? [];
}

/** Every text of a proposal, remainders and doubts left out. */
function textsOf(proposition: Proposition): string[] {
	const {
		titre,
		periode,
		noeuds,
		fiches,
		signataires,
		glossaire = [],
		sections = [],
		engagements,
		financement
	} = proposition;
	return [
		...[titre ?? '', String(periode.debut), String(periode.fin)],
		...noeuds.flatMap((noeud) => [noeud.titre, noeud.code]),
		...fiches.flatMap((fiche) => [
			...[fiche.titre, fiche.echeance, fiche.partenaires_texte ?? '', ...fiche.pilotes, ...fiche.partenaires],
			...fiche.champs.flatMap((champ) => [
				champ.etiquette,
				...('puces' in champ
					? champ.puces
					: 'texte' in champ
						? [champ.texte]
						: [...champ.colonnes, ...champ.lignes.flat()])
			])
		]),
		...signataires.flatMap(({ organisme, personne, reserve }) => [organisme, personne ?? '', reserve ?? '']),
		...sections.flatMap((section) => [
			...[section.titre, section.texte, section.organisme ?? ''],
			...(section.personnes ?? []).flatMap(({ personne, fonction }) => [personne, fonction])
		]),
		...engagements.flatMap(textsOfEngagement),
		...(financement?.orientations ?? []).flatMap(({ libelle, dispositifs }) => [
			libelle,
			...dispositifs.flatMap((dispositif) => [dispositif.libelle, dispositif.mention])
		]),
		...glossaire.flatMap(({ sigle, developpe }) => [sigle, developpe])
	];
}

function textsOfEngagement(engagement: EngagementPropose): string[] {
	const { organisme, titre, intention, contexte, puces, missions = [], moyens_financiers = [] } = engagement;
	return [
		...[organisme ?? '', titre ?? '', intention ?? '', contexte ?? ''],
		...[...puces, ...missions, ...moyens_financiers],
		...(engagement.moyens_humains ?? []).flatMap(({ libelle, etp }) => [libelle, etp, 'ETP']),
		...(engagement.conventions ?? []).map(({ intitule }) => intitule)
	];
}

function range(debut: number, fin: number): number[] {
	return Array.from({ length: fin - debut + 1 }, (_, i) => debut + i);
}

function countBy<T>(elements: readonly T[], count: (element: T) => number): number[] {
	return elements.map(count);
}
