/** What a landscape in relief needs beyond the other figures: WebGL, in a chunk that is loaded when it is asked for. */
import scatter3d from 'plotly.js/lib/scatter3d';
import surface from 'plotly.js/lib/surface';
import Plotly from './plotly-bundle.ts';

Plotly.register([surface, scatter3d]);

export default Plotly;
