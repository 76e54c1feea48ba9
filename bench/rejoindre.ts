// How long it takes, from a scanned QR code to the first letter that a phone accepts: 400 kbit/s, 400 ms each way and back, a processor
// four times slower, nothing in its cache. `npm run build` first, then `npx node bench/rejoindre.ts [times]`, 5 by default.
import { chromium } from '@playwright/test';
import { findChromium } from '../tests/support/chromium.ts';
import { startSalleEnDirect } from '../tests/support/salle-en-direct.ts';

const TIMES = Number(process.argv[2] ?? 5);
const KBIT = 1000 / 8;

const scene = await startSalleEnDirect();
const browser = await chromium.launch(findChromium());
try {
	await scene.etape('tour', 1);
	for (const javaScriptEnabled of [true, false]) {
		const took: number[] = [];
		for (let i = 0; i < TIMES; i++) took.push(await joinOnce(javaScriptEnabled));
		took.sort((a, b) => a - b);
		const script = javaScriptEnabled ? 'with script' : 'without script';
		console.log(`${script}: median ${took[Math.floor(TIMES / 2)]} ms, worst ${took.at(-1)} ms, ${TIMES} times`);
	}
} finally {
	await browser.close();
	await scene.close();
}

async function joinOnce(javaScriptEnabled: boolean): Promise<number> {
	const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 360, height: 640 } });
	const page = await context.newPage();
	const session = await context.newCDPSession(page);
	await session.send('Network.enable');
	await session.send('Network.emulateNetworkConditions', {
		offline: false,
		latency: 400,
		downloadThroughput: 400 * KBIT,
		uploadThroughput: 400 * KBIT
	});
	await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
	const start = performance.now();
	await page.goto(`${scene.serveur.url}/r/${scene.jeton}?table=1`, { waitUntil: 'commit' });
	const field = page.getByRole('textbox').first();
	await field.pressSequentially('U', { timeout: 30_000 });
	const took = Math.round(performance.now() - start);
	await context.close();
	return took;
}
