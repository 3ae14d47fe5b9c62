/**
 * Step graph -> WebAssembly module. Four walkers fill the lanes of a vector; their state stays in locals while they take
 * many steps. Noise is written ahead for a segment of steps; values that no walker changes come from a table that the host
 * computes in double precision.
 */
import { argumentsOf, type GraphNode, type NodeId, reachable } from '../expression/graph.ts';
import type { StepGraph } from '../step-graph.ts';
import { encodeModule, FunctionBody, type Local } from './assembler.ts';
import { cos, exp, log, sin, tanh } from './elementary.ts';
import { noiseFunction } from './noise.ts';

/** Steps for which noise is drawn ahead. */
const SEGMENT = 64;
const VECTOR_BYTES = 16;
const LANES = 4;
const FLOAT_BYTES = 4;
const DOUBLE_BYTES = 8;
const PAGE_BYTES = 65_536;

/** Where things are in the memory of a module, in bytes. */
export interface Layout {
  /** Nodes whose values the host writes, four equal lanes each, from address 0. */
  readonly table: readonly NodeId[];
  readonly normals: number;
  readonly uniforms: number;
  readonly state: number;
  /** Bytes from one state input to the next. */
  readonly stateStride: number;
  /** Visits of each group, doubles. */
  readonly visits: number;
  /** Sums of each four walkers, doubles: so that their order does not depend on how steps are cut into calls. */
  readonly sums: number;
  readonly pages: number;
}

export interface CompiledKernel {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly layout: Layout;
}

/** Parameters of the exported function `advance`, in this order. */
const ADVANCE = [
  'walkers',
  'firstWalker',
  'step',
  'steps',
  'untilRecord',
  'stride',
  'groupSize',
  'seed',
] as const;
type AdvanceParameter = (typeof ADVANCE)[number];
export type AdvanceArguments = Readonly<Record<AdvanceParameter, number>>;

/** The arguments of `advance` in order. */
export function advanceArguments(named: AdvanceArguments, purposes: readonly [number, number]): number[] {
  return [...ADVANCE.map((name) => named[name]), ...purposes];
}

export function compileKernel(step: StepGraph, walkers: number, groups: number): CompiledKernel {
  const varying = varyingNodes(step);
  const layout = layoutOf(step, varying, walkers, groups);
  const normals = noiseFunction('normals', 'normals');
  const uniforms = noiseFunction('uniforms', 'uniforms');
  const advance = new KernelWriter(step, varying, layout).write();
  return { bytes: encodeModule([normals, uniforms, advance], layout.pages), layout };
}

/** Nodes that depend on the state or on noise. */
function varyingNodes({ graph, state, normals, uniforms }: StepGraph): ReadonlySet<NodeId> {
  const names = new Set([...state, ...normals, ...uniforms]);
  const varying = new Set<NodeId>();
  graph.nodes.forEach((node, id) => {
    const given = node.op === 'input' && names.has(node.name);
    if (given || argumentsOf(node).some((argument) => varying.has(argument))) varying.add(id);
  });
  return varying;
}

function layoutOf(step: StepGraph, varying: ReadonlySet<NodeId>, walkers: number, groups: number): Layout {
  const outputs = [...step.next, step.record.place, ...step.record.sums];
  const needed = reachable(step.graph, outputs);
  const users = needed.filter((id) => varying.has(id)).flatMap((id) => argumentsOf(step.graph.nodes[id]));
  const table = [...new Set([...users, ...outputs])].filter((id) => !varying.has(id));
  const scratch = (count: number) => (SEGMENT * count + 2 * LANES) * VECTOR_BYTES;
  const normals = table.length * VECTOR_BYTES;
  const uniforms = normals + scratch(step.normals.length);
  const state = uniforms + scratch(step.uniforms.length);
  const stateStride = Math.ceil(walkers / LANES) * LANES * FLOAT_BYTES;
  const visits = state + step.state.length * stateStride;
  const sums = visits + groups * step.record.bins * DOUBLE_BYTES;
  const bytes = sums + Math.ceil(walkers / LANES) * step.record.sums.length * DOUBLE_BYTES;
  const pages = Math.ceil(bytes / PAGE_BYTES);
  return { table, normals, uniforms, state, stateStride, visits, sums, pages };
}

