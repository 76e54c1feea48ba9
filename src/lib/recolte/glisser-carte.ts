import {
	draggable,
	dropTargetForElements,
	monitorForElements
} from '@atlaskit/pragmatic-drag-and-drop/element/adapter';

/** Dragging cards into groups, for a mouse. Whatever it does, the menu of a card does too. */

/** Where cards are dropped: a group, none, or one to be made. */
export type Lieu = { groupe: string } | 'hors' | 'nouveau';

export function dragCarte(id: string): (element: HTMLElement) => () => void {
	return (element) => draggable({ element, getInitialData: () => ({ carte: id }) });
}

/** `over`: whether something is held above it. */
export function dropIn(lieu: Lieu, over: (isOver: boolean) => void): (element: HTMLElement) => () => void {
	return (element) =>
		dropTargetForElements({
			element,
			canDrop: ({ source }) => typeof source.data['carte'] === 'string',
			getData: () => ({ lieu }),
			onDragEnter: () => over(true),
			onDragLeave: () => over(false),
			onDrop: () => over(false)
		});
}

/** Does what a drag asks for when it ends. */
export function followCartes(drop: (carte: string, lieu: Lieu) => void): () => void {
	return monitorForElements({
		canMonitor: ({ source }) => typeof source.data['carte'] === 'string',
		onDrop: ({ source, location }) => {
			const lieu = location.current.dropTargets[0]?.data['lieu'] as Lieu | undefined;
			if (lieu) drop(String(source.data['carte']), lieu);
		}
	});
}
