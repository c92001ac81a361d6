import { readFileSync } from 'node:fs';
import { catalogue } from '../dist/apps/lab/src/experiments/catalogue.js';
import { modeNames } from '../dist/apps/lab/src/bank/modes.js';

// Whether a run of every experiment told, of each, a figure per mode and a verdict for each of its claims.

const { sections } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const faults = catalogue.flatMap(({ name, claims, modes = modeNames }) => {
  const section = sections.find((one) => one.name === name);
  if (section === undefined) return [`${name} is not in the scorecard`];
  if (section.fault !== undefined) return [`${name} did not come to its end: ${section.fault}`];
  const silent = modes.filter(
    (mode) => !Object.values(section.figures[mode] ?? {}).some(({ value }) => value !== null),
  );
  const unjudged = claims.filter(({ number }) => !section.claims.some((claim) => claim.number === number));
  const unexplained = section.losses.filter(({ cause }) => cause === 'unexplained');
  return [
    ...silent.map((mode) => `${name} has no figure of ${mode}`),
    ...unjudged.map(({ number }) => `${name} has no verdict on claim ${number}`),
    ...unexplained.map(({ mode, example }) => `${name} lost in ${mode} what no cause explains: ${example}`),
  ];
});
for (const fault of faults) console.error(fault);
console.log(`${catalogue.length} experiments, ${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;
