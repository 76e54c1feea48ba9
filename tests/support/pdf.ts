import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What poppler reads in the PDF of a pacte. */
export function readPdf(bytes: Uint8Array): string {
	const folder = mkdtempSync(join(tmpdir(), 'copacte-pdf-'));
	try {
		const file = join(folder, 'pacte.pdf');
		writeFileSync(file, bytes);
		return execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' });
	} finally {
		rmSync(folder, { recursive: true });
	}
}
