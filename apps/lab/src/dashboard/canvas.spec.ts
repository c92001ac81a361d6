import { describe, expect, it } from '@jest/globals';
import { Particles } from '../page/canvas/particles.js';
import { Requests } from '../page/canvas/requests.js';
import { Grid } from '../page/canvas/grid.js';

const room = { x: 10, y: 20, width: 100, height: 40 };

describe('what moves on the page', () => {
  it('keeps each in their seat when others come and go', () => {
    const cells = new Grid();
    expect([1, 2, 3].map((id) => cells.take(id))).toEqual([0, 1, 2]);
    cells.leave(1);
    expect(cells.take(4)).toBe(1);
  });

  it.each([1, 7, 60, 700])('has room for %i in one pod', (number) => {
    const cells = new Grid();
    for (let id = 0; id < number; id++) {
      cells.take(id);
    }
    const pitch = cells.pitch(room);
    const last = cells.at(number - 1, room, pitch);
    expect(last.y).toBeLessThanOrEqual(room.y + room.height);
    expect(new Set(Array.from({ length: number }, (_, cell) => JSON.stringify(cells.at(cell, room, pitch)))).size).toBe(
      number,
    );
  });

  it('lets requests travel and arrive, however many there are', () => {
    const requests = new Requests();
    for (let pod = 0; pod < 100; pod++) requests.send('sticky', 1_000, room, room);
    expect(requests.travelling.length).toBe(600);
    requests.step(1);
    expect(requests.travelling).toEqual([]);
  });

  it('says of each heap how many fell, however they came, and whether more are to come', () => {
    const particles = new Particles();
    const heap = (cause: string, fresh: number, total: number) =>
      particles.lose({ key: `b1 ${cause}`, mode: 'sticky', pod: 'a', cause, fresh, total }, room);
    heap('owner-died', 2, 2);
    heap('misrouted', 1, 1);
    // Your own falls, too, and is counted in neither.
    particles.fall(1, room);
    // The last one comes back when the number has long faded.
    particles.step(10);
    heap('owner-died', 1, 3);
    particles.wait(['sticky']);
    expect(particles.reasons).toMatchObject([{ cause: 'owner-died', lost: 3, isGrowing: true }]);
    expect(particles.particle).toHaveLength(1);
    particles.wait([]);
    expect(particles.reasons).toMatchObject([{ lost: 3, isGrowing: false }]);
    heap('owner-died', 1, 4);
    expect(particles.reasons).toHaveLength(1);
    particles.step(10);
    expect([particles.particle, particles.reasons]).toEqual([[], []]);
  });
});
