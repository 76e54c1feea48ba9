import { describe, expect, it } from 'vitest';
import { CLES_DE_CHAMP } from '#lib/import/proposition.ts';
import { readCle, readEtiquettes } from './etiquettes.ts';
import { readLignes } from './lignes.ts';

const labels = (texte: string) =>
	readEtiquettes(readLignes(texte).lignes[0]!).map(({ cle, etiquette, valeur }) => [cle, etiquette, valeur]);

describe('readCle', () => {
	const SYNONYMES: Record<string, string[]> = {
		contexte: ['CONTEXTE ET ENJEUX', 'Éléments de contexte', 'Constat', 'Diagnostic / Enjeux'],
		finalite: ['FINALITÉ', 'Finalités de l’action', 'But poursuivi'],
		objectifs: ['Objectif(s) de l’action', 'OBJECTIFS OPÉRATIONNELS', 'Objectifs visés'],
		modalites: [
			'MODALITÉS DE MISES EN ŒUVRE',
			'Modalités de mise en oeuvre',
			'Description de l’action',
			'Mise en œuvre'
		],
		livrables: ['Livrables attendus', 'Productions attendues'],
		etapes: ['Étapes clés', 'Principales étapes', 'Jalons'],
		indicateurs: [
			'INDICATEURS DE RÉALISATION',
			'Indicateurs de suivi et d’évaluation',
			'Critères d’évaluation',
			'Évaluation'
		],
		public: ['Public(s) cible(s)', 'Publics concernés', 'Bénéficiaires'],
		territoire: ['Territoire(s) concerné(s)', 'Périmètre géographique'],
		calendrier: ['Calendrier prévisionnel', 'Échéancier'],
		budget: ['Budget prévisionnel', 'Coût estimé', 'Moyens financiers'],
		financeurs: ['Financements', 'Cofinanceurs potentiels'.replace('Co', ''), 'Sources de financement'],
		liens: ['Liens avec d’autres schémas directeurs', 'Articulation avec le PDI'],
		observations: ['Observations', 'Remarque'],
		conditions: ['Conditions de réussite', 'Points de vigilance', 'Facteurs clés de succès'],
		resultats: ['Résultats attendus', 'Effets recherchés'],
		pilote: ['Pilote', 'Pilote(s) de l’action', 'Structure porteuse', 'Chef de file'],
		partenaires: ['Partenaires à mobiliser', 'Partenaire(s) mobilisé(s)', 'Acteurs concernés', 'PARTENARIATS'],
		echeance: ['Échéance de mise en œuvre', 'Echéances', 'Date de réalisation', 'Délai de mise en œuvre']
	};

	it('knows several ways to print every field', () => {
		for (const [cle, etiquettes] of Object.entries(SYNONYMES))
			for (const etiquette of etiquettes) expect([etiquette, readCle(etiquette)]).toEqual([etiquette, cle]);
		expect(Object.keys(SYNONYMES)).toEqual(expect.arrayContaining([...CLES_DE_CHAMP]));
	});

	it.each([
		'les objectifs que nous visons',
		'Objectif atteint dans les huit communes',
		'Nombre de partenaires',
		'Partenaires et habitants réunis en mars',
		'Le pilote'
	])('takes no sentence for a label: %s', (phrase) => {
		expect(readCle(phrase)).toBeNull();
	});
});

describe('readEtiquettes', () => {
	it('reads a label alone, with its colon, or followed by its value', () => {
		expect(labels('FINALITÉ')).toEqual([['finalite', 'FINALITÉ', '']]);
		expect(labels('  Objectif(s) de l’action :  ')).toEqual([['objectifs', 'Objectif(s) de l’action', '']]);
		expect(labels('échéance : 2025 ou 2026')).toEqual([['echeance', 'échéance', '2025 ou 2026']]);
		expect(labels('Pilote\tCAF')).toEqual([['pilote', 'Pilote', 'CAF']]);
		expect(labels('Pilote – CAF')).toEqual([['pilote', 'Pilote', 'CAF']]);
	});

	it('reads two labels on one line', () => {
		expect(labels('Echéance de mise en œuvre : 2026 Partenaires à mobiliser : ')).toEqual([
			['echeance', 'Echéance de mise en œuvre', '2026'],
			['partenaires', 'Partenaires à mobiliser', '']
		]);
		expect(labels('Pilote de l’action\tPartenaire(s) mobilisé(s)')).toEqual([
			['pilote', 'Pilote de l’action', ''],
			['partenaires', 'Partenaire(s) mobilisé(s)', '']
		]);
	});

	it('leaves a colon in the value alone', () => {
		expect(labels('Public : bénéficiaires')).toEqual([['public', 'Public', 'bénéficiaires']]);
		expect(labels('Calendrier : en deux temps : avril, puis mai')).toEqual([
			['calendrier', 'Calendrier', 'en deux temps : avril, puis mai']
		]);
	});
});
