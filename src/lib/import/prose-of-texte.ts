import type { NatureConstat, Paragraphe, Prose } from '#lib/editor/prose.ts';

/** Gives a constat its id. */
type NewCle = () => string;

/**
 * The text of a proposed section as prose: « ## » begins a heading, « - » and « 1. » an item, two spaces and a dash a sub-point,
 * bars a row of a table. The items that a sentence announces as « enjeux » are enjeux, and so is « Enjeu : … ».
 */
export function proseOfTexte(texte: string, newCle: NewCle): Prose {
	const prose: Prose = [];
	let enjeux = false;
	let rangees: string[][] = [];
	const endTable = () => {
		if (rangees.length > 0) prose.push(tableauOf(rangees));
		rangees = [];
	};
	for (const line of texte.split('\n')) {
		if (/^\s*\|.*\|\s*$/.test(line)) {
			const cellules = line.trim().slice(1, -1).split('|');
			if (!cellules.every((cellule) => /^\s*:?-{2,}:?\s*$/.test(cellule))) rangees.push(cellules.map((c) => c.trim()));
			continue;
		}
		endTable();
		if (line.trim() === '') continue;
		const nomme = /^(constat|enjeu)\s*:\s+(?=\S)/i.exec(line);
		const bloc = paragrapheOf(nomme ? line.slice(nomme[0].length) : line);
		if (nomme) {
			prose.push(constatOf(bloc, newCle(), nomme[1]!.toLowerCase() as NatureConstat));
			continue;
		}
		if (!bloc.liste) enjeux = /\benjeux\b[^.]*:\s*$/i.test(line);
		prose.push(enjeux && bloc.liste && !bloc.retrait ? constatOf(bloc, newCle(), 'enjeu') : bloc);
	}
	endTable();
	return prose;
}

function paragrapheOf(line: string): Paragraphe {
	const titre = /^(#{2,4})\s+(.*)$/.exec(line);
	if (titre) return { type: 'paragraphe', titre: titre[1]!.length as 2 | 3 | 4, contenu: contenuOf(titre[2]!) };
	const sous = /^\s{2,}-\s+(.*)$/.exec(line);
	if (sous) return { type: 'paragraphe', liste: 'puce', retrait: 1, contenu: contenuOf(sous[1]!) };
	const puce = /^-\s+(.*)$/.exec(line);
	if (puce) return { type: 'paragraphe', liste: 'puce', contenu: contenuOf(puce[1]!) };
	const numero = /^\d{1,3}\.\s+(.*)$/.exec(line);
	if (numero) return { type: 'paragraphe', liste: 'numero', contenu: contenuOf(numero[1]!) };
	return { type: 'paragraphe', contenu: contenuOf(line) };
}

function contenuOf(texte: string): Paragraphe['contenu'] {
	const clean = texte.trim();
	return clean === '' ? [] : [{ type: 'texte', texte: clean }];
}

function constatOf({ contenu }: Paragraphe, cle: string, nature: NatureConstat): Paragraphe {
	return { type: 'paragraphe', constat: { cle, nature, theme: '', noeud: '', origine: '' }, contenu };
}

/** The first row heads the others; rows are given as many cells as the longest. */
function tableauOf(rangees: readonly string[][]): Prose[number] {
	const largeur = Math.max(...rangees.map((rangee) => rangee.length));
	return {
		type: 'tableau',
		legende: '',
		rangees: rangees.map((rangee, i) =>
			Array.from({ length: largeur }, (_, j) => ({
				...(i === 0 && rangees.length > 1 && { entete: true as const }),
				contenu: [{ type: 'paragraphe' as const, contenu: contenuOf(rangee[j] ?? '') }]
			}))
		)
	};
}
