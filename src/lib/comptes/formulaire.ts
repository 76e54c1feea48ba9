import { cleanLine, foldEmail, type Identite } from './compte-rules.ts';

/** A line of a form, cleaned; a file or nothing is an empty line. */
export function readLine(form: FormData, name: string): string {
	return cleanLine(readSecret(form, name));
}

/** A password: exactly as typed. */
export function readSecret(form: FormData, name: string): string {
	const value = form.get(name);
	return typeof value === 'string' ? value : '';
}

export function readIdentite(form: FormData): Identite {
	return {
		nom: readLine(form, 'nom'),
		email: foldEmail(readLine(form, 'email')),
		organisme: readLine(form, 'organisme')
	};
}