class KernelWriter {
  private readonly code = new FunctionBody('advance', [...ADVANCE.map(() => 'i32' as const), 'i32', 'i32']);
  private readonly stateLocals: Local[];
  private readonly tableLocals = new Map<NodeId, Local>();
  /** Index of the first of the four walkers. */
  private readonly index = this.code.local('i32');
  private readonly stateAddress = this.code.local('i32');
  private readonly normalsAddress = this.code.local('i32');
  private readonly uniformsAddress = this.code.local('i32');
  private readonly countdown = this.code.local('i32');

  constructor(
    private readonly step: StepGraph,
    private readonly varying: ReadonlySet<NodeId>,
    private readonly layout: Layout,
  ) {
    this.stateLocals = step.state.map(() => this.code.local('v128'));
  }

  write(): FunctionBody {
    const { code } = this;
    this.layout.table.forEach((id, place) => {
      const local = code.local('v128');
      code
        .i32(0)
        .load(place * VECTOR_BYTES)
        .set(local);
      this.tableLocals.set(id, local);
    });
    code.repeatWhile(() => {
      code.get(this.index).i32(FLOAT_BYTES).plain('i32.mul').set(this.stateAddress);
      this.forEachState((address, local) => code.get(this.stateAddress).load(address).set(local));
      this.writeSegments();
      this.forEachState((address, local) => code.get(this.stateAddress).get(local).store(address));
      code.get(this.index).i32(LANES).plain('i32.add').tee(this.index);
      code.get(parameter('walkers')).plain('i32.lt_u');
    });
    return code;
  }

  private forEachState(visit: (address: number, local: Local) => void): void {
    this.stateLocals.forEach((local, k) => {
      visit(this.layout.state + k * this.layout.stateStride, local);
    });
  }

  /** Draws noise for a segment of steps and takes them, until all are taken. */
  private writeSegments(): void {
    const { code } = this;
    const [now, left, segment] = [code.local('i32'), code.local('i32'), code.local('i32')];
    code.get(parameter('step')).set(now).get(parameter('steps')).set(left);
    code.get(parameter('untilRecord')).set(this.countdown);
    code.repeatWhile(() => {
      code.get(left).i32(SEGMENT).get(left).i32(SEGMENT).plain('i32.lt_u', 'select').set(segment);
      this.drawNoise('normals', now, segment);
      this.drawNoise('uniforms', now, segment);
      code.get(now).get(segment).plain('i32.add').set(now);
      code.get(left).get(segment).plain('i32.sub').set(left);
      code.repeatWhile(() => {
        this.takeStep();
        code.get(segment).i32(1).plain('i32.sub').tee(segment);
      });
      code.get(left);
    });
  }

  /** Numbers now * count .. (now + segment) * count - 1 of the walkers; the address points at the first. */
  private drawNoise(kind: 'normals' | 'uniforms', now: Local, segment: Local): void {
    const { code, layout } = this;
    const count = this.step[kind].length;
    if (count === 0) return;
    const [first, block] = [code.local('i32'), code.local('i32')];
    const address = kind === 'normals' ? this.normalsAddress : this.uniformsAddress;
    code.get(now).i32(count).plain('i32.mul').tee(first).i32(2).plain('i32.shr_u').set(block);
    code.get(parameter('firstWalker')).get(this.index).plain('i32.add').get(block);
    // blocks = ((first + segment * count + 3) >> 2) - block
    code
      .get(first)
      .get(segment)
      .i32(count)
      .plain('i32.mul', 'i32.add')
      .i32(LANES - 1)
      .plain('i32.add');
    code.i32(2).plain('i32.shr_u').get(block).plain('i32.sub');
    code
      .get(parameter('seed'))
      .get(ADVANCE.length + (kind === 'normals' ? 0 : 1))
      .i32(layout[kind]);
    code.call(kind === 'normals' ? 0 : 1);
    code
      .get(first)
      .i32(LANES - 1)
      .plain('i32.and')
      .i32(VECTOR_BYTES)
      .plain('i32.mul')
      .set(address);
  }

