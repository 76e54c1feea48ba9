import { expect, it } from 'vitest';
import { readPacte } from './read-pacte.ts';

const GRILLE = ` Le Département
de la Haute-Rivière

La Région du Val Pôle travail
La Mission Locale
d’Arvy-

la-Rivière

Camille ROUX Dominique LE GALL Ange DE LA TOUR

Le Centre communal
de Sainte-Anne

Marie-Lou PETIT-JEAN`;
const FICHE = `FICHE ACTION 1
Une fiche
OBJECTIFS
- Un objectif
Partenaires : Pôle travail, CAF
`;

const signataires = (texte: string) =>
	readPacte(texte).signataires.map(({ organisme, personne }) => [organisme, personne]);
const LUS = [
	['Le Département de la Haute-Rivière', 'Camille ROUX'],
	['La Région du Val', 'Dominique LE GALL'],
	['Pôle travail', 'Ange DE LA TOUR']
];

it('reads a grid of bodies and names, whether its heading stands before or after', () => {
	const grille = GRILLE.replace('La Mission Locale\nd’Arvy-\n\nla-Rivière\n\n', '');
	for (const texte of [
		`${FICHE}\nSIGNATAIRES DU PACTE\n\n${grille}`,
		`${FICHE}\nGLOSSAIRE\n${grille}\n\nSIGNATAIRES DU PACTE`
	])
		expect(signataires(texte)).toEqual([...LUS, ['Le Centre communal de Sainte-Anne', 'Marie-Lou PETIT-JEAN']]);
});

it('does not guess who signs for whom when a row has more bodies than names', () => {
	const { signataires, doutes } = readPacte(
		`${FICHE}\nSIGNATAIRES DU PACTE\n\nLe Département\n\nLa Région\n\nLa CAF\n\nCamille ROUX Dominique LE GALL`
	);
	expect(signataires.map(({ organisme }) => organisme)).toEqual(['Le Département', 'La Région', 'La CAF']);
	expect(signataires.every(({ personne }) => personne === undefined)).toBe(true);
	expect(doutes.at(-1)).toEqual({
		ligne: 15,
		message: "3 signataires au-dessus de 2 noms : qui signe pour qui n'a pas été reconnu."
	});
});

it('reads a list, and takes no heading for one when prose follows', () => {
	expect(signataires('Signataires\n- CAF, Camille ROUX\n- MSA (Dominique LE GALL)\n- Région')).toEqual([
		['CAF', 'Camille ROUX'],
		['MSA', 'Dominique LE GALL'],
		['Région', undefined]
	]);
	expect(
		signataires(
			'Les partenaires signataires\n• La CAF : elle verse les aides\net reçoit.\n• La MSA : elle aussi\nverse.'
		)
	).toEqual([]);
});
