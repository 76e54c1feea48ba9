/** What went wrong, in the domain's words; translated to a status for pages and to a close code for sockets. */
export type ErrorCode =
	'introuvable' | 'interdit' | 'non_connecte' | 'invalide' | 'conflit' | 'trop_de_demandes' | 'indisponible';

/** The message is for the person: in French, saying what to do. */
export class DomainError extends Error {
	readonly code: ErrorCode;
	constructor(code: ErrorCode, message: string) {
		super(message);
		this.name = 'DomainError';
		this.code = code;
	}
}

const STATUS: Record<ErrorCode, number> = {
	introuvable: 404,
	interdit: 403,
	non_connecte: 401,
	invalide: 422,
	conflit: 409,
	trop_de_demandes: 429,
	indisponible: 503
};

export function statusOf(error: DomainError): number {
	return STATUS[error.code];
}
