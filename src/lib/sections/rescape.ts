/** Text that went with a passage which someone else was deleting, and who wrote it. */
export interface Rescape {
	id: number;
	texte: string;
	nom: string;
	/** Milliseconds since 1970. */
	date: number;
}
