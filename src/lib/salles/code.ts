/** The six digits of what someone typed: spaces, dots and dashes are no part of them; null: not six. */
export function readCode(typed: string): string | null {
	const digits = typed.replace(/[\s\u00a0\u202f.-]/g, '');
	return /^\d{6}$/.test(digits) ? digits : null;
}

/** « 482 193 », that does not break. */
export function codeEnClair(code: string): string {
	return `${code.slice(0, 3)}\u00a0${code.slice(3)}`;
}
