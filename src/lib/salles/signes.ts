import { etapeDe, type Etape, type Minuteur, type TableDeSalle } from './salle.ts';
import type { VueAnimateur } from './vue-animateur.ts';

const MINUTE = 60_000;
/** A table that has said nothing for longer is shown to the facilitator. */
export const SILENCE = 6 * MINUTE;

/** What is shown of one table in the cockpit. */
export interface SigneDeTable extends Pick<TableDeSalle, 'id' | 'numero' | 'nom' | 'forme'> {
	/** Who sits there, with or without a device. */
	personnes: number;
	/** Devices that follow, of those that were seen. */
	enLigne: number;
	appareils: number;
	/** Cards of the present step. */
	cartes: number;
	/** The last card of the present step. */
	derniereCarte: number | null;
	/** « Place 4 », « Mme Roche », or nothing. */
	hote: string;
	fini: boolean;
	/** What calls for the facilitator, the most pressing first. */
	alertes: Alerte[];
}

export type Alerte =
	| { genre: 'aide' | 'hors_ligne' | 'silence'; depuis: number }
	| { genre: 'mi_temps' }
	| { genre: 'a_lire'; nombre: number };

const URGENCE: Record<Alerte['genre'], number> = { aide: 0, hors_ligne: 1, mi_temps: 2, silence: 3, a_lire: 4 };

export function signesDesTables(vue: VueAnimateur, now: number): SigneDeTable[] {
	const etape = etapeDe(vue);
	const here = vue.minuteur?.pauseAt ?? now;
	return vue.tables.map((table) => {
		const sieges = vue.sieges.filter(({ tableId, absent }) => tableId === table.id && !absent);
		const cartes = vue.cartes.filter(({ tableId, retireeAt }) => tableId === table.id && retireeAt === null);
		const ici = cartes.filter(({ etapeId }) => etapeId === etape?.id);
		const appareils = sieges.filter(({ pris, genre }) => pris || genre === 'simule');
		const perdus = appareils.filter(({ id, genre }) => genre !== 'simule' && !pagesDe(vue, id));
		const derniereCarte = ici.at(-1)?.createdAt ?? null;
		const hote = sieges.find((siege) => siege.hote);
		const alertes: Alerte[] = [];
		if (table.aideAt !== null) alertes.push({ genre: 'aide', depuis: table.aideAt });
		if (appareils.length > 0 && perdus.length === appareils.length)
			alertes.push({ genre: 'hors_ligne', depuis: Math.max(...perdus.map((siege) => perduDepuis(vue, siege))) });
		if (isWritten(vue, etape) && table.finieAt === null)
			alertes.push(...silenceDe(vue.minuteur, here, ici.length, derniereCarte));
		const aLire = cartes.filter(({ attente }) => attente).length;
		if (aLire > 0) alertes.push({ genre: 'a_lire', nombre: aLire });
		return {
			id: table.id,
			numero: table.numero,
			nom: table.nom,
			forme: table.forme,
			personnes: sieges.filter(({ genre }) => genre === 'personne').length,
			enLigne: appareils.length - perdus.length,
			appareils: appareils.length,
			cartes: ici.length,
			derniereCarte,
			hote: hote ? hote.nom || `place\u00a0${hote.numero}` : table.hote,
			fini: table.finieAt !== null,
			alertes: alertes.sort((a, b) => URGENCE[a.genre] - URGENCE[b.genre])
		};
	});
}

function isWritten({ etat }: VueAnimateur, etape: Etape | null): boolean {
	return etat === 'ouverte' && etape !== null && etape.genre === 'tour' && etape.ecrire !== 'personne';
}

/** Nothing at half-time says more than « silent »: only one of the two is shown. */
function silenceDe(minuteur: Minuteur | null, here: number, cartes: number, derniere: number | null): Alerte[] {
	if (!minuteur) return [];
	if (cartes === 0 && minuteur.fin !== null && here >= (minuteur.debut + minuteur.fin) / 2)
		return [{ genre: 'mi_temps' }];
	const depuis = Math.max(derniere ?? minuteur.debut, minuteur.debut);
	return here - depuis > SILENCE ? [{ genre: 'silence', depuis }] : [];
}

function pagesDe({ connexions }: VueAnimateur, siegeId: string): number {
	return connexions.find(({ id }) => id === siegeId)?.pages ?? 0;
}

function perduDepuis({ connexions }: VueAnimateur, { id, vuAt }: { id: string; vuAt: number | null }): number {
	return connexions.find((connexion) => connexion.id === id)?.perdueAt ?? vuAt ?? 0;
}

/** « demande de l’aide depuis 2 min ». */
export function alerteEnMots(alerte: Alerte, now: number): string {
	switch (alerte.genre) {
		case 'aide':
			return `Demande de l’aide${depuisEnMots(now - alerte.depuis)}`;
		case 'hors_ligne':
			return `Hors ligne${depuisEnMots(now - alerte.depuis)}`;
		case 'silence':
			return `Silencieuse${depuisEnMots(now - alerte.depuis)}`;
		case 'mi_temps':
			return 'Aucune carte à mi-temps';
		case 'a_lire':
			return `${alerte.nombre}\u00a0carte${alerte.nombre > 1 ? 's' : ''} à relire`;
		default:
			return alerte satisfies never;
	}
}

/** « depuis 4 min »; nothing before the first minute. */
export function depuisEnMots(elapsed: number): string {
	const minutes = Math.floor(elapsed / MINUTE);
	return minutes < 1 ? '' : ` depuis ${minutes}\u00a0min`;
}

export const TRIS = ['alertes', 'numero', 'cartes', 'personnes'] as const;
export type Tri = (typeof TRIS)[number];

/** In the order that the facilitator chose; the number tells those apart that are alike. */
export function trier(signes: readonly SigneDeTable[], tri: Tri): SigneDeTable[] {
	const rangOf = ({ alertes }: SigneDeTable) => (alertes[0] ? URGENCE[alertes[0].genre] : 9);
	const compare: Record<Tri, (a: SigneDeTable, b: SigneDeTable) => number> = {
		alertes: (a, b) => rangOf(a) - rangOf(b),
		numero: () => 0,
		cartes: (a, b) => a.cartes - b.cartes,
		personnes: (a, b) => b.personnes - a.personnes
	};
	return [...signes].sort((a, b) => compare[tri](a, b) || a.numero - b.numero);
}
