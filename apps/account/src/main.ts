import { readEnvironment, runService } from '#libs/service';
import { accountEnvironment } from './environment.js';
import { accountService } from './account-service.js';

await runService(() => accountService(readEnvironment(accountEnvironment)));
