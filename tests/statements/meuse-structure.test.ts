// The structure of the Meuse's pacte: labels, codes and numbers only (domain.md §5, §11).
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentName } from '#lib/documents/document.ts';
import { addNoeud } from '#lib/orientations/arbre.ts';
import { parseArchive } from '#lib/pactes/archive-schema.ts';
import type { ArchivePacte, NoeudArchive } from '#lib/pactes/archive.ts';
import { MODELES_DE_PACTE } from '#lib/pactes/modeles/modeles-de-pacte.ts';
import { archiveOfModele } from '#lib/pactes/modeles/new-archive.ts';
import { listInstances } from '#server/gouvernance/instances.ts';
import { exportPdf } from '#server/export/pdf.ts';
import { readArchive } from '#server/export/archive.ts';
import { createPacteFromArchive } from '#server/pactes/create-pacte.ts';
import { MIDI, openTestApp, type TestApp } from '../support/app.ts';
import { readPdf } from '../support/pdf.ts';

const PACTE = { intitule: 'Pacte de la Haute-Rivière', territoire: 'Haute-Rivière', debut: 2017, fin: 2021 };
const MODELE = MODELES_DE_PACTE.find(({ structure }) => structure.id === 'meuse')!;

/** Six orientations, then three axes of 12, 4 and 8 préconisations; those of the first stand under three intertitres. */
function arbreDeLaMeuse(): NoeudArchive[] {
	const noeuds: NoeudArchive[] = [];
	const add = (parent: string | null, niveau: string, titre: string) => {
		noeuds.push({ id: `n${noeuds.length + 1}`, parent, niveau, titre });
		return `n${noeuds.length}`;
	};
	for (let i = 1; i <= 6; i++) add(null, 'orientation', `Orientation ${i}`);
	[12, 4, 8].forEach((count, axe) => {
		const id = add(null, 'axe', `Axe ${axe + 1}`);
		let parent = id;
		for (let i = 0; i < count; i++) {
			if (axe === 0 && i % 4 === 0) parent = add(id, 'intertitre', `En matière de ${i / 4}`);
			add(parent, 'preconisation', `Préconisation ${axe + 1} ${i + 1}`);
		}
	});
	return noeuds;
}

describe('the pacte of the Meuse', () => {
	let app: TestApp;
	let id: string;
	let archive: ArchivePacte;
	beforeAll(async () => {
		app = await openTestApp();
		archive = { ...archiveOfModele(PACTE, MODELE, ''), noeuds: arbreDeLaMeuse() };
		id = await createPacteFromArchive(app, archive, { compteId: null, acte: 'pacte_cree' });
	});
	afterAll(() => app?.end());

	const rows = () => app.db.selectFrom('noeuds').selectAll().where('pacte_id', '=', id).orderBy('ordre').execute();
	const codesBelow = async (titre: string) => {
		const all = await rows();
		const axe = all.find((row) => row.titre === titre)!;
		const inside = new Set([axe.id]);
		return all.flatMap((row) => {
			if (!inside.has(row.parent ?? '')) return [];
			inside.add(row.id);
			return row.niveau === 'preconisation' ? [row.code] : [];
		});
	};

	test('Meuse 1: three axes and 24 numbered préconisations (12, 4, 8) without a fiche are a whole pacte, printed and read back', async () => {
		const all = await rows();
		expect(all.filter(({ niveau }) => niveau === 'preconisation')).toHaveLength(24);
		expect(all.some(({ porte_fiche }) => porte_fiche === 1)).toBe(false);
		const exported = await readArchive(app, id);
		expect(exported.fiches).toEqual([]);
		expect(parseArchive(JSON.parse(JSON.stringify(exported)))).toEqual(exported);
		const { pdf } = await exportPdf(exported, { type: 'pacte' }, { date: MIDI });
		const text = readPdf(pdf).replace(/\s+/g, ' ');
		for (const titre of ['Orientation 6', 'Axe 3', 'Préconisation 3 8']) expect(text).toContain(titre);
	});

	test('Meuse 2: intertitres cut the first axe in 1-4, 5-8, 9-12 with numbers that go on; the other axes begin again at 1', async () => {
		const upTo = (count: number) => Array.from({ length: count }, (_, i) => String(i + 1));
		expect(await codesBelow('Axe 1')).toEqual(upTo(12));
		expect(await codesBelow('Axe 2')).toEqual(upTo(4));
		expect(await codesBelow('Axe 3')).toEqual(upTo(8));
		const intertitres = (await rows()).filter(({ niveau }) => niveau === 'intertitre');
		expect(intertitres.map(({ code }) => code)).toEqual(['', '', '']);
	});

	test('Meuse 3: six strategic orientations, numbered on their own, stand above the axes', async () => {
		const top = (await rows()).filter(({ parent }) => parent === null);
		expect(top.map(({ niveau, code }) => `${niveau} ${code}`)).toEqual([
			...[1, 2, 3, 4, 5, 6].map((n) => `orientation ${n}`),
			...[1, 2, 3].map((n) => `axe ${n}`)
		]);
	});

	test('Meuse 8: three instances have a chair, members as a rule, 6, 8 and 6 roles, and no frequency', async () => {
		const instances = await listInstances(app.db, id);
		expect(instances.map(({ roles }) => roles.length)).toEqual([6, 8, 6]);
		expect(instances.every(({ presidence, composition }) => presidence !== '' && composition !== '')).toBe(true);
		expect(instances.map(({ frequence, frequenceTexte }) => [frequence, frequenceTexte])).toEqual(
			Array(3).fill([null, ''])
		);
	});

	test('Meuse 12: a préconisation receives an action and its fiche later, and nothing is numbered again', async () => {
		const before = (await rows()).map(({ id: noeud, code }) => [noeud, code]);
		const second = (await rows()).find(({ titre }) => titre === 'Préconisation 2 2')!;
		await app.collaboration.edit(
			documentName('orientations', id),
			(doc) => addNoeud(doc, { id: 'action--------------', parent: second.id, niveau: 'action', titre: 'Une action' }),
			null
		);
		await app.collaboration.settle(id);
		const after = await rows();
		expect(after.filter(({ niveau }) => niveau !== 'action').map(({ id: noeud, code }) => [noeud, code])).toEqual(
			before
		);
		expect(after.find(({ niveau }) => niveau === 'action')).toMatchObject({ code: '2a', porte_fiche: 1 });
		expect((await readArchive(app, id)).fiches).toHaveLength(1);
	});
});
