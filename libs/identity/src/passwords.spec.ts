import { describe, expect, it } from '@jest/globals';
import { Passwords } from './passwords.js';

const turn = { client: 'one' };

describe('Passwords', () => {
  it('hashes by argon2id with 19 MiB, 2 passes, 1 lane and a salt of its own', async () => {
    const passwords = new Passwords();
    const hashes = await Promise.all([passwords.hash('same', turn), passwords.hash('same', turn)]);
    expect(hashes[0]).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(hashes[0]).not.toBe(hashes[1]);
  });

  it('tells the right password from a wrong one, and from nobody', async () => {
    const passwords = new Passwords();
    const hash = await passwords.hash('right', turn);
    expect(await passwords.verify(hash, 'right', turn)).toBe(true);
    expect(await passwords.verify(hash, 'wrong', turn)).toBe(false);
    expect(await passwords.verify(undefined, 'right', turn)).toBe(false);
  });

  it('spends as much on nobody as on a wrong password', async () => {
    const passwords = new Passwords();
    const hash = await passwords.hash('right', turn);
    const median = async (passwordHash: string | undefined) => {
      const times: number[] = [];
      for (let round = 0; round < 5; round += 1) {
        const start = process.cpuUsage();
        await passwords.verify(passwordHash, 'wrong', turn);
        const { user, system } = process.cpuUsage(start);
        times.push(user + system);
      }
      return times.toSorted((a, b) => a - b)[2] ?? 0;
    };
    // CPU time and a wide margin: without the work it would be a thousandth.
    expect((await median(undefined)) / (await median(hash))).toBeGreaterThan(0.3);
  });

  it('works on as many at once as it may, lets as many wait, and refuses the rest', async () => {
    const passwords = new Passwords({ running: 1, waiting: 2 });
    const hashes = await Promise.allSettled(Array.from({ length: 5 }, () => passwords.hash('p', turn)));
    expect(hashes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'rejected']);
    expect(hashes[4]).toMatchObject({ reason: { code: 'too-busy' } });
    await expect(passwords.hash('p', turn)).resolves.toBeDefined();
  });
});
