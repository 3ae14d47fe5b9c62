/** How errors cross between workers and the page: a `Problem` as the message that it tells, any other error by its text. */
import * as Comlink from 'comlink';
import { type Message, Problem } from '../src/core/message.ts';

interface Thrown {
  readonly value: unknown;
}

const usual = Comlink.transferHandlers.get('throw') as Comlink.TransferHandler<Thrown, object>;

Comlink.transferHandlers.set('throw', {
  canHandle: usual.canHandle,
  serialize: (thrown: Thrown): [object, Transferable[]] =>
    thrown.value instanceof Problem ? [{ told: thrown.value.told }, []] : usual.serialize(thrown),
  deserialize(crossed: object) {
    if ('told' in crossed) throw new Problem(crossed.told as Message);
    return usual.deserialize(crossed);
  },
});
