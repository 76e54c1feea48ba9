import * as Y from 'yjs';

/**
 * For an UndoManager (`deleteFilter`): undoing the making of something (a bullet, a node) leaves it there when another
 * person has written text in it meanwhile. Undo takes back one's own words, never someone else's.
 */
export function holdsOnlyOwnText(item: Y.Item): boolean {
	return !(item.content instanceof Y.ContentType) || !hasTextOfOthers(item.content.type, item.id.client);
}

function hasTextOfOthers(type: Y.AbstractType<unknown>, own: number): boolean {
	return [...itemsOf(type)].some(
		({ content, id }) =>
			(content instanceof Y.ContentString && id.client !== own) ||
			(content instanceof Y.ContentType && hasTextOfOthers(content.type, own))
	);
}

function* itemsOf(type: Y.AbstractType<unknown>): Generator<Y.Item> {
	for (const item of type._map.values()) if (!item.deleted) yield item;
	for (let item = type._start; item; item = item.right) if (!item.deleted) yield item;
}
