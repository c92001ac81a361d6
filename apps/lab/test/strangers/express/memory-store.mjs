import { listen } from './shop.mjs';

// express-session's own MemoryStore.
listen();
