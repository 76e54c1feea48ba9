import { counted } from '#lib/format.ts';
import type { Modele, Niveau } from '#lib/pactes/modele.ts';
import { NOM_DU_TYPE } from '#lib/pactes/types-de-champ.ts';
import { codesOf, type Arbre, type Noeud } from '#lib/orientations/arbre.ts';
import { monthInWords } from '#lib/quand.ts';
import type { SectionAPrevoir } from '#lib/sections/section.ts';
import { hasDemarche, type Demarche, type ModeleDePacte } from './modele-de-pacte.ts';

/** What a model holds, as it is read before it is chosen. */
export interface Apercu {
	nom: string;
	description: string;
	niveaux: string[];
	champs: string[];
	variantes: string[];
	plan: { titre: string; profondeur: number }[];
	/** null: it has no process. */
	demarche: ApercuDemarche | null;
}

export interface ApercuDemarche {
	/** « mars, un an avant la première année du pacte » */
	depart: string;
	phases: { titre: string; duree: string; contenus: number }[];
	instances: { nom: string; detail: string }[];
	/** Scripts kept for séances, by their titles. */
	deroules: string[];
}

export function apercuOf({ structure, plan, demarche }: ModeleDePacte): Apercu {
	return {
		nom: structure.nom,
		description: structure.description,
		niveaux: niveauxInWords(structure),
		champs: structure.niveaux.some(({ fiche }) => fiche)
			? structure.champs.map(({ etiquette, type }) => `${etiquette} (${NOM_DU_TYPE[type].toLowerCase()})`)
			: [],
		variantes: (structure.variantes ?? []).map(({ nom }) => nom),
		plan: linesOf(plan, 0),
		demarche: hasDemarche(demarche) ? apercuDemarche(demarche) : null
	};
}

/** « Objectifs stratégiques (I) », « Actions (I1a), avec une fiche ». */
function niveauxInWords(modele: Modele): string[] {
	const examples = exampleCodes(modele);
	return modele.niveaux.map(({ id, pluriel, fiche }) => {
		const code = examples.get(id);
		return `${pluriel.charAt(0).toUpperCase()}${pluriel.slice(1)}${code ? ` (${code})` : ''}${fiche ? ', avec une fiche' : ''}`;
	});
}

/** The code of the first node of each level: each hangs under the first level that may hold it. */
export function exampleCodes(modele: Modele): Map<string, string> {
	const nodes = new Map<string, Noeud>();
	const arbre: Arbre = { racines: [], aClasser: [], corbeille: [], parId: nodes };
	const place = (niveau: Niveau) => {
		const parent = niveau.parents.map((id) => (id === null ? null : nodes.get(id))).find((held) => held !== undefined);
		if (parent === undefined || nodes.has(niveau.id)) return;
		const noeud: Noeud = {
			id: niveau.id,
			parent: parent?.id ?? null,
			rang: '',
			niveau: niveau.id,
			titre: '',
			enfants: []
		};
		nodes.set(niveau.id, noeud);
		(parent?.enfants ?? arbre.racines).push(noeud);
	};
	// A level may be held by one that is told after it.
	for (let turn = 0; turn < modele.niveaux.length; turn++) modele.niveaux.forEach(place);
	return codesOf(arbre, modele);
}

function linesOf(plan: readonly SectionAPrevoir[], profondeur: number): Apercu['plan'] {
	return plan.flatMap(({ titre, sections = [] }) => [{ titre, profondeur }, ...linesOf(sections, profondeur + 1)]);
}

function apercuDemarche({ depart, phases, instances, seances, scripts = [] }: Demarche): ApercuDemarche {
	const meetings = (place: number) => seances.filter(({ instance }) => instance === place).length;
	const years =
		depart.ans === 0
			? 'la première année du pacte'
			: `${YEARS_BEFORE[depart.ans] ?? `${depart.ans} ans`} avant la première année du pacte`;
	return {
		depart: `${monthInWords(`2000-${String(depart.mois).padStart(2, '0')}`)}, ${years}`,
		phases: phases.map(({ titre, debut, fin, contenus }) => ({
			titre,
			duree: debut === null || fin === null ? '' : counted(fin - debut + 1, 'mois', 'mois'),
			contenus: contenus.length
		})),
		instances: instances.map(({ nom, portee, roles }, place) => ({
			nom,
			detail: [
				portee === 'suivi' ? 'suivi du pacte' : 'élaboration',
				roles.length > 0 ? counted(roles.length, 'rôle') : '',
				meetings(place) > 0 ? counted(meetings(place), 'séance') : ''
			]
				.filter(Boolean)
				.join(', ')
		})),
		deroules: scripts.map(({ titre }) => titre)
	};
}

const YEARS_BEFORE: Record<number, string> = { 1: 'un an', 2: 'deux ans', 3: 'trois ans' };
