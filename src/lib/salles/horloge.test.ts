import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../../tests/support/random.ts';
import { Horloge } from './horloge.ts';

const HOUR = 60 * 60 * 1000;

/** A device and a server whose clocks have nothing to do with each other; `temps` goes on for both. */
class Monde {
	temps = 0;
	decalage = 1_800_000_000_000;
	readonly ecoule = () => this.temps;
	get serveur(): number {
		return this.temps + this.decalage;
	}

	mesurer(horloge: Horloge, aller: number, retour: number): void {
		const parti = this.temps;
		this.temps += aller;
		const { serveur } = this;
		this.temps += retour;
		horloge.mesurer(serveur, parti, this.temps);
	}
}

describe('the server’s clock on a device', () => {
	it('is within a second of the server’s after a round trip of two seconds at most, whatever each way took', () => {
		for (let seed = 0; seed < 300; seed++) {
			const random = randomFrom(seed);
			const monde = new Monde();
			const horloge = new Horloge(monde.ecoule, monde.serveur - random.int(5 * HOUR));
			for (let turn = 0; turn < 20; turn++) {
				// The server's clock is put right, the device slept, or nothing.
				if (random.chance(0.2)) monde.decalage += (random.next() - 0.5) * 6 * HOUR;
				monde.temps += random.int(HOUR);
				monde.mesurer(horloge, random.int(1000), random.int(1000));
				expect(Math.abs(horloge.maintenant() - monde.serveur), `seed ${seed}, turn ${turn}`).toBeLessThanOrEqual(1000);
			}
		}
	});

	it('is nearer and nearer: what takes longer does not spoil what was measured well', () => {
		const monde = new Monde();
		const horloge = new Horloge(monde.ecoule, 0);
		monde.mesurer(horloge, 20, 20);
		monde.mesurer(horloge, 0, 1900);
		expect(Math.abs(horloge.maintenant() - monde.serveur)).toBeLessThanOrEqual(20);
	});

	it('asks to be measured when what the server sends cannot be: its clock was changed, or the device slept', () => {
		const monde = new Monde();
		const horloge = new Horloge(monde.ecoule, 0);
		monde.mesurer(horloge, 100, 100);
		const heard = (latence: number) => {
			const { serveur } = monde;
			monde.temps += latence;
			return horloge.entendre(serveur);
		};
		expect(heard(300)).toBe(false);
		monde.decalage -= HOUR;
		expect(heard(300), 'put back').toBe(true);
		monde.mesurer(horloge, 100, 100);
		monde.decalage += HOUR;
		expect(heard(0), 'put forward').toBe(true);
		expect(Math.abs(horloge.maintenant() - monde.serveur), 'and is right at once').toBeLessThanOrEqual(1000);
	});
});
