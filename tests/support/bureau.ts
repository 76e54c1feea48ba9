// Office files, opened as an office suite opens them: their parts, that must be XML, and their words.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { SaxesParser } from 'saxes';

/** The XML parts of a file, each parsed; throws on the first that is not well formed. */
export function partsOf(bytes: Uint8Array): Record<string, string> {
	const parts: Record<string, string> = {};
	for (const [name, content] of Object.entries(unzipSync(bytes))) {
		if (!/\.(xml|rels)$/.test(name)) continue;
		const text = strFromU8(content);
		const parser = new SaxesParser({ xmlns: true });
		parser.on('error', (error) => {
			throw new Error(`${name}: ${error.message}`);
		});
		parser.write(text).close();
		parts[name] = text;
	}
	return parts;
}

/** The words of a part, its elements aside. */
export function wordsIn(part: string | undefined): string {
	return (part ?? '')
		.replace(/<[^>]+>/g, ' ')
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&quot;', '"')
		.replaceAll('&amp;', '&')
		.replace(/[\s\u00a0]+/g, ' ')
		.trim();
}

/** Why LibreOffice cannot be asked; null: it can. */
export function sansLibreOffice(): string | null {
	try {
		execFileSync('soffice', ['--version'], { stdio: 'ignore' });
		return null;
	} catch {
		return 'LibreOffice is not installed here';
	}
}

/** Why its spreadsheet cannot be asked: it may be installed without. */
export function sansCalc(): string | null {
	const without = sansLibreOffice();
	if (without) return without;
	const soffice = realpathSync(execFileSync('which', ['soffice'], { encoding: 'utf8' }).trim());
	return existsSync(join(dirname(soffice), 'libsclo.so')) ? null : 'LibreOffice is installed here without Calc';
}

/** The text that LibreOffice reads in a file. */
export function readByLibreOffice(bytes: Uint8Array, extension: string): string {
	const folder = mkdtempSync(join(tmpdir(), 'copacte-bureau-'));
	try {
		writeFileSync(join(folder, `fichier.${extension}`), bytes);
		const into = ['--headless', '--convert-to', 'pdf', '--outdir', folder, `fichier.${extension}`];
		execFileSync('soffice', [`-env:UserInstallation=file://${folder}/profil`, ...into], {
			cwd: folder,
			stdio: 'ignore'
		});
		const made = readdirSync(folder).find((name) => name.endsWith('.pdf'));
		if (!made) throw new Error('LibreOffice made no file');
		return execFileSync('pdftotext', [join(folder, made), '-'], { encoding: 'utf8' });
	} finally {
		rmSync(folder, { recursive: true });
	}
}
