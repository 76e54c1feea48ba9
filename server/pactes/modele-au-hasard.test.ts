// Whatever the équipe projet does to a model, each word that someone wrote in a fiche is still in the pacte and in its export.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type * as Y from 'yjs';
import { documentName } from '#lib/documents/document.ts';
import { addPuce, champsOf, texteOf } from '#lib/fiches/fiche.ts';
import { addLigne, lignesOf } from '#lib/fiches/tableau.ts';
import { addNoeud } from '#lib/orientations/arbre.ts';
import {
	bringBackChamp,
	canBecome,
	forgetChamp,
	moveChamp,
	putAsideChamp,
	putChamp,
	putNiveau,
	putVariante,
	removeNiveau,
	replaceChamp
} from '#lib/pactes/modele-edits.ts';
import { allChamps, asTableau, contenuOf, type Champ, type ChampEnLignes, type Modele } from '#lib/pactes/modele.ts';
import { MODELE_SARTHE } from '#lib/pactes/modeles/structures.ts';
import { randomFrom, type Random } from '../../tests/support/random.ts';
import { openTestApp, type TestApp } from '../../tests/support/app.ts';
import { pacteDEssai, type PacteDEssai } from '../../tests/support/pacte.ts';
import { archiveFromJson, readArchive } from '../export/archive.ts';
import { changeModele, lastChange, readEmploi, readModele, undoModele, type Changement } from './modele.ts';

const FICHES = ['a1', 'a2', 'a3'].map((nom) => nom.padEnd(20, '-'));
const TYPES = ['texte', 'court', 'puces', 'choix', 'ouinon', 'echeance', 'tableau', 'indicateurs', 'montants'] as const;

function one<T>(random: Random, items: readonly T[]): T {
	return random.pick(items) as T;
}

function champ(random: Random, id: string, etiquette: string): Champ {
	const common = { id, etiquette, requis: random.chance(0.5) };
	const type = one(random, TYPES);
	switch (type) {
		case 'puces':
			return { ...common, type, puce: 'un point' };
		case 'choix':
			return { ...common, type, choix: ['haut', 'bas'] };
		case 'montants':
			return { ...common, type, annees: [2027, 2028].slice(random.int(2)) };
		case 'tableau': {
			const colonnes = ['c1', 'c2', 'c3'].slice(random.int(3));
			return {
				...common,
				type,
				ligne: 'une ligne',
				colonnes: colonnes.map((c) => ({ id: c, etiquette: c, type: 'texte' }))
			};
		}
		default:
			return { ...common, type };
	}
}

/** Writes a word in some field of a fiche that the model shows; gives it. */
function write(doc: Y.Doc, random: Random, { champs }: Modele, mot: string): string[] {
	const free = champs.filter(({ id, type }) => champsOf(doc).has(id) && type !== 'choix' && type !== 'ouinon');
	if (free.length === 0) return [];
	const target = one(random, free);
	switch (contenuOf(target)) {
		case 'puces':
			addPuce(doc, target.id, mot, mot);
			return [mot];
		case 'lignes': {
			const table = asTableau(target as ChampEnLignes);
			addLigne(doc, table, mot);
			const cellules = lignesOf(doc, target.id).find(({ id }) => id === mot)?.cellules;
			const colonne = one(
				random,
				table.colonnes.filter(({ type }) => type !== 'choix')
			);
			cellules?.get(colonne.id)?.insert(0, mot);
			return cellules?.has(colonne.id) ? [mot] : [];
		}
		default:
			texteOf(doc, target.id)?.insert(0, `${mot} `);
			return [mot];
	}
}

