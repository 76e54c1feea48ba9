/** The native packages ask for this one: better-sqlite3 is compiled against glibc 2.34, everything else is content with 2.28. */
const OLDEST_GLIBC = '2.34';
const OLDEST_NODE = 18;
const ARCHITECTURES = ['x64', 'arm64'];

/**
 * @typedef {object} Machine
 * @property {string} platform as in process.platform
 * @property {string} arch as in process.arch
 * @property {string | null} glibc its version, null where the C library is another one
 * @property {string} node the version of Node that runs us
 */

/** @returns {Machine} */
export function describeMachine() {
	const { platform, arch, versions } = process;
	const report = platform === 'linux' ? /** @type {any} */ (process.report?.getReport()) : undefined;
	return { platform, arch, glibc: report?.header?.glibcVersionRuntime ?? null, node: versions.node };
}

/**
 * The one sentence that says why Copacte cannot run on this machine, or null where it can.
 * @param {Machine} machine
 * @returns {string | null}
 */
export function refusal({ platform, arch, glibc, node }) {
	const needs = `Copacte fonctionne sous Linux x64 ou arm64, avec la glibc ${OLDEST_GLIBC} ou plus récente (Debian 12, Ubuntu 22.04)`;
	if (Number.parseInt(node) < OLDEST_NODE)
		return `Copacte a besoin de Node ${OLDEST_NODE} ou plus récent pour démarrer, et celui-ci est le ${node} : installez le paquet nodejs de votre distribution, le reste vient tout seul.`;
	if (platform === 'win32') return `${needs} : sous Windows, lancez-le dans WSL.`;
	if (platform !== 'linux') return `${needs} : ce système (${platform}) n’est pas pris en charge.`;
	if (!ARCHITECTURES.includes(arch)) return `${needs} : ce processeur (${arch}) n’est pas pris en charge.`;
	if (glibc === null) return `${needs} : ce système emploie une autre bibliothèque C (musl, sans doute).`;
	if (olderThan(glibc, OLDEST_GLIBC)) return `${needs} : celle de ce système est la ${glibc}.`;
	return null;
}

/**
 * @param {string} version
 * @param {string} reference
 */
function olderThan(version, reference) {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	const [referenceMajor = 0, referenceMinor = 0] = reference.split('.').map(Number);
	return major < referenceMajor || (major === referenceMajor && minor < referenceMinor);
}
