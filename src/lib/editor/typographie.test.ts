import { describe, expect, test } from 'vitest';
import { typed } from './typographie.ts';
import { markedIn } from './writing-rules.ts';

/** What a whole sentence becomes, typed sign by sign. */
function type(keys: string): string {
	let texte = '';
	for (const key of keys) {
		const change = typed(texte, key);
		texte = change ? texte.slice(0, texte.length - change.retire) + change.texte : texte + key;
	}
	return texte.replaceAll('\u00a0', '~');
}

describe('French typography as one types (~ is a no-break space)', () => {
	test.each([
		['Objectif : aider', 'Objectif~: aider'],
		['Objectif: aider', 'Objectif~: aider'],
		['Pourquoi ? Parce que', 'Pourquoi~? Parce que'],
		['Vraiment?! Oui', 'Vraiment~?! Oui'],
		['deux ; trois', 'deux~; trois'],
		['dit "bonjour" et', 'dit «~bonjour~» et'],
		['"Aller vers"', '«~Aller vers~»'],
		['("dans la parenthèse")', '(«~dans la parenthèse~»)'],
		['l\'"aller vers"', 'l’«~aller vers~»'],
		['« posé au clavier »', '«~posé au clavier~»'],
		['«collé»', '«~collé~»'],
		['Il a dit: "oui"; puis', 'Il a dit~: «~oui~»~; puis'],
		["l'accueil d'aujourd'hui", 'l’accueil d’aujourd’hui'],
		['et puis...', 'et puis…'],
		['attendre....', 'attendre….'],
		// What must stay as it is typed.
		['à 14:30 demain', 'à 14:30 demain'],
		['https://haute-riviere.example/a?b=c: voir', 'https://haute-riviere.example/a?b=c: voir'],
		['contact@haute-riviere.example: écrire', 'contact@haute-riviere.example: écrire'],
		['www.haute-riviere.example/?a;b', 'www.haute-riviere.example/?a;b'],
		['le 1er et le 2e', 'le 1er et le 2e'],
		['une oeuvre', 'une oeuvre'],
		["6' et 30'", "6' et 30'"],
		['1,5 % de 12 000', '1,5 % de 12 000'],
		['!', '!'],
		[' :', ' :']
	])('%s → %s', (keys, expected) => {
		expect(type(keys)).toBe(expected);
	});
});

describe('Markdown’s marks, at their last sign', () => {
	test.each([
		['un **mot**', 'gras', 'mot'],
		['un **mot fort**', 'gras', 'mot fort'],
		['un *mot*', 'italique', 'mot'],
		['un _mot_', 'italique', 'mot'],
		['voir [la carte](https://haute-riviere.example/carte)', 'lien', 'la carte']
	])('%s', (texte, type, inner) => {
		expect(markedIn(texte)).toMatchObject({ inner, mark: { type } });
	});

	test.each([
		['2 * 3 *'],
		['** mot**'],
		['mot_clef_'],
		['un **mot*'],
		['[lien](javascript:alert(1))'],
		['[lien](data:text/html,x)'],
		['3*4*'],
		['****']
	])('%s is left alone', (texte) => {
		expect(markedIn(texte)).toBeNull();
	});
});
