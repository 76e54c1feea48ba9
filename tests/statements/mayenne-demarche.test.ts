// What the model of the Mayenne creates in one act: labels, months and numbers only (domain.md §3, §11).
import { afterAll, beforeAll, expect, test } from 'vitest';
import { usualStart } from '#lib/pactes/modeles/modele-de-pacte.ts';
import { DEMARCHE_MAYENNE } from '#lib/pactes/modeles/demarches.ts';
import { MODELES_DE_PACTE } from '#lib/pactes/modeles/modeles-de-pacte.ts';
import { archiveOfModele } from '#lib/pactes/modeles/new-archive.ts';
import { frequenceInWords, type Instance } from '#lib/gouvernance/instance.ts';
import { periodOfPhase, type Phase } from '#lib/phases/phase.ts';
import { listInstances } from '#server/gouvernance/instances.ts';
import { createPacteFromArchive } from '#server/pactes/create-pacte.ts';
import { listPhases } from '#server/phases/phases.ts';
import { listSeances } from '#server/seances/seances.ts';
import { openTestApp, type TestApp } from '../support/app.ts';

let app: TestApp;
let phases: Phase[];
let instances: Instance[];
let seances: Awaited<ReturnType<typeof listSeances>>;

beforeAll(async () => {
	app = await openTestApp();
	const modele = MODELES_DE_PACTE.find(({ structure }) => structure.id === 'mayenne')!;
	const pacte = { intitule: 'Pacte de la Haute-Rivière', territoire: 'Haute-Rivière', debut: 2015, fin: 2020 };
	const archive = archiveOfModele(pacte, modele, usualStart(DEMARCHE_MAYENNE.depart, pacte.debut));
	const id = await createPacteFromArchive(app, archive, { compteId: null, acte: 'pacte_cree' });
	phases = await listPhases(app.db, id);
	instances = await listInstances(app.db, id);
	seances = await listSeances(app.db, id);
});
afterAll(() => app?.end());

test('Mayenne 1: from a template, three phases with their titles, their months and 3 + 4 + 4 contents are created in one action', () => {
	expect(phases.map(({ titre }) => titre)).toEqual([
		'Diagnostic, bilan et perspectives',
		'Travaux sur les orientations',
		'Construction du nouveau PTI'
	]);
	expect(phases.map(periodOfPhase)).toEqual(['mars à mai 2014', 'juin à septembre 2014', 'octobre 2014 à juin 2015']);
	expect(phases.map(({ contenus }) => contenus.length)).toEqual([3, 4, 4]);
});

test('Mayenne 2: five elaboration instances have their object, with 2, 5, 11 and 2 séances at once; the équipe projet has none', () => {
	const elaboration = instances.filter(({ portee }) => portee === 'elaboration');
	expect(elaboration.map(({ objet }) => objet !== '')).toEqual([true, true, true, true, true]);
	const meetings = elaboration.map(({ id }) => seances.filter(({ instanceId }) => instanceId === id).length);
	expect(meetings).toEqual([2, 5, 11, 2, 0]);
	expect(elaboration.at(-1)?.type).toBe('Équipe projet');
	expect(seances.filter(({ format }) => format === 'world_cafe')).toHaveLength(1);
});

test('Mayenne 11: five follow-up instances have 5, 6, 5, 5 and 3 roles, who sits there as a rule, and a minimum frequency or words for it', () => {
	const suivi = instances.filter(({ portee }) => portee === 'suivi');
	expect(suivi.map(({ roles }) => roles.length)).toEqual([5, 6, 5, 5, 3]);
	expect(suivi.every(({ composition }) => composition !== '')).toBe(true);
	expect(suivi.map(frequenceInWords)).toEqual([
		'Au moins une fois par an',
		'Au moins 3 fois par an',
		'Au moins une fois par semestre',
		expect.stringContaining('Selon les besoins'),
		'Au moins une fois par an'
	]);
	expect(suivi.at(-1)?.niveau).toBe('urbain');
});
