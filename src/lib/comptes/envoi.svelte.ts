import type { SubmitFunction } from '$app/forms';

/** A form under way: its button refuses a second press, what was typed stays, passwords do not. */
export class Envoi {
	busy = $state(false);

	readonly submit: SubmitFunction = () => {
		this.busy = true;
		return async ({ formElement, update }) => {
			await update({ reset: false });
			this.busy = false;
			for (const input of formElement.querySelectorAll<HTMLInputElement>('input[autocomplete$="-password"]'))
				input.value = '';
		};
	};
}
