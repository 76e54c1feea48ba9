// For the tests of fiches: one fiche on this screen, and the same one at somebody else's.
import { flushSync } from 'svelte';
import * as Y from 'yjs';
import type { Presence, SaveState } from '#lib/collaboration/live-document.svelte.ts';
import { holdsOnlyOwnText } from '#lib/collaboration/own-undo.ts';
import type { Organisme } from '#lib/organismes/organisme.ts';
import type { ValeurChamp } from '#lib/pactes/archive.ts';
import type { Modele } from '#lib/pactes/modele.ts';
import { MODELE_ORNE } from '#lib/pactes/modeles/structures.ts';
import { prepareFiche, pucesOf, readFiche } from './fiche.ts';
import type { FicheLue } from './fiche-lue.ts';
import { LiveFiche, type FicheDocument } from './live-fiche.svelte.ts';

const LOCAL = Symbol('local');

export const ORGANISMES: Organisme[] = [
	{ id: 'caf', nom: 'CAF', alias: ['Caisse d’allocations familiales'] },
	{ id: 'ft', nom: 'France Travail', alias: ['Pôle emploi'] },
	{ id: 'ml', nom: 'Mission locale', alias: [] },
	{ id: 'msa', nom: 'MSA', alias: [] }
];

export const VALEURS: Record<string, ValeurChamp> = {
	finalite: { puces: ['Que chacun trouve une place'] },
	objectifs: { puces: ['Ouvrir vingt places', 'Couvrir les deux vallées', 'Payer sans avance'] },
	modalites: { puces: ['Un groupe par vallée'] },
	indicateurs: { puces: ['Nombre de places ouvertes'] },
	echeance: { texte: '2027 ou 2028' },
	partenaires: { organismes: ['ml', 'msa'], ouverte: true, texte: '' },
	pilotes: { organismes: ['caf'], ouverte: false, texte: '' }
};

class TestDocument implements FicheDocument {
	readonly doc = new Y.Doc();
	readonly undo = new Y.UndoManager(this.doc, {
		trackedOrigins: new Set([LOCAL]),
		deleteFilter: holdsOnlyOwnText
	});
	ready = $state(true);
	canWrite = $state(true);
	refusal = $state<string | null>(null);
	isRefused = $state(false);
	state = $state<SaveState>('enregistre');
	others = $state.raw<Presence[]>([]);
	/** Where this screen says that one writes. */
	champ: string | null = null;

	edit(change: () => void): void {
		if (this.canWrite) this.doc.transact(change, LOCAL);
	}

	setChamp(champ: string | null): void {
		this.champ = champ;
	}
}

export class DeuxRedacteurs {
	readonly document = new TestDocument();
	readonly autre = new Y.Doc();
	readonly live: LiveFiche;
	readonly modele: Modele;

	constructor(valeurs: Record<string, ValeurChamp> = VALEURS, modele: Modele = MODELE_ORNE) {
		this.modele = modele;
		prepareFiche(this.document.doc, modele, valeurs);
		this.live = new LiveFiche({ document: this.document, modele, organisme: 'Département' });
		this.meet();
	}

	/** What the other one does arrives here. */
	autreEcrit(change: (doc: Y.Doc) => void): void {
		this.meet();
		this.autre.transact(() => change(this.autre));
		this.meet();
		flushSync();
	}

	meet(): void {
		Y.applyUpdate(this.autre, Y.encodeStateAsUpdate(this.document.doc), 'reseau');
		Y.applyUpdate(this.document.doc, Y.encodeStateAsUpdate(this.autre), 'reseau');
	}

	/** The bullets of a field as the other one has them. */
	objectifs(): string[] {
		this.meet();
		return pucesOf(this.autre, 'objectifs').map(({ texte }) => texte.toString());
	}

	valeur(champ: string): ValeurChamp | undefined {
		this.meet();
		return readFiche(this.autre, this.modele)[champ];
	}
}

export function ficheLue(valeurs: Record<string, ValeurChamp> = VALEURS): FicheLue {
	return {
		id: 'fiche_000000000000001',
		code: '2.3',
		titre: 'Garder les enfants',
		niveau: 'fiche-action',
		ancetres: [{ id: 'axe2', code: '2', titre: 'Lever les freins', niveau: 'axe' }],
		aClasser: false,
		jetee: false,
		anciens: [],
		precedente: { id: 'fiche_000000000000000', code: '2.2', titre: 'Lire et écrire' },
		suivante: null,
		variante: null,
		valeurs
	};
}
