import { describe, expect, it } from 'vitest';
import { SaveLedger } from './save-ledger.ts';

function connected(): SaveLedger {
	const ledger = new SaveLedger();
	ledger.answer();
	ledger.acknowledge(true);
	return ledger;
}

describe('what is said to be saved', () => {
	it('is nothing before the server has acknowledged our answer to its question', () => {
		const ledger = new SaveLedger();
		expect(ledger.isSettled).toBe(false);
		ledger.answer();
		expect(ledger.isSettled).toBe(false);
		ledger.acknowledge(true);
		expect(ledger.isSettled).toBe(true);
	});

	it('counts each edit until its own message is acknowledged', () => {
		const ledger = connected();
		for (let i = 0; i < 3; i++) {
			ledger.edit();
			ledger.send();
		}
		expect([ledger.pending, ledger.isSettled]).toEqual([3, false]);
		ledger.acknowledge(true);
		expect([ledger.pending, ledger.isSettled]).toEqual([2, false]);
		ledger.acknowledge(true);
		ledger.acknowledge(true);
		expect([ledger.pending, ledger.isSettled]).toEqual([0, true]);
	});

	it('counts what was written without network, and an earlier visit’s, until the next answer is acknowledged', () => {
		const ledger = connected();
		ledger.cut();
		ledger.edit();
		ledger.edit();
		ledger.restore(3);
		expect([ledger.pending, ledger.isSettled, ledger.isAnswered]).toEqual([5, false, false]);
		ledger.answer();
		expect(ledger.pending).toBe(5);
		ledger.acknowledge(true);
		expect([ledger.pending, ledger.isSettled]).toEqual([0, true]);
	});

	it('keeps what was in flight when the network went, whether it arrived or not', () => {
		const ledger = connected();
		ledger.edit();
		ledger.send();
		ledger.cut();
		expect(ledger.pending).toBe(1);
		ledger.acknowledge(true);
		expect(ledger.pending).toBe(1);
		ledger.answer();
		ledger.edit();
		ledger.send();
		ledger.acknowledge(true);
		expect([ledger.pending, ledger.isSettled]).toEqual([1, false]);
	});

	it('never calls saved what was refused, nor what came after it, until a whole answer is accepted', () => {
		const ledger = connected();
		for (const saved of [false, true]) {
			ledger.edit();
			ledger.send();
			ledger.acknowledge(saved);
		}
		expect([ledger.pending, ledger.isSettled]).toEqual([2, false]);
		ledger.cut();
		ledger.answer();
		ledger.acknowledge(true);
		expect([ledger.pending, ledger.isSettled]).toEqual([0, true]);
	});
});
