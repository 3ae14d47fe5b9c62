type Transform = (re: Float64Array, im: Float64Array) => void;

/** The unnormalised discrete Fourier transform, in place, of `size` complex numbers (`size` a power of two). */
export function fourierTransform(size: number): Transform {
  const known = transforms.get(size);
  if (known) return known;
  const made = newTransform(size);
  transforms.set(size, made);
  return made;
}

/** Sines and cosines cost as much as a transform: they are kept. */
const transforms = new Map<number, Transform>();

function newTransform(size: number): Transform {
  const half = size / 2;
  const cosine = Float64Array.from({ length: half }, (_, k) => Math.cos((2 * Math.PI * k) / size));
  const sine = Float64Array.from({ length: half }, (_, k) => Math.sin((2 * Math.PI * k) / size));
  return (re, im) => {
    reverseBits(re, im);
    for (let width = 1; width < size; width *= 2) {
      const turn = half / width;
      for (let start = 0; start < size; start += 2 * width) {
        for (let k = 0; k < width; k++) {
          const [i, j] = [start + k, start + k + width];
          const [c, s] = [cosine[k * turn], sine[k * turn]];
          const x = c * re[j] + s * im[j];
          const y = c * im[j] - s * re[j];
          re[j] = re[i] - x;
          im[j] = im[i] - y;
          re[i] += x;
          im[i] += y;
        }
      }
    }
  };
}

function reverseBits(re: Float64Array, im: Float64Array): void {
  for (let i = 1, j = 0; i < re.length; i++) {
    let bit = re.length >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    const [x, y] = [re[i], im[i]];
    re[i] = re[j];
    im[i] = im[j];
    re[j] = x;
    im[j] = y;
  }
}
