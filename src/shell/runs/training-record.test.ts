import { expect, test } from 'vitest';
import { resumptionText, TrainingRecord } from './training-record.ts';

const resumed = {
  from: 'webgpu',
  to: 'wasm',
  step: 2,
  reason: { id: 'graphics-device-lost', values: { detail: 'destroyed' } },
} as const;

test('losses after the checkpoint are replaced, those before it and views of them stay', () => {
  const record = new TrainingRecord();
  record.append({
    losses: Float32Array.of(4, 3, 2, 9),
    validation: [
      { step: 2, loss: 3.5 },
      { step: 4, loss: 8 },
    ],
    resumed: null,
  });
  const shown = record.losses();
  record.append({ losses: Float32Array.of(1, 0.5), validation: [{ step: 4, loss: 1 }], resumed });
  expect([...record.losses()]).toEqual([4, 3, 1, 0.5]);
  expect([...shown]).toEqual([4, 3, 2, 9]);
  expect(record.validation).toEqual([
    { step: 2, loss: 3.5 },
    { step: 4, loss: 1 },
  ]);
  expect(resumptionText(resumed)).toBe(
    'Training has resumed from step 2 on wasm: on webgpu, the graphics device was lost (destroyed).',
  );
});

test('a worker that was lost is told of otherwise than a device', () => {
  const lost = {
    from: null,
    to: 'wasm',
    step: 40,
    reason: { id: 'unexpected-error', values: { reason: 'The training worker was ended by the browser' } },
  } as const;
  expect(resumptionText(lost)).toBe(
    'The training worker was ended by the browser. A new one has resumed from step 40, on wasm.',
  );
});
