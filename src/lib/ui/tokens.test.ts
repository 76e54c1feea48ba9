import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const [light = '', dark = ''] = css.split('@media (prefers-color-scheme: dark)');

const TEXT = 4.5;
const INTERFACE = 3;

/** [foreground, background, least contrast], each pair as the screens use it. */
const PAIRS: [string, string, number][] = [
	...['fond', 'surface', 'surface-2'].flatMap((ground): [string, string, number][] => [
		['encre', ground, TEXT],
		['encre-2', ground, TEXT],
		['bord', ground, INTERFACE],
		['focus', ground, INTERFACE]
	]),
	['primaire', 'fond', TEXT],
	['primaire', 'surface', TEXT],
	['sur-primaire', 'primaire', TEXT],
	['sur-primaire', 'primaire-fort', TEXT],
	['primaire', 'primaire-fond', TEXT],
	['primaire-fort', 'primaire-fond', TEXT],
	['encre', 'primaire-fond', TEXT],
	['encre-2', 'primaire-fond', TEXT],
	['danger', 'surface', TEXT],
	['danger', 'fond', TEXT],
	['sur-danger', 'danger', TEXT],
	...['succes', 'alerte', 'danger', 'info', 'usager'].map((tone): [string, string, number] => [
		tone,
		`${tone}-fond`,
		TEXT
	]),
	['alerte', 'surface', TEXT],
	['alerte', 'fond', TEXT],
	['focus', 'focus-halo', INTERFACE]
];

describe.each([
	['light', light],
	['dark', dark]
])('%s theme', (_theme, source) => {
	const tokens = new Map([...source.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})\b/g)].map(([, name, hex]) => [name, hex]));

	test.each(PAIRS)('%s on %s has a contrast of at least %d', (foreground, background, least) => {
		expect(contrast(tokens.get(foreground) as string, tokens.get(background) as string)).toBeGreaterThanOrEqual(least);
	});
});

/** WCAG 2.2, « contrast ratio ». */
function contrast(a: string, b: string): number {
	const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
	return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
	const [r, g, b] = [1, 3, 5].map((at) => {
		const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
		return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
	}) as [number, number, number];
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
