import { afterEach, expect, test } from 'vitest';
import { typedBefore } from './typed-before.ts';

const PAGE = `
	<input name="nom" value="">
	<input name="nombre" type="number" value="1">
	<input name="jeton" type="hidden" value="a">
	<textarea name="texte">
un
deux</textarea>
	<input name="oui" type="checkbox" checked>
	<input name="genre" type="radio" value="a" checked>
	<input name="genre" type="radio" value="b">
	<select name="table"><option value="1">1</option><option value="2">2</option></select>
	<select name="tour"><option disabled value="0">…</option><option value="1">1</option><option value="2" selected>2</option></select>`;

function pageOf() {
	document.body.innerHTML = `<form>${PAGE}</form>`;
	const form = document.querySelector('form')!;
	const heard: string[] = [];
	for (const type of ['input', 'change'])
		form.addEventListener(type, ({ target }) => heard.push(`${type} ${(target as HTMLInputElement).name}`));
	const field = (name: string) => form.elements.namedItem(name) as HTMLInputElement;
	return { form, heard, field, values: () => Object.fromEntries(new FormData(form)) };
}
afterEach(() => document.body.replaceChildren());

test('what nobody touched is left alone', () => {
	const { form, heard, values } = pageOf();
	const before = values();
	const putBack = typedBefore(document);
	form.reset();
	putBack();
	expect(values()).toEqual(before);
	expect(heard).toEqual([]);
});

test('what was typed, chosen and ticked comes back after the page has undone it, and the page hears of it', () => {
	const { form, heard, field, values } = pageOf();
	field('nom').value = 'Amina';
	field('nombre').value = '2';
	field('texte').value = 'un\ntrois';
	field('oui').checked = false;
	form.querySelector<HTMLInputElement>('[value=b]')!.checked = true;
	field('table').value = '2';
	field('tour').value = '1';
	const typed = values();
	const putBack = typedBefore(document);
	form.reset();
	expect(values()).not.toEqual(typed);
	putBack();
	expect(values()).toEqual(typed);
	const names = ['nom', 'nombre', 'texte', 'oui', 'genre', 'table', 'tour'];
	expect(heard).toEqual(names.flatMap((name) => [`input ${name}`, `change ${name}`]));
});

test('what was unfolded stays so; what the page unfolds itself too', () => {
	document.body.innerHTML = '<details open></details><details></details><details></details>';
	const [opened, byThePage, closed] = document.querySelectorAll('details');
	const putBack = typedBefore(document);
	opened!.open = false;
	byThePage!.open = true;
	putBack();
	expect([opened!.open, byThePage!.open, closed!.open]).toEqual([true, true, false]);
});

test('a field that the page has taken away is not looked for', () => {
	const { form, heard, field } = pageOf();
	field('nom').value = 'Amina';
	const putBack = typedBefore(document);
	form.replaceChildren();
	putBack();
	expect(heard).toEqual([]);
});
