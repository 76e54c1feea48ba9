/**
 * Reads again what has changed, one reading at a time; what changes meanwhile is read once it ends. SvelteKit drops a reading that
 * a newer one overtakes: while many people write, newer ones come faster than any ends, and the page would follow nothing.
 */
export function oneReadingAtATime<Key>(read: (key: Key) => Promise<unknown>): (key: Key) => void {
	const waiting = new Set<Key>();
	let isReading = false;

	async function readAll(): Promise<void> {
		isReading = true;
		while (waiting.size > 0) {
			const keys = [...waiting];
			waiting.clear();
			// One that fails says so on its page; the next ones are read all the same.
			await Promise.allSettled(keys.map((key) => read(key)));
		}
		isReading = false;
	}

	return (key) => {
		waiting.add(key);
		if (!isReading) void readAll();
	};
}
