import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import TexteRefuse from './TexteRefuse.svelte';

test('R60. whoever wrote what the server refused reads why, can copy or download it, then goes on from what is saved', async () => {
	const setAside = vi.fn(() => Promise.resolve());
	const reload = vi.fn();
	const writeText = vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('not allowed'));
	const refused = { name: 'fiche.1', refusal: 'Trop grande.', readable: () => 'echeance : fin 2028', setAside };
	await render(TexteRefuse, { document: refused, reload });
	await expect.element(page.getByRole('alert').getByText('Trop grande.')).toBeVisible();
	await page.getByRole('button', { name: 'Copier mon texte' }).click();
	expect(writeText).toHaveBeenCalledWith('echeance : fin 2028');
	await expect.element(page.getByRole('textbox', { name: 'Mon texte' })).toHaveValue('echeance : fin 2028');
	await page.getByRole('button', { name: 'Reprendre le texte enregistré' }).click();
	await expect.poll(() => reload.mock.calls.length).toBe(1);
	expect(setAside).toHaveBeenCalledBefore(reload);
});
