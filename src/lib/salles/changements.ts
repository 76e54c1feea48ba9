/*
 * What changed between two views of the same kind: parts (an object, a word) whole, collections of things with an id one thing
 * at a time. Sent on the feed of a room, and put back together on the device.
 */

export type VueJson = Record<string, unknown>;
interface Chose {
	id: string;
}

export interface Changements {
	/** Parts to replace. */
	parts?: VueJson;
	/** By collection: things that are new or changed, and the ids in order when the order or the members changed. */
	listes?: Record<string, { mis: Chose[]; ordre?: string[] }>;
}

/** null: nothing changed. */
export function changementsEntre(before: VueJson, after: VueJson): Changements | null {
	const parts: VueJson = {};
	const listes: NonNullable<Changements['listes']> = {};
	for (const [key, value] of Object.entries(after)) {
		const former = before[key];
		if (same(former, value)) continue;
		if (isList(value) && isList(former)) listes[key] = changesOfList(former, value);
		else parts[key] = value;
	}
	const changes: Changements = {};
	if (Object.keys(parts).length > 0) changes.parts = parts;
	if (Object.keys(listes).length > 0) changes.listes = listes;
	return Object.keys(changes).length > 0 ? changes : null;
}

/** The view after these changes; the one before is left as it is. */
export function appliquer<V extends object>(view: V, { parts = {}, listes = {} }: Changements): V {
	const after: VueJson = { ...view, ...parts };
	for (const [key, { mis, ordre }] of Object.entries(listes)) {
		const byId = new Map((after[key] as Chose[]).map((chose) => [chose.id, chose]));
		for (const chose of mis) byId.set(chose.id, chose);
		after[key] = (ordre ?? [...byId.keys()]).flatMap((id) => byId.get(id) ?? []);
	}
	return after as V;
}

function changesOfList(before: Chose[], after: Chose[]): { mis: Chose[]; ordre?: string[] } {
	const former = new Map(before.map((chose) => [chose.id, chose]));
	const mis = after.filter((chose) => !same(former.get(chose.id), chose));
	const ordre = after.map(({ id }) => id);
	const isAppended =
		before.length <= after.length &&
		before.every(({ id }, i) => ordre[i] === id) &&
		after.slice(before.length).every(({ id }) => !former.has(id));
	return isAppended ? { mis } : { mis, ordre };
}

function isList(value: unknown): value is Chose[] {
	return (
		Array.isArray(value) &&
		value.every((each) => typeof each === 'object' && each !== null && typeof (each as Chose).id === 'string')
	);
}

/** Views are plain data, built in one order of keys. */
function same(a: unknown, b: unknown): boolean {
	return a === b || JSON.stringify(a) === JSON.stringify(b);
}
