import type { App } from './app.ts';
import { demoLinks, firstAdminLink } from './comptes/liens.ts';

/** What the terminal says when the server is ready: where it is, and the links that open it. */
export async function welcome(app: App, port: number): Promise<string> {
	const address = app.config.adressePublique ?? `http://localhost:${port}`;
	const lines = ['', `Copacte est prêt : ${address}`];
	const first = await firstAdminLink(app);
	if (first)
		lines.push(
			'',
			'Premier administrateur (lien à usage unique, valable jusqu’à son emploi) :',
			`  ${address}${first}`
		);
	const demo = await demoLinks(app);
	if (demo.length > 0) {
		const width = Math.max(...demo.map(({ nom }) => nom.length));
		lines.push('', 'Démonstration, un lien par rôle :');
		lines.push(...demo.map(({ nom, path }) => `  ${nom.padEnd(width)}  ${address}${path}`));
	}
	return [...lines, ''].join('\n');
}
