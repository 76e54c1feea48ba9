type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/**
 * What someone typed, chose or unfolded in a page whose script had not come yet. To be called before the page is brought to life; what
 * it gives puts back, once it lives, what that has undone, and tells the page as if it were typed now.
 */
export function typedBefore(page: ParentNode): () => void {
	const touched = [...page.querySelectorAll<Field>('input, textarea, select')]
		.filter(isTouched)
		.map((field) => ({ field, typed: isBox(field) ? (field as HTMLInputElement).checked : field.value }));
	const unfolded = [...page.querySelectorAll('details')].filter(({ open }) => open);
	return () => {
		for (const details of unfolded) details.open = true;
		for (const { field, typed } of touched) {
			if (!field.isConnected) continue;
			if (typeof typed === 'string') field.value = typed;
			else (field as HTMLInputElement).checked = typed;
			for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
		}
	};
}

function isTouched(field: Field): boolean {
	if (field instanceof HTMLSelectElement) return field.selectedIndex !== indexAtFirst(field);
	if (field instanceof HTMLTextAreaElement) return field.value !== field.defaultValue.replace(/\r\n?/g, '\n');
	if (field.type === 'hidden' || field.type === 'file') return false;
	// Of radio buttons, the one that is chosen tells of the others.
	if (field.type === 'radio') return field.checked && !field.defaultChecked;
	return isBox(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
}

function isBox(field: Field): boolean {
	return field.type === 'checkbox' || field.type === 'radio';
}

/** The option that a browser chooses when the page comes. */
function indexAtFirst({ options }: HTMLSelectElement): number {
	const all = [...options];
	const marked = all.findLastIndex(({ defaultSelected }) => defaultSelected);
	return marked >= 0 ? marked : all.findIndex(({ disabled }) => !disabled);
}
