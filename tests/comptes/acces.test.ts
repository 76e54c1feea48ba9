// What people may and may not do, asked of the real server as a browser without script does.
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startServeur, type Serveur } from '../support/serveur.ts';
import { Visiteur, wordsOf, type Reponse } from '../support/visiteur.ts';

const ODILE = { nom: 'Odile Ferrand', email: 'odile@haute-riviere.example', motDePasse: 'quatre chevaux lampe' };
const KARIM = { nom: 'Karim Benali', email: 'karim@caf.example', motDePasse: 'pont violet sept' };
const INES = { nom: 'Inès Roy', email: 'ines@mission-locale.example', motDePasse: 'lampe verte marée' };
const ABSENT = '/pactes/absent-absent-absent';

let serveur: Serveur;
let premier: string;
/** Administrateur, and équipe projet of the pacte. */
let odile: Visiteur;
/** Lecteur of the pacte. */
let karim: Visiteur;
/** An account with no part in the pacte. */
let ines: Visiteur;
let pacte: string;

const pathOf = (address: string) => new URL(address).pathname;
const titleOf = (reponse: Reponse) => /<h1[^>]*>([^<]*)/.exec(reponse.text)?.[1];

async function invite(by: Visiteur, equipe: string, role: string): Promise<string> {
	const { text } = await by.post(`${equipe}?/inviter`, { role, pour: '' });
	return /\/lien\/[\w-]{43}/.exec(text)?.[0] ?? '';
}

async function comeBy(lien: string, personne: Record<string, string>, url = serveur.url): Promise<Visiteur> {
	const visiteur = new Visiteur(url);
	await visiteur.get(lien);
	const { status } = await visiteur.post('/bienvenue?/creer', personne);
	expect(status).toBe(303);
	return visiteur;
}

async function createPacte(by: Visiteur): Promise<string> {
	const { headers } = await by.post('/pactes/nouveau?/creer', {
		intitule: 'Pacte de la Haute-Rivière',
		territoire: 'Haute-Rivière',
		modele: 'vierge'
	});
	return headers.location ?? '';
}

beforeAll(async () => {
	serveur = await startServeur();
	premier = serveur.links().premier ?? '';
	odile = await comeBy(pathOf(premier), ODILE);
	pacte = await createPacte(odile);
	karim = await comeBy(await invite(odile, `${pacte}/equipe`, 'lecteur'), KARIM);
	const other = await createPacte(odile);
	ines = await comeBy(await invite(odile, `${other}/equipe`, 'redacteur'), INES);
}, 90_000);
afterAll(() => serveur?.stop());

describe('signed out', () => {
	test('a page leads to signing in, and from there back to it', async () => {
		const { status, headers } = await new Visiteur(serveur.url).get(`${pacte}/equipe?retirer=x`);
		expect([status, headers.location]).toEqual([
			303,
			`/connexion?suite=${encodeURIComponent(`${pacte}/equipe?retirer=x`)}`
		]);
		const visiteur = new Visiteur(serveur.url);
		const back = await visiteur.post(headers.location!, { email: KARIM.email, motDePasse: KARIM.motDePasse });
		expect([back.status, back.headers.location]).toEqual([303, `${pacte}/equipe?retirer=x`]);
	});

	test('signing in leads to no other site', async () => {
		for (const suite of ['https://ailleurs.example', '//ailleurs.example', '/\\ailleurs.example']) {
			const path = `/connexion?suite=${encodeURIComponent(suite)}`;
			const { headers } = await new Visiteur(serveur.url).post(path, {
				email: KARIM.email,
				motDePasse: KARIM.motDePasse
			});
			expect(headers.location).toBe('/');
		}
	});

	test('what a script or a stream asks for is refused, not redirected', async () => {
		const visiteur = new Visiteur(serveur.url);
		const stream = await visiteur.get(`${pacte}/flux`, { accept: 'text/event-stream' });
		const fetched = await visiteur.get(`${pacte}/exports/pacte.json`, { accept: '*/*', 'sec-fetch-dest': 'empty' });
		expect([stream.status, fetched.status]).toEqual([401, 401]);
		expect(wordsOf(stream)).toContain('Connectez-vous');
	});
});

