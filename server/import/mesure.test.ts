import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { measureExemples, measurePactes, readTexteLibre, TEXTES_LIBRES, type Mesure } from './exemples/mesure.ts';
import { readPacte } from './read-pacte.ts';

/** Under this, a text is read worse than it was. */
const PLANCHER = 0.97;

const enTete = (mesures: Mesure[]) => {
	const total = (cle: 'attendus' | 'lus' | 'justes') => mesures.reduce((somme, mesure) => somme + mesure[cle], 0);
	return { rappel: total('justes') / total('attendus'), precision: total('justes') / total('lus') };
};

describe('recall and precision of the importer', () => {
	it.each(measureExemples())(
		'$nom: $justes of the $attendus things that a person reads, $lus found',
		({ rappel, precision, manques, enTrop }) => {
			expect({ assez: rappel >= PLANCHER && precision >= PLANCHER, manques, enTrop }).toMatchObject({ assez: true });
		}
	);

	it('over all of them', () => {
		const { rappel, precision } = enTete(measureExemples());
		expect(rappel).toBeGreaterThanOrEqual(PLANCHER);
		expect(precision).toBeGreaterThanOrEqual(PLANCHER);
	});

	it.each(measurePactes(resolve(process.env.COPACTE_SEEDS ?? '../shared/seeds')))(
		'the printed pacte of $nom (where its text is here): $justes of $attendus, $lus found',
		({ manques, enTrop }) => expect({ manques, enTrop }).toEqual({ manques: [], enTrop: [] })
	);
});

describe('what such texts leave in doubt', () => {
	const messages = (nom: string) => readPacte(readTexteLibre(nom).texte).doutes.map(({ message }) => message);

	it('six texts at least, in unlike layouts', () => expect(TEXTES_LIBRES.length).toBeGreaterThanOrEqual(6));

	it('the lines of a sommaire, wherever its page numbers stand, are no other titles', () => {
		for (const nom of ['fiches-d-un-pdf', 'fiches-sans-numero']) expect(messages(nom)).toEqual([]);
	});

	it('a header without a page number is told once, and stands in no field', () => {
		for (const [nom, ligne] of [
			['lettres-et-tirets', 'Pacte territorial du Val-de-Sorne – version adoptée'],
			['intitules-seuls', 'Département de la Côte-Brune – page'],
			['synthese-et-fiches', 'Action cofinancée par le fonds social européen']
		] as const) {
			const { texte } = readTexteLibre(nom);
			expect(messages(nom).filter((message) => message.includes(ligne))).toHaveLength(1);
			expect(JSON.stringify(readPacte(texte).fiches)).not.toContain(ligne);
		}
	});

	it('a table of actions against its fiches: a code read as a number, a pilote, a number printed twice', () => {
		expect(messages('synthese-et-fiches')).toEqual([
			'Le tableau de synthèse et la fiche I1b2 (ligne 69) ne disent pas la même chose : le pilote, « Caisse primaire » dans le tableau seul, « CPAM » dans la fiche seule. La fiche est suivie.',
			"La ligne porte le code « 112a » ; elle est lue « II2a », d'après sa place dans le tableau. Le code imprimé est gardé comme ancien code.",
			'« Action cofinancée par le fonds social européen » revient 5 fois : lu comme un en-tête ou un pied de page.',
			'La fiche porte le numéro « 1 » ; elle est lue comme la sous-action I1b2.'
		]);
	});

	it('a label of its own, a level without its name, a table of actions: each is told', () => {
		expect(messages('mots-a-elle')).toEqual([
			"L'intitulé « Ils en sont » n'est pas connu : ce qu'il annonce est gardé sous ce nom, dans 3 fiches."
		]);
		expect(messages('questions-en-ligne')).toContain(
			"« A1 Accueillir » est lu comme un niveau « axe », d'après les codes des fiches."
		);
		expect(messages('plan-en-tableau')).toContain(
			'Ce tableau est lu comme 2 actions, une par rangée : aucune fiche ne les reprend.'
		);
	});

	it('a label of its own without colon nor capitals: its words stand under it, and it is told', () => {
		const { texte } = readTexteLibre('fiches-sans-numero');
		const { fiches, doutes } = readPacte(texte.replaceAll('Moyens mobilisés', 'Ce qui est déjà là'));
		expect(fiches.map(({ champs }) => champs.find(({ etiquette }) => etiquette === 'Ce qui est déjà là'))).toEqual([
			{ cle: null, etiquette: 'Ce qui est déjà là', texte: 'Un poste de chargé d’animation' },
			{ cle: null, etiquette: 'Ce qui est déjà là', texte: '15 000 € la première année, puis 4 000 € par an' },
			{ cle: null, etiquette: 'Ce qui est déjà là', texte: '70 000 € par an' }
		]);
		expect(doutes.map(({ message }) => message)).toEqual([
			"L'intitulé « Ce qui est déjà là » n'est pas connu : ce qu'il annonce est gardé sous ce nom, dans 3 fiches."
		]);
	});

	it('the same words under a label are its value, and no label', () => {
		const { texte } = readTexteLibre('fiches-d-un-pdf');
		const { fiches } = readPacte(texte.replaceAll(/^Public visé\n.*/gm, 'Public visé\n\nAllocataires du RSA\nJeunes'));
		for (const { champs } of fiches)
			expect(champs).toContainEqual({ cle: 'public', etiquette: 'Public visé', texte: 'Allocataires du RSA Jeunes' });
	});

	it('the chapter after the fiches is in none of them', () => {
		const { fiches, restes } = readPacte(readTexteLibre('entetes-de-fiche-repetes').texte);
		expect(JSON.stringify(fiches)).not.toContain('Liste des sigles');
		expect(restes.at(-1)?.texte).toBe('4 Annexes\n\nListe des sigles');
	});

	it('a heading that opens no fiche is kept in the one above, and told', () => {
		const { texte } = readTexteLibre('questions-en-ligne');
		const { doutes } = readPacte(`${texte}A2.2 – Une fiche dont il ne reste que le titre\n`);
		expect(doutes.map(({ message }) => message)).toContain(
			"« A2.2 – Une fiche dont il ne reste que le titre » a l'air d'un titre ; la ligne est gardée dans la fiche A2.1."
		);
	});

	it('labels around which no fiche is found are told, and none of their words is lost', () => {
		const texte =
			'Un pacte\n\nRien n’est encore écrit.\n\nQui pilote ?\nLa CAF\n\nPour qui ?\nTous\n\nCombien ?\nRien\n';
		const lu = readPacte(texte);
		expect(lu.fiches).toEqual([]);
		expect(lu.doutes.map(({ message }) => message)).toContain(
			"Des intitulés de fiche (« Qui pilote ? », « Pour qui ? », « Combien ? »…) sont ici sans qu'une fiche ait été reconnue : leur texte est gardé hors des fiches."
		);
		expect(JSON.stringify(lu)).toContain('La CAF');
	});
});
