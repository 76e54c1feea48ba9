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
