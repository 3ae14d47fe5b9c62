import { expect, it } from 'vitest';
import { symmetricEigen } from './symmetric-eigen.ts';
import { tridiagonalEigen } from './tridiagonal.ts';

it('agrees with Jacobi rotations on a tridiagonal matrix, split ones too', () => {
  const diagonal = [2, -1, 0.5, 3, 0.1, 1];
  const below = [1, 0.3, 0, 2, 0.7];
  const matrix = diagonal.map((d, i) =>
    diagonal.map((_, j) => (i === j ? d : Math.abs(i - j) === 1 ? below[Math.min(i, j)] : 0)),
  );
  const [fast, exact] = [tridiagonalEigen(diagonal, below), symmetricEigen(matrix)];
  fast.values.forEach((value, k) => {
    expect(value).toBeCloseTo(exact.values[k], 12);
    const overlap = fast.vectors[k].reduce((sum, v, i) => sum + v * exact.vectors[k][i], 0);
    expect(Math.abs(overlap)).toBeCloseTo(1, 10);
  });
});
