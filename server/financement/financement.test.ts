import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { enveloppeInWords } from '#lib/financement/financement.ts';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { pacteDEssai, type PacteDEssai } from '../../tests/support/pacte.ts';
import {
	readFinancement,
	removeFinancement,
	saveEnveloppe,
	saveIntermediaires,
	saveOrientationFse
} from './financement.ts';

const ENVELOPPE = { id: '', libelle: 'Enveloppe', montant: null, partFse: null, debut: '', fin: '', exclusions: '' };
const NBSP = '\u00a0';

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`financement on ${engine}${missing ? ` (${missing})` : ''}`, () => {
		let app: TestApp;
		let pacte: PacteDEssai;

		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		afterAll(() => app.end());
		beforeEach(async () => {
			pacte = await pacteDEssai(app);
		});

		const read = () => readFinancement(app.db, pacte.pacteId);

		it('Mayenne 10. three FSE orientations with 4, 2 and 2 dispositifs, two tagged PLIE, and the enveloppe with its FSE part are held', async () => {
			await saveEnveloppe(app, pacte, {
				...ENVELOPPE,
				montant: 462_400_000,
				partFse: 231_200_000,
				debut: '2015',
				fin: '2017',
				exclusions: 'hors assistance technique'
			});
			for (const [i, n] of [4, 2, 2].entries())
				await saveOrientationFse(app, pacte, {
					id: '',
					libelle: `Orientation ${i + 1}`,
					axes: [],
					dispositifs: Array.from({ length: n }, (_, d) => ({
						libelle: `Dispositif ${i + 1}.${d + 1}`,
						mention: i === 0 && d > 1 ? 'PLIE' : '',
						operateur: 'Agglomération'
					}))
				});
			const { enveloppes, orientations } = await read();
			expect(enveloppes.map(enveloppeInWords)).toEqual([
				`4${NBSP}624${NBSP}000${NBSP}€, dont 2${NBSP}312${NBSP}000${NBSP}€ de FSE, 2015-2017, hors assistance technique`
			]);
			expect(orientations.map(({ dispositifs }) => dispositifs.length)).toEqual([4, 2, 2]);
			const all = orientations.flatMap(({ dispositifs }) => dispositifs);
			expect(all.filter(({ mention }) => mention === 'PLIE')).toHaveLength(2);
			expect(new Set(all.map(({ operateur }) => operateur?.id)).size).toBe(1);
		});

		it('Allier 1. five axes with a title and nothing below, and three FSE objectives linked to them', async () => {
			const axes = await pacte.axes('Un', 'Deux', 'Trois', 'Quatre', 'Cinq');
			for (const [i, linked] of [[0, 1], [2], [3, 4]].entries())
				await saveOrientationFse(app, pacte, {
					id: '',
					libelle: `Objectif ${i + 1}`,
					axes: linked.map((axe) => axes[axe] as string),
					dispositifs: []
				});
			expect((await read()).orientations.map((orientation) => orientation.axes.map(({ code }) => code))).toEqual([
				['1', '2'],
				['3'],
				['4', '5']
			]);
		});

		it('is written again whole, and an opérateur spelt otherwise is the same organisme', async () => {
			const id = await saveOrientationFse(app, pacte, {
				id: '',
				libelle: 'Accompagner',
				axes: [],
				dispositifs: [{ libelle: 'Référents', mention: '', operateur: 'Mission locale' }]
			});
			await saveOrientationFse(app, pacte, {
				id,
				libelle: 'Accompagner mieux',
				axes: [],
				dispositifs: [
					{ libelle: 'Ateliers', mention: 'PLIE', operateur: 'mission  LOCALE' },
					{ libelle: 'Référents', mention: '', operateur: '' }
				]
			});
			const [orientation] = (await read()).orientations;
			expect(orientation).toMatchObject({
				libelle: 'Accompagner mieux',
				dispositifs: [{ libelle: 'Ateliers', operateur: { nom: 'Mission locale' } }, { operateur: null }]
			});
		});

		it('organismes intermédiaires are a list, each once', async () => {
			await saveIntermediaires(app, pacte, [
				{ nom: 'Agglomération', perimetre: 'crédits du PLIE' },
				{ nom: 'agglomération', perimetre: '' },
				{ nom: ' ', perimetre: '' }
			]);
			expect((await read()).intermediaires).toMatchObject([
				{ organisme: { nom: 'Agglomération' }, perimetre: 'crédits du PLIE' }
			]);
		});

		it('refuses an unreadable amount, a FSE part above the whole, a period that ends before it begins', async () => {
			const save = (change: object) => saveEnveloppe(app, pacte, { ...ENVELOPPE, ...change });
			await expect(save({ montant: undefined })).rejects.toThrow(/en chiffres/);
			await expect(save({ montant: 100, partFse: 101 })).rejects.toThrow(/dépasse l’enveloppe/);
			await expect(save({ debut: '2017', fin: '2015' })).rejects.toThrow(/précède son début/);
			await expect(save({ debut: 'bientôt' })).rejects.toThrow(/quatre chiffres/);
			expect((await read()).enveloppes).toEqual([]);
		});

		it('a line of another pacte can be neither changed nor taken out', async () => {
			const autre = await pacteDEssai(app);
			const id = await saveEnveloppe(app, autre, ENVELOPPE);
			await expect(saveEnveloppe(app, pacte, { ...ENVELOPPE, id })).rejects.toMatchObject({ code: 'introuvable' });
			await expect(removeFinancement(app, pacte, 'enveloppes', id)).rejects.toMatchObject({ code: 'introuvable' });
			expect(await removeFinancement(app, autre, 'enveloppes', id)).toBe('Enveloppe');
		});
	});
}
