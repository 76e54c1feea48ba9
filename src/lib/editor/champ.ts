/** What a presence says of a caret in prose begins so. Apart from the editor: pages that only read know it too. */
export const PREFIXE = 'corps~';

export function isInProse(champ: string | null): boolean {
	return champ?.startsWith('corps') ?? false;
}
