/** Gives the focus back to a control that the page moves under it, and the caret to its place. */
export class FocusKeeper {
	#control: HTMLElement | null = null;
	#selection: [number, number, 'forward' | 'backward' | 'none'] = [0, 0, 'none'];

	/** Before the page changes: where the focus is, when it is inside. */
	remember(container: HTMLElement | undefined): void {
		const active = document.activeElement;
		this.#control = active instanceof HTMLElement && container?.contains(active) ? active : null;
		if (!(active instanceof HTMLTextAreaElement)) return;
		const { selectionStart, selectionEnd, selectionDirection } = active;
		this.#selection = [selectionStart, selectionEnd, selectionDirection];
	}

	/** After it: the same control, the same characters; nothing when the focus has gone elsewhere on purpose. */
	restore(): void {
		const control = this.#control;
		this.#control = null;
		if (!control?.isConnected || document.activeElement !== document.body) return;
		control.focus({ preventScroll: true });
		if (control instanceof HTMLTextAreaElement) control.setSelectionRange(...this.#selection);
	}
}
