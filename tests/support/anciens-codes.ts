import type { App } from '#server/app.ts';

/** The codes that a node had before, the oldest first. */
export async function listFormerCodesOf(app: App, pacteId: string, noeud: string): Promise<string[]> {
	const rows = await app.db
		.selectFrom('anciens_codes')
		.select('code')
		.where('pacte_id', '=', pacteId)
		.where('noeud_id', '=', noeud)
		.orderBy('rang')
		.execute();
	return rows.map(({ code }) => code);
}
