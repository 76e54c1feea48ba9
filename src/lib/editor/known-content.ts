import * as Y from 'yjs';

/** The elements, attributes and formats that a schema knows. */
export interface Known {
	elements: ReadonlyMap<string, ReadonlySet<string>>;
	formats: ReadonlySet<string>;
}

/**
 * Whether all of a fragment is known. An editor that meets what it does not know would delete it for everyone: it must not be
 * bound to it.
 */
export function isKnown(fragment: Y.XmlFragment, known: Known): boolean {
	for (const child of fragment.toArray()) {
		if (child instanceof Y.XmlElement) {
			if (!isKnownElement(child, known)) return false;
		} else if (!(child instanceof Y.XmlText) || !isKnownText(child, known)) return false;
	}
	return true;
}

function isKnownElement(element: Y.XmlElement, known: Known): boolean {
	const attributes = known.elements.get(element.nodeName);
	return (
		attributes !== undefined &&
		Object.keys(element.getAttributes()).every((name) => attributes.has(name)) &&
		isKnown(element, known)
	);
}

function isKnownText(text: Y.XmlText, { formats }: Known): boolean {
	for (const { insert, attributes } of text.toDelta() as { insert: unknown; attributes?: object }[]) {
		if (typeof insert !== 'string') return false;
		if (attributes && !Object.keys(attributes).every((name) => formats.has(name))) return false;
	}
	return true;
}

/**
 * Calls back as soon as something unknown comes into a fragment: before any observer of its types, so before an editor sees it.
 * Gives the way to stop.
 */
export function watchUnknown(doc: Y.Doc, fragment: Y.XmlFragment, known: Known, onUnknown: () => void): () => void {
	const check = (transaction: Y.Transaction) => {
		if (transaction.local) return;
		for (const type of transaction.changed.keys()) {
			if (!isIn(type as Y.AbstractType<unknown>, fragment)) continue;
			const isFine =
				type instanceof Y.XmlText
					? isKnownText(type, known)
					: isKnownHolder(type as unknown as Y.XmlFragment, known, transaction);
			if (!isFine) return onUnknown();
		}
	};
	doc.on('beforeObserverCalls', check);
	return () => doc.off('beforeObserverCalls', check);
}

/** What came into an element or a fragment: what was there is known already, however long the text. */
function isKnownHolder(type: Y.XmlFragment, known: Known, { beforeState }: Y.Transaction): boolean {
	if (type instanceof Y.XmlElement) {
		const attributes = known.elements.get(type.nodeName);
		if (!attributes || !Object.keys(type.getAttributes()).every((name) => attributes.has(name))) return false;
	}
	return type.toArray().every((child) => {
		const { client, clock } = (child._item as Y.Item).id;
		if (clock < (beforeState.get(client) ?? 0)) return true;
		return child instanceof Y.XmlElement
			? isKnownElement(child, known)
			: child instanceof Y.XmlText && isKnownText(child, known);
	});
}

function isIn(type: Y.AbstractType<unknown>, fragment: Y.XmlFragment): boolean {
	for (
		let above: Y.AbstractType<unknown> | null = type;
		above;
		above = above._item?.parent as Y.AbstractType<unknown> | null
	)
		if (above === fragment) return true;
	return false;
}
