import { z } from 'zod';

/** A setting: where the auth service publishes its keys. What `fetch` refuses or leaves out is refused at once. */
export const keySetUrl = z
  .url({ protocol: /^https?$/, error: 'the http(s) URL of the auth service key set is required', abort: true })
  .refine((url) => !/[#\s]|^https?:\/\/[^/?]*@/.test(url), {
    error: 'it has a user, a fragment or a space, which a key set is not fetched with: leave it out',
  });
