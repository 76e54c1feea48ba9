import type { Organisme } from './organisme.ts';

const SANS_RESEAU =
	'Le réseau est coupé\u00a0: cet organisme n’est pas encore créé. Ce que vous avez tapé reste ici\u00a0; réessayez une fois la connexion revenue.';
const REFUS = 'Cet organisme n’a pas pu être créé. Ce que vous avez tapé reste ici\u00a0; réessayez dans un instant.';

/** Adds an organisme to a pacte, or gives the one that bears this name; fails with a sentence for the person. */
export async function createOrganisme(base: string, nom: string): Promise<Organisme> {
	const response = await fetch(`${base}/organismes`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', accept: 'application/json' },
		body: JSON.stringify({ nom })
	}).catch(() => {
		throw new Error(SANS_RESEAU);
	});
	const answer = (await response.json().catch(() => ({}))) as { organisme?: Organisme; message?: string };
	if (!response.ok || !answer.organisme) throw new Error(answer.message ?? REFUS);
	return answer.organisme;
}
