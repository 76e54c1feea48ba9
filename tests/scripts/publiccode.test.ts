import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(`${ROOT}${path}`, 'utf8');
const publiccode = parse(read('publiccode.yml'));

/** Every key that the standard calls mandatory, with the values that it allows. */
test('publiccode.yml has every mandatory key of the standard, with a value that it allows', () => {
	expect(publiccode.publiccodeYmlVersion).toMatch(/^0(\.\d+)*$/);
	expect(publiccode.name).toBe('Copacte');
	expect(new URL(publiccode.url).protocol).toBe('https:');
	expect(publiccode.platforms).toEqual(['web']);
	expect(publiccode.categories.length).toBeGreaterThan(0);
	expect(['concept', 'development', 'beta', 'stable', 'obsolete']).toContain(publiccode.developmentStatus);
	expect(publiccode.softwareType).toBe('standalone/web');
	expect(['internal', 'contract', 'community', 'none']).toContain(publiccode.maintenance.type);
	expect(publiccode.maintenance.contacts[0].name).not.toBe('');
	expect(typeof publiccode.localisation.localisationReady).toBe('boolean');
	expect(publiccode.localisation.availableLanguages).toContain('fr');
});

test.each(Object.keys(publiccode.description))(
	'its description in « %s » is complete and of the length allowed',
	(language) => {
		const { shortDescription, longDescription, features } = publiccode.description[language];
		expect(shortDescription).toMatch(/^[^\n]{1,150}$/);
		expect(longDescription.length).toBeGreaterThanOrEqual(150);
		expect(longDescription.length).toBeLessThanOrEqual(10_000);
		expect(features.length).toBeGreaterThan(0);
	}
);

test('publiccode.yml, package.json and CHANGELOG say the same version, and the licence is everywhere the same', () => {
	const { version, license } = JSON.parse(read('package.json'));
	expect(publiccode.softwareVersion).toBe(version);
	expect(read('CHANGELOG.md')).toMatch(new RegExp(`^## \\[${version.replaceAll('.', '\\.')}\\]`, 'm'));
	expect(license).toBe('EUPL-1.2');
	expect(publiccode.legal.license).toBe(license);
	expect(read('LICENSE')).toMatch(/^EUROPEAN UNION PUBLIC LICENCE v\. 1\.2/);
});

test('the links of the README and of the guides lead to files that exist', () => {
	const pages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...GUIDES.map((guide) => `docs/guide/${guide}.md`)];
	const broken = pages.flatMap((page) => {
		const targets = [...read(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target]) => target ?? '');
		const folder = new URL(page, `file://${ROOT}`);
		return targets.filter((target) => !existsSync(new URL(target, folder))).map((target) => `${page} → ${target}`);
	});
	expect(broken).toEqual([]);
});

const GUIDES = ['demarrer', 'configuration', 'importer', 'ecrire-a-plusieurs', 'administrer'];
