import { expect, it } from '@jest/globals';
import { Steps } from './steps.js';

const screen = () => {
  const written: string[] = [];
  return { written, write: (text: string) => written.push(text) };
};

it('shows what a step is at, each once, and what came of it', async () => {
  const plain = screen();
  await new Steps(plain).run('cluster', async (say) => {
    say('preparing');
    say('preparing');
    return 'made';
  });
  expect(plain.written).toEqual(['0:00 cluster: preparing\n', '0:00 cluster: made\n']);
});

it('shows that a step failed and lets the failure through', async () => {
  const plain = screen();
  const failing = new Steps(plain).run('cluster', () => Promise.reject(new Error('why')));
  await expect(failing).rejects.toThrow('why');
  expect(plain.written).toEqual(['0:00 cluster: failed\n']);
});