describe('passwords', () => {
	test('a known and an unknown address get the same answers, then the same wait', async () => {
		const attempts = async (email: string) => {
			const answers = [];
			for (let n = 0; n < 4; n++) {
				const { status, text } = await new Visiteur(serveur.url).post('/connexion', {
					email,
					motDePasse: 'un mauvais essai'
				});
				answers.push([status, wordsOf({ text } as Reponse)]);
			}
			return answers;
		};
		const known = await attempts(INES.email);
		expect(known.map(([status]) => status)).toEqual([422, 422, 422, 429]);
		expect(known[0]![1]).toContain('L’adresse ou le mot de passe n’est pas le bon.');
		expect(known[3]![1]).toMatch(/Trop d’essais pour cette adresse/);
		expect(await attempts('personne@haute-riviere.example')).toEqual(known);
	});

	test('a form that is refused keeps what was typed, except the password', async () => {
		const visiteur = new Visiteur(serveur.url);
		await visiteur.get(await invite(odile, `${pacte}/equipe`, 'lecteur'));
		const reponse = await visiteur.post('/bienvenue?/creer', { nom: 'Anne', email: 'anne', motDePasse: 'trop court' });
		expect(reponse.status).toBe(422);
		expect(reponse.text).toMatch(/value="Anne"/);
		expect(reponse.text).not.toContain('trop court');
		expect(wordsOf(reponse)).toContain('Choisissez un mot de passe d’au moins 12 caractères.');
	});
});

describe('one-time links', () => {
	test('the token leaves the address at once, for a cookie that no script reads', async () => {
		const lien = await invite(odile, `${pacte}/equipe`, 'lecteur');
		const { status, headers, cookies } = await new Visiteur(serveur.url).get(lien);
		expect([status, headers.location]).toEqual([303, '/bienvenue']);
		expect(cookies).toEqual([
			expect.stringMatching(/^copacte_lien=[\w-]{43}; Max-Age=3600; Path=\/; HttpOnly; SameSite=Lax$/)
		]);
		expect(headers['referrer-policy']).toBe('no-referrer');
		expect(headers['cache-control']).toBe('private, no-store');
	});

	test('opening it many times uses nothing: mail scanners do', async () => {
		const lien = await invite(odile, `${pacte}/equipe`, 'lecteur');
		for (let n = 0; n < 3; n++) {
			const visiteur = new Visiteur(serveur.url);
			await visiteur.get(lien);
			expect(titleOf(await visiteur.get('/bienvenue'))).toBe('Votre invitation à un pacte');
		}
	});

	test('used, withdrawn and unknown links, and no link at all, get the same page', async () => {
		const pages = [];
		for (const lien of [pathOf(premier), `/lien/${'A'.repeat(43)}`, '/lien/nimporte-quoi', null]) {
			const visiteur = new Visiteur(serveur.url);
			if (lien) await visiteur.get(lien);
			pages.push(wordsOf(await visiteur.get('/bienvenue')));
		}
		expect(new Set(pages).size).toBe(1);
		expect(pages[0]).toContain('Ce lien ne fonctionne plus : il a déjà servi, il a expiré ou il a été retiré.');
	});

	test('a dead link posted anyway gives nothing', async () => {
		for (const acte of ['creer', 'choisir', 'entrer']) {
			const visiteur = new Visiteur(serveur.url);
			await visiteur.get(pathOf(premier));
			const { status } = await visiteur.post(`/bienvenue?/${acte}`, { ...KARIM, email: 'autre@caf.example' });
			expect([acte, status]).toEqual([acte, 410]);
		}
	});

	test('no token is printed again after the start', async () => {
		const token = pathOf(premier).replace('/lien/', '');
		expect(serveur.output().split(token)).toHaveLength(2);
	});

	test('a demo link enters again and again, reaches the demonstration only, and administers nothing', async () => {
		const demo = serveur.links().demo[0]!.url;
		for (let n = 0; n < 2; n++) {
			const visiteur = new Visiteur(serveur.url);
			await visiteur.get(pathOf(demo));
			expect((await visiteur.post('/bienvenue?/entrer')).headers.location).toBe('/');
			expect((await visiteur.get(`${pacte}/equipe`)).status).toBe(404);
			expect((await visiteur.get('/administration')).status).toBe(403);
			expect((await visiteur.get('/pactes/nouveau')).status).toBe(403);
			expect((await visiteur.post('/compte?/identite', { nom: 'X', organisme: '' })).status).toBe(403);
		}
	});
});

