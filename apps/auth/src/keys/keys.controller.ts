import { Controller, Get, Header, Inject } from '@nestjs/common';
import { KEY_SCHEDULE, KeySetFile, publishedKeysAt, type KeySchedule, type PublicJwk } from '#libs/identity';
import { CLOCK, type Clock } from '#libs/service';

@Controller('.well-known/jwks.json')
export class KeysController {
  constructor(
    private readonly file: KeySetFile,
    @Inject(KEY_SCHEDULE) private readonly schedule: KeySchedule,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Caches may keep the set for far less than a new key waits before it signs. */
  @Get()
  @Header('cache-control', 'public, max-age=60')
  keys(): { keys: PublicJwk[] } {
    return { keys: publishedKeysAt(this.file.keys, this.clock.now(), this.schedule) };
  }
}
