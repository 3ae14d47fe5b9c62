import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { differentiate } from '../core/expression/differentiate.ts';
import { Graph } from '../core/expression/graph.ts';
import { Interpreter } from '../core/expression/interpret.ts';
import { defineLearned } from '../core/systems/learned-cv.ts';
import { evaluateOnTensors } from './tensor-program.ts';

it('a learned coordinate and its gradient are on tensors what they are in double precision', async () => {
  await tf.setBackend('cpu');
  const graph = new Graph(['x', 'y']);
  const axis = { range: [-1, 1], cells: 6, periodic: false, open: true } as const;
  const coefficients = Float64Array.from({ length: 81 }, (_, k) => Math.sin(2 * k));
  const states = { dimension: 2, values: new Float32Array() };
  const rest = { states, misfit: 0, correlation: 1, forceEvaluations: 0 };
  defineLearned(graph, { axes: [axis, axis], coefficients, ...rest }, ['x', 'y']);
  const node = graph.expression('learned');
  const nodes = [node, ...differentiate(graph, node, ['x', 'y'])];
  const places = [
    [-0.9, 0.1, 0.55, 1.2],
    [0.3, -0.2, 0.99, -1.1],
  ];
  const program = new Interpreter(graph, nodes, ['x', 'y'], {});
  const [x, y] = places.map((values) => tf.tensor2d(values, [4, 1]));
  const found = evaluateOnTensors(graph, nodes, { x, y }).map((tensor) => tensor.dataSync());
  for (let n = 0; n < 4; n++)
    program.at([places[0][n], places[1][n]]).forEach((exact, k) => {
      expect(found[k][n]).toBeCloseTo(exact, 4);
    });
});
