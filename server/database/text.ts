/** Text that both engines can hold: PostgreSQL refuses the null character, which nobody types. */
export function storable(text: string): string {
	return text.replaceAll('\0', '');
}
