let waiting = $state(0);

/** Whether something that a page needs waits for the network. */
export const attente = {
	get enCours() {
		return waiting > 0;
	},
	/** Resolves after this many milliseconds, or as soon as the browser says that the network is back. */
	async pause(ms: number): Promise<void> {
		waiting += 1;
		await new Promise<void>((resolve) => {
			const end = () => {
				clearTimeout(timer);
				removeEventListener('online', end);
				resolve();
			};
			const timer = setTimeout(end, ms);
			addEventListener('online', end);
		});
		waiting -= 1;
	}
};
