/** The texts that this device keeps for an account, seen from the outside: when the account signs out. */

/** As the local copy writes them: edits that the server has not acknowledged. */
const MARKS = 'marks';
const PENDING = 'pending:';

/** How many documents of an account hold edits, on this device, that the server does not have yet. */
export async function countUnsavedCopies(compteId: string): Promise<number> {
	const unsaved = await Promise.all((await copiesOf(compteId)).map(isUnsaved));
	return unsaved.filter(Boolean).length;
}

/** Removes from this device the texts of an account that the server holds whole; what is not saved stays. */
export async function removeSavedCopies(compteId: string): Promise<void> {
	for (const name of await copiesOf(compteId)) if (!(await isUnsaved(name))) await remove(name);
}

/** Browsers that do not list their databases, or refuse them, keep what they have. */
async function copiesOf(compteId: string): Promise<string[]> {
	try {
		const databases = await indexedDB.databases();
		return databases.flatMap(({ name }) => (name?.startsWith(`copacte:${compteId}:`) ? [name] : []));
	} catch {
		return [];
	}
}

/** What cannot be read is not known to be saved. */
async function isUnsaved(name: string): Promise<boolean> {
	try {
		const db = await answer(indexedDB.open(name));
		try {
			if (!db.objectStoreNames.contains(MARKS)) return false;
			const keys = await answer(db.transaction(MARKS).objectStore(MARKS).getAllKeys());
			return keys.some((key) => String(key).startsWith(PENDING));
		} finally {
			db.close();
		}
	} catch {
		return true;
	}
}

function remove(name: string): Promise<unknown> {
	return answer(indexedDB.deleteDatabase(name)).catch(() => undefined);
}

/** A tab that holds on to a database does not hold up the others. */
const ANSWER_LIMIT = 2_000;

function answer<T>(request: IDBRequest<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		const limit = setTimeout(() => reject(new Error('IndexedDB does not answer')), ANSWER_LIMIT);
		const settle = (act: () => void) => () => {
			clearTimeout(limit);
			act();
		};
		request.onsuccess = settle(() => resolve(request.result));
		request.onerror = settle(() => reject(request.error ?? new Error('IndexedDB refuses')));
	});
}
