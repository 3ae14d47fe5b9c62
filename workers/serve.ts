/**
 * Puts objects behind Comlink, as one. Every method answers with a value whose typed arrays are moved, not copied, and an
 * exception crosses as `thrown.ts` says. A call waits for the one before, so that what one of them changes cannot change under
 * another; `life` and `know` wait for none.
 */
import * as Comlink from 'comlink';
import './thrown.ts';

type Method = (...args: unknown[]) => unknown;

export function serve(...apis: readonly object[]): void {
  const life = holdLock();
  Comlink.expose({ ...inTurn(...apis), life: () => life });
}

/** What does not touch the work of a worker, and may be asked in the midst of it. */
const AT_ONCE: readonly string[] = ['know'];

export function inTurn(...apis: readonly object[]): Readonly<Record<string, Method>> {
  let last: Promise<unknown> = Promise.resolve();
  const queued = (work: () => unknown): Promise<unknown> => {
    const answer = last.then(work);
    last = answer.catch(() => {});
    return answer;
  };
  return Object.fromEntries(
    apis.flatMap((api) =>
      methodNames(api).map((name) => {
        const method = (api as Record<string, Method>)[name].bind(api);
        const answer = async (args: unknown[]) => moved(await method(...args));
        return [name, (...args) => (AT_ONCE.includes(name) ? answer(args) : queued(() => answer(args)))];
      }),
    ),
  );
}

/** Holds a lock until the worker ends, by which the page learns of its end; null where there are no locks (insecure pages). */
async function holdLock(): Promise<string | null> {
  const locks = (navigator as Partial<NavigatorLocks>).locks;
  if (!locks) return null;
  const name = `saddle worker ${crypto.randomUUID()}`;
  await new Promise<void>((held) => {
    locks.request(name, () => {
      held();
      return new Promise<never>(() => {});
    });
  });
  return name;
}

function methodNames(api: object): string[] {
  const prototype: object | null = Object.getPrototypeOf(api);
  const own = prototype && prototype !== Object.prototype ? Object.getOwnPropertyNames(prototype) : [];
  return [...Object.keys(api), ...own].filter(
    (name) => name !== 'constructor' && typeof (api as Record<string, unknown>)[name] === 'function',
  );
}

function moved(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const buffers = new Set<ArrayBuffer>();
  collectBuffers(value, buffers);
  return Comlink.transfer(value, [...buffers]);
}

function collectBuffers(value: unknown, buffers: Set<ArrayBuffer>): void {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) buffers.add(value.buffer);
  } else if (typeof value === 'object' && value !== null) {
    for (const child of Object.values(value)) collectBuffers(child, buffers);
  }
}
