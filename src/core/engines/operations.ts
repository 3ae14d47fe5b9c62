/** Operations of the expression graph as WebAssembly instructions. */
import type { GraphNode } from '../expression/graph.ts';
import type { FunctionBody } from './assembler.ts';
import { atan2, cos, exp, log, sin, tanh } from './elementary.ts';

/** Replaces the arguments of a node on the stack by its value. */
export function operate(code: FunctionBody, node: GraphNode): void {
  switch (node.op) {
    case 'add':
    case 'sub':
    case 'mul':
    case 'div':
      code.vector(`f32x4.${node.op}`);
      return;
    case 'neg':
    case 'abs':
    case 'sqrt':
    case 'floor':
      code.vector(`f32x4.${node.op}`);
      return;
    case 'exp':
      exp(code);
      return;
    case 'log':
      log(code);
      return;
    case 'sin':
      sin(code);
      return;
    case 'cos':
      cos(code);
      return;
    case 'tanh':
      tanh(code);
      return;
    case 'atan2':
      atan2(code);
      return;
    case 'less':
      code.vector('f32x4.lt').f32x4(1).vector('v128.and');
      return;
    case 'select': {
      // condition, if true, if false are on the stack; bitselect wants the mask last.
      const [otherwise, value] = [code.local('v128'), code.local('v128')];
      const condition = code.local('v128');
      code.set(otherwise).set(value).set(condition);
      code.get(value).get(otherwise).get(condition).f32x4(0).vector('f32x4.ne', 'v128.bitselect');
      return;
    }
    case 'constant':
    case 'input':
      return;
    default:
      node satisfies never;
  }
}
