import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../../tests/support/app.ts';
import { pacteDEssai, type PacteDEssai } from '../../tests/support/pacte.ts';
import { SEANCE_VIDE } from '../../tests/support/saisies.ts';
import { giveAbonnement, removeAbonnement } from './abonnements.ts';
import { calendrierOf, exportInvitation, readCalendrier } from './ics.ts';
import { addSeance, changeSeance, type SeanceSaisie } from './seances.ts';

const SEANCE: SeanceSaisie = {
	...SEANCE_VIDE,
	titre: 'Comité de pilotage',
	date: '2027-07-12',
	heureDebut: '14:30',
	heureFin: '17:00',
	lieu: 'Salle des fêtes, Bourg-le-Pont',
	objet: 'Choisir ; décider',
	points: [{ texte: 'Accueil', minutes: 10 }]
};
const ORIGINE = 'https://pacte.example';

let app: TestApp;
let pacte: PacteDEssai;

beforeAll(async () => {
	app = await openTestApp();
	pacte = await pacteDEssai(app);
});
afterAll(() => app.end());

const tokenOf = (path: string) => path.replace('/calendrier/', '').replace('.ics', '');
const unfolded = (text: string) => text.replace(/\r\n /g, '');

it('a calendar has the séances that have a day: with their hours of France, or the whole day; those of a month are left out', async () => {
	const seance = { ...SEANCE, id: 's1', participants: null };
	const text = unfolded(
		calendrierOf(
			'Pacte',
			[
				seance,
				{ ...seance, id: 's2', heureDebut: '', heureFin: '' },
				{ ...seance, id: 's3', date: '2027-07' },
				{ ...seance, id: 's4', date: '' }
			],
			{ page: ({ id }) => `${ORIGINE}/${id}`, now: app.now() }
		)
	);
	expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(2);
	expect(text).toContain('DTSTART:20270712T123000Z');
	expect(text).toContain('DTEND:20270712T150000Z');
	expect(text).toContain('DTSTART;VALUE=DATE:20270712');
	expect(text).toContain('LOCATION:Salle des fêtes\\, Bourg-le-Pont');
	expect(text).toContain('Choisir \\; décider\\n\\n- Accueil (10 min)');
});

it('an invitation keeps its identity when the séance moves, so that calendars move it; without a day there is none', async () => {
	const seanceId = await addSeance(app, pacte, SEANCE);
	const uid = async () =>
		/UID:(.*)\r\n/.exec(
			new TextDecoder().decode((await exportInvitation(app, pacte.pacteId, seanceId, ORIGINE)).bytes)
		)?.[1];
	const before = await uid();
	await changeSeance(app, { ...pacte, seanceId }, { ...SEANCE, date: '2027-07-20' });
	expect(await uid()).toBe(before);
	await changeSeance(app, { ...pacte, seanceId }, { ...SEANCE, date: '2027-07' });
	await expect(exportInvitation(app, pacte.pacteId, seanceId, ORIGINE)).rejects.toMatchObject({ code: 'conflit' });
});

it('the address of a feed is secret: it gives nothing once taken back, replaced, or when its owner has left', async () => {
	const by = await pacte.membre('lecteur');
	const lecteur = { ...pacte, by };
	const first = tokenOf(await giveAbonnement(app, lecteur));
	expect(await readCalendrier(app, first, ORIGINE)).toContain('BEGIN:VCALENDAR');
	const stored = await app.db.selectFrom('abonnements').select('jeton_hash').execute();
	expect(JSON.stringify(stored)).not.toContain(first);

	const second = tokenOf(await giveAbonnement(app, lecteur));
	await expect(readCalendrier(app, first, ORIGINE)).rejects.toMatchObject({ code: 'introuvable' });
	await removeAbonnement(app, lecteur);
	await expect(readCalendrier(app, second, ORIGINE)).rejects.toMatchObject({ code: 'introuvable' });

	const third = tokenOf(await giveAbonnement(app, lecteur));
	await app.db.deleteFrom('participations').where('compte_id', '=', by).execute();
	await expect(readCalendrier(app, third, ORIGINE)).rejects.toMatchObject({ code: 'introuvable' });
	await expect(readCalendrier(app, 'nimporte', ORIGINE)).rejects.toMatchObject({ code: 'introuvable' });
});
