import { ANNONCES, type Annonces } from './annonces.ts';

const KEY = 'copacte:redaction';

/** How someone likes to write, on this device. */
export class Preferences {
	#annonces = $state<Annonces>('ma_section');
	#calme = $state(false);

	constructor() {
		const kept = read();
		this.#annonces = ANNONCES.find((choice) => choice === kept.annonces) ?? 'ma_section';
		this.#calme = kept.calme === true;
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

	#keep(): void {
		try {
			localStorage.setItem(KEY, JSON.stringify({ annonces: this.#annonces, calme: this.#calme }));
		} catch {
			// A browser that keeps nothing: the choice lasts as long as the page.
		}
	}
}

function read(): { annonces?: unknown; calme?: unknown } {
	try {
		const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
		return typeof kept === 'object' && kept !== null ? kept : {};
	} catch {
		return {}; // On the server, or where the browser keeps nothing.
	}
}
