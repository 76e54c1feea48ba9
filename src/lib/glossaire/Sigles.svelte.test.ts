import { describe, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import { indexGlossaire } from './entree.ts';
import Sigles from './Sigles.svelte';
import SiglesEmployes from './SiglesEmployes.svelte';
import { siglesContext } from './testing.ts';

const RSA = { sigle: 'RSA', developpe: 'revenu de solidarité active', definition: 'Un minimum social.' };
const context = siglesContext(indexGlossaire([RSA]));

describe('a sigle in a text to read', () => {
	test('is a control that says what it stands for; its other uses stay plain text', async () => {
		const { container } = await render(Sigles, { props: { texte: 'Le RSA et encore le RSA, sans PLIE.' }, context });
		const sigle = page.getByRole('button', { name: 'RSA' });
		await expect.element(sigle).toHaveAccessibleDescription(/revenu de solidarité active\s*Un minimum social\./);
		expect(page.getByRole('button').elements()).toHaveLength(1);
		expect(container.textContent).toContain('sans PLIE.');
	});

	test('shows it on focus; Escape puts it away, and it comes back with the focus', async () => {
		await render(Sigles, { props: { texte: 'Le RSA.' }, context });
		const bulle = page.getByRole('tooltip');
		expect(bulle.elements()).toHaveLength(0);
		await userEvent.keyboard('{Tab}');
		await expect.element(bulle).toBeVisible();
		await userEvent.keyboard('{Escape}');
		expect(bulle.elements()).toHaveLength(0);
		const sigle = document.activeElement as HTMLElement;
		sigle.blur();
		sigle.focus();
		await expect.element(bulle).toBeVisible();
	});

	test('shows it under the pointer, which may go onto it; Escape puts it away', async () => {
		await render(Sigles, { props: { texte: 'Le RSA.' }, context });
		await page.getByRole('button', { name: 'RSA' }).hover();
		const bulle = page.getByRole('tooltip');
		await expect.element(bulle).toBeVisible();
		await bulle.hover();
		await expect.element(bulle).toBeVisible();
		await userEvent.keyboard('{Escape}');
		expect(bulle.elements()).toHaveLength(0);
	});

	test('never goes beyond the edge of a narrow window', async () => {
		await page.viewport(320, 640);
		await render(Sigles, { props: { texte: `${'mot '.repeat(9)}et le RSA` }, context });
		(page.getByRole('button', { name: 'RSA' }).element() as HTMLElement).focus();
		const { left, right } = page.getByRole('tooltip').element().getBoundingClientRect();
		expect(left).toBeGreaterThanOrEqual(0);
		expect(right).toBeLessThanOrEqual(320);
		expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320);
		await page.viewport(1024, 768);
	});
});

describe('the sigles of what is being written', () => {
	test('are named, each with whether it is explained, and the way to explain it', async () => {
		const props = {
			texte: 'Le RSA, le PLIE, le PLIE',
			base: '/pactes/x',
			titre: 'Sigles de cette fiche',
			peutEcrire: true
		};
		await render(SiglesEmployes, { props, context });
		const panel = page.getByRole('region', { name: 'Sigles de cette fiche' });
		expect(panel.getByRole('listitem').elements()).toHaveLength(2);
		await expect.element(panel.getByText('✓ expliqué')).toBeVisible();
		await expect
			.element(panel.getByRole('link', { name: 'Expliquer PLIE' }))
			.toHaveAttribute('href', '/pactes/x/glossaire?sigle=PLIE#ajouter');
	});

	test('make no panel when there are none', async () => {
		const props = { texte: 'Rien ici', base: '/pactes/x', titre: 'Sigles de cette fiche', peutEcrire: true };
		await render(SiglesEmployes, { props, context });
		expect(page.getByRole('region').elements()).toHaveLength(0);
	});
});
