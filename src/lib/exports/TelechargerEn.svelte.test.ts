import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import TelechargerEn from './TelechargerEn.svelte';

test('a fiche is given in every format of document, by a link that needs nothing else', async () => {
	render(TelechargerEn, { fichier: '/pactes/p1/exports/fiches/f1', titre: 'Télécharger cette fiche' });
	await page.getByText('Télécharger cette fiche').click();
	const links = page.getByRole('link').elements();
	expect(links.map((link) => link.textContent)).toEqual([
		'PDF',
		'Word (DOCX)',
		'LibreOffice (ODT)',
		'Page web (HTML)',
		'Markdown'
	]);
	expect(links.map((link) => link.getAttribute('href')?.split('.').at(-1))).toEqual([
		'pdf',
		'docx',
		'odt',
		'html',
		'md'
	]);
	for (const link of links) expect(link.hasAttribute('download')).toBe(true);
});
