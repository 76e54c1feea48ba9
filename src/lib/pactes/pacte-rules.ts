/** What is said of a pacte when it is created or imported. */
export interface PacteForm {
	intitule: string;
	territoire: string;
	debut: number | null;
	fin: number | null;
}

export type FieldErrors<Form> = Partial<Record<keyof Form, string>>;

export const LONGEST_TITLE = 200;

/** Reads the fields of a form; years that are not numbers are NaN, for `pacteErrors` to name. */
export function readPacteForm(form: FormData): PacteForm {
	return {
		intitule: textOf(form, 'intitule'),
		territoire: textOf(form, 'territoire'),
		debut: yearOf(form, 'debut'),
		fin: yearOf(form, 'fin')
	};
}

/** What must be corrected, by field, in French. */
export function pacteErrors({ intitule, territoire, debut, fin }: PacteForm): FieldErrors<PacteForm> {
	const errors: FieldErrors<PacteForm> = {};
	if (intitule === '') errors.intitule = 'Donnez un intitulé au pacte.';
	else if (intitule.length > LONGEST_TITLE)
		errors.intitule = `Raccourcissez l’intitulé (${LONGEST_TITLE} caractères au plus).`;
	if (territoire === '') errors.territoire = 'Indiquez le territoire, par exemple le nom du département.';
	else if (territoire.length > LONGEST_TITLE)
		errors.territoire = `Raccourcissez le nom du territoire (${LONGEST_TITLE} caractères au plus).`;
	if (debut !== null && !isYear(debut)) errors.debut = 'Écrivez l’année en quatre chiffres, par exemple 2026.';
	if (fin !== null && !isYear(fin)) errors.fin = 'Écrivez l’année en quatre chiffres, par exemple 2030.';
	else if (fin !== null && debut !== null && fin < debut) errors.fin = 'La fin ne peut pas précéder le début.';
	return errors;
}

function isYear(year: number): boolean {
	return Number.isInteger(year) && year >= 1900 && year <= 2200;
}

function textOf(form: FormData, name: string): string {
	const value = form.get(name);
	return typeof value === 'string' ? value.trim().replace(/\s+/g, ' ') : '';
}

function yearOf(form: FormData, name: string): number | null {
	const text = textOf(form, name);
	return text === '' ? null : Number(text);
}
