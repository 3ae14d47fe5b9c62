import { describe, expect, test } from 'vitest';
import { families } from '../../catalog.ts';
import { parseQuery } from '../../core/settings/query.ts';
import { settingsOf } from '../../core/settings/settings.ts';
import {
  added,
  CENTERS,
  moved,
  removed,
  SPRINGS,
  type WindowSettings,
  widestGap,
  windowSettings,
} from './window-settings.ts';

const WINDOWS: WindowSettings = { centers: [-1, 0, 1], springs: [10, 20, 30], limits: [-2, 2], most: 5 };

describe('windows as settings', () => {
  test('a moved window stays within the limits, and springs stay', () => {
    expect(moved(WINDOWS, 1, 0.12345)).toEqual({ [CENTERS]: [-1, 0.123, 1] });
    expect(moved(WINDOWS, 2, 9)).toEqual({ [CENTERS]: [-1, 0, 2] });
  });

  test('an added window is put in its order and takes the spring of its neighbour', () => {
    expect(added(WINDOWS, 0.7)).toEqual({ [CENTERS]: [-1, 0, 0.7, 1], [SPRINGS]: [10, 20, 30, 30] });
    expect(added({ ...WINDOWS, springs: [7] }, 0.7)).toEqual({ [CENTERS]: [-1, 0, 0.7, 1] });
  });

  test('a removed window takes its spring with it', () => {
    expect(removed(WINDOWS, 0)).toEqual({ [CENTERS]: [0, 1], [SPRINGS]: [20, 30] });
    expect(removed({ ...WINDOWS, springs: [] }, 0)).toEqual({ [CENTERS]: [0, 1] });
  });

  test('the widest gap is where the next window goes', () => {
    expect(widestGap({ ...WINDOWS, centers: [-1.8, -0.2, 0, 1] })).toBeCloseTo(-1);
    expect(widestGap({ ...WINDOWS, centers: [0.5] })).toBeCloseTo(-0.75);
  });

  test('centres of the method stand in for none in the link; methods without windows have none', () => {
    const read = (query: string) => {
      const { experiment } = parseQuery(query, families);
      return windowSettings(experiment, settingsOf(families, experiment), [-2, 2], [-1, 0.00049, 1]);
    };
    expect(read('station=bias&method=umbrella')?.centers).toEqual([-1, 0, 1]);
    expect(read('station=bias&method=umbrella&method.centers=-0.5,0.5')?.centers).toEqual([-0.5, 0.5]);
    expect(read('station=bias&method=direct')).toBeNull();
  });
});
