import { describe, expect, it } from '@jest/globals';
import { EventLog } from './event-log.js';

const dataOf = (texts: readonly string[] | undefined) => texts?.map((text) => JSON.parse(/data: (.*)/.exec(text)![1]!));

describe('an event log', () => {
  const log = new EventLog('boot', 3);
  const texts = [1, 2, 3, 4].map((value) => log.append('change', { value }));

  it('writes each event with an id, in the form of a stream', () => {
    expect(texts[3]).toBe('id: boot-4\nevent: change\ndata: {"value":4}\n\n');
    expect(log.text('snapshot', { all: 'a\nb' })).toBe('id: boot-4\nevent: snapshot\ndata: {"all":"a\\nb"}\n\n');
  });

  it('goes on after the last event that a reader has seen', () => {
    expect(dataOf(log.after('boot-2'))).toEqual([{ value: 3 }, { value: 4 }]);
    expect(log.after('boot-4')).toEqual([]);
  });

  it('goes on as long as it has every event since', () => {
    expect(dataOf(log.after('boot-1'))).toEqual([{ value: 2 }, { value: 3 }, { value: 4 }]);
    expect(log.after('boot-0')).toBeUndefined();
  });

  it.each([undefined, '', '4', 'boot-5', 'other-4', 'boot--1', 'boot-1e1', 'boot-4\n'])(
    'does not go on after %j, which it has never told',
    (id) => {
      expect(log.after(id)).toBeUndefined();
    },
  );
});
