// A pacte of the Haute-Rivière on the Sarthe's model: four levels, two fiches with livrables, indicators and schemas. All words are ours.
import { PARTIES_VIDES, type ArchivePacte, type FicheArchive, type ValeurChamp } from '#lib/pactes/archive.ts';
import { emptyValeur } from '#lib/pactes/archive-schema.ts';
import type { Modele } from '#lib/pactes/modele.ts';
import { MODELE_SARTHE } from '#lib/pactes/modeles/structures.ts';

export const LIVRABLES = [
	{
		livrable: 'Un car à la demande',
		calendrier: '2027',
		territoire: 'Valmorin\nPont-sur-Rive',
		public: 'Jeunes',
		operateur: 'La Région'
	},
	{ livrable: '', calendrier: '', territoire: '', public: '', operateur: 'Le garage solidaire' },
	{ livrable: 'Un relais', calendrier: '', territoire: 'Valmorin', public: 'Tous publics', operateur: 'La MSA' }
];

/** The second row adds an opérateur to the first. */
export const SUITES = ['livrable', 'calendrier', 'territoire', 'public'].map((colonne) => ({ ligne: 1, colonne }));

export const VALEURS_SARTHE: Record<string, ValeurChamp> = {
	contexte: { texte: 'Dans la vallée, un emploi sur trois est à plus d’une heure.' },
	objectifs: { texte: 'Rapprocher les emplois.' },
	pilotes: { organismes: ['o1', 'o2'], ouverte: false, texte: '' },
	partenaires: { organismes: ['o3'], ouverte: true, texte: '' },
	livrables: { lignes: LIVRABLES, suites: SUITES },
	indicateurs: {
		lignes: [
			{ libelle: 'Personnes transportées', nature: 'nombre', cible: '400', ventilation: 'RSA et hors RSA' },
			{ libelle: '', nature: 'à définir', cible: '', ventilation: '' }
		]
	},
	liens: { schemas: ['k1'], texte: 'Fiche 4 du schéma.' }
};

/** The pacte; the values of its first fiche, and the model, may be others. */
export function archiveSarthe({
	valeurs = VALEURS_SARTHE,
	modele = MODELE_SARTHE
}: {
	valeurs?: Record<string, ValeurChamp>;
	modele?: Modele;
} = {}): ArchivePacte {
	const whole = (noeud: string, own: Record<string, ValeurChamp>): FicheArchive => ({
		noeud,
		champs: Object.fromEntries(modele.champs.map((champ) => [champ.id, own[champ.id] ?? emptyValeur(champ)]))
	});
	return {
		format: 'copacte/pacte',
		version: 1,
		intitule: 'Pacte de la Haute-Rivière',
		territoire: 'Haute-Rivière',
		debut: 2027,
		fin: 2031,
		modele,
		organismes: ['Département', 'France Travail', 'CAF'].map((nom, i) => ({ id: `o${i + 1}`, nom, alias: [] })),
		noeuds: [
			{ id: 'n1', parent: null, niveau: 'strategique', titre: 'Aller vers l’emploi' },
			{ id: 'n2', parent: 'n1', niveau: 'operationnel', titre: 'Se déplacer' },
			{ id: 'n3', parent: 'n2', niveau: 'action', titre: 'Ouvrir des lignes' },
			{ id: 'n4', parent: 'n2', niveau: 'action', titre: 'Prêter des véhicules' }
		],
		fiches: [whole('n3', valeurs), whole('n4', { liens: { schemas: ['k1', 'k2'], texte: '' } })],
		signataires: [],
		engagements: [],
		textes: [],
		...PARTIES_VIDES,
		schemas: [
			{ intitule: 'Schéma des mobilités', dans: '', precision: '' },
			{ intitule: 'Plan logement', dans: '', precision: '' },
			{ intitule: 'Plan des aînés', dans: '', precision: '' }
		]
	};
}
