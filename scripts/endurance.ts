// `npm run endurance`: every campaign of the engine at full length, a line per figure, and one last line that adds them up.
//   npm run endurance                           all of them
//   npm run endurance -- incidents convergence  some of them
//   npm run endurance -- --echelle 0.1          a tenth of their length
//   SEED=42 npm run endurance -- convergence    with a seed that an earlier run printed
import { parseArgs } from 'node:util';
import { Missing, type Campaign, type Figure } from '../tests/endurance/campaign.ts';
import { CAMPAIGNS } from '../tests/endurance/campaigns.ts';
import { elapsed } from './amorce/say.js';

const account = { held: 0, missed: 0, skipped: 0 };
const { campaigns, scale } = chosen(process.argv.slice(2));
for (const campaign of campaigns) await runCampaign(campaign);
console.log(`\n${account.held} buts tenus, ${account.missed} manqués, ${account.skipped} campagnes ignorées`);
process.exit(account.missed > 0 ? 1 : 0);

function chosen(args: string[]): { campaigns: Campaign[]; scale: number } {
	const { positionals, values } = parseArgs({ args, options: { echelle: { type: 'string' } }, allowPositionals: true });
	const scale = Number(values.echelle ?? 1);
	const unknown = positionals.find((name) => CAMPAIGNS.every((campaign) => campaign.name !== name));
	if (unknown !== undefined)
		refuse(`Campagne inconnue : « ${unknown} ». Campagnes : ${CAMPAIGNS.map(({ name }) => name).join(', ')}.`);
	if (!(scale > 0 && scale <= 1)) refuse('--echelle attend un nombre plus grand que 0, et 1 au plus.');
	return { campaigns: CAMPAIGNS.filter(({ name }) => positionals.length === 0 || positionals.includes(name)), scale };
}

function refuse(reason: string): never {
	console.error(reason);
	process.exit(2);
}

async function runCampaign({ name, title, run }: Campaign): Promise<void> {
	console.log(`\n▶ ${title} (${name}${scale < 1 ? `, à l’échelle ${scale}` : ''})`);
	const since = Date.now();
	try {
		for (const figure of await run(scale)) print(figure);
	} catch (error) {
		if (error instanceof Missing) {
			account.skipped++;
			return console.log(`  ignorée : ${error.message}`);
		}
		account.missed++;
		console.log('✘ la campagne n’est pas allée au bout :', error);
	}
	console.log(`  en ${elapsed(since)}`);
}

function print({ name, value, goal, held }: Figure): void {
	if (held) account.held++;
	else account.missed++;
	console.log(`${held ? '✔' : '✘'} ${name} : ${value} (but : ${goal}) ${held ? 'tenu' : 'MANQUÉ'}`);
}
