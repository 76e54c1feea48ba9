import type { Prose } from './prose.ts';

/** One of everything that prose may hold: for the tests of all that reads it. */
export const PROSE_ENTIERE: Prose = [
	{ type: 'paragraphe', titre: 2, contenu: [{ type: 'texte', texte: 'Les habitants' }] },
	{
		type: 'paragraphe',
		contenu: [
			{ type: 'texte', texte: 'Le département ' },
			{ type: 'texte', texte: 'vieillit', gras: true },
			{ type: 'texte', texte: ', comme ' },
			{ type: 'texte', texte: 'ses voisins', italique: true, gras: true },
			{
				type: 'note',
				contenu: [
					{ type: 'texte', texte: 'Selon ' },
					{ type: 'texte', texte: 'l’observatoire', lien: 'https://observatoire.example/2027' }
				]
			},
			{ type: 'texte', texte: ' (voir ' },
			{ type: 'renvoi', cible: 'noeud:abcdefgh' },
			{ type: 'texte', texte: ') : ' },
			{ type: 'chiffre', figure: 'figure-1', ligne: 'l1', serie: 's1' },
			{ type: 'saut' },
			{ type: 'texte', texte: 'Fin.' }
		]
	},
	{ type: 'paragraphe', liste: 'puce', contenu: [{ type: 'texte', texte: 'Un point' }] },
	{ type: 'paragraphe', liste: 'numero', retrait: 1, contenu: [{ type: 'texte', texte: 'Un sous-point' }] },
	{ type: 'paragraphe', citation: true, contenu: [{ type: 'texte', texte: 'Je n’osais pas demander.' }] },
	{
		type: 'paragraphe',
		constat: { cle: 'c1', nature: 'enjeu', theme: 'Mobilité', noeud: 'abcdefgh', origine: 'groupe d’usagers' },
		contenu: [{ type: 'texte', texte: 'Sans voiture, pas d’emploi.' }]
	},
	{
		type: 'tableau',
		legende: 'Habitants par commune',
		rangees: [
			[
				{
					entete: true,
					colonnes: 2,
					contenu: [{ type: 'paragraphe', contenu: [{ type: 'texte', texte: 'Commune' }] }]
				},
				{ entete: true, contenu: [{ type: 'paragraphe', contenu: [{ type: 'texte', texte: 'Habitants' }] }] }
			],
			[
				{ lignes: 2, contenu: [{ type: 'paragraphe', contenu: [{ type: 'texte', texte: 'Valmorin' }] }] },
				{ contenu: [] },
				{ contenu: [{ type: 'paragraphe', contenu: [] }] }
			]
		]
	},
	{ type: 'figure', figure: 'figure-1' },
	{ type: 'image', piece: 'piece-1', alternative: 'La carte du département', legende: 'Les quatre bassins' }
];
