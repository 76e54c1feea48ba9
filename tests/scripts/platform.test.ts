import { expect, test } from 'vitest';
import { describeMachine, refusal } from '../../scripts/amorce/platform.js';

const DEBIAN = { platform: 'linux', arch: 'x64', glibc: '2.36', node: '18.20.4' };

test.each([
	DEBIAN,
	{ ...DEBIAN, arch: 'arm64' },
	{ ...DEBIAN, glibc: '2.34' },
	{ ...DEBIAN, glibc: '3.0' },
	describeMachine()
])('$platform $arch, glibc $glibc, Node $node: Copacte starts', (machine) => {
	expect(refusal(machine)).toBeNull();
});

test.each([
	[{ ...DEBIAN, node: '16.20.2' }, 'Node 18 ou plus récent'],
	[{ ...DEBIAN, platform: 'win32', glibc: null }, 'WSL'],
	[{ ...DEBIAN, platform: 'darwin', glibc: null }, 'ce système (darwin)'],
	[{ ...DEBIAN, arch: 'riscv64' }, 'ce processeur (riscv64)'],
	[{ ...DEBIAN, glibc: null }, 'musl'],
	[{ ...DEBIAN, glibc: '2.31' }, 'celle de ce système est la 2.31'],
	[{ ...DEBIAN, glibc: '2.4' }, 'celle de ce système est la 2.4']
])('%o is refused in one sentence that says why', (machine, why) => {
	const sentence = refusal(machine);
	expect(sentence).toContain(why);
	expect(sentence).toMatch(/^[^\n]+\.$/);
});
