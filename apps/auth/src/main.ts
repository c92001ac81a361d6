import { readEnvironment, runService } from '#libs/service';
import { authService } from './auth-service.js';
import { authEnvironment } from './environment.js';

await runService(() => authService(readEnvironment(authEnvironment)));
