import { readEnvironment, runService } from '#libs/service';
import { sessionEnvironment } from './environment.js';
import { sessionService } from './session-service.js';

await runService(() => sessionService(readEnvironment(sessionEnvironment)));
