export { readOn } from './read-on.js';
export { refuseUnreadable, type LastReply } from './refuse-unreadable.js';