/** One thing that the screen lets one do. */
function edit(
	random: Random,
	modele: Modele,
	emploi: Parameters<typeof canBecome>[2],
	n: number
): [Modele, Partial<Changement>] {
	const shown = modele.champs[random.int(Math.max(1, modele.champs.length))];
	const aside = modele.retires?.[random.int(modele.retires.length)];
	const niveaux = modele.niveaux;
	const act = random.int(9);
	if (act === 0 || !shown) return [putChamp(modele, champ(random, `n${n}`, `Champ ${n}`)), {}];
	if (act === 1) return [putAsideChamp(modele, shown.id), {}];
	if (act === 2 && aside) return [bringBackChamp(modele, aside.id), {}];
	if (act === 3 && aside) return [forgetChamp(modele, aside.id), {}];
	if (act === 4) return [moveChamp(modele, shown.id, random.chance(0.5) ? 1 : -1), {}];
	if (act === 5)
		return [putVariante(modele, { id: `v${n}`, nom: `V${n}`, sansChamps: [shown.id], sansColonnes: {} }), {}];
	if (act === 6 && niveaux.length > 2) {
		const [gone, vers] = [one(random, niveaux), one(random, niveaux)];
		if (gone === vers) return [modele, {}];
		return [removeNiveau(modele, gone.id, vers.id), { niveaux: { [gone.id]: vers.id } }];
	}
	if (act === 7) {
		const niveau = one(random, niveaux);
		return [
			putNiveau(modele, { ...niveau, fiche: !niveau.fiche, numerotation: one(random, ['1', 'I', 'a', 'aucune']) }),
			{}
		];
	}
	const other = champ(random, shown.id, shown.etiquette);
	if (canBecome(shown, other, emploi)) return [putChamp(modele, other), {}];
	const nouveau = { ...other, id: `r${n}`, etiquette: `Champ ${n}` };
	return [
		replaceChamp(modele, shown.id, nouveau),
		random.chance(0.7) ? { conversions: [{ de: shown.id, vers: nouveau.id }] } : {}
	];
}

describe('a model that changes at random', () => {
	let app: TestApp;
	let pacte: PacteDEssai;
	beforeAll(async () => {
		app = await openTestApp();
	});
	afterEach(() => app.clear());
	afterAll(() => app?.end());

	test.each([1, 2, 3, 4, 5])('loses no written word (seed %i)', async (seed) => {
		const random = randomFrom(seed);
		pacte = await pacteDEssai(app, MODELE_SARTHE);
		const act = { pacteId: pacte.pacteId, by: pacte.by };
		await app.collaboration.edit(
			documentName('orientations', pacte.pacteId),
			(doc) => {
				addNoeud(doc, { id: 's', parent: null, niveau: 'strategique', titre: 'S' });
				addNoeud(doc, { id: 'o', parent: 's', niveau: 'operationnel', titre: 'O' });
				for (const id of FICHES) addNoeud(doc, { id, parent: 'o', niveau: 'action', titre: id });
			},
			pacte.by
		);
		await app.collaboration.settle(pacte.pacteId);
		const words: string[] = [];
		for (let step = 0; step < 14; step++) {
			const { modele, version } = await readModele(app.db, pacte.pacteId);
			for (const id of FICHES)
				await app.collaboration.edit(
					documentName('fiche', id),
					(doc) => void words.push(...write(doc, random, modele, `mot${seed}x${words.length}`)),
					pacte.by
				);
			await app.collaboration.settle(pacte.pacteId);
			const last = random.chance(0.15) ? await lastChange(app.db, pacte.pacteId) : null;
			if (last) await undoModele(app, act, last.id).catch(onlyRefused);
			else {
				const emploi = await readEmploi(app.db, pacte.pacteId, modele);
				const [asked, rest] = edit(random, modele, emploi, step);
				await changeModele(app, act, asked, { version, libelle: `essai ${step}`, ...rest }).catch(onlyRefused);
			}
		}
		const archive = await readArchive(app, pacte.pacteId);
		const written = JSON.stringify(archive.fiches);
		expect(words.filter((word) => !new RegExp(`${word}(?!\\d)`).test(written))).toEqual([]);
		expect(words.length).toBeGreaterThan(20);
		expect(archiveFromJson(JSON.parse(JSON.stringify(archive)))).toEqual(archive);
		for (const id of FICHES)
			expect(
				await app.collaboration.read(documentName('fiche', id), (doc) =>
					allChamps(archive.modele).filter((each) => !champsOf(doc).has(each.id))
				)
			).toEqual([]);
	});
});

/** A model that is no model may be refused: never half done. */
function onlyRefused(error: { code?: string }): void {
	if (error.code !== 'invalide' && error.code !== 'conflit') throw error;
}
