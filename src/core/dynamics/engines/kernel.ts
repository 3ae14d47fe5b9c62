/**
 * Step graph -> WebAssembly module. Four walkers, a quad, fill the lanes of a vector; the states of a few quads stay in
 * locals while they take many steps. Noise is written ahead for a segment of steps; values that no walker changes come from
 * a table that the host computes in double precision.
 */
import { argumentsOf, type GraphNode, type NodeId, reachable } from '../../expression/graph.ts';
import type { StepGraph } from '../step-graph.ts';
import { encodeModule, FunctionBody, type Local } from './assembler.ts';
import {
  DOUBLE_BYTES,
  FLOAT_BYTES,
  LANES,
  type Layout,
  layoutOf,
  noiseBytes,
  SEGMENT,
  VECTOR_BYTES,
  varyingNodes,
} from './kernel-layout.ts';
import { noiseFunction } from './noise.ts';
import { lanesBelow, operate, sumInPairs } from './operations.ts';

/** How to put the value of an input on the stack. */
type Inputs = ReadonlyMap<string, () => void>;
type Values = ReadonlyMap<NodeId, Local>;

const NOISE_KINDS = ['normals', 'uniforms'] as const;
type NoiseKind = (typeof NOISE_KINDS)[number];

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

class KernelWriter {
  private readonly code = new FunctionBody('advance', [...ADVANCE.map(() => 'i32' as const), 'i32', 'i32']);
  /** State of each quad. */
  private readonly stateLocals: Local[][];
  private readonly tableLocals = new Map<NodeId, Local>();
  /** Index of the first walker of the first quad. */
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
    this.stateLocals = Array.from({ length: layout.quads }, () =>
      step.state.map(() => this.code.local('v128')),
    );
  }

  write(): FunctionBody {
    const { code } = this;
    this.layout.table.forEach((id, place) => {
      const local = code.local('v128');
      code.i32(0).load(place * VECTOR_BYTES);
      code.set(local);
      this.tableLocals.set(id, local);
    });
    code.repeatWhile(() => {
      code.get(this.index).i32(FLOAT_BYTES).plain('i32.mul').set(this.stateAddress);
      this.forEachState((address, local) => code.get(this.stateAddress).load(address).set(local));
      this.writeSegments();
      this.forEachState((address, local) => code.get(this.stateAddress).get(local).store(address));
      code
        .get(this.index)
        .i32(this.layout.quads * LANES)
        .plain('i32.add')
        .tee(this.index);
      code.get(parameter('walkers')).plain('i32.lt_u');
    });
    return code;
  }

  private forEachState(visit: (address: number, local: Local) => void): void {
    const { state, stateStride } = this.layout;
    this.stateLocals.forEach((locals, quad) => {
      locals.forEach((local, k) => {
        visit(state + k * stateStride + quad * VECTOR_BYTES, local);
      });
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
  private drawNoise(kind: NoiseKind, now: Local, segment: Local): void {
    const { code, layout } = this;
    const count = this.step[kind].length;
    if (count === 0) return;
    const [first, block, blocks] = [code.local('i32'), code.local('i32'), code.local('i32')];
    code.get(now).i32(count).plain('i32.mul').tee(first).i32(2).plain('i32.shr_u').set(block);
    // blocks = ((first + segment * count + 3) >> 2) - block
    code.get(first).get(segment).i32(count).plain('i32.mul', 'i32.add');
    code.i32(LANES - 1).plain('i32.add');
    code.i32(2).plain('i32.shr_u').get(block).plain('i32.sub').set(blocks);
    for (let quad = 0; quad < layout.quads; quad++) {
      code.get(parameter('firstWalker')).get(this.index).plain('i32.add');
      code.i32(quad * LANES).plain('i32.add');
      code.get(block).get(blocks).get(parameter('seed'));
      code.get(ADVANCE.length + (kind === 'normals' ? 0 : 1)).i32(layout[kind] + quad * noiseBytes(count));
      code.call(kind === 'normals' ? 0 : 1);
    }
    code
      .get(first)
      .i32(LANES - 1)
      .plain('i32.and');
    code.i32(VECTOR_BYTES).plain('i32.mul').set(this.noiseAddress(kind));
  }

  private noiseAddress(kind: NoiseKind): Local {
    return kind === 'normals' ? this.normalsAddress : this.uniformsAddress;
  }

  private takeStep(): void {
    const { code, step } = this;
    const states = this.stateLocals.map((locals) => this.stateInputs(locals));
    const values = this.evaluate(
      step.next,
      states.map((inputs, quad) => new Map([...inputs, ...this.noiseInputs(quad)])),
    );
    // All new values first, then all assignments: a new value may be the old value of another input.
    for (const known of values) for (const id of step.next) this.push(id, known);
    for (const local of this.stateLocals.flat().reverse()) code.set(local);
    for (const kind of NOISE_KINDS) {
      const bytes = step[kind].length * VECTOR_BYTES;
      const address = this.noiseAddress(kind);
      if (bytes > 0) code.get(address).i32(bytes).plain('i32.add').set(address);
    }
    code.get(this.countdown).i32(1).plain('i32.sub').tee(this.countdown).plain('i32.eqz');
    code.ifTrue(() => {
      code.get(parameter('stride')).set(this.countdown);
      states.forEach((inputs, quad) => {
        this.record(inputs, quad);
      });
    });
  }

  private stateInputs(locals: readonly Local[]): Inputs {
    return new Map(this.step.state.map((name, k) => [name, () => this.code.get(locals[k])]));
  }

  private noiseInputs(quad: number): Inputs {
    const { code, step, layout } = this;
    const inputs = NOISE_KINDS.flatMap((kind) => {
      const start = layout[kind] + quad * noiseBytes(step[kind].length);
      const load = (k: number) => () => code.get(this.noiseAddress(kind)).load(start + k * VECTOR_BYTES);
      return step[kind].map((name, k) => [name, load(k)] as const);
    });
    return new Map(inputs);
  }

  private record(inputs: Inputs, quad: number): void {
    const { code, step, layout } = this;
    const { place, sums } = step.record;
    const [values] = this.evaluate([place, ...sums], [inputs]);
    const [index, address] = [code.local('i32'), code.local('i32')];
    code.get(this.index).i32(quad * LANES);
    code.plain('i32.add').set(index);
    // Lanes beyond the last walker are filled but do not count.
    const present = code.local('v128');
    lanesBelow(code, index, parameter('walkers'));
    code.set(present);
    const addTo = (base: number, amount: () => void) => {
      code.get(address).get(address).loadF64(base);
      amount();
      code.plain('f64.add').storeF64(base);
    };
    const { inside, offset } = this.histogramPlace(values, index, present);
    for (let lane = 0; lane < LANES; lane++) {
      code.get(inside).i32Lane(lane);
      code.ifTrue(() => {
        code.get(offset).i32Lane(lane).set(address);
        addTo(layout.visits, () => code.f64(1));
      });
    }
    code.get(index).i32(sums.length * (DOUBLE_BYTES / LANES));
    code.plain('i32.mul').set(address);
    sums.forEach((id, k) => {
      const pairs = code.local('v128');
      this.push(id, values);
      code.get(present).vector('v128.and');
      sumInPairs(code);
      code.set(pairs);
      addTo(layout.sums + k * DOUBLE_BYTES, () =>
        code.get(pairs).f64Lane(0).get(pairs).f64Lane(1).plain('f64.add'),
      );
    });
  }

  /** Lanes within the histogram, and the byte offset of their counters. */
  private histogramPlace(values: Values, index: Local, present: Local): { inside: Local; offset: Local } {
    const { code } = this;
    const { place, bins } = this.step.record;
    const [value, inside, offset] = Array.from({ length: 3 }, () => code.local('v128'));
    this.push(place, values);
    code
      .tee(value)
      .f32x4(0)
      .vector('f32x4.ge')
      .get(value)
      .f32x4(bins)
      .vector('f32x4.lt', 'v128.and')
      .get(present)
      .vector('v128.and')
      .set(inside);
    code.get(value).vector('i32x4.trunc_sat_f32x4_s').i32(Math.log2(DOUBLE_BYTES)).vector('i32x4.shl');
    code
      .get(index)
      .get(parameter('groupSize'))
      .plain('i32.div_u')
      .i32(bins * DOUBLE_BYTES);
    code.plain('i32.mul').vector('i32x4.splat', 'i32x4.add').set(offset);
    return { inside, offset };
  }

  /** Computes what the outputs need for each of the given inputs, in locals, in turns. */
  private evaluate(outputs: readonly NodeId[], inputs: readonly Inputs[]): Values[] {
    const values = inputs.map(() => new Map<NodeId, Local>());
    for (const id of reachable(this.step.graph, outputs)) {
      if (!this.varying.has(id)) continue;
      const node = this.step.graph.nodes[id];
      values.forEach((known, quad) => {
        if (node.op === 'input') inputs[quad].get(node.name)?.();
        else this.compute(node, known);
        const local = this.code.local('v128');
        this.code.set(local);
        known.set(id, local);
      });
    }
    return values;
  }

  private push(id: NodeId, values: Values): void {
    const local = values.get(id) ?? this.tableLocals.get(id);
    if (local === undefined) throw new TypeError(`no value of node ${id}`);
    this.code.get(local);
  }

  private compute(node: GraphNode, values: Values): void {
    for (const id of argumentsOf(node)) this.push(id, values);
    operate(this.code, node, this.layout);
  }
}

function parameter(name: AdvanceParameter): Local {
  return ADVANCE.indexOf(name);
}
