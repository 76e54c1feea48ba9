/** An act on many places at once, as lists show it. */
export interface OperationLue {
	id: string;
	/** « « Pôle emploi » remplacé par « France Travail » à 42 endroits » */
	libelle: string;
	/** Milliseconds since 1970. */
	quand: number;
	par: string;
	annulee: boolean;
	/** Whether whoever looks may take it back. */
	annulable: boolean;
}
