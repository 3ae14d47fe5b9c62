/** Operations of the expression graph as WebAssembly instructions. */
import type { GraphNode } from '../../expression/graph.ts';
import type { FunctionBody, Local } from './assembler.ts';
import { atan2, cos, exp, log, pow, sin, tanh } from './elementary.ts';
import { FLOAT_BYTES, LANES, type Layout } from './kernel-layout.ts';

const SIGN = 0x80000000 | 0;

/** Replaces the arguments of a node on the stack by its value. */
export function operate(
  code: FunctionBody,
  node: GraphNode,
  layout: Pick<Layout, 'lookups' | 'tables'>,
): void {
  switch (node.op) {
    case 'add':
    case 'sub':
    case 'mul':
    case 'div':
      code.vector(`f32x4.${node.op}`);
      return;
    case 'neg':
      // One instruction of the processor, where f32x4.neg may be three.
      code.i32x4(SIGN).vector('v128.xor');
      return;
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
    case 'pow':
      pow(code);
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
    case 'lookup': {
      const { start, length } = layout.tables.of(node.table);
      look(code, layout.lookups + start * FLOAT_BYTES, length);
      return;
    }
    case 'constant':
    case 'input':
      return;
    default:
      node satisfies never;
  }
}

/** Replaces places by the entries of a table that stand there, or nearest; what is not a number becomes place 0. */
function look(code: FunctionBody, address: number, length: number): void {
  const offsets = code.local('v128');
  code.vector('i32x4.trunc_sat_f32x4_s').i32x4(0).vector('i32x4.max_s');
  code.i32x4(length - 1).vector('i32x4.min_s');
  code.i32(Math.log2(FLOAT_BYTES)).vector('i32x4.shl').set(offsets);
  for (let lane = LANES - 1; lane >= 0; lane--) code.get(offsets).i32Lane(lane);
  code.load32Zero(address);
  for (let lane = 1; lane < LANES; lane++) code.load32Lane(address, lane);
}

/** Leaves all ones in the lanes whose number, counted from `first` on, is below `end`. */
export function lanesBelow(code: FunctionBody, first: Local, end: Local): void {
  const lanes = new Uint8Array(Int32Array.of(0, 1, 2, 3).buffer);
  code.get(first).vector('i32x4.splat').lanes(lanes).vector('i32x4.add');
  code.get(end).vector('i32x4.splat', 'i32x4.lt_u');
}

/** Single-precision numbers a, b, c, d -> a + c, b + d in double precision. */
export function sumInPairs(code: FunctionBody): void {
  const value = code.local('v128');
  code.tee(value).vector('f64x2.promote_low_f32x4').get(value).get(value);
  code.shuffle(8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7);
  code.vector('f64x2.promote_low_f32x4', 'f64x2.add');
}
