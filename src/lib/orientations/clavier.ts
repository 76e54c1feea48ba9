import type { ArbreVue } from './arbre-vue.svelte.ts';
import type { Noeud } from './arbre.ts';

/** The keys of the tree. They work on the controls of a line; a title that is being written keeps its own. */
export function onTreeKey(event: KeyboardEvent, vue: ArbreVue): void {
	const control = event.target as HTMLElement;
	const noeud = vue.arbre.parId.get(control.closest<HTMLElement>('[data-noeud]')?.dataset['noeud'] ?? '');
	const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
	if (event.defaultPrevented || !plain || !noeud || isWritten(control)) return;
	const done = event.altKey ? moveLine(event.key, noeud, vue) : act(event.key, noeud, control, vue);
	if (done) event.preventDefault();
}

function isWritten(control: HTMLElement): boolean {
	return control.matches('input, textarea, select, [role=menuitem]');
}

function moveLine(key: string, noeud: Noeud, vue: ArbreVue): boolean {
	const { ecrivable } = vue;
	if (!ecrivable || (key !== 'ArrowUp' && key !== 'ArrowDown')) return false;
	const moved = key === 'ArrowUp' ? ecrivable.moveUp(noeud) : ecrivable.moveDown(noeud);
	if (moved) void vue.focus(noeud.id);
	return true;
}

function act(key: string, noeud: Noeud, control: HTMLElement, vue: ArbreVue): boolean {
	switch (key) {
		case 'ArrowDown':
			return step(control, 1);
		case 'ArrowUp':
			return step(control, -1);
		case 'Home':
			return step(control, -Infinity);
		case 'End':
			return step(control, Infinity);
		case 'ArrowRight':
			return open(noeud, control, vue);
		case 'ArrowLeft':
			return close(noeud, vue);
		case 'F2':
			vue.renommer(noeud.id);
			return vue.ecrivable !== null;
		case 'Delete':
			return vue.ecrivable !== null && vue.takeAway(noeud, (live) => live.remove(noeud.id));
		default:
			return false;
	}
}

/** To the line that is so many lines away, on the same control when it has it. */
function step(control: HTMLElement, by: number): boolean {
	const tree = control.closest('[data-arbre]');
	const lines = [...(tree?.querySelectorAll<HTMLElement>('[data-noeud]') ?? [])];
	const here = lines.indexOf(control.closest<HTMLElement>('[data-noeud]') as HTMLElement);
	const line = lines[Math.max(0, Math.min(lines.length - 1, here + by))];
	const same = line?.querySelector<HTMLElement>(`[data-controle="${control.dataset['controle'] ?? 'titre'}"]`);
	(same ?? line?.querySelector<HTMLElement>('[data-controle="titre"]'))?.focus();
	return line !== undefined;
}

function open(noeud: Noeud, control: HTMLElement, vue: ArbreVue): boolean {
	if (noeud.enfants.length === 0) return false;
	if (!vue.plies.has(noeud.id)) return step(control, 1);
	vue.plier(noeud.id, false);
	return true;
}

function close(noeud: Noeud, vue: ArbreVue): boolean {
	if (noeud.enfants.length > 0 && !vue.plies.has(noeud.id)) vue.plier(noeud.id, true);
	else if (noeud.parent !== null && vue.arbre.parId.has(noeud.parent)) void vue.focus(noeud.parent);
	else return false;
	return true;
}