describe('rights', () => {
	const pages = ['', '/equipe', '/orientations', '/synthese', '/organismes', '/exports', '/fiches/absente-absente'];

	test('a pacte that is forbidden answers as one that does not exist, on each of its pages', async () => {
		for (const page of pages) {
			const forbidden = await ines.get(pacte + page);
			const absent = await ines.get(ABSENT + page);
			expect([page, forbidden.status, absent.status]).toEqual([page, 404, 404]);
			expect(wordsOf(forbidden)).toBe(wordsOf(absent));
		}
	});

	test('nor do its endpoints tell, even to an administrateur without a part in it', async () => {
		const token =
			/\/lien\/[\w-]{43}/.exec((await odile.post('/administration?/inviter', { pour: '' })).text)?.[0] ?? '';
		const autre = await comeBy(token, {
			...KARIM,
			email: 'anne@haute-riviere.example',
			motDePasse: 'une autre lampe verte'
		});
		expect((await autre.get('/administration')).status).toBe(200);
		for (const path of ['/flux', '/exports/pacte.json', '/exports/pacte.pdf']) {
			const [forbidden, absent] = [await autre.get(pacte + path), await autre.get(ABSENT + path)];
			expect([path, forbidden.status, forbidden.text]).toEqual([path, 404, absent.text]);
		}
	});

	test('a lecteur manages nobody, in French and with the right status, and sees no address', async () => {
		for (const acte of ['inviter', 'retirerInvitation', 'changerRole', 'retirer']) {
			const reponse = await karim.post(`${pacte}/equipe?/${acte}`, { role: 'lecteur', compte: 'x', invitation: 'x' });
			expect([acte, reponse.status]).toEqual([acte, 403]);
			expect(wordsOf(reponse)).toContain('Seule l’équipe projet peut faire cela.');
		}
		const equipe = await karim.get(`${pacte}/equipe`);
		expect(equipe.status).toBe(200);
		expect(equipe.text).not.toContain(ODILE.email);
		expect(equipe.text).not.toContain('?/inviter');
	});

	test('only an administrateur creates pactes and administers', async () => {
		for (const path of ['/administration', '/pactes/nouveau', '/pactes/copier', '/pactes/importer'])
			expect([path, (await karim.get(path)).status]).toEqual([path, 403]);
		for (const path of [
			'/administration?/inviter',
			'/administration?/retirerDemo',
			'/pactes/nouveau?/creer',
			'/pactes/copier?/lire'
		])
			expect([path, (await karim.post(path, { pour: '' })).status]).toEqual([path, 403]);
	});

	test('a page that does not exist says so, in French, to whoever asks', async () => {
		const reponse = await karim.get('/nulle-part');
		expect(reponse.status).toBe(404);
		expect(wordsOf(reponse)).toContain('Cette page n’existe pas.');
	});
});

describe('forged forms', () => {
	const ROUTES = fileURLToPath(new URL('../../src/routes', import.meta.url));

	/** Every form of the application, as its source declares it. */
	function forms(): string[] {
		const files = readdirSync(ROUTES, { recursive: true, encoding: 'utf8' });
		return files.flatMap((file) => {
			const path = `/${relative(ROUTES, join(ROUTES, file, '..'))}`.replace(/\/\([^)]+\)/g, '');
			const address = path.replace('/pactes/[pacte]', pacte).replace(/\[\w+\]/g, 'x') || '/';
			if (file.endsWith('+server.ts') && /export const POST/.test(sourceOf(file))) return [address];
			if (!file.endsWith('+page.server.ts') || !/export const actions/.test(sourceOf(file))) return [];
			const actions = [...sourceOf(file).matchAll(/^\t(\w+): async/gm)].map(([, name]) => name ?? '');
			return actions.map((name) => (name === 'default' ? address : `${address}?/${name}`));
		});
	}
	const sourceOf = (file: string) => readFileSync(join(ROUTES, file), 'utf8');

	test('no form can be posted from another site, without an origin, or from a hidden one', async () => {
		const all = forms();
		for (const known of [
			'/connexion',
			'/deconnexion',
			'/compte?/partout',
			'/administration?/retirerDemo',
			`${pacte}/equipe?/retirer`
		])
			expect(all).toContain(known);
		for (const form of all)
			for (const origin of ['https://ailleurs.example', 'null', '']) {
				const { status } = await odile.post(form, {}, { origin });
				expect([form, origin, status]).toEqual([form, origin, 403]);
			}
		expect((await odile.get('/compte')).status).toBe(200);
	});
});

describe('what every answer carries', () => {
	test('pages tell browsers to run, frame, guess and keep nothing more than needed', async () => {
		const { headers } = await karim.get('/compte');
		expect(headers).toMatchObject({
			'cache-control': 'private, no-store',
			'referrer-policy': 'same-origin',
			'x-content-type-options': 'nosniff',
			'x-frame-options': 'DENY'
		});
		expect(headers['content-security-policy']).toMatch(/default-src 'self';.*frame-ancestors 'none'/);
		expect(headers['content-security-policy']).not.toMatch(/script-src[^;]*unsafe-inline/);
		expect(headers['strict-transport-security']).toBeUndefined();
	});

	test('dynamic pages are compressed, data too', async () => {
		for (const path of ['/compte', `${pacte}/equipe/__data.json`]) {
			const { headers } = await karim.get(path, { 'accept-encoding': 'gzip, br' });
			expect([path, headers['content-encoding'], headers.vary]).toEqual([
				path,
				'br',
				expect.stringContaining('Accept-Encoding')
			]);
		}
	});

	test('the session’s cookie is read by no script, and sent by no other site’s form', async () => {
		const visiteur = new Visiteur(serveur.url);
		const { cookies } = await visiteur.post('/connexion', { email: KARIM.email, motDePasse: KARIM.motDePasse });
		expect(cookies).toEqual([
			expect.stringMatching(/^copacte_session=\w+; Max-Age=4\d{4}; Path=\/; HttpOnly; SameSite=Lax$/)
		]);
	});
});

