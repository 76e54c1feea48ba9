import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

interface LockedPackage {
	resolved?: string;
	license?: string;
}

const { packages } = JSON.parse(readFileSync(`${ROOT}package-lock.json`, 'utf8')) as {
	packages: Record<string, LockedPackage>;
};
const dependencies = Object.entries(packages).filter(([path]) => path !== '');

/** Licences whose code an EUPL-1.2 work may ship or be built with. */
const COMPATIBLE = new Set([
	'0BSD',
	'Apache-2.0',
	'Apache2',
	'BSD-2-Clause',
	'BSD-3-Clause',
	'BlueOak-1.0.0',
	'CC0-1.0',
	'CC-BY-4.0',
	'EUPL-1.2',
	'ISC',
	'MIT',
	'MIT-0',
	'MPL-2.0',
	'OFL-1.1',
	'Python-2.0',
	'Unlicense',
	'Zlib'
]);

/** Packages whose package.json is silent, and whose LICENSE file was read instead. */
const READ_BY_HAND: Record<string, string> = { 'svelte-toolbelt': 'MIT' };

/** « (MIT OR GPL-3.0) » lets us choose; « MIT AND OFL-1.1 » asks for both. */
function isCompatible(expression: string): boolean {
	const inside = expression.replace(/^\((.*)\)$/, '$1');
	if (inside.includes(' OR ')) return inside.split(' OR ').some(isCompatible);
	return inside.split(' AND ').every((licence) => COMPATIBLE.has(licence));
}

test('every package of the lock file has a licence that an EUPL-1.2 work may be made with', () => {
	const refused = dependencies.flatMap(([path, { license }]) => {
		const name = path.replace(/^.*node_modules\//, '');
		const known = license ?? READ_BY_HAND[name] ?? '';
		return isCompatible(known) ? [] : [`${name} (${known || 'sans licence'})`];
	});
	expect(refused).toEqual([]);
});

test('the lock file names no registry, so that npm uses the one of the machine', () => {
	expect(dependencies.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
});
