/** Where a block of prose stands on the page of its section: its place among the blocks (from 0 here, from 1 there). */
export function ancreOfBloc(rang: number): string {
	return `bloc-${rang + 1}`;
}
