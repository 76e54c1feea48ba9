import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { Collaboration } from './collaboration.svelte.ts';
import EtatSauvegarde from './EtatSauvegarde.svelte';

type Shown = Pick<Collaboration, 'state' | 'pending' | 'isKept' | 'isRefused' | 'refusal'>;

const text = () => document.querySelector('.sauvegarde')?.textContent?.replace(/\s+/g, ' ').trim();

async function show(shown: Partial<Shown>) {
	const rest = { pending: 0, isKept: true, isRefused: false, refusal: null };
	const state: Shown = $state({ state: 'enregistre', ...rest, ...shown });
	await render(EtatSauvegarde, { collaboration: state as Collaboration });
	return state;
}

test('R31. what cannot be stored is said where the saving is shown, with what waits, and withdrawn when it is over', async () => {
	const state = await show({});
	expect(text()).toContain('Enregistré');
	Object.assign(state, { state: 'panne', pending: 3 });
	await expect
		.poll(text)
		.toMatch(
			/Enregistrement impossible sur le serveur : vos modifications sont gardées ici.*3 modifications en attente/
		);
	Object.assign(state, { state: 'enregistre', pending: 0 });
	await expect.poll(text).toMatch(/^.? ?Enregistré$/);
});

test('R31. it does not claim that this device keeps what it does not keep', async () => {
	await show({ state: 'panne', pending: 1, isKept: false });
	expect(text()).toContain('Enregistrement impossible sur le serveur : gardez cet onglet ouvert');
	expect(text()).not.toContain('gardées ici');
});

test('R60. what the server refused is never shown as saved, nor as waiting', async () => {
	const state = await show({ state: 'attente', pending: 2 });
	Object.assign(state, { isRefused: true, refusal: 'Cette modification est trop grande.' });
	await expect.poll(text).toMatch(/Non enregistré$/);
});
