declare module 'plotly.js/lib/core' {
  import type * as Plotly from 'plotly.js';

  interface Bundle {
    register(modules: unknown[]): void;
    react: typeof Plotly.react;
    purge: typeof Plotly.purge;
    toImage: typeof Plotly.toImage;
  }
  const bundle: Bundle;
  export default bundle;
}
declare module 'plotly.js/lib/contour' {
  const trace: unknown;
  export default trace;
}
declare module 'plotly.js/lib/heatmap' {
  const trace: unknown;
  export default trace;
}
declare module 'plotly.js/lib/bar' {
  const trace: unknown;
  export default trace;
}
declare module 'plotly.js/lib/surface' {
  const trace: unknown;
  export default trace;
}
declare module 'plotly.js/lib/scatter3d' {
  const trace: unknown;
  export default trace;
}
