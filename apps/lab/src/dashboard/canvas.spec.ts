import { describe, expect, it } from '@jest/globals';
import { Falls } from './web/canvas/falls.js';
import { Requests } from './web/canvas/requests.js';
import { Seats } from './web/canvas/seats.js';

const room = { x: 10, y: 20, width: 100, height: 40 };

describe('what moves on the page', () => {
  it('keeps each in their seat when others come and go', () => {
    const seats = new Seats();
    expect([1, 2, 3].map((id) => seats.take(id))).toEqual([0, 1, 2]);
    seats.leave(1);
    expect(seats.take(4)).toBe(1);
  });

  it.each([1, 7, 60, 700])('has room for %i in one pod', (number) => {
    const seats = new Seats();
    for (let id = 0; id < number; id++) {
      seats.take(id);
    }
    const pitch = seats.pitch(room);
    const last = seats.at(number - 1, room, pitch);
    expect(last.y).toBeLessThanOrEqual(room.y + room.height);
    expect(new Set(Array.from({ length: number }, (_, seat) => JSON.stringify(seats.at(seat, room, pitch)))).size).toBe(
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
    const falls = new Falls();
    falls.lose('a', 'owner-died', room);
    falls.lose('a', 'owner-died', room);
    falls.lose('a', 'misrouted', room);
    expect(falls.reasons.map(({ cause, lost }) => [cause, lost])).toEqual([
      ['owner-died', 2],
      ['misrouted', 1],
    ]);
    expect(falls.falling).toHaveLength(3);
    falls.step(10);
    expect([falls.falling, falls.reasons]).toEqual([[], []]);
  });
});
