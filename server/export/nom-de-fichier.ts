/** What no system takes in a file name, or reads as something else. */
const FORBIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}<>:"/\\|?*«»]+/gu;
const LONGEST = 120;

/** A clean name for a file, from words that people wrote: « Fiche 1.2 - Garder les enfants.pdf ». */
export function nomDeFichier(parts: readonly string[], extension: string): string {
	const name = parts
		.map((part) =>
			part
				.toWellFormed()
				.replace(/\s+:\s+/g, ' - ')
				.replace(FORBIDDEN, ' ')
				.replace(/\s+/g, ' ')
				.trim()
		)
		.filter((part) => part !== '')
		.join(' - ');
	const short = [...name]
		.slice(0, LONGEST)
		.join('')
		.replace(/^[. -]+|[. -]+$/g, '');
	return `${short === '' ? 'pacte' : short}.${extension}`;
}

/** The header that gives a file its name (RFC 6266): accents for those who read them, plain letters for the others. */
export function contentDisposition(nom: string): string {
	const plain = nom
		.normalize('NFKD')
		.replace(/œ/g, 'oe')
		.replace(/Œ/g, 'OE')
		.replace(/[\u2018\u2019]/g, "'")
		.replace(/[\u2010-\u2015]/g, '-')
		.replace(/\p{M}/gu, '')
		.replace(/[^\x20-\x7e]|["\\%]/g, '_');
	const encoded = encodeURIComponent(nom).replace(
		/['()*!]/g,
		(sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`
	);
	return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
