/** A failure that is told in one sentence, without a stack. */
export class BootError extends Error {
	/**
	 * @param {string} message
	 * @param {number} [exitCode]
	 */
	constructor(message, exitCode = 1) {
		super(message);
		this.exitCode = exitCode;
	}
}

/**
 * What became of a step that ran quietly: now its own words are of interest.
 * @param {string} sentence
 * @param {{ code: number, output: string }} result
 */
export function stepFailed(sentence, { code, output }) {
	const interrupted = code > 128;
	if (interrupted) return new BootError('Interrompu : la même commande, relancée, reprendra où il faut.', code);
	const advice = 'Corrigez ce que dit le message ci-dessus, puis relancez la même commande.';
	return new BootError(`${output.trimEnd()}\n\n${sentence} (code ${code}). ${advice}`);
}
