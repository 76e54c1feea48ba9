import * as Y from 'yjs';
import { addPuces, champsOf, pucesOf, readChamp, readOrganismes, setOuverte, texteOf } from '#lib/fiches/fiche.ts';
import { addLigne, filledLignes, lignesOf, setSuite } from '#lib/fiches/tableau.ts';
import { foldNom } from '#lib/organismes/fold.ts';
import type { ValeurChamp, ValeurPuces, ValeurTableau } from '#lib/pactes/archive.ts';
import { asTableau, contenuOf, type Champ, type ChampEnLignes, type ChampTableau } from '#lib/pactes/modele.ts';
import { newId } from '../ids.ts';
import { appendText, changeOrganismes, plainOf, replaceText, signAt, type Geste } from '../operations/gestes.ts';

/**
 * Adds to a field of a fiche what another fiche says in it: nothing that either says is lost, and what both say is there once. A field that
 * may say one thing only keeps its own: `null` says that the other one was different.
 */
export function mergeChamp(doc: Y.Doc, champ: Champ, autre: ValeurChamp | undefined): Geste[] | null {
	if (!autre || !champsOf(doc).has(champ.id)) return [];
	const contenu = contenuOf(champ);
	switch (contenu) {
		case 'texte':
			return 'texte' in autre ? mergeTexte(doc, champ, autre.texte) : [];
		case 'puces':
			return 'puces' in autre ? mergePuces(doc, champ.id, autre) : [];
		case 'organismes':
		case 'schemas':
			return mergeListe(doc, champ, autre);
		case 'lignes':
			return 'lignes' in autre ? mergeLignes(doc, asTableau(champ as ChampEnLignes), autre) : [];
		default:
			return contenu satisfies never;
	}
}

function mergeTexte(doc: Y.Doc, champ: Champ, autre: string): Geste[] | null {
	const texte = texteOf(doc, champ.id);
	const own = texte ? plainOf(texte) : '';
	if (!texte || autre.trim() === '' || foldNom(own).includes(foldNom(autre))) return [];
	if (own.trim() === '') return [replaceText(texte, 0, own.length, autre)];
	if (champ.type === 'choix' || champ.type === 'ouinon') return null;
	return [appendText(texte, `${champ.type === 'texte' ? '\n' : '\u00a0; '}${autre}`)];
}

function mergePuces(doc: Y.Doc, champ: string, { puces, retraits = [] }: ValeurPuces): Geste[] {
	const own = new Set(pucesOf(doc, champ).map(({ texte }) => foldNom(texte.toString())));
	const added = puces
		.map((texte, i) => ({ id: newId(), texte, retrait: retraits.includes(i) ? (1 as const) : (0 as const) }))
		.filter(({ texte }) => !own.has(foldNom(texte)));
	if (added.length > 0) addPuces(doc, champ, added);
	return added.map(({ id, texte }) => ({ nature: 'puce', champ, id, texte }));
}

function mergeListe(doc: Y.Doc, champ: Champ, autre: ValeurChamp): Geste[] {
	const ids = 'organismes' in autre ? autre.organismes : 'schemas' in autre ? autre.schemas : [];
	const own = readOrganismes(doc, champ.id);
	const opens = 'ouverte' in autre && autre.ouverte && !own.ouverte;
	const geste = changeOrganismes(doc, champ.id, { ajouter: ids });
	if (opens) setOuverte(doc, champ.id, true);
	const texte = 'texte' in autre ? (mergeTexte(doc, { ...champ, type: 'court' } as Champ, autre.texte) ?? []) : [];
	const liste: Geste[] = geste
		? [{ ...geste, ...(opens && { ouverte: true as const }) }]
		: opens
			? [{ nature: 'organismes', champ: champ.id, ajoutes: [], retires: [], ouverte: true }]
			: [];
	return [...liste, ...texte];
}

function mergeLignes(doc: Y.Doc, champ: ChampTableau, { lignes, suites = [] }: ValeurTableau): Geste[] {
	const own = filledLignes(doc, champ).map(({ valeurs }) => JSON.stringify(valeurs));
	return lignes.flatMap((valeurs, i): Geste[] => {
		const goesOn = suites.filter(({ ligne }) => ligne === i);
		const said = JSON.stringify(Object.fromEntries(champ.colonnes.map(({ id }) => [id, valeurs[id] ?? ''])));
		// A row whose cells go on from the one above belongs with it.
		if (suites.length === 0 && own.includes(said)) return [];
		const id = newId();
		addLigne(doc, champ, id);
		const cellules = lignesOf(doc, champ.id).find((ligne) => ligne.id === id)?.cellules;
		for (const [colonne, texte] of cellules ?? []) texte.insert(0, valeurs[colonne] ?? '');
		for (const { colonne } of goesOn) setSuite(doc, champ.id, id, colonne, true);
		return [{ nature: 'ligne', champ: champ.id, id, valeurs }];
	});
}