  private takeStep(): void {
    const { code, step, layout } = this;
    const inputs = new Map<string, () => void>();
    step.state.forEach((name, k) => {
      inputs.set(name, () => code.get(this.stateLocals[k]));
    });
    const fresh = new Map(inputs);
    for (const kind of ['normals', 'uniforms'] as const) {
      const address = kind === 'normals' ? this.normalsAddress : this.uniformsAddress;
      step[kind].forEach((name, k) => {
        fresh.set(name, () => code.get(address).load(layout[kind] + k * VECTOR_BYTES));
      });
    }
    const locals = this.evaluate(step.next, fresh);
    // All new values first, then all assignments: a new value may be the old value of another input.
    for (const id of step.next) this.push(id, locals);
    for (const local of [...this.stateLocals].reverse()) code.set(local);
    for (const kind of ['normals', 'uniforms'] as const) {
      const address = kind === 'normals' ? this.normalsAddress : this.uniformsAddress;
      const bytes = step[kind].length * VECTOR_BYTES;
      if (bytes > 0) code.get(address).i32(bytes).plain('i32.add').set(address);
    }
    code.get(this.countdown).i32(1).plain('i32.sub').tee(this.countdown).plain('i32.eqz');
    code.ifTrue(() => {
      code.get(parameter('stride')).set(this.countdown);
      this.record(inputs);
    });
  }

  private record(inputs: ReadonlyMap<string, () => void>): void {
    const { code, step, layout } = this;
    const { place, bins, sums } = step.record;
    const locals = this.evaluate([place, ...sums], inputs);
    const address = code.local('i32');
    const { inside, offset } = this.histogramPlace(locals, place, bins);
    const sumLocals = sums.map((id) => {
      const local = code.local('v128');
      this.push(id, locals);
      code.set(local);
      return local;
    });
    const addTo = (base: number, amount: () => void) => {
      code.get(address).get(address).loadF64(base);
      amount();
      code.plain('f64.add').storeF64(base);
    };
    for (let lane = 0; lane < LANES; lane++) {
      // Lanes beyond the last walker are filled but do not count.
      code.get(this.index).i32(lane).plain('i32.add').get(parameter('walkers')).plain('i32.lt_u');
      code.ifTrue(() => {
        code.get(inside).i32Lane(lane);
        code.ifTrue(() => {
          code.get(offset).i32Lane(lane).set(address);
          addTo(layout.visits, () => code.f64(1));
        });
        code
          .get(this.index)
          .i32(sums.length * (DOUBLE_BYTES / LANES))
          .plain('i32.mul')
          .set(address);
        sumLocals.forEach((local, k) => {
          const amount = () => code.get(local).f32Lane(lane).plain('f64.promote_f32');
          addTo(layout.sums + k * DOUBLE_BYTES, amount);
        });
      });
    }
  }

  /** Lanes within the histogram, and the byte offset of their counters. */
  private histogramPlace(
    locals: ReadonlyMap<NodeId, Local>,
    place: NodeId,
    bins: number,
  ): { inside: Local; offset: Local } {
    const { code } = this;
    const [value, inside, offset] = Array.from({ length: 3 }, () => code.local('v128'));
    this.push(place, locals);
    code
      .tee(value)
      .f32x4(0)
      .vector('f32x4.ge')
      .get(value)
      .f32x4(bins)
      .vector('f32x4.lt', 'v128.and')
      .set(inside);
    code.get(value).vector('i32x4.trunc_sat_f32x4_s').i32(Math.log2(DOUBLE_BYTES)).vector('i32x4.shl');
    code
      .get(this.index)
      .get(parameter('groupSize'))
      .plain('i32.div_u')
      .i32(bins * DOUBLE_BYTES);
    code.plain('i32.mul').vector('i32x4.splat', 'i32x4.add').set(offset);
    return { inside, offset };
  }

  /** Computes what the outputs need, in locals. */
  private evaluate(
    outputs: readonly NodeId[],
    inputs: ReadonlyMap<string, () => void>,
  ): ReadonlyMap<NodeId, Local> {
    const locals = new Map<NodeId, Local>();
    for (const id of reachable(this.step.graph, outputs)) {
      if (!this.varying.has(id)) continue;
      const node = this.step.graph.nodes[id];
      if (node.op === 'input') inputs.get(node.name)?.();
      else this.compute(node, locals);
      const local = this.code.local('v128');
      this.code.set(local);
      locals.set(id, local);
    }
    return locals;
  }

  private push(id: NodeId, locals: ReadonlyMap<NodeId, Local>): void {
    const local = locals.get(id) ?? this.tableLocals.get(id);
    if (local === undefined) throw new Error(`Node ${id} has no value`);
    this.code.get(local);
  }

  private compute(node: GraphNode, locals: ReadonlyMap<NodeId, Local>): void {
    const { code } = this;
    for (const id of argumentsOf(node)) this.push(id, locals);
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
}

function parameter(name: AdvanceParameter): Local {
  return ADVANCE.indexOf(name);
}
