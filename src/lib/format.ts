/** Numbers, plurals and dates as French writes them. */

/** « 1 fiche », « 12 fiches »; zero is singular. The space does not break. */
export function counted(count: number, singular: string, plural: string = `${singular}s`): string {
	return `${count.toLocaleString('fr-FR')}\u00a0${Math.abs(count) < 2 ? singular : plural}`;
}

/** « 2026-2030 », « 2026 », or nothing. */
export function periodOf({ debut, fin }: { debut: number | null; fin: number | null }): string {
	if (debut === null && fin === null) return '';
	if (debut === null || fin === null || debut === fin) return String(debut ?? fin);
	return `${debut}-${fin}`;
}

const DAY = new Intl.DateTimeFormat('fr-FR', { day: 'numeric', month: 'long', year: 'numeric' });

/** « 2 juillet 2027 ». */
export function dayOf(instant: number): string {
	return DAY.format(instant);
}

/** « la CAF, la MSA et la Région ». */
export function listed(words: readonly string[]): string {
	if (words.length < 2) return words.join('');
	return `${words.slice(0, -1).join(', ')} et ${words.at(-1)}`;
}

/** « 4 », « 1,5 », « 307 453 ». */
export function formatNombre(nombre: number): string {
	return nombre.toLocaleString('fr-FR', { maximumFractionDigits: 3 }).replaceAll('\u202f', '\u00a0');
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** « 16 février 2027 », from what a date input gives; empty when it is no day. */
export function dayInWords(date: string): string {
	const [, year, month, day] = DATE.exec(date) ?? [];
	if (!year) return '';
	return dayOf(new Date(Number(year), Number(month) - 1, Number(day), 12).getTime());
}
