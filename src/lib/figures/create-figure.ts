/** Adds a figure to a pacte while one writes; gives its id, or fails with a sentence for the person. */
export async function createFigure(base: string, titre: string): Promise<string> {
	let response: Response;
	try {
		response = await fetch(`${base}/figures`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
			body: JSON.stringify({ titre })
		});
	} catch {
		throw new Error(HORS_LIGNE);
	}
	const body = (await response.json().catch(() => null)) as { id?: string; message?: string } | null;
	if (!response.ok || body?.id === undefined) throw new Error(body?.message ?? HORS_LIGNE);
	return body.id;
}

const HORS_LIGNE = 'Le serveur ne répond pas : la figure n’est pas créée. Réessayez dans un instant.';
