import type { SchemaLieLu } from './schema-lie.ts';

const SANS_RESEAU =
	'Le réseau est coupé\u00a0: ce schéma n’est pas encore dans la liste. Ce que vous avez tapé reste ici\u00a0; réessayez une fois la connexion revenue.';
const REFUS = 'Ce schéma n’a pas pu être ajouté. Ce que vous avez tapé reste ici\u00a0; réessayez dans un instant.';

/** Ties a pacte to a plan or schema, or gives the one that bears this name; fails with a sentence for the person. */
export async function createSchema(base: string, intitule: string): Promise<SchemaLieLu> {
	const response = await fetch(`${base}/schemas`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', accept: 'application/json' },
		body: JSON.stringify({ intitule })
	}).catch(() => {
		throw new Error(SANS_RESEAU);
	});
	const answer = (await response.json().catch(() => ({}))) as { schema?: SchemaLieLu; message?: string };
	if (!response.ok || !answer.schema) throw new Error(answer.message ?? REFUS);
	return answer.schema;
}