// Cutting a fiche in two

/** Something of a fiche that may go into another: a paragraph, a bullet, a row. */
export interface Morceau {
	/** Means this very place, whatever is written around it meanwhile. */
	cle: string;
	champ: string;
	texte: string;
}

/** What of a fiche may go: its lists of organismes and what it may only choose go with both halves. */
export function morceauxOf(doc: Y.Doc, champs: readonly Champ[]): Morceau[] {
	return champs.flatMap((champ): Morceau[] => {
		const contenu = contenuOf(champ);
		if (contenu === 'puces')
			return pucesOf(doc, champ.id)
				.filter(({ texte }) => texte.toString().trim() !== '')
				.map(({ id, texte }) => ({ cle: `${champ.id}~${id}`, champ: champ.id, texte: texte.toString() }));
		if (contenu === 'lignes')
			return filledLignes(doc, asTableau(champ as ChampEnLignes)).map(({ id, valeurs }) => ({
				cle: `${champ.id}~${id}`,
				champ: champ.id,
				texte: Object.values(valeurs).filter(Boolean).join(' · ')
			}));
		if (champ.type !== 'texte') return [];
		return paragraphesOf(doc, champ).map(({ cle, texte }) => ({ cle, champ: champ.id, texte }));
	});
}

function paragraphesOf(doc: Y.Doc, champ: Champ): { cle: string; texte: string; debut: number }[] {
	const texte = texteOf(doc, champ.id);
	if (!texte) return [];
	let debut = 0;
	return plainOf(texte)
		.split('\n')
		.map((paragraphe) => {
			const here = { cle: `${champ.id}~${signAt(texte, debut) ?? ''}`, texte: paragraphe, debut };
			debut += paragraphe.length + 1;
			return here;
		})
		.filter((paragraphe) => paragraphe.texte.trim() !== '');
}

/** What the other half of a fiche begins with. */
export function valeursEmportees(
	doc: Y.Doc,
	champs: readonly Champ[],
	cles: ReadonlySet<string>
): Record<string, ValeurChamp> {
	return Object.fromEntries(champs.map((champ) => [champ.id, emporte(doc, champ, cles)]));
}

function emporte(doc: Y.Doc, champ: Champ, cles: ReadonlySet<string>): ValeurChamp {
	const isGoing = (id: string) => cles.has(`${champ.id}~${id}`);
	const contenu = contenuOf(champ);
	if (contenu === 'puces') {
		const going = pucesOf(doc, champ.id).filter(({ id }) => isGoing(id));
		const retraits = going.flatMap(({ retrait }, i) => (retrait === 1 && i > 0 ? [i] : []));
		return { puces: going.map(({ texte }) => texte.toString()), ...(retraits.length > 0 && { retraits }) };
	}
	if (contenu === 'lignes') {
		const all = filledLignes(doc, asTableau(champ as ChampEnLignes));
		return { lignes: all.filter(({ id }) => isGoing(id)).map(({ valeurs }) => valeurs) };
	}
	if (champ.type !== 'texte') return readChamp(doc, champ);
	const going = paragraphesOf(doc, champ).filter(({ cle }) => cles.has(cle));
	return { texte: going.map(({ texte }) => texte).join('\n') };
}

/** Takes out of a fiche what went into the other. */
export function retire(doc: Y.Doc, champs: readonly Champ[], cles: ReadonlySet<string>): Geste[] {
	return champs.flatMap((champ): Geste[] => {
		const isGoing = ({ id }: { id: string }) => cles.has(`${champ.id}~${id}`);
		const contenu = contenuOf(champ);
		const map = champsOf(doc).get(champ.id);
		const mark = (id: string) => {
			const entry = map instanceof Y.Map ? map.get(id) : undefined;
			if (entry instanceof Y.Map) (entry as Y.Map<unknown>).set('retiree', 1);
		};
		if (contenu === 'puces')
			return pucesOf(doc, champ.id)
				.filter(isGoing)
				.map(({ id, texte }) => {
					mark(id);
					return replaceText(texte, 0, texte.length, '');
				});
		if (contenu === 'lignes')
			return lignesOf(doc, champ.id)
				.filter(isGoing)
				.flatMap(({ id, cellules }) => {
					mark(id);
					return [...cellules.values()]
						.filter((texte) => texte.length > 0)
						.map((texte) => replaceText(texte, 0, texte.length, ''));
				});
		const texte = champ.type === 'texte' ? texteOf(doc, champ.id) : undefined;
		if (!texte) return [];
		return paragraphesOf(doc, champ)
			.filter(({ cle }) => cles.has(cle))
			.toReversed()
			.map(({ debut, texte: paragraphe }) => {
				const isLast = debut + paragraphe.length >= texte.length;
				const from = isLast && debut > 0 ? debut - 1 : debut;
				const length = paragraphe.length + (isLast && debut === 0 ? 0 : 1);
				return replaceText(texte, from, length, '');
			});
	});
}
