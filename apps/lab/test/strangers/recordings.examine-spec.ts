import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { readJourneyFile } from '../../src/examine/journey/journey-file.js';
import { repositoryRoot } from '../../src/repository.js';

it('tells of a chat recorded in a browser that its WebSocket is not followed, and brings its session along', () => {
  const file = join(repositoryRoot, 'apps/lab/test/strangers/socket-io/recording.har');
  const { journey, notes } = readJourneyFile(file);
  expect(notes).toContainEqual('1 WebSocket connection is not followed: what they carry is not examined.');
  expect(journey.requests.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET', 'GET']);
  for (const { path } of journey.requests.slice(1)) expect(path).toMatch(/&sid=\{\{[\w-]+\}\}$/);
  expect(JSON.stringify([journey, notes])).not.toContain('TJyw3qE1');
});
