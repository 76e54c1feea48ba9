import { foldNom } from '#lib/organismes/fold.ts';

/** The plans and schemas that a field names, and its words when the names alone do not say all of them. */
export interface SchemasCites {
	noms: string[];
	texte: string;
}

/**
 * « Plan de mobilité (actions 2 et 3), Contrat de ville 2015-2020 »: two schemas. Commas, semicolons, bars and lines between
 * names separate; what stands in parentheses or behind a colon specifies. Of a list (« - Plan de mobilité ») and words beside
 * it, the list alone names.
 */
export function readSchemas(imprime: string): SchemasCites {
	const lignes = imprime.split('\n');
	const items = lignes.filter((ligne) => ligne.startsWith('- ')).map((ligne) => ligne.slice(2));
	if (items.length === 0 || items.length === lignes.length)
		return readNoms(items.length === 0 ? imprime : items.join('\n'));
	const { noms, texte } = readNoms(items.join('\n'));
	return { noms, texte: texte === '' ? lignes.filter((ligne) => !ligne.startsWith('- ')).join('\n') : imprime };
}

function readNoms(imprime: string): SchemasCites {
	const propre = imprime
		.replace(/[^\S\n]+/g, ' ')
		.replace(/\s*(?:etc\.?|…|\.{3})?[\s.]*$/i, '')
		.trim();
	if (propre === '') return { noms: [], texte: '' };
	const noms = new Map<string, string>();
	for (const morceau of splitOutside(propre)) {
		const nom = nameOf(morceau);
		if (nom !== '' && !noms.has(foldNom(nom))) noms.set(foldNom(nom), nom);
	}
	const trouves = [...noms.values()];
	// A sentence names no schema by itself.
	if (trouves.some((nom) => nom.length > 160 || /[.!?] \p{Lu}/u.test(nom))) return { noms: [], texte: imprime };
	return { noms: trouves, texte: trouves.join(', ') === propre.replaceAll('\n', ', ') ? '' : imprime };
}

function splitOutside(texte: string): string[] {
	const morceaux: string[] = [];
	let profondeur = 0;
	let debut = 0;
	for (let i = 0; i < texte.length; i++) {
		const signe = texte[i]!;
		if (signe === '(') profondeur++;
		else if (signe === ')') profondeur = Math.max(0, profondeur - 1);
		else if (profondeur === 0 && (/[,;\n]/.test(signe) || isBarre(texte, i))) {
			morceaux.push(texte.slice(debut, i));
			debut = i + 1;
		}
	}
	return [...morceaux, texte.slice(debut)];
}

/** A bar between two names, and not in « 2016/2018 ». */
function isBarre(texte: string, i: number): boolean {
	return texte[i] === '/' && (texte[i - 1] === ' ' || texte[i + 1] === ' ');
}

function nameOf(morceau: string): string {
	const nom = morceau
		.split(/\s:\s/)[0]!
		.replace(/\s*\([^()]*\)/g, '')
		.trim()
		.replace(/^(?:le|la|les|et)\s+|^l['’]/i, '')
		.replace(/[\s.]+$/, '');
	return nom.charAt(0).toUpperCase() + nom.slice(1);
}
