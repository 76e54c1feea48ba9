import { describe, expect, test } from 'vitest';
import type { ArchivePacte } from '#lib/pactes/archive.ts';
import { demonstration } from '#server/demo/demonstration.ts';
import { arbreOf, comeBack, fichesOf, FORMATS } from '../../tests/support/aller-retour.ts';
import { archiveSarthe } from '../../tests/support/pacte-sarthe.ts';

/** One level above the fiches, lists beside them, a whole document around. */
const haute: ArchivePacte = demonstration();
/** Three levels above them, tables with merged cells, plans and schemas; a fiche that is nearly empty. */
const sarthe: ArchivePacte = archiveSarthe();

describe.each([
	['an axe above its fiches, and perspectives', haute],
	['four levels, tables with merged cells, schemas', sarthe]
])('a pacte with %s', (_, archive) => {
	test.each(FORMATS)(
		'comes back from .%s with its tree and all that its fiches say, and nothing more',
		async (format) => {
			const back = await comeBack(archive, format);
			expect(arbreOf(back)).toEqual(arbreOf(archive));
			expect(fichesOf(back)).toEqual(fichesOf(archive));
			expect(back.glossaire.map(({ sigle }) => sigle)).toEqual(archive.glossaire.map(({ sigle }) => sigle));
		}
	);
});
