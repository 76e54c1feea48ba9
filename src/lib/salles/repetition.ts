import { etapeDe, NATURES_DE_CARTE, type NatureDeCarte, type Salle } from './salle.ts';

/** What simulated tables say: words of nobody. */
const PHRASES: Record<NatureDeCarte, readonly string[]> = {
	constat: [
		'Exemple\u00a0: le dernier car part à 18\u00a0heures.',
		'Exemple\u00a0: il faut raconter son histoire à chaque guichet.',
		'Exemple\u00a0: les offres demandent le permis.'
	],
	besoin: [
		'Exemple\u00a0: une seule personne à qui parler.',
		'Exemple\u00a0: une garde d’enfants tôt le matin.',
		'Exemple\u00a0: du temps pour apprendre le français.'
	],
	idee: [
		'Exemple\u00a0: une permanence dans chaque bourg.',
		'Exemple\u00a0: visiter une entreprise avant de candidater.',
		'Exemple\u00a0: un covoiturage entre stagiaires.'
	],
	vigilance: [
		'Exemple\u00a0: ne pas ajouter un formulaire de plus.',
		'Exemple\u00a0: penser à ceux qui n’ont pas de téléphone.',
		'Exemple\u00a0: ne pas promettre ce qui n’est pas financé.'
	],
	question: [
		'Exemple\u00a0: qui paie les trajets\u00a0?',
		'Exemple\u00a0: que devient la personne après six mois\u00a0?',
		'Exemple\u00a0: qui prévient l’employeur\u00a0?'
	]
};

/** Cards of a simulated table in one step: as many as a real one writes, and no more. */
const CARTES_AU_PLUS = 6;

export interface Geste {
	siegeId: string;
	acte: string;
	donnees: Record<string, unknown>;
}

/**
 * What one simulated table does at a beat; null: nothing. The same room and beat give the same answer. The last of several tables stays
 * silent, so that the facilitator sees what it looks like.
 */
export function gesteDeRepetition(salle: Salle, beat: number): Geste | null {
	const etape = etapeDe(salle);
	if (!etape || etape.ecrire === 'personne' || salle.minuteur?.pauseAt) return null;
	const simules = salle.sieges.filter(({ genre }) => genre === 'simule');
	const bavards = simules.length > 1 ? simules.slice(0, -1) : simules;
	const siege = bavards[beat % Math.max(1, bavards.length)];
	if (!siege) return null;
	const ecrites = salle.cartes.filter(({ siegeId, etapeId }) => siegeId === siege.id && etapeId === etape.id).length;
	if (ecrites >= CARTES_AU_PLUS) return null;
	const tirage = hash(`${etape.id} ${siege.id} ${ecrites}`);
	const nature = NATURES_DE_CARTE[tirage % NATURES_DE_CARTE.length] as NatureDeCarte;
	const texte = PHRASES[nature][Math.floor(tirage / 8) % PHRASES[nature].length];
	return { siegeId: siege.id, acte: 'ajouterCarte', donnees: { texte, nature } };
}

/** FNV-1a: the same words give the same number. */
function hash(words: string): number {
	let value = 0x811c9dc5;
	for (const char of words) value = Math.imul(value ^ char.charCodeAt(0), 0x01000193) >>> 0;
	return value;
}
