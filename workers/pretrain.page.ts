/** Trains a model in a page without an interface: what `scripts/pretrain.mjs` runs. */

import { families } from '../src/catalog.ts';
import { trainingData } from '../src/core/datasets/training-data.ts';
import { Problem } from '../src/core/message.ts';
import type { ModelFile } from '../src/core/protocol/learn.ts';
import { parseQuery } from '../src/core/settings/query.ts';
import { Learner } from '../src/learn/learner.ts';

const BUDGET = 500;

/** @throws Error when the link is not understood or training breaks down */
async function pretrain(link: string): Promise<ModelFile> {
  const { experiment, notices } = parseQuery(link, families);
  if (notices.length > 0)
    throw new Error(notices.map(({ key, value, message }) => `${key}=${value}: ${message.id}`).join('; '));
  const learner = new Learner(families, trainingData);
  await learner.start(experiment, 'wasm');
  for (;;) {
    const { done, divergence } = await learner.train(BUDGET);
    if (divergence) throw new Problem(divergence);
    if (done) return learner.exportModel();
  }
}

Object.assign(globalThis, { pretrain });
