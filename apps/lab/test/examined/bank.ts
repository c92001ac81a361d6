import type { ModeName } from '../../src/bank/modes.js';
import { modes } from '../../src/bank/modes.js';
import type { Journey } from '../../src/examine/journey/journey.js';
import { readYaml } from '../../src/examine/journey/read-yaml.js';
import type { JourneyUser } from '../../src/examine/journey/users.js';
import { keptWhateverEnds, lostWithItsProcess, type Rulings, yes } from '../strangers/expected.js';

/** What a client does in a mode of the bank, of whom somebody looks on who knows no bank. */
export function bankJourney(mode: ModeName): Journey {
  const { style, path } = modes[mode];
  const bearer = "headers: { authorization: 'Bearer {{user.token}}' }";
  return readYaml(
    style === 'stateless'
      ? `requests: [{ get: ${path}/accounts, ${bearer} }, { get: ${path}/openapi.json }]`
      : `
requests:
  - { post: ${path}, ${bearer} }
  - { get: ${path} }
  - { get: ${path}/overview }
  - { get: ${path}/overview }
  - { delete: ${path} }
`,
  );
}

/** Customers by their access tokens. */
export function bankUsers(tokens: readonly string[]): JourneyUser[] {
  return tokens.map((token) => new Map([['user.token', token]]));
}

/** What tells the mode of a service, and what each end of a replica takes from it. */
export const bankQuestions = ['memory', 'client-carries', 'affinity', 'losses', 'sign-out'];

/** What the design says of each mode that leads its clients back where it must. */
export const bankExpected = {
  stateless: keptWhateverEnds,
  sticky: lostWithItsProcess,
  handoff: { ...lostWithItsProcess, survivesStop: yes, survivesRoll: yes, survivesScaleIn: yes },
  shared: keptWhateverEnds,
} as const satisfies Partial<Record<ModeName, Rulings>>;
