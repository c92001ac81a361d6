import { expect, it } from '@jest/globals';
import { InvalidEnvironment, readEnvironment, serviceEnvironment } from './environment.js';

it('fills in defaults that just work', () => {
  const environment = readEnvironment(serviceEnvironment, { REDIS_URL: 'redis://127.0.0.1:6379' });
  expect(environment).toMatchObject({ HOST: '127.0.0.1', PORT: 3000, LOG_LEVEL: 'info' });
});

it('names every fault at once', () => {
  const read = () => readEnvironment(serviceEnvironment, { PORT: '70000', LOG_LEVEL: 'loud', REDIS_URL: 'http://x' });
  expect(read).toThrow(InvalidEnvironment);
  expect(read).toThrow(/PORT[^]*LOG_LEVEL[^]*REDIS_URL/);
});
