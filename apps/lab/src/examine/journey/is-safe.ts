/** Whether a method changes nothing (RFC 9110, 9.2.1; of those that are safe a journey sends these). */
export const isSafe = (method: string): boolean => method === 'GET' || method === 'HEAD';
