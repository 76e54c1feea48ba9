// What forms hold before anything is said in them.
import type { InstanceSaisie } from '#server/gouvernance/instances.ts';
import type { SeanceSaisie } from '#server/seances/seances.ts';

export const INSTANCE_VIDE: InstanceSaisie = {
	nom: '',
	type: '',
	portee: 'suivi',
	niveau: 'departemental',
	objet: '',
	presidence: '',
	frequence: null,
	frequenceTexte: '',
	roles: [],
	membres: [],
	composition: '',
	invites: [],
	territoires: []
};

export const SEANCE_VIDE: SeanceSaisie = {
	instanceId: null,
	phaseId: null,
	titre: '',
	format: 'comite',
	theme: '',
	tour: null,
	date: '',
	heureDebut: '',
	heureFin: '',
	lieu: '',
	objet: '',
	suiteDe: null,
	points: [],
	textes: []
};
