import { flushSync } from 'svelte';
import { expect, test } from 'vitest';
import { Announcer } from './announce.svelte.ts';

test('an effect that announces runs once, and the same sentence is said again when it is asked again', () => {
	const announcer = new Announcer();
	let asked = $state(1);
	let runs = 0;
	const stop = $effect.root(() => {
		$effect(() => {
			void asked;
			runs++;
			announcer.say('Enregistré.');
		});
	});
	flushSync();
	expect(runs).toBe(1);
	expect(announcer.text).toBe('Enregistré.');
	asked = 2;
	flushSync();
	expect(runs).toBe(2);
	expect(announcer.text).toBe('Enregistré.\u00a0');
	stop();
});
