export { hasValidHost } from './host-header.js';
export { readOn } from './read-on.js';
export { refuseUnreadable, type LastReply } from './refuse-unreadable.js';
export { securityHeaders } from './security-headers.js';