describe('sessions and open sockets', () => {
	async function signIn(): Promise<Visiteur> {
		const visiteur = new Visiteur(serveur.url);
		await visiteur.post('/connexion', { email: KARIM.email, motDePasse: KARIM.motDePasse });
		return visiteur;
	}

	async function openSocket({ cookie }: Visiteur): Promise<{ closed: Promise<[number, Buffer]> }> {
		const headers = { cookie, origin: serveur.url };
		const socket = new WebSocket(`${serveur.url.replace('http', 'ws')}/collaboration`, { headers });
		const closed = once(socket, 'close') as Promise<[number, Buffer]>;
		await once(socket, 'open');
		return { closed };
	}

	test('signing out ends the session and closes its socket, in words that are final', async () => {
		const visiteur = await signIn();
		const cookie = visiteur.cookie;
		const { closed } = await openSocket(visiteur);
		expect((await visiteur.post('/deconnexion')).headers.location).toBe('/connexion');
		const [code, reason] = await closed;
		expect(code).toBeGreaterThanOrEqual(4400);
		expect(reason.toString()).toMatch(/connect/);
		expect(visiteur.cookie).toBe('');
		expect((await visiteur.get('/compte', { cookie })).status).toBe(303);
	});

	test('signing out everywhere closes the sockets of every device', async () => {
		const [here, there] = [await signIn(), await signIn()];
		const { closed } = await openSocket(there);
		expect((await here.post('/compte?/partout')).headers.location).toBe('/connexion');
		expect((await closed)[0]).toBeGreaterThanOrEqual(4400);
		expect((await there.get('/compte')).status).toBe(303);
	});

	test('asking for the address of signing out signs nobody out', async () => {
		const visiteur = await signIn();
		expect((await visiteur.get('/deconnexion')).headers.location).toBe('/compte');
		expect((await visiteur.get('/compte')).status).toBe(200);
	});
});

describe('how the site is reached', () => {
	const salle = 'http://192.168.1.20';

	test('over plain HTTP elsewhere than here, nobody signs in, and the page says why', async () => {
		const visiteur = new Visiteur(serveur.url, salle);
		const page = await visiteur.get('/connexion');
		expect(wordsOf(page)).toContain('Une adresse en https est nécessaire pour se connecter');
		expect(page.text).not.toContain('name="motDePasse"');
		const { status, cookies } = await visiteur.post('/connexion', { email: KARIM.email, motDePasse: KARIM.motDePasse });
		expect([status, cookies]).toEqual([403, []]);
	});

	test('in « mode salle » people sign in there, warned on every page', async () => {
		await using autre = await startServeur({ env: { MODE_SALLE: 'oui' } });
		const visiteur = new Visiteur(autre.url, salle);
		await visiteur.get(pathOf(autre.links().premier ?? ''));
		expect((await visiteur.post('/bienvenue?/creer', ODILE)).status).toBe(303);
		expect(wordsOf(await visiteur.get('/compte'))).toContain('Connexion non chiffrée (mode salle)');
		expect(wordsOf(await new Visiteur(autre.url).get('/connexion'))).not.toContain('Connexion non chiffrée');
	}, 60_000);

	test('behind a proxy that speaks HTTPS, cookies are bound to the host and to HTTPS', async () => {
		const site = 'https://pacte.haute-riviere.example';
		await using autre = await startServeur({ env: { ADRESSE_PUBLIQUE: site } });
		const { premier: lien } = autre.links();
		expect(lien).toMatch(/^https:\/\/pacte\.haute-riviere\.example\/lien\//);
		const visiteur = new Visiteur(autre.url, site);
		const opened = await visiteur.get(pathOf(lien ?? ''));
		expect(opened.cookies[0]).toMatch(/^__Host-copacte_lien=.*; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
		expect(opened.headers['strict-transport-security']).toBe('max-age=31536000');
		const { status, cookies } = await visiteur.post('/bienvenue?/creer', ODILE);
		expect(status).toBe(303);
		expect(cookies[0]).toMatch(/^__Host-copacte_session=.*; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
		expect((await visiteur.get('/compte')).status).toBe(200);
		const invitation = await invite(visiteur, `${await createPacte(visiteur)}/equipe`, 'lecteur');
		expect(invitation).toMatch(/^\/lien\//);
	}, 60_000);
});
