import { ANNONCES, type Annonces } from './annonces.ts';

const KEY = 'copacte:redaction';

/** How someone likes to write, on this device. */
export class Preferences {
	#annonces = $state<Annonces>('ma_section');
	#calme = $state(false);
	#typographie = $state(true);

	constructor() {
		const kept = read();
		this.#annonces = ANNONCES.find((choice) => choice === kept.annonces) ?? 'ma_section';
		this.#calme = kept.calme === true;
		this.#typographie = kept.typographie !== false;
	}

	get annonces(): Annonces {
		return this.#annonces;
	}
	set annonces(choice: Annonces) {
		this.#annonces = choice;
		this.#keep();
	}

	get calme(): boolean {
		return this.#calme;
	}
	set calme(calm: boolean) {
		this.#calme = calm;
		this.#keep();
	}

	/** Whether what one types is set as French wants it. */
	get typographie(): boolean {
		return this.#typographie;
	}
	set typographie(wanted: boolean) {
		this.#typographie = wanted;
		this.#keep();
	}

	#keep(): void {
		try {
			const { annonces, calme, typographie } = this;
			localStorage.setItem(KEY, JSON.stringify({ annonces, calme, typographie }));
		} catch {
			// A browser that keeps nothing: the choice lasts as long as the page.
		}
	}
}

function read(): { annonces?: unknown; calme?: unknown; typographie?: unknown } {
	try {
		const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
		return typeof kept === 'object' && kept !== null ? kept : {};
	} catch {
		return {}; // On the server, or where the browser keeps nothing.
	}
}
