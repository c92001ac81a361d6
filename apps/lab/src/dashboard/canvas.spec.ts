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

  it('counts who fall from one pod by one cause together', () => {
    const particles = new Particles();
    particles.lose('a', 'owner-died', room);
    particles.lose('a', 'owner-died', room);
    particles.lose('a', 'misrouted', room);
    expect(particles.reasons.map(({ cause, lost }) => [cause, lost])).toEqual([
      ['owner-died', 2],
      ['misrouted', 1],
    ]);
    expect(particles.particle).toHaveLength(3);
    particles.step(10);
    expect([particles.particle, particles.reasons]).toEqual([[], []]);
  });
});
