import { modeNames } from '../bank/modes.js';
import type { Scorecard } from './scorecard.js';

/** The command that runs the same again. */
export function reproduceCommand({ settings, sections }: Pick<Scorecard, 'settings' | 'sections'>): string {
  const { platform, modes, customers, seconds, seed, rounds, quick } = settings;
  return [
    'npm run lab -- run',
    ...sections.map(({ name }) => name),
    ...(platform === 'local' ? [] : [`--platform ${platform}`]),
    ...(modes.length === modeNames.length ? [] : [`--modes ${modes.join(',')}`]),
    `--customers ${customers} --seconds ${seconds} --seed ${seed}`,
    quick ? '--quick' : `--rounds ${rounds}`,
  ].join(' ');
}
