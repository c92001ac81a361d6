import { readFileSync } from 'node:fs';
import { catalogue } from '../dist/apps/lab/src/experiments/catalogue.js';
import { modeNames } from '../dist/apps/lab/src/bank/modes.js';

// Whether a run told, of each experiment that it was asked for, a figure per mode and a verdict for each of its claims.
// The modes are all, unless they are named.

const [file, names, modes] = process.argv.slice(2);
const { sections } = JSON.parse(readFileSync(file, 'utf8'));
const asked = catalogue.filter(({ name }) => names.split(' ').includes(name));
const compared = modes?.split(',') ?? modeNames;
const faults = asked.flatMap(({ name, claims, modes: own = compared }) => {
  const section = sections.find((one) => one.name === name);
  if (section === undefined) return [`${name} is not in the scorecard`];
  if (section.fault !== undefined) return [`${name} did not come to its end: ${section.fault}`];
  const silent = own.filter(
    (mode) =>
      compared.includes(mode) && !Object.values(section.figures[mode] ?? {}).some(({ value }) => value !== null),
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
console.log(`${asked.length} experiments, ${faults.length} faults`);
process.exitCode = faults.length === 0 && asked.length > 0 ? 0 : 1;
