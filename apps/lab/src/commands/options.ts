import { resolve } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import { catalogue } from '../experiments/catalogue.js';
import type { Experiment } from '../experiments/experiment.js';
import { modeNames, type ModeName } from '../bank/modes.js';
import { startPorts } from '../start-ports.js';

/** Reads a whole number from `least` to `most`, or says what fits. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It takes a whole number from ${min} to ${max}.`);
  };
}

/** Reads a number above 0 and up to `most`. */
export function rate(max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+(\.\d+)?$/.test(text) && value > 0 && value <= max) return value;
    throw new InvalidArgumentError(`It takes a number above 0, at most ${max}.`);
  };
}

/** Reads a comma-separated list of modes, in the order of the design. */
export function modeList(text: string): ModeName[] {
  const asked = text.split(',').map((name) => name.trim());
  const strange = asked.find((name) => !modeNames.includes(name as ModeName));
  if (strange !== undefined)
    throw new InvalidArgumentError(`There is no mode "${strange}". There are: ${modeNames.join(', ')}.`);
  return modeNames.filter((name) => asked.includes(name));
}

/** Reads one more experiment's name; each runs once however often it is named. */
/** Which modes, all if not said. */
export function modesOption(meaning: string): Option {
  return new Option('--modes <list>', `${meaning}, comma-separated: ${modeNames.join(',')}`)
    .argParser(modeList)
    .default(modeNames, 'all');
}

export function experimentName(text: string, before: readonly Experiment[] = []): Experiment[] {
  const found = catalogue.find(({ name }) => name === text);
  const names = catalogue.map(({ name }) => name).join(', ');
  if (found === undefined) throw new InvalidArgumentError(`There is no experiment "${text}". There are: ${names}.`);
  return before.includes(found) ? [...before] : [...before, found];
}

/** `--port`, with the variable that sets it too. */
export function portOption(meaning: string, byDefault: number): Option {
  return new Option(`${startPorts.gateway.flag} <number>`, `port of the front door (gateway)${meaning}`)
    .argParser(wholeNumber(0, 65_535))
    .env(startPorts.gateway.variable)
    .default(byDefault);
}

/** The page's port, with the variable that sets it too. */
export function pagePortOption(flag: string): Option {
  return new Option(`${flag} <number>`, 'port of the page; 0 takes any free one')
    .argParser(wholeNumber(0, 65_535))
    .env(startPorts.page.variable)
    .default(startPorts.page.usual);
}

/** A path as the user means it: under `npm run` the working directory is the repository's, not the user's. */
export function fromUser(path: string): string {
  return resolve(process.env.INIT_CWD ?? '.', path);
}
