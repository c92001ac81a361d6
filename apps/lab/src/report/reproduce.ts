import { modeOrder, type Scorecard } from './scorecard.js';

/** The command that runs the same again. */
export function reproduceCommand(scorecard: Pick<Scorecard, 'modes' | 'settings' | 'sections'>): string {
  const { settings, sections } = scorecard;
  const { platform, modes, customers, seconds, seed, rounds, quick } = settings;
  return [
    'npm run lab -- run',
    ...sections.map(({ name }) => name),
    ...(platform === 'local' ? [] : [`--platform ${platform}`]),
    ...(modes.length === modeOrder(scorecard).length ? [] : [`--modes ${modes.join(',')}`]),
    `--customers ${customers} --seconds ${seconds} --seed ${seed}`,
    quick ? '--quick' : `--rounds ${rounds}`,
  ].join(' ');
}
