// eslint-disable-next-line no-control-regex
const LINE_ENDS = /\r\n?|[\u000b\u000c\u0085\u2028\u2029]/g;
// Controls, soft hyphens, zero-width spaces and marks that a word processor leaves behind; joiners hold emoji together.
// eslint-disable-next-line no-control-regex
const INVISIBLE = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u200b\u2060\ufeff\ufffc]/g;
const LONE_SURROGATE = /\p{Surrogate}/gu;

/**
 * What somebody typed, pasted or dictated, as it may enter a shared text: line ends are newlines, what cannot be seen
 * and half characters leave. No-break spaces stay: they were put there for a reason.
 */
export function cleanTyped(text: string): string {
	return text.replace(LINE_ENDS, '\n').replace(/\t/g, ' ').replace(INVISIBLE, '').replace(LONE_SURROGATE, '');
}

/** The signs that word processors put before the items of a list, private-use ones of Word's symbol fonts included. */
const BULLET = /^\s*(?:[•▪▫◦‣⁃∙●○■□◆◇❖➢➤►▶✓✔\ue000-\uf8ff]|[·–—*o§-](?=\s))\s*/u;

/** A line of a pasted list without the sign before it. */
export function withoutBullet(line: string): string {
	return line.replace(BULLET, '');
}

/** The lines of a pasted text that hold something, each without spaces around it nor a list's sign. */
export function listLines(text: string): string[] {
	return cleanTyped(text)
		.split('\n')
		.map((line) => withoutBullet(line).trim())
		.filter((line) => line !== '');
}
