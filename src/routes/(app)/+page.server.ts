import { listPactes } from '#server/pactes/pactes.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, parent }) => {
	const { compte } = await parent();
	return { pactes: await listPactes(locals.app, compte.id) };
};
