import { type BroughtValue, broughtValues, changeValues, fieldOf, placeOf } from './brought-values.js';
import type { DifferingValue } from './differing-values.js';
import type { Journey } from './journey.js';
import { namesIn, namesOf } from './placeholders.js';
import { renamed } from './request-name.js';
import { isPassword, isSecret, isSecretText, isWho } from './secret-look.js';
import type { ValuesByPlace } from './recorded-steps.js';
import { UserColumns } from './user-columns.js';
import type { JourneyUser } from './users.js';
import { looksMadeUp } from './value-look.js';

/** A journey without secrets, and the secrets apart, as columns of a user. */
export interface LiftedJourney {
  readonly journey: Journey;
  readonly user: JourneyUser;
  /** The user of a second recording; undefined where that brought nothing else. */
  readonly second: JourneyUser | undefined;
  /** What differed between two recordings, and was given by no reply. */
  readonly differing: readonly DifferingValue[];
}

/**
 * Puts `{{user.name}}` in the place of what is the user's: what only its owner may know (passwords and who they belong to,
 * tokens, keys, by their names or by their look), and what was typed otherwise in a second recording. What a reply gave has a
 * name of its own already, and stays.
 * @param seconds what each request brought in the second recording, by the place, as far as it is known
 */
export function liftSecrets(journey: Journey, seconds: readonly (ValuesByPlace | undefined)[] = []): LiftedJourney {
  const columns = new UserColumns(new Set(journey.requests.flatMap(namesOf)));
  const differing: DifferingValue[] = [];
  const requests = journey.requests.map((request, index) => {
    const isSignIn = broughtValues(request).some(isPassword);
    const lifted = changeValues(request, (brought) => {
      const { value } = brought;
      if (value === '' || namesIn(value).length > 0) return value;
      const second = seconds[index]?.get(placeOf(brought));
      const differs = second !== undefined && second !== value;
      const isUsers = isSecret(brought) || (isSignIn && isWho(brought)) || (differs && isTyped(brought, second));
      const column = isUsers
        ? columns.columnOf(value, second, columnFor(brought))
        : differs
          ? columns.known(value, second)
          : undefined;
      if (differs) differing.push({ index, brought, column });
      return column === undefined ? value : `{{${column}}}`;
    });
    const whole = isSecretText(lifted) ? columns.columnOf(lifted.body!, undefined, 'body') : undefined;
    return renamed(index, request, whole === undefined ? lifted : { ...lifted, body: `{{${whole}}}` });
  });
  return { journey: { ...journey, requests }, user: columns.user, second: columns.second, differing };
}

/** A number of JSON is more often counted by a script than typed. */
function isTyped({ kind, value, isNumber }: BroughtValue, second: string): boolean {
  return (kind === 'form' || (kind === 'json' && isNumber !== true)) && !looksMadeUp(value, second);
}

function columnFor(brought: BroughtValue): string {
  if (brought.kind === 'path') return 'secret';
  if (brought.kind === 'json') return brought.key.split('/').findLast((key) => !/^\d*$/.test(key)) ?? 'value';
  return brought.kind === 'header' && brought.key === 'authorization' ? 'token' : fieldOf(brought);
}
