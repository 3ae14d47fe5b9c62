/** Own elementwise kernels of the WebGPU backend: one dispatch for a formula that takes several operations of tfjs. */
import * as tf from '@tensorflow/tfjs';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';

const KERNEL = 'SaddleElementwise';
const WORKGROUP = 64;
const NAMES = ['a', 'b', 'c'] as const;

type Program = Parameters<WebGPUBackend['runWebGPUProgram']>[0];

interface Formula {
  readonly key: string;
  readonly code: string;
  readonly numbers: readonly number[];
}

/**
 * A new tensor of the shape of the inputs by a WGSL formula in their elements `a`, `b`, `c` and in the numbers
 * `uniforms.k0`, `uniforms.k1`, ... On the backend webgpu only.
 *
 * @param key names the formula: the compiled kernel is kept under it
 */
export function elementwise<T extends tf.Tensor>(
  key: string,
  code: string,
  inputs: readonly [T, ...T[]],
  numbers: readonly number[] = [],
): T {
  const named = Object.fromEntries(inputs.map((tensor, i) => [NAMES[i], tensor]));
  const attributes = { key, code, numbers: [...numbers] };
  return tf.engine().runKernel(KERNEL, named, attributes) as T;
}

function program({ key, code, numbers }: Formula, inputs: readonly tf.TensorInfo[]): Program {
  const size = tf.util.sizeFromShape(inputs[0].shape);
  const names = NAMES.slice(0, inputs.length);
  const read = names.map((name) => `let ${name} = ${name.toUpperCase()}[index];`).join(' ');
  return {
    variableNames: names.map((name) => name.toUpperCase()),
    outputShape: [...inputs[0].shape],
    workgroupSize: [WORKGROUP, 1, 1],
    dispatchLayout: { x: inputs[0].shape.map((_, axis) => axis) },
    dispatch: [Math.ceil(size / WORKGROUP), 1, 1],
    size: true,
    shaderKey: `saddle ${key}`,
    uniforms: numbers.map((_, k) => `k${k} : f32,`).join(' '),
    getUserCode: () => `
      fn main(index : i32) {
        if (index < uniforms.size) { ${read} setOutputAtIndex(index, ${code}); }
      }`,
  };
}

tf.registerKernel({
  kernelName: KERNEL,
  backendName: 'webgpu',
  kernelFunc: ({ inputs, attrs, backend }) => {
    const formula = attrs as unknown as Formula;
    const tensors = NAMES.flatMap((name) => inputs[name] ?? []);
    const uniforms = formula.numbers.map((value) => ({ type: 'float32', data: [value] }));
    const device = backend as unknown as WebGPUBackend;
    return device.runWebGPUProgram(program(formula, tensors), tensors, 'float32', uniforms);
  },
});
