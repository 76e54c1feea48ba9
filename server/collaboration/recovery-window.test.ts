import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestApp, type TestApp } from '../../tests/support/app.ts';
import { sqliteOf } from '../database/open.ts';
import { announceRecoveryIn, RecoveryWindow } from './recovery-window.ts';

let app: TestApp;
beforeEach(async () => {
	app = await openTestApp();
});
afterEach(() => app.end());

const openNow = async () => (await RecoveryWindow.of(app.db, app.now(), 30)).isOpen(app.now());

test('R30. nobody may bring back other people’s text, unless a restoration announced it', async () => {
	expect(await openNow()).toBe(false);
	expect(RecoveryWindow.CLOSED.isOpen(0)).toBe(false);
});

test('R30. the window opens at the first start after the restoration, and closes by itself', async () => {
	announceRecoveryIn(sqliteOf(app.db)!);
	app.advance(3 * 3600_000);
	const window = await RecoveryWindow.of(app.db, app.now(), 30);
	expect(window.isOpen(app.now())).toBe(true);
	app.advance(29 * 60_000);
	expect(window.isOpen(app.now())).toBe(true);
	app.advance(60_000);
	expect(window.isOpen(app.now())).toBe(false);
});

test('R30. another start does not make the window longer', async () => {
	announceRecoveryIn(sqliteOf(app.db)!);
	expect(await openNow()).toBe(true);
	app.advance(20 * 60_000);
	expect(await openNow()).toBe(true);
	app.advance(11 * 60_000);
	expect(await openNow()).toBe(false);
});

test('R30. a second restoration opens it again, and a duration of 0 never opens it', async () => {
	announceRecoveryIn(sqliteOf(app.db)!);
	await RecoveryWindow.of(app.db, app.now(), 30);
	app.advance(3600_000);
	announceRecoveryIn(sqliteOf(app.db)!);
	expect(await openNow()).toBe(true);
	announceRecoveryIn(sqliteOf(app.db)!);
	expect((await RecoveryWindow.of(app.db, app.now(), 0)).isOpen(app.now())).toBe(false);
});
