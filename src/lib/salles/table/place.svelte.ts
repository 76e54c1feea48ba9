import { getContext, setContext } from 'svelte';
import { avecAttente, type VueAffichee } from '../en-attente.ts';
import type { ActeEnAttente } from '../file-d-actes.ts';
import { SalleVivante } from '../salle-vivante.svelte.ts';
import type { NatureDeCarte } from '../salle.ts';
import type { VueSiege } from '../vue-siege.ts';

/** What somebody is writing, with the step and the table for which it was begun: it goes there, whatever happens meanwhile. */
export interface Brouillon {
	texte: string;
	nature: NatureDeCarte;
	oral: boolean;
	debut: { etape: string; titre: string; table: string | null } | null;
}

/** A card that was refused when there was already something in the field: nothing is lost. */
export interface CarteRefusee {
	texte: string;
	nature: NatureDeCarte;
	raison: string;
}

const VIDE: Brouillon = { texte: '', nature: 'idee', oral: false, debut: null };
/** A connection that comes back sooner is not worth a word. */
const SANS_RESEAU = 5_000;

export interface PlaceOptions {
	seanceId: string;
	vue: VueSiege;
	maintenant: number;
	/** Of the forms that are sent without script. */
	cle: string;
	/** A facilitator looks as this seat, and does nothing in its name. */
	commeSiege: string | null;
}

/** One seat at work: its view, with what waits on the device; what it writes, which outlives the page. */
export class Place {
	readonly cle: string;
	readonly estApercu: boolean;
	readonly salle: SalleVivante<VueSiege>;
	brouillon = $state<Brouillon>({ ...VIDE });
	refusees = $state.raw<readonly CarteRefusee[]>([]);
	/** What was refused last, of what is no card. */
	refus = $state('');
	/** Milliseconds without network; 0: there is one. */
	sansReseau = $state(0);
	/** Answered, and not yet seen in the view. */
	#faits = $state.raw<readonly { acte: ActeEnAttente; vue: VueSiege; carte: string | null }[]>([]);
	/** The script is there: until then the page is what the server rendered. */
	#estVivante = $state(false);
	readonly #key: string;

	constructor({ seanceId, vue, maintenant, cle, commeSiege }: PlaceOptions) {
		this.cle = cle;
		this.estApercu = commeSiege !== null;
		this.#key = `copacte-brouillon-${seanceId}`;
		this.salle = new SalleVivante({
			seanceId,
			comme: 'siege',
			vue,
			maintenant,
			...(commeSiege !== null && { siege: commeSiege }),
			onFait: (acte, resultat) => this.#keepUntilSeen(acte, resultat),
			onRefus: (acte, message) => this.#giveBack(acte, message)
		});
	}

	get estVivante(): boolean {
		return this.#estVivante;
	}

	get vue(): VueAffichee {
		const { vue, actes } = this.salle;
		if (!this.#estVivante) return vue;
		const faits = this.#faits.filter((fait) => !isSeen(fait, vue)).map(({ acte }) => acte);
		return avecAttente(vue, [...faits, ...actes]);
	}

	/** Follows the room, the network and the draft; gives the way to stop. */
	live(): () => void {
		this.#restore();
		this.#estVivante = true;
		const unfollow = this.salle.follow();
		let since: number | null = null;
		const watch = setInterval(() => {
			const isOut = !this.salle.enLigne;
			since = isOut ? (since ?? performance.now()) : null;
			const out = since === null ? 0 : performance.now() - since;
			this.sansReseau = out < SANS_RESEAU ? 0 : out;
		}, 1_000);
		return () => {
			clearInterval(watch);
			unfollow();
		};
	}

	faire(acte: string, donnees: Record<string, unknown> = {}): void {
		if (this.estApercu) return;
		this.refus = '';
		this.salle.faire(acte, donnees);
	}

	/** At each change of the draft: it is kept, with where it was begun. */
	keep(): void {
		const { brouillon } = this;
		const { etape, table } = this.salle.vue;
		if (brouillon.texte.trim() === '') brouillon.debut = null;
		else if (brouillon.debut === null && etape?.peutEcrire)
			brouillon.debut = { etape: etape.id, titre: etape.titre, table: table?.id ?? null };
		write(this.#key, { brouillon: $state.snapshot(brouillon), refusees: this.refusees });
	}

	/** What is written was begun in another step than the present one. */
	get commence(): string | null {
		const { debut } = this.brouillon;
		return debut && debut.etape !== this.salle.vue.etape?.id ? debut.titre : null;
	}

	/** Gives whether there was something to send. */
	ajouter(): boolean {
		const { texte, nature, oral, debut } = this.brouillon;
		if (texte.trim() === '' || this.estApercu) return false;
		const { etape, table } = this.salle.vue;
		this.faire('ajouterCarte', {
			texte: texte.trim(),
			nature,
			source: oral ? 'oral' : 'ecran',
			etape: debut?.etape ?? etape?.id,
			table: debut ? debut.table : table?.id
		});
		this.brouillon = { ...VIDE, nature, oral };
		this.keep();
		return true;
	}

	reprendre(refusee: CarteRefusee): void {
		const { texte, nature } = this.brouillon;
		this.refusees = this.refusees.flatMap((each) =>
			each !== refusee ? each : texte.trim() === '' ? [] : { texte, nature, raison: 'Votre autre texte' }
		);
		this.brouillon = { ...this.brouillon, texte: refusee.texte, nature: refusee.nature, debut: null };
		this.keep();
	}

	#keepUntilSeen(acte: ActeEnAttente, resultat: unknown): void {
		const carte = (resultat as { carte?: string } | null)?.carte ?? null;
		const { vue } = this.salle;
		this.#faits = [...this.#faits.filter((fait) => !isSeen(fait, vue)), { acte, vue, carte }];
	}

	#giveBack({ acte, donnees }: ActeEnAttente, raison: string): void {
		if (acte !== 'ajouterCarte' && acte !== 'modifierCarte') return void (this.refus = raison);
		const texte = String(donnees.texte);
		const nature = donnees.nature as NatureDeCarte;
		if (this.brouillon.texte.trim() === '') {
			this.brouillon = { ...this.brouillon, texte, nature, debut: null };
			this.refus = raison;
		} else this.refusees = [...this.refusees, { texte, nature, raison }];
		this.keep();
	}

	/** What was typed before this script came stays. */
	#restore(): void {
		const kept = read(this.#key) as { brouillon?: Brouillon; refusees?: CarteRefusee[] } | null;
		if (kept?.refusees) this.refusees = kept.refusees;
		if (kept?.brouillon && this.brouillon.texte === '') this.brouillon = kept.brouillon;
		this.keep();
	}
}

/** A card: once the view has it. Anything else: once the view has changed, which is after the act. */
function isSeen({ vue: then, carte }: { vue: VueSiege; carte: string | null }, now: VueSiege): boolean {
	if (carte === null) return now !== then;
	const has = (vue: VueSiege) => [...vue.cartes, ...vue.avant, ...vue.ailleurs].some(({ id }) => id === carte);
	return has(now) || now.etape?.id !== then.etape?.id;
}

function read(key: string): unknown {
	try {
		return JSON.parse(localStorage.getItem(key) ?? 'null');
	} catch {
		return null;
	}
}

function write(key: string, value: unknown): void {
	try {
		localStorage.setItem(key, JSON.stringify(value));
	} catch {
		// No room, or forbidden: the draft stays in this page.
	}
}

const KEY = Symbol('place');

export function providePlace(place: Place): Place {
	return setContext(KEY, place);
}

export function usePlace(): Place {
	return getContext<Place>(KEY);
}
