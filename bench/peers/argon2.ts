import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';

// Bare argon2id by OWASP's cost, as many at once as there are cores, for as many milliseconds as it is told.
const stored = await hash('correct horse', { memoryCost: 19_456, timeCost: 2, parallelism: 1 });

process.on('message', (milliseconds: number) => void answer(milliseconds));
process.on('disconnect', () => process.exit());
console.log(JSON.stringify({ port: 0 }));

async function answer(milliseconds: number): Promise<void> {
  const began = performance.now();
  let count = 0;
  const check = async () => {
    while (performance.now() < began + milliseconds) {
      await verify(stored, 'correct horse');
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, check));
  process.send?.({ count, seconds: (performance.now() - began) / 1000 });
}
