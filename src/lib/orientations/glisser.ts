import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import {
	draggable,
	dropTargetForElements,
	monitorForElements
} from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import {
	attachInstruction,
	extractInstruction,
	type Operation
} from '@atlaskit/pragmatic-drag-and-drop-hitbox/list-item';
import type { ArbreVue, Cible } from './arbre-vue.svelte.ts';
import { A_CLASSER, childrenOf } from './arbre.ts';
import type { LiveArbre } from './live-arbre.svelte.ts';

/** Dragging, for a mouse. Whatever it does, the menu of a node does too; a phone uses the menu. */

const PLACES: Record<Operation, Cible['place']> = {
	'reorder-before': 'avant',
	'reorder-after': 'apres',
	combine: 'dans'
};
/** How long one stays over a folded branch before it unfolds. */
const UNFOLD_MS = 600;

/** Where a node may be dropped around another. */
export function placesAround(live: LiveArbre, source: string, target: string): Cible['place'][] {
	const noeud = live.get(target);
	if (!noeud || source === target) return [];
	const beside = live.canPlace(source, noeud.parent);
	return [
		...(beside ? (['avant', 'apres'] as const) : []),
		...(live.canPlace(source, target) ? (['dans'] as const) : [])
	];
}

/** Moves what was dropped there. */
export function drop(live: LiveArbre, source: string, { id, place }: Cible): boolean {
	if (id === A_CLASSER) return live.setAside(source);
	const [noeud, target] = [live.get(source), live.get(id)];
	if (!noeud || !target || !placesAround(live, source, id).includes(place)) return false;
	if (place === 'dans') return live.move(source, id, live.endOf(id, noeud.niveau).before);
	if (place === 'avant') return live.move(source, target.parent, id);
	const brothers = childrenOf(live.arbre, target.parent).filter((brother) => brother.id !== source);
	return live.move(source, target.parent, brothers[brothers.indexOf(target) + 1]?.id ?? null);
}

/** A branch: its line is dragged, and things are dropped before it, after it, or into it. */
export function dragBranche(vue: ArbreVue, live: LiveArbre, id: string): (branche: HTMLElement) => () => void {
	return (branche) => {
		const ligne = branche.querySelector(':scope > .ligne') as HTMLElement;
		let unfold: ReturnType<typeof setTimeout> | undefined;
		const leave = () => {
			clearTimeout(unfold);
			unfold = undefined;
			if (vue.cible?.id === id) vue.cible = null;
		};
		return combine(
			draggable({
				element: ligne,
				canDrag: () => vue.edition?.id !== id,
				getInitialData: () => ({ noeud: id }),
				onDragStart: () => (vue.glisse = id),
				onDrop: () => (vue.glisse = null)
			}),
			dropTargetForElements({
				element: branche,
				canDrop: ({ source }) => placesAround(live, String(source.data['noeud']), id).length > 0,
				getData: ({ input, source }) => {
					const places = placesAround(live, String(source.data['noeud']), id);
					const may = (place: Cible['place']) => (places.includes(place) ? 'available' : 'not-available');
					// Only beside: the whole branch counts, because what hangs below cannot be the answer.
					const element = places.includes('dans') ? ligne : branche;
					const operations = {
						'reorder-before': may('avant'),
						'reorder-after': may('apres'),
						combine: may('dans')
					} as const;
					return attachInstruction({ noeud: id }, { input, element, operations });
				},
				onDrag: ({ self, location }) => {
					if (location.current.dropTargets[0]?.element !== branche) return leave();
					const instruction = extractInstruction(self.data);
					if (!instruction) return leave();
					const place = PLACES[instruction.operation];
					if (vue.cible?.id !== id || vue.cible.place !== place) vue.cible = { id, place };
					if (place === 'dans' && vue.plies.has(id)) unfold ??= setTimeout(() => vue.plier(id, false), UNFOLD_MS);
				},
				onDragLeave: leave,
				onDrop: leave
			})
		);
	};
}

/** « À classer » as a place to drop things. */
export function dropAside(vue: ArbreVue, live: LiveArbre): (zone: HTMLElement) => () => void {
	return (zone) =>
		dropTargetForElements({
			element: zone,
			canDrop: ({ source }) => live.get(String(source.data['noeud']))?.parent !== A_CLASSER,
			getData: () => ({ noeud: A_CLASSER }),
			onDrag: ({ location }) => {
				const over = location.current.dropTargets[0]?.element === zone;
				if (over && vue.cible?.id !== A_CLASSER) vue.cible = { id: A_CLASSER, place: 'dans' };
			},
			onDragLeave: () => vue.cible?.id === A_CLASSER && (vue.cible = null)
		});
}

/** Does what a drag asks for when it ends. */
export function followDrags(vue: ArbreVue, live: LiveArbre): () => void {
	return monitorForElements({
		canMonitor: ({ source }) => typeof source.data['noeud'] === 'string',
		onDrop: ({ source, location }) => {
			const target = location.current.dropTargets[0];
			vue.cible = null;
			if (!target) return;
			const [from, to] = [String(source.data['noeud']), String(target.data['noeud'])];
			const instruction = extractInstruction(target.data);
			const place = instruction ? PLACES[instruction.operation] : 'dans';
			if (drop(live, from, { id: to, place })) void vue.focus(from, 'menu');
		}
	});
}
