/** The form that takes back what was just done: its address, and what it sends. */
export interface Annulation {
	action: string;
	champs: Record<string, string | string[]>;
}
